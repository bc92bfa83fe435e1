"""The rules that a notice repeats to the people it sends: tasks, papers, leave, recall; numbers and clauses as data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xiaxiang.model.indicator import IndicatorKind
from xiaxiang.model.number import number_text
from xiaxiang.model.scalar import money_text
from xiaxiang.present.wording import bound_text

if TYPE_CHECKING:
    from datetime import date

    from xiaxiang.model.document import Plain
    from xiaxiang.model.indicator import Indicator
    from xiaxiang.model.policy import Policy


def tasks(policy: Policy, day: date) -> tuple[Plain, ...]:
    """Return every assessed task in force on `day`: 名称, 要求, 依据."""
    rules = policy.assessment
    if rules is None:
        return ()
    found = ((one, _demand(one, day)) for one in rules.indicators)
    return tuple({"名称": one.name, "要求": text, "依据": one.clause or rules.clause} for one, text in found if text)


def _demand(indicator: Indicator, day: date) -> str:
    """Return what a task asks for, in words; "" where nothing is in force."""
    what = ""
    if indicator.kind is IndicatorKind.RATE and indicator.numerator:
        what = f"{indicator.numerator}占{indicator.denominator}的比率"
    parts = []
    for parameter, word in ((indicator.at_least, "不低于"), (indicator.at_most, "不高于")):
        bound = parameter.on(day) if parameter else None
        if bound is not None:
            parts.append(f"{what}{word}{bound_text(indicator.kind, bound)}")
    gap = indicator.min_gap_days.on(day) if indicator.min_gap_days else None
    if gap is not None:
        parts.append(f"相邻两次间隔不少于{number_text(gap)}天")
    return "，".join(([f"{indicator.routine}"] if indicator.routine and parts else []) + parts)


def papers(policy: Policy) -> Plain:
    """Return the papers that must be in before an allowance is paid: 材料, 依据; "" where the policy has none."""
    gate = policy.funding.release_gate
    return {"材料": "、".join(gate.papers), "依据": gate.clause or policy.funding.clause} if gate else ""


def leave(policy: Policy, day: date) -> Plain:
    """Return from how many days on leave needs a written explanation: 天数, 依据; "" where the policy is silent."""
    days = policy.leave.written_from_days.on(day) if policy.leave else None
    if policy.leave is None or days is None:
        return ""
    return {"天数": days, "依据": policy.leave.clause_of("written_from_days")}


def recall(policy: Policy, day: date) -> Plain:
    """Return what an unapproved recall costs a working day: 金额, 对象, 依据; "" where the policy is silent."""
    rules = policy.funding.recall
    amount = rules.per_working_day.on(day) if rules else None
    if rules is None or amount is None:
        return ""
    return {
        "金额": money_text(amount),
        "对象": "、".join(rules.on_whom),
        "依据": rules.clause_of("per_working_day") or policy.funding.clause,
    }
