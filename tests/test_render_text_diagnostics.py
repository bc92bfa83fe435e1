from __future__ import annotations

import textwrap

import pytest

from xiaxiang.model.diagnostic import Diagnostic, error, note, warning
from xiaxiang.model.position import Position
from xiaxiang.model.scalar import display_width
from xiaxiang.render.text_diagnostics import MOST_OF_A_CODE, diagnostic_text, diagnostics_text, summary_text


def found(line: int, column: int, end: int, hint: str = "改") -> Diagnostic:
    return error("some-code", "说明", hint, Position("plan.yaml", line, column, end))


def test_a_finding_shows_place_excerpt_caret_and_remedy() -> None:
    text = "人员:\n  - 姓名: 张三\n    科室: 外可\n"
    one = error("unknown-department", "没有科室“外可”", "是不是“外科”？", Position("plan.yaml", 3, 9, 11))
    assert diagnostic_text(one, {"plan.yaml": text}) == textwrap.dedent("""\
        plan.yaml:3:9: 错误 unknown-department: 没有科室“外可”
            2 |   - 姓名: 张三
            3 |     科室: 外可
              |           ^^^^
        怎么改: 是不是“外科”？
        """)


def test_the_caret_counts_cells_after_tabs_han_and_invisible_characters() -> None:
    lines = diagnostic_text(found(1, 6, 7), {"plan.yaml": "\t甲\u200bab乙"}).split("\n")
    assert lines[1:3] == ["    1 |     甲<U+200B>ab乙", "      | " + " " * 16 + "^^"]


def test_an_empty_span_still_has_a_caret() -> None:
    assert diagnostic_text(found(1, 1, 1), {"plan.yaml": "甲"}).split("\n")[2] == "      | ^"


def test_a_span_beyond_the_end_of_the_line_points_behind_it() -> None:
    assert diagnostic_text(found(1, 9, 12), {"plan.yaml": "ab"}).split("\n")[2] == "      |   ^"


def test_a_long_line_is_cut_around_the_caret() -> None:
    text = "前" * 200 + "错误的词" + "后" * 200
    lines = diagnostic_text(found(1, 201, 205), {"plan.yaml": text}).split("\n")
    assert all(display_width(line) <= 80 for line in lines)
    assert lines[1].startswith("    1 | …前")
    assert lines[1].endswith("后…")
    shown = lines[1].index("错误的词")
    caret = lines[2].index("^")
    assert display_width(lines[1][:shown]) == caret
    assert lines[2][caret:] == "^" * 8


def test_the_word_at_fault_may_itself_be_longer_than_the_line() -> None:
    lines = diagnostic_text(found(1, 1, 501), {"plan.yaml": "长" * 500}).split("\n")
    assert all(display_width(line) <= 80 for line in lines)
    assert "^^" in lines[2]


def test_lines_are_counted_as_positions_count_them() -> None:
    text = "一\r\n二\r三\u2028四\n五"
    shown = diagnostic_text(found(4, 1, 2), {"plan.yaml": text}).split("\n")
    assert shown[1:3] == ["    3 | 三<U+2028>四", "    4 | 五"]


def test_without_a_text_to_quote_the_place_and_the_sentence_remain() -> None:
    one = warning("empty-cell", "出勤天数没有填", "填一个数", Position("roster.xlsx", 5, 9, 10))
    assert diagnostic_text(one, {}) == "roster.xlsx:5:9: 提醒 empty-cell: 出勤天数没有填\n怎么改: 填一个数\n"
    assert diagnostic_text(found(9, 1, 1), {"plan.yaml": "只有一行"}).count("\n") == 2


def test_a_line_to_type_keeps_its_spaces() -> None:
    shown = diagnostic_text(found(1, 1, 1, hint="        职称: 主治医师"), {})
    assert shown.endswith("怎么改:         职称: 主治医师\n")


def test_a_message_cannot_move_the_cursor() -> None:
    one = error("x", "坏\x1b[2J字", "", Position("a\x07.yaml", 1, 1, 1))
    assert diagnostic_text(one, {}) == "a<U+0007>.yaml:1:1: 错误 x: 坏<U+001B>[2J字\n"


def test_findings_stand_in_the_order_of_the_file_once_each() -> None:
    shown = diagnostics_text([found(9, 1, 1), found(2, 1, 1), found(9, 1, 1)], {})
    assert [line.split(":")[1] for line in shown.split("\n") if line.startswith("plan")] == ["2", "9"]


@pytest.mark.parametrize("number", [MOST_OF_A_CODE, MOST_OF_A_CODE + 1, 12_345])
def test_of_each_code_the_first_are_shown_and_the_others_counted(number: int) -> None:
    rare = warning("rare", "少见", "改", Position("plan.yaml", 20_000, 1, 1))
    shown = diagnostics_text([*(found(line, 1, 1) for line in range(1, number + 1)), rare], {})

    lines = [line.split(":")[1] for line in shown.split("\n") if line.startswith("plan")]
    assert lines == [*map(str, range(1, MOST_OF_A_CODE + 1)), "20000"]
    rest = f"每种只列前 20 处，没有列出的: some-code {number - MOST_OF_A_CODE:,} 处\n"
    assert (rest in shown) == (number > MOST_OF_A_CODE)
    assert ("xiaxiang 检查 --format json" in shown) == (number > MOST_OF_A_CODE)


def test_the_summary_counts_each_kind() -> None:
    place = Position("a", 1, 1, 1)
    assert summary_text([]) == "0 个错误，0 个提醒。"
    assert summary_text([warning("a", "b", "", place), note("a", "b", "", place)]) == "0 个错误，1 个提醒，1 个说明。"
    assert summary_text([error("a", "b", "", place)]) == "1 个错误，0 个提醒。改好以后再运行一次。"
