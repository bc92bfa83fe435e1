"""表格: what a spreadsheet looks like to users, whether it is read, written or marked up."""

from __future__ import annotations

from bisect import bisect
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    CellValue = str | int | date | None

JOINT: Final = " | "
"""What stands between the cells of a row where an Excel sheet is shown as lines."""

_BAR, _SHOWN_BAR = "|", "｜"


class ColumnKind(Enum):
    """What the cells of a column hold."""

    TEXT = auto()
    DAYS = auto()
    DAY = auto()
    COUNT = auto()
    NUMBER = auto()
    YES_NO = auto()
    HANDED_IN = auto()
    """A day, or 未交."""
    MONEY = auto()
    """Whole 分, shown in 元 with two digits."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet to type into: its name, what it holds, a note on how to fill it, the legal values."""

    name: str
    kind: ColumnKind
    note: str = ""
    choices: tuple[str, ...] = ()
    asked: str = ""
    """What a policy asks of what stands in the column, with its clause."""


def columns(*named: tuple[str, ColumnKind]) -> tuple[Column, ...]:
    """Return columns without notes or choices: name and kind."""
    return tuple(Column(name, kind) for name, kind in named)


def text_columns(*names: str) -> tuple[Column, ...]:
    """Return columns that hold text."""
    return tuple(Column(name, ColumnKind.TEXT) for name in names)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet to write: a title for the printed page, columns, and rows with one value (None: empty) per column."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[CellValue, ...], ...]
    tab: str = "名册"
    """What the sheet is called in the workbook."""


@dataclass(frozen=True, slots=True)
class TypedRow:
    """A row of a user's table as it was typed: its line, its cells, and the column (1-based) at which each begins."""

    line: int
    cells: tuple[str, ...] = ()
    starts: tuple[int, ...] = ()

    def index_at(self, column: int) -> int:
        """Return which cell (from 0) stands at a column."""
        return max(bisect(self.starts, column) - 1, 0)


def sheet_line(texts: Iterable[str]) -> str:
    """Return a row as users see it: its cells, each on its own stretch of the line (no cell holds a bar)."""
    return JOINT.join(text.replace(_BAR, _SHOWN_BAR) for text in texts)


def cell_index(line: str, column: int) -> int:
    """Return which cell (from 0) of a `sheet_line` stands at `column` (1-based characters)."""
    return line[: column - 1].count(JOINT)
