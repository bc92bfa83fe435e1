"""A CSV file changes by the cells and lines that must change, and by no other byte."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaxiang.write.csv_edit import CannotEditError, TableEdits, csv_bytes, csv_cell, edit_csv

TEXT = '姓名,科室,"备 注"\r\n张三,内科,"有""引号"""\n\r\n李四 , 外科\r\n'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_one_cell_changes_that_cell_and_nothing_else(encoding: str) -> None:
    data = TEXT.encode(encoding)
    assert edit_csv(data, TableEdits(), ",") == data
    changed = edit_csv(data, TableEdits({(4, 1): "眼科", (2, 2): "新", (4, 2): "a,b"}), ",")
    assert changed.decode(encoding) == TEXT.replace('"有""引号"""', '"新"').replace(" 外科", '眼科,"a,b"')


def test_new_rows_stand_after_their_line_with_the_files_own_line_end() -> None:
    assert edit_csv("甲;乙\r\n一;二".encode(), TableEdits(rows={2: [["三", ";"], ["四", ""]]}), ";").decode() == (
        '甲;乙\r\n一;二\r\n三;";"\r\n四;'
    )
    assert edit_csv("甲\n一\n".encode(), TableEdits(rows={1: [["零"]]}), ",").decode() == "甲\n零\n一\n"


def test_a_cell_of_several_lines_is_not_touched() -> None:
    with pytest.raises(CannotEditError, match="第 1 行"):
        edit_csv(b'a,"b\nc"\n', TableEdits({(1, 0): "x"}), ",")


@pytest.mark.parametrize("text", ["=cmd|' /C calc'!A0", "@SUM(A1)", "+1+1", '-2+3+cmd|"x"', "=1"])
def test_text_never_becomes_a_formula_and_reads_back_as_it_was(text: str) -> None:
    (row,) = csv.reader([csv_cell(text)])
    assert row[0][0] not in "=+-@"
    assert row[0].strip() == text


def test_numbers_with_a_sign_stay_numbers() -> None:
    assert [csv_cell(text) for text in ("-1", "+86", "-2.50")] == ["-1", "+86", "-2.50"]


cells = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\r\n\0"), max_size=8)


@given(st.lists(st.lists(cells, min_size=3, max_size=3), min_size=1, max_size=5), st.integers(0, 4), cells)
def test_any_cell_of_any_file_can_be_changed_alone(rows: list[list[str]], line: int, text: str) -> None:
    line %= len(rows)
    changed = edit_csv(csv_bytes(rows), TableEdits({(line + 1, 1): text}), ",")
    expected = [list(map(str.strip, row)) for row in rows]
    expected[line][1] = text.strip()
    read = csv.reader(io.StringIO(changed.decode("utf-8-sig"), newline=""), strict=True)
    assert [[cell.strip() for cell in row] for row in read] == expected
