"""项目: one assessed task of one person: value, bound, verdict, facts. Comparison is exact; None means 未评定."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from xiaxiang.assess.attendance import rate_of
from xiaxiang.assess.composition import composition_item
from xiaxiang.assess.deadline import deadline_item
from xiaxiang.assess.limits import UNITS, Limits, scaled
from xiaxiang.assess.measure import missing, number_of
from xiaxiang.assess.routine import behind
from xiaxiang.assess.score import score_item
from xiaxiang.assess.text import short_day, whole
from xiaxiang.assess.together import sessions_together
from xiaxiang.assess.windowed import judge_windows
from xiaxiang.model.appraisal import Check, Item
from xiaxiang.model.indicator import IndicatorKind
from xiaxiang.model.number import number_text

if TYPE_CHECKING:
    from datetime import date
    from fractions import Fraction

    from xiaxiang.assess.measure import Sessions
    from xiaxiang.assess.rules import Bounds
    from xiaxiang.assess.run import Run
    from xiaxiang.assess.stint import Stint
    from xiaxiang.assess.subject import Subject
    from xiaxiang.model.indicator import Indicator


def item_of(run: Run, subject: Subject, bounds: Bounds) -> Item:
    """Return one item of one person. People whose numbers and days are the same share one item."""
    if bounds.not_in_force:
        return _without_bound(run, subject, bounds)
    key = _key(subject, bounds)
    item = run.items.get(key) if key else None
    if item is None:
        findings = len(run.findings)
        outer = run.note_anew()
        item = _MEASURED[bounds.indicator.kind](run, subject, bounds)
        if settings := run.noted_since(outer):
            item = replace(item, settings=settings)
        if key and len(run.findings) == findings:
            run.items[key] = item
    return item


def _key(subject: Subject, bounds: Bounds) -> tuple[object, ...] | None:
    """Return all that the item of a whole posting without leave rests on; None where more than that matters."""
    stint = subject.stint
    if stint.partial or subject.leave or bounds.indicator.kind is IndicatorKind.COMPOSITION:
        return None  # of a team, every member's row matters
    if subject.row.amounts or subject.row.attendance:
        return None
    return (bounds.place, stint.starts_on, stint.ends_on, *map(subject.row.values.get, bounds.columns))


def _unassessed(bounds: Bounds, facts: tuple[str, ...]) -> Item:
    indicator = bounds.indicator
    return Item(indicator.name, indicator.kind, None, bounds.limits.shown, None, (), bounds.source, facts)


def _without_bound(run: Run, subject: Subject, bounds: Bounds) -> Item:
    """Return an item whose bound is not in force or 未定: no verdict, but a rate is worked out all the same."""
    item = _unassessed(bounds, (bounds.not_in_force,))
    if bounds.indicator.kind is not IndicatorKind.RATE:
        return item
    rate = rate_of(run, subject, bounds)
    facts = (*item.facts, *rate.facts)
    return replace(item, value=rate.value, facts=facts, fraction=rate.fraction, unit=bounds.limits.unit)


def _yes_no_item(run: Run, subject: Subject, bounds: Bounds) -> Item:
    """是否: whether a column says what it should."""
    indicator, column = bounds.indicator, bounds.columns[0]
    said = subject.row.values.get(column)
    if not isinstance(said, bool):
        missing(run, subject.row, column)
        return _unassessed(bounds, ("没有填",))
    words = {True: "是", False: "否"}
    facts = (f"{column} {words[said]}，应为{words[bounds.expected]}",)
    met = said is bounds.expected
    value, bound = whole(int(said)), whole(int(bounds.expected))
    return Item(indicator.name, indicator.kind, value, bound, met, (), bounds.source, facts)


def _value_item(run: Run, subject: Subject, bounds: Bounds) -> Item:
    """数值: a column as given, between its bounds."""
    indicator = bounds.indicator
    column = bounds.columns[0]
    value = number_of(run, subject.row, column)
    if value is None:
        missing(run, subject.row, column)
        return _unassessed(bounds, ("没有填",))
    limits = bounds.limits
    facts: tuple[str, ...] = ()
    if bounds.each is not None:
        facts = (f"{column} {number_text(value)} × {number_text(bounds.each)} = {number_text(value * bounds.each)}",)
        value *= bounds.each
    facts += (f"{indicator.name} {number_text(value)} {limits.unit}".rstrip() + limits.words,)
    bound = limits.shown_for(value)
    met = limits.hold(value)
    return Item(indicator.name, indicator.kind, value, bound, met, (), bounds.source, facts, unit=limits.unit)


def _level_item(run: Run, subject: Subject, bounds: Bounds) -> Item:
    """级别: whether a word stands high enough on a ladder. `value` is its place, from 1 up; an unknown word is open."""
    indicator, column = bounds.indicator, bounds.columns[0]
    said = str(subject.row.values.get(column, "")).strip()
    place, lowest = _place(indicator, said), _place(indicator, bounds.lowest_level or "")
    if place is None or lowest is None:
        missing(run, subject.row, column)
        if said:
            ladder = "、".join(one.split("/")[0] for one in indicator.levels)
            message = f"{subject.row.name}的“{column}”写的“{said}”不在 {ladder} 里，考核待补"
            run.warn("unknown-word", message, f"写成 {ladder} 中的一个", subject.row.places.of(column))
        return _unassessed(bounds, (f"“{said}”不知道是哪一级" if said else "没有填",))
    facts = (f"{column} {said}，要求{bounds.lowest_level}以上",)
    value, bound = whole(place), whole(lowest)
    return Item(indicator.name, indicator.kind, value, bound, place >= lowest, (), bounds.source, facts)


def _place(indicator: Indicator, word: str) -> int | None:
    """Return where a word stands on the ladder of an item, the lowest 1; None for a word that is not on it."""
    return next((n for n, one in enumerate(indicator.levels, 1) if word and word in one.split("/")), None)


def _rate_item(run: Run, subject: Subject, bounds: Bounds) -> Item:
    """比率: numerator ÷ denominator as exact fractions. Days nobody knows of leave it open where they would decide."""
    rate = rate_of(run, subject, bounds)
    if rate.value is None:
        return _unassessed(bounds, rate.facts)
    limits = bounds.limits
    held = {limits.hold(value) for value in (rate.value, *rate.at_best)}
    *counted, divided = rate.facts
    return Item(
        bounds.indicator.name,
        bounds.indicator.kind,
        rate.value,
        limits.shown_for(rate.value),
        held.pop() if len(held) == 1 else None,
        (),
        bounds.source,
        (*counted, divided + limits.words),
        fraction=rate.fraction,
        unit=limits.unit,
    )


def _count_item(run: Run, subject: Subject, bounds: Bounds) -> Item:
    """次数、天数: sessions within the posting, and the days between one and the next."""
    stint = subject.stint
    sessions = sessions_together(run, subject, bounds.indicator)
    limits = bounds.limits if bounds.window else _limits(run, bounds, stint)
    if sessions is None:
        return _unassessed(bounds, ("没有可以计的记录",))
    if bounds.window is not None:
        kept, checks, facts = judge_windows(run, bounds, bounds.window, limits, sessions, stint)
    else:
        kept, checks, facts = _judge(run, bounds, limits, sessions)
    if limits.scaling:
        facts = (*facts, limits.scaling)
    lagging = behind(bounds.routine, kept, sessions.days or (), stint.days, stint.ends_on) if bounds.routine else ""
    return Item(
        bounds.indicator.name,
        bounds.indicator.kind,
        whole(kept),
        limits.shown_for(whole(kept)),
        _all_met(checks),
        checks,
        bounds.source,
        facts,
        (lagging,) if lagging else (),
    )


def _all_met(checks: tuple[Check, ...]) -> bool | None:
    """Return the verdict of several checks: one that fails decides; else one that is unknown leaves it open."""
    met = [check.met for check in checks]
    if False in met:
        return False
    return None if None in met else True


def _judge(
    run: Run, bounds: Bounds, limits: Limits, sessions: Sessions
) -> tuple[int | Fraction, tuple[Check, ...], tuple[str, ...]]:
    """Return how many sessions count, the checks of their number and of their intervals, and the facts."""
    unit = UNITS[bounds.indicator.kind]
    listed = f"：{'、'.join(map(short_day, sessions.days))}" if sessions.days else ""
    facts: tuple[str, ...] = (f"{number_text(sessions.count)} {unit}{limits.words}{listed}",)
    counted = sessions.count
    gaps: tuple[Check, ...] = ()
    if bounds.min_gap is not None and (sessions.count if sessions.days is None else len(sessions.days)) > 1:
        counted, gaps, more = _intervals(run, bounds.min_gap, sessions, number_holds=limits.hold(whole(counted)))
        facts += more
    many = whole(counted)
    number = Check(unit and f"{unit}数", many, limits.shown_for(many), limits.hold(many))
    return counted, (number, *gaps), facts


def _intervals(
    run: Run, min_gap: int, sessions: Sessions, *, number_holds: bool
) -> tuple[int | Fraction, tuple[Check, ...], tuple[str, ...]]:
    """Judge the days between sessions by 授课间隔: exactly `min_gap` days apart is far enough.

    Without dates the intervals cannot be seen: the check stays open where the number alone does not decide.
    """
    if sessions.days is None:
        if not number_holds:
            return sessions.count, (), ()
        return sessions.count, (Check("间隔", None, whole(min_gap), None),), ("只有次数，没有日期，看不出间隔",)
    reading = run.reading("授课间隔")
    if reading == "剔除过近":
        kept, dropped = far_enough(sessions.days, min_gap)
        return (sessions.count_on(kept) if sessions.amounts else len(kept)), (), dropped
    pairs = list(zip(sessions.days, sessions.days[1:], strict=False))
    choose = max if reading == "全部间隔" else min
    first, second = choose(pairs, key=lambda pair: pair[1] - pair[0])
    gap = (second - first).days
    word = "最长" if reading == "全部间隔" else "最短"
    fact = f"{word}间隔 {gap} 天：{short_day(first)}至{short_day(second)}，要求至少 {min_gap} 天"
    return sessions.count, (Check("间隔", whole(gap), whole(min_gap), gap >= min_gap),), (fact,)


def far_enough(days: tuple[date, ...], min_gap: int) -> tuple[list[date], tuple[str, ...]]:
    """Return the sessions at least `min_gap` days after the last counted one, and what is said of the others."""
    kept = [days[0]]
    dropped: list[str] = []
    for day in days[1:]:
        gap = (day - kept[-1]).days
        if gap >= min_gap:
            kept.append(day)
        else:
            dropped.append(f"{short_day(day)}距上一次计入的 {short_day(kept[-1])} {gap} 天，不足 {min_gap} 天，不计")
    return kept, tuple(dropped)


def _limits(run: Run, bounds: Bounds, stint: Stint) -> Limits:
    """Return an item's bounds for one stint: scaled by full weeks where 中途换人考核 says so."""
    if not stint.partial or run.reading("中途换人考核") != "按在岗周数折算":
        return bounds.limits
    return scaled(bounds.indicator.kind, bounds.limits, stint)


_MEASURED: Final = {
    IndicatorKind.COUNT: _count_item,
    IndicatorKind.DAYS: _count_item,
    IndicatorKind.RATE: _rate_item,
    IndicatorKind.VALUE: _value_item,
    IndicatorKind.DEADLINE: deadline_item,
    IndicatorKind.SCORE: score_item,
    IndicatorKind.COMPOSITION: composition_item,
    IndicatorKind.YES_NO: _yes_no_item,
    IndicatorKind.LEVEL: _level_item,
}
