"""The policy as it is in force on one day: bounds, consequences and amounts, each with its clause."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from xiaxiang.assess.columns import columns_of
from xiaxiang.assess.due import Deadline, parse_deadline
from xiaxiang.assess.limits import Limits, limits_of
from xiaxiang.model.diagnostic import Diagnostic, error
from xiaxiang.model.funding import RecallSanction
from xiaxiang.model.indicator import IndicatorKind
from xiaxiang.model.routine import Routine, parse_routine
from xiaxiang.model.scalar import day_text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from fractions import Fraction

    from xiaxiang.model.indicator import Conclusion, Indicator, Window
    from xiaxiang.model.parameter import Section
    from xiaxiang.model.policy import Policy
    from xiaxiang.model.rank import Rank
    from xiaxiang.model.source import Source

CERTIFICATE_WORDS: Final = {"填写": True, "不予填写": False}
_BOUNDS_BY_RANK: Final = ("at_least", "at_most", "not_after", "members", "expected", "full_score", "lowest_level")
"""The number that an item rests on, whose clause it cites: the first of these that it has."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """One item: its place among the items, the columns that measure it, its bounds.

    `not_in_force` says from when the ones that the day lacks hold ("" where none lacks).
    """

    indicator: Indicator
    place: int
    columns: tuple[str, ...]
    limits: Limits
    min_gap: int | None
    routine: Routine | None
    source: Source
    not_in_force: str
    window: Window | None = None
    deadline: Deadline | None = None
    full_score: Fraction | None = None
    points_off: Fraction | None = None
    weight: Fraction | None = None
    per_units: Fraction | None = None
    members: int | None = None
    lowest_rank: Rank | None = None
    specialties: Mapping[str, int] = field(default_factory=dict)
    expected: bool = True
    grade_cap: str | None = None
    each: Fraction | None = None
    lowest_level: str | None = None


@dataclass(frozen=True, slots=True)
class Consequence:
    """What follows from a number of unmet items. What a 结论 does not mention does not follow from it."""

    unmet: int
    months_deducted: int
    deduction_source: Source
    certificate: bool | None
    certificate_source: Source
    redispatch: bool
    redispatch_source: Source
    department_sanction: int
    sanction_source: Source
    not_in_force: str


@dataclass(frozen=True, slots=True)
class AllowanceRule:
    """元 a day (in 分) × days a month × months."""

    per_day: int
    days_per_month: int
    months: int
    source: Source

    @property
    def days(self) -> int:
        """The days that a whole posting is paid for."""
        return self.days_per_month * self.months


@dataclass(frozen=True, slots=True)
class Rate:
    """An amount in 分 per something, with its clause and, for a sanction, on whom it falls."""

    amount: int
    source: Source
    on_whom: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rules:
    """Everything `assess` asks a policy, for postings that begin on one day.

    An amount is None where the policy has none, or where it is not in force yet: then `not_in_force` says so,
    under the section's identifier (allowance, department_reward, recall, refusal).
    """

    bounds: tuple[Bounds, ...]
    consequences: dict[int, Consequence]
    allowance: AllowanceRule | None
    reward: Rate | None
    recall: Rate | None
    refusal: Rate | None
    not_in_force: dict[str, str]
    problems: tuple[Diagnostic, ...]


def rules_on(policy: Policy, day: date) -> Rules:
    """Return the policy's rules for a posting that begins on `day`."""
    problems: list[Diagnostic] = []
    lacking: dict[str, list[str]] = {}
    assessment, funding = policy.assessment, policy.funding
    indicators = assessment.indicators if assessment else ()
    bounds = tuple(_bounds(policy, one, place, day, problems) for place, one in enumerate(indicators))
    consequences = _consequences(policy, day)
    allowance = _allowance(policy, day, lacking.setdefault("allowance", []))
    reward = _rate(policy, funding.department_reward, "per_person", day, lacking.setdefault("department_reward", []))
    recall = _rate(policy, funding.recall, "per_working_day", day, lacking.setdefault("recall", []))
    refusal = _rate(policy, funding.refusal, "per_department", day, lacking.setdefault("refusal", []))
    not_in_force = {name: "；".join(texts) for name, texts in lacking.items() if texts}
    return Rules(bounds, consequences, allowance, reward, recall, refusal, not_in_force, tuple(problems))


def _value(section: Section, identifier: str, day: date, lacking: list[str]) -> Any:  # noqa: ANN401 - any parameter
    """Return a value in force on `day`; where it is not in force yet, None, and say so in `lacking`."""
    parameter = getattr(section, identifier)
    if parameter is None:
        return None
    value = parameter.on(day)
    if value is None:
        label, first = section.label(identifier), parameter.first_on
        lacking.append(f"“{label}”自 {day_text(first)} 起施行" if first else f"“{label}”制度里未定")
    return value


def _source(policy: Policy, section: Section, identifier: str, parent: str) -> Source:
    return policy.source(section.clause_of(identifier) or parent)


def _bounds(policy: Policy, indicator: Indicator, place: int, day: date, problems: list[Diagnostic]) -> Bounds:
    parent = policy.assessment.clause if policy.assessment else ""
    lacking: list[str] = []
    at_least = _value(indicator, "at_least", day, lacking)
    at_most = _value(indicator, "at_most", day, lacking)
    min_gap = _value(indicator, "min_gap_days", day, lacking)
    routine = parse_routine(indicator.routine)
    if indicator.routine and routine is None:
        message = f"看不懂“{indicator.name}”的常规“{indicator.routine}”"
        where = indicator.places.of("routine")
        problems.append(error("bad-routine", message, "常规写成 每周一次、每两周一次、每月两次 这样", where))
    bound = next((one for one in _BOUNDS_BY_RANK if getattr(indicator, one) is not None), "at_least")
    source = _source(policy, indicator, bound, parent)
    limits = limits_of(indicator.kind, at_least, at_most, _unit_of(indicator))
    more = _more_bounds(indicator, day, lacking, problems)
    return Bounds(indicator, place, columns_of(indicator), limits, min_gap, routine, source, "；".join(lacking), **more)


def _unit_of(indicator: Indicator) -> str:
    """Return the unit of an item's bound; a share of a whole is shown as a percentage and needs none."""
    bound = indicator.at_least or indicator.at_most
    is_share = indicator.kind is IndicatorKind.RATE and indicator.per_units is None
    return "" if bound is None or is_share else bound.unit


def _more_bounds(indicator: Indicator, day: date, lacking: list[str], problems: list[Diagnostic]) -> dict[str, Any]:
    """Return what only some kinds of items have, in force on `day`."""
    wording = _value(indicator, "not_after", day, lacking)
    deadline = parse_deadline(wording) if wording else None
    if wording and deadline is None:
        message = f"看不懂“{indicator.name}”的期限“{wording}”"
        hint = "期限写成 次月5日、4月10日、交接日后7天、结束前7天，或一个日期"
        problems.append(error("bad-deadline", message, hint, indicator.places.of("not_after")))
    names = ("full_score", "points_off", "weight", "per_units", "members", "lowest_rank", "grade_cap", "each")
    found = {name: _value(indicator, name, day, lacking) for name in names}
    counts = {name: one.on(day) for name, one in indicator.specialties.items()}
    lacking += [f"{name}人数制度里未定" for name, count in counts.items() if count is None]
    expected = _value(indicator, "expected", day, lacking)
    return found | {
        "lowest_level": _value(indicator, "lowest_level", day, lacking),
        "window": _value(indicator, "per", day, lacking),
        "deadline": deadline,
        "specialties": {name: count for name, count in counts.items() if count is not None},
        "expected": True if expected is None else expected,
    }


def _consequences(policy: Policy, day: date) -> dict[int, Consequence]:
    """Return the consequences by number of unmet items; of several for one number the first holds."""
    found: dict[int, Consequence] = {}
    if policy.assessment is None:
        return found
    for one in policy.assessment.conclusions:
        unmet = one.unmet.on(day)
        if unmet is not None and unmet not in found:
            found[unmet] = _consequence(policy, one, unmet, day)
    return found


def _consequence(policy: Policy, one: Conclusion, unmet: int, day: date) -> Consequence:
    parent = policy.assessment.clause if policy.assessment else ""
    lacking: list[str] = []
    word = _value(one, "certificate", day, lacking)
    return Consequence(
        unmet,
        _value(one, "months_deducted", day, lacking) or 0,
        _source(policy, one, "months_deducted", parent),
        CERTIFICATE_WORDS.get(word) if word else None,
        _source(policy, one, "certificate", parent),
        bool(_value(one, "redispatch", day, lacking)),
        _source(policy, one, "redispatch", parent),
        _value(one, "department_sanction", day, lacking) or 0,
        _source(policy, one, "department_sanction", parent),
        "；".join(lacking),
    )


def _allowance(policy: Policy, day: date, lacking: list[str]) -> AllowanceRule | None:
    section = policy.funding.allowance
    if section is None:
        return None
    per_day = _value(section, "per_day", day, lacking)
    days_per_month = _value(section, "days_per_month", day, lacking)
    months = _value(section, "months", day, lacking)
    if None in {per_day, days_per_month, months}:
        return None
    return AllowanceRule(per_day, days_per_month, months, _source(policy, section, "per_day", policy.funding.clause))


def _rate(policy: Policy, section: Section | None, name: str, day: date, lacking: list[str]) -> Rate | None:
    if section is None:
        return None
    amount = _value(section, name, day, lacking)
    if amount is None:
        return None
    on_whom = section.on_whom if isinstance(section, RecallSanction) else ()
    return Rate(amount, _source(policy, section, name, policy.funding.clause), on_whom)
