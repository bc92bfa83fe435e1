"""The columns of a roster: Chinese names, other spellings, and what their cells hold."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from xiaxiang.load.cells import serial_day
from xiaxiang.model.condition import parse_condition
from xiaxiang.model.indicator import IndicatorKind, parse_bound
from xiaxiang.model.scalar import ScalarError, half_width, parse_count, parse_day, parse_yes_no
from xiaxiang.model.sheet import ColumnKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date
    from fractions import Fraction

    from xiaxiang.model.indicator import Indicator
    from xiaxiang.model.policy import Policy
    from xiaxiang.model.roster import CellValue


__all__ = [
    "BATCH",
    "COUNT_ENDING",
    "DAYS_ENDING",
    "DEPARTMENT",
    "ENDS_ON",
    "FIXED",
    "ID",
    "NAME",
    "NUMBER_ENDING",
    "STARTS_ON",
    "VALUES",
    "ColumnKind",
    "column_names",
    "full_day",
    "parse_cell",
    "value_columns",
]

NAME, ID, DEPARTMENT, BATCH = "姓名", "工号", "科室", "批次"
STARTS_ON, ENDS_ON = "派驻开始", "派驻结束"
DAYS_ENDING, COUNT_ENDING, NUMBER_ENDING = "日期", "次数", "天数"

FIXED: Final[dict[str, tuple[str, ...]]] = {
    NAME: ("name", "名字", "人员姓名", "人员", "医师姓名", "下乡人员", "派驻人员"),
    ID: ("id", "编号", "职工号", "人员编号", "员工编号", "员工号", "工作证号"),
    DEPARTMENT: ("department", "部门", "科室名称", "所在科室", "所属科室", "派出科室", "部门名称", "科别"),
    BATCH: ("batch", "下乡批次", "派驻批次"),
    STARTS_ON: ("starts_on", "派驻开始日期", "开始日期", "派驻起", "下乡开始日期", "下乡开始", "下乡起"),
    ENDS_ON: ("ends_on", "派驻结束日期", "结束日期", "派驻止", "下乡结束日期", "下乡结束", "下乡止"),
}
"""Columns that say whose row it is and which posting, with their other spellings."""

VALUES: Final[dict[str, tuple[ColumnKind, tuple[str, ...]]]] = {
    "授课日期": (ColumnKind.DAYS, ("lecture_dates", "授课时间", "讲课日期")),
    "授课次数": (ColumnKind.COUNT, ("lectures", "讲课次数")),
    "查房日期": (ColumnKind.DAYS, ("round_dates", "查房时间", "教学查房日期")),
    "查房次数": (ColumnKind.COUNT, ("rounds", "教学查房次数")),
    "出勤天数": (ColumnKind.NUMBER, ("attended_days", "实际出勤天数", "实出勤天数", "实出勤", "实际出勤", "出勤")),
    "应出勤天数": (ColumnKind.NUMBER, ("required_days", "应出勤", "应到天数")),
    "考核表交表日期": (ColumnKind.DAY, ("task_sheet_on", "交表日期", "考核表日期")),
    "总结日期": (ColumnKind.DAY, ("summary_on", "下乡总结日期")),
    "审核日期": (ColumnKind.DAY, ("reviewed_on", "医务部审核日期")),
}
"""Columns that every roster may have."""

MEMBER_COLUMNS: Final = ("职称", "职级", "专业")
"""What a table of teams says of each member."""

NOT_HANDED_IN: Final = "未交"
_NOT_HANDED_IN: Final = frozenset({NOT_HANDED_IN, "没交", "未报", "没有报", "未上交", "未上报", "×"})
_BETWEEN: Final = re.compile(r"[;；、,，\s]+")
_SPACED: Final = re.compile(r"\s*([年月])\s*|\s+(?=[日号])")


def value_columns(policy: Policy) -> dict[str, ColumnKind]:
    """Return the value columns of a roster under `policy`: the usual ones, and those that its items and sums name."""
    columns = {name: kind for name, (kind, _) in VALUES.items()}
    for item in policy.assessment.indicators if policy.assessment else ():
        for name, kind in _columns_of(item):
            # 未交 may stand where a deadline is looked at, also in a column that every roster has.
            columns[name] = kind if kind is ColumnKind.HANDED_IN else columns.get(name, kind)
    if policy.assessment and policy.assessment.recommended:
        columns[policy.assessment.recommended] = ColumnKind.TEXT
    funds = {one.name for one in policy.funding.funds}
    for unit in policy.funding.per_unit:
        columns.setdefault(unit.column, ColumnKind.NUMBER)
        columns.update({name: columns.get(name, kind) for name, kind in _columns_of_condition(unit.applies_to)})
    for fund in policy.funding.funds:
        if fund.base not in funds:
            columns.setdefault(fund.base, ColumnKind.NUMBER)
    return columns


def _columns_of(item: Indicator) -> Iterator[tuple[str, ColumnKind]]:
    """Yield the columns of one item with what they hold."""
    measured = item.column or item.name
    match item.kind:
        case IndicatorKind.COUNT | IndicatorKind.DAYS:
            yield measured + DAYS_ENDING, ColumnKind.DAYS
            yield measured + COUNT_ENDING, ColumnKind.COUNT
            yield measured + NUMBER_ENDING, ColumnKind.NUMBER
        case IndicatorKind.RATE:
            for name in (item.numerator, item.denominator):
                if name:
                    yield name, ColumnKind.NUMBER
        case IndicatorKind.VALUE | IndicatorKind.SCORE:
            yield measured, ColumnKind.NUMBER
        case IndicatorKind.YES_NO:
            yield measured, ColumnKind.YES_NO
        case IndicatorKind.LEVEL:
            yield measured, ColumnKind.TEXT
        case IndicatorKind.DEADLINE:
            yield item.column or item.name + DAYS_ENDING, ColumnKind.HANDED_IN
        case IndicatorKind.COMPOSITION:
            yield from dict.fromkeys(MEMBER_COLUMNS, ColumnKind.TEXT).items()
    yield from _columns_of_condition(item.applies_to)


def _columns_of_condition(applies_to: Mapping[str, str]) -> Iterator[tuple[str, ColumnKind]]:
    """Yield the columns that 适用 names: numbers where it says `1000人以下`, else words."""
    for name, words in applies_to.items():
        yield name, ColumnKind.TEXT if parse_condition(words) is None else ColumnKind.NUMBER


def column_names(policy: Policy) -> dict[str, str]:
    """Return every spelling of every column → its Chinese name."""
    names = {name: name for name in value_columns(policy)}
    for table in (FIXED, {name: also for name, (_, also) in VALUES.items()}):
        for name, also in table.items():
            names.update(dict.fromkeys((name, *also), name))
    return names


def parse_cell(text: str, kind: ColumnKind, day: Callable[[str], date]) -> CellValue:
    """Return the value of a cell. `day` reads one day, without its year too. Raises ScalarError."""
    if kind is ColumnKind.DAYS:
        days = tuple(day(part) for part in _BETWEEN.split(_SPACED.sub(r"\1", text.strip())) if part)
        if not days:
            raise ScalarError("bad-date", f"“{text}”不是日期", "几个日期之间用“；”隔开")
        return days
    if kind is ColumnKind.DAY or (kind is ColumnKind.HANDED_IN and text.strip() not in _NOT_HANDED_IN):
        return day(text)
    return _READERS[kind](text)


def _number(text: str) -> CellValue:
    value: Fraction = parse_bound(text)
    return value.numerator if value.denominator == 1 else value


_READERS: Final[dict[ColumnKind, Callable[[str], CellValue]]] = {
    ColumnKind.COUNT: parse_count,
    ColumnKind.NUMBER: _number,
    ColumnKind.YES_NO: parse_yes_no,
    ColumnKind.HANDED_IN: lambda _: NOT_HANDED_IN,
    ColumnKind.TEXT: str,
}


def full_day(text: str) -> date:
    """Return the day that a text with its year, or an Excel serial number, names. Raises ScalarError."""
    return serial_day(text) or parse_day(half_width(text))
