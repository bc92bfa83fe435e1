"""考勤分类: each day of a posting told apart: worked, make-up, off, leave, absence, or nothing known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from xiaxiang.assess.columns import ATTENDED_DAYS
from xiaxiang.assess.stint import days_of
from xiaxiang.model.attendance import NONE, WHOLE, WORKED, DayKind, Mark, PostingDay, PostingDays
from xiaxiang.model.number import number_text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from fractions import Fraction

    from xiaxiang.assess.run import Run
    from xiaxiang.assess.stint import Span
    from xiaxiang.model.roster import RosterRow

_NOT_NOTED = Mark()


def posting_days(run: Run, row: RosterRow, spans: Iterable[Span]) -> PostingDays | None:
    """Return the days that a row's person served, told apart; None where neither sheet nor records tell of any."""
    noted = row.attendance
    if noted is None:
        return None
    served = (day for span in spans for day in days_of(span))
    days = tuple(_told(run, day, noted.marks.get(day, _NOT_NOTED)) for day in served)
    return PostingDays(noted.file, noted.is_sheet, days)


def _told(run: Run, day: date, mark: Mark) -> PostingDay:
    """Return one day: the calendar says whether it was to be worked, the mark what became of it."""
    calendar = run.workspace.calendar
    if not run.is_working_day(day):
        kind = DayKind.HOLIDAY if calendar.is_holiday(day) else DayKind.WEEKEND
        return PostingDay(day, {kind: WHOLE}, mark.attended)
    worked = DayKind.MAKE_UP if day in calendar.make_up_days else DayKind.WORKDAY
    known = {worked: mark.attended, DayKind.LEAVE: mark.leave, DayKind.ABSENCE: mark.absent}
    parts = known | {DayKind.UNRECORDED: WHOLE - sum(known.values(), NONE)}
    return PostingDay(day, {kind: part for kind, part in parts.items() if part}, mark.attended)


@dataclass(frozen=True, slots=True)
class Attended:
    """出勤天数 as noted in `file`, the days of which nobody knows, and the facts."""

    file: str
    days: Fraction
    unknown: Fraction
    facts: tuple[str, ...]


def attended_of(run: Run, row: RosterRow, spans: Iterable[Span]) -> Attended | None:
    """Return 出勤天数 of a row's person; None where nothing is noted.

    Where working days are required (应出勤=工作日), attendance on a day off does not stand in for one: it is told
    beside, and not counted.
    """
    days = posting_days(run, row, spans)
    if days is None:
        return None
    all_days = run.reading("应出勤") != "工作日"
    attended, unknown = days.attended(days_off_too=all_days), days.unrecorded(days_off_too=all_days)
    sums = {kind: part for kind, part in days.sums().items() if part}
    worked = "、".join(f"{kind} {number_text(sums[kind])}" for kind in WORKED if kind in sums)
    facts = [f"{ATTENDED_DAYS} {number_text(attended)}（{days.file}" + (f": {worked}）" if worked else "）")]
    others = (DayKind.LEAVE, DayKind.ABSENCE, DayKind.UNRECORDED)
    facts += ["、".join(f"{kind} {number_text(sums[kind])}" for kind in others if kind in sums)]
    if off := days.attended_off:
        facts.append(f"休息日出勤 {number_text(off)} 天，{'计入' if all_days else '没有计入'}")
    return Attended(days.file, attended, unknown, tuple(fact for fact in facts if fact))
