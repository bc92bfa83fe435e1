"""A CSV text → its rows: which sign separates, what each cell says, in which column of its line it stands."""

from __future__ import annotations

import csv
import re
from statistics import median_low
from typing import TYPE_CHECKING, Final

from xiaxiang.load.header import HEADER_WITHIN
from xiaxiang.load.yaml import Scalar

if TYPE_CHECKING:
    from collections.abc import Iterator

SEPARATORS: Final = (",", ";", "\t", "，")
_QUOTED_CELL: Final = r'(?:"(?:[^"]|"")*"|[^{0}"]*)'
_AS_FORMULA: Final = re.compile(r'="([^"]*)"')  # how exports keep Excel from touching a number: ="0123"


def separator_of(lines: list[str]) -> str:
    """Return the sign that separates cells: the one that most of the first lines have most of."""
    first = [line for line in lines if any(sign in line for sign in SEPARATORS)][:HEADER_WITHIN]
    counts = {sign: [line.count(sign) for line in first] or [0] for sign in SEPARATORS}
    return max(SEPARATORS, key=lambda sign: (median_low(counts[sign]), sum(counts[sign])))


def rows_of(lines: list[str], separator: str) -> Iterator[tuple[int, list[str] | None]]:
    """Yield each row: the line in which it begins (from 1) and its cells as typed; None for one that cannot be read.

    An empty line is a row without cells.
    """
    source = csv.reader((line + "\n" for line in lines), delimiter=separator, strict=True)
    begun = 0
    while True:
        try:
            cells = next(source, None)
        except csv.Error:
            yield begun + 1, None
        else:
            if cells is None:
                return
            yield begun + 1, cells
        begun = source.line_num


def placed(cells: list[str], line: str, number: int, separator: str) -> list[Scalar]:
    """Return cells with their columns in `line`. A cell that goes on in the next line ends with this one."""
    if '"' not in line:
        scalars: list[Scalar] = []
        column = 1
        for cell in cells:
            scalars.append(_scalar(cell, number, column))
            column += len(cell) + 1
        return scalars
    spans = [match.span() for match in re.finditer(_QUOTED_CELL.format(re.escape(separator)), line)]
    starts = [
        start for index, (start, end) in enumerate(spans) if end > start or index == 0 or spans[index - 1][1] < start
    ]
    return [
        _scalar(cell, number, starts[index] + 1 if index < len(starts) else len(line) + 1)
        for index, cell in enumerate(cells)
    ]


def plain_cell(cell: str) -> str:
    """Return what a cell says, on one line."""
    text = " ".join(cell.split("\n")).strip()
    if text.startswith('="') and (match := _AS_FORMULA.fullmatch(text)):
        return match[1]
    return text


def _scalar(cell: str, line: int, column: int) -> Scalar:
    return Scalar(plain_cell(cell), line, column, column + max(len(cell), 1), quoted=True)
