"""Working days: the published ones, from the chinesecalendar package, and what a workspace's calendar.yaml adds."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Final

from xiaxiang.load.bind import Binder
from xiaxiang.load.draft import Context
from xiaxiang.load.files import builtin, start_of
from xiaxiang.load.holidays import HolidayError, days_named
from xiaxiang.load.values import span_of
from xiaxiang.load.yaml import Mapping, Node, Scalar, parse_yaml, plain, read_yaml
from xiaxiang.model.calendar import WorkCalendar, YearOff
from xiaxiang.model.calendar_year import CalendarYear
from xiaxiang.model.diagnostic import error, warning
from xiaxiang.model.position import Position
from xiaxiang.model.scalar import half_width, short_day_text, weekday_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from xiaxiang.load.files import Reader

CALENDAR_NAMES: Final = ("calendar.yaml", "日历.yaml", "calendar.yml", "日历.yml", "calendar.yaml.txt", "日历.yaml.txt")
MOVING_DAYS_FILE: Final = "法定节日.yaml"
_SPRING_FESTIVAL: Final = "春节"
_FROM_THE_EVE: Final = range(-1, 3)  # 除夕 to the third day of the new year
_YEARS: Final = range(2000, 2101)
_WEEKEND: Final = 5  # Saturday, as date.weekday() counts


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


def workspace_calendar(reader: Reader, folder: Path) -> WorkCalendar:
    """Return the published calendar with what the workspace in `folder` adds or corrects; findings are reported."""
    published = published_calendar()
    name = next((name for name in CALENDAR_NAMES if (folder / name).is_file()), None)
    if name is None:
        return published
    # A link that leads out of the workspace is not followed, here as elsewhere.
    path = reader.beside(folder, name, start_of(reader.shown(folder / name)))
    years = read_calendar(reader, path) if path else ()
    return published.changed(years) if years else published


def read_calendar(reader: Reader, path: Path) -> tuple[YearOff, ...]:
    """Return what a calendar.yaml says, year by year; a broken year is left out aloud."""
    file = reader.shown(path)
    text = reader.text_of(path)
    if text is None:
        return ()
    tree, found = read_yaml(text, file)
    reader.report(*found)
    if not isinstance(tree, Mapping):
        if not found:
            at = Position(file, *(span_of(tree) if tree else (1, 1, 1)))
            reader.report(error("missing-field", f"“{file}”里没有年份", "写成 2027: 一行，下面写“放假”“上班”", at))
        return ()
    years: dict[int, YearOff] = {}
    for key, node in tree.pairs:
        year = _year_named(reader, key, file)
        if year in years:
            message = f"{year} 年在第 {years[year].place.line} 行已经写过"
            reader.report(
                error("duplicate-key", message, "两处合成一处", Position(file, *span_of(key)), f"日历 {year}年")
            )
        elif year and (read := _year_off(reader, year, key, node, path)):
            years[year] = read
    return tuple(years.values())


def _year_named(reader: Reader, key: Scalar, file: str) -> int | None:
    plain_text = half_width(key.text).strip().removesuffix("年")
    if plain_text.isascii() and plain_text.isdigit() and int(plain_text) in _YEARS:
        return int(plain_text)
    at = Position(file, *span_of(key))
    reader.report(error("unknown-key", f"“{key.text}”不是年份", "最外面一层写年份，例如 2027:", at, f"日历 {key.text}"))
    return None


def _year_off(reader: Reader, year: int, key: Scalar, node: Node, path: Path) -> YearOff | None:
    """Return what one year says; None, with findings, where anything in it is wrong."""
    file, label = reader.shown(path), f"日历 {year}年"
    entry = Binder(reader, file, path.parent).entry(CalendarYear, node, Context(owner=label, label=label))
    if entry is None:
        return None
    read = _Reading(reader, entry, year, label)
    off, worked = read.days()
    if read.is_broken:
        return None
    place = Position(file, *span_of(key))
    result = YearOff(year, off, frozenset(worked), bool(entry.is_complete), entry.basis, place, read.places)
    _doubt(reader, result, is_said=entry.is_complete is not None)
    return result


class _Reading:
    """One year while its texts are read into days."""

    def __init__(self, reader: Reader, entry: CalendarYear, year: int, label: str) -> None:
        self.reader, self.entry, self.year, self.label = reader, entry, year, label
        self.places: dict[date, Position] = {}
        self.is_broken = False

    def days(self) -> tuple[dict[date, str], list[date]]:
        """Return the days off by name and the days worked; report what cannot be read, or is both."""
        off: dict[date, str] = {}
        worked: list[date] = []
        for name, text in self.entry.days_off.items():
            days, made_up = self._read(text, f"days_off.{name}", worked=False)
            off.update(dict.fromkeys(days, name))
            worked += made_up
        for index, text in enumerate(self.entry.worked):
            worked += self._read(text, f"worked.{index}", worked=True)[1]
        for day in sorted(off.keys() & set(worked)):
            message = f"{short_day_text(day)}既写了放假，又写了上班"
            self._complain("calendar-clash", message, "对照放假通知，只留一处", self.places[day])
        return off, worked

    def _read(self, text: str, field: str, *, worked: bool) -> tuple[tuple[date, ...], tuple[date, ...]]:
        at = self.entry.places.of(field)
        try:
            off, made_up = days_named(text, self.year, worked=worked)
        except HolidayError as bad:
            self._complain(bad.code, bad.message, bad.hint, _part(at, text, bad))
            return (), ()
        self.places.update(dict.fromkeys((*off, *made_up), at))
        return off, made_up

    def _complain(self, code: str, message: str, hint: str, at: Position) -> None:
        self.is_broken = True
        self.reader.report(error(code, message, hint, at, self.label))


def _part(at: Position, text: str, bad: HolidayError) -> Position:
    """Return where the part of a text stands that a finding is about; the whole value where that cannot be told."""
    quotes = at.end_column - at.column - len(text)  # none, or one at each end
    if quotes not in {0, 2}:
        return at
    first = at.column + quotes // 2
    return Position(at.file, at.line, first + bad.start, first + bad.end)


def _doubt(reader: Reader, year: YearOff, *, is_said: bool) -> None:
    """Warn of what is legal and probably not meant: statutory days left out, weekdays made up, a year half given."""
    published = published_calendar()
    if year.is_complete:
        inferred = published.days_inferred(year.year)
        missing = [f"{name}（{short_day_text(day)}）" for day, name in inferred if day not in year.days_off]
        if missing:
            message = f"{year.year} 年写了“完整: 是”，放假里却没有 {'、'.join(missing)}"
            reader.report(warning("calendar-doubt", message, "对照放假通知补上；确实不放假就不用改", year.place))
    elif not is_said and year.year not in published.published:
        message = f"{year.year} 年没有写“完整: 是”，只当作个别日期，其余仍按推算"
        reader.report(warning("calendar-not-complete", message, "照通知写全了，就加一行“完整: 是”", year.place))
    for day in sorted(year.worked):
        if day.weekday() < _WEEKEND and day.year == year.year and (year.is_complete or published.is_working_day(day)):
            message = f"{short_day_text(day)}是{weekday_text(day)}，本来就上班"
            reader.report(warning("calendar-doubt", message, "对照放假通知，多半是日期写错", year.places[day]))
