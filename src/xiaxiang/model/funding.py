"""经费: allowances, rewards and sanctions of a policy."""

from __future__ import annotations

from typing import Annotated

from xiaxiang.model.entry import named
from xiaxiang.model.parameter import CountParameter, MoneyParameter, Section


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


class RecallSanction(Section):
    """擅自召回: 元 per working day, and on whom."""

    per_working_day: Annotated[MoneyParameter, named("每工作日")]
    on_whom: Annotated[tuple[str, ...], named("对象")]


class Funding(Section):
    """经费: allowances, rewards and sanctions."""

    allowance: Annotated[PersonalAllowance | None, named("个人补助")] = None
    department_reward: Annotated[DepartmentReward | None, named("科室奖励")] = None
    refusal: Annotated[RefusalSanction | None, named("拒派处罚")] = None
    release_gate: Annotated[ReleaseGate | None, named("发放前提")] = None
    recall: Annotated[RecallSanction | None, named("擅自召回")] = None
