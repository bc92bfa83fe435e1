"""How facts are put in official papers: dates, clauses, lists, verdicts; and people's numbers, masked."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from xiaxiang.model.indicator import IndicatorKind
from xiaxiang.model.number import number_text, percent_text
from xiaxiang.model.scalar import ScalarError, day_text, money_text, parse_day
from xiaxiang.model.schedule import PROVISIONAL, PostingReason

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from fractions import Fraction

    from xiaxiang.model.appraisal import Charge, Item, PersonAppraisal
    from xiaxiang.model.decision import Reason
    from xiaxiang.model.hospital import Person
    from xiaxiang.model.schedule import Posting
    from xiaxiang.model.source import Source
    from xiaxiang.model.workspace import Workspace

NOTHING: Final = "—"

_MARKS: Final = {True: " √", False: " ×", None: ""}
_UNITS: Final = {IndicatorKind.COUNT: "次", IndicatorKind.DAYS: "天"}
_HAN_NUMBERS: Final = "零一二三四五六七八九十"
_PERCENT: Final = 100

_HAN: Final = "\u4e00-\u9fff"
_ISO_DAY: Final = re.compile(rf"(?<!\d)(\d{{4}}-\d{{2}}-\d{{2}})(?!\d)(?: (?=[{_HAN}]))?")
_SPACE_AT_DIGIT: Final = re.compile(rf"(?<=[{_HAN}]) (?=\d)|(?<=\d) (?=[{_HAN}])")
_SPACED_SIGN: Final = re.compile(" ([×÷=]) ")


def if_provisional(is_provisional: bool) -> str:  # noqa: FBT001 - the one thing asked
    """Return the mark of a day that rests on a year whose days off are not published, or ""."""
    return f"（{PROVISIONAL}）" if is_provisional else ""


def is_undecided(posting: Posting) -> bool:
    """Whether the department has still to say whom it sends; a place that an accident left empty stays empty."""
    is_vacant = posting.person is None and posting.reason is PostingReason.INCIDENT
    return posting.department is not None and not is_vacant and (posting.proposed or posting.person is None)


def sentence(text: str, workspace: Workspace) -> str:
    """Return a fact of a result as papers write it, without the stop at its end.

    2024年1月2日 stands for 2024-01-02; the spaces that a terminal sets beside digits and names are closed up,
    those within a name are kept.
    """
    dated = _ISO_DAY.sub(lambda found: _day(found[1]), text)
    closed = _SPACE_AT_DIGIT.sub("", _SPACED_SIGN.sub(r"\1", dated))
    if " " in closed:
        closed = _beside_names(_names(workspace)).sub(r"\1", closed)
    return closed.rstrip("。；; ")


def _names(workspace: Workspace) -> frozenset[str]:
    departments = workspace.plan.departments
    people = {person.name for department in departments for person in department.people}
    return frozenset({department.name for department in departments} | people)


@lru_cache(maxsize=4)
def _beside_names(names: frozenset[str]) -> re.Pattern[str]:
    """Return a pattern for any of the names with the spaces around it; the longest name wins."""
    listed = "|".join(re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name)))
    return re.compile(rf"(?<![^{_HAN}，。；、（） ]) ?({listed}) ?(?=[{_HAN}，。；、（）])")


def _day(text: str) -> str:
    try:
        return day_text(parse_day(text))
    except ScalarError:
        return text


def span_text(from_on: date, until_on: date) -> str:
    """Return a span of days, both included: 2024年4月1日至2024年6月30日."""
    return f"{day_text(from_on)}至{day_text(until_on)}"


def cited(source: Source, workspace: Workspace) -> str:
    """Return a clause as a reader of the policy needs it: alone, or with the document it is in."""
    return source.cited_in(workspace.policy.document)


def rule_clause(name: str, workspace: Workspace) -> str:
    """Return the clause of a rule without a number (派遣顺序, 意外公布 …); "" where the policy names none."""
    return workspace.policy.clauses.get(name, "")


def with_clause(text: str, source: Source | None, workspace: Workspace) -> str:
    """Return a fact followed by its clause in brackets."""
    written = sentence(text, workspace)
    return f"{written}（{cited(source, workspace)}）" if source else written


def reasons_text(reasons: Iterable[Reason], workspace: Workspace) -> str:
    """Return reasons as one sentence part, each with its clause."""
    return "；".join(with_clause(one.text, one.source, workspace) for one in reasons)


def charges_text(charges: Iterable[Charge], workspace: Workspace, told_of: str = "") -> str:
    """Return sanctions one after the other: amount, reason, clause; without the name already told (`told_of`)."""
    return "；".join(
        f"{money_text(one.amount)}元"
        f"（{sentence(one.reason.removeprefix(told_of).strip(), workspace)}，{cited(one.source, workspace)}）"
        for one in charges
    )


def named(person: PersonAppraisal) -> str:
    """Return a person as papers name them: 王五（外科）."""
    return f"{person.name}（{person.department}）"


def title_of(person: Person, workspace: Workspace) -> str:
    """Return a person's 职称, else the name of their rank, else nothing."""
    rank = workspace.ranks.rank_of(person)
    return person.professional_title or (rank.label if rank else "")


def han_number(number: int) -> str:
    """Return a small number as headings count: 一, 二 … 十; digits beyond."""
    return _HAN_NUMBERS[number] if number < len(_HAN_NUMBERS) else str(number)


def measured(item: Item) -> str:
    """Return what was measured, with its mark: `4次 √`, `58/62 93.5% √`, `未评定`."""
    if item.value is None:
        return "未评定"
    if item.kind is IndicatorKind.RATE:
        counted = "/".join(number_text(part) for part in item.fraction) + " " if item.fraction else ""
        return f"{counted}{percent_text(item.value, item.bound)}{_MARKS[item.met]}"
    return f"{number_text(item.value)}{_UNITS.get(item.kind, '')}{_MARKS[item.met]}"


def bound_text(kind: IndicatorKind, bound: Fraction) -> str:
    """Return a bound as the policy writes it: `4次`, `80%`."""
    if kind is IndicatorKind.RATE:
        return f"{number_text(bound * _PERCENT)}%"
    return f"{number_text(bound)}{_UNITS.get(kind, '')}"


def shortfall(item: Item, workspace: Workspace) -> str:
    """Return why an item was not met: what was measured against what was asked for, and its clause.

    The first check of an item is its number, any other its intervals; the facts after the first are about those.
    """
    number, others = item.checks[:1], item.checks[1:]
    missed_number = not number or number[0].met is False
    parts = [measured(item).removesuffix(_MARKS[False])]
    if missed_number and item.bound is not None:
        parts[0] += f"，要求{bound_text(item.kind, item.bound)}"
    if number and (not others or any(one.met is False for one in others)):
        parts += [sentence(fact, workspace) for fact in item.facts[1:]]
    return f"{item.name}{'；'.join(parts)}（{cited(item.source, workspace)}）"
