"""轮换表 → .xlsx: the postings, the timeline, every reason, what else must be known. Same input, same bytes.

Everything that comes from people is written as text: nothing in a cell is ever a formula.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, Final

from xiaxiang.model.scalar import display_width
from xiaxiang.model.sheet import Column, ColumnKind, Sheet
from xiaxiang.render.schedule_sheet import postings_sheet, reasons_sheet, remarks_sheet, title_of
from xiaxiang.render.schedule_words import handover_text, part_of, period_text, who_goes
from xiaxiang.render.timeline import timeline
from xiaxiang.render.xlsx_page import FONT, FORMATS, HEAD, set_page, width_of, workbook, write_value

if TYPE_CHECKING:
    from xiaxiang.model.schedule import Batch, Posting, Schedule
    from xiaxiang.model.workspace import Workspace
    from xiaxiang.render.timeline import Cell

SHEETS: Final = ("轮换表", "时间轴", "理由", "说明")
_WIDEST: Final = 70  # characters: a reason is a sentence
_LINE: Final = 20  # points
_BATCH_EDGE: Final = 2  # the line above the first row of a batch
_THERE, _OPEN, _STAYED = "#DCEBE4", "#FFFFFF", "#F3E6D8"


def schedule_xlsx(workspace: Workspace, shown: Schedule) -> bytes:
    """Return the workbook of the schedule that is shown, ready to filter and to print on A4 across."""
    title = title_of(workspace, shown)
    sheets = (
        postings_sheet(workspace, shown),
        _timeline_sheet(workspace, shown),
        reasons_sheet(workspace, shown),
        remarks_sheet(workspace, shown),
    )
    buffer = io.BytesIO()
    with workbook(title, buffer) as book:
        for name, sheet in zip(SHEETS, sheets, strict=True):
            page = book.add_worksheet(name)
            printed = sheet.title if sheet.title == title else f"{title} {sheet.title}"
            _write_sheet(book, page, sheet)
            set_page(page, Sheet(printed, sheet.columns, sheet.rows))
        _colour(book, book.get_worksheet_by_name(SHEETS[1]), workspace, shown)
    return buffer.getvalue()


def _write_sheet(book: Any, page: Any, sheet: Sheet) -> None:  # noqa: ANN401 - xlsxwriter ships no types
    head = book.add_format({**HEAD, "text_wrap": True})
    for index, column in enumerate(sheet.columns):
        page.write_string(0, index, column.name, head)
        width = width_of(sheet, index, widest=_WIDEST)
        centred = {} if column.kind is ColumnKind.TEXT else {"align": "center"}
        form = {**FONT, "num_format": FORMATS[column.kind], "border": 1, "text_wrap": True, **centred}
        plain = book.add_format(form)
        edge = book.add_format({**form, "top": _BATCH_EDGE})
        page.set_column(index, index, width)
        for number, row in enumerate(sheet.rows, 1):
            begins = sheet.columns[0].name == "批次" and number > 1 and row[0] != sheet.rows[number - 2][0]
            write_value(page, (number, index), row[index], edge if begins else plain)
    for number, row in enumerate((tuple(column.name for column in sheet.columns), *sheet.rows)):
        page.set_row(number, _LINE * max(_lines(sheet, index, str(value or "")) for index, value in enumerate(row)))
    if sheet.rows:
        page.autofilter(0, 0, len(sheet.rows), len(sheet.columns) - 1)


def _lines(sheet: Sheet, index: int, text: str) -> int:
    """Return how many lines a cell takes in its column: not every program finds the height by itself."""
    width = width_of(sheet, index, widest=_WIDEST)
    return sum(1 + max(display_width(line) - 1, 0) // width for line in text.split("\n"))


def _timeline_sheet(workspace: Workspace, shown: Schedule) -> Sheet:
    whole = timeline(workspace, shown)
    columns = (
        Column("科室", ColumnKind.TEXT),
        *(
            Column(f"{period_text(one)} {one.name.short_label}\n{handover_text(one)} 交接", ColumnKind.TEXT)
            for one in whole.batches
        ),
    )
    rows = tuple(
        (row.department, *(_cell(cell, batch) for cell, batch in zip(row.cells, whole.batches, strict=True)))
        for row in whole.rows
    )
    return Sheet("时间轴", columns, rows)


def _cell(cell: Cell, batch: Batch) -> str:
    return "\n".join(_posted(one, batch) for one in cell.postings) or cell.stayed


def _posted(one: Posting, batch: Batch) -> str:
    about = (one.recipient_unit, *part_of(one, batch), one.reason.remark)
    return f"{who_goes(one)}\n{' '.join(word for word in about if word)}"


def _colour(book: Any, page: Any, workspace: Workspace, shown: Schedule) -> None:  # noqa: ANN401 - as above
    """Write the cells of the timeline once more, with a ground that says who goes, who is open and who stays."""
    form = {**FONT, "num_format": FORMATS[ColumnKind.TEXT], "border": 1, "text_wrap": True, "align": "center"}
    grounds = {colour: book.add_format({**form, "bg_color": colour}) for colour in (_THERE, _OPEN, _STAYED)}
    whole = timeline(workspace, shown)
    for number, row in enumerate(whole.rows, 1):
        for place, (cell, batch) in enumerate(zip(row.cells, whole.batches, strict=True), 1):
            if cell.postings or cell.stayed:
                is_open = any(one.proposed or one.person is None for one in cell.postings)
                ground = _OPEN if is_open else _THERE if cell.postings else _STAYED
                page.write_string(number, place, _cell(cell, batch), grounds[ground])
