"""Where records come from: a CSV file of any length, row by row, or an Excel sheet; both look alike to the loop."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

from xiaxiang.load.cells import EPOCH_1900
from xiaxiang.load.csv_text import placed, rows_of, separator_of
from xiaxiang.load.files import Reader, start_of
from xiaxiang.load.header import find_header
from xiaxiang.load.scale import PARQUET
from xiaxiang.load.stream import CsvRows, codec_at_sight, codec_of, head_of, lines_of
from xiaxiang.load.tables import EXCEL_SUFFIXES, Table, bad_csv, read_csv, read_table, report_joined
from xiaxiang.model.diagnostic import error

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from xiaxiang.load.header import Row
    from xiaxiang.load.record_faults import Place, Span
    from xiaxiang.load.yaml import Scalar

_EXCERPTS_WITHIN: Final = 200_000
"""Lines: beyond, findings name their row without an excerpt, which would need the text in memory."""


class Rows(Protocol):
    """The rows of a file below its header."""

    def __iter__(self) -> Iterator[list[str]]:
        """Yield the cells of each row."""

    def line_of(self, cells: list[str]) -> int:
        """Return the line of the row that was given last."""

    def resolve(self, reader: Reader, places: set[Place]) -> Mapping[Place, Span]:
        """Return where some cells stand; keep excerpts of the file where it is not too long."""


@dataclass(slots=True)
class SheetRows:
    """The rows of an Excel sheet below its header."""

    rows: list[Row]
    _line: int = 0

    def __iter__(self) -> Iterator[list[str]]:
        """Yield the cells of each row."""
        for row in self.rows:
            self._line = row.line
            yield [cell.text for cell in row.cells]

    def line_of(self, _: list[str]) -> int:
        """Return the line of the row that was given last."""
        return self._line

    def resolve(self, _: Reader, places: set[Place]) -> Mapping[Place, Span]:
        """Return where some cells stand."""
        by_line = {row.line: row for row in self.rows}
        return {(line, index): _span(by_line[line].cell(index)) for line, index in places}


@dataclass(slots=True)
class TextRows:
    """The rows of a CSV file below its header."""

    file: str
    path: Path
    codec: str
    separator: str
    header_line: int
    rows: CsvRows

    def __iter__(self) -> Iterator[list[str]]:
        """Yield the cells of each row."""
        return iter(self.rows)

    def line_of(self, cells: list[str]) -> int:
        """Return the line in which the row that was given last begins."""
        return self.rows.line_of(cells)

    def resolve(self, reader: Reader, places: set[Place]) -> Mapping[Place, Span]:
        """Return where some cells stand; keep the lines of these, and those before them, as excerpts."""
        reader.report(*(bad_csv(self.file, line) for line in self.rows.bad))
        wanted = {one for line, _ in places for one in (line - 1, line)} | set(self.rows.bad) | {1, 2}
        lines = lines_of(self.path, self.codec, wanted)
        last = max(lines, default=0)
        if last <= _EXCERPTS_WITHIN:
            reader.texts[self.file] = "\n".join(lines.get(number, "") for number in range(1, last + 1))
        return {place: self._span(place, lines.get(place[0], "")) for place in places}

    def _span(self, place: Place, line: str) -> Span:
        number, index = place
        cells = next((cells for _, cells in rows_of([line], self.separator)), None) or []
        scalars = placed(cells, line, number, self.separator)
        return _span(scalars[index]) if index < len(scalars) else (number, len(line) + 1, len(line) + 2)


@dataclass(frozen=True, slots=True)
class Source:
    """A file of records that has been opened: its header, and its rows, which are still to be read."""

    table: Table
    rows: Rows


def open_source(reader: Reader, path: Path, known: Mapping[str, str], *, at_sight: bool = False) -> Source | None:
    """Return the file of records; None, with findings, where it cannot be read. `known` finds the header.

    `at_sight` is for who can begin anew where the beginning of a text was misleading (see `codec_at_sight`).
    """
    if path.suffix.lower() == PARQUET:
        from xiaxiang.load.record_parquet import open_parquet  # noqa: PLC0415 - only where somebody has such a file

        opened = open_parquet(reader, path, known)
        return None if opened is None else Source(*opened)
    if path.suffix.lower() in EXCEL_SUFFIXES:
        table = read_table(reader, path, known)
        return None if table is None else Source(table, SheetRows(table.rows))
    file = reader.shown(path)
    codec = (codec_at_sight if at_sight else codec_of)(reader, path)
    if codec is None:
        return None
    text = head_of(path, codec)
    separator = separator_of(text.split("\n"))
    # What is wrong in these lines is said when the whole is read; the last of them may be half a row.
    rows = [row for row in read_csv(Reader(reader.root, reader.here), text, file) or () if not row.is_empty]
    if not rows:
        reader.report(error("empty-table", f"“{file}”里没有内容", "第一行写列名", start_of(file)))
        return None
    header = find_header(rows, known)
    report_joined(reader, file, header)
    below = CsvRows(path, codec, separator, header.row.line)
    return Source(
        Table(file, header.row, [], EPOCH_1900, separator),
        TextRows(file, path, codec, separator, header.row.line, below),
    )


def _span(cell: Scalar) -> Span:
    return cell.line, cell.column, cell.end_column
