"""版面: every number of the page as data, with its clause and its strength, by name.

The renderer reads these values and so does a conformance check. A house style replaces single values by name
(`dataclasses.replace(LAYOUT, title_font="方正小标宋_GBK")`). Lengths are twips (1/20 pt) unless a name says
otherwise: `_size` are half-points as OOXML counts them, `_rule` are eighths of a point, `_chars` are widths of
one 3号 character, `_lines` are lines of the text. Clauses are those of GB/T 9704-2012.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Any, Final


class Strength(StrEnum):
    """How binding a value is: the standard demands it, calls it usual, recommends it, or leaves it to us."""

    REQUIRED = "必须"
    USUAL = "一般"
    RECOMMENDED = "推荐"
    OURS = "自定"


def _value(default: Any, clause: str, strength: Strength, note: str = "") -> Any:  # noqa: ANN401 - as dataclasses.field
    return field(default=default, metadata={"clause": clause, "strength": strength, "note": note})


def _required(default: Any, clause: str, note: str = "") -> Any:  # noqa: ANN401 - as dataclasses.field
    return _value(default, clause, Strength.REQUIRED, note)


def _usual(default: Any, clause: str, note: str = "") -> Any:  # noqa: ANN401 - as dataclasses.field
    return _value(default, clause, Strength.USUAL, note)


def _recommended(default: Any, clause: str, note: str = "") -> Any:  # noqa: ANN401 - as dataclasses.field
    return _value(default, clause, Strength.RECOMMENDED, note)


def _ours(default: Any, note: str) -> Any:  # noqa: ANN401 - as dataclasses.field
    return _value(default, "", Strength.OURS, note)


@dataclass(frozen=True, slots=True)
class PageLayout:
    """All values of one layout. The defaults are the standard's, in the form measured to give 22 lines × 28 字."""

    # Page
    page_width: int = _required(11906, "5.1", "A4, 210 mm")
    page_height: int = _required(16838, "5.1", "A4, 297 mm")
    top: int = _required(2098, "5.2.1", "天头 37 mm ± 1")
    left: int = _required(1588, "5.2.1", "订口 28 mm ± 1")
    right: int = _required(1474, "5.2.1", "版心宽 156 mm")
    bottom: int = _required(1984, "5.2.1", "版心高 225 mm")
    footer: int = _required(1427, "7.5", "一字线上距版心下边缘 7 mm")
    landscape_footer: int = _ours(917, "横排页的页码在页脚，距版心同样 7 mm")
    header: int = _ours(1134, "草稿标记距页边 20 mm")

    # Grid and common text
    lines_per_page: int = _usual(22, "5.2.3")
    chars_per_line: int = _usual(28, "5.2.3")
    line: int = _usual(579, "5.2.3", "28.95 pt；29 pt 每页只有 21 行")
    grid_char_space: int = _usual(-849, "5.2.3", "(15.7927 − 16) × 4096")
    text_size: int = _required(32, "5.2.2", "3号")
    text_spacing: int = _usual(-6, "5.2.3", "−0.3 pt：不靠网格对齐也是每行 28 字")
    text_font: str = _required("仿宋_GB2312", "5.2.2")
    char: int = _required(314, "3.1", "一个字宽：16 pt − 0.3 pt")

    # Head
    mark_font: str = _recommended("方正小标宋简体", "7.2.4")
    mark_colour: str = _recommended("FF0000", "7.2.4")
    mark_offset: int = _required(1984, "7.2.4", "上边缘至版心上边缘 35 mm")
    mark_largest_size: int = _ours(104, "52 pt，字数多时缩小到一行")
    mark_glyph_top: int = _ours(110, "字形上边缘在行内的位置，字号 52 pt 时（千分之一字号）")
    number_lines: int = _required(2, "7.2.5", "发文机关标志下空二行")
    red_rule: int = _ours(12, "红色分隔线 1.5 pt")
    red_rule_space: int = _required(8, "7.2.7", "发文字号之下 4 mm（点）")

    # Body
    title_font: str = _required("方正小标宋简体", "7.3.1")
    title_size: int = _required(44, "7.3.1", "2号")
    title_lines: int = _required(2, "7.3.1", "红色分隔线下空二行")
    addressed_lines: int = _required(1, "7.3.2", "标题下空一行")
    indent_chars: int = _required(2, "7.3.3", "每个自然段左空二字")
    level_1_font: str = _required("黑体", "7.3.3")
    level_2_font: str = _required("楷体_GB2312", "7.3.3")
    level_3_font: str = _required("仿宋_GB2312", "7.3.3")
    attachment_lines: int = _required(1, "7.3.4", "正文下空一行")
    attachment_chars: int = _required(5, "7.3.4", "左空二字加“附件：”三字")
    annex_font: str = _required("黑体", "7.3.7")
    annex_title_line: int = _required(3, "7.3.7", "标题在版心第三行")

    # Signature, the form with a seal: these papers are stamped before they go out
    issuer_lines: int = _ours(2, "正文与署名之间的行数，使印章顶端距正文一行之内")
    date_right_chars: int = _required(4, "7.3.5.1", "成文日期右空四字")

    # Imprint and page number
    imprint_size: int = _required(28, "7.4.2", "4号")
    imprint_char: int = _required(280, "7.4.2", "4号一个字宽")
    imprint_outer_rule: int = _recommended(8, "7.4.1", "0.35 mm")
    imprint_inner_rule: int = _recommended(6, "7.4.1", "0.25 mm")
    imprint_line: int = _ours(560, "版记行距")
    page_number_font: str = _required("宋体", "7.5")
    page_number_size: int = _required(28, "7.5", "4号")
    page_number_line: int = _ours(400, "页码行高")
    page_number_indent: int = _required(280, "7.5", "单页居右空一字，双页居左空一字")

    # Tables and sheets: not in the standard
    table_size: int = _ours(24, "小四")
    table_line: int = _ours(380, "小四的行距")
    dense_table_size: int = _ours(21, "五号")
    dense_table_line: int = _ours(320, "五号的行距")
    table_rule: int = _ours(4, "0.5 pt")
    cell_margin: int = _ours(57, "单元格左右各 1 mm")
    row_padding: int = _ours(40, "单元格文字上下各 2 pt")
    note_size: int = _ours(21, "表注五号")
    note_line: int = _ours(340, "表注行距")
    sheet_gap: int = _ours(200, "标题、表格、签字行之间")
    signers_gap: int = _ours(300, "签字行之前")

    @property
    def text_width(self) -> int:
        """The width of the 版心 of an upright page."""
        return self.page_width - self.left - self.right

    @property
    def landscape_width(self) -> int:
        """The width of the 版心 of a page that lies on its side: the height of an upright one."""
        return self.page_height - self.top - self.bottom


LAYOUT: Final = PageLayout()


@dataclass(frozen=True, slots=True)
class LayoutValue:
    """One value as a checker or a house style needs it."""

    name: str
    value: int | str
    clause: str
    strength: Strength
    note: str


def layout_values(layout: PageLayout = LAYOUT) -> tuple[LayoutValue, ...]:
    """Return every value of `layout` with its clause and strength, in the order of the page."""
    return tuple(LayoutValue(one.name, getattr(layout, one.name), **one.metadata) for one in fields(layout))
