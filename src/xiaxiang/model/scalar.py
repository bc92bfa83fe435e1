"""Text that clerks type → values: days, counts, rates, money, yes or no. Nothing is guessed.

Each `parse_…` takes the text of one scalar and returns the value, or raises `ScalarError` with a stable
code, one Chinese sentence and what to type instead. No float ever stands for money or a threshold.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from fractions import Fraction
from typing import Final


class ScalarError(ValueError):
    """The text of one scalar is not what its field takes."""

    def __init__(self, code: str, message: str, hint: str) -> None:
        """Keep the stable `code`, the Chinese `message` and the `hint` apart."""
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint


_HALF_WIDTH: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0x2212: 0x2D}
_DAY: Final = re.compile(
    r"""(?P<year>\d{4})(?:
        (?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})
      | \s*年\s*(?P<month_cn>\d{1,2})\s*月\s*(?P<day_cn>\d{1,2})\s*[日号]?
      | (?P<month_8>\d{2})(?P<day_8>\d{2})
    )(?:[T ]00:00(?::00(?:\.0+)?)?)?""",
    re.VERBOSE,
)
_SHORT_DAY: Final = re.compile(r"(?P<month>\d{1,2})(?:[-/.]|\s*月\s*)(?P<day>\d{1,2})\s*[日号]?")
_MONTH: Final = re.compile(
    r"(?P<year>\d{4})(?:[-/.](?P<month>\d{1,2})|\s*年\s*(?P<month_cn>\d{1,2})\s*月|(?P<m2>\d{2}))"
)
_NUMBER: Final = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_LONGEST_NUMBER: Final = 40  # characters: beyond is no count, and Python refuses to read thousands of digits
_YEARS: Final = range(1000, 3000)  # beyond, sums with days leave Python's calendar
_COUNT_UNITS: Final = "天日次人名元年月条份个批"
_YES: Final = frozenset({"是", "有", "对", "√", "已", "y", "yes", "true", "1"})
_NO: Final = frozenset({"否", "无", "不", "没有", "不是", "×", "n", "no", "false", "0"})


def half_width(text: str) -> str:
    """Return `text` with full-width digits, letters and signs made half-width; Han characters stay as they are."""
    return text.translate(_HALF_WIDTH)


def display_width(text: str) -> int:
    """Return how many terminal cells `text` takes: two for wide characters, none for combining ones."""
    return sum(
        0
        if unicodedata.combining(char) or unicodedata.category(char) == "Cf"
        else 2
        if unicodedata.east_asian_width(char) in "WF"
        else 1
        for char in text
    )


def _bad_day(text: str, why: str) -> ScalarError:
    return ScalarError("bad-date", f"“{text}”{why}", "日期写成 2024-01-02 这样（2024/1/2、2024年1月2日 也可以）")


def parse_day(text: str, *, year: int | None = None) -> date:
    """Return the day that `text` names in any of the usual notations.

    With `year`, a day without one (`4月8日`, `4/8`) is taken in that year. Raises ScalarError("bad-date").
    """
    plain = half_width(text).strip()
    match = _DAY.fullmatch(plain)
    if match:
        month = match["month"] or match["month_cn"] or match["month_8"]
        day = match["day"] or match["day_cn"] or match["day_8"]
        numbers = int(match["year"]), int(month), int(day)
    elif year is not None and (short := _SHORT_DAY.fullmatch(plain)):
        numbers = year, int(short["month"]), int(short["day"])
    elif _SHORT_DAY.fullmatch(plain):
        raise _bad_day(text, "没有写年份")
    else:
        raise _bad_day(text, "不是日期")
    if numbers[0] not in _YEARS:
        raise _bad_day(text, f"的年份 {numbers[0]} 看起来不对")
    try:
        return date(*numbers)
    except ValueError:
        raise _bad_day(text, "在日历上不存在") from None


def parse_month(text: str) -> date:
    """Return the first day of the month that `text` names (`2024-03`, `2024年3月`). Raises ScalarError."""
    match = _MONTH.fullmatch(half_width(text).strip())
    number = int(match["month"] or match["month_cn"] or match["m2"]) if match else 0
    if match is None or not 1 <= number <= 12:  # noqa: PLR2004 - months of a year
        raise ScalarError("bad-month", f"“{text}”不是月份", "月份写成 2024-03 或 2024年3月")
    return date(int(match["year"]), number, 1)


def parse_number(text: str) -> Fraction:
    """Return the exact number ≥ 0 in `text`; a trailing unit (`7天`, `500元`) is allowed. Raises ScalarError."""
    plain = half_width(text).strip()
    bare = plain.rstrip(_COUNT_UNITS).strip()
    if len(bare) > _LONGEST_NUMBER or not bare.isascii() or not _NUMBER.fullmatch(bare):
        raise ScalarError("bad-number", f"“{text}”不是数字", "只写数字，例如 3")
    value = Fraction(bare.replace(",", ""))
    if value < 0:
        raise ScalarError("negative-number", f"“{text}”小于 0", "这里的数不能小于 0")
    return value


def parse_count(text: str) -> int:
    """Return the whole number ≥ 0 in `text`. Raises ScalarError."""
    value = parse_number(text)
    if value.denominator != 1:
        raise ScalarError("not-whole", f"“{text}”不是整数", "这里要写整数，例如 3")
    return value.numerator


def parse_rate(text: str) -> Fraction:
    """Return the rate 0..1 in `text` (`80%`, `0.8`) as an exact fraction. Raises ScalarError."""
    plain = half_width(text).strip()
    value = parse_number(plain[:-1]) / 100 if plain.endswith("%") else parse_number(plain)
    if value > 1:
        raise ScalarError("bad-rate", f"“{text}”大于 100%", "比率写成 80% 或 0.8")
    return value


def parse_money(text: str) -> int:
    """Return the amount in `text`, given in 元, as whole 分. Raises ScalarError."""
    plain = half_width(text).strip().removeprefix("¥").removeprefix("￥")
    fen = parse_number(plain) * 100
    if fen.denominator != 1:
        raise ScalarError("bad-money", f"“{text}”精确到分以下", "金额以元为单位，最多两位小数，例如 440 或 440.50")
    return fen.numerator


def parse_yes_no(text: str) -> bool:
    """Return whether `text` says yes. Raises ScalarError for anything that says neither yes nor no."""
    plain = half_width(text).strip().lower()
    if plain in _YES:
        return True
    if plain in _NO:
        return False
    raise ScalarError("bad-yes-no", f"“{text}”既不是“是”也不是“否”", "写“是”或“否”")


def money_text(fen: int) -> str:
    """Return an amount of 分 as people read it in 元: `1,320`, `440.50`, `-200`."""
    sign, fen = ("-", -fen) if fen < 0 else ("", fen)
    yuan, rest = divmod(fen, 100)
    return f"{sign}{yuan:,}.{rest:02d}" if rest else f"{sign}{yuan:,}"


def money_json(fen: int) -> str:
    """Return an amount of 分 as machines read it in 元, with two digits: `"880.00"`."""
    sign, fen = ("-", -fen) if fen < 0 else ("", fen)
    return f"{sign}{fen // 100}.{fen % 100:02d}"


def day_text(day: date) -> str:
    """Return a day as documents print it: 2024年1月2日, no leading zeros (GB/T 9704-2012, 7.3.5.4)."""
    return f"{day.year}年{day.month}月{day.day}日"


def short_day_text(day: date) -> str:
    """Return month and day: 1月2日."""
    return f"{day.month}月{day.day}日"


def weekday_text(day: date) -> str:
    """Return the day of the week: 周一 … 周日."""
    return "周" + "一二三四五六日"[day.weekday()]
