"""The State Council's published working days, from the chinesecalendar package, as plain sets."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Final

from xiaxiang.load.files import builtin
from xiaxiang.load.yaml import parse_yaml, plain
from xiaxiang.model.calendar import WorkCalendar

if TYPE_CHECKING:
    from collections.abc import Iterator

MOVING_DAYS_FILE: Final = "法定节日.yaml"
_SPRING_FESTIVAL: Final = "春节"
_FROM_THE_EVE: Final = range(-1, 3)  # 除夕 to the third day of the new year


@cache
def published_calendar() -> WorkCalendar:
    """Return the calendar of every year whose days off were published when the package was made."""
    from chinese_calendar import constants  # noqa: PLC0415 - 12 ms, not wanted by --help

    chinese = {holiday.value: holiday.chinese for holiday in constants.Holiday}
    return WorkCalendar(
        days_off={day: chinese[name] for day, name in constants.holidays.items()},
        make_up_days=frozenset(constants.workdays),
        published=frozenset(day.year for day in constants.holidays),
        moving=dict(_moving_days()),
    )


def _moving_days() -> Iterator[tuple[date, str]]:
    """Yield the statutory days that follow the moon or the solar terms, for the years after the package's."""
    file = builtin("plans") / MOVING_DAYS_FILE
    tree, problem = parse_yaml(file.read_text(encoding="utf-8"), file.name)
    if problem is not None:
        raise ValueError(str(problem))  # the file is ours: a fault in it is a programmer's error
    for festivals in plain(tree).values():
        for name, written in festivals.items():
            day = date.fromisoformat(written)
            for offset in _FROM_THE_EVE if name == _SPRING_FESTIVAL else (0,):
                yield day + timedelta(days=offset), name
