"""要求: the bounds of one item, as they hold for one stint, and as people read them."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from xiaxiang.model.indicator import IndicatorKind
from xiaxiang.model.number import number_text

if TYPE_CHECKING:
    from xiaxiang.assess.stint import Stint

DAYS_OF_WEEK: Final = 7
_WITH_UNITS: Final = {IndicatorKind.COUNT: "次", IndicatorKind.DAYS: "天", IndicatorKind.SCORE: "分"}
UNITS: Final = dict.fromkeys(IndicatorKind, "") | _WITH_UNITS


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds, the words for them (`，要求至少 4 次`), and how they were scaled ("" where they were not)."""

    at_least: Fraction | None
    at_most: Fraction | None
    words: str
    scaling: str = ""

    @property
    def shown(self) -> Fraction | None:
        """The bound that an item prints."""
        return self.at_most if self.at_least is None else self.at_least

    def hold(self, value: Fraction) -> bool:
        """Whether a value keeps both bounds; a value equal to its bound keeps it."""
        at_least, at_most = self.at_least, self.at_most
        return (at_least is None or value >= at_least) and (at_most is None or value <= at_most)


def limits_of(kind: IndicatorKind, at_least: Fraction | None, at_most: Fraction | None, scaling: str = "") -> Limits:
    """Return the bounds of an item of this kind."""
    bounds = (("至少", at_least), ("至多", at_most))
    words = "".join(
        f"，要求{word} {number_text(bound)} {UNITS[kind]}".rstrip() for word, bound in bounds if bound is not None
    )
    return Limits(at_least, at_most, words, scaling)


def scaled(kind: IndicatorKind, whole: Limits, stint: Stint) -> Limits:
    """Return bounds scaled by the full weeks served of those of the whole posting, rounded down."""
    weeks, of_weeks = stint.days // DAYS_OF_WEEK, stint.term_days // DAYS_OF_WEEK
    if weeks >= of_weeks:
        return whole
    at_least, at_most = (
        None if bound is None else Fraction(bound * weeks // of_weeks) for bound in (whole.at_least, whole.at_most)
    )
    limits = limits_of(kind, at_least, at_most)
    if whole.shown is None or limits.shown is None:
        return limits
    text = f"要求 {number_text(whole.shown)} 按在岗 {weeks} 周、全程 {of_weeks} 周折算为 {number_text(limits.shown)}"
    return Limits(at_least, at_most, limits.words, text)
