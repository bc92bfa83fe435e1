"""A sentence of the State Council's notice → the days it names: `2月15日（周日）至23日（周一）放假调休，共9天`.

Clerks copy such sentences whole or write only the days (`2月15日—23日`, `2/15-2/23`); what the notice says
twice (the day of the week, the number of days) is held against the calendar.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from xiaxiang.model.scalar import ScalarError, day_text, half_width, parse_day, short_day_text, weekday_text

if TYPE_CHECKING:
    from collections.abc import Iterator

_LONGEST: Final = 31
"""Days. No holiday is longer; a mistyped month must not put half a year off."""

_HOW: Final = "写成 2月5日至2月11日，几段之间用“、”隔开"
_PIECE: Final = re.compile(
    r"""(?P<day>\d{4}(?P<mark>[-/.])\d{1,2}(?P=mark)\d{1,2} | (?:\d{4}年)?\d{1,2}月\d{1,2}[日号]? | \d{1,2}[/.]\d{1,2})
      | (?P<bare>\d{1,2})[日号]
      | \((?P<note>[^()]*)\)
      | 共?(?P<count>\d{1,2})天
      | (?P<to>至|到|[—–~-]+)
      | (?P<worked>照常上班|上班|补班)
      | (?P<end>[。;])
      | 放假|不?调休|休息|(?:与|和)?周末连休|[、,和及]|\s+""",
    re.VERBOSE,
)
_WEEKDAY: Final = re.compile(r"(?:周|星期|礼拜)([一二三四五六日天])")


class HolidayError(ScalarError):
    """A part of the text cannot stand: `start` and `end` are its characters within the text."""

    def __init__(self, code: str, message: str, hint: str, span: tuple[int, int]) -> None:
        """Keep the parts of the finding and the `span` of the text it is about."""
        super().__init__(code, message, hint)
        self.start, self.end = span


@dataclass(slots=True)
class _Sentence:
    """One sentence while it is read: its days, and what it says of them."""

    days: list[date] = field(default_factory=list)
    last: date | None = None
    starts: tuple[date, int] | None = None  # a span that waits for its end, and where its first day stands
    is_worked: bool = False
    count: tuple[int, tuple[int, int]] | None = None

    def close(self) -> None:
        """Hold the number of days that the sentence names against the days."""
        if self.count is not None and self.days and not self.is_worked and self.count[0] != len(self.days):
            said, span = self.count
            message = f"写了“共{said}天”，前面的日期是 {len(self.days)} 天"
            raise HolidayError("holiday-count", message, "对照放假通知，改日期或天数", span)


def days_named(text: str, year: int, *, worked: bool = False) -> tuple[tuple[date, ...], tuple[date, ...]]:
    """Return the days off and the make-up working days that `text` names in `year`.

    With `worked` all of them are working days. Raises HolidayError at the part that cannot be right.
    """
    off: list[date] = []
    made_up: list[date] = []
    for sentence in _sentences(half_width(text), year):
        (made_up if worked or sentence.is_worked else off).extend(sentence.days)
    if text.strip() and not off and not made_up:
        raise HolidayError("bad-date", f"“{text.strip()}”里没有日期", _HOW, (0, len(text)))
    return tuple(off), tuple(made_up)


def _sentences(text: str, year: int) -> Iterator[_Sentence]:
    sentence, at = _Sentence(), 0
    while at < len(text):
        piece = _PIECE.match(text, at)
        if piece is None:
            raise HolidayError("bad-date", f"“{text[at:].strip()}”看不懂", _HOW, (at, len(text)))
        _take(sentence, piece, year)
        at = piece.end()
        if piece["end"]:
            sentence.close()
            yield sentence
            sentence = _Sentence()
    if sentence.starts is not None:
        raise HolidayError("bad-date", "“至”后面没有日期", _HOW, (sentence.starts[1], len(text)))
    sentence.close()
    yield sentence


def _take(sentence: _Sentence, piece: re.Match[str], year: int) -> None:
    """Add one piece of the text to its sentence."""
    if piece["day"] or piece["bare"]:
        _take_day(sentence, _day(sentence, piece, year), piece.span(), year)
    elif piece["note"] is not None:
        _hold_weekday(sentence, piece)
    elif piece["count"]:
        sentence.count = (int(piece["count"]), piece.span())
    elif piece["to"]:
        if sentence.last is None:
            raise HolidayError("bad-date", f"“{piece[0]}”前面没有日期", _HOW, piece.span())
        sentence.starts = (sentence.last, piece.start())
    elif piece["worked"]:
        sentence.is_worked = True


def _day(sentence: _Sentence, piece: re.Match[str], year: int) -> date:
    """Return the day that a piece names; a bare `23日` is in the month of the day before it."""
    text, before = piece[0], sentence.last
    if piece["bare"]:
        if before is None:
            raise HolidayError("bad-date", f"“{text}”没有写月份", _HOW, piece.span())
        text = f"{before.year}年{before.month}月{text}"
    try:
        day = parse_day(text, year=year)
    except ScalarError as bad:
        raise HolidayError(bad.code, bad.message, _HOW, piece.span()) from None
    # The holiday of 1 January may begin in the last days of the year before.
    if not date(year - 1, 12, 1) <= day <= date(year, 12, 31):
        raise HolidayError("bad-date", f"“{piece[0]}”不在 {year} 年", _HOW, piece.span())
    return day


def _take_day(sentence: _Sentence, day: date, span: tuple[int, int], year: int) -> None:
    """Add a day, or all the days of the span that it ends."""
    first = day
    if sentence.starts is not None:
        first, sentence.starts = sentence.starts[0], None
        if first > day and first.month > day.month and first.year == year:  # 12月30日至1月1日
            sentence.days.remove(first)
            first = first.replace(year=year - 1)
            sentence.days.append(first)
        if first > day:
            raise HolidayError("end-before-start", f"{day_text(day)}早于{day_text(first)}", "对照放假通知改日期", span)
        if (day - first).days >= _LONGEST:
            message = f"{short_day_text(first)}至{short_day_text(day)}有 {(day - first).days + 1} 天，看起来不对"
            raise HolidayError("bad-date", message, "对照放假通知改日期", span)
        first += timedelta(days=1)
    sentence.days += [first + timedelta(days=offset) for offset in range((day - first).days + 1)]
    sentence.last = day


def _hold_weekday(sentence: _Sentence, piece: re.Match[str]) -> None:
    """Hold the day of the week in brackets against the day in front of it."""
    said = _WEEKDAY.search(piece["note"])
    if said is None or sentence.last is None:
        return
    right = weekday_text(sentence.last)
    if right[-1] != said[1].replace("天", "日"):
        message = f"{day_text(sentence.last)}是{right}，写的是“{said[0]}”"
        hint = f"对照放假通知：日期对就写 {short_day_text(sentence.last)}（{right}），不对就改日期"
        raise HolidayError("wrong-weekday", message, hint, piece.span())
