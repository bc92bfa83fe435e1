"""Spreadsheets (CSV, Excel) → a header and rows of cells with positions.

`line` is the row's line in the file; columns are characters in that line of a CSV file. An Excel sheet is
shown to users as lines of cells with " | " between them, and its positions are places in that picture.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from statistics import median_low
from typing import TYPE_CHECKING, Final

from xiaxiang.load.cells import EPOCH_1900
from xiaxiang.load.yaml import Scalar
from xiaxiang.model.diagnostic import error, note
from xiaxiang.model.position import Position
from xiaxiang.model.scalar import half_width

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date
    from pathlib import Path

    from xiaxiang.load.files import Reader

CELL_LIMIT: Final = 3_000_000
HEADER_WITHIN: Final = 10
"""Titles may stand above the header, which is looked for in this many rows."""

EXCEL_SUFFIXES: Final = frozenset({".xlsx", ".xls"})
_SEPARATORS: Final = (",", ";", "\t", "，")
_QUOTED_CELL: Final = r'(?:"(?:[^"]|"")*"|[^{0}"]*)'
_AS_FORMULA: Final = re.compile(r'="([^"]*)"')  # how exports keep Excel from touching a number: ="0123"
_DECORATION: Final = re.compile(r"^\*+|\*+$|[:：]$|\([^()]*\)$")  # *姓名, 出勤天数(天)
_FOOTER: Final = re.compile(
    r"(?:合计|总计|小计|共计)(?:人数)?|(?:备注|注|说明|制表人?|填表人?|审核人?|负责人签字)[:：].*"
)


@dataclass(slots=True)
class Row:
    """The cells of one row as scalars, empty ones included."""

    line: int
    cells: list[Scalar]

    @property
    def is_empty(self) -> bool:
        """Whether nothing is written in this row."""
        return not any(cell.text for cell in self.cells)

    @property
    def end_column(self) -> int:
        """Where the row ends, exclusive."""
        return self.cells[-1].end_column if self.cells else 2

    def cell(self, index: int) -> Scalar:
        """Return a cell; one beyond the end of the row is empty and stands there."""
        if index < len(self.cells):
            return self.cells[index]
        return Scalar("", self.line, self.end_column, self.end_column + 1, quoted=True)


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


def read_table(reader: Reader, path: Path, known: Collection[str], at: Position | None = None) -> Table | None:
    """Return the table in `path`; None, with findings, where it cannot be read. `known` finds the header."""
    file = reader.shown(path)
    epoch, separator = EPOCH_1900, _SEPARATORS[0]
    if path.suffix.lower() in EXCEL_SUFFIXES:
        from xiaxiang.load.excel import read_sheet  # noqa: PLC0415 - only where somebody has such a file

        sheet = read_sheet(reader, path, at)
        rows = None if sheet is None else sheet.rows
        epoch = epoch if sheet is None else sheet.epoch
    else:
        text = reader.text_of(path, at)
        rows = None if text is None else read_csv(reader, text, file)
        separator = _separator((text or "").split("\n"))
    if rows is None:
        return None
    filled = [row for row in rows if not row.is_empty]
    if not filled:
        reader.report(error("empty-table", f"“{file}”里没有内容", "第一行写列名", Position(file, 1, 1, 1)))
        return None
    fits = [sum(bool(known_name(cell, known)) for cell in row.cells) for row in filled[:HEADER_WITHIN]]
    at_row = fits.index(max(fits))
    return Table(file, filled[at_row], _without_footers(reader, file, filled[at_row + 1 :]), epoch, separator)


def _without_footers(reader: Reader, file: str, rows: list[Row]) -> list[Row]:
    """Return the rows without totals and signatures (合计, 制表人：…), which are named in a note."""
    kept: list[Row] = []
    for row in rows:
        first = next(cell for cell in row.cells if cell.text)
        if _FOOTER.fullmatch("".join(first.text.split())):
            at = Position(file, row.line, first.column, first.end_column)
            reader.report(note("footer-skipped", f"“{first.text}”这一行不是人员，没有读", "不用管", at))
        else:
            kept.append(row)
    return kept


def column_name(cell: Scalar) -> str:
    """Return a header cell's name: full-width letters made half-width, white space inside taken out."""
    return "".join(half_width(cell.text).split())


def known_name(cell: Scalar, known: Collection[str]) -> str:
    """Return the known spelling that a header cell is, with or without stars, units and a colon; "" for none."""
    name = column_name(cell)
    if name in known:
        return name
    bare = _DECORATION.sub("", _DECORATION.sub("", name))
    return bare if bare in known else ""


def read_csv(reader: Reader, text: str, file: str) -> list[Row] | None:
    """Return the rows of a CSV text; a row that cannot be read is left out aloud."""
    if text.count("\n") + max(text.count(sign) for sign in _SEPARATORS) > CELL_LIMIT:
        reader.report(error("too-large", f"“{file}”超过 {CELL_LIMIT:,} 格", "拆成几个文件", Position(file, 1, 1, 1)))
        return None
    lines = text.split("\n")
    separator = _separator(lines)
    source = csv.reader((line + "\n" for line in lines), delimiter=separator, strict=True)
    rows: list[Row] = []
    begun = 0
    while True:
        try:
            cells = next(source, None)
        except csv.Error:
            at = Position(file, begun + 1, 1, max(2, len(lines[begun]) + 1))
            message = "这一行的引号没有配对，或一格太长"
            hint = '补上缺的引号；格里有引号时写成两个“""”'
            reader.report(error("bad-csv", message, hint, at, left_out=f"“{file}”第 {begun + 1} 行"))
            begun = source.line_num
            continue
        if cells is None:
            return rows
        if cells:
            rows.append(Row(begun + 1, _placed(cells, lines[begun], begun + 1, separator)))
        begun = source.line_num


def _separator(lines: list[str]) -> str:
    """Return the sign that separates cells: the one that most of the first lines have most of."""
    first = [line for line in lines if any(sign in line for sign in _SEPARATORS)][:HEADER_WITHIN]
    counts = {sign: [line.count(sign) for line in first] or [0] for sign in _SEPARATORS}
    return max(_SEPARATORS, key=lambda sign: (median_low(counts[sign]), sum(counts[sign])))


def _placed(cells: list[str], line: str, number: int, separator: str) -> list[Scalar]:
    """Return cells with their columns in `line`. A cell that goes on in the next line ends with this one."""
    placed: list[Scalar] = []
    if '"' not in line:
        column = 1
        for cell in cells:
            placed.append(_scalar(cell, number, column))
            column += len(cell) + 1
        return placed
    spans = [match.span() for match in re.finditer(_QUOTED_CELL.format(re.escape(separator)), line)]
    starts = [
        start for index, (start, end) in enumerate(spans) if end > start or index == 0 or spans[index - 1][1] < start
    ]
    for index, cell in enumerate(cells):
        placed.append(_scalar(cell, number, starts[index] + 1 if index < len(starts) else len(line) + 1))
    return placed


def _scalar(cell: str, line: int, column: int) -> Scalar:
    text = " ".join(cell.split("\n")).strip()
    if text.startswith('="') and (match := _AS_FORMULA.fullmatch(text)):
        text = match[1]
    return Scalar(text, line, column, column + max(len(cell), 1), quoted=True)
