"""评分: points of an item, as given or as deducted for each one short; never below zero, never above the full score."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from xiaxiang.assess.measure import missing, number_of
from xiaxiang.model.appraisal import Check, Item
from xiaxiang.model.indicator import IndicatorKind
from xiaxiang.model.number import number_text, percent_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from xiaxiang.assess.rules import Bounds
    from xiaxiang.assess.run import Run
    from xiaxiang.assess.subject import Subject


def score_item(run: Run, subject: Subject, bounds: Bounds) -> Item:
    """Return an item's points. With 每缺扣分 the column counts what was done, else it gives the points themselves."""
    given = number_of(run, subject.row, bounds.columns[0])
    indicator, full = bounds.indicator, bounds.full_score
    if given is None or full is None:
        if given is None:
            missing(run, subject.row, bounds.columns[0])
        return Item(indicator.name, indicator.kind, None, bounds.limits.shown, None, (), bounds.source, ("没有填",))
    facts: tuple[str, ...] = (f"{number_text(given)} 分，满分 {number_text(full)} 分",)
    points = given
    if bounds.points_off is not None and bounds.limits.at_least is not None:
        points, facts = _after_deduction(given, full, bounds.points_off, bounds.limits.at_least)
    elif given > full:
        message = f"{subject.row.name}的“{bounds.columns[0]}”{number_text(given)} 分，多于满分 {number_text(full)} 分"
        run.warn("beyond-full-score", message, "改对分数；按满分计", subject.row.places.of(bounds.columns[0]))
        points = full
    met = bounds.limits.hold(given)
    check = Check("得分", points, bounds.limits.shown, met)
    return Item(indicator.name, indicator.kind, points, bounds.limits.shown, met, (check,), bounds.source, facts)


def _after_deduction(
    done: Fraction, full: Fraction, off: Fraction, asked: Fraction
) -> tuple[Fraction, tuple[str, ...]]:
    """Return the points left after `off` for each one short of what is `asked`, and how they came about."""
    short = max(asked - done, Fraction(0))
    points = max(full - off * short, Fraction(0))
    text = f"要求 {number_text(asked)}，做到 {number_text(done)}"
    if short:
        text += f"，缺 {number_text(short)} × {number_text(off)} 分，扣到 {number_text(points)} 分为止"
    return points, (text, f"得 {number_text(points)} 分，满分 {number_text(full)} 分")


def total_of(items: Iterable[Item], bounds: Iterable[Bounds]) -> tuple[Fraction | None, tuple[str, ...]]:
    """Return the total of the scored items by their weights (none: their sum); None where one is 未评定, or none is."""
    by_name = {one.indicator.name: one for one in bounds}
    scored = [one for one in items if one.kind is IndicatorKind.SCORE]
    if not scored or any(one.value is None for one in scored):
        return None, ()
    total = Fraction(0)
    parts: list[str] = []
    for item in scored:
        weight = by_name[item.name].weight
        value = item.value or Fraction(0)
        total += value if weight is None else value * weight
        parts.append(number_text(value) + ("" if weight is None else f" × {percent_text(weight)}"))
    return total, (f"{' + '.join(parts)} = {number_text(total)} 分",)
