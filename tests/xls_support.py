"""The smallest old workbook (.xls): a BIFF8 stream in a compound file, as [MS-XLS] and [MS-CFB] lay it out."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

SECTOR, FREE, END, TABLE = 512, 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def old_workbook(
    rows: Sequence[Sequence[str | float]], *, from_1904: bool = False, styled: bool = False, small: bool = False
) -> bytes:
    """Return a workbook of one sheet; with `styled` its numbers are shown as days, `small` in the small sectors."""
    start = _record(0x42, struct.pack("<H", 1200)) + _record(0x22, struct.pack("<H", from_1904))
    start += _record(0xE0, struct.pack("<HH", 0, 0) + bytes(16)) + _record(0xE0, struct.pack("<HH", 0, 14) + bytes(16))
    name = b"\x06\x00" + b"Sheet1"
    bound = struct.pack("<IBB", 0, 0, 0) + name
    offset = len(_begin(0x05) + start + _record(0x85, bound) + _record(0x0A))
    book = _begin(0x05) + start + _record(0x85, struct.pack("<I", offset) + bound[4:]) + _record(0x0A)
    book += _begin(0x10) + _record(0x200, struct.pack("<IIHHH", 0, len(rows), 0, max(map(len, rows)), 0))
    for number, row in enumerate(rows):
        for index, value in enumerate(row):
            if isinstance(value, str):
                text = struct.pack("<HB", len(value), 1) + value.encode("utf-16-le")
                book += _record(0x204, struct.pack("<HHH", number, index, 0) + text)
            else:
                book += _record(0x203, struct.pack("<HHHd", number, index, int(styled), value))
    return (_small_compound if small else _compound)(book + _record(0x0A))


def _record(kind: int, body: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _begin(of: int) -> bytes:
    return _record(0x809, struct.pack("<HHHHII", 0x600, of, 0, 1997, 0, 6))


def _compound(stream: bytes) -> bytes:
    stream = stream.ljust(4096, b"\0")
    stream += bytes(-len(stream) % SECTOR)
    count = len(stream) // SECTOR
    table = [TABLE, END, *range(3, 2 + count), END]
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, END, 0, END, 0) + struct.pack("<I", 0)
    folder = _entry("Root Entry", 5, 1, END, 0) + _entry("Workbook", 2, FREE, 2, len(stream)) + bytes(256)
    sectors = struct.pack(f"<{len(table)}I", *table).ljust(SECTOR, b"\xff") + folder + stream
    return header.ljust(SECTOR, b"\xff") + sectors


def _small_compound(stream: bytes) -> bytes:
    """Return a compound file whose stream lies in the root's, cut into sectors of 64 bytes (LibreOffice does so)."""
    size = len(stream)
    pieces = -(-size // 64)
    shared = stream.ljust(pieces * 64, b"\0")
    shared += bytes(-len(shared) % SECTOR)
    count = len(shared) // SECTOR
    table = [TABLE, END, END, *range(4, 3 + count), END]
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, 2, 1, END, 0) + struct.pack("<I", 0)
    folder = _entry("Root Entry", 5, 1, 3, len(shared)) + _entry("Workbook", 2, FREE, 0, size) + bytes(256)
    small = struct.pack(f"<{pieces}I", *range(1, pieces), END).ljust(SECTOR, b"\xff")
    sectors = struct.pack(f"<{len(table)}I", *table).ljust(SECTOR, b"\xff") + folder + small + shared
    return header.ljust(SECTOR, b"\xff") + sectors


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    text = name.encode("utf-16-le")
    head = text.ljust(64, b"\0") + struct.pack("<HBBIII", len(text) + 2, kind, 1, FREE, FREE, child)
    return head + bytes(36) + struct.pack("<II", start, size) + bytes(4)
