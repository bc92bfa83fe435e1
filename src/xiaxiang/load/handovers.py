"""Which days are handovers, and which batch serves on a day: asked where a table leaves it open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from xiaxiang.model.batch import BatchName
from xiaxiang.model.scalar import ScalarError, parse_count

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from xiaxiang.model.calendar import WorkCalendar
    from xiaxiang.model.policy import Policy

FIRST_MONDAY: Final = "首个周一"
_DAYS_OF_WEEK: Final = 7


def handover_test(policy: Policy, calendar: WorkCalendar) -> Callable[[date], bool]:
    """Return a function that says whether a day is a nominal handover or the working day that it moves to."""

    def is_handover(day: date) -> bool:
        rotation = policy.rotation
        if rotation is None or day.month not in policy.months_of(day.year):
            return False
        if listed := rotation.days_of(day.year):
            return any(day in {nominal, calendar.next_working_day(nominal)} for nominal in listed)
        first = day.replace(day=1)
        wording = rotation.handover_day.on(day) or ""
        if wording == FIRST_MONDAY:
            nominal = first.replace(day=1 + -first.weekday() % _DAYS_OF_WEEK)
        else:
            try:
                nominal = first.replace(day=parse_count(wording))
            except (ScalarError, ValueError):  # 首个工作日
                nominal = first
        return day in {nominal, calendar.next_working_day(nominal)}

    return is_handover


def batch_running(policy: Policy, is_handover: Callable[[date], bool], day: date) -> BatchName | None:
    """Return the batch that serves on a day: the last one that has been handed over by then."""
    for year in (day.year, day.year - 1):
        months = policy.months_of(year)
        begun = [month for month in months if year < day.year or month < day.month]
        if year == day.year and day.month in months:
            begun += [day.month] * any(is_handover(day.replace(day=one)) for one in range(1, day.day + 1))
        if begun:
            return BatchName(year, months.index(begun[-1]) + 1)
    return None
