"""Spreadsheets (CSV, Excel) → rows of cells with positions, and rows as nodes that `bind` reads like YAML.

`line` is the row's line in the file; columns are characters in that line of a CSV file. An Excel sheet is
shown to users as lines of cells with " | " between them, and its positions are places in that picture.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from xiaxiang.load.cells import read_back
from xiaxiang.load.yaml import Mapping, Node, Scalar
from xiaxiang.model.diagnostic import error, note
from xiaxiang.model.position import Position
from xiaxiang.model.scalar import half_width

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from xiaxiang.load.files import Reader

CELL_LIMIT: Final = 3_000_000
HEADER_WITHIN: Final = 10
"""Titles may stand above the header, which is looked for in this many rows."""

JOINT: Final = " | "
_SEPARATORS: Final = (",", ";", "\t", "，")
_QUOTED_CELL: Final = r'(?:"(?:[^"]|"")*"|[^{0}"]*)'


@dataclass(slots=True)
class Row:
    """The cells of one row as scalars, empty ones included."""

    line: int
    cells: list[Scalar]

    @property
    def is_empty(self) -> bool:
        """Whether nothing is written in this row."""
        return not any(cell.text for cell in self.cells)


@dataclass(slots=True)
class Table:
    """A sheet: its file as users know it, the header and the rows below it."""

    file: str
    header: Row
    rows: list[Row]


def read_table(reader: Reader, path: Path, known: Iterable[str], at: Position | None = None) -> Table | None:
    """Return the table in `path`; None, with findings, where it cannot be read. `known` finds the header."""
    file = reader.shown(path)
    if path.suffix.lower() in {".xlsx", ".xls"}:
        from xiaxiang.load.excel import read_sheet  # noqa: PLC0415 - only where somebody has such a file

        rows = read_sheet(reader, path, at)
    else:
        text = reader.text_of(path, at)
        rows = None if text is None else read_csv(reader, text, file)
    if rows is None:
        return None
    names = frozenset(known)
    filled = [row for row in rows if not row.is_empty]
    if not filled:
        reader.report(error("empty-table", f"“{file}”里没有内容", "第一行写列名", Position(file, 1, 1, 1)))
        return None
    fits = [sum(column_name(cell) in names for cell in row.cells) for row in filled[:HEADER_WITHIN]]
    at_row = fits.index(max(fits))
    return Table(file, filled[at_row], filled[at_row + 1 :])


def column_name(cell: Scalar) -> str:
    """Return a header cell's name: full-width letters made half-width, white space inside taken out."""
    return "".join(half_width(cell.text).split())


def read_csv(reader: Reader, text: str, file: str) -> list[Row] | None:
    """Return the rows of a CSV text; a row that cannot be read is left out aloud."""
    if text.count("\n") + max(text.count(sign) for sign in _SEPARATORS) > CELL_LIMIT:
        reader.report(error("too-large", f"“{file}”超过 {CELL_LIMIT:,} 格", "拆成几个文件", Position(file, 1, 1, 1)))
        return None
    lines = text.split("\n")
    first = next((line for line in lines if any(sign in line for sign in _SEPARATORS)), "")
    separator = max(_SEPARATORS, key=first.count)
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


def _placed(cells: list[str], line: str, number: int, separator: str) -> list[Scalar]:
    """Return cells with their columns in `line`. A cell that goes on in the next line ends with this one."""
    placed: list[Scalar] = []
    if '"' not in line:
        column = 1
        for cell in cells:
            placed.append(
                Scalar(" ".join(cell.split("\n")).strip(), number, column, column + max(len(cell), 1), quoted=True)
            )
            column += len(cell) + 1
        return placed
    spans = [match.span() for match in re.finditer(_QUOTED_CELL.format(re.escape(separator)), line)]
    starts = [
        start for index, (start, end) in enumerate(spans) if end > start or index == 0 or spans[index - 1][1] < start
    ]
    for index, cell in enumerate(cells):
        column = starts[index] + 1 if index < len(starts) else len(line) + 1
        placed.append(
            Scalar(" ".join(cell.split("\n")).strip(), number, column, column + max(len(cell), 1), quoted=True)
        )
    return placed


def as_nodes(
    reader: Reader, table: Table, known: Iterable[str], *, days: frozenset[str], batches: frozenset[str]
) -> list[Node]:
    """Return each row as a mapping of its known, filled columns. Unknown columns are named in one note.

    `days` and `batches` are the spellings of columns that hold one day or name a batch: what Excel makes of
    such cells (a serial number, a day of January for `2024-1`) is read back, with a note.
    """
    names = frozenset(known)
    columns = [(index, cell, column_name(cell)) for index, cell in enumerate(table.header.cells) if cell.text]
    report_unknown(reader, table, [cell for _, cell, name in columns if name not in names])
    columns = _each_once(reader, table, columns)
    kept = [
        (index, Scalar(name, cell.line, cell.column, cell.end_column)) for index, cell, name in columns if name in names
    ]
    nodes: list[Node] = []
    for row in table.rows:
        node = Mapping(row.line, 1, row.cells[-1].end_column)
        whole = True
        for index, key in kept:
            if index >= len(row.cells) or not row.cells[index].text:
                continue
            cell = read_back(
                reader, table.file, row.cells[index], is_day=key.text in days, is_batch=key.text in batches
            )
            if isinstance(cell, Scalar):
                node.pairs.append((key, cell))
            else:
                reader.report(replace(cell, left_out=f"“{table.file}”第 {row.line} 行"))
                whole = False
        if whole:
            nodes.append(node)
    return nodes


def _each_once(reader: Reader, table: Table, columns: list[tuple[int, Scalar, str]]) -> list[tuple[int, Scalar, str]]:
    """Return the columns without those whose name has come before; each of these is an error, said once."""
    first: dict[str, int] = {}
    for index, cell, name in columns:
        if first.setdefault(name, index) != index:
            at = Position(table.file, cell.line, cell.column, cell.end_column)
            left_out = f"“{table.file}”的第二个“{name}”列"
            reader.report(error("duplicate-key", f"“{name}”这一列有两个", "两列只留一列", at, left_out))
    return [one for one in columns if first[one[2]] == one[0]]


def report_unknown(reader: Reader, table: Table, cells: list[Scalar]) -> None:
    """Name the columns that no rule knows of, in one note."""
    if cells:
        first = cells[0]
        words = "、".join(f"“{cell.text}”" for cell in cells)
        at = Position(table.file, first.line, first.column, first.end_column)
        reader.report(
            note("unknown-column", f"不认识的列 {words} 原样保留，不参与计算", "列名写错了就改过来，否则不用管", at)
        )
