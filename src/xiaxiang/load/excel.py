"""Excel sheets through calamine: the first visible sheet, merged cells filled down."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from xiaxiang.load.cells import EPOCH_1900, EPOCH_1904
from xiaxiang.load.excel_limits import CELL_LIMIT, BrokenError, Measured, TooLargeError, measure
from xiaxiang.load.excel_old import counts_from_1904
from xiaxiang.load.header import Row
from xiaxiang.load.yaml import Scalar
from xiaxiang.model.diagnostic import error, note
from xiaxiang.model.position import Position
from xiaxiang.model.sheet import JOINT, sheet_line

if TYPE_CHECKING:
    from pathlib import Path

    from python_calamine import CalamineSheet, CalamineWorkbook

    from xiaxiang.load.files import Reader

_EXACT: Final = 10**15  # Excel keeps 15 digits: the rest of a longer number is lost
_PACKED: Final = b"PK"
_SAVE_AGAIN: Final = "用 Excel 打开，另存为 .xlsx 后再试"
_MOST_SHEETS: Final = 60
_CUT_DOWN: Final = "删去表格以外多余的行、列和工作表，另存后再试"

Texts = list[list[str]]


@dataclass(frozen=True, slots=True)
class SheetRead:
    """The rows of a sheet, and the day 0 of its serial numbers."""

    rows: list[Row]
    epoch: date


def read_sheet(reader: Reader, path: Path, at: Position | None = None) -> SheetRead | None:
    """Return the first visible sheet of an .xlsx or .xls file; None, with a finding, where it cannot be read."""
    file = reader.shown(path)
    opened = _opened(reader, path, at, most=1)
    if opened is None:
        return None
    measured, visible, ((name, texts),) = opened
    if min(measured.sheets, visible) > 1:
        message = f"“{file}”不止一个工作表写了内容，只读第一个“{name}”"
        reader.report(note("other-sheets", message, "要读别的，把它移到最前面", Position(file, 1, 1, 1)))
    return SheetRead(_rows(reader, file, texts), EPOCH_1904 if measured.from_1904 else EPOCH_1900)


def read_sheets(reader: Reader, path: Path) -> list[tuple[str, str, list[Row]]] | None:
    """Return every visible sheet: its name, its file as findings name it (`考勤.xlsx[4月]`), its rows.

    None, with a finding, where the file cannot be read.
    """
    opened = _opened(reader, path, None, most=_MOST_SHEETS)
    if opened is None:
        return None
    files = ((name, f"{reader.shown(path)}[{name}]", texts) for name, texts in opened[2])
    return [(name, file, _rows(reader, file, texts)) for name, file, texts in files]


def _opened(
    reader: Reader, path: Path, at: Position | None, most: int
) -> tuple[Measured, int, list[tuple[str, Texts]]] | None:
    """Return what the file measures, how many sheets are visible, and the first of them; None where it is refused."""
    file = reader.shown(path)
    data = reader.bytes_of(path, at)
    if data is None:
        return None
    start = Position(file, 1, 1, 1)
    try:
        measured = measure(data) if data.startswith(_PACKED) else Measured(counts_from_1904(data), sheets=1)
        return measured, *_texts(data, most)
    except TooLargeError as refused:
        reader.report(error("too-large", f"“{file}”{refused}", _CUT_DOWN, start))
    except BrokenError:
        reader.report(error("bad-excel", f"“{file}”不是完好的 Excel 文件，或有打开密码", _SAVE_AGAIN, start))
    return None


def _rows(reader: Reader, file: str, texts: Texts) -> list[Row]:
    """Return the rows of a sheet; its picture is kept for excerpts."""
    reader.texts[file] = "\n".join(sheet_line(cells) for cells in texts)
    return [_row(number, cells) for number, cells in enumerate(texts, 1)]


def _texts(data: bytes, most: int) -> tuple[int, list[tuple[str, Texts]]]:
    """Return how many sheets are visible, and the first of them by name. Raises TooLargeError, BrokenError."""
    import python_calamine  # noqa: PLC0415 - only where somebody has such a file

    found: list[tuple[str, Texts]] = []
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        visible = _visible(book)
        for index in (visible or [0])[:most]:
            sheet = book.get_sheet_by_index(index)
            if sheet.total_height * sheet.total_width > CELL_LIMIT:
                raise TooLargeError(f"的单元格分布太广，超过 {CELL_LIMIT:,} 格")  # noqa: TRY301 - known only now
            texts = [[cell_text(value) for value in cells] for cells in sheet.to_python(skip_empty_area=False)]
            _fill_down(sheet, texts)
            found.append((sheet.name, texts))
    except TooLargeError:
        raise
    except BaseException as bad:  # a panic of the Rust library derives from nothing less
        if isinstance(bad, (KeyboardInterrupt, SystemExit)):
            raise
        raise BrokenError from None
    return len(visible), found


def _visible(book: CalamineWorkbook) -> list[int]:
    import python_calamine  # noqa: PLC0415 - only where somebody has such a file

    sheets, visible = python_calamine.SheetTypeEnum.WorkSheet, python_calamine.SheetVisibleEnum.Visible
    return [i for i, one in enumerate(book.sheets_metadata) if one.typ == sheets and one.visible == visible]


def _fill_down(sheet: CalamineSheet, texts: Texts) -> None:
    """Give the rows that a merged cell spans its text. Sideways nothing is filled: a title is no ten columns."""
    budget = CELL_LIMIT
    for (top, left), (bottom, _) in sheet.merged_cell_ranges or ():
        if top >= len(texts) or left >= len(texts[top]) or not texts[top][left]:
            continue
        for row in texts[top + 1 : bottom + 1]:
            row[left] = row[left] or texts[top][left]
        budget -= bottom - top
        if budget < 0:  # thousands of merged cells over each other: no sheet that a person made
            return


def _row(number: int, texts: list[str]) -> Row:
    cells: list[Scalar] = []
    column = 1
    for text in texts:
        cells.append(Scalar(text, number, column, column + max(len(text), 1), quoted=True))
        column += len(text) + len(JOINT)
    return Row(number, cells)


def cell_text(value: object) -> str:
    """Return what a person would have typed for the value of a cell, on one line."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        if value.is_integer() and abs(value) < _EXACT:
            return str(int(value))
        return f"{value:.15g}".upper()
    if isinstance(value, datetime):
        return value.isoformat(sep=" ").removesuffix(" 00:00:00")
    if isinstance(value, date):
        return value.isoformat()
    return one_line(str(value))


def one_line(text: str) -> str:
    """Return the text of a cell without the white space around it, its line ends made spaces."""
    return " ".join(part.strip() for part in text.splitlines()).strip()
