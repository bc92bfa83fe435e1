"""Working days: what the State Council published, as plain sets of days; loaded elsewhere, asked here."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

ONE_DAY: Final = timedelta(days=1)
_WEEKEND: Final = 5  # Saturday, as date.weekday() counts

# For a year that is not published yet (rotation.md): the statutory days that have a fixed date, and all of
# 1–7 October. Those that follow the moon or the solar terms are data (plans/法定节日.yaml).
_FIXED_DAYS_OFF: Final = frozenset({(1, 1), (5, 1), (5, 2), *((10, day) for day in range(1, 8))})


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Days off and make-up working days of the published years.

    `days_off` maps a public holiday (bridged days included) to its name; `make_up_days` are the Saturdays
    and Sundays that are worked instead; `published` are the years for which both are complete. `moving` maps
    the statutory days without a fixed date to their names, for years that are not published.
    """

    days_off: dict[date, str]
    make_up_days: frozenset[date]
    published: frozenset[int]
    moving: dict[date, str] = field(default_factory=dict)

    def is_working_day(self, day: date) -> bool:
        """Whether `day` is worked. In an unpublished year: weekends, statutory days and 1–7 October are off."""
        if day in self.make_up_days:
            return True
        return day.weekday() < _WEEKEND and not self.is_holiday(day)

    def is_holiday(self, day: date) -> bool:
        """Whether `day` is a public holiday (a plain weekend is not)."""
        if day.year in self.published:
            return day in self.days_off
        return (day.month, day.day) in _FIXED_DAYS_OFF or day in self.moving

    def why_off(self, day: date) -> str:
        """Return why `day` is not worked: the holiday's name, or the day of the weekend."""
        if day in self.days_off:
            return self.days_off[day]
        if day.year not in self.published and day in self.moving:
            return self.moving[day]
        if self.is_holiday(day):
            return {1: "元旦", 5: "劳动节"}.get(day.month, "国庆节")
        return "星期六" if day.weekday() == _WEEKEND else "星期日"

    def next_working_day(self, day: date, *, make_up: bool = True) -> date:
        """Return the first working day on or after `day`; without `make_up`, make-up days do not count."""
        while not self.is_working_day(day) or (not make_up and day in self.make_up_days):
            day += ONE_DAY
        return day

    def previous_working_day(self, day: date, *, make_up: bool = True) -> date:
        """Return the last working day on or before `day`; without `make_up`, make-up days do not count."""
        while not self.is_working_day(day) or (not make_up and day in self.make_up_days):
            day -= ONE_DAY
        return day

    def working_days(self, from_on: date, until_on: date) -> int:
        """Return how many days from `from_on` to `until_on`, both included, are worked."""
        span = (until_on - from_on).days + 1
        return sum(self.is_working_day(from_on + ONE_DAY * offset) for offset in range(span))
