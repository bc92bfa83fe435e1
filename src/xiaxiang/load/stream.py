"""A text of any length: its encoding is found by reading it through once, a stretch at a time, never held whole."""

from __future__ import annotations

import codecs
import csv
from contextlib import suppress
from itertools import chain, islice
from typing import TYPE_CHECKING, Final

from xiaxiang.load.files import UTF_8_MARK, decode, no_text, other_encoding, read_bytes, unknown_encoding
from xiaxiang.model.diagnostic import Diagnostic

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from xiaxiang.load.files import Reader

_CHUNK: Final = 1024 * 1024
_BEGINNING: Final = 64 * 1024
_HEAD: Final = 40  # lines in which a header is looked for


def codec_of(reader: Reader, path: Path) -> str | None:
    """Return the codec with which a text file can be read to its end; None, with a finding, where there is none.

    Strict UTF-8 (with or without a mark) first, else strict GB18030, with a note: as `decode` does with a short text.
    """
    file = reader.shown(path)
    problem = read_bytes(path, file, limit=0)  # why the file cannot be had at all, said as always
    if isinstance(problem, Diagnostic) and problem.code != "too-large":
        reader.report(problem)
        return None
    mark = next(_chunks(path), b"").startswith(UTF_8_MARK)
    first_bad = _first_bad(path, file, "utf-8")
    if isinstance(first_bad, int) and _first_bad(path, file, "gb18030") is None:
        reader.report(other_encoding(file))
        return "gb18030"
    if first_bad is None:
        return "utf-8-sig" if mark else "utf-8"
    reader.report(first_bad if isinstance(first_bad, Diagnostic) else unknown_encoding(file, first_bad))
    return None


def codec_at_sight(reader: Reader, path: Path) -> str | None:
    """Return the codec of a text by its beginning, for who reads it to its end: as `codec_of`, at half the price.

    It is only a promise: bytes further on that are none of it raise UnicodeDecodeError, and then `codec_of` has to say.
    """
    file = reader.shown(path)
    problem = read_bytes(path, file, limit=0)
    is_there = isinstance(problem, Diagnostic) and problem.code == "too-large"
    if not is_there or any(no_text(chunk, file) for chunk in _chunks(path)):
        return codec_of(reader, path)
    beginning = next(_chunks(path))
    for codec in ("utf-8-sig" if beginning.startswith(UTF_8_MARK) else "utf-8", "gb18030"):
        with suppress(UnicodeDecodeError):
            codecs.getincrementaldecoder(codec)().decode(beginning)
            if codec == "gb18030":
                reader.report(other_encoding(file))
            return codec
    return codec_of(reader, path)


def _first_bad(path: Path, file: str, codec: str) -> int | Diagnostic | None:
    """Return the line of the first bytes that are none of `codec`, or the finding that this is no text; else None."""
    decoder = codecs.getincrementaldecoder(codec)()
    line = 1
    for chunk in chain(_chunks(path), (b"",)):
        if problem := no_text(chunk, file, line):
            return problem
        try:
            decoder.decode(chunk, final=not chunk)
        except UnicodeDecodeError as bad:
            return line + chunk.count(b"\n", 0, bad.start)
        line += chunk.count(b"\n")
    return None


def _chunks(path: Path, size: int = _CHUNK) -> Iterator[bytes]:
    with path.open("rb") as stream:
        while chunk := stream.read(size):
            yield chunk


def beginning_of(path: Path) -> str:
    """Return the first whole lines of a file, enough to see what it is; "" where they are no text."""
    with suppress(OSError, ValueError):
        data = next(_chunks(path, _BEGINNING), b"")
        text, _ = decode(data[: data.rfind(b"\n") + 1] or data, "")
        return text or ""
    return ""


def head_of(path: Path, codec: str) -> str:
    """Return the first lines of a text, ended by LF."""
    with path.open(encoding=codec) as stream:
        return "".join(islice(stream, _HEAD))


def count_lines(path: Path) -> int:
    """Return how many lines a text has; the last one need not be ended."""
    count, last = 0, b"\n"
    for last in _chunks(path):
        count += last.count(b"\n")
    return count + (not last.endswith(b"\n"))


def lines_of(path: Path, codec: str, numbers: Collection[int]) -> dict[int, str]:
    """Return some lines of a text by their numbers (from 1), without their ends."""
    if not numbers:
        return {}
    with path.open(encoding=codec) as stream:
        lines = enumerate(islice(stream, max(numbers)), 1)
        return {number: line.rstrip("\n") for number, line in lines if number in numbers}


class CsvRows:
    """The rows of a CSV file below its header, one at a time; `bad` are the lines that cannot be read."""

    def __init__(self, path: Path, codec: str, separator: str, header_line: int) -> None:
        """Keep where to begin; nothing is opened yet."""
        self._path, self._codec, self._separator, self._header_line = path, codec, separator, header_line
        self._end = 0
        self._reader = csv.reader(())
        self.bad: list[int] = []
        self.bad_count = 0

    def __iter__(self) -> Iterator[list[str]]:
        """Yield the cells of each row. The reader of the standard library does the work, line by line."""
        with self._path.open(encoding=self._codec, newline="") as stream:
            self._reader = csv.reader(stream, delimiter=self._separator, strict=True)
            below = False
            while True:
                try:
                    while not below:
                        below = self.line_of(next(self._reader)) >= self._header_line
                    yield from self._reader
                except csv.Error:
                    self.bad_count += 1
                    if len(self.bad) < _HEAD:
                        self.bad.append(self._reader.line_num)
                except StopIteration:
                    return
                else:
                    return

    def line_of(self, cells: list[str]) -> int:
        """Return the line in which the row that was given last begins."""
        return self._reader.line_num - sum(cell.count("\n") for cell in cells)
