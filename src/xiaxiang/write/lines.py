"""A text file as lines that can be changed one by one: encoding, mark and line ends stay as they are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

UTF_8_MARK: Final = b"\xef\xbb\xbf"
_LINE: Final = re.compile(r"([^\r\n]*)(\r\n|\r|\n|$)")
_ENCODINGS: Final = ("utf-8", "gb18030")  # as reading tries them


class CannotEditError(Exception):
    """The place cannot be changed without touching more than it: one Chinese sentence."""


class Lines:
    """The lines of one file, counted from 1 as reading counts them."""

    def __init__(self, data: bytes) -> None:
        """Decode `data`. Raises CannotEditError where it could not be written back byte by byte."""
        self._mark = UTF_8_MARK if data.startswith(UTF_8_MARK) else b""
        text, self._encoding = _decoded(data.removeprefix(self._mark))
        self._lines = [[match[1], match[2]] for match in _LINE.finditer(text)]
        if len(self._lines) > 1 and not self._lines[-1][0]:
            self._lines.pop()
        self._ending = next((end for _, end in self._lines if end), "\n")

    def body(self, line: int) -> str:
        """Return a line without its end."""
        return self._lines[line - 1][0]

    def replace(self, line: int, body: str) -> None:
        """Change a line; its end stays."""
        self._lines[line - 1][0] = body

    def insert_after(self, line: int, bodies: Sequence[str]) -> None:
        """Add lines; a last line without an end leaves the new last line without one."""
        end = self._lines[line - 1][1]
        self._lines[line - 1][1] = end or self._ending
        fresh = [[body, end or self._ending] for body in bodies]
        fresh[-1][1] = end
        self._lines[line:line] = fresh

    def data(self) -> bytes:
        """Return the file."""
        return self._mark + "".join(body + end for body, end in self._lines).encode(self._encoding)


def _decoded(data: bytes) -> tuple[str, str]:
    for encoding in _ENCODINGS:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if text.encode(encoding) == data:
            return text, encoding
    raise CannotEditError("文件的编码认不出来，没有改动")
