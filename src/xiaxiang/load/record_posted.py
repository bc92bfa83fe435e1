"""Whoever is posted, while records are read: days as bits, names as they were typed, and rows that do not count."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from xiaxiang.load.record_faults import LINES
from xiaxiang.model.record import Tally, Who

if TYPE_CHECKING:
    from datetime import date
    from fractions import Fraction

_NAMED: Final = 3
"""People of a finding that are named."""


class Posted:
    """Somebody while records are read: the days of the postings as bits, and of each 类型 those still without a record.

    After the 类型 that are measured `left` has a place for all others, from which no day is ever taken. `more` are
    days by another 数量 than 1.
    """

    __slots__ = ("left", "mask", "more", "who")

    def __init__(self, who: Who, mask: int, types: int) -> None:
        """Begin with no records."""
        self.who, self.mask = who, mask
        self.left = [mask] * (types + 1)
        self.more: dict[tuple[int, int | Fraction], int] = {}

    def add(self, of: int, bit: int, amount: int | Fraction) -> bool:
        """Add a record of one 类型, whatever its 数量; return whether the day is new."""
        is_new = bool(self.left[of] & bit)
        if not is_new and not any(bits & bit for (other, _), bits in self.more.items() if other == of):
            self.more[of, 1] = self.more.get((of, 1), 0) | bit
        if not is_new or amount != 1:
            self.more[of, amount] = self.more.get((of, amount), 0) | bit
        self.left[of] &= ~bit
        return is_new

    def tally(self, of: int, first_on: date) -> Tally:
        """Return what was found of one 类型."""
        more = {amount: bits for (other, amount), bits in self.more.items() if other == of}
        return Tally(first_on, self.mask & ~self.left[of], more)


class Typed:
    """Somebody as a cell names them, and `others`, what the other cells must say: the `left` days are the person's."""

    __slots__ = ("left", "others")

    def __init__(self, left: list[int], others: object) -> None:
        """Keep both."""
        self.left, self.others = left, others


@dataclass(slots=True)
class Uncounted:
    """Rows that do not count for one reason: how many of whom, and the first lines."""

    people: dict[str, int] = field(default_factory=dict)
    lines: list[int] = field(default_factory=list)

    def add(self, who: Who, line: int) -> None:
        """Keep one row."""
        name = f"{who.name}（{who.department}）" if who.department else who.name
        self.people[name] = self.people.get(name, 0) + 1
        if len(self.lines) < LINES:
            self.lines.append(line)

    def text(self) -> str:
        """Return whose rows they are: `王五（内科）40 条、李四（外科）3 条等 12 人`."""
        named = "、".join(f"{name} {count:,} 条" for name, count in list(self.people.items())[:_NAMED])
        return named + (f"等 {len(self.people):,} 人" if len(self.people) > _NAMED else "")
