"""Numbers as people read them: exact, never through a float, never rounded across a bound; money in Han figures."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

_FEWEST_DIGITS: Final = 2
_MOST_DIGITS: Final = 6
_PERCENT: Final = 100


def number_text(number: Fraction | int) -> str:
    """Return an exact number: `4`, `2.5`, else as a fraction `7/3`."""
    exact = Fraction(number)
    if exact.denominator == 1:
        return str(exact.numerator)
    for digits in range(1, _MOST_DIGITS + 1):
        scaled = exact * 10**digits
        if scaled.denominator == 1:
            return _decimal(scaled.numerator, digits)
    return str(exact)


def decimal_text(number: Fraction, bound: Fraction | None = None) -> str:
    """Return a number ≥ 0 with two digits at most; with more where they would hide its side of `bound`."""
    text = ""
    for digits in range(_FEWEST_DIGITS, _MOST_DIGITS + 1):
        rounded = int(number * 10**digits + Fraction(1, 2))
        shown = Fraction(rounded, 10**digits)
        text = number_text(shown)
        if bound is None or _side(number, bound) == _side(shown, bound):
            break
    return text


def _side(number: Fraction, bound: Fraction) -> int:
    """Return on which side of a bound a number lies: -1 below it, 0 at it, 1 above it."""
    return (number > bound) - (number < bound)


def percent_text(rate: Fraction, bound: Fraction | None = None) -> str:
    """Return a rate ≥ 0 as a percentage with one digit; with more where one would hide its side of `bound`."""
    text = ""
    for digits in range(1, _MOST_DIGITS + 1):
        scaled = rate * _PERCENT * 10**digits
        rounded = int(scaled + Fraction(1, 2))
        text = f"{_decimal(rounded, digits)}%"
        if bound is None or _side(rate, bound) == _side(Fraction(rounded, _PERCENT * 10**digits), bound):
            break
    return text


def _decimal(scaled: int, digits: int) -> str:
    sign, scaled = ("-", -scaled) if scaled < 0 else ("", scaled)
    return f"{sign}{scaled // 10**digits}.{scaled % 10**digits:0{digits}d}"


_FIGURES: Final = "零壹贰叁肆伍陆柒捌玖"
_PLACES: Final = ("", "拾", "佰", "仟")
_GROUPS: Final = ("", "万", "亿", "万亿")
_GROUP: Final = 10_000
_FEN_PER_YUAN: Final = 100


def amount_in_words(fen: int) -> str:
    """Return an amount of 分 as cheques write it: 壹仟叁佰贰拾元整, 肆佰肆拾元零伍分. Raises ValueError beyond 万亿."""
    if fen < 0:
        return f"负{amount_in_words(-fen)}"
    yuan, cents = divmod(fen, _FEN_PER_YUAN)
    jiao, rest = divmod(cents, 10)
    words = _whole_in_words(yuan) + "元" if yuan else ""
    if jiao:
        words += f"{_FIGURES[jiao]}角"
    if rest:
        # A gap between 元 and 分 is spoken; an amount below one 元 begins without 零.
        words += ("零" if yuan and not jiao else "") + f"{_FIGURES[rest]}分"
    return (words or "零元") + ("" if rest else "整")


def _whole_in_words(number: int) -> str:
    groups, asked = [], number
    while number:
        number, group = divmod(number, _GROUP)
        groups.append(group)
    if len(groups) > len(_GROUPS):
        raise ValueError(asked)
    words, gap = "", False
    for place in range(len(groups) - 1, -1, -1):
        group = groups[place]
        if not group:
            gap = bool(words)
            continue
        # 零 stands once for any run of empty places between two figures.
        needs_zero = bool(words) and (gap or group < _GROUP // 10)
        words += ("零" if needs_zero else "") + _group_in_words(group) + _GROUPS[place]
        gap = False
    return words


def _group_in_words(group: int) -> str:
    words, gap = "", False
    for place in range(len(_PLACES) - 1, -1, -1):
        figure = group // 10**place % 10
        if not figure:
            gap = bool(words)
            continue
        words += ("零" if gap else "") + _FIGURES[figure] + _PLACES[place]
        gap = False
    return words
