"""Document → text for the terminal: the same elements in the same order, so that it can be read and compared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from xiaxiang.model.document import Layout, Paragraph, Sides, Signers, Style, Table
from xiaxiang.model.scalar import display_width
from xiaxiang.render.text_layout import pad, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from xiaxiang.model.document import Annex, Block, Cell, Document, Row

_INDENT: Final = "　　"
_RULE: Final = "─" * 40
_GAP: Final = "  "
DRAFT: Final = "草稿"
TO_BE_NUMBERED: Final = "（待编号）"


def document_text(document: Document) -> str:
    """Return the whole document as text, every line of it visible characters, ending with a line end."""
    parts = [_head(document), [document.heading], []]
    if document.addressed_to:
        parts.append([f"{document.addressed_to.rstrip('：:')}："])
    parts.append(_blocks(document.blocks))
    parts.append(_tail(document))
    parts += [_annex(annex, number, document) for number, annex in enumerate(document.annexes, 1)]
    parts.append(_imprint(document))
    return _joined(line for part in parts for line in part)


def body_text(document: Document) -> str:
    """Return the paragraphs of the document alone, to be pasted into another paper."""
    return _joined(_blocks(document.blocks))


def _joined(lines: Iterable[str]) -> str:
    return "\n".join(visible(line).rstrip() for line in lines) + "\n"


def _head(document: Document) -> list[str]:
    draft = [f"【{DRAFT}】"] if document.is_draft else []
    if document.layout is Layout.SHEET:
        return draft
    number = document.number + ("" if document.is_numbered else TO_BE_NUMBERED)
    return [*draft, document.masthead, number, _RULE]


def _tail(document: Document) -> list[str]:
    """Return 附件说明, 署名, 成文日期 and the note of a draft."""
    draft = [_INDENT + document.draft_note] if document.is_draft else []
    if document.layout is Layout.SHEET:
        return draft
    names = [annex.title for annex in document.annexes]
    listed = [f"{place}.{name}" for place, name in enumerate(names, 1)] if len(names) > 1 else names
    notes = [f"{_INDENT}{'附件：' if place == 0 else '　　　'}{name}" for place, name in enumerate(listed)]
    return ["", *notes, "", f"{_INDENT * 6}{document.issuer}", f"{_INDENT * 6}{document.dated}", *draft]


def _annex(annex: Annex, number: int, document: Document) -> list[str]:
    mark = f"附件{number}" if len(document.annexes) > 1 else "附件"
    return ["", _RULE, mark, "", annex.title, "", *_blocks(annex.blocks)]


def _imprint(document: Document) -> list[str]:
    lines = [f"抄送：{document.copied_to.rstrip('。')}。"] if document.copied_to else []
    if document.printed_by:
        lines.append(f"{document.printed_by}{_INDENT}{document.printed_on}印发")
    return ["", _RULE, *lines] if lines else []


def _blocks(blocks: Sequence[Block]) -> list[str]:
    return [line for block in blocks for line in _block(block)]


def _block(block: Block) -> list[str]:
    match block:
        case Paragraph():
            return [block.text if block.style in {Style.CENTRED, Style.NOTE} else _INDENT + block.text]
        case Sides():
            return [f"{block.left}{_INDENT}{block.right}"]
        case Signers():
            return ["", _INDENT.join(f"{label}：{_INDENT}" for label in block.labels)]
        case Table():
            return _table(block)


def _table(table: Table) -> list[str]:
    """Return the rows in columns as wide as their text; cells that span several do not widen any."""
    rows = [_lines(row) for row in table.rows]
    head = [[(column.heading.split("\n"), 1) for column in table.columns]] if table.headed else []
    widths = [0] * len(table.columns)
    for row in head + rows:
        column = 0
        for texts, span in row:
            if span == 1:
                widths[column] = max(widths[column], *(display_width(text) for text in texts))
            column += span
    return [line for row in head + rows for line in _row(row, widths)]


def _lines(row: Row) -> list[tuple[list[str], int]]:
    return [(_cell_lines(cell), cell.span) for cell in row.cells]


def _cell_lines(cell: Cell) -> list[str]:
    return [visible(line) for line in cell.text.split("\n")]


def _row(row: list[tuple[list[str], int]], widths: list[int]) -> list[str]:
    height = max(len(texts) for texts, _ in row)
    lines = []
    for level in range(height):
        parts, column = [], 0
        for texts, span in row:
            width = sum(widths[column : column + span]) + len(_GAP) * (span - 1)
            parts.append(pad(texts[level] if level < len(texts) else "", width))
            column += span
        lines.append(_GAP.join(parts).rstrip())
    return lines
