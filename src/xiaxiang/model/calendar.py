"""Working days: what the State Council published, as plain sets of days; loaded elsewhere, asked here."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from xiaxiang.model.decision import Reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from xiaxiang.model.position import Position

ONE_DAY: Final = timedelta(days=1)
_WEEKEND: Final = 5  # Saturday, as date.weekday() counts

# For a year that is not published yet (rotation.md): the statutory days that have a fixed date, and all of
# 1–7 October. Those that follow the moon or the solar terms are data (plans/法定节日.yaml).
_FIXED_DAYS_OFF: Final = frozenset({(1, 1), (5, 1), (5, 2), *((10, day) for day in range(1, 8))})


@dataclass(frozen=True, slots=True)
class YearOff:
    """What a workspace says of one year: days off by name, days worked, and whether that is all there is to say.

    `basis` is the notice it rests on; `places` say where each day stands, `place` where the year does.
    """

    year: int
    days_off: Mapping[date, str]
    worked: frozenset[date]
    is_complete: bool
    basis: str
    place: Position
    places: Mapping[date, Position]

    def reason(self, day: date) -> Reason:
        """Return what is said of a day, and where; in a whole year a day that is not named is as the week has it."""
        works = day in self.worked or (day not in self.days_off and day.weekday() < _WEEKEND)
        by = f"（{self.basis}）" if self.basis else ""
        text = f"{day.isoformat()} 按工作区的日历{'上班' if works else '休息'}{by}"
        return Reason(text, None, self.places.get(day, self.place))


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Days off and make-up working days of the published years.

    `days_off` maps a public holiday (bridged days included) to its name; `make_up_days` are the Saturdays
    and Sundays that are worked instead; `published` are the years for which both are complete. `moving` maps
    the statutory days without a fixed date to their names, for years that are not published. `corrected` are
    the days of which a workspace says otherwise than was published, or inferred, each with where it says so;
    `own_years` the years that it gives completely.
    """

    days_off: dict[date, str]
    make_up_days: frozenset[date]
    published: frozenset[int]
    moving: dict[date, str] = field(default_factory=dict)
    corrected: Mapping[date, Reason] = field(default_factory=dict)
    own_years: frozenset[int] = frozenset()

    def knows(self, day: date) -> bool:
        """Whether the year of `day` is published, so that its days off are not inferred."""
        return day.year in self.published

    def is_working_day(self, day: date) -> bool:
        """Whether `day` is worked. In an unpublished year: weekends, statutory days and 1–7 October are off."""
        if day in self.make_up_days:
            return True
        return day.weekday() < _WEEKEND and not self.is_holiday(day)

    def is_holiday(self, day: date) -> bool:
        """Whether `day` is a public holiday (a plain weekend is not)."""
        if day in self.days_off:
            return True
        return day.year not in self.published and bool(self.inferred(day)) and day not in self.corrected

    def why_off(self, day: date) -> str:
        """Return why `day` is not worked: the holiday's name, or the day of the weekend."""
        if day in self.days_off:
            return self.days_off[day]
        if self.is_holiday(day):
            return self.inferred(day)
        return "星期六" if day.weekday() == _WEEKEND else "星期日"

    def inferred(self, day: date) -> str:
        """Return the statutory holiday that `day` is whatever is published, by its name, or ""."""
        if day in self.moving:
            return self.moving[day]
        is_fixed = (day.month, day.day) in _FIXED_DAYS_OFF
        return {1: "元旦", 5: "劳动节"}.get(day.month, "国庆节") if is_fixed else ""

    def days_inferred(self, year: int) -> tuple[tuple[date, str], ...]:
        """Return the weekdays of a year that are statutory holidays whatever is published, with their names."""
        first = date(year, 1, 1)
        days = (first + ONE_DAY * offset for offset in range((date(year + 1, 1, 1) - first).days))
        named = ((day, self.inferred(day)) for day in days if day.weekday() < _WEEKEND)
        return tuple((day, name) for day, name in named if name)

    def corrections(self, from_on: date, until_on: date) -> tuple[Reason, ...]:
        """Return what a workspace corrects of the days from `from_on` to `until_on`, both included."""
        return tuple(self.corrected[day] for day in sorted(self.corrected) if from_on <= day <= until_on)

    def changed(self, years: Iterable[YearOff]) -> WorkCalendar:
        """Return this calendar with what a workspace says of some years: whole years first, then single days."""
        calendar = self
        for one in sorted(years, key=lambda year: (not year.is_complete, year.year)):
            calendar = calendar._with(one)
        return calendar

    def _with(self, year: YearOff) -> WorkCalendar:
        whole = frozenset({year.year} if year.is_complete else ())
        off = {day: name for day, name in self.days_off.items() if day.year not in whole and day not in year.worked}
        made_up = {day for day in self.make_up_days if day.year not in whole and day not in year.days_off}
        said = frozenset(year.days_off) | year.worked
        after = replace(
            self,
            days_off=off | dict(year.days_off),
            make_up_days=frozenset(made_up | {day for day in year.worked if day.weekday() >= _WEEKEND}),
            published=self.published | whole,
            # Where nothing was published, what is said takes the place of what is inferred.
            corrected={**self.corrected, **{day: year.reason(day) for day in said}},
            own_years=self.own_years | whole,
        )
        asked = {day for day in (*self.days_off, *self.make_up_days) if day.year in whole} | said
        differing = (day for day in asked if self.is_working_day(day) != after.is_working_day(day))
        # The days of a year that is announced here for the first time correct nothing.
        told = {day: year.reason(day) for day in differing if self.knows(day) or day.year not in whole}
        return replace(after, corrected={**self.corrected, **told})

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
