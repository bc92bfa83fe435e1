"""Tables of a document as WordprocessingML: fixed widths, repeated headings, rows that do not split."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from xiaxiang.model.document import Align, Cell, Row, Table
from xiaxiang.render.ooxml import run

if TYPE_CHECKING:
    from xiaxiang.render.layout import PageLayout

_TWIPS_PER_MM: Final = 1440 / 25.4
_SIDES: Final = ("top", "left", "bottom", "right", "insideH", "insideV")


def column_widths(table: Table, width: int) -> tuple[int, ...]:
    """Return the columns' widths in twips: `width` shared out, with nothing lost to rounding."""
    shares = [column.width for column in table.columns]
    total, edges, seen = sum(shares), [0], 0
    for share in shares:
        seen += share
        edges.append(width * seen // total)
    return tuple(right - left for left, right in pairwise(edges))


def table_xml(table: Table, width: int, layout: PageLayout) -> str:
    """Return `table` set `width` twips wide."""
    widths = column_widths(table, width)
    rows = list(table.rows)
    if table.headed:
        rows.insert(0, Row(tuple(Cell(column.heading, label=True, align=Align.CENTRE) for column in table.columns)))
    grid = "".join(f'<w:gridCol w:w="{one}"/>' for one in widths)
    continued = _starts_of_merges(rows)
    body = "".join(
        _row(row, table, widths, heads=table.headed and index == 0, merges=continued[index])
        for index, row in enumerate(rows)
    )
    return f"<w:tbl>{_properties(width, layout)}<w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>"


def _properties(width: int, layout: PageLayout) -> str:
    border = f'w:val="single" w:sz="{layout.table_rule}" w:space="0" w:color="000000"'
    borders = "".join(f"<w:{side} {border}/>" for side in _SIDES)
    margins = "".join(
        f'<w:{side} w:w="{size}" w:type="dxa"/>'
        for side, size in (
            ("top", layout.row_padding),
            ("left", layout.cell_margin),
            ("bottom", layout.row_padding),
            ("right", layout.cell_margin),
        )
    )
    return (
        f'<w:tblPr><w:tblW w:w="{width}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>{borders}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>'
    )


def _starts_of_merges(rows: list[Row]) -> list[frozenset[int]]:
    """Return, per row, the grid columns at which a cell begins that the next row continues."""
    below = [frozenset(column for column, cell in _placed(row) if cell.continues) for row in rows]
    return [*below[1:], frozenset()]


def _placed(row: Row) -> list[tuple[int, Cell]]:
    """Return the cells of `row` with the grid column that each begins in."""
    placed, column = [], 0
    for cell in row.cells:
        placed.append((column, cell))
        column += cell.span
    return placed


def _row(row: Row, table: Table, widths: tuple[int, ...], *, heads: bool, merges: frozenset[int]) -> str:
    height = f'<w:trHeight w:val="{round(row.height * _TWIPS_PER_MM)}" w:hRule="atLeast"/>' if row.height else ""
    header = "<w:tblHeader/>" if heads else ""
    cells = "".join(
        _cell(cell, table, sum(widths[column : column + cell.span]), column, continued=column in merges)
        for column, cell in _placed(row)
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{height}{header}</w:trPr>{cells}</w:tr>"


def _cell(cell: Cell, table: Table, width: int, column: int, *, continued: bool) -> str:
    span = f'<w:gridSpan w:val="{cell.span}"/>' if cell.span > 1 else ""
    merge = "<w:vMerge/>" if cell.continues else '<w:vMerge w:val="restart"/>' if continued else ""
    stands = "bottom" if cell.at_bottom else "center"
    style = ("Dense" if table.dense else "") + ("CellHead" if cell.label else "Cell")
    align = cell.align or (table.columns[column].align if cell.span == 1 else Align.LEFT)
    side = "" if align is Align.CENTRE else f'<w:jc w:val="{align}"/>'
    # A row of a merged cell stays with the next one: a batch is not torn apart by a page.
    keep = "<w:keepNext/>" if continued else ""
    properties = f'<w:pPr><w:pStyle w:val="{style}"/>{keep}{side}</w:pPr>'
    text = "".join(f"<w:p>{properties}{run(line)}</w:p>" for line in cell.text.split("\n"))
    placed = f'<w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}<w:vAlign w:val="{stands}"/>'
    return f"<w:tc><w:tcPr>{placed}</w:tcPr>{text}</w:tc>"
