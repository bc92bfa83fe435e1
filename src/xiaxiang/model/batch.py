"""批次: how a batch is called, and how people refer to one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from xiaxiang.model.scalar import ScalarError, half_width

_FULL: Final = re.compile(r"(?P<year>\d{4})\s*(?:-|年)\s*(?:第\s*)?(?P<number>\d{1,2})\s*批?")
_NUMBER_ONLY: Final = re.compile(r"第\s*(?P<number>\d{1,2}|[一二三四五六七八九十])\s*批")
_QUARTER: Final = re.compile(r"(?:(?P<year>\d{4})\s*年?\s*)?第?(?P<quarter>[一二三四1-4])季度")
_HAN: Final = {char: number for number, char in enumerate("一二三四五六七八九十", 1)}
_MONTHS_OF_QUARTER: Final = 3


@dataclass(frozen=True, slots=True, order=True)
class BatchName:
    """The year of a batch's nominal handover and the place of its month among the handover months, from 1."""

    year: int
    number: int

    def __str__(self) -> str:
        """Return the name as machines read it: `2024-1`."""
        return f"{self.year}-{self.number}"

    @property
    def label(self) -> str:
        """The name as people read it: `2024年第1批`."""
        return f"{self.year}年第{self.number}批"

    @property
    def short_label(self) -> str:
        """The name where the year is known: `第1批`."""
        return f"第{self.number}批"


@dataclass(frozen=True, slots=True)
class BatchRef:
    """A batch as somebody named it: perhaps without its year, perhaps by the quarter of its handover."""

    text: str
    year: int | None
    number: int | None = None
    quarter: int | None = None

    def number_among(self, handover_months: tuple[int, ...]) -> int | None:
        """Return the batch number this names under the given handover months (1..12), or None if there is none."""
        if self.number is not None:
            return self.number if 1 <= self.number <= len(handover_months) else None
        quarters = [(month - 1) // _MONTHS_OF_QUARTER + 1 for month in handover_months]
        return quarters.index(self.quarter) + 1 if self.quarter in quarters else None

    def named_in(self, year: int, handover_months: tuple[int, ...]) -> BatchName | None:
        """Return the batch's full name, taking `year` where this names none."""
        number = self.number_among(handover_months)
        return BatchName(self.year or year, number) if number else None


def parse_batch(text: str) -> BatchRef:
    """Return the batch that `text` refers to (`2024-1`, `2024年第1批`, `第1批`, `一季度`). Raises ScalarError."""
    plain = half_width(text).strip()
    if match := _FULL.fullmatch(plain):
        return BatchRef(text, int(match["year"]), number=int(match["number"]))
    if match := _NUMBER_ONLY.fullmatch(plain):
        return BatchRef(text, None, number=_HAN.get(match["number"]) or int(match["number"]))
    if match := _QUARTER.fullmatch(plain):
        year = int(match["year"]) if match["year"] else None
        return BatchRef(text, year, quarter=_HAN.get(match["quarter"]) or int(match["quarter"]))
    raise ScalarError("bad-batch", f"“{text}”不是批次的写法", "批次写成 2024-1 或 2024年第1批")
