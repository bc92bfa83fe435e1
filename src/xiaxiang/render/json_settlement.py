"""结算 for machines: departments by batch over a year, and funds that balance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xiaxiang.model.scalar import money_json

if TYPE_CHECKING:
    from xiaxiang.model.settlement import FundBalance, FundLine, YearSummary
    from xiaxiang.render.json_common import Json


def year_json(one: YearSummary) -> Json:
    """Return every department's rewards and sanctions in the batches of one year, with sums that add up."""
    return {
        "year": one.year,
        "batches": [str(batch) for batch in one.batches if batch is not None],
        "departments": [
            {
                "name": department.name,
                "batches": [
                    {
                        "batch": str(batch) if batch else None,
                        "people": part.people,
                        "reward": money_json(part.reward),
                        "sanctions": money_json(part.sanction_total),
                        "net": money_json(part.net),
                        "pending": list(part.pending),
                    }
                    for batch, part in department.batches
                ],
                "reward": money_json(department.reward),
                "sanctions": money_json(department.sanctions),
                "net": money_json(department.net),
            }
            for department in one.departments
        ],
        "totals": {
            "reward": money_json(one.reward),
            "sanctions": money_json(one.sanctions),
            "net": money_json(one.net),
        },
    }


def balance_json(one: FundBalance | None) -> Json | None:
    """Return what came in and where it went, by unit, period and fund; null where the policy has no 基金."""
    if one is None:
        return None
    return {
        "lines": [_line(line) for line in one.lines],
        "sums": [_line(line) for line in one.sums],
        "pools": [
            {
                "name": pool.name,
                "own": money_json(pool.own),
                "received": money_json(pool.received),
                "total": money_json(pool.total),
            }
            for pool in one.pools
        ],
        "amount": money_json(one.amount),
        "paid": money_json(one.paid),
        "unassigned": money_json(one.unassigned),
        "pending": one.pending,
        "balanced": one.is_balanced,
    }


def _line(one: FundLine) -> Json:
    first, last = one.period
    return {
        "from_on": first.isoformat(),
        "until_on": last.isoformat(),
        "unit": one.unit or None,
        "fund": one.fund,
        "amount": money_json(one.amount),
        "paid": money_json(one.paid),
        "withheld": money_json(one.withheld),
        "kept": money_json(one.kept),
    }
