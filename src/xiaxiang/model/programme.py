"""活动: what a policy says of a programme beside tasks and money: who pairs with whom, phases, quotas, targets."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from xiaxiang.model.entry import named
from xiaxiang.model.indicator import BoundParameter  # noqa: TC001 - pydantic resolves the annotations when it runs
from xiaxiang.model.parameter import (
    CountParameter,
    Parameter,
    RankParameter,
    Section,
    WordParameter,
    YesNoParameter,
    parameter,
)
from xiaxiang.model.scalar import parse_day

DayParameter = Annotated[Parameter[date], parameter(parse_day)]


class Pair(Section):
    """配对: one supporting unit and the unit that it supports."""

    supporting_unit: Annotated[str, named("支援单位", "支援")]
    recipient_unit: Annotated[str, named("受援单位", "受援")]
    departments: Annotated[CountParameter | None, named("科室数")] = None


class Phase(Section):
    """阶段: a part of the campaign, both days included."""

    name: Annotated[str, named("名称")]
    from_on: Annotated[DayParameter, named("起")]
    until_on: Annotated[DayParameter, named("止")]


class Period(Section):
    """期间: the campaign as a whole, both days included."""

    from_on: Annotated[DayParameter, named("起")]
    until_on: Annotated[DayParameter, named("止")]


class Quota(Section):
    """名额: how many people (or teams) each of so many units of one kind gives."""

    units: Annotated[str, named("单位", "名称")]
    count: Annotated[CountParameter, named("单位数")] = Parameter(((date.min, 1),))
    each: Annotated[CountParameter, named("每单位", "人数", "每单位人数")]


class Target(Section):
    """目标: a figure that the programme as a whole aims at."""

    name: Annotated[str, named("名称")]
    at_least: Annotated[BoundParameter, named("数量", "至少")]
    due_on: Annotated[DayParameter | None, named("期限")] = None


class Eligibility(Section):
    """资格: who may be sent."""

    degree: Annotated[WordParameter | None, named("学历")] = None
    licence: Annotated[WordParameter | None, named("资格", "执业资格")] = None
    lowest_rank: Annotated[RankParameter | None, named("最低职称")] = None


class Training(Section):
    """进修: trainees whom the supporting unit takes: people a year, months each, by specialty."""

    at_least: Annotated[CountParameter | None, named("每年至少")] = None
    at_most: Annotated[CountParameter | None, named("每年至多")] = None
    months_at_least: Annotated[CountParameter | None, named("月数至少")] = None
    months_at_most: Annotated[CountParameter | None, named("月数至多")] = None
    specialties: Annotated[dict[str, CountParameter], named("专业各")] = {}  # noqa: RUF012 - a pydantic field
    free: Annotated[YesNoParameter | None, named("免费")] = None


class Mentorship(Section):
    """师带徒: of what rank a teacher of the supporting unit is, and up to which rank those whom he teaches are."""

    teacher_lowest_rank: Annotated[RankParameter, named("带教最低职称")]
    learner_highest_rank: Annotated[RankParameter, named("学员最高职称")]


class Programme(Section):
    """活动: everything of a policy that is neither rotation, task nor money."""

    period: Annotated[Period | None, named("期间")] = None
    phases: Annotated[tuple[Phase, ...], named("阶段")] = ()
    pairs: Annotated[tuple[Pair, ...], named("配对")] = ()
    quotas: Annotated[tuple[Quota, ...], named("名额")] = ()
    targets: Annotated[tuple[Target, ...], named("目标")] = ()
    eligibility: Annotated[Eligibility | None, named("资格")] = None
    training: Annotated[Training | None, named("进修")] = None
    mentorship: Annotated[Mentorship | None, named("师带徒")] = None
