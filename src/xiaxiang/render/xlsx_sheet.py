"""A sheet to type into → .xlsx: frozen header, notes, drop-down lists, widths that fit, A4; same input, same bytes.

Everything that comes from people is written as text: nothing in a cell is ever a formula.
"""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from xiaxiang.model.scalar import display_width
from xiaxiang.model.sheet import ColumnKind

if TYPE_CHECKING:
    from xiaxiang.model.sheet import Column, Sheet

SHEET: Final = "名册"
CHOICES: Final = "选项"
_CREATED: Final = datetime(2024, 1, 1)  # noqa: DTZ001 - a fixed day: the same input gives the same bytes
_A4: Final = 9
_NARROWEST, _WIDEST, _MARGIN = 8, 40, 3
_SPARE_ROWS: Final = 50  # below the filled ones, for people who come in between
_FONT: Final = {"font_name": "宋体", "font_size": 11, "valign": "vcenter"}
_FORMATS: Final = {
    ColumnKind.TEXT: "@",
    ColumnKind.DAYS: "@",  # several days in one cell: Excel must not touch them
    ColumnKind.DAY: "yyyy-mm-dd",
    ColumnKind.COUNT: "0",
    ColumnKind.NUMBER: "General",
}
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
_TYPICAL: Final = {ColumnKind.DAYS: 24, ColumnKind.DAY: 12}  # cells that an empty column should have room for


def xlsx_bytes(sheet: Sheet) -> bytes:
    """Return the workbook: the sheet itself, and behind it the lists that its cells choose from."""
    import xlsxwriter  # noqa: PLC0415 - only where a workbook is written

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": sheet.title, "author": "", "created": _CREATED})
    page = book.add_worksheet(SHEET)
    _write_header(book, page, sheet)
    for index, column in enumerate(sheet.columns):
        _write_column(book, page, sheet, index, column)
    _write_choices(book, page, sheet)
    _set_page(page, sheet)
    book.close()
    return buffer.getvalue()


def _write_header(book: Any, page: Any, sheet: Sheet) -> None:  # noqa: ANN401 - xlsxwriter ships no types
    head = book.add_format({**_FONT, "bold": True, "border": 1, "bg_color": "#DDEBF7", "align": "center"})
    for index, column in enumerate(sheet.columns):
        page.write_string(0, index, column.name, head)
        if column.note:
            page.write_comment(0, index, column.note, {"author": "", "x_scale": 1.5})


def _write_column(book: Any, page: Any, sheet: Sheet, index: int, column: Column) -> None:  # noqa: ANN401 - as above
    form = {**_FONT, "num_format": _FORMATS[column.kind]}
    page.set_column(index, index, _width(sheet, index), book.add_format(form))
    cell = book.add_format({**form, "border": 1})
    for number, row in enumerate(sheet.rows, 1):
        value = row[index]
        if isinstance(value, date):
            page.write_datetime(number, index, value, cell)
        elif isinstance(value, int):
            page.write_number(number, index, value, cell)
        elif value:
            page.write_string(number, index, value, cell)
        else:
            page.write_blank(number, index, None, cell)
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


def _set_page(page: Any, sheet: Sheet) -> None:  # noqa: ANN401 - as above
    page.freeze_panes(1, 1)
    page.set_landscape()
    page.set_paper(_A4)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    page.print_area(0, 0, max(len(sheet.rows), 1), len(sheet.columns) - 1)
    page.set_header("&C&14" + " " + sheet.title.replace("&", "&&"))
    page.set_footer("&C第 &P 页 共 &N 页")


def _width(sheet: Sheet, index: int) -> int:
    column = sheet.columns[index]
    widest = max((display_width(str(row[index] or "")) for row in sheet.rows), default=0)
    widest = max(widest, display_width(column.name), _TYPICAL.get(column.kind, 0))
    return max(_NARROWEST, min(widest + _MARGIN, _WIDEST))
