"""What Excel does to cells: serial days, months for batches, ruined numbers. Undone aloud where that is certain."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from xiaxiang.model.diagnostic import Diagnostic, error, note
from xiaxiang.model.position import Position
from xiaxiang.model.scalar import ScalarError, half_width, parse_day

if TYPE_CHECKING:
    from xiaxiang.load.files import Reader
    from xiaxiang.load.yaml import Scalar

EPOCH_1900: Final = date(1899, 12, 30)
"""Day 0 of Excel's usual count, as its day 60 (29 February 1900) never was."""
EPOCH_1904: Final = date(1904, 1, 1)
"""Day 0 of the count that Excel for Mac began with."""

_SERIAL: Final = re.compile(r"[2-7]\d{4}")  # 1954 to 2118
_RUINED: Final = re.compile(r"[+-]?\d(?:\.\d+)?E\+\d{2,3}")
_KEPT: Final = 15  # digits that Excel keeps of a number; the others become 0
_LONGEST_NUMBER: Final = 19  # digits of a bank card
_ID_DIGITS: Final = 18
_ID_CHECK: Final = 11  # GB 11643: weights 2^17 … 2^0 modulo 11 leave 1
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ENGLISH_MONTH: Final = re.compile(r"(?P<month>[A-Za-z]{3})-(?P<year>\d{2})")
_CENTURY: Final = 2000
_CHINESE_MONTH: Final = re.compile(r"(?P<year>\d{4})年(?P<month>\d{1,2})月")


def place(file: str, cell: Scalar) -> Position:
    """Return where a cell stands."""
    return Position(file, cell.line, cell.column, cell.end_column)


@dataclass(slots=True)
class Remarks:
    """Notes that a whole column can give rise to: said once, at the first cell, with how many follow."""

    file: str
    epoch: date = EPOCH_1900
    _first: dict[tuple[str, str], tuple[Diagnostic, int]] = field(default_factory=dict)

    def add(self, column: str, found: Diagnostic) -> None:
        """Keep a note about a cell of `column`."""
        first, count = self._first.get((column, found.code), (found, 0))
        self._first[column, found.code] = (first, count + 1)

    def report(self, reader: Reader) -> None:
        """Hand over what was kept."""
        for first, count in self._first.values():
            more = f"；这一列这样的共 {count} 格" if count > 1 else ""
            reader.report(replace(first, message=first.message + more))
        self._first.clear()


def is_ruined(text: str) -> bool:
    """Whether Excel has cut a long number down (`5.1E+17`, `510101199001010000`): its last digits are lost.

    A number of 16 digits and more that ends in zeros from the 16th on, and whose check digit is wrong, is taken
    for cut: an ID number or a bank card with such zeros and a right check digit is not.
    """
    if len(text) <= _KEPT and "+" not in text and "＋" not in text:
        return False
    plain = half_width(text).strip().upper()
    if _RUINED.fullmatch(plain):
        return True
    is_cut = _KEPT < len(plain) <= _LONGEST_NUMBER and plain.isascii() and plain.isdigit() and not int(plain[_KEPT:])
    return is_cut and not _is_checked(plain)


def _is_checked(digits: str) -> bool:
    """Whether the last digit is the check digit of an ID number, or of a bank card (Luhn)."""
    if len(digits) == _ID_DIGITS:
        return sum(int(digit) << power for power, digit in enumerate(reversed(digits))) % _ID_CHECK == 1
    doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits))]
    return sum(number // 10 + number % 10 for number in doubled) % 10 == 0


def serial_day(text: str, epoch: date = EPOCH_1900) -> date | None:
    """Return the day that an Excel serial number stands for, or None for other text."""
    plain = half_width(text).strip().removesuffix(".0")
    return epoch + timedelta(days=int(plain)) if _SERIAL.fullmatch(plain) else None


def serial_note(file: str, cell: Scalar, text: str, day: date) -> Diagnostic:
    """Return the note that a serial number in a cell was read as a day."""
    message = f"“{text}”是 Excel 的日期序号，按 {day.isoformat()} 读"
    return note("excel-serial", message, "不对的话，写成 2024-01-02 这样", place(file, cell))


def day_cell(remarks: Remarks, column: str, cell: Scalar) -> Scalar:
    """Return the cell of a day, a serial number read back with a note."""
    day = serial_day(cell.text, remarks.epoch)
    if day is None:
        return cell
    remarks.add(column, serial_note(remarks.file, cell, cell.text, day))
    return replace(cell, text=day.isoformat())


def _month(text: str, epoch: date) -> tuple[int, int, date | None] | None:
    """Return year, month and (where the cell is a whole date) the day that Excel made of `2024-1`, or None."""
    plain = half_width(text).strip()
    if match := _CHINESE_MONTH.fullmatch(plain):
        return int(match["year"]), int(match["month"]), None
    if (match := _ENGLISH_MONTH.fullmatch(plain)) and match["month"].lower() in _MONTHS:
        return _CENTURY + int(match["year"]), _MONTHS.index(match["month"].lower()) + 1, None
    try:
        day = serial_day(plain, epoch) or parse_day(plain)
    except ScalarError:
        return None
    return (day.year, day.month, day) if day.day == 1 else None


def batch_cell(reader: Reader, remarks: Remarks, column: str, cell: Scalar) -> Scalar | Diagnostic:
    """Return the cell of a batch, a month that Excel made of it read back with a note.

    An error where the day is also some batch's handover: then the day itself may have been meant.
    """
    found = _month(cell.text, remarks.epoch)
    if found is None:
        return cell
    year, month, day = found
    write = f"写成 {year}年第{month}批 这样"
    if day is not None and reader.is_handover(day):
        message = f"“{cell.text}”可能是 {year}-{month}，也可能是在这一天交接的批次"
        return error("ambiguous-batch", message, write, place(remarks.file, cell))
    message = f"“{cell.text}”是 Excel 把批次改成的日期，按 {year}-{month} 读"
    remarks.add(column, note("batch-from-date", message, f"不对的话，{write}", place(remarks.file, cell)))
    return replace(cell, text=f"{year}-{month}")


def read_back(
    reader: Reader, remarks: Remarks, column: str, cell: Scalar, *, is_day: bool = False, is_batch: bool = False
) -> Scalar | Diagnostic:
    """Return a cell of `column` with what Excel did to it undone, or the error where that cannot be."""
    if is_ruined(cell.text):
        message = f"“{cell.text}”是 Excel 截断的长数字，后几位已经丢失"
        hint = "在 Excel 里把这一列设为“文本”，重新输入完整的数字"
        return error("ruined-number", message, hint, place(remarks.file, cell))
    if is_day:
        return day_cell(remarks, column, cell)
    return batch_cell(reader, remarks, column, cell) if is_batch else cell
