"""The columns of a roster: Chinese names, other spellings, and what their cells hold."""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import TYPE_CHECKING, Final

from xiaxiang.load.cells import serial_day
from xiaxiang.model.policy import IndicatorKind
from xiaxiang.model.scalar import ScalarError, half_width, parse_count, parse_day, parse_number

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from xiaxiang.model.policy import Policy
    from xiaxiang.model.roster import CellValue


class ColumnKind(Enum):
    """What the cells of a value column hold."""

    DAYS = auto()
    DAY = auto()
    COUNT = auto()
    NUMBER = auto()


NAME, ID, DEPARTMENT, BATCH = "姓名", "工号", "科室", "批次"
STARTS_ON, ENDS_ON = "派驻开始", "派驻结束"
DAYS_ENDING, COUNT_ENDING, NUMBER_ENDING = "日期", "次数", "天数"

FIXED: Final[dict[str, tuple[str, ...]]] = {
    NAME: ("name", "名字", "人员姓名", "人员"),
    ID: ("id", "编号", "职工号"),
    DEPARTMENT: ("department", "部门", "科室名称", "所在科室"),
    BATCH: ("batch", "下乡批次"),
    STARTS_ON: ("starts_on", "派驻开始日期", "开始日期"),
    ENDS_ON: ("ends_on", "派驻结束日期", "结束日期"),
}
"""Columns that say whose row it is and which posting, with their other spellings."""

VALUES: Final[dict[str, tuple[ColumnKind, tuple[str, ...]]]] = {
    "授课日期": (ColumnKind.DAYS, ("lecture_dates",)),
    "授课次数": (ColumnKind.COUNT, ("lectures",)),
    "查房日期": (ColumnKind.DAYS, ("round_dates",)),
    "查房次数": (ColumnKind.COUNT, ("rounds",)),
    "出勤天数": (ColumnKind.NUMBER, ("attended_days",)),
    "应出勤天数": (ColumnKind.NUMBER, ("required_days",)),
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


def full_day(text: str) -> date:
    """Return the day that a text with its year, or an Excel serial number, names. Raises ScalarError."""
    return serial_day(text) or parse_day(half_width(text))
