"""计时: the ways in which a policy counts the days of service: what is added up, over what, and how much is enough."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, TypeVar

from xiaxiang.model.entry import named, scalar
from xiaxiang.model.parameter import CountParameter, Section
from xiaxiang.model.scalar import ScalarError
from xiaxiang.model.similar import nearest_hint

W = TypeVar("W", bound=StrEnum)


class ClockKind(StrEnum):
    """算法: what a clock adds up, and over which time."""

    CAREER_MONTHS = "累计月数"
    CAREER_DAYS = "累计天数"
    YEAR_DAYS = "自然年天数"
    QUARTER_DAYS = "季度天数"
    TERM = "本期"

    @property
    def english(self) -> str:
        """The name in machine output."""
        return self.name.lower()

    @property
    def unit(self) -> str:
        """What the clock counts in."""
        return "个月" if self is ClockKind.CAREER_MONTHS else "天"


class Counting(StrEnum):
    """计法: whether both ends of a span count (1 July to 31 December is 184), or their difference (183)."""

    BOTH_ENDS = "含首尾"
    DIFFERENCE = "按差"


class Records(StrEnum):
    """单次或累计: whether one record alone must reach the bound, or all of them together."""

    SINGLE = "单次"
    SUMMED = "累计"


def _word(words: type[W], text: str) -> W:
    try:
        return words(text.strip())
    except ValueError:
        legal = "可以写 " + "、".join(words)
        raise ScalarError("unknown-word", f"没有“{text}”这种写法", nearest_hint(text, words, legal)) from None


def parse_clock_kind(text: str) -> ClockKind:
    """Return the 算法 of a clock that `text` names. Raises ScalarError."""
    return _word(ClockKind, text)


def parse_counting(text: str) -> Counting:
    """Return the 计法 that `text` names. Raises ScalarError."""
    return _word(Counting, text)


def parse_records(text: str) -> Records:
    """Return whether `text` says 单次 or 累计. Raises ScalarError."""
    return _word(Records, text)


class Clock(Section):
    """计时: one clock. Its bound is in months or days, as its 算法 counts; without one nothing can be met.

    本期 has no bound of its own: a posting is measured against the days of its batch.
    """

    name: Annotated[str, named("名称")]
    kind: Annotated[ClockKind, scalar(parse_clock_kind), named("算法")]
    at_least: Annotated[CountParameter | None, named("至少", "不少于")] = None
    counting: Annotated[Counting, scalar(parse_counting), named("计法")] = Counting.BOTH_ENDS
    records: Annotated[Records, scalar(parse_records), named("单次或累计")] = Records.SUMMED
