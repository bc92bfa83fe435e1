from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

import openpyxl
import pytest
import samples

from xiaxiang.model.hospital import Person
from xiaxiang.render.schedule_sheet import explained_sheet, postings_sheet, reasons_sheet, remarks_sheet
from xiaxiang.render.xlsx_schedule import SHEETS, schedule_xlsx

if TYPE_CHECKING:
    from xiaxiang.model.schedule import Schedule

HOSTILE = "=cmd|' /C calc'!A0"


def book(schedule: Schedule | None = None) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(schedule_xlsx(samples.workspace(), schedule or samples.schedule())))


def hostile() -> Schedule:
    whole = samples.schedule()
    person = Person(name=HOSTILE, id="0017", professional_title="@SUM(1)")
    posting = samples.posting(1, "+河东", "内科", person)
    return replace(whole, batches=(replace(whole.batches[0], postings=(posting,)),))


def test_a_row_says_when_where_who_and_what_is_still_open() -> None:
    sheet = postings_sheet(samples.workspace(), samples.schedule())
    names = [column.name for column in sheet.columns]
    rows = [dict(zip(names, row, strict=True)) for row in sheet.rows]
    assert sheet.title == "某县人民医院 2024年轮换表"
    assert [(one["科室"], one["人员"], one["建议人选"], one["工号"]) for one in rows] == [
        ("内科", "张三", "", ""),
        ("儿科", "赵六", "", "0017"),
        ("妇产科", "由科室确定", "钱七", ""),
        ("外科", "空缺", "", ""),
        ("", "空缺", "", ""),
    ]
    assert {one["批次"] for one in rows} == {"2024年第1批", "2024年第4批"}


def test_the_csv_sheet_carries_every_reason_in_its_last_column() -> None:
    sheet = explained_sheet(samples.workspace(), samples.schedule())
    assert [row[-1] for row in sheet.rows][:2] == ["派遣顺序第 1 位（三（一））", "外科后延（三（二））"]


def test_the_reasons_have_a_row_each_with_clause_and_place_and_no_notice_twice() -> None:
    rows = reasons_sheet(samples.workspace(), samples.schedule()).rows
    assert ("2024年第1批", 2, "儿科", "赵六", "外科后延", "三（二）", "plan.yaml:25:5") in rows
    assert sum(row[4] == "外科后延" for row in rows) == 1
    assert ("2024年第4批", None, "外科", "", "外科没有人可派", "《另一份文件》五", "plan.yaml:25:5") in rows


def test_the_remarks_hold_draft_notices_sanctions_and_readings() -> None:
    rows = remarks_sheet(samples.workspace("变动登记第 3 条"), samples.schedule()).rows
    assert [row[0] for row in rows] == ["草稿", "说明", "说明", "错误", "处罚", "口径"]
    assert rows[4] == ("处罚", "2024年第1批", "眼科", "2,000 元: 无特殊原因拒派（四（六））")


def test_the_workbook_is_ready_to_read_and_to_print() -> None:
    opened = book()
    assert tuple(opened.sheetnames) == SHEETS
    for page in opened.worksheets:
        assert (page.freeze_panes, page.page_setup.paperSize, page.page_setup.orientation) == ("B2", 9, "landscape")
        assert (page.sheet_properties.pageSetUpPr.fitToPage, page.page_setup.fitToHeight) == (True, 0)
        assert page.print_area.startswith(f"'{page.title}'!$A$1:")
        assert all(8 <= one.width <= 75 for one in page.column_dimensions.values())
    first = opened["轮换表"]
    assert (first["B2"].value, first["B2"].number_format) == (datetime(2024, 1, 2), "yyyy-mm-dd")  # noqa: DTZ001 - as openpyxl reads it
    assert (first["I3"].value, first["I3"].number_format) == ("0017", "@")


def test_the_timeline_sheet_shows_who_goes_who_is_open_and_who_stays() -> None:
    page = book()["时间轴"]
    assert [cell.value for cell in page[3]] == ["外科", "后延→", "空缺\n河东中心卫生院"]
    assert page["B5"].value == "由科室确定（建议 钱七）\n河西乡卫生院"
    grounds = {page[place].fill.fgColor.rgb for place in ("B2", "B3", "B5")}
    assert len(grounds) == 3


def test_nothing_that_people_write_is_a_formula() -> None:
    data = schedule_xlsx(samples.workspace(), hostile())
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        assert not any(b"<f>" in packed.read(name) for name in packed.namelist() if "worksheets/sheet" in name)
    row = [cell.value for cell in book(hostile())["轮换表"][2]]
    assert (row[4], row[6], row[9]) == ("+河东", HOSTILE, "@SUM(1)")


@pytest.mark.parametrize("number", ["13812345678", "000000198809090000"])
def test_numbers_of_people_are_masked_in_reasons_and_remarks(number: str) -> None:
    whole = samples.schedule()
    told = replace(whole.notices[0], message=f"外科后延，电话 {number}")
    for sheet in (reasons_sheet, remarks_sheet):
        rows = sheet(samples.workspace(), replace(whole, notices=(told,))).rows
        assert not any(number in str(cell) for row in rows for cell in row)
        assert any("外科后延，电话" in str(cell) for row in rows for cell in row)


def test_a_number_of_an_identity_card_used_as_a_code_is_masked_too() -> None:
    whole = samples.schedule()
    posting = samples.posting(1, samples.EAST, "内科", Person(name="张三", id="000000198809090000"))
    [row] = postings_sheet(
        samples.workspace(), replace(whole, batches=(replace(whole.batches[0], postings=(posting,)),))
    ).rows
    assert row[8] == "000000********0000"
