"""Spreadsheets (CSV, Excel) → a header and rows of cells with positions.

`line` is the row's line in the file; columns are characters in that line of a CSV file. An Excel sheet is
shown to users as lines of cells with " | " between them, and its positions are places in that picture.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from xiaxiang.load.cells import EPOCH_1900
from xiaxiang.load.csv_text import SEPARATORS, placed, rows_of, separator_of
from xiaxiang.load.files import Reader
from xiaxiang.load.header import Header, Row, find_header
from xiaxiang.model.diagnostic import Diagnostic, error, note
from xiaxiang.model.position import Position
from xiaxiang.model.sheet import TypedRow

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

CELL_LIMIT: Final = 3_000_000
EXCEL_SUFFIXES: Final = frozenset({".xlsx", ".xls"})
_FOOTER: Final = re.compile(
    r"(?:合计|总计|小计|共计)(?:人数)?|(?:备注|注|说明|制表人?|填表人?|审核人?|负责人签字)[:：].*"
)


@dataclass(slots=True)
class Table:
    """A sheet: its file as users know it, the header and the filled rows below it.

    `epoch` is day 0 of its serial numbers, `separator` what stands between the cells of a CSV file.
    """

    file: str
    header: Row
    rows: list[Row]
    epoch: date = EPOCH_1900
    separator: str = ","


def read_table(reader: Reader, path: Path, known: Mapping[str, str], at: Position | None = None) -> Table | None:
    """Return the table in `path`; None, with findings, where it cannot be read. `known` finds the header."""
    file = reader.shown(path)
    epoch, separator = EPOCH_1900, SEPARATORS[0]
    if path.suffix.lower() in EXCEL_SUFFIXES:
        from xiaxiang.load.excel import read_sheet  # noqa: PLC0415 - only where somebody has such a file

        sheet = read_sheet(reader, path, at)
        rows = None if sheet is None else sheet.rows
        epoch = epoch if sheet is None else sheet.epoch
    else:
        text = reader.text_of(path, at)
        rows = None if text is None else read_csv(reader, text, file)
        separator = separator_of((text or "").split("\n"))
    if rows is None:
        return None
    filled = [row for row in rows if not row.is_empty]
    if not filled:
        reader.report(error("empty-table", f"“{file}”里没有内容", "第一行写列名", Position(file, 1, 1, 1)))
        return None
    header = find_header(filled, known)
    report_joined(reader, file, header)
    return Table(file, header.row, _without_footers(reader, file, filled[header.ends :]), epoch, separator)


def typed_rows(path: Path) -> list[TypedRow] | None:
    """Return every row of a table as it was typed, empty and unreadable ones too; None where it cannot be read."""
    reader = Reader(root=path.parent, here=Path(), allow_outside=True)
    if path.suffix.lower() in EXCEL_SUFFIXES:
        from xiaxiang.load.excel import read_sheet  # noqa: PLC0415 - only where somebody has such a file

        sheet = read_sheet(reader, path)
        return [_typed(row, tuple(cell.text for cell in row.cells)) for row in sheet.rows] if sheet else None
    text = reader.text_of(path)
    if text is None:
        return None
    lines = text.split("\n")
    separator = separator_of(lines)
    typed = []
    for line, cells in rows_of(lines, separator):
        texts = cells if cells is not None else [lines[line - 1]]
        places = Row(line, placed(texts, lines[line - 1], line, separator))
        typed.append(_typed(places, tuple(texts)))
    return typed


def _typed(row: Row, texts: tuple[str, ...]) -> TypedRow:
    return TypedRow(row.line, texts, tuple(cell.column for cell in row.cells))


def report_joined(reader: Reader, file: str, header: Header) -> None:
    """Say which columns took their names from two rows of the header."""
    if header.joined:
        names = "、".join(f"“{cell.text}”" for cell in header.joined)
        first = header.joined[0]
        at = Position(file, first.line, first.column, first.end_column)
        reader.report(note("joined-header", f"列名分两行写，上下合起来读作 {names}", "不对就把列名写成一行", at))


def _without_footers(reader: Reader, file: str, rows: list[Row]) -> list[Row]:
    """Return the rows without totals and signatures (合计, 制表人：…), which are named in a note."""
    kept: list[Row] = []
    for row in rows:
        first = next(cell for cell in row.cells if cell.text)
        if is_footer(first.text):
            at = Position(file, row.line, first.column, first.end_column)
            reader.report(note("footer-skipped", f"“{first.text}”这一行是合计或签字，没有读", "不用管", at))
        else:
            kept.append(row)
    return kept


def is_footer(first: str) -> bool:
    """Whether a row that begins with this text is a total or a signature (合计, 制表人：…)."""
    return _FOOTER.fullmatch("".join(first.split())) is not None


def read_csv(reader: Reader, text: str, file: str) -> list[Row] | None:
    """Return the rows of a CSV text; a row that cannot be read is left out aloud."""
    if text.count("\n") + max(text.count(sign) for sign in SEPARATORS) > CELL_LIMIT:
        reader.report(error("too-large", f"“{file}”超过 {CELL_LIMIT:,} 格", "拆成几个文件", Position(file, 1, 1, 1)))
        return None
    lines = text.split("\n")
    separator = separator_of(lines)
    rows: list[Row] = []
    for line, cells in rows_of(lines, separator):
        if cells is None:
            reader.report(bad_csv(file, line, lines[line - 1]))
        elif cells:
            rows.append(Row(line, placed(cells, lines[line - 1], line, separator)))
    return rows


def bad_csv(file: str, line: int, text: str = "") -> Diagnostic:
    """Return the error that a row cannot be read."""
    at = Position(file, line, 1, max(2, len(text) + 1))
    message = "这一行的引号没有配对，或一格太长"
    hint = '补上缺的引号；格里有引号时写成两个“""”'
    return error("bad-csv", message, hint, at, left_out=f"“{file}”第 {line} 行")
