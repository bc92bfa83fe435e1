"""Where the cells of a sheet stand in its XML text: found by the parser's own offsets, so that the rest stays."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from xml.parsers import expat

from xiaxiang.write.lines import CannotEditError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

_REFERENCE: Final = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_TAG: Final = re.compile(rb"<[^>\"']*(?:\"[^\"]*\"|'[^']*'|[^>\"'])*?>")
_OTHER_ENCODING: Final = re.compile(rb"^(?:\xff\xfe|\xfe\xff|\s*<\?xml[^>]*encoding=[\"'](?!utf-8))", re.IGNORECASE)
_LETTERS: Final = 26
_A: Final = ord("A")
_YES: Final = frozenset({"1", "true"})

Place = tuple[int, int]
"""Row and column of a cell, from 1."""


@dataclass(slots=True)
class Cell:
    """A cell from `start` to `end`, with its style (an attribute's text) and what it holds."""

    start: int
    end: int = 0
    style: str = ""
    kind: str = ""
    is_filled: bool = False
    has_formula: bool = False

    @property
    def is_number(self) -> bool:
        """Whether it holds a number (or a day, which is one in Excel)."""
        return self.is_filled and self.kind in {"", "n"}


@dataclass(slots=True)
class RowText:
    """A row: its first tag from `start` to `inner`, its cells, its last tag from `end`."""

    start: int
    inner: int
    end: int = 0
    attributes: Mapping[str, str] = field(default_factory=dict)
    cells: dict[int, Cell] = field(default_factory=dict)


class Layout:
    """The rows of a sheet, those that are wanted with their cells. Raises CannotEditError for a protected one."""

    def __init__(self, text: bytes, wanted: Collection[int]) -> None:
        """Read the text of a sheet."""
        if _OTHER_ENCODING.match(text):
            raise CannotEditError("工作表的编码不是 UTF-8，没有改动")
        self.text = text
        self.prefix = ""
        self.rows: dict[int, RowText] = {}
        self.starts: list[tuple[int, int]] = []
        """Every row's number and offset, and the end of the rows as of row 0 at the very end."""
        self.end = 0
        self.last_filled = 0
        self.merged: list[tuple[Place, Place]] = []
        self._wanted = wanted
        self._row = RowText(0, 0)
        self._place = 0, 0
        self._cell: Cell | None = None
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler, self._parser.EndElementHandler = self._start, self._stop
        try:
            self._parser.Parse(text, True)  # noqa: FBT003 - expat takes no names
        except expat.ExpatError:
            raise CannotEditError("工作表读不通，没有改动") from None

    def is_merged(self, place: Place) -> bool:
        """Whether a cell is part of a merged one."""
        row, column = place
        return any(top <= row <= bottom and left <= column <= right for (top, left), (bottom, right) in self.merged)

    def _start(self, tag: str, attributes: Mapping[str, str]) -> None:
        kind, at = tag.rpartition(":")[2], self._parser.CurrentByteIndex
        if kind == "row":
            self._begin_row(at, attributes)
        elif kind == "c":
            self._begin_cell(at, attributes)
        elif kind in {"v", "is"}:
            self.last_filled = max(self.last_filled, self._place[0])
            if self._cell is not None:
                self._cell.is_filled = True
        elif kind == "f" and self._cell is not None:
            self._cell.has_formula = True
        else:
            self._about_the_sheet(tag, kind, at, attributes)

    def _about_the_sheet(self, tag: str, kind: str, at: int, attributes: Mapping[str, str]) -> None:
        if kind == "mergeCell":
            self._merge(attributes.get("ref", ""))
        elif kind == "sheetProtection" and attributes.get("sheet", "") in _YES:
            raise CannotEditError("工作表有保护，没有改动：先在 Excel 里撤销保护")
        elif kind == "sheetData":
            self.prefix = tag.removesuffix(kind)
            if self._tag(at)[1]:
                raise CannotEditError("工作表里没有内容，没有改动")

    def _begin_row(self, at: int, attributes: Mapping[str, str]) -> None:
        given = attributes.get("r", "")
        number = int(given) if given.isdigit() else self._place[0] + 1
        self._place = number, 0
        self.starts.append((number, at))
        inner, is_whole = self._tag(at)
        self._row = RowText(at, inner, inner if is_whole else 0, dict(attributes))
        if number in self._wanted:
            self.rows[number] = self._row

    def _begin_cell(self, at: int, attributes: Mapping[str, str]) -> None:
        number, column = self._place[0], self._place[1] + 1
        if match := _REFERENCE.fullmatch(attributes.get("r", "")):
            column = column_number(match[1])
        self._place = number, column
        if number in self._wanted:
            after, is_whole = self._tag(at)
            self._cell = Cell(at, after if is_whole else 0, attributes.get("s", ""), attributes.get("t", ""))
            self._row.cells[column] = self._cell

    def _stop(self, tag: str) -> None:
        kind, at = tag.rpartition(":")[2], self._parser.CurrentByteIndex
        # Of an element with one tag the parser says that it ends behind it: its end is known since it began.
        if kind == "c" and self._cell is not None:
            self._cell.end, self._cell = self._cell.end or self._tag(at)[0], None
        elif kind == "row":
            self._row.end = self._row.end or at
        elif kind == "sheetData":
            self.end = at

    def _tag(self, at: int) -> tuple[int, bool]:
        """Return where the tag that begins at `at` ends, and whether it is a whole element. Raises CannotEditError."""
        match = _TAG.match(self.text, at)
        if match is None:
            raise CannotEditError("工作表读不通，没有改动")
        return match.end(), match[0].endswith(b"/>")

    def _merge(self, area: str) -> None:
        corners = [_REFERENCE.fullmatch(one) for one in area.split(":")]
        places = [(int(match[2]), column_number(match[1])) for match in corners if match]
        if places:
            self.merged.append((places[0], places[-1]))


def column_number(letters: str) -> int:
    """Return the number of a column: A is 1."""
    number = 0
    for letter in letters:
        number = number * _LETTERS + ord(letter) - _A + 1
    return number


def column_letters(number: int) -> str:
    """Return the letters of a column: 1 is A."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, _LETTERS)
        letters = chr(_A + rest) + letters
    return letters
