"""From which day an .xls workbook counts: its reader tells of styled days only, and a bare number needs it as well.

[MS-CFB] has the container (sectors of bytes chained by a table), [MS-XLS] 2.4.77 the record DATEMODE.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_SIGNATURE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SECTOR_SHIFT, _FIRST_OF_FOLDER, _SMALLEST, _FIRST_OF_SMALL, _TABLE = 30, 48, 56, 60, 76
"""Offsets in the header: size of a sector, where the folder begins, from which size on streams have whole sectors,
where the table of the small ones begins, and the table of the whole ones."""
_SHIFTS: Final = (b"\x09", b"\x0c")  # sectors of 512 or 4096 bytes
_SMALL: Final = 64
_TABLE_SECTORS: Final = 109
_ENTRY: Final = 128
_NAME_LENGTH, _START, _SIZE = 64, 116, 120
_BOOKS: Final = frozenset({"Workbook", "Book"})
_LOOKED_AT: Final = 128
"""Sectors of a stream: the record stands among the first."""
_END_OF_GLOBALS, _DATE_MODE = 0x0A, 0x22


def counts_from_1904(data: bytes) -> bool:
    """Whether the days of this .xls workbook count from 1904; not where that cannot be told."""
    if not data.startswith(_SIGNATURE) or data[_SECTOR_SHIFT : _SECTOR_SHIFT + 1] not in _SHIFTS:
        return False
    try:
        return any(kind == _DATE_MODE and body[:1] == b"\x01" for kind, body in _records(_book(data)))
    except (struct.error, IndexError):
        return False


def _book(data: bytes) -> bytes:
    """Return the beginning of the stream that holds the workbook."""
    folder = _stream(data, _number(data, _FIRST_OF_FOLDER))
    for at in range(0, len(folder), _ENTRY):
        name = folder[at : at + max(folder[at + _NAME_LENGTH] - 2, 0)].decode("utf-16-le", errors="replace")
        if name in _BOOKS:
            start = _number(folder, at + _START)
            is_small = _number(folder, at + _SIZE) < _number(data, _SMALLEST)
            return _small_stream(data, folder, start) if is_small else _stream(data, start)
    return b""


def _stream(data: bytes, sector: int) -> bytes:
    """Return the first sectors of a stream."""
    size = 1 << data[_SECTOR_SHIFT]
    pieces = []
    for _ in range(_LOOKED_AT):
        begin = (sector + 1) * size  # the header fills the first
        if not 0 <= begin < len(data):
            break
        pieces.append(data[begin : begin + size])
        table, place = divmod(sector, size // 4)
        if table >= _TABLE_SECTORS:
            break
        sector = _number(data, (_number(data, _TABLE + 4 * table) + 1) * size + 4 * place)
    return b"".join(pieces)


def _small_stream(data: bytes, folder: bytes, sector: int) -> bytes:
    """Return a stream that shares the sectors of the root's, cut into small ones with a table of their own."""
    shared, table = _stream(data, _number(folder, _START)), _stream(data, _number(data, _FIRST_OF_SMALL))
    pieces: list[bytes] = []
    while len(pieces) < _LOOKED_AT and sector * _SMALL < len(shared):
        pieces.append(shared[sector * _SMALL : (sector + 1) * _SMALL])
        sector = _number(table, 4 * sector)
    return b"".join(pieces)


def _records(book: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield kind and contents of the records that are about the whole workbook."""
    at, kind = 0, 0
    while at + 4 <= len(book) and kind != _END_OF_GLOBALS:
        kind, length = struct.unpack_from("<HH", book, at)
        yield kind, book[at + 4 : at + 4 + length]
        at += 4 + length


def _number(data: bytes, at: int) -> int:
    return int(struct.unpack_from("<I", data, at)[0])
