"""What every workbook we write has in common: no formulas from text, a fixed day, A4 across, widths that fit."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from xiaxiang.model.scalar import display_width
from xiaxiang.model.sheet import ColumnKind

if TYPE_CHECKING:
    import io
    from collections.abc import Iterator

    from xiaxiang.model.sheet import Sheet

FONT: Final = {"font_name": "宋体", "font_size": 11, "valign": "vcenter"}
HEAD: Final = {**FONT, "bold": True, "border": 1, "bg_color": "#DDEBF7", "align": "center"}
FORMATS: Final = {
    ColumnKind.TEXT: "@",
    ColumnKind.DAYS: "@",  # several days in one cell: Excel must not touch them
    ColumnKind.DAY: "yyyy-mm-dd",
    ColumnKind.COUNT: "0",
    ColumnKind.NUMBER: "General",
    ColumnKind.YES_NO: "@",
    ColumnKind.HANDED_IN: "yyyy-mm-dd",
    ColumnKind.MONEY: "#,##0.00",
}

_CREATED: Final = datetime(2024, 1, 1)  # noqa: DTZ001 - a fixed day: the same input gives the same bytes
_A4: Final = 9
_NARROWEST, _WIDEST, _MARGIN = 8, 40, 3
_TYPICAL: Final = {ColumnKind.DAYS: 24, ColumnKind.DAY: 12}  # cells that an empty column should have room for


@contextmanager
def workbook(title: str, buffer: io.BytesIO) -> Iterator[Any]:
    """Give a workbook of that title; it is written into `buffer` when it is left. Text in it is never a formula."""
    import xlsxwriter  # noqa: PLC0415 - only where a workbook is written

    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": title, "author": "", "created": _CREATED})
    yield book
    book.close()


def write_value(page: Any, place: tuple[int, int], value: str | int | date | None, cell: Any) -> None:  # noqa: ANN401 - xlsxwriter ships no types
    """Write one value at (row, column) from 0: a day as a day, a number as a number, all else as text."""
    if isinstance(value, date):
        page.write_datetime(*place, value, cell)
    elif isinstance(value, int):
        page.write_number(*place, value, cell)
    elif value:
        page.write_string(*place, value, cell)
    else:
        page.write_blank(*place, None, cell)


def set_page(page: Any, sheet: Sheet, *, frozen: int = 1) -> None:  # noqa: ANN401 - as above
    """Set the header and `frozen` columns fast, and the whole on A4 across, one page wide, with title and number."""
    page.freeze_panes(1, frozen)
    page.set_landscape()
    page.set_paper(_A4)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    page.print_area(0, 0, max(len(sheet.rows), 1), len(sheet.columns) - 1)
    page.set_header("&C&14" + " " + sheet.title.replace("&", "&&"))
    page.set_footer("&C第 &P 页 共 &N 页")


def width_of(sheet: Sheet, index: int, *, widest: int = _WIDEST) -> int:
    """Return the width of a column in characters: what its longest line takes, within reason."""
    column = sheet.columns[index]
    lines = [line for row in sheet.rows for line in str(row[index] or "").split("\n")]
    longest = max((display_width(line) for line in lines), default=0)
    named = max(display_width(line) for line in column.name.split("\n"))
    longest = max(longest, named, _TYPICAL.get(column.kind, 0))
    return max(_NARROWEST, min(longest + _MARGIN, widest))
