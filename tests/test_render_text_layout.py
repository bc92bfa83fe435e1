from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaxiang.model.scalar import display_width
from xiaxiang.model.source import Source
from xiaxiang.render.text_layout import cited, cut, listed, mark, pad, paragraph, table, visible, wrap


def test_columns_stand_under_each_other_by_cells_not_by_characters() -> None:
    assert table([("科室", "人员"), ("内", "张三"), ("abc", "x")]) == [" 科室  人员", " 内    张三", " abc   x"]


def test_a_table_that_is_too_wide_wraps_its_flexible_column_first() -> None:
    rows = [("第1批", "河东中心卫生院河东中心卫生院"), ("第2批", "短")]
    assert table(rows, width=24, flexible=(1,)) == [
        " 第1批  河东中心卫生院河",
        "        东中心卫生院",
        " 第2批  短",
    ]


@given(st.lists(st.lists(st.text("甲乙丙ab 1，。√", max_size=30), min_size=1, max_size=5), min_size=1, max_size=5))
def test_no_line_of_a_table_is_wider_than_the_screen_and_no_character_is_lost(rows: list[list[str]]) -> None:
    lines = table(rows, width=80)
    assert max(map(display_width, lines)) <= 80
    assert sorted("".join(lines).replace(" ", "")) == sorted("".join(map("".join, rows)).replace(" ", ""))


def test_a_line_never_begins_with_a_closing_mark() -> None:
    assert wrap("四四四（四），五五", 10) == ["四四四", "（四），五", "五"]


def test_what_stands_in_short_brackets_stays_on_one_line() -> None:
    assert wrap("计如松（主管技师）", 12) == ["计如松", "（主管技师）"]
    assert wrap("一二三（四（二））", 12) == ["一二三", "（四（二））"]


def test_no_line_begins_with_the_space_between_two_words() -> None:
    assert wrap("5 天 × 40 元", 9) == ["5 天 × 40", "元"]


def test_latin_words_stay_whole_unless_they_are_wider_than_the_line() -> None:
    assert wrap("运行 xiaxiang --explain 看", 12) == ["运行", "xiaxiang", "--explain 看"]
    assert wrap("abcdefghij", 4) == ["abcd", "efgh", "ij"]


def test_a_paragraph_hangs_under_its_lead() -> None:
    assert paragraph("- ", "一二三四五", width=12) == ["- 一二三四五"]
    assert paragraph("- ", "一二三四五六", width=12) == ["- 一二三四五", "  六"]


def test_a_list_breaks_between_its_items() -> None:
    assert listed("口径: ", ["甲=一", "乙=二", "丙=三"], width=21) == ["口径: 甲=一 · 乙=二 ·", "      丙=三"]


@pytest.mark.parametrize(
    ("number", "expected"), [(1, "①"), (20, "⑳"), (21, "㉑"), (35, "㉟"), (36, "㊱"), (50, "㊿"), (51, "(51)")]
)
def test_footnotes_have_one_mark_each(number: int, expected: str) -> None:
    assert mark(number) == expected


def test_what_cannot_be_seen_or_would_move_the_cursor_is_shown_by_its_number() -> None:
    assert visible("a\x1b[31m\u200b\u00a0\u202e\t甲\u3000") == "a<U+001B>[31m<U+200B><U+00A0><U+202E>    甲\u3000"


def test_padding_and_cutting_count_cells() -> None:
    assert pad("甲", 4) == "甲  "
    assert cut("甲乙丙", 6) == "甲乙丙"
    assert cut("甲乙丙丁", 6) == "甲乙…"


def test_a_clause_names_its_document_only_where_it_is_another_one() -> None:
    assert cited(Source("制度", "三（一）"), "制度") == "三（一）"
    assert cited(Source("通知", "二"), "制度") == "《通知》二"
