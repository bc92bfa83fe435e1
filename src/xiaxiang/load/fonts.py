"""Which typefaces this machine has: the names that font files give themselves, in every language they do.

Read from the files' own name tables (OpenType specification, `name`), because no interface is the same on
Windows, macOS and Linux. A file that is broken or not ours to read is passed over.
"""

from __future__ import annotations

import os
import struct
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_SUFFIXES: Final = frozenset({".ttf", ".ttc", ".otf", ".otc"})
_COLLECTION: Final = b"ttcf"
_FAMILY_NAMES: Final = frozenset({1, 4, 16})  # family, full name, typographic family
_MAC: Final = 1
_MOST_FILES: Final = 20_000
_MOST_FACES: Final = 64
_MOST_TABLES: Final = 256
_LONGEST_TABLE: Final = 256 * 1024


def font_folders() -> tuple[Path, ...]:
    """Return the folders in which this system keeps its fonts, the user's own included."""
    home = Path.home()
    if sys.platform == "win32":
        own = Path(os.environ.get("LOCALAPPDATA", home / "AppData" / "Local"))
        return Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts", own / "Microsoft" / "Windows" / "Fonts"
    if sys.platform == "darwin":
        return Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library" / "Fonts"
    data = Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share")
    return Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), data / "fonts", home / ".fonts"


def installed_faces(folders: Iterable[Path]) -> frozenset[str]:
    """Return the names of every face in the font files under `folders`."""
    names: set[str] = set()
    for path in _font_files(folders):
        try:
            with path.open("rb") as stream:
                for start in _faces(stream):
                    names.update(_names(stream, start))
        except (OSError, struct.error, UnicodeError):
            continue
    return frozenset(names)


def _font_files(folders: Iterable[Path]) -> Iterator[Path]:
    left = _MOST_FILES
    for folder in folders:
        for place, _, files in os.walk(folder):
            for name in sorted(files):
                if Path(name).suffix.lower() in _SUFFIXES and left:
                    left -= 1
                    yield Path(place) / name


def _faces(stream: BinaryIO) -> tuple[int, ...]:
    """Return where the faces of a file begin: one, or those of a collection."""
    if stream.read(4) != _COLLECTION:
        return (0,)
    _, count = _read(stream, ">LL")
    count = min(count, _MOST_FACES)
    return _read(stream, f">{count}L")


def _names(stream: BinaryIO, start: int) -> Iterator[str]:
    """Yield the family names of the face that begins at `start`."""
    stream.seek(start + 4)
    (tables,) = _read(stream, ">H6x")
    for _ in range(min(tables, _MOST_TABLES)):
        tag, _, offset, length = _read(stream, ">4sLLL")
        if tag == b"name":
            stream.seek(offset)
            yield from _family_names(stream.read(min(length, _LONGEST_TABLE)))
            return


def _family_names(table: bytes) -> Iterator[str]:
    _, count, texts = struct.unpack_from(">HHH", table)
    for number in range(count):
        platform, _, _, name, length, offset = struct.unpack_from(">6H", table, 6 + 12 * number)
        if name in _FAMILY_NAMES:
            data = table[texts + offset : texts + offset + length]
            yield data.decode("mac-roman" if platform == _MAC else "utf-16-be", errors="replace").strip()


def _read(stream: BinaryIO, layout: str) -> tuple[Any, ...]:
    return struct.unpack(layout, stream.read(struct.calcsize(layout)))
