"""Changing cells of a user's own .xlsx workbook, and no other byte of what is in it.

A workbook is a zip of XML parts. The cells are replaced in the text of their sheet; macros, charts, pictures, formats
and every other part are copied as they are. (A library that reads a workbook into objects and writes them again drops
what it does not know.) What is changed is read again by the caller before it is written: the reading is the proof.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape

from xiaxiang.write.lines import CannotEditError
from xiaxiang.write.xlsx_layout import Cell, Layout, Place, RowText, column_letters
from xiaxiang.write.xlsx_parts import Package, grown

if TYPE_CHECKING:
    from xiaxiang.write.csv_edit import TableEdits

_NUMBER: Final = re.compile(r"(?:0|[1-9]\d{0,14})(?:\.\d{1,4})?")
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_NO_TEXT: Final = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # what XML cannot hold
_ROW_KEPT: Final = ("ht", "customHeight", "s", "customFormat")
_EPOCHS: Final = {False: date(1899, 12, 30), True: date(1904, 1, 1)}
_LAST_ROW: Final = 1_048_576


def edit_xlsx(data: bytes, edits: TableEdits) -> bytes:
    """Return the workbook with the edits made in its first visible sheet. Raises CannotEditError.

    New rows go below the last filled one, which must be the one that they are put after; they look like it.
    """
    package = Package(data)
    new = [row for line in sorted(edits.rows) for row in edits.rows[line]]
    last = max(edits.rows, default=0)
    values: dict[Place, str] = {(line, index + 1): text for (line, index), text in edits.cells.items()}
    for number, row in enumerate(new, last + 1):
        values |= {(number, index): text for index, text in enumerate(row, 1)}
    layout = Layout(package.sheet, {last, *(row for row, _ in values)})
    if new and layout.last_filled != last:
        raise CannotEditError(f"名单下面第 {layout.last_filled} 行还有内容，新的人没有加")
    if last + len(new) > _LAST_ROW:
        raise CannotEditError("工作表已经到底，新的人没有加")
    for place in values:
        _check(layout, place)
    text = _Edited(layout, values, last if new else 0, package.counts_from_1904).text()
    return package.with_sheet(text, last, last + len(new))


def _check(layout: Layout, place: Place) -> None:
    row = layout.rows.get(place[0])
    cell = row.cells.get(place[1]) if row else None
    where = f"单元格 {column_letters(place[1])}{place[0]}"
    if layout.is_merged(place):
        raise CannotEditError(f"{where} 是合并的，没有改动：先取消合并")
    if cell is not None and cell.has_formula:
        raise CannotEditError(f"{where} 是公式，没有改动")


class _Edited:
    """The text of a sheet with some values put in."""

    def __init__(self, layout: Layout, values: dict[Place, str], pattern: int, from_1904: bool) -> None:  # noqa: FBT001
        """`pattern` is the row that new rows look like, 0 where there are none."""
        self._layout, self._values = layout, values
        self._pattern = layout.rows.get(pattern, RowText(0, 0))
        self._first_new = pattern + 1 if pattern else _LAST_ROW + 1
        self._epoch = _EPOCHS[from_1904]
        self._splices: dict[tuple[int, int], list[str]] = defaultdict(list)

    def text(self) -> bytes:
        """Return the text."""
        by_row: dict[int, dict[int, str]] = defaultdict(dict)
        for (number, column), value in sorted(self._values.items()):
            by_row[number][column] = value
        for number, cells in by_row.items():
            drawn = dict.fromkeys(self._pattern.cells, "") if number >= self._first_new else {}
            if (row := self._layout.rows.get(number)) is None:
                self._add_row(number, drawn | cells)
            else:
                self._change_row(number, row, drawn | cells)
        pieces, at = [], 0
        for (start, end), fresh in sorted(self._splices.items()):
            pieces += [self._layout.text[at:start], *(one.encode() for one in fresh)]
            at = end
        text = b"".join([*pieces, self._layout.text[at:]])
        if by_row and (last := max(by_row)) >= self._first_new:
            head, tag, rest = text.partition(f"<{self._layout.prefix}sheetData".encode())
            text = grown(head, self._first_new - 1, last) + tag + rest
        return text

    def _change_row(self, number: int, row: RowText, cells: dict[int, str]) -> None:
        inserted = {}
        for column, value in sorted(cells.items()):
            old = row.cells.get(column)
            if old is None:
                inserted[column] = self._cell((number, column), value, self._model(number, column))
            elif value or old.is_filled:
                like = old if old.is_filled else self._model(number, column) or old
                self._splices[old.start, old.end].append(self._cell((number, column), value, like, old.style))
        if row.end == row.inner and inserted:  # a row without cells may have but one tag
            self._open(row, "".join(inserted.values()))
            return
        for column, xml in inserted.items():
            at = min((cell.start for other, cell in row.cells.items() if other > column), default=row.end)
            self._splices[at, at].append(xml)

    def _open(self, row: RowText, cells: str) -> None:
        tag = self._layout.text[row.start : row.inner].decode()
        if tag.endswith("/>"):
            self._splices[row.start, row.inner].append(f"{tag[:-2]}>{cells}</{self._layout.prefix}row>")
        else:
            self._splices[row.inner, row.inner].append(cells)

    def _add_row(self, number: int, cells: dict[int, str]) -> None:
        kept = "".join(
            f' {name}="{self._pattern.attributes[name]}"' for name in _ROW_KEPT if name in self._pattern.attributes
        )
        inner = "".join(
            self._cell((number, column), value, self._model(number, column)) for column, value in sorted(cells.items())
        )
        prefix, starts = self._layout.prefix, self._layout.starts
        place = bisect(starts, (number, 0))
        at = starts[place][1] if place < len(starts) else self._layout.end
        self._splices[at, at].append(f'<{prefix}row r="{number}"{kept}>{inner}</{prefix}row>')

    def _model(self, number: int, column: int) -> Cell | None:
        return self._pattern.cells.get(column) if number >= self._first_new else None

    def _cell(self, place: Place, value: str, like: Cell | None, style: str = "") -> str:
        """Return the XML of a cell: text, unless its model holds a number and this is one, or a day."""
        prefix = self._layout.prefix
        style = style or (like.style if like else "")
        tag = f'{prefix}c r="{column_letters(place[1])}{place[0]}"' + (f' s="{style}"' if style else "")
        if not value:
            return f"<{tag}/>"
        is_number = like is not None and like.is_number
        if is_number and _NUMBER.fullmatch(value):
            return f"<{tag}><{prefix}v>{value}</{prefix}v></{prefix}c>"
        if is_number and _DAY.fullmatch(value):
            days = (date.fromisoformat(value) - self._epoch).days
            return f"<{tag}><{prefix}v>{days}</{prefix}v></{prefix}c>"
        text = escape(_NO_TEXT.sub("", value))
        return f'<{tag} t="inlineStr"><{prefix}is><{prefix}t>{text}</{prefix}t></{prefix}is></{prefix}c>'
