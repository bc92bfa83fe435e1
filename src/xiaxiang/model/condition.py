"""适用 by number: `1000人以下`, `60岁以上`, `超过1000人`: which rows are meant, by what a column counts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from xiaxiang.model.scalar import half_width, parse_number

if TYPE_CHECKING:
    from fractions import Fraction

_NUMBER: Final = r"(?P<number>\d[\d,]*(?:\.\d+)?)"
_AFTER: Final = re.compile(_NUMBER + r"\s*[^\d\s]{0,4}?(?P<way>以上|以下)")
_BEFORE: Final = re.compile(r"(?P<way>低于|不足|不满|超过|高于)\s*" + _NUMBER + r"\s*[^\d\s]{0,4}")
_NOT: Final = "不是"
_DOWNWARDS: Final = frozenset({"以下", "低于", "不足", "不满"})
_OPEN: Final = frozenset({"以上", "以下"})


@dataclass(frozen=True, slots=True)
class NumberCondition:
    """A number and the side of it that is meant.

    Whether 以上 and 以下 include the number itself is 口径 以上以下; 低于, 不足, 不满, 超过 and 高于 never do
    (民法典第1259条). 不是 turns it round, so that every row is on one side of `1000人以下` and `不是1000人以下`.
    """

    bound: Fraction
    downwards: bool
    may_include: bool
    turned: bool = False

    def holds(self, number: Fraction, *, included: bool) -> bool:
        """Whether `number` is meant; `included`: what 以上以下 makes of the bound itself."""
        if number == self.bound:
            return (self.may_include and included) is not self.turned
        return ((number < self.bound) is self.downwards) is not self.turned


def parse_condition(text: str) -> NumberCondition | None:
    """Return the condition that `text` names, or None where it is words (`市直医院、县级医院`)."""
    plain = half_width(text).strip()
    turned, plain = plain.startswith(_NOT), plain.removeprefix(_NOT).strip()
    match = _AFTER.fullmatch(plain) or _BEFORE.fullmatch(plain)
    if match is None:
        return None
    way = match["way"]
    return NumberCondition(parse_number(match["number"]), way in _DOWNWARDS, way in _OPEN, turned)
