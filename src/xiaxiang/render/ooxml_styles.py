"""styles.xml and fontTable.xml from the layout: every face is set for East-Asian text too, or Word ignores it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from xiaxiang.render.ooxml import WORD, XML_HEAD, escape

if TYPE_CHECKING:
    from xiaxiang.render.layout import PageLayout


def fonts(name: str) -> str:
    """Return the run property that sets a face for every kind of text."""
    face = escape(name)
    return f'<w:rFonts w:ascii="{face}" w:hAnsi="{face}" w:eastAsia="{face}" w:cs="{face}"/>'


def _size(half_points: int) -> str:
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


# Text of another size than 3号 is set at its natural pitch.
_NATURAL_PITCH = '<w:spacing w:val="0"/>'


def _exact(line: int, before: int = 0, after: int = 0) -> str:
    return f'<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="exact"/>'


def _style(identifier: str, name: str, paragraph: str = "", character: str = "", outline: int | None = None) -> str:
    if outline is not None:
        paragraph += f'<w:outlineLvl w:val="{outline}"/>'
    return (
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{identifier}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{character}</w:rPr></w:style>'
    )


def _character_style(identifier: str, name: str, character: str) -> str:
    return (
        f'<w:style w:type="character" w:customStyle="1" w:styleId="{identifier}"><w:name w:val="{name}"/>'
        f"<w:rPr>{character}</w:rPr></w:style>"
    )


def _defaults(layout: PageLayout) -> str:
    # snapToGrid off in both: LibreOffice would give 14 characters a line, Word does not snap exact lines anyway.
    run = (
        f'{fonts(layout.text_font)}<w:snapToGrid w:val="0"/><w:spacing w:val="{layout.text_spacing}"/>'
        f'{_size(layout.text_size)}<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
    )
    paragraph = (
        '<w:widowControl w:val="0"/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/><w:snapToGrid w:val="0"/>'
        f'{_exact(layout.line)}<w:jc w:val="both"/>'
    )
    return (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{run}</w:rPr></w:rPrDefault>"
        f"<w:pPrDefault><w:pPr>{paragraph}</w:pPr></w:pPrDefault></w:docDefaults>"
        # The grid takes its base size from Normal, not from the defaults.
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        f"<w:rPr>{_size(layout.text_size)}</w:rPr></w:style>"
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/>'
        '<w:left w:w="0" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/>'
        "</w:tblCellMar></w:tblPr></w:style>"
    )


def _head_styles(layout: PageLayout) -> str:
    two_lines = layout.number_lines * layout.line
    rule = (
        f'<w:pBdr><w:bottom w:val="single" w:sz="{layout.red_rule}" w:space="{layout.red_rule_space}" '
        f'w:color="{layout.mark_colour}"/></w:pBdr>'
    )
    centred = '<w:jc w:val="center"/>'
    title = f"{fonts(layout.title_font)}{_NATURAL_PITCH}{_size(layout.title_size)}"
    mark = f'{fonts(layout.mark_font)}<w:color w:val="{layout.mark_colour}"/>{_NATURAL_PITCH}'
    return (
        _style("Mark", "发文机关标志", centred, mark)
        + _style("Number", "发文字号", rule + _exact(layout.line, two_lines) + centred, _NATURAL_PITCH)
        + _style("Title", "公文标题", _exact(layout.line, layout.title_lines * layout.line) + centred, title)
        + _style("SheetTitle", "表格标题", _exact(layout.line, 0, layout.sheet_gap) + centred, title)
        + _style("Addressee", "主送机关", _exact(layout.line, layout.addressed_lines * layout.line))
        + _style("Draft", "草稿标记", '<w:jc w:val="right"/>', fonts(layout.level_1_font))
    )


def _body_styles(layout: PageLayout) -> str:
    indent = (
        f'<w:ind w:firstLineChars="{layout.indent_chars * 100}" w:firstLine="{layout.indent_chars * layout.char}"/>'
    )
    level_1, level_2, level_3 = (fonts(one) for one in (layout.level_1_font, layout.level_2_font, layout.level_3_font))
    note = f"{_NATURAL_PITCH}{_size(layout.note_size)}"
    return (
        _style("Body", "正文段落", indent)
        + _style("Level1", "一级标题", indent, level_1, 0)
        + _style("Level2", "二级标题", indent, level_2, 1)
        + _style("Level3", "三级标题", indent, level_3, 2)
        + _style("Level4", "四级标题", indent, level_3, 3)
        + _style("Centred", "居中段落", '<w:jc w:val="center"/>')
        + _style("Note", "表注", "<w:keepNext/>" + _exact(layout.note_line), note)
        + _style("Sides", "表头行", "<w:keepNext/>" + _exact(layout.note_line), note)
        + _style("Signers", "签字行", _exact(layout.note_line, layout.signers_gap), note)
        + _style("Attachment", "附件说明")
        + _style("Issuer", "发文机关署名", "<w:keepNext/>" + '<w:jc w:val="right"/>')
        + _style("Date", "成文日期", '<w:jc w:val="right"/>')
        + _style("AnnexMark", "附件序号", "<w:keepNext/><w:pageBreakBefore/>", fonts(layout.annex_font))
        + _character_style("Plain", "标题后的正文", level_3)
    )


def _table_styles(layout: PageLayout) -> str:
    centred = '<w:jc w:val="center"/>'
    text = _NATURAL_PITCH + _size(layout.table_size)
    dense = _NATURAL_PITCH + _size(layout.dense_table_size)
    head = fonts(layout.level_1_font)
    return (
        _style("Cell", "表格文字", _exact(layout.table_line) + centred, text)
        + _style("CellHead", "表格栏目", _exact(layout.table_line) + centred, head + text)
        + _style("DenseCell", "密排表格文字", _exact(layout.dense_table_line) + centred, dense)
        + _style("DenseCellHead", "密排表格栏目", _exact(layout.dense_table_line) + centred, head + dense)
        + _style("Imprint", "版记", _exact(layout.imprint_line), _NATURAL_PITCH + _size(layout.imprint_size))
        + _style(
            "PageNumber",
            "页码",
            _exact(layout.page_number_line),
            fonts(layout.page_number_font) + _NATURAL_PITCH + _size(layout.page_number_size),
        )
    )


@lru_cache(maxsize=8)
def styles_xml(layout: PageLayout) -> bytes:
    """Return styles.xml for `layout`."""
    body = _defaults(layout) + _head_styles(layout) + _body_styles(layout) + _table_styles(layout)
    return f'{XML_HEAD}<w:styles xmlns:w="{WORD}">{body}</w:styles>'.encode()


@lru_cache(maxsize=8)
def font_table_xml(layout: PageLayout) -> bytes:
    """Return fontTable.xml: the faces used, none of them embedded."""
    names = (layout.text_font, layout.level_1_font, layout.level_2_font, layout.title_font, layout.page_number_font)
    han = '<w:charset w:val="86"/>'  # GB2312
    listed = "".join(f'<w:font w:name="{escape(name)}">{han}</w:font>' for name in dict.fromkeys(names))
    return f'{XML_HEAD}<w:fonts xmlns:w="{WORD}">{listed}</w:fonts>'.encode()
