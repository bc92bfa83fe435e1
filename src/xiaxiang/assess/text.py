"""Days and whole numbers as results carry them, remembered: a run names the same few hundred again and again."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import Final

from xiaxiang.model.scalar import short_day_text

_DAYS: Final = 4096
_NUMBERS: Final = 1024

short_day = lru_cache(maxsize=_DAYS)(short_day_text)
"""Month and day of a day."""


@lru_cache(maxsize=_NUMBERS)
def whole(number: int | Fraction) -> Fraction:
    """Return a number as the exact number that items carry."""
    return Fraction(number)


def whole_or_exact(number: Fraction) -> int | Fraction:
    """Return a number as an int where it is whole."""
    return number.numerator if number.denominator == 1 else number
