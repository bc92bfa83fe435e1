"""Findings in the user's own workbook: the right cells, coloured and commented; everything else as it was."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import openpyxl
import pytest
import xlsxwriter

from xiaxiang.load import load_roster, load_workspace
from xiaxiang.model.diagnostic import error, note, warning
from xiaxiang.model.position import Position
from xiaxiang.render.xlsx_marked import mark_up

if TYPE_CHECKING:
    from pathlib import Path

PLAN = "计划名称: 甲\n支援单位: 甲院\n受援单位: 乙院\n起始日期: 2024-01-01\n"
PLAN += "科室: [{名称: 内科, 人员: [{姓名: 张三, 工号: '01'}, {姓名: 李四}]}]\n派遣顺序: [内科]\n"


def workbook() -> bytes:
    packed = io.BytesIO()
    book = xlsxwriter.Workbook(packed, {"in_memory": True})
    page, other = book.add_worksheet("名册"), book.add_worksheet("别的")
    page.merge_range("A1:D1", "下乡名册", book.add_format({"bold": True}))
    for row, cells in enumerate((("姓名", "工号", "科室", "批次"), ("张三", "99", "内科", "2024-1")), 1):
        page.write_row(row, 0, cells)
    page.write_row(3, 0, ("李|四", None, "内可", "2024-1"))
    page.write_comment("B3", "原来的批注")
    page.set_column(0, 0, 30)
    page.write_formula("F3", "=1+1", None, 2)
    page.data_validation("C3:C9", {"validate": "list", "source": ["内科"]})
    other.write_string("A1", "不动")
    book.close()
    return packed.getvalue()


def marked(folder: Path) -> bytes:
    (folder / "plan.yaml").write_text(PLAN, encoding="utf-8")
    (folder / "a.xlsx").write_bytes(workbook())
    workspace = load_workspace(folder / "plan.yaml", here=folder).workspace
    assert workspace is not None
    _, found, texts = load_roster(folder / "a.xlsx", workspace, here=folder)
    return mark_up(workbook(), [one for one in found if one.is_error], texts["a.xlsx"])


def test_findings_stand_at_their_cells_and_the_rest_stays(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(marked(tmp_path)))
    page = book["名册"]
    comments = {cell.coordinate: cell.comment.text for row in page.iter_rows() for cell in row if cell.comment}
    assert sorted(comments) == ["B3", "C4"]
    assert comments["B3"].startswith("原来的批注\n\n错误: ")
    assert "怎么改: " in comments["C4"]
    assert {page[place].fill.fgColor.rgb for place in comments} == {"FFFFC7CE"}
    assert page["A3"].fill.fill_type is None
    assert ([str(area) for area in page.merged_cells.ranges], page["A1"].font.bold) == (["A1:D1"], True)
    assert (page.column_dimensions["A"].width > 30, page["F3"].value, page["A4"].value) == (True, "=1+1", "李|四")
    assert (len(page.data_validations.dataValidation), book["别的"]["A1"].value) == (1, "不动")


def test_the_same_findings_give_the_same_bytes(tmp_path: Path) -> None:
    assert marked(tmp_path) == marked(tmp_path)


def test_several_findings_of_one_cell_share_its_comment_under_the_worst_colour() -> None:
    at = Position("a.xlsx", 3, 1, 3)
    found = [note("a-b", "一", "甲", at), error("c-d", "二", "乙", at), warning("e-f", "三", "丙", at)]
    page = openpyxl.load_workbook(io.BytesIO(mark_up(workbook(), found, "下乡名册\n姓名\n张三"))).worksheets[0]
    assert page["A3"].comment.text == "错误: 二\n怎么改: 乙\n提醒: 三\n怎么改: 丙\n说明: 一\n怎么改: 甲"
    assert page["A3"].fill.fgColor.rgb == "FFFFC7CE"


def test_a_finding_inside_a_merged_cell_or_beyond_the_sheet_still_has_its_place() -> None:
    found = [
        error("a-b", "一", "甲", Position("a.xlsx", 1, 12, 13)),
        error("a-b", "二", "甲", Position("a.xlsx", 9, 1, 2)),
    ]
    book = openpyxl.load_workbook(io.BytesIO(mark_up(workbook(), found, "下乡名册 |  |  | ")))
    assert ["一" in book.worksheets[0]["A1"].comment.text, "二" in book.worksheets[0]["A9"].comment.text] == [
        True,
        True,
    ]


@pytest.mark.parametrize("data", [b"", b"PK\x05\x06" + b"\0" * 18])
def test_what_is_no_workbook_is_a_value_error(data: bytes) -> None:
    with pytest.raises(ValueError, match="workbook"):
        mark_up(data, [], "")
