"""Document → .docx: the layout of GB/T 9704-2012 for official papers, and sheets in the same face.

The XML is written as text into a package whose other parts are ready; the same document gives the same bytes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from xiaxiang.model.document import Layout, Paragraph, Sides, Signers, Style, Table
from xiaxiang.render.docx_imprint import imprint_xml
from xiaxiang.render.docx_table import table_xml
from xiaxiang.render.layout import LAYOUT
from xiaxiang.render.ooxml import RELATIONSHIPS, WORD, XML_HEAD, han_width, lines, paragraph, run, text_paragraph
from xiaxiang.render.ooxml_package import package

if TYPE_CHECKING:
    from xiaxiang.model.document import Block, Document
    from xiaxiang.render.layout import PageLayout

_PARAGRAPH_STYLES: Final = {
    Style.BODY: "Body",
    Style.LEVEL_1: "Level1",
    Style.LEVEL_2: "Level2",
    Style.LEVEL_3: "Level3",
    Style.LEVEL_4: "Level4",
    Style.CENTRED: "Centred",
    Style.NOTE: "Note",
}
_KEEP: Final = "<w:keepNext/>"
_THOUSAND: Final = 1000
_TWIPS_PER_HALF_POINT: Final = 10
_MARK_LINE: Final = 6 / 5  # an exact line shows the whole glyph from 1.2 times its size on


def docx(document: Document, layout: PageLayout = LAYOUT) -> bytes:
    """Return `document` as the bytes of a .docx."""
    body = _official(document, layout) if document.layout is Layout.OFFICIAL else _sheet(document, layout)
    xml = f'{XML_HEAD}<w:document xmlns:w="{WORD}" xmlns:r="{RELATIONSHIPS}"><w:body>{body}</w:body></w:document>'
    return package(document, xml.encode(), layout)


def _official(document: Document, layout: PageLayout) -> str:
    parts = [_head(document, layout), _title("Title", document.title, layout.text_width, layout)]
    if document.addressed_to:
        parts.append(text_paragraph("Addressee", f"{document.addressed_to.rstrip('：:')}："))
    parts.append(_blocks(document.blocks[:-1], layout.text_width, layout))
    # 署名 never stands alone on a page: the last paragraph and 附件说明 stay with it.
    parts.extend(_block(last, layout.text_width, layout, keep=_KEEP) for last in document.blocks[-1:])
    parts.append(_attachment_note(document, layout))
    parts.append(_signature(document, layout))
    parts.append(_annexes(document, layout))
    imprint = imprint_xml(document, layout)
    turned = bool(document.annexes) and document.annexes[-1].landscape
    if imprint and turned:  # the imprint stands on an upright page
        parts.append(_section_end(document, layout, landscape=True))
    parts.append(imprint)
    parts.append(_section(document, layout, landscape=turned and not imprint))
    return "".join(parts)


def _sheet(document: Document, layout: PageLayout) -> str:
    width = layout.landscape_width if document.landscape else layout.text_width
    return (
        _title("SheetTitle", document.title, width, layout)
        + _blocks(document.blocks, width, layout)
        + (text_paragraph("Note", document.draft_note) if document.is_draft else "")
        + _section(document, layout, landscape=document.landscape)
    )


def _head(document: Document, layout: PageLayout) -> str:
    """Return 发文机关标志 at its distance from the top, and 发文字号 over the red rule."""
    width = max(han_width(document.masthead), 1)
    size = min(layout.mark_largest_size, int(layout.text_width / width / _TWIPS_PER_HALF_POINT))
    above = layout.mark_offset - size * _TWIPS_PER_HALF_POINT * layout.mark_glyph_top // _THOUSAND
    spacer = f'<w:p><w:pPr><w:spacing w:line="{above}" w:lineRule="exact"/></w:pPr></w:p>'
    line = f'<w:spacing w:line="{round(size * _TWIPS_PER_HALF_POINT * _MARK_LINE)}" w:lineRule="exact"/>'
    face = f'<w:rPr><w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr>'
    mark = paragraph("Mark", run(document.masthead).replace("<w:r>", f"<w:r>{face}", 1), line)
    return spacer + mark + text_paragraph("Number", document.number)


def _title(style: str, title: tuple[str, ...], width: int, layout: PageLayout) -> str:
    """Return the title, on one line where it fits, else broken where its lines say."""
    fits = han_width("".join(title)) * layout.title_size * _TWIPS_PER_HALF_POINT <= width
    return paragraph(style, lines(("".join(title),) if fits else title))


def _blocks(blocks: tuple[Block, ...], width: int, layout: PageLayout) -> str:
    return "".join(_block(block, width, layout) for block in blocks)


def _block(block: Block, width: int, layout: PageLayout, keep: str = "") -> str:
    match block:
        case Table():
            return table_xml(block, width, layout)
        case Sides():
            tab = f'<w:tabs><w:tab w:val="right" w:pos="{width}"/></w:tabs>'
            return paragraph("Sides", f"{run(block.left)}<w:r><w:tab/></w:r>{run(block.right)}", tab)
        case Signers():
            return _signers(block, width)
        case Paragraph():
            heading, rest = block.heading_and_rest
            face = "Plain" if block.style in {Style.LEVEL_1, Style.LEVEL_2} else ""
            runs = (run(heading) if heading else "") + (run(rest, face) if rest else "")
            alone = _KEEP if heading and not rest else ""
            return paragraph(_PARAGRAPH_STYLES[block.style], runs, keep or alone)


def _signers(block: Signers, width: int) -> str:
    each = width // len(block.labels)
    stops = "".join(f'<w:tab w:val="left" w:pos="{each * place}"/>' for place in range(1, len(block.labels)))
    text = "<w:r><w:tab/></w:r>".join(run(f"{label}：") for label in block.labels)
    return paragraph("Signers", text, f"<w:tabs>{stops}</w:tabs>")


def _attachment_note(document: Document, layout: PageLayout) -> str:
    """Return 附件说明: names under one another, turned lines under the first character of the name."""
    names = [annex.title for annex in document.annexes]
    if not names:
        return ""
    blank = f'<w:spacing w:before="{layout.attachment_lines * layout.line}"/>'
    name_at = layout.attachment_chars + (len(names) > 1)
    parts = []
    for number, name in enumerate(names, 1):
        shown = f"{number}.{name}" if len(names) > 1 else name
        starts_at = layout.indent_chars if number == 1 else layout.attachment_chars
        indent = f'<w:ind w:left="{name_at * layout.char}" w:hanging="{(name_at - starts_at) * layout.char}"/>'
        lead = "附件：" if number == 1 else ""
        parts.append(text_paragraph("Attachment", lead + shown, _KEEP + (blank if number == 1 else "") + indent))
    return "".join(parts)


def _signature(document: Document, layout: PageLayout) -> str:
    """Return 署名 and 成文日期 as they stand under a seal: the date 4 字 from the right, the name centred above it."""
    date_right = layout.date_right_chars * layout.char
    shift = (han_width(document.dated) - han_width(document.issuer)) / 2
    name_right = max(round(date_right + shift * layout.char), 0)
    before = f'<w:spacing w:before="{layout.issuer_lines * layout.line}"/>'
    name = text_paragraph("Issuer", document.issuer, f'{before}<w:ind w:right="{name_right}"/>')
    date = text_paragraph("Date", document.dated, f'<w:ind w:right="{date_right}"/>')
    return name + date + (text_paragraph("Body", document.draft_note) if document.is_draft else "")


def _annexes(document: Document, layout: PageLayout) -> str:
    several = len(document.annexes) > 1
    return "".join(_annex(document, number, layout, several=several) for number in range(1, len(document.annexes) + 1))


def _annex(document: Document, number: int, layout: PageLayout, *, several: bool) -> str:
    annex = document.annexes[number - 1]
    before = number > 1 and document.annexes[number - 2].landscape
    width = layout.landscape_width if annex.landscape else layout.text_width
    turn = _section_end(document, layout, landscape=before) if before != annex.landscape else ""
    # A new section begins a page by itself.
    break_off = '<w:pageBreakBefore w:val="0"/>' if turn else ""
    mark = text_paragraph("AnnexMark", f"附件{number}" if several else "附件", break_off)
    gap = f'<w:spacing w:before="{(layout.annex_title_line - 2) * layout.line}" w:after="{layout.sheet_gap}"/>'
    title = paragraph("SheetTitle", lines((annex.title,)), gap)
    return turn + mark + title + _blocks(annex.blocks, width, layout)


def _section_end(document: Document, layout: PageLayout, *, landscape: bool) -> str:
    """Return the smallest paragraph that ends a section."""
    section = _section(document, layout, landscape=landscape)
    return f'<w:p><w:pPr><w:spacing w:line="20" w:lineRule="exact"/>{section}</w:pPr></w:p>'


def _section(document: Document, layout: PageLayout, *, landscape: bool) -> str:
    names = ["footer"] + (["header"] if document.is_draft else [])
    references = "".join(
        f'<w:{name}Reference w:type="{kind}" r:id="{side}{name.capitalize()}"/>'
        for name in reversed(names)
        for kind, side in (("default", "odd"), ("even", "even"))
    )
    if landscape:
        size = f'w:w="{layout.page_height}" w:h="{layout.page_width}" w:orient="landscape"'
        sides = (layout.left, layout.top, layout.right, layout.bottom, layout.landscape_footer)
        # 28 cells do not divide this width, and LibreOffice would narrow the text to whole cells.
        grid = f'w:type="lines" w:linePitch="{layout.line}"'
    else:
        size = f'w:w="{layout.page_width}" w:h="{layout.page_height}"'
        sides = (layout.top, layout.right, layout.bottom, layout.left, layout.footer)
        grid = f'w:type="linesAndChars" w:linePitch="{layout.line}" w:charSpace="{layout.grid_char_space}"'
    top, right, bottom, left, footer = sides
    return (
        f"<w:sectPr>{references}<w:pgSz {size}/>"
        f'<w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" w:left="{left}" '
        f'w:header="{layout.header}" w:footer="{footer}" w:gutter="0"/>'
        f"<w:docGrid {grid}/></w:sectPr>"
    )
