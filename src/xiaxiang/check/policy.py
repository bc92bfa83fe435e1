"""制度核对: what contradicts itself inside a policy. One constraint, one function; all of them, in this order.

A policy that is sound (every number with its clause) may still ask for what cannot be: grades with a hole, phases that
leave days of the campaign out, a pass line above what the duty's own pace allows.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from xiaxiang.model.calendar import ONE_DAY
from xiaxiang.model.diagnostic import Diagnostic, error, in_order, warning
from xiaxiang.model.indicator import IndicatorKind
from xiaxiang.model.number import number_text, percent_text
from xiaxiang.model.routine import parse_routine
from xiaxiang.model.scalar import day_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from xiaxiang.model.indicator import Indicator
    from xiaxiang.model.parameter import Parameter
    from xiaxiang.model.policy import Policy

LATEST: Final = date.max
_DAYS_OF_MONTH: Final = 30  # a term of whole months, for what a pace allows: a rule of thumb, as the pace is
_MONTHS_OF_YEAR: Final = 12
_COUNTED: Final = frozenset({IndicatorKind.COUNT, IndicatorKind.DAYS})


def check_policy(policy: Policy) -> tuple[Diagnostic, ...]:
    """Return everything that contradicts itself in a policy as it is in force in the end, by place."""
    return in_order(finding for one in POLICY_CHECKS for finding in one(policy))


def _items(policy: Policy) -> tuple[Indicator, ...]:
    return policy.assessment.indicators if policy.assessment else ()


def _value(parameter: Parameter[Fraction] | None) -> Fraction | None:
    return parameter.on(LATEST) if parameter else None


def check_bounds(policy: Policy) -> Iterator[Diagnostic]:
    """No item asks for more than it allows."""
    for item in _items(policy):
        low, high = _value(item.at_least), _value(item.at_most)
        if low is not None and high is not None and low > high:
            message = f"项目“{item.name}”至少 {number_text(low)}，至多 {number_text(high)}，没有数能同时满足"
            yield error("bounds-crossed", message, "改正其中一个", item.places.of("at_most"))


def check_pace(policy: Policy) -> Iterator[Diagnostic]:
    """No pass line is above what the duty's own pace, or its interval, allows in a term."""
    term = _term_days(policy)
    for item in _items(policy):
        wanted = _value(item.at_least)
        if item.kind not in _COUNTED or wanted is None or term is None or item.per is not None:
            continue
        routine, gap = parse_routine(item.routine), item.min_gap_days.on(LATEST) if item.min_gap_days else None
        allowed = term // routine.days * routine.times if routine else None
        if allowed is not None and wanted > allowed:
            message = (
                f"项目“{item.name}”至少 {number_text(wanted)} 次，按常规{item.routine}一期 {term} 天只有 {allowed} 次"
            )
            yield warning("beyond-the-pace", message, "核对“至少”和“常规”", item.places.of("at_least"))
        needed = (wanted - 1) * gap + 1 if gap else 0
        if needed > term:
            asked = f"至少 {number_text(wanted)} 次、间隔 {gap} 天，要 {number_text(needed)} 天"
            message = f"项目“{item.name}”{asked}，一期只有 {term} 天"
            yield error("beyond-the-term", message, "核对“至少”和“间隔不少于天数”", item.places.of("min_gap_days"))


def _term_days(policy: Policy) -> int | None:
    """Return the days of a posting in whole months of 30 days; None for a policy that rotates nobody."""
    months = len(policy.months_of(LATEST.year))
    return _MONTHS_OF_YEAR // months * _DAYS_OF_MONTH if months else None


def check_team_sizes(policy: Policy) -> Iterator[Diagnostic]:
    """No team is asked for more specialists than the members it must have; no batch for more than its headcount."""
    for item in _items(policy):
        members = item.members.on(LATEST) if item.members else None
        wanted = sum(one.on(LATEST) or 0 for one in item.specialties.values())
        if members is not None and wanted > members:
            message = f"项目“{item.name}”人数至少 {members}，各专业合起来要 {wanted} 人"
            yield warning("more-specialists-than-members", message, "人数至少写成各专业之和", item.places.of("members"))
    rotation = policy.rotation
    heads = rotation.headcount.on(LATEST) if rotation else None
    wanted = sum(one.on(LATEST) or 0 for one in rotation.composition.values()) if rotation else 0
    if rotation and heads is not None and wanted and wanted != heads:
        message = f"每批 {heads} 人，组合各专业合起来 {wanted} 人"
        yield error("composition-differs", message, "改成一样多", rotation.places.of("composition"))


def check_conclusions(policy: Policy) -> Iterator[Diagnostic]:
    """Every number of unmet items has one conclusion, where the policy concludes by number."""
    assessment = policy.assessment
    if assessment is None or not assessment.conclusions:
        return
    numbers = [one.unmet.on(LATEST) for one in assessment.conclusions]
    for number in range(len(assessment.indicators) + 1):
        if numbers.count(number) != 1:
            how = "没有结论" if number not in numbers else "有不止一条结论"
            message = f"{number} 项未完成{how}"
            yield error(
                "conclusion-missing", message, f"“结论”里写一条 未完成: {number}", assessment.places.of("conclusions")
            )


def check_grades(policy: Policy) -> Iterator[Diagnostic]:
    """Grades stand best first, no two from the same score on, and the lowest leaves nobody without a grade."""
    grades = policy.assessment.grades if policy.assessment else ()
    bounds = [(one, _value(one.at_least)) for one in grades]
    for (better, high), (worse, low) in pairwise(bounds):
        if high is not None and low is not None and low >= high:
            message = f"“{worse.name}”不低于 {number_text(low)} 分，不比“{better.name}”的 {number_text(high)} 分低"
            yield error("grades-overlap", message, "从高到低写，分数一级比一级低", worse.places.of("at_least"))
    if bounds and bounds[-1][1]:
        grade, low = bounds[-1]
        message = f"低于 {number_text(low or 0)} 分没有等级"
        yield error("grades-hole", message, f"最后一级“{grade.name}”写 不低于: 0", grade.places.of("at_least"))


def check_scores(policy: Policy) -> Iterator[Diagnostic]:
    """Weights make a whole, and the best grade can be reached."""
    scored = [one for one in _items(policy) if one.kind is IndicatorKind.SCORE]
    weights = [_value(one.weight) for one in scored]
    known = [one for one in weights if one is not None]
    if known and (len(known) < len(scored) or sum(known) != 1):
        message = f"评分项目的权重合起来是 {percent_text(Fraction(sum(known)))}"
        yield error("weights-differ", message, "各项都写权重，合起来 100%", scored[0].places.of("weight"))
    full = sum(((_value(one.full_score) or Fraction(0)) * (_value(one.weight) or 1) for one in scored), Fraction(0))
    grades = policy.assessment.grades if policy.assessment else ()
    best = _value(grades[0].at_least) if grades else None
    if scored and best is not None and best > full:
        message = f"满分合起来 {number_text(full)} 分，够不到“{grades[0].name}”的 {number_text(best)} 分"
        yield error("grade-out-of-reach", message, "核对满分、权重和等级", grades[0].places.of("at_least"))


def check_phases(policy: Policy) -> Iterator[Diagnostic]:
    """Phases cover the campaign, day by day, without overlap."""
    programme = policy.programme
    if programme is None or programme.period is None or not programme.phases:
        return
    period = programme.period
    spans = sorted(
        (first, last, one)
        for one in programme.phases
        if (first := one.from_on.on(LATEST)) and (last := one.until_on.on(LATEST))
    )
    expected = period.from_on.on(LATEST)
    for first, last, phase in spans:
        if expected is not None and first != expected:
            how = "没有阶段" if first > expected else "属于两个阶段"
            a, b = sorted((expected, first))
            message = f"{day_text(a)}至{day_text(b - ONE_DAY)}{how}"
            yield warning("phases-differ", message, "改“起”“止”，一个阶段接一个阶段", phase.places.of("from_on"))
        expected = last + ONE_DAY
    end = period.until_on.on(LATEST)
    if end is not None and expected is not None and expected != end + ONE_DAY:
        message = f"活动到{day_text(end)}为止，最后一个阶段到{day_text(expected - ONE_DAY)}为止"
        yield warning("phases-differ", message, "改成同一天", spans[-1][2].places.of("until_on"))


def check_money(policy: Policy) -> Iterator[Diagnostic]:
    """No conclusion takes off more months than are paid; no sum is given away more than once."""
    allowance = policy.funding.allowance
    months = allowance.months.on(LATEST) if allowance else None
    for one in policy.assessment.conclusions if policy.assessment else ():
        taken = one.months_deducted.on(LATEST) if one.months_deducted else None
        if months is not None and taken is not None and taken > months:
            message = f"补助一共 {months} 个月，却要扣 {taken} 个月"
            yield warning("more-than-paid", message, "扣到零为止；核对扣补助月数", one.places.of("months_deducted"))
    for base in dict.fromkeys(one.base for one in policy.funding.funds):
        shares = [_value(one.rate) or Fraction(0) for one in policy.funding.funds if one.base == base]
        if sum(shares) > 1:
            message = f"从{base}提取的比例合起来 {percent_text(Fraction(sum(shares)))}，超过全部"
            yield error("shares-beyond-whole", message, "核对各笔的比例", policy.funding.places.of("funds"))


POLICY_CHECKS: Final[tuple[Callable[[Policy], Iterator[Diagnostic]], ...]] = (
    check_bounds,
    check_pace,
    check_team_sizes,
    check_conclusions,
    check_grades,
    check_scores,
    check_phases,
    check_money,
)
