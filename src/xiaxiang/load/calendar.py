"""The State Council's published working days, from the chinesecalendar package, as plain sets."""

from __future__ import annotations

from functools import cache

from xiaxiang.model.calendar import WorkCalendar


@cache
def published_calendar() -> WorkCalendar:
    """Return the calendar of every year whose days off were published when the package was made."""
    from chinese_calendar import constants  # noqa: PLC0415 - 12 ms, not wanted by --help

    chinese = {holiday.value: holiday.chinese for holiday in constants.Holiday}
    return WorkCalendar(
        days_off={day: chinese[name] for day, name in constants.holidays.items()},
        make_up_days=frozenset(constants.workdays),
        published=frozenset(day.year for day in constants.holidays),
    )
