"""The columns of a roster: Chinese names, other spellings, and what their cells hold."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from xiaxiang.load.cells import serial_day
from xiaxiang.model.indicator import IndicatorKind
from xiaxiang.model.scalar import ScalarError, half_width, parse_count, parse_day, parse_number
from xiaxiang.model.sheet import ColumnKind

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

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
    STARTS_ON: ("starts_on", "派驻开始日期", "开始日期", "派驻起", "下乡开始日期"),
    ENDS_ON: ("ends_on", "派驻结束日期", "结束日期", "派驻止", "下乡结束日期"),
}
"""Columns that say whose row it is and which posting, with their other spellings."""

VALUES: Final[dict[str, tuple[ColumnKind, tuple[str, ...]]]] = {
    "授课日期": (ColumnKind.DAYS, ("lecture_dates", "授课时间", "讲课日期")),
    "授课次数": (ColumnKind.COUNT, ("lectures", "讲课次数")),
    "查房日期": (ColumnKind.DAYS, ("round_dates", "查房时间")),
    "查房次数": (ColumnKind.COUNT, ("rounds", "教学查房次数")),
    "出勤天数": (ColumnKind.NUMBER, ("attended_days", "实际出勤天数", "实出勤天数", "出勤")),
    "应出勤天数": (ColumnKind.NUMBER, ("required_days", "应出勤", "应到天数")),
    "考核表交表日期": (ColumnKind.DAY, ("task_sheet_on", "交表日期", "考核表日期")),
    "总结日期": (ColumnKind.DAY, ("summary_on", "下乡总结日期")),
    "审核日期": (ColumnKind.DAY, ("reviewed_on", "医务部审核日期")),
}
"""Columns that every roster may have."""

_BETWEEN: Final = re.compile(r"[;；、,，\s]+")
_SPACED: Final = re.compile(r"\s*([年月])\s*|\s+(?=[日号])")


def value_columns(policy: Policy) -> dict[str, ColumnKind]:
    """Return the value columns of a roster under `policy`: the usual ones, and those that its items name."""
    columns = {name: kind for name, (kind, _) in VALUES.items()}
    for item in policy.assessment.indicators if policy.assessment else ():
        columns.setdefault(item.name + DAYS_ENDING, ColumnKind.DAYS)
        columns.setdefault(item.name + COUNT_ENDING, ColumnKind.COUNT)
        columns.setdefault(item.name + NUMBER_ENDING, ColumnKind.NUMBER)
        if item.kind is IndicatorKind.VALUE:
            columns.setdefault(item.name, ColumnKind.NUMBER)
        for name in (item.numerator, item.denominator):
            if name:
                columns.setdefault(name, ColumnKind.NUMBER)
    return columns


def column_names(policy: Policy) -> dict[str, str]:
    """Return every spelling of every column → its Chinese name."""
    names = {name: name for name in value_columns(policy)}
    for table in (FIXED, {name: also for name, (_, also) in VALUES.items()}):
        for name, also in table.items():
            names.update(dict.fromkeys((name, *also), name))
    return names


def parse_cell(text: str, kind: ColumnKind, day: Callable[[str], date]) -> CellValue:
    """Return the value of a cell. `day` reads one day, without its year too. Raises ScalarError."""
    match kind:
        case ColumnKind.DAYS:
            days = tuple(day(part) for part in _BETWEEN.split(_SPACED.sub(r"\1", text.strip())) if part)
            if not days:
                raise ScalarError("bad-date", f"“{text}”不是日期", "几个日期之间用“；”隔开")
            return days
        case ColumnKind.DAY:
            return day(text)
        case ColumnKind.COUNT:
            return parse_count(text)
        case ColumnKind.NUMBER:
            value = parse_number(text)
            return value.numerator if value.denominator == 1 else value
        case ColumnKind.TEXT:
            return text


def full_day(text: str) -> date:
    """Return the day that a text with its year, or an Excel serial number, names. Raises ScalarError."""
    return serial_day(text) or parse_day(half_width(text))
