"""经费: allowances, rewards and sanctions of a policy."""

from __future__ import annotations

from typing import Annotated

from xiaxiang.model.entry import named
from xiaxiang.model.parameter import (
    CountParameter,
    MoneyParameter,
    RateParameter,
    Section,
    WordParameter,
    YesNoParameter,
)


class PersonalAllowance(Section):
    """个人补助: 元 a day × days a month × months."""

    per_day: Annotated[MoneyParameter, named("每天")]
    days_per_month: Annotated[CountParameter, named("每月天数")]
    months: Annotated[CountParameter, named("月数")]


class DepartmentReward(Section):
    """科室奖励: 元 per person dispatched."""

    per_person: Annotated[MoneyParameter, named("每人")]


class RefusalSanction(Section):
    """拒派处罚: 元 for a department that refuses without a special reason."""

    per_department: Annotated[MoneyParameter, named("科室")]


class ReleaseGate(Section):
    """发放前提: the papers that must be in before an allowance is paid out."""

    papers: Annotated[tuple[str, ...], named("材料")]
    not_before: Annotated[WordParameter | None, named("不早于", "最早")] = None
    """From when on they may be handed in (`结束前7天`); there is no last day unless an item sets one."""


class RecallSanction(Section):
    """擅自召回: 元 per working day, and on whom."""

    per_working_day: Annotated[MoneyParameter, named("每工作日")]
    on_whom: Annotated[tuple[str, ...], named("对象")]


class PerUnit(Section):
    """计付: 元 per day, trip or month as a column counts them, at most so many of them."""

    name: Annotated[str, named("名称")]
    amount: Annotated[MoneyParameter, named("金额", "标准")]
    column: Annotated[str, named("按", "按列", "列")]
    at_most: Annotated[CountParameter | None, named("至多", "不超过")] = None
    applies_to: Annotated[dict[str, str], named("适用")] = {}  # noqa: RUF012 - a pydantic field
    under: Annotated[dict[str, str], named("口径")] = {}  # noqa: RUF012 - a pydantic field
    only_if_met: Annotated[YesNoParameter | None, named("全部完成才发")] = None


class Fund(Section):
    """基金: a share of a sum that a column gives (or of another fund), perhaps paid in equal parts."""

    name: Annotated[str, named("名称")]
    base: Annotated[str, named("基数")]
    rate: Annotated[RateParameter, named("比例")]
    parts: Annotated[CountParameter | None, named("分次", "分月")] = None
    monthly: Annotated[YesNoParameter | None, named("按月拨付")] = None
    """Paid in equal parts, one for each month of the period that the row speaks of."""
    goes_to: Annotated[str, named("扣减归入")] = ""
    """The fund that what is withheld of this one goes to."""


class Funding(Section):
    """经费: allowances, rewards and sanctions."""

    allowance: Annotated[PersonalAllowance | None, named("个人补助")] = None
    department_reward: Annotated[DepartmentReward | None, named("科室奖励")] = None
    refusal: Annotated[RefusalSanction | None, named("拒派处罚")] = None
    release_gate: Annotated[ReleaseGate | None, named("发放前提")] = None
    recall: Annotated[RecallSanction | None, named("擅自召回")] = None
    per_unit: Annotated[tuple[PerUnit, ...], named("计付")] = ()
    funds: Annotated[tuple[Fund, ...], named("基金")] = ()
