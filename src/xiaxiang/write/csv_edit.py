"""Changing a CSV file by the cells and lines that must change, and no other byte: encoding, quotes, line ends stay."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from xiaxiang.write.lines import UTF_8_MARK, CannotEditError, Lines

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_RISKY: Final = ("=", "+", "-", "@")
_SAFE_NUMBER: Final = re.compile(r"[+-]?\d+(?:\.\d+)?")
_QUOTE: Final = '"'


@dataclass(frozen=True, slots=True)
class TableEdits:
    """What is to change. `cells`: (line, index of the cell from 0) → text; `rows`: line → rows to put after it."""

    cells: Mapping[tuple[int, int], str] = field(default_factory=dict)
    rows: Mapping[int, Sequence[Sequence[str]]] = field(default_factory=dict)


def csv_cell(text: str, separator: str = ",") -> str:
    """Return `text` as one cell. What Excel would take for a formula gets a tab in front, which reading takes off."""
    if text.startswith(_RISKY) and not _SAFE_NUMBER.fullmatch(text):
        text = "\t" + text
    if any(sign in text for sign in (separator, _QUOTE, "\n", "\r")):
        return _QUOTE + text.replace(_QUOTE, _QUOTE * 2) + _QUOTE
    return text


def csv_bytes(rows: Sequence[Sequence[str]]) -> bytes:
    """Return rows as a new CSV file that Excel opens in the right encoding: UTF-8 with a mark, CRLF."""
    return UTF_8_MARK + "".join(",".join(map(csv_cell, row)) + "\r\n" for row in rows).encode()


def edit_csv(data: bytes, edits: TableEdits, separator: str) -> bytes:
    """Return the file with the edits made. Raises CannotEditError; lines count as reading counts them."""
    lines = Lines(data)
    for (line, index), new in edits.cells.items():
        lines.replace(line, _with_cell(lines.body(line), index, new, separator, line))
    for line, rows in sorted(edits.rows.items(), reverse=True):
        lines.insert_after(line, [separator.join(csv_cell(cell, separator) for cell in row) for row in rows])
    return lines.data()


def _with_cell(line: str, index: int, new: str, separator: str, number: int) -> str:
    if line.count(_QUOTE) % 2:
        raise CannotEditError(f"第 {number} 行有一格写了几行文字，没有改动：请在表格里自己改")
    spans = _spans(line, separator)
    if index >= len(spans):
        return line + separator * (index - len(spans) + 1) + csv_cell(new, separator)
    start, end = spans[index]
    quoted = csv_cell(new, separator)
    if line[start : start + 1] == _QUOTE and not quoted.startswith(_QUOTE):
        quoted = _QUOTE + quoted + _QUOTE
    return line[:start] + quoted + line[end:]


def _spans(line: str, separator: str) -> list[tuple[int, int]]:
    """Return where the cells of a line stand, quotes included."""
    spans, start, inside = [], 0, False
    for place, char in enumerate(line):
        if char == _QUOTE:
            inside = not inside
        elif char == separator and not inside:
            spans.append((start, place))
            start = place + 1
    return [*spans, (start, len(line))]
