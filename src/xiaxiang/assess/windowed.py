"""Items whose bound holds in every window (每周、每月、每季度 …): the window with least decides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from xiaxiang.assess.limits import UNITS
from xiaxiang.assess.text import whole
from xiaxiang.assess.windows import counts_in, judged, stays_of, window_text
from xiaxiang.model.appraisal import Check
from xiaxiang.model.indicator import Window
from xiaxiang.model.number import number_text

if TYPE_CHECKING:
    from fractions import Fraction

    from xiaxiang.assess.limits import Limits
    from xiaxiang.assess.measure import Sessions
    from xiaxiang.assess.rules import Bounds
    from xiaxiang.assess.run import Run
    from xiaxiang.assess.stint import Span, Stint

Counts = tuple[tuple["Span", "int | Fraction"], ...]
_SHOWN: Final = 6
"""Windows named in a fact; the others are counted."""


def judge_windows(
    run: Run, bounds: Bounds, window: Window, limits: Limits, sessions: Sessions, stint: Stint
) -> tuple[int | Fraction, tuple[Check, ...], tuple[str, ...]]:
    """Return the count of the window that decides (the least; where one has too many, the most), check and facts."""
    unit = UNITS[bounds.indicator.kind]
    spans = () if window is Window.STAY else _spans(run, window, stint)
    counted = _counts(window, sessions, spans)
    if counted is None and (window is Window.STAY or spans):
        return sessions.count, *_from_number_alone(window, limits, sessions, spans, unit)
    if not counted:
        return sessions.count, *_nothing_to_judge(window, limits)
    failing = [(span, count) for span, count in counted if not limits.hold(whole(count))]
    most = max(count for _, count in counted)
    too_many = limits.at_most is not None and most > limits.at_most
    choose = max if limits.at_least is None or too_many else min
    decisive = choose(count for _, count in counted)
    word = "最少" if choose is min else "最多"
    told = f"{word}的 {number_text(decisive)} {unit}{limits.words}"
    facts: tuple[str, ...] = (f"{len(counted)} 个{_measure(window)}，{told}",)
    if failing:
        first = failing[:_SHOWN]
        named = "、".join(f"{window_text(window, span)} {number_text(count)} {unit}" for span, count in first)
        more = f"等 {len(failing)} 个" if len(failing) > _SHOWN else ""
        facts += (f"不符合的: {named}{more}",)
    bound = limits.shown_for(whole(decisive))
    return decisive, (Check(f"每{window}", whole(decisive), bound, not failing),), facts


def _nothing_to_judge(window: Window, limits: Limits) -> tuple[tuple[Check, ...], tuple[str, ...]]:
    """Return what is said where no window is judged: of stays nothing can be said, of the calendar nothing is asked."""
    if window is Window.STAY:
        return (Check(f"每{window}", None, limits.shown, None),), ("没有记下日子，看不出每次几天",)
    asked_nothing = Check(f"每{window}", None, limits.shown, met=True)
    return (asked_nothing,), (f"派驻期间没有完整的一{_measure(window)}，不作要求",)


def _spans(run: Run, window: Window, stint: Stint) -> tuple[Span, ...]:
    return judged(window, stint, partial_too=run.reading("不足一期") == "照计")


def _counts(window: Window, sessions: Sessions, spans: tuple[Span, ...]) -> Counts | None:
    """Return each window's count; None where only a number is known."""
    if sessions.days is None:
        return None
    if window is Window.STAY:
        return stays_of(sessions.days)
    if sessions.amounts:
        within = ((span, (day for day in sessions.days if span[0] <= day <= span[1])) for span in spans)
        return tuple((span, sessions.count_on(days)) for span, days in within)
    return counts_in(spans, sessions.days)


def _from_number_alone(
    window: Window, limits: Limits, sessions: Sessions, spans: tuple[Span, ...], unit: str
) -> tuple[tuple[Check, ...], tuple[str, ...]]:
    """Judge a number without days: one window is that number; of several, too few in all is too few somewhere.

    So is too many in all too many somewhere.
    """
    count, told = whole(sessions.count), f"{number_text(sessions.count)} {unit}"
    name = f"每{window}"
    if window is not Window.STAY and len(spans) == 1:
        return (Check(name, count, limits.shown_for(count), limits.hold(count)),), (f"{told}{limits.words}",)
    if limits.at_least is not None and count < limits.at_least * max(len(spans), 1):
        where = f"{len(spans)} 个{_measure(window)}不可能都够" if spans else "一次也不可能够"
        fact = f"共 {told}，{where}{limits.words}"
        return (Check(name, None, limits.shown, met=False),), (fact,)
    if limits.at_most is not None and spans and count > limits.at_most * len(spans):
        fact = f"共 {told}，{len(spans)} 个{_measure(window)}总有一个多了{limits.words}"
        return (Check(name, None, limits.at_most, met=False),), (fact,)
    fact = f"只有总数 {told}，没有日期，看不出每{window}够不够"
    return (Check(name, None, limits.shown, None),), (fact,)


def _measure(window: Window) -> str:
    return {Window.MONTH: "月", Window.TWO_MONTHS: "两月期", Window.STAY: "次"}.get(window, str(window.value))
