"""Tables with amounts and totals → .xlsx or CSV rows: header fast, A4 across, room to sign. Same input, same bytes.

Amounts are numbers with two digits, sums are values and not formulas: what is printed is what was computed. Text from
people is never a formula.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from xiaxiang.model.scalar import display_width, money_json
from xiaxiang.model.sheet import ColumnKind
from xiaxiang.render.xlsx_page import FONT, FORMATS, HEAD, set_page, workbook, write_value

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from xiaxiang.model.sheet import CellValue, Sheet

SIGNATURES: Final = "制表：　　　　　　　　审核：　　　　　　　　分管领导：　　　　　　　　财务："
_FEN_PER_YUAN: Final = 100
_WIDEST: Final = 46  # characters: a reason is a sentence
_SIGNED_WIDEST: Final = 13  # a sheet to sign on has many columns and one page of paper
_NARROWEST, _MARGIN = 5, 2
_LINE: Final = 15  # points
_SIGNED_HEIGHT: Final = 32  # points: room for a signature
_SIGNATURE_WIDTH: Final = 12
_SIGNATURE: Final = "签名"


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab: a sheet, its row of totals, notes under it, and whether people sign on it."""

    sheet: Sheet
    totals: tuple[CellValue, ...] = ()
    notes: tuple[str, ...] = ()
    signed: bool = False


def settlement_xlsx(title: str, tabs: Mapping[str, Tab]) -> bytes:
    """Return a workbook with each tab under its name."""
    buffer = io.BytesIO()
    with workbook(title, buffer) as book:
        for name, tab in tabs.items():
            page = book.add_worksheet(name)
            _write(book, page, tab)
            _set_page(page, tab)
    return buffer.getvalue()


def text_rows(tab: Tab) -> list[list[str]]:
    """Return a tab as rows of text with its header and totals: what a CSV file holds."""
    columns = tab.sheet.columns
    header = [column.name.replace("\n", " ") for column in columns]
    rows = (*tab.sheet.rows, *([tab.totals] if tab.totals else []))
    return [header, *([_text(column.kind, value) for column, value in zip(columns, row, strict=True)] for row in rows)]


def _text(kind: ColumnKind, value: CellValue) -> str:
    if value is None:
        return ""
    return money_json(value) if kind is ColumnKind.MONEY and isinstance(value, int) else str(value).replace("\n", " ")


def _write(book: Any, page: Any, tab: Tab) -> None:  # noqa: ANN401 - xlsxwriter ships no types
    sheet = tab.sheet
    head, last = book.add_format({**HEAD, "text_wrap": True}), len(sheet.rows) + 1
    widths = [_width(tab, index) for index in range(len(sheet.columns))]
    for index, column in enumerate(sheet.columns):
        page.write_string(0, index, column.name, head)
        page.set_column(index, index, widths[index])
        form = {**FONT, "num_format": FORMATS[column.kind], "border": 1, "text_wrap": column.kind is ColumnKind.TEXT}
        cell, total = book.add_format(form), book.add_format({**form, "bold": True, "top": 2})
        for number, row in enumerate(sheet.rows, 1):
            _write_cell(page, (number, index), column.kind, row[index], cell)
        if tab.totals:
            _write_cell(page, (last, index), column.kind, tab.totals[index], total)
    page.set_row(0, _lines(tab, [column.name for column in sheet.columns], widths) * _LINE)
    rows = (*sheet.rows, *([tab.totals] if tab.totals else []))
    for number, row in enumerate(rows, 1):
        page.set_row(number, max(_lines(tab, row, widths) * _LINE, _SIGNED_HEIGHT if tab.signed else _LINE))
    _write_notes(book, page, tab, len(rows) + 1)
    if sheet.rows:
        page.autofilter(0, 0, len(sheet.rows), len(sheet.columns) - 1)


def _write_cell(page: Any, place: tuple[int, int], kind: ColumnKind, value: CellValue, form: Any) -> None:  # noqa: ANN401 - as above
    """Write an amount of 分 exactly as 元; all else as every table writes it."""
    if kind is ColumnKind.MONEY and isinstance(value, int):
        page.write_number(*place, Decimal(value) / _FEN_PER_YUAN, form)
    else:
        write_value(page, place, value, form)


def _write_notes(book: Any, page: Any, tab: Tab, first: int) -> None:  # noqa: ANN401 - as above
    form = book.add_format(FONT)
    for number, note in enumerate(tab.notes, first):
        page.merge_range(number, 0, number, len(tab.sheet.columns) - 1, "", form)
        page.write_string(number, 0, note, form)


def _width(tab: Tab, index: int) -> int:
    """Return the width of a column in characters: what its longest line takes, within reason; totals count too."""
    column = tab.sheet.columns[index]
    if column.name == _SIGNATURE:
        return _SIGNATURE_WIDTH
    cells = (row[index] for row in (*tab.sheet.rows, *([tab.totals] if tab.totals else [])))
    texts = (column.name, *(_shown(column.kind, cell) for cell in cells))
    longest = max(display_width(line) for text in texts for line in text.split("\n"))
    return max(_NARROWEST, min(longest + _MARGIN, _SIGNED_WIDEST if tab.signed else _WIDEST))


def _lines(tab: Tab, row: Sequence[CellValue], widths: Sequence[int]) -> int:
    """Return how many lines the longest cell of a row takes as it is wrapped."""
    cells = zip(tab.sheet.columns, row, widths, strict=True)
    return max(
        sum(-(-display_width(line) // (width - 1)) or 1 for line in _shown(column.kind, cell).split("\n"))
        for column, cell, width in cells
    )


def _shown(kind: ColumnKind, value: CellValue) -> str:
    """Return a cell about as wide as it is shown."""
    if kind is ColumnKind.MONEY and isinstance(value, int):
        return f"{value // _FEN_PER_YUAN:,}.00"
    return "" if value is None else str(value)


def _set_page(page: Any, tab: Tab) -> None:  # noqa: ANN401 - as above
    set_page(page, tab.sheet, frozen=2 if tab.signed else 1)
    last = len(tab.sheet.rows) + bool(tab.totals) + len(tab.notes)
    page.print_area(0, 0, max(last, 1), len(tab.sheet.columns) - 1)
    page.set_margins(left=0.4, right=0.4, top=0.75, bottom=0.6)  # inches: many columns on one page
