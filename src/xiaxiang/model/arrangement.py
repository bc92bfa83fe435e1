"""轮换方式: departments queue as such, or each specialty of a fixed composition has a queue of its own."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

from xiaxiang.model.parameter import Parameter, parameter
from xiaxiang.model.scalar import ScalarError, parse_day
from xiaxiang.model.similar import nearest_hint


class Arrangement(StrEnum):
    """方式: how the slots of a batch are filled."""

    QUEUE = "科室排队"
    SPECIALTIES = "专业组合"


def parse_arrangement(text: str) -> Arrangement:
    """Return the 方式 that `text` names. Raises ScalarError."""
    try:
        return Arrangement(text.strip())
    except ValueError:
        legal = "方式有 " + "、".join(Arrangement)
        raise ScalarError("unknown-word", f"方式没有“{text}”这种写法", nearest_hint(text, Arrangement, legal)) from None


def parse_days(text: str) -> tuple[date, ...]:
    """Return the days in `text`, ascending (`2024-03-04、2024-09-02`). Raises ScalarError."""
    words = [word for word in text.replace("，", "、").replace(",", "、").split("、") if word.strip()]
    if not words:
        raise ScalarError("empty-value", "这里没有写内容", "写上日期，例如 [2024-03-04, 2024-09-02]")
    return tuple(sorted({parse_day(word) for word in words}))


ArrangementParameter = Annotated[Parameter[Arrangement], parameter(parse_arrangement)]
DaysParameter = Annotated[Parameter[tuple[date, ...]], parameter(parse_days)]
