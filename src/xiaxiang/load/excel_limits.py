"""A packed workbook looked at before it is opened: a small file can hold a gigabyte, or one cell a mile away.

Its parts are streamed, never held; what the reader would build is counted first.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from xml.parsers import expat  # no entities, no network: a declaration of any entity is refused

if TYPE_CHECKING:
    from collections.abc import Callable

UNPACKED_LIMIT: Final = 128 * 1024 * 1024
CELL_LIMIT: Final = 1_000_000
"""Cells of the rectangle from A1 to the last filled cell: 100,000 people with ten columns."""

_TEXT_LIMIT: Final = 64 * 1024 * 1024  # characters, a shared text counted in each cell that shows it
_TAG_LIMIT: Final = 5 * CELL_LIMIT
_CHUNK: Final = 256 * 1024
_CELL: Final = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_A: Final = ord("A") - 1
_LETTERS: Final = 26
_YES: Final = frozenset({"1", "true"})
_UNSOUND: Final = (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError, struct.error)
_TOO_WIDE: Final = f"的单元格分布太广，超过 {CELL_LIMIT:,} 格"
_TOO_LONG: Final = "里的文字太多"
_TOO_BIG: Final = f"解开后超过 {UNPACKED_LIMIT // (1024 * 1024)} MB"


class TooLargeError(Exception):
    """The workbook is not opened: the end of a sentence that begins with its name."""


class BrokenError(Exception):
    """The file is no sound workbook."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What a workbook holds: whether its days count from 1904, and how many of its sheets hold anything."""

    from_1904: bool
    sheets: int


class _OtherPartError(Exception):
    """The part is none that is counted."""


def measure(data: bytes) -> Measured:
    """Return what the workbook in `data` holds. Raises TooLargeError or BrokenError where it is not to be opened."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            parts = packed.infolist()
            _weigh(packed, parts)
            counting = _Counting()
            for wanted in ({"workbook", "sst"}, {"worksheet"}):  # shared texts before the cells that show them
                for part in parts:
                    counting.read(packed, part, wanted)
    except (*_UNSOUND, expat.ExpatError, zlib.error):
        raise BrokenError from None
    return Measured(counting.from_1904, counting.sheets)


def _weigh(packed: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> None:
    """Raise TooLargeError where the parts unpack to too much, whatever the directory says of their sizes."""
    total = tags = 0
    if sum(part.file_size for part in parts) > UNPACKED_LIMIT:
        raise TooLargeError(_TOO_BIG)
    for part in parts:
        with packed.open(part) as stream:
            while chunk := stream.read(_CHUNK):
                total += len(chunk)
                tags += chunk.count(b"<")
                if total > UNPACKED_LIMIT:
                    raise TooLargeError(_TOO_BIG)
                if tags > _TAG_LIMIT:
                    raise TooLargeError(_TOO_WIDE)


@dataclass(slots=True)
class _Counting:
    """Counts what the parts of one workbook would become. A part is known by its first tag, not by its name."""

    from_1904: bool = False
    sheets: int = 0
    lengths: list[int] = field(default_factory=list)  # of the shared texts
    characters: int = 0

    def read(self, packed: zipfile.ZipFile, part: zipfile.ZipInfo, wanted: set[str]) -> None:
        """Count one part, if it is one of the kinds `wanted`."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.EntityDeclHandler = self._refuse
        first = True

        def root(name: str, attributes: dict[str, str]) -> None:
            kind = name.rpartition(":")[2]
            if kind not in wanted:
                raise _OtherPartError
            start, text = self._handlers(kind)
            parser.StartElementHandler, parser.CharacterDataHandler = start, text
            start(name, attributes)

        parser.StartElementHandler = root
        try:
            with packed.open(part) as stream:
                while chunk := stream.read(_CHUNK):
                    if first and b"<" not in chunk[:8]:
                        return  # a picture, a font
                    first = False
                    parser.Parse(chunk, False)  # noqa: FBT003 - expat takes no names
                if not first:
                    parser.Parse(b"", True)  # noqa: FBT003 - expat takes no names
        except _OtherPartError:
            return

    def _refuse(self, *_: object) -> None:
        raise BrokenError

    def _handlers(self, kind: str) -> tuple[Callable[[str, dict[str, str]], None], Callable[[str], None] | None]:
        if kind == "workbook":
            return self._workbook, None
        if kind == "sst":
            return self._shared, self._shared_text
        cells = _Cells(self)
        return cells.start, cells.text

    def _workbook(self, name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] == "workbookPr":
            self.from_1904 = attributes.get("date1904", "") in _YES

    def _shared(self, name: str, _: dict[str, str]) -> None:
        if name.rpartition(":")[2] == "si":
            self.lengths.append(0)

    def _shared_text(self, text: str) -> None:
        if self.lengths:
            self.lengths[-1] += len(text)

    def show(self, index: str) -> None:
        """Count a cell that shows a shared text."""
        if index.isascii() and index.isdigit() and int(index) < len(self.lengths):
            self.characters += self.lengths[int(index)]
            if self.characters > _TEXT_LIMIT:
                raise TooLargeError(_TOO_LONG)


class _Cells:
    """Follows the cells of one sheet, those without a reference too: they stand beside the one before."""

    def __init__(self, counting: _Counting) -> None:
        self.counting = counting
        self.row = self.column = self.last_row = self.last_column = 0
        self.is_shared = self.in_value = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take a tag."""
        kind = name if ":" not in name else name.rpartition(":")[2]
        self.in_value = kind == "v"
        if kind == "c":
            self.column += 1
            self.is_shared = attributes.get("t") == "s"
            if (reference := attributes.get("r")) and (match := _CELL.fullmatch(reference)):
                self.column, self.row = _number(match[1]), int(match[2])
        elif kind in {"v", "is"}:
            self._filled()
        elif kind == "row":
            number = attributes.get("r", "")
            self.row = int(number) if number.isascii() and number.isdigit() else self.row + 1
            self.column = 0

    def text(self, text: str) -> None:
        """Take text: of a cell's value it may be the number of a shared text."""
        if self.in_value and self.is_shared:
            self.counting.show(text)

    def _filled(self) -> None:
        if not self.last_row:
            self.counting.sheets += 1
        self.last_row, self.last_column = max(self.last_row, self.row), max(self.last_column, self.column)
        if self.last_row * self.last_column > CELL_LIMIT:
            raise TooLargeError(_TOO_WIDE)


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * _LETTERS + ord(letter) - _A
    return number
