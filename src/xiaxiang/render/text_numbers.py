"""Measured values as people read them: 4 次, 58/62 93.5%. Shown, never compared: comparing is exact and done before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from xiaxiang.model.indicator import IndicatorKind
from xiaxiang.model.number import decimal_text, number_text, percent_text

if TYPE_CHECKING:
    from fractions import Fraction

    from xiaxiang.model.appraisal import Item

_UNITS: Final = {IndicatorKind.COUNT: " 次", IndicatorKind.DAYS: " 天"}
_PERCENT: Final = 100


def value_text(item: Item) -> str:
    """Return what was measured, with its unit; a rate also as it was counted. 未填 where there is nothing."""
    if item.value is None:
        return "未填"
    if item.kind is not IndicatorKind.RATE:
        return number_text(item.value) + _unit(item)
    counted = "/".join(number_text(part) for part in item.fraction) + " " if item.fraction else ""
    share = decimal_text(item.value, item.bound) + _unit(item) if item.unit else percent_text(item.value, item.bound)
    return counted + share


def bound_text(item: Item, bound: Fraction) -> str:
    """Return a bound as the policy writes it: `4 次`, `80%`."""
    if item.kind is not IndicatorKind.RATE or item.unit:
        return number_text(bound) + _unit(item)
    return number_text(bound * _PERCENT) + "%"


def _unit(item: Item) -> str:
    return f" {item.unit}" if item.unit else _UNITS.get(item.kind, "")
