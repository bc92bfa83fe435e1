"""The contract of what `assess` says of money: allowances, departments and their year, approvals, funds."""

from __future__ import annotations

from typing import Final

from xiaxiang.model.json_schema import Json, ref
from xiaxiang.render.json_shapes import (
    BATCH,
    COUNT,
    DAY,
    DAY_OR_NULL,
    MONEY,
    TEXT,
    TEXT_OR_NULL,
    YES_NO,
    list_of,
    or_null,
    record,
)

ALLOWANCE: Final = or_null(
    record(
        "补助",
        due=MONEY,
        deducted=MONEY,
        paid=MONEY,
        because=list_of(ref("reason")),
        settings=list_of(TEXT),
    )
)

_TOTALS: Final = (
    "due",
    "deducted",
    "paid",
    "ready",
    "held",
    "personal_sanctions",
    "reward_shares",
    "personal_net",
    "department_rewards",
    "department_sanctions",
    "department_net",
)

OF_MONEY: Final[dict[str, Json]] = {
    "charge": record("处罚", amount=MONEY, reason=TEXT, source=ref("source"), settings=list_of(TEXT)),
    "department": record(
        "科室",
        name=TEXT,
        people=COUNT,
        reward=MONEY,
        reward_because=list_of(ref("reason")),
        sanctions=MONEY,
        sanction_items=list_of(ref("charge")),
        net=MONEY,
        pending=list_of(TEXT),
        settings=list_of(TEXT),
    ),
    "totals": record("合计", people=COUNT, pending=COUNT, **dict.fromkeys(_TOTALS, MONEY)),
}
"""Definitions that the other shapes refer to."""

APPROVAL: Final = or_null(
    record(
        "核定",
        approved_on=DAY,
        file=TEXT,
        differences=list_of(
            record(
                "现在算出来的不同",
                department=TEXT,
                person=TEXT_OR_NULL,
                figure=TEXT,
                approved=TEXT,
                computed=TEXT,
            )
        ),
        edits=list_of(record("核定以后的改动", what=TEXT, before=TEXT, after=TEXT)),
    )
)

APPROVING: Final = record(
    "核定的结果",
    batch=or_null(BATCH),
    approved_on=DAY_OR_NULL,
    file=TEXT_OR_NULL,
    written=YES_NO,
    before=APPROVAL,
    pending=list_of(record("待补的人员", name=TEXT, department=TEXT, missing=list_of(TEXT))),
)

_SUMS: Final = {"reward": MONEY, "sanctions": MONEY, "net": MONEY}

YEARS: Final = list_of(
    record(
        "一年的科室奖惩",
        year={"type": ["integer", "null"]},
        batches=list_of(BATCH),
        departments=list_of(
            record(
                "一个科室",
                name=TEXT,
                batches=list_of(
                    record("一批", batch=or_null(BATCH), people=COUNT, pending=list_of(TEXT), **_SUMS),
                ),
                **_SUMS,
            )
        ),
        totals=record("合计", **_SUMS),
    )
)

_LINE: Final = record(
    "一笔基金",
    from_on=DAY,
    until_on=DAY,
    unit=TEXT_OR_NULL,
    fund=TEXT,
    amount=MONEY,
    paid=MONEY,
    withheld=MONEY,
    kept=MONEY,
)

BALANCE: Final = or_null(
    record(
        "资金平衡",
        lines=list_of(_LINE),
        sums=list_of(_LINE),
        pools=list_of(record("收扣减的基金", name=TEXT, own=MONEY, received=MONEY, total=MONEY)),
        amount=MONEY,
        paid=MONEY,
        unassigned=MONEY,
        pending=COUNT,
        balanced=YES_NO,
    )
)
