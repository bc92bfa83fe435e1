"""制度: one document of one institution as data: its numbers by date, each with its clause (依据)."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Final

from pydantic import Field

from xiaxiang.model.arrangement import Arrangement, ArrangementParameter, DaysParameter
from xiaxiang.model.clock import Clock
from xiaxiang.model.entry import Entry, named
from xiaxiang.model.funding import Funding
from xiaxiang.model.indicator import AssessmentRules
from xiaxiang.model.parameter import (
    ALWAYS,
    CountParameter,
    MonthsParameter,
    Parameter,
    RankParameter,
    Section,
    WordParameter,
    YesNoParameter,
)
from xiaxiang.model.programme import Programme
from xiaxiang.model.source import Source, source_of

PEOPLE: Final = "人员"


class RotationRules(Section):
    """轮换: who goes when. Months are 1..12; counts are people, turns or deferrals."""

    headcount: Annotated[CountParameter, named("每批人数")]
    handover_months: Annotated[MonthsParameter, named("交接月份")]
    handover_day: Annotated[WordParameter, named("交接日")]
    lowest_rank: Annotated[RankParameter | None, named("最低职称")] = None
    mainly_rank: Annotated[YesNoParameter | None, named("中级为主")] = None
    deferrals_per_cycle: Annotated[CountParameter | None, named("每轮后延次数")] = None
    turns_per_batch: Annotated[CountParameter, named("每科每批")] = Parameter(((ALWAYS, 1),))
    people_per_turn: Annotated[CountParameter, named("每轮人数")] = Parameter(((ALWAYS, 1),))
    promotion_uses_turn: Annotated[YesNoParameter, named("晋升占用轮次")] = Parameter(((ALWAYS, True),))
    years: Annotated[CountParameter | None, named("年限")] = None
    handover_days: Annotated[DaysParameter | None, named("交接日期")] = None
    """Handovers fixed by day: in a year that has any, they stand in place of 交接月份 and 交接日."""
    arrangement: Annotated[ArrangementParameter, named("方式", "轮换方式")] = Parameter(((ALWAYS, Arrangement.QUEUE),))
    composition: Annotated[dict[str, CountParameter], named("组合", "专业组合")] = {}  # noqa: RUF012 - a pydantic field
    """Under 专业组合: how many people of each specialty every recipient gets in a batch."""

    def days_of(self, year: int) -> tuple[date, ...]:
        """Return the handovers of a year that are fixed by day (交接日期), in order."""
        listed = self.handover_days.values if self.handover_days else ()
        return tuple(sorted({day for _, days in listed for day in days if day.year == year}))

    def months_of(self, year: int) -> tuple[int, ...]:
        """Return the month of each handover of a year, in order; none where the policy is not in force yet.

        Where 交接月份 change within the year each month follows what is in force in it, so that no two batches
        share a number; months before the policy's own days are numbered as its first months say.
        """
        if days := self.days_of(year):
            return tuple(day.month for day in days)
        months = self.handover_months
        if months.on(date(year, 12, 31)) is None:
            return ()
        if len(months.values) == 1:
            return months.values[0][1]
        every = range(1, 13)
        return tuple(month for month in every if month in (months.on(date(year, month, 1)) or months.values[0][1]))


class LeaveRules(Section):
    """请假: from how many days on a written explanation is due instead of a telephone record."""

    written_from_days: Annotated[CountParameter, named("书面说明起始天数")]


class Policy(Entry):
    """policy.yaml as a whole."""

    name: Annotated[str, named("名称", "制度名称")]
    document: Annotated[str, named("文件", "文件名称")]
    rotation: Annotated[RotationRules | None, named("轮换")] = None
    assessment: Annotated[AssessmentRules | None, named("考核")] = None
    readings: Annotated[dict[str, WordParameter], named("口径")] = {}  # noqa: RUF012 - a pydantic field
    funding: Annotated[Funding, named("经费"), Field(default_factory=Funding)]
    leave: Annotated[LeaveRules | None, named("请假")] = None
    clocks: Annotated[tuple[Clock, ...], named("计时", "计时口径")] = ()
    subject: Annotated[str, named("对象")] = PEOPLE
    """Who is assessed, and so what a row of the table stands for: 人员, 科室, 队伍 or 单位."""
    programme: Annotated[Programme | None, named("活动")] = None
    clauses: Annotated[dict[str, str], named("条款")] = {}  # noqa: RUF012 - a pydantic field
    """Rules that have no number, each with its clause: `派遣顺序: 三（一）`. The names are the engine's (RULES)."""

    def months_of(self, year: int) -> tuple[int, ...]:
        """Return the month of each handover of a year, in order; none where this policy rotates nobody."""
        return self.rotation.months_of(year) if self.rotation else ()

    def source(self, clause: str) -> Source:
        """Return a clause as a source: of this policy's document, or of the one it names (《医师法》第四十六条)."""
        return source_of(self.document, clause)

    def rule(self, name: str) -> Source:
        """Return the clause on which a rule without a number rests (派遣顺序, 交接, 后延, 晋升优先, …)."""
        return Source(self.document, self.clauses[name])


RULES: Final[tuple[str, ...]] = (
    "派遣顺序",
    "交接",
    "中途不换人",
    "后延",
    "晋升优先",
    "意外公布",
    "拒派",
    "重新下乡",
    "调回",
    "请假",
    "人员派遣",
    "材料上交",
    "考勤上报",
)
"""The rules that `schedule` and `assess` cite by name; a policy must give a clause for each that it uses."""
