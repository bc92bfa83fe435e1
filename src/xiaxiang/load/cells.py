"""What Excel does to cells: serial days, months for batches, ruined numbers. Undone aloud where that is certain."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from xiaxiang.model.diagnostic import Diagnostic, error, note
from xiaxiang.model.position import Position
from xiaxiang.model.scalar import ScalarError, half_width, parse_day

if TYPE_CHECKING:
    from xiaxiang.load.files import Reader
    from xiaxiang.load.yaml import Scalar

_EPOCH: Final = date(1899, 12, 30)  # Excel's day 0, as its day 60 (29 February 1900) never was
_SERIAL: Final = re.compile(r"[2-7]\d{4}")  # 1954 to 2118
_RUINED: Final = re.compile(r"\d(?:\.\d+)?[eE]\+\d{2}")
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ENGLISH_MONTH: Final = re.compile(r"(?P<month>[A-Za-z]{3})-(?P<year>\d{2})")
_CENTURY: Final = 2000
_CHINESE_MONTH: Final = re.compile(r"(?P<year>\d{4})年(?P<month>\d{1,2})月")


def place(file: str, cell: Scalar) -> Position:
    """Return where a cell stands."""
    return Position(file, cell.line, cell.column, cell.end_column)


def is_ruined(text: str) -> bool:
    """Whether Excel has cut a long number down (`5.1E+17`): its last digits are lost."""
    return _RUINED.fullmatch(text.strip()) is not None


def serial_day(text: str) -> date | None:
    """Return the day that an Excel serial number of the 1900 system stands for, or None for other text."""
    plain = half_width(text).strip().removesuffix(".0")
    return _EPOCH + timedelta(days=int(plain)) if _SERIAL.fullmatch(plain) else None


def day_cell(reader: Reader, file: str, cell: Scalar) -> Scalar:
    """Return the cell of a day, a serial number read back with a note."""
    day = serial_day(cell.text)
    if day is None:
        return cell
    message = f"“{cell.text}”是 Excel 的日期序号，按 {day.isoformat()} 读"
    reader.report(note("excel-serial", message, "不对的话，写成 2024-01-02 这样", place(file, cell)))
    return replace(cell, text=day.isoformat())


def _month(text: str) -> tuple[int, int, date | None] | None:
    """Return year, month and (where the cell is a whole date) the day that Excel made of `2024-1`, or None."""
    plain = half_width(text).strip()
    if match := _CHINESE_MONTH.fullmatch(plain):
        return int(match["year"]), int(match["month"]), None
    if (match := _ENGLISH_MONTH.fullmatch(plain)) and match["month"].lower() in _MONTHS:
        return _CENTURY + int(match["year"]), _MONTHS.index(match["month"].lower()) + 1, None
    try:
        day = serial_day(plain) or parse_day(plain)
    except ScalarError:
        return None
    return (day.year, day.month, day) if day.day == 1 else None


def batch_cell(reader: Reader, file: str, cell: Scalar) -> Scalar | Diagnostic:
    """Return the cell of a batch, a month that Excel made of it read back with a note.

    An error where the day is also some batch's handover: then the day itself may have been meant.
    """
    found = _month(cell.text)
    if found is None:
        return cell
    year, month, day = found
    write = f"写成 {year}年第{month}批 这样"
    if day is not None and reader.is_handover(day):
        message = f"“{cell.text}”可能是 {year}-{month}，也可能是在这一天交接的批次"
        return error("ambiguous-batch", message, write, place(file, cell))
    message = f"“{cell.text}”是 Excel 把批次改成的日期，按 {year}-{month} 读"
    reader.report(note("batch-from-date", message, f"不对的话，{write}", place(file, cell)))
    return replace(cell, text=f"{year}-{month}")


def read_back(
    reader: Reader, file: str, cell: Scalar, *, is_day: bool = False, is_batch: bool = False
) -> Scalar | Diagnostic:
    """Return a cell with what Excel did to it undone, or the error where that cannot be."""
    if is_ruined(cell.text):
        message = f"“{cell.text}”是 Excel 截断的长数字，后几位已经丢失"
        hint = "在 Excel 里把这一列设为“文本”，重新输入完整的数字"
        return error("ruined-number", message, hint, place(file, cell))
    if is_day:
        return day_cell(reader, file, cell)
    return batch_cell(reader, file, cell) if is_batch else cell
