"""批准的假: how many days of approved leave fall into a stint, in working days and in calendar days."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING, Final

from xiaxiang.assess.stint import Span, days_of, overlap, span_text
from xiaxiang.model.calendar import ONE_DAY

if TYPE_CHECKING:
    from datetime import date

    from xiaxiang.assess.run import Run
    from xiaxiang.assess.stint import Stint
    from xiaxiang.model.event import Leave

WHOLE_DAY: Final = Fraction(1)


@dataclass(frozen=True, slots=True)
class ApprovedLeave:
    """Approved leave within one stint: working days, calendar days, and the spans as people read them."""

    working_days: Fraction
    calendar_days: Fraction
    text: str


def approved_leave(run: Run, stint: Stint, leaves: list[Leave]) -> ApprovedLeave | None:
    """Return the leave within the stint that the recipient unit approved, or None where there is none.

    `天数` caps what its span gives, so that half days stay half; of a day that two entries name, at most the whole
    counts.
    """
    working: dict[date, Fraction] = {}
    calendar: dict[date, Fraction] = {}
    texts: list[str] = []
    for leave in sorted(leaves, key=lambda one: (one.from_on, one.until_on or one.from_on, one.number)):
        span = _span(run, leave, stint.ends_on) if leave.recipient_approved else None
        shared = overlap(span, (stint.starts_on, stint.ends_on)) if span else None
        days = [day for day in days_of(shared) if stint.covers(day)] if shared else []
        if span is None or not days:
            continue
        _spread(calendar, days, leave.days)
        _spread(working, [day for day in days if run.is_working_day(day)], leave.days)
        texts.append(span_text(span))
    if not texts:
        return None
    text = "、".join(dict.fromkeys(texts))
    return ApprovedLeave(sum(working.values(), Fraction(0)), sum(calendar.values(), Fraction(0)), text)


def _spread(taken: dict[date, Fraction], days: list[date], length: Fraction | None) -> None:
    """Add a leave of `length` days (None: all of them) evenly to the days it covers, none beyond a whole day."""
    for day in days:
        part = WHOLE_DAY if length is None else min(WHOLE_DAY, length / len(days))
        taken[day] = min(WHOLE_DAY, taken.get(day, Fraction(0)) + part)


def _span(run: Run, leave: Leave, last: date) -> Span | None:
    """Return the days of a leave up to `last`: to 止, else to the day before 销假日期, else as 天数 gives.

    Whoever reported back before 止 was on leave up to the day before that.
    """
    back_early = leave.until_on and leave.returned_on and leave.returned_on < leave.until_on
    if leave.until_on is not None and not back_early:
        return leave.from_on, leave.until_on
    if leave.returned_on is not None:
        return (leave.from_on, leave.returned_on - ONE_DAY) if leave.returned_on > leave.from_on else None
    if leave.days is None:
        message = f"{leave.entry_label}没有写止期，也没有写天数，没有计入"
        run.warn("leave-length-unknown", message, "写上“止”或“天数”", leave.places.of("from_on"))
        return None
    return _counted(run, leave.from_on, ceil(leave.days), last)


def _counted(run: Run, from_on: date, days: int, last: date) -> Span | None:
    """Return the span of so many days from `from_on` on, as 请假天数 counts them, but not beyond `last`."""
    by_working_days = run.reading("请假天数") == "工作日"
    day = from_on
    while day <= last:
        days -= 1 if not by_working_days or run.is_working_day(day) else 0
        if days <= 0:
            return from_on, day
        day += ONE_DAY
    return (from_on, last) if from_on <= last else None
