"""Columns of a 下乡名册 by the words that clerks use: which column holds a measure, and which shows a paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from xiaxiang.model.indicator import IndicatorKind

if TYPE_CHECKING:
    from xiaxiang.model.indicator import Indicator

STARTS_ON: Final = "派驻开始"
ENDS_ON: Final = "派驻结束"
ATTENDED_DAYS: Final = "出勤天数"
REQUIRED_DAYS: Final = "应出勤天数"
DATES_SUFFIX: Final = "日期"
NUMBER_SUFFIX: Final = {IndicatorKind.COUNT: "次数", IndicatorKind.DAYS: "天数"}

PAPER_COLUMNS: Final = {
    "任务考核表": "考核表交表日期",
    "下乡总结": "总结日期",
    "医务部审核": "审核日期",
}


def columns_of(indicator: Indicator) -> tuple[str, ...]:
    """Return the columns that an item is measured from."""
    if indicator.kind is IndicatorKind.RATE:
        return indicator.numerator, indicator.denominator
    if indicator.kind is IndicatorKind.DEADLINE:
        return (indicator.column or indicator.name + DATES_SUFFIX,)
    if indicator.kind is IndicatorKind.COMPOSITION:
        return ()
    measured = indicator.column or indicator.name
    if indicator.kind in NUMBER_SUFFIX:
        return measured + DATES_SUFFIX, measured + NUMBER_SUFFIX[indicator.kind]
    return (measured,)


def paper_column(paper: str) -> str:
    """Return the column whose day shows that a paper of 发放前提 is in."""
    return PAPER_COLUMNS.get(paper, paper + DATES_SUFFIX)
