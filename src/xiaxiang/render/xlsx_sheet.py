"""A sheet to type into → .xlsx: frozen header, notes, drop-down lists, widths that fit, A4; same input, same bytes.

Everything that comes from people is written as text: nothing in a cell is ever a formula.
"""

from __future__ import annotations

import io
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from xiaxiang.model.sheet import ColumnKind
from xiaxiang.render.xlsx_page import FONT, FORMATS, HEAD, set_page, width_of, workbook, write_value

if TYPE_CHECKING:
    from xiaxiang.model.sheet import Column, Sheet

CHOICES: Final = "选项"
_SPARE_ROWS: Final = 50  # below the filled ones, for people who come in between
_RULES: Final[dict[ColumnKind, dict[str, Any]]] = {
    ColumnKind.DAY: {
        "validate": "date",
        "criteria": "between",
        "minimum": date(1990, 1, 1),
        "maximum": date(2100, 12, 31),
        "error_message": "这里写一个日期，例如 2024-01-02",
    },
    ColumnKind.COUNT: {
        "validate": "integer",
        "criteria": ">=",
        "value": 0,
        "error_message": "这里写整数，例如 3",
    },
    ColumnKind.NUMBER: {
        "validate": "decimal",
        "criteria": ">=",
        "value": 0,
        "error_message": "这里写数字，例如 58 或 58.5",
    },
}


def xlsx_bytes(sheet: Sheet) -> bytes:
    """Return the workbook: the sheet itself, and behind it the lists that its cells choose from."""
    buffer = io.BytesIO()
    with workbook(sheet.title, buffer) as book:
        page = book.add_worksheet(sheet.tab)
        _write_header(book, page, sheet)
        for index, column in enumerate(sheet.columns):
            _write_column(book, page, sheet, index, column)
        _write_choices(book, page, sheet)
        set_page(page, sheet)
    return buffer.getvalue()


def _write_header(book: Any, page: Any, sheet: Sheet) -> None:  # noqa: ANN401 - xlsxwriter ships no types
    head = book.add_format(HEAD)
    for index, column in enumerate(sheet.columns):
        page.write_string(0, index, column.name, head)
        if note := "\n".join(text for text in (column.note, column.asked) if text):
            page.write_comment(0, index, note, {"author": "", "x_scale": 1.5})


def _write_column(book: Any, page: Any, sheet: Sheet, index: int, column: Column) -> None:  # noqa: ANN401 - as above
    form = {**FONT, "num_format": FORMATS[column.kind]}
    page.set_column(index, index, width_of(sheet, index), book.add_format(form))
    cell = book.add_format({**form, "border": 1})
    for number, row in enumerate(sheet.rows, 1):
        write_value(page, (number, index), row[index], cell)
    if rule := _RULES.get(column.kind):
        rule = {**rule, "error_title": column.name, "error_type": "warning"}
        page.data_validation(1, index, len(sheet.rows) + _SPARE_ROWS, index, rule)


def _write_choices(book: Any, page: Any, sheet: Sheet) -> None:  # noqa: ANN401 - as above
    listed = [(index, column) for index, column in enumerate(sheet.columns) if column.choices]
    if not listed:
        return
    back = book.add_worksheet(CHOICES)
    back.hide()
    for place, (index, column) in enumerate(listed):
        back.write_string(0, place, column.name)
        for number, choice in enumerate(column.choices, 1):
            back.write_string(number, place, choice)
        letter = chr(ord("A") + place)
        rule = {
            "validate": "list",
            "source": f"={CHOICES}!${letter}$2:${letter}${len(column.choices) + 1}",
            "error_title": column.name,
            "error_message": "不在名单里。确实没有写错就选“是”",
            "error_type": "warning",
        }
        page.data_validation(1, index, len(sheet.rows) + _SPARE_ROWS, index, rule)
