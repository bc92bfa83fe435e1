"""项目与结论: what a policy assesses, and what follows from it."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

from xiaxiang.model.entry import named, scalar
from xiaxiang.model.parameter import (
    CountParameter,
    MoneyParameter,
    Parameter,
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
