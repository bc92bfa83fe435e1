"""Excel sheets through calamine, looked at before they are opened: a small file can hold a gigabyte."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from xiaxiang.load.tables import CELL_LIMIT, JOINT, Row
from xiaxiang.load.yaml import Scalar
from xiaxiang.model.diagnostic import error
from xiaxiang.model.position import Position

if TYPE_CHECKING:
    from pathlib import Path

    from xiaxiang.load.files import Reader

UNPACKED_LIMIT: Final = 128 * 1024 * 1024
_CELL: Final = re.compile(rb'<(?:\w+:)?c [^>]*?\br="([A-Z]{1,3})(\d{1,7})"')
_ROW: Final = re.compile(rb'<(?:\w+:)?row [^>]*?\br="(\d{1,7})"')
_A: Final = ord("A") - 1
_LETTERS: Final = 26
_EXACT: Final = 10**15  # a float holds whole numbers exactly up to here; Excel keeps 15 digits


def read_sheet(reader: Reader, path: Path, at: Position | None = None) -> list[Row] | None:
    """Return the rows of the first sheet of an .xlsx or .xls file; None, with a finding, where it cannot be read."""
    import python_calamine  # noqa: PLC0415 - only where somebody has such a file

    file = reader.shown(path)
    data = reader.bytes_of(path, at)
    if data is None:
        return None
    start = Position(file, 1, 1, 1)
    if data.startswith(b"PK") and (why := _too_large(data)):
        reader.report(error("too-large", f"“{file}”{why}", "删去表格以外多余的行、列和工作表，另存后再试", start))
        return None
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        values = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except BaseException as bad:  # a panic of the Rust library derives from nothing less
        if isinstance(bad, (KeyboardInterrupt, SystemExit)):
            raise
        reader.report(error("bad-excel", f"“{file}”不是完好的 Excel 文件", "用 Excel 打开，另存为 .xlsx 后再试", start))
        return None
    rows = [_row(number, [cell_text(value) for value in cells]) for number, cells in enumerate(values, 1)]
    reader.texts[file] = "\n".join(JOINT.join(cell.text for cell in row.cells) for row in rows)
    return rows


def _row(number: int, texts: list[str]) -> Row:
    cells: list[Scalar] = []
    column = 1
    for text in texts:
        cells.append(Scalar(text, number, column, column + max(len(text), 1), quoted=True))
        column += len(text) + len(JOINT)
    return Row(number, cells)


def cell_text(value: object) -> str:
    """Return what a person would have typed for the value of a cell, on one line."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        if value.is_integer() and abs(value) < _EXACT:
            return str(int(value))
        return f"{value:.15g}".upper()
    if isinstance(value, datetime):
        return value.isoformat(sep=" ").removesuffix(" 00:00:00")
    if isinstance(value, date):
        return value.isoformat()
    return " ".join(str(value).split())


def _too_large(data: bytes) -> str:
    """Return why a packed sheet is not opened: what it unpacks to, or how far out its cells lie; "" if it may be."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            parts = packed.infolist()
            if sum(part.file_size for part in parts) > UNPACKED_LIMIT:
                return f"解开后超过 {UNPACKED_LIMIT // (1024 * 1024)} MB"
            for part in parts:
                if part.filename.startswith("xl/worksheets/") and part.filename.endswith(".xml"):
                    with packed.open(part) as stream:
                        sheet = stream.read(UNPACKED_LIMIT + 1)
                    if len(sheet) > UNPACKED_LIMIT or _area(sheet) > CELL_LIMIT:
                        return f"的单元格分布太广，超过 {CELL_LIMIT:,} 格"
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError):
        return ""  # calamine will say that it is broken
    return ""


def _area(sheet: bytes) -> int:
    last_row = last_column = 1
    for match in _CELL.finditer(sheet):
        column = 0
        for letter in match[1]:
            column = column * _LETTERS + letter - _A
        last_column = max(last_column, column)
        last_row = max(last_row, int(match[2]))
    last_row = max(last_row, *(int(match[1]) for match in _ROW.finditer(sheet)), 1)
    return last_row * last_column
