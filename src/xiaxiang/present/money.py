"""补助 of the people of one batch: sums, what is held back, and how an amount came about; all as the result has it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from xiaxiang.model.number import amount_in_words
from xiaxiang.model.parameter import ALWAYS
from xiaxiang.model.scalar import money_text
from xiaxiang.present.wording import reasons_text, with_clause

if TYPE_CHECKING:
    from collections.abc import Iterable

    from xiaxiang.model.appraisal import PersonAppraisal
    from xiaxiang.model.document import Plain
    from xiaxiang.model.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Sums:
    """Sums in 分 over the complete people of a batch; `held` is the part of `paid` whose papers are not in."""

    people: int
    pending: int
    due: int
    deducted: int
    paid: int
    sanctions: int
    shares: int
    net: int
    held: int


def sums_of(people: Iterable[PersonAppraisal]) -> Sums:
    """Return the sums of the rows that a paper shows; over one batch they are the totals of the run."""
    everybody = tuple(people)
    settled = [one for one in everybody if one.complete]
    paid = [(one, one.allowance) for one in settled if one.allowance is not None]
    return Sums(
        people=len(settled),
        pending=len(everybody) - len(settled),
        due=sum(money.due for _, money in paid),
        deducted=sum(money.deducted for _, money in paid),
        paid=sum(money.paid for _, money in paid),
        sanctions=sum(one.sanction_total for one in settled),
        shares=sum(one.reward_share for one in settled),
        net=sum(one.net or 0 for one in settled),
        held=sum(money.paid for one, money in paid if one.release.state == "held"),
    )


def sums_values(sums: Sums) -> dict[str, Plain]:
    """Return the sums as templates print them, in figures and in 大写."""
    return {
        "人数": sums.people,
        "待补人数": sums.pending,
        "应发": money_text(sums.due),
        "扣发": money_text(sums.deducted),
        "实发": money_text(sums.paid),
        "实发大写": amount_in_words(sums.paid),
        "个人处罚": money_text(sums.sanctions),
        "个人奖励": money_text(sums.shares),
        "净额": money_text(sums.net),
        "净额大写": amount_in_words(sums.net),
        "有奖惩": bool(sums.sanctions or sums.shares),
        "待发": money_text(sums.held),
        "可发": money_text(sums.paid - sums.held),
        "可发大写": amount_in_words(sums.paid - sums.held),
        "有待发": bool(sums.held),
    }


def rate_text(person: PersonAppraisal, workspace: Workspace) -> str:
    """Return the rate × days × months behind an allowance, where that is what was due: 20元×22天×3个月; else ""."""
    rules = workspace.policy.funding.allowance
    day = person.starts_on or ALWAYS
    if rules is None or person.allowance is None:
        return ""
    rate, days, months = rules.per_day.on(day), rules.days_per_month.on(day), rules.months.on(day)
    if rate is None or days is None or months is None or rate * days * months != person.allowance.due:
        return ""
    return f"{money_text(rate)}元×{days}天×{months}个月"


def deduction_text(person: PersonAppraisal, workspace: Workspace) -> str:
    """Return the months deducted and their clause, where they are what was deducted; else ""."""
    if person.allowance is None or not person.allowance.deducted:
        return ""
    rules = workspace.policy.funding.allowance
    day = person.starts_on or ALWAYS
    month = (rules.per_day.on(day) or 0) * (rules.days_per_month.on(day) or 0) if rules else 0
    for conclusion in workspace.policy.assessment.conclusions if workspace.policy.assessment else ():
        months = conclusion.months_deducted.on(day) if conclusion.months_deducted else None
        if months and conclusion.unmet.on(day) == person.unmet and months * month == person.allowance.deducted:
            source = workspace.policy.source(conclusion.clause_of("months_deducted"))
            return with_clause(f"{months}个月", source, workspace)
    return ""


def origin_text(person: PersonAppraisal, workspace: Workspace) -> str:
    """Return how an allowance came about, step by step, each with its clause."""
    return reasons_text(person.allowance.reasons, workspace) if person.allowance else ""
