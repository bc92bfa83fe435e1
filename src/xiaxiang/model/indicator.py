"""项目与结论: what a policy assesses, and what follows from it."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any, Final

from xiaxiang.model.entry import named, scalar
from xiaxiang.model.parameter import (
    CountParameter,
    MoneyParameter,
    Parameter,
    RankParameter,
    RateParameter,
    Section,
    WordParameter,
    YesNoParameter,
    parameter,
)
from xiaxiang.model.scalar import (
    ScalarError,
    half_width,
    parse_number,
    parse_rate,
)
from xiaxiang.model.similar import nearest_hint


class IndicatorKind(StrEnum):
    """算法: how an item is measured."""

    COUNT = "次数"
    DAYS = "天数"
    RATE = "比率"
    VALUE = "数值"
    DEADLINE = "期限"
    SCORE = "评分"
    COMPOSITION = "构成"
    YES_NO = "是否"
    LEVEL = "级别"

    @property
    def english(self) -> str:
        """The name in machine output."""
        return _ENGLISH[self]


_ENGLISH: Final = {
    IndicatorKind.COUNT: "count",
    IndicatorKind.DAYS: "days",
    IndicatorKind.RATE: "rate",
    IndicatorKind.VALUE: "value",
    IndicatorKind.DEADLINE: "deadline",
    IndicatorKind.SCORE: "score",
    IndicatorKind.COMPOSITION: "composition",
    IndicatorKind.YES_NO: "yes-no",
    IndicatorKind.LEVEL: "level",
}


class Window(StrEnum):
    """每: the span in which a bound must hold, each one anew. 次 is one stay: days that follow one another."""

    WEEK = "周"
    WEEKEND = "周末"
    FORTNIGHT = "两周"
    MONTH = "月"
    TWO_MONTHS = "两月"
    QUARTER = "季度"
    HALF_YEAR = "半年"
    YEAR = "年"
    STAY = "次"


_WINDOWS: Final = {
    **{one.value: one for one in Window},
    "星期": Window.WEEK,
    "双周": Window.FORTNIGHT,
    "2周": Window.FORTNIGHT,
    "两个月": Window.TWO_MONTHS,
    "双月": Window.TWO_MONTHS,
    "2个月": Window.TWO_MONTHS,
    "季": Window.QUARTER,
    "年度": Window.YEAR,
    "趟": Window.STAY,
}


WINDOW_WORDS: Final = (*_WINDOWS, *(f"每{word}" for word in _WINDOWS))
"""Every word that `parse_window` reads."""


def parse_window(text: str) -> Window:
    """Return the span that `text` names (`月`, `每季度`, `两周`). Raises ScalarError."""
    word = half_width(text).strip().removeprefix("每")
    window = _WINDOWS.get(word) or _WINDOWS.get(word.removeprefix("个"))
    if window is None:
        raise ScalarError(
            "unknown-word",
            f"“{text}”不是期间",
            nearest_hint(text, _WINDOWS, "写 周、周末、两周、月、两月、季度、半年、年、次"),
        )
    return window


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
WindowParameter = Annotated[Parameter[Window], parameter(parse_window)]


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
    per_units: Annotated[BoundParameter | None, named("单位量")] = None
    """For a rate: the denominator's unit (10000: per ten thousand inhabitants)."""
    per: Annotated[WindowParameter | None, named("每", "每期")] = None
    not_after: Annotated[WordParameter | None, named("不晚于", "截止")] = None
    full_score: Annotated[BoundParameter | None, named("满分")] = None
    points_off: Annotated[BoundParameter | None, named("每缺扣分", "扣分")] = None
    weight: Annotated[BoundParameter | None, named("权重")] = None
    members: Annotated[CountParameter | None, named("人数至少", "人数不少于")] = None
    lowest_rank: Annotated[RankParameter | None, named("最低职称")] = None
    specialties: Annotated[dict[str, CountParameter], named("专业各", "各专业")] = {}  # noqa: RUF012 - a pydantic field
    expected: Annotated[YesNoParameter | None, named("应为")] = None
    grade_cap: Annotated[WordParameter | None, named("封顶", "未完成最高等级")] = None
    """The best grade that a subject can have while this item is not met."""
    applies_to: Annotated[dict[str, str], named("适用")] = {}  # noqa: RUF012 - a pydantic field
    """Column → its values (separated by 、) of the rows that the item is about; empty: all rows."""
    under: Annotated[dict[str, str], named("口径")] = {}  # noqa: RUF012 - a pydantic field
    """口径 → the value under which the item holds: how a clause with several readings is written down."""
    each: Annotated[BoundParameter | None, named("每次计", "每个计")] = None
    """For 数值: what one of the column counts for (0.5 credits a session); none: the column is the value."""
    levels: Annotated[tuple[str, ...], named("从低到高")] = ()
    """For 级别: the words of the ladder, the lowest first; other spellings of one after a slash (本科/大学本科)."""
    lowest_level: Annotated[WordParameter | None, named("不低于")] = None
    column: Annotated[str, named("列", "取自")] = ""
    """The column that is measured where it is not named after the item."""
    subject: Annotated[str, named("对象")] = ""


class ConsecutiveYears(Section):
    """连续: what follows when the same grade is given so many years in a row."""

    years: Annotated[CountParameter, named("年数", "连续年数")]
    follows: Annotated[tuple[str, ...], named("后果", "结果")] = ()
    withheld: Annotated[dict[str, RateParameter], named("扣减")] = {}  # noqa: RUF012 - a pydantic field


class Grade(Section):
    """等级: a grade, from which score on, and what follows from it. Best first."""

    name: Annotated[str, named("名称", "等级")]
    at_least: Annotated[BoundParameter | None, named("不低于")] = None
    unmet_at_most: Annotated[CountParameter | None, named("未完成至多")] = None
    withheld: Annotated[dict[str, RateParameter], named("扣减")] = {}  # noqa: RUF012 - a pydantic field
    """经费.基金 → the share of it that is withheld."""
    reward: Annotated[MoneyParameter | None, named("奖励")] = None
    follows: Annotated[tuple[str, ...], named("后果", "结果")] = ()
    consecutive: Annotated[tuple[ConsecutiveYears, ...], named("连续")] = ()


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
    conclusions: Annotated[tuple[Conclusion, ...], named("结论")] = ()
    grades: Annotated[tuple[Grade, ...], named("等级")] = ()
    recommended: Annotated[str, named("推荐等级列", "等级取自列")] = ""
    """The column with the grade that somebody recommends, where it is not worked out; caps hold all the same."""
