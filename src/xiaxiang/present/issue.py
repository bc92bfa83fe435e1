"""发文登记: number, date, contact of one document; what stands where nothing was registered; never the clock."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from xiaxiang.model.scalar import ScalarError, half_width, parse_month

if TYPE_CHECKING:
    from xiaxiang.model.document import Request
    from xiaxiang.model.plan import Issue
    from xiaxiang.model.workspace import Workspace

_ONE_DAY: Final = timedelta(days=1)
_MONTHS: Final = 12
_NUMBER: Final = re.compile(
    r"(?P<office>.*?)\s*[〔\[(（【［〈<]\s*(?P<year>\d{4})\s*[〕\])）】］〉>]\s*第?\s*0*(?P<number>\d+)\s*号?"
)


def find_issue(
    workspace: Workspace, request: Request, names: tuple[str, ...], people: tuple[str, ...] = ()
) -> Issue | None:
    """Return the entry of 发文登记 for the document wanted; of several the last decides.

    `names` are the kind's own, `people` how the person may be written (姓名, 工号).
    """
    fitting = [
        issue
        for issue in workspace.plan.documents
        if issue.kind.strip() in names and _fits(issue, request, people, workspace)
    ]
    return fitting[-1] if fitting else None


def _fits(issue: Issue, request: Request, people: tuple[str, ...], workspace: Workspace) -> bool:
    """Whether an entry is about this document: the period or the person that the document has must be named in it."""
    if request.person and issue.person.strip() not in {request.person, *people} - {""}:
        return False
    if request.month is not None:
        return _month_of(issue) == request.month
    if request.year is not None:
        return _year_of(issue) == request.year
    if request.batch is None or (issue.batch is None and request.person):
        return True
    if issue.batch is None:
        return False
    months = workspace.policy.months_of(_year_of(issue) or request.batch.year)
    return issue.batch.named_in(_year_of(issue) or request.batch.year, months) == request.batch


def _year_of(issue: Issue) -> int | None:
    digits = half_width(issue.year).strip().removesuffix("年")
    return int(digits) if digits.isdecimal() else None


def _month_of(issue: Issue) -> date | None:
    for text in (issue.month, f"{_year_of(issue)}年{issue.month}"):
        try:
            return parse_month(text)
        except ScalarError:
            continue
    return None


def official_number(issue: Issue | None, dated: date) -> tuple[str, bool]:
    """Return 发文字号 in the standard's form, and whether there is one: 〔2024〕3号, or `〔2024〕　号` to come."""
    written = issue.number.strip() if issue else ""
    if not written:
        return f"〔{dated.year}〕　号", False
    found = _NUMBER.fullmatch(half_width(written))
    if found is None:  # not of the usual form: printed as the office wrote it
        return written, True
    return f"{found['office']}〔{found['year']}〕{int(found['number'])}号", True


def before_handover(workspace: Workspace, handover_on: date) -> date:
    """Return the last working day before a handover: the date of notices and letters."""
    return workspace.calendar.previous_working_day(handover_on - _ONE_DAY)


def end_of_month(workspace: Workspace, month: date) -> date:
    """Return the last working day of a month: the date of monthly papers."""
    year, following = (month.year, month.month + 1) if month.month < _MONTHS else (month.year + 1, 1)
    return workspace.calendar.previous_working_day(date(year, following, 1) - _ONE_DAY)


def end_of_batch(workspace: Workspace, ends_on: date) -> date:
    """Return the last working day of a batch: the date of what is written after it."""
    return workspace.calendar.previous_working_day(ends_on)
