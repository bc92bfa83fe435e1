"""Tables to read → .xlsx, one tab each: header and first column fast, filters, A4 across. Same input, same bytes."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, Final

from xiaxiang.render.xlsx_page import FONT, FORMATS, HEAD, set_page, width_of, workbook, write_value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xiaxiang.model.sheet import Sheet

_WIDEST: Final = 60  # characters: a reason is a sentence
_WRAPPED: Final = 40


def tables_xlsx(title: str, sheets: Mapping[str, Sheet]) -> bytes:
    """Return a workbook with each sheet under its tab; text from people is never a formula."""
    buffer = io.BytesIO()
    with workbook(title, buffer) as book:
        for tab, sheet in sheets.items():
            page = book.add_worksheet(tab)
            _write(book, page, sheet)
            set_page(page, sheet)
    return buffer.getvalue()


def _write(book: Any, page: Any, sheet: Sheet) -> None:  # noqa: ANN401 - xlsxwriter ships no types
    head = book.add_format({**HEAD, "text_wrap": True})
    for index, column in enumerate(sheet.columns):
        page.write_string(0, index, column.name, head)
        width = width_of(sheet, index, widest=_WIDEST)
        form = {**FONT, "num_format": FORMATS[column.kind], "border": 1, "text_wrap": width >= _WRAPPED}
        cell = book.add_format(form)
        page.set_column(index, index, width)
        for number, row in enumerate(sheet.rows, 1):
            write_value(page, (number, index), row[index], cell)
    if sheet.rows:
        page.autofilter(0, 0, len(sheet.rows), len(sheet.columns) - 1)
