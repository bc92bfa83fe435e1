"""资金平衡: where the money of a policy's 基金 went: to the units, into another fund, or nowhere that is named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xiaxiang.assess.windows import period_text
from xiaxiang.model.settlement import FundBalance, FundLine, Pool

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from xiaxiang.model.appraisal_table import SubjectAppraisal
    from xiaxiang.model.policy import Policy
    from xiaxiang.model.settlement import Period


def balance_of(policy: Policy, subjects: Sequence[SubjectAppraisal]) -> FundBalance | None:
    """Return the balance of all 基金 over the subjects that are assessed; None where the policy has none.

    A fund that receives what is withheld of others (扣减归入) is put by, not paid to the unit that it is counted for.
    """
    funds = {fund.name: fund for fund in policy.funding.funds}
    if not funds:
        return None
    receiving = {fund.goes_to for fund in funds.values() if fund.goes_to}
    settled = [one for one in subjects if one.complete]
    lines = tuple(
        FundLine(
            period=(one.starts_on, one.ends_on),
            label=period_text(one.starts_on, one.ends_on),
            unit=one.name,
            fund=line.name,
            amount=line.amount,
            paid=0 if line.put_by else line.paid,
            withheld=line.withheld,
            kept=line.paid if line.put_by else 0,
        )
        for one in settled
        for line in one.money
        if line.name in funds
    )
    pools = tuple(_pool(policy, name, lines) for name in sorted(receiving))
    unassigned = sum(line.withheld for line in lines if not funds[line.fund].goes_to)
    return FundBalance(lines, _sums(policy, lines), pools, unassigned, len(subjects) - len(settled))


def _pool(policy: Policy, name: str, lines: Iterable[FundLine]) -> Pool:
    giving = {fund.name for fund in policy.funding.funds if fund.goes_to == name}
    found = tuple(lines)
    own = sum(line.kept for line in found if line.fund == name)
    return Pool(name, own, sum(line.withheld for line in found if line.fund in giving))


def _sums(policy: Policy, lines: Iterable[FundLine]) -> tuple[FundLine, ...]:
    """Return the lines of all units added up by period, earliest end first, and fund, in the policy's order."""
    groups: dict[tuple[Period, str], list[FundLine]] = {}
    for line in lines:
        groups.setdefault((line.period, line.fund), []).append(line)
    order = [fund.name for fund in policy.funding.funds]
    keys = sorted(groups, key=lambda key: (key[0][1], key[0][0], order.index(key[1])))
    return tuple(
        FundLine(
            period=period,
            label=period_text(*period),
            unit="",
            fund=fund,
            amount=sum(line.amount for line in groups[period, fund]),
            paid=sum(line.paid for line in groups[period, fund]),
            withheld=sum(line.withheld for line in groups[period, fund]),
            kept=sum(line.kept for line in groups[period, fund]),
        )
        for period, fund in keys
    )
