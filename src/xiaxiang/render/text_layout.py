"""Columns, wrapping and footnote marks for a terminal, where a Han character takes two cells."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

from xiaxiang.model.scalar import display_width

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from xiaxiang.model.source import Source

WIDTH: Final = 80
"""Cells of a line where nobody knows better: a pipe, or a terminal that does not say."""

_GAP: Final = 2
_NARROWEST: Final = 8
_CLOSING: Final = "，。、；：？！）”》…①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳√×"
"""A line does not begin with any of these: they stay with the character before them."""
_SHORT_BRACKET: Final = 10
"""Characters. Up to here what stands in brackets (a title, a clause) stays on one line."""
_OPENING: Final = "（“《"
_CIRCLED: Final = (0x2460, 0x3251, 0x32B1)  # ① … ⑳, ㉑ … ㉟, ㊱ … ㊿
_CIRCLED_UP_TO: Final = (20, 35, 50)


def pad(text: str, width: int) -> str:
    """Return `text` filled with spaces up to `width` cells."""
    return text + " " * (width - display_width(text))


def visible(text: str) -> str:
    """Return `text` as it may be shown: control and invisible characters by their number, so that they do nothing."""
    return "".join(_visible(char) for char in text)


def _visible(char: str) -> str:
    if char == "\t":
        return "    "
    category = unicodedata.category(char)
    if category[0] == "C" or category in {"Zl", "Zp"} or (category == "Zs" and char not in " \u3000"):
        return f"<U+{ord(char):04X}>"
    return char


def wrap(text: str, width: int) -> list[str]:
    """Return `text` cut into lines of at most `width` cells, at spaces where words are Latin, never before 。，）."""
    lines, line = [], ""
    for piece in _pieces(text):
        if line.strip() and display_width(line + piece.rstrip()) > width:
            lines.append(line.rstrip())
            line = piece.lstrip()
        else:
            line += piece
        while display_width(line.rstrip()) > width and len(line) > 1:
            head = _fitting(line, width)
            lines.append(head)
            line = line[len(head) :]
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def _pieces(text: str) -> list[str]:
    """Cut `text` where a line may end: after a wide character or a space, not within a short （…）."""
    pieces = [""]
    index, before = 0, " "
    while index < len(text):
        unit = _bracketed(text, index)
        wide = display_width(unit[0]) > 1 or display_width(before) > 1
        may_break = (wide or before == " ") and unit[0] not in _CLOSING + " " and before not in _OPENING
        if may_break and pieces[-1]:
            pieces.append(unit)
        else:
            pieces[-1] += unit
        index += len(unit)
        before = unit[-1]
    return pieces


def _bracketed(text: str, index: int) -> str:
    """Return the character at `index`, or, where it opens a short （…）, all up to the matching bracket."""
    depth = 0
    for end in range(index, min(index + _SHORT_BRACKET, len(text))):
        depth += (text[end] == "（") - (text[end] == "）")
        if depth == 0:
            return text[index : end + 1]
    return text[index]


def _fitting(text: str, width: int) -> str:
    """Return the longest beginning of `text` within `width` cells, at least one character."""
    used = 0
    for index, char in enumerate(text):
        used += display_width(char)
        if used > width:
            return text[: max(index, 1)]
    return text


def cut(text: str, width: int) -> str:
    """Return `text` within `width` cells, its end replaced by … where it is longer."""
    return text if display_width(text) <= width else _fitting(text, width - 1) + "…"


def table(
    rows: Sequence[Sequence[str]], *, width: int = WIDTH, indent: int = 1, flexible: Sequence[int] = ()
) -> list[str]:
    """Return `rows` as aligned lines; where they are wider than `width`, cells wrap (`flexible` columns first)."""
    count = max(len(row) for row in rows)
    full = [[*row, *[""] * (count - len(row))] for row in rows]
    widths = [max(_cell_width(row[column]) for row in full) for column in range(count)]
    room = width - indent - _GAP * (count - 1)
    for columns in (flexible, range(count)):
        _shrink(widths, columns, room)
    return [" " * indent + line for row in full for line in _row_lines(row, widths)]


def _cell_width(cell: str) -> int:
    return max(display_width(part) for part in cell.split("\n"))


def _shrink(widths: list[int], columns: Sequence[int], room: int) -> None:
    """Take cells from the widest of `columns`, one after the other, until all fit or none can give more."""
    while columns and sum(widths) > room:
        widest = max(columns, key=widths.__getitem__)
        if widths[widest] <= _NARROWEST:
            return
        widths[widest] -= 1


def _row_lines(row: Sequence[str], widths: Sequence[int]) -> list[str]:
    cells = [
        [line for part in cell.split("\n") for line in wrap(part, width)]
        for cell, width in zip(row, widths, strict=True)
    ]
    height = max(len(cell) for cell in cells)
    gap = " " * _GAP
    return [
        gap.join(
            pad(cell[level] if level < len(cell) else "", width) for cell, width in zip(cells, widths, strict=True)
        ).rstrip()
        for level in range(height)
    ]


def paragraph(lead: str, text: str, *, width: int = WIDTH) -> list[str]:
    """Return `text` after `lead` (① , 怎么改: ), wrapped so that every further line stands under the first."""
    margin = display_width(lead)
    first, *rest = wrap(text, max(width - margin, _NARROWEST))
    return [lead + first, *(" " * margin + line for line in rest)]


def listed(lead: str, items: Iterable[str], *, width: int = WIDTH, separator: str = " · ") -> list[str]:
    """Return `items` after `lead` with separators between them, wrapped between items; inside only what is too long."""
    margin, closing = display_width(lead), separator.rstrip()
    lines, line, told = [], "", [*items]
    for number, item in enumerate(told, 1):
        joined = f"{line}{separator}{item}" if line else item
        following = closing if number < len(told) else ""
        if line and margin + display_width(joined + following) > width:
            lines.append(line + closing)
            joined = item
        line = joined
    fitting = [part for one in (*lines, line) for part in wrap(one, width - margin)]
    return [(" " * margin if index else lead) + one for index, one in enumerate(fitting)]


def mark(number: int) -> str:
    """Return the footnote mark of `number` (from 1): ① … ㊿, then (51)."""
    first = 1
    for code, last in zip(_CIRCLED, _CIRCLED_UP_TO, strict=True):
        if number <= last:
            return chr(code + number - first)
        first = last + 1
    return f"({number})"


def footnotes(notes: list[str], texts: Iterable[str]) -> str:
    """Add `texts` to the footnotes and return their marks; a text that stands there already keeps its number."""
    marks = []
    for text in texts:
        if text not in notes:
            notes.append(text)
        marks.append(mark(notes.index(text) + 1))
    return "".join(marks)


def cited(source: Source, document: str) -> str:
    """Return a clause as a reader of `document` needs it: the clause alone, or with the document it is in."""
    return source.cited_in(document)
