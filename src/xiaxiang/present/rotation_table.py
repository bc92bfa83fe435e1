"""轮换表: the schedule of a year as one table, and what moved or changed in it, each with its clause."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from xiaxiang.model.diagnostic import Severity
from xiaxiang.model.document import Align, Cell, Column, Content, Refusal, Row, Table
from xiaxiang.model.scalar import day_text, short_day_text, weekday_text
from xiaxiang.model.schedule import BY_DEPARTMENT, VACANT
from xiaxiang.present.given import Facts, content
from xiaxiang.present.issue import before_handover
from xiaxiang.present.wording import if_provisional, is_undecided, title_of, with_clause

if TYPE_CHECKING:
    from xiaxiang.model.document import Plain, Request
    from xiaxiang.model.schedule import Batch, Notice, Posting
    from xiaxiang.model.workspace import Workspace
    from xiaxiang.present.given import Given

NAMES: Final = ("rotation-table", "轮换表")

_COLUMNS: Final = (
    Column("批次", 9),
    Column("交接日", 15),
    Column("派驻至", 16),
    Column("受援单位", 20),
    Column("科室", 15),
    Column("姓名", 14),
    Column("职称", 15),
    Column("备注", 28, Align.LEFT),
)
_SHOWN: Final = frozenset({"handover-moved", "calendar-unpublished", "calendar-corrected"})


def rotation_table(given: Given, request: Request) -> Content | Refusal:
    """Return the table of one year; a place that is only proposed says 由科室确定."""
    if request.year is None:
        return Refusal(*NAMES, "没有写明年度", "用 --year 写明年度，例如 2024")
    schedule = given.schedule.of_year(request.year)
    if not schedule.batches:
        return Refusal(*NAMES, f"{request.year}年没有批次", "起始日期之后的年度才有轮换表")
    notes = tuple(with_clause(one.message, one.source, given.workspace) for one in schedule.notices if _matters(one))
    values: dict[str, Plain] = {"年度": request.year, "说明": tuple(dict.fromkeys(notes))}
    rows = tuple(row for batch in schedule.batches for row in _rows(batch, given.workspace))
    dated = before_handover(given.workspace, schedule.batches[0].handover_on)
    return content(given, request, NAMES, Facts(dated, values, {"轮换": Table(_COLUMNS, rows)}))


def _matters(notice: Notice) -> bool:
    """Whether a reader of the table needs this: a moved day, a change of order or person, a consent, an empty place."""
    is_change = notice.published_on is not None or notice.is_about_consents or notice.code in _SHOWN
    return is_change or notice.severity is Severity.ERROR


def _rows(batch: Batch, workspace: Workspace) -> list[Row]:
    days = (
        batch.name.short_label,
        f"{short_day_text(batch.handover_on)}\n（{weekday_text(batch.handover_on)}）"
        + if_provisional(batch.is_provisional),
        # A batch that ends in the next year says so.
        (short_day_text(batch.ends_on) if batch.ends_on.year == batch.name.year else day_text(batch.ends_on))
        + if_provisional(batch.ends_provisionally),
    )
    return [
        Row((*(Cell(day, continues=place > 0) for day in days), *_posted(posting, batch, workspace)))
        for place, posting in enumerate(batch.postings)
    ]


def _posted(posting: Posting, batch: Batch, workspace: Workspace) -> tuple[Cell, ...]:
    is_open = is_undecided(posting)
    person = None if is_open else posting.person
    name = person.name if person else BY_DEPARTMENT if is_open else VACANT
    title = title_of(person, workspace) if person else ""
    texts = (posting.recipient_unit, posting.department or "", name, title, _remark(posting, batch))
    return tuple(Cell(text) for text in texts)


def _remark(posting: Posting, batch: Batch) -> str:
    parts = [posting.reason.remark] if posting.reason.remark else []
    if (posting.starts_on, posting.ends_on) != (batch.handover_on, batch.ends_on):
        parts.append(f"{short_day_text(posting.starts_on)}至{short_day_text(posting.ends_on)}")
    return "\n".join(parts)
