"""版记: 抄送 and 印发 between rules at the foot of the last page.

A floating table or a frame stays in the flow in LibreOffice; a text box anchored to the bottom of the margin
stands where the standard wants it in Word, WPS and LibreOffice alike.
"""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Final

from xiaxiang.render.ooxml import han_width, paragraph, run

if TYPE_CHECKING:
    from xiaxiang.model.document import Document
    from xiaxiang.render.layout import PageLayout

SHAPE: Final = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
DRAWING: Final = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
MAIN: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"

_EMU_PER_TWIP: Final = 635
_COPIED: Final = "抄送："
_TAIL: Final = 20  # twips: a table must be followed by a paragraph, so the smallest there is


def imprint_xml(document: Document, layout: PageLayout) -> str:
    """Return the paragraph that anchors the imprint, or "" where the document has none."""
    rows, lines = [], 0
    if document.copied_to:
        text = f"{_COPIED}{document.copied_to.rstrip('。')}。"
        rows.append(paragraph("Imprint", run(text), _copied_indent(layout)))
        room = layout.text_width // layout.imprint_char - 2 - len(_COPIED)
        lines += ceil(han_width(text[len(_COPIED) :]) / room)
    if document.printed_by:
        rows.append(_printed(document, layout))
        lines += 1
    return _anchored(_table(rows, layout), lines * layout.imprint_line + 2 * _TAIL, layout) if rows else ""


def _copied_indent(layout: PageLayout) -> str:
    one = layout.imprint_char
    hanging = one * len(_COPIED)
    return f'<w:ind w:left="{one + hanging}" w:right="{one}" w:hanging="{hanging}"/>'


def _printed(document: Document, layout: PageLayout) -> str:
    one = layout.imprint_char
    tab = f'<w:tabs><w:tab w:val="right" w:pos="{layout.text_width - one}"/></w:tabs><w:ind w:left="{one}"/>'
    date = f"{document.printed_on}印发" if document.printed_on else ""
    return paragraph("Imprint", f"{run(document.printed_by)}<w:r><w:tab/></w:r>{run(date)}", tab)


def _table(rows: list[str], layout: PageLayout) -> str:
    outer, inner = layout.imprint_outer_rule, layout.imprint_inner_rule
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="000000"/>'
        for side, size in (("top", outer), ("bottom", outer), ("insideH", inner))
    )
    width = layout.text_width
    cells = "".join(
        f'<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
        f"{row}</w:tc></w:tr>"
        for row in rows
    )
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{width}" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid><w:gridCol w:w="{width}"/></w:tblGrid>{cells}</w:tbl>'
        f'<w:p><w:pPr><w:spacing w:line="{_TAIL}" w:lineRule="exact"/><w:rPr><w:sz w:val="2"/></w:rPr></w:pPr></w:p>'
    )


def _anchored(content: str, height: int, layout: PageLayout) -> str:
    size = f'cx="{layout.text_width * _EMU_PER_TWIP}" cy="{height * _EMU_PER_TWIP}"'
    anchor = (
        f'<wp:anchor xmlns:wp="{DRAWING}" distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1" '
        'behindDoc="0" locked="0" layoutInCell="1" allowOverlap="0"><wp:simplePos x="0" y="0"/>'
        '<wp:positionH relativeFrom="margin"><wp:align>left</wp:align></wp:positionH>'
        '<wp:positionV relativeFrom="margin"><wp:align>bottom</wp:align></wp:positionV>'
        f'<wp:extent {size}/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapTopAndBottom/>'
        f'<wp:docPr id="1" name="版记"/><wp:cNvGraphicFramePr/>'
        f'<a:graphic xmlns:a="{MAIN}"><a:graphicData uri="{SHAPE}">'
        f'<wps:wsp xmlns:wps="{SHAPE}"><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/>'
        '</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/><a:ln><a:noFill/></a:ln></wps:spPr>'
        f"<wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx>"
        '<wps:bodyPr wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" anchor="b"><a:noAutofit/></wps:bodyPr>'
        "</wps:wsp></a:graphicData></a:graphic></wp:anchor>"
    )
    # The anchor takes no room of its own: it stands in a line of one point after the last text.
    properties = f'<w:pPr><w:spacing w:line="{_TAIL}" w:lineRule="exact"/><w:ind w:firstLine="0"/></w:pPr>'
    return f"<w:p>{properties}<w:r><w:drawing>{anchor}</w:drawing></w:r></w:p>"
