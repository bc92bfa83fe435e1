"""Whether a day is some batch's handover: asked only where Excel may have made a day of a batch's name."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from xiaxiang.model.scalar import ScalarError, parse_count

if TYPE_CHECKING:
    from collections.abc import Callable

    from xiaxiang.model.calendar import WorkCalendar
    from xiaxiang.model.policy import Policy

FIRST_MONDAY: Final = "首个周一"
_DAYS_OF_WEEK: Final = 7


def months_of(policy: Policy, year: int) -> tuple[int, ...]:
    """Return the handover months of a year: those in force at its end."""
    return policy.rotation.handover_months.on(date(year, 12, 31)) or ()


def handover_test(policy: Policy, calendar: WorkCalendar) -> Callable[[date], bool]:
    """Return a function that says whether a day is a nominal handover or the working day that it moves to."""

    def is_handover(day: date) -> bool:
        if day.month not in months_of(policy, day.year):
            return False
        first = day.replace(day=1)
        wording = policy.rotation.handover_day.on(day) or ""
        if wording == FIRST_MONDAY:
            nominal = first.replace(day=1 + -first.weekday() % _DAYS_OF_WEEK)
        else:
            try:
                nominal = first.replace(day=parse_count(wording))
            except (ScalarError, ValueError):  # 首个工作日
                nominal = first
        return day in {nominal, calendar.next_working_day(nominal)}

    return is_handover
