"""The header of a table: looked for below titles, its names compared without stars and units, two levels joined."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from xiaxiang.load.yaml import Scalar
from xiaxiang.model.scalar import half_width

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

HEADER_WITHIN: Final = 10
"""Titles may stand above the header, which is looked for in this many rows."""

_DECORATION: Final = re.compile(r"^\*+|\*+$|[:：]$|\([^()]*\)$")  # *姓名, 出勤天数(天)
_GROUP_ENDING: Final = re.compile(r"(?:情况|记录|时间|日期|活动|工作|安排)$")  # 授课情况 over 日期 | 次数


@dataclass(slots=True)
class Row:
    """The cells of one row as scalars, empty ones included."""

    line: int
    cells: list[Scalar]

    @property
    def is_empty(self) -> bool:
        """Whether nothing is written in this row."""
        return not any(cell.text for cell in self.cells)

    @property
    def end_column(self) -> int:
        """Where the row ends, exclusive."""
        return self.cells[-1].end_column if self.cells else 2

    def cell(self, index: int) -> Scalar:
        """Return a cell; one beyond the end of the row is empty and stands there."""
        if index < len(self.cells):
            return self.cells[index]
        return Scalar("", self.line, self.end_column, self.end_column + 1, quoted=True)


@dataclass(frozen=True, slots=True)
class Header:
    """The header: its row (of two levels the joined one), how many rows it and what is above take, the joined cells."""

    row: Row
    ends: int
    joined: tuple[Scalar, ...] = ()


def column_name(cell: Scalar) -> str:
    """Return a header cell's name: full-width letters made half-width, white space inside taken out."""
    return "".join(half_width(cell.text).split())


def known_name(cell: Scalar, known: Collection[str]) -> str:
    """Return the known spelling that a header cell is, with or without stars, units and a colon; "" for none."""
    return _known(column_name(cell), known)


def _known(name: str, known: Collection[str]) -> str:
    if name in known:
        return name
    bare = _bare(name)
    return bare if bare in known else ""


def _bare(name: str) -> str:
    return _DECORATION.sub("", _DECORATION.sub("", name))


def find_header(rows: list[Row], known: Mapping[str, str]) -> Header:
    """Return the header among the first filled `rows`: the row with most known names, or two rows that belong together.

    `known` maps every spelling of a column to its name.
    """
    fits = [sum(bool(known_name(cell, known)) for cell in row.cells) for row in rows[:HEADER_WITHIN]]
    at = fits.index(max(fits))
    for upper in (at, at - 1):
        if 0 <= upper < len(rows) - 1 and (found := _two_levels(rows[upper], rows[upper + 1], known)):
            return Header(found[0], upper + 2, found[1])
    return Header(rows[at], at + 1)


def _two_levels(upper: Row, lower: Row, known: Mapping[str, str]) -> tuple[Row, tuple[Scalar, ...]] | None:
    """Return two rows as one header with the cells that took both (授课 over 日期 | 次数); None where they are not.

    A name of the upper row holds for the columns on its right that have none, as far as the lower row goes on. Where
    the upper row has a known name and the lower one something that is none together with it, that is a row of data.
    """
    if lower.line != upper.line + 1:
        return None
    has_names = any(known_name(cell, known) for cell in upper.cells)  # a title has none
    group = ""
    cells: list[Scalar] = []
    joined: list[Scalar] = []
    is_header = False
    for index in range(max(len(upper.cells), len(lower.cells))):
        top, bottom = upper.cell(index), lower.cell(index)
        group = _bare(column_name(top)) or (group if bottom.text else "")
        if not bottom.text or bottom.text == top.text:
            cells.append(top)
            continue
        below = column_name(bottom)
        name, is_sure = _joint_name(group, below, known)
        if not name and known_name(top, known):
            return None
        cells.append(replace(bottom, text=name or group + below))
        is_header = is_header or is_sure or (has_names and bool(_known(below, known)))
        joined += [cells[-1]] if group else []
    return (Row(lower.line, cells), tuple(joined)) if is_header else None


def _joint_name(group: str, below: str, known: Mapping[str, str]) -> tuple[str, bool]:
    """Return the known name that two levels make (授课日期), or the lower one alone where that says it all.

    The second value tells that it took both.
    """
    stem = _GROUP_ENDING.sub("", group).replace("考勤", "出勤")
    together = next((name for word in (group, stem) if word and (name := _known(word + below, known))), "")
    if together:
        return together, True
    alone = _known(below, known)
    says_it = alone and (not group or known[alone] == alone or (stem and stem in known[alone]))
    return (alone if says_it else ""), False
