"""Whether a day is some batch's handover: asked only where Excel may have made a day of a batch's name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from xiaxiang.model.scalar import ScalarError, parse_count

if TYPE_CHECKING:
    from datetime import date
    from collections.abc import Callable

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
