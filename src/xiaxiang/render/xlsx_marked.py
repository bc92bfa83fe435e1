"""Findings written into a copy of the user's own table: cells coloured and commented, everything else kept."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from bisect import bisect
from collections import defaultdict
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from xiaxiang.model.diagnostic import Severity, in_order
from xiaxiang.model.sheet import cell_index

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from xiaxiang.model.diagnostic import Diagnostic
    from xiaxiang.model.sheet import TypedRow

AUTHOR: Final = "xiaxiang"
COPY: Final = "表格"
_CREATED: Final = datetime(2024, 1, 1)  # noqa: DTZ001 - a fixed day: the same input gives the same bytes
_COLUMN_WIDTH: Final = 14
_CELL_LIMIT: Final = 32_767  # characters that a cell of Excel's holds
_COLOURS: Final = {Severity.ERROR: "FFFFC7CE", Severity.WARNING: "FFFFEB9C", Severity.NOTE: "FFDDEBF7"}
_LONGEST: Final = 1500  # characters of a comment
_WIDTH, _HEIGHT = 320, 120  # of a comment, in points
_MODIFIED: Final = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")
_DAY: Final = b"2024-01-01T00:00:00Z"
_ZIP_DAY: Final = (1980, 1, 1, 0, 0, 0)

Cell = tuple[int, int]
"""Row and column of a cell, from 1."""


def mark_up(original: bytes, findings: Iterable[Diagnostic], text: str) -> bytes:
    """Return a copy of an .xlsx workbook with the findings at their cells. Same input, same bytes.

    `text` is the sheet as it was shown when it was read (the excerpt text of its file): positions are places in it.
    All `findings` are taken to be about this workbook. What openpyxl cannot keep (charts, drawings) is lost in
    the copy; the original is not touched. Raises ValueError where the workbook cannot be opened.
    """
    import openpyxl  # noqa: PLC0415 - slow to load, and only wanted here

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about extensions that the copy will do without
        try:
            book = openpyxl.load_workbook(io.BytesIO(original))
        except Exception as problem:  # openpyxl raises whatever its parts raise
            raise ValueError("not a workbook that openpyxl opens") from problem
        page = next((one for one in book.worksheets if one.sheet_state == "visible"), book.worksheets[0])
        for cell, found in sorted(_by_cell(findings, text.split("\n")).items()):
            _mark(page, cell, found)
        packed = io.BytesIO()
        book.save(packed)
    return _timeless(packed.getvalue())


def mark_copy(rows: Sequence[TypedRow], findings: Iterable[Diagnostic]) -> bytes:
    """Return a workbook with the rows of a table, every cell as text, and the findings at theirs. Same bytes again.

    For tables that are no .xlsx themselves. All `findings` are taken to be about this table.
    """
    import xlsxwriter  # noqa: PLC0415 - only where a workbook is written

    packed = io.BytesIO()
    book = xlsxwriter.Workbook(packed, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"author": "", "created": _CREATED})
    page = book.add_worksheet(COPY)
    text = book.add_format({"num_format": "@"})
    page.set_column(0, max((len(row.cells) for row in rows), default=1), _COLUMN_WIDTH, text)
    lines = [row.line for row in rows]
    marks: dict[Cell, list[Diagnostic]] = defaultdict(list)
    for one in in_order(findings):
        place = max(bisect(lines, one.position.line) - 1, 0)
        marks[place, rows[place].index_at(one.position.column) if rows else 0].append(one)
    for number, row in enumerate(rows):
        for index, cell in enumerate(row.cells):
            if (number, index) not in marks:
                page.write_string(number, index, cell[:_CELL_LIMIT], text)
    for (number, index), found in marks.items():
        cells = rows[number].cells if rows else ()
        fill = book.add_format({"num_format": "@", "bg_color": f"#{_worst(found)[2:]}"})
        page.write_string(number, index, cells[index][:_CELL_LIMIT] if index < len(cells) else "", fill)
        page.write_comment(number, index, _words(found)[:_LONGEST], {"author": AUTHOR, "x_scale": 2.5, "y_scale": 1.5})
    book.close()
    return packed.getvalue()


def _worst(found: list[Diagnostic]) -> str:
    return _COLOURS[min((one.severity for one in found), key=list(_COLOURS).index)]


def _words(found: list[Diagnostic]) -> str:
    return "\n".join(f"{one.severity.label}: {one.message}\n怎么改: {one.hint}" for one in found)


def _by_cell(findings: Iterable[Diagnostic], lines: list[str]) -> Mapping[Cell, list[Diagnostic]]:
    cells: dict[Cell, list[Diagnostic]] = defaultdict(list)
    for one in in_order(findings):
        line, column = one.position.line, one.position.column
        row = lines[line - 1] if 1 <= line <= len(lines) else ""
        cells[max(line, 1), cell_index(row, column) + 1].append(one)
    return cells


def _mark(page: Any, cell: Cell, found: list[Diagnostic]) -> None:  # noqa: ANN401 - a sheet of openpyxl's
    from openpyxl.comments import Comment  # noqa: PLC0415
    from openpyxl.styles import PatternFill  # noqa: PLC0415

    target = _writable(page, cell)
    target.fill = PatternFill("solid", fgColor=_worst(found))
    before = f"{target.comment.text}\n\n" if target.comment else ""
    target.comment = Comment((before + _words(found))[:_LONGEST], AUTHOR, height=_HEIGHT, width=_WIDTH)


def _writable(page: Any, cell: Cell) -> Any:  # noqa: ANN401 - as above
    """Return the cell, or, where it is part of a merged one, that."""
    row, column = cell
    for area in page.merged_cells.ranges:
        if area.min_row <= row <= area.max_row and area.min_col <= column <= area.max_col:
            return page.cell(area.min_row, area.min_col)
    return page.cell(row, column)


def _timeless(packed: bytes) -> bytes:
    """Return the package without the moment in which it was saved."""
    fresh = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as old, zipfile.ZipFile(fresh, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            data = old.read(part)
            if part.filename == "docProps/core.xml":
                data = _MODIFIED.sub(rb"\g<1>" + _DAY + rb"\g<2>", data)
            new.writestr(zipfile.ZipInfo(part.filename, _ZIP_DAY), data, zipfile.ZIP_DEFLATED)
    return fresh.getvalue()
