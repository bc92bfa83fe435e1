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
_OWN_UNIT: Final = frozenset({IndicatorKind.VALUE, IndicatorKind.RATE})
_PERCENT: Final = 100


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds, the words for them (`，要求至少 4 次`), how they were scaled ("" where they were not), and their unit."""

    at_least: Fraction | None
    at_most: Fraction | None
    words: str
    scaling: str = ""
    unit: str = ""

    @property
    def shown(self) -> Fraction | None:
        """The bound that an item prints."""
        return self.at_most if self.at_least is None else self.at_least

    def shown_for(self, value: Fraction) -> Fraction | None:
        """Return the bound that is printed beside a value: of two the one that it does not keep."""
        return self.at_most if self.at_most is not None and value > self.at_most else self.shown

    def hold(self, value: Fraction) -> bool:
        """Whether a value keeps both bounds; a value equal to its bound keeps it."""
        at_least, at_most = self.at_least, self.at_most
        return (at_least is None or value >= at_least) and (at_most is None or value <= at_most)


def limits_of(kind: IndicatorKind, at_least: Fraction | None, at_most: Fraction | None, unit: str = "") -> Limits:
    """Return the bounds of an item of this kind. A 数值 and a rate of one per so many have the policy's own unit."""
    own = unit if kind in _OWN_UNIT else ""
    exact = (("正好", at_least),)
    bounds = exact if at_least == at_most else (("至少", at_least), ("至多", at_most))
    words = "、".join(f"{word} {_bound(kind, bound, own)}" for word, bound in bounds if bound is not None)
    return Limits(at_least, at_most, f"，要求{words}" if words else "", unit=own)


def _bound(kind: IndicatorKind, bound: Fraction, unit: str) -> str:
    if kind is IndicatorKind.RATE and not unit:
        return f"{number_text(bound * _PERCENT)}%"
    return f"{number_text(bound)} {unit or UNITS[kind]}".rstrip()


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
