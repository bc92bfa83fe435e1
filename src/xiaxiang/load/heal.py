"""Healing a file of what cannot have been meant: the slips that `raw` is sure of, and not one byte more."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from xiaxiang.load.files import UTF_8_MARK, decode
from xiaxiang.load.raw import edited, look_at

_LINES: Final = re.compile(rb"[^\r\n]*(?:\r\n|\n|\r|$)")


@dataclass(frozen=True, slots=True)
class Healed:
    """A file as it was and as it would be: its text (lines ended by LF), its new bytes, how many places change."""

    before: str
    after: str
    data: bytes
    places: int


def heal(data: bytes) -> Healed | None:
    """Return the file healed; None where there is nothing to heal or it cannot be read.

    Encoding, marks, line ends and every line without a slip stay byte for byte. What could have been meant in more
    than one way is left for its author.
    """
    text, _ = decode(data, "")
    look = look_at(text) if text is not None else None
    sure = [trap for trap in look.traps if trap.is_sure] if look else []
    if text is None or not sure:
        return None
    edits: dict[int, list[tuple[int, int, str]]] = {}
    for trap in sure:
        edits.setdefault(trap.line, []).extend(trap.edits)
    lines = text.split("\n")
    raw = _LINES.findall(data)  # neither byte of a line end is ever part of a character of GB 18030
    codec = _codec(data)
    for number, some in edits.items():
        fixed = edited(lines[number], sorted(some))
        # Only the line itself is written anew: what stands around it may have been written in more than one way.
        ending = raw[number][len(raw[number].rstrip(b"\r\n")) :]
        mark = UTF_8_MARK if number == 0 and data.startswith(UTF_8_MARK) else b""
        lines[number], raw[number] = fixed, mark + fixed.encode(codec) + ending
    return Healed(text, "\n".join(lines), b"".join(raw), len(sure))


def _codec(data: bytes) -> str:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8"
