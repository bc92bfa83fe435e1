"""制度: one document of one institution as data: its numbers by date, each with its clause (依据)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import wraps
from typing import TYPE_CHECKING, Annotated, Any, Final, Generic, TypeVar

from xiaxiang.model.entry import Entry, converter, named, scalar
from xiaxiang.model.rank import Rank, parse_rank
from xiaxiang.model.scalar import (
    ScalarError,
    half_width,
    parse_count,
    parse_day,
    parse_money,
    parse_number,
    parse_rate,
    parse_yes_no,
)
from xiaxiang.model.similar import nearest_hint
from xiaxiang.model.source import Source

if TYPE_CHECKING:
    from pydantic import BeforeValidator

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

VALUE_KEY: Final = "值"
CLAUSE_KEY: Final = "依据"
UNIT_KEY: Final = "单位"
ALWAYS: Final = date.min


@dataclass(frozen=True, slots=True)
class Parameter(Generic[T_co]):
    """A number (or word) of a policy: values by date, newest in force wins; unit; clause ("" = its section's).

    In YAML: `6` · `{2012-01-01: 4, 2025-01-01: 6}` · `{值: …, 单位: 次, 依据: 四（二）}`.
    """

    values: tuple[tuple[date, T_co], ...]
    clause: str = ""
    unit: str = ""

    def on(self, day: date) -> T_co | None:
        """Return the value in force on `day`, or None where it is not in force yet (which is never zero)."""
        for from_on, value in reversed(self.values):
            if from_on <= day:
                return value
        return None

    @property
    def first_on(self) -> date:
        """The day the first value comes into force."""
        return self.values[0][0]


def parameter_of(parse: Callable[[str], T]) -> Callable[[object], Parameter[T]]:
    """Return a function that reads a parameter from text or a mapping of texts. Raises ScalarError."""

    @wraps(parse)
    def read(raw: object) -> Parameter[T]:
        if isinstance(raw, Parameter):
            return raw
        if isinstance(raw, str):
            return Parameter(((ALWAYS, parse(raw)),))
        if isinstance(raw, Mapping):
            if VALUE_KEY in raw:
                inner = read(raw[VALUE_KEY])
                return Parameter(inner.values, str(raw.get(CLAUSE_KEY, "")), str(raw.get(UNIT_KEY, "")))
            dated = sorted((parse_day(str(day)), parse(str(value))) for day, value in raw.items())
            if dated:
                return Parameter(tuple(dated))
        raise ScalarError("bad-parameter", "这里要写一个值", "写一个值，或写 {2024-01-01: 值} 按日期分段")

    return read


def parameter(parse: Callable[[str], Any]) -> BeforeValidator:
    """Return a validator that reads a parameter whose single values `parse` reads."""
    return converter(parameter_of(parse))


def parse_words(text: str) -> str:
    """Return text as it stands, trimmed. Raises ScalarError where it is empty."""
    if not text.strip():
        raise ScalarError("empty-value", "这里没有写内容", "写上内容，或删掉这一行")
    return text.strip()


def parse_months(text: str) -> tuple[int, ...]:
    """Return the months 1..12 in `text`, ascending (`1、4、7、10`). Raises ScalarError."""
    words = [word for word in text.replace("、", " ").replace(",", " ").replace("，", " ").split() if word]
    months = tuple(sorted({parse_count(word.removesuffix("月")) for word in words}))
    if not months or months[0] < 1 or months[-1] > 12:  # noqa: PLR2004 - months of a year
        raise ScalarError("bad-month", f"“{text}”不是月份", "写 1 到 12 之间的月份，例如 [1, 4, 7, 10]")
    return months


CountParameter = Annotated[Parameter[int], parameter(parse_count)]
MoneyParameter = Annotated[Parameter[int], parameter(parse_money)]
RateParameter = Annotated[Parameter[Any], parameter(parse_rate)]
YesNoParameter = Annotated[Parameter[bool], parameter(parse_yes_no)]
RankParameter = Annotated[Parameter[Rank], parameter(parse_rank)]
WordParameter = Annotated[Parameter[str], parameter(parse_words)]
MonthsParameter = Annotated[Parameter[tuple[int, ...]], parameter(parse_months)]


class Section(Entry):
    """A part of a policy. Its 依据 is the clause of every number in it that names none of its own."""

    clause: Annotated[str, named("依据", "条款")] = ""

    def clause_of(self, identifier: str) -> str:
        """Return the clause that a field of this section rests on: its own, else the section's."""
        parameter = getattr(self, identifier)
        own = parameter.clause if isinstance(parameter, Parameter) else ""
        return own or self.clause


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


class IndicatorKind(StrEnum):
    """算法: how an item is measured."""

    COUNT = "次数"
    DAYS = "天数"
    RATE = "比率"
    VALUE = "数值"

    @property
    def english(self) -> str:
        """The name in machine output."""
        return {"次数": "count", "天数": "days", "比率": "rate", "数值": "value"}[self.value]


def parse_indicator_kind(text: str) -> IndicatorKind:
    """Return the 算法 that `text` names. Raises ScalarError."""
    try:
        return IndicatorKind(text.strip())
    except ValueError:
        legal = "、".join(kind.value for kind in IndicatorKind)
        raise ScalarError(
            "bad-indicator-kind", f"“{text}”不是本版本能算的算法", nearest_hint(text, IndicatorKind, f"算法有 {legal}")
        ) from None


def parse_bound(text: str) -> Any:  # noqa: ANN401 - an exact Fraction, from a percentage or a number
    """Return a bound exactly: `80%` is 4/5, `4次` is 4. Raises ScalarError."""
    plain = half_width(text).strip()
    return parse_rate(plain) if plain.endswith("%") else parse_number(plain)


BoundParameter = Annotated[Parameter[Any], parameter(parse_bound)]


class Indicator(Section):
    """项目: one assessed task, its bounds and the schedule it should follow (常规)."""

    name: Annotated[str, named("名称", "项目")]
    kind: Annotated[IndicatorKind, scalar(parse_indicator_kind), named("算法", "考核方式")]
    at_least: Annotated[BoundParameter | None, named("至少", "不少于")] = None
    at_most: Annotated[BoundParameter | None, named("至多", "不超过")] = None
    min_gap_days: Annotated[CountParameter | None, named("间隔不少于天数", "两次间隔至少")] = None
    routine: Annotated[str, named("常规")] = ""
    numerator: Annotated[str, named("分子")] = ""
    denominator: Annotated[str, named("分母")] = ""


class Conclusion(Section):
    """结论: what follows from a number of unmet items."""

    unmet: Annotated[CountParameter, named("未完成", "未完成项数")]
    months_deducted: Annotated[CountParameter | None, named("扣补助月数")] = None
    certificate: Annotated[WordParameter | None, named("鉴定表")] = None
    redispatch: Annotated[YesNoParameter | None, named("重新下乡")] = None
    department_sanction: Annotated[MoneyParameter | None, named("科室处罚")] = None


class AssessmentRules(Section):
    """考核: the items and what follows from them."""

    indicators: Annotated[tuple[Indicator, ...], named("项目")]
    conclusions: Annotated[tuple[Conclusion, ...], named("结论")]


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


class LeaveRules(Section):
    """请假: from how many days on a written explanation is due instead of a telephone record."""

    written_from_days: Annotated[CountParameter, named("书面说明起始天数")]


class Policy(Entry):
    """policy.yaml as a whole."""

    name: Annotated[str, named("名称", "制度名称")]
    document: Annotated[str, named("文件", "文件名称")]
    rotation: Annotated[RotationRules, named("轮换")]
    assessment: Annotated[AssessmentRules | None, named("考核")] = None
    readings: Annotated[dict[str, WordParameter], named("口径")] = {}  # noqa: RUF012 - a pydantic field
    funding: Annotated[Funding, named("经费")] = Funding()
    leave: Annotated[LeaveRules | None, named("请假")] = None
    clauses: Annotated[dict[str, str], named("条款")] = {}  # noqa: RUF012 - a pydantic field
    """Rules that have no number, each with its clause: `派遣顺序: 三（一）`. The names are the engine's (RULES)."""

    def source(self, clause: str) -> Source:
        """Return a clause of this policy's document as a source."""
        return Source(self.document, clause)

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
