"""A user's own workbook: the cells that must change do, and no other byte of what is in it."""

from __future__ import annotations

import io
import warnings
import zipfile
from datetime import date

import openpyxl
import pytest
import xlsxwriter

from xiaxiang.write.csv_edit import TableEdits
from xiaxiang.write.lines import CannotEditError
from xiaxiang.write.xlsx_edit import edit_xlsx
from xiaxiang.write.xlsx_layout import column_letters, column_number

ROWS = [
    ["工号", "姓名", "科室", "到岗日期", "备注"],
    [1001, "张三", "内科", date(2020, 1, 2), "老"],
    [1002, "李四", "内科"],
]


def workbook(*, extra: bool = False, below: str = "") -> bytes:
    """Return a hidden sheet, the list with a style of its own in every cell, and a sheet that counts it."""
    packed = io.BytesIO()
    book = xlsxwriter.Workbook(packed, {"in_memory": True})
    book.add_worksheet("旧").hide()
    page, sums = book.add_worksheet("人员"), book.add_worksheet("统计")
    page.activate()
    page.set_first_sheet()
    plain, day = book.add_format({"border": 1}), book.add_format({"num_format": "yyyy-mm-dd", "border": 1})
    page.merge_range("A1:E1", "花名册", plain)
    for number, row in enumerate(ROWS, 1):
        page.set_row(number, 22)
        for index in range(5):
            value = row[index] if index < len(row) else None
            page.write(number, index, value, day if index == 3 and number > 1 else plain)
    page.write_comment("B3", "批注")
    page.data_validation("C3:C99", {"validate": "list", "source": ["内科", "外科"]})
    if extra:
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=人员!$A$3:$A$4"})
        page.insert_chart("H2", chart)
        page.conditional_format("A3:A9", {"type": "data_bar", "data_bar_2010": True})
        book.add_vba_project(io.BytesIO(b"macro"), is_stream=True)
    if below:
        page.write_string("A9", below)
    sums.write_formula("A1", "=COUNTA(人员!B3:B99)", None, 2)
    book.close()
    return packed.getvalue()


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def values(data: bytes) -> list[list[object]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        page = openpyxl.load_workbook(io.BytesIO(data))["人员"]
    return [[cell.value for cell in row] for row in page.iter_rows(min_row=2)]


def test_a_cell_changes_and_every_other_part_and_cell_stays_byte_for_byte() -> None:
    before = workbook(extra=True)
    after = edit_xlsx(before, TableEdits({(4, 2): "外科", (4, 4): "<新>&"}))
    old, new = parts(before), parts(after)
    assert list(old) == list(new)
    assert [name for name in old if old[name] != new[name]] == ["xl/worksheets/sheet2.xml"]
    sheet = old["xl/worksheets/sheet2.xml"].decode()
    place = sheet.index('<c r="C4"')
    assert new["xl/worksheets/sheet2.xml"].decode().startswith(sheet[:place])
    assert values(after)[2] == [1002, "李四", "外科", None, "<新>&"]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl says what it would drop
        page = openpyxl.load_workbook(io.BytesIO(after))["人员"]
    assert (page["C4"].border.left.style, page["E4"].data_type) == ("thin", "s")


def test_numbers_stay_numbers_days_stay_days_and_what_looks_like_a_formula_is_text() -> None:
    edits = TableEdits({(3, 0): "2001", (3, 3): "2024-03-01", (3, 1): "=1+1", (4, 3): "2024-03-02"})
    row, other = values(edit_xlsx(workbook(), edits))[1:3]
    assert (row[0], row[1]) == (2001, "=1+1")
    assert str(row[3]) == "2024-03-01 00:00:00"
    assert other[3] == "2024-03-02"  # the cell was empty: nobody knows that it should count days
    page = openpyxl.load_workbook(io.BytesIO(edit_xlsx(workbook(), edits)))["人员"]
    assert page["B3"].data_type == "s"


def test_new_rows_stand_below_the_last_and_look_like_it() -> None:
    rows = {4: [["0012", "王五", "外科", "2024-03-01", ""], ["1004", "赵六", "外科"]]}
    after = edit_xlsx(workbook(), TableEdits({}, rows))
    assert values(after)[3:5] == [["0012", "王五", "外科", "2024-03-01", None], [1004, "赵六", "外科", None, None]]
    page = openpyxl.load_workbook(io.BytesIO(after))["人员"]
    assert [page.cell(5, column).border.left.style for column in range(1, 6)] == ["thin"] * 5
    assert (page["D5"].number_format, page.row_dimensions[5].height) == ("yyyy-mm-dd", 21.75)
    assert 'ref="A1:E6"' in parts(after)["xl/worksheets/sheet2.xml"].decode()


def test_a_table_of_excels_takes_new_rows_in() -> None:
    packed = io.BytesIO()
    book = xlsxwriter.Workbook(packed, {"in_memory": True})
    page = book.add_worksheet("人员")
    columns = [{"header": name} for name in ("姓名", "科室")]
    page.add_table("A1:B3", {"data": [["张三", "内科"], ["李四", "内科"]], "columns": columns})
    book.close()
    after = edit_xlsx(packed.getvalue(), TableEdits({}, {3: [["王五", "外科"]]}))
    (table,) = openpyxl.load_workbook(io.BytesIO(after))["人员"].tables.values()
    assert (table.ref, table.autoFilter.ref) == ("A1:B4", "A1:B4")


@pytest.mark.parametrize(
    "rows",
    [
        '<x:row r="2"/><x:row r="5"><x:c r="A5"/></x:row>',  # an empty row with one tag, a row left out
        "<x:row r='2' ht='9'></x:row>",
        '<x:row r="2"><x:c r="B2" t="inlineStr"><x:is><x:t>旧</x:t></x:is></x:c></x:row>',
    ],
)
def test_rows_and_cells_are_found_or_made_whatever_the_way_they_are_written(rows: str) -> None:
    first = '<x:row><x:c t="inlineStr"><x:is><x:t>姓名</x:t></x:is></x:c></x:row>'
    data = bare(f"<x:sheetData>{first}{rows}</x:sheetData>")
    after = edit_xlsx(data, TableEdits({(2, 0): "张三", (2, 2): "内科", (3, 1): "x"}))
    page = openpyxl.load_workbook(io.BytesIO(after)).worksheets[0]
    assert [page["A1"].value, page["A2"].value, page["C2"].value, page["B3"].value] == ["姓名", "张三", "内科", "x"]


def bare(inner: str, *, head: str = "") -> bytes:
    """Return the smallest workbook, its sheet in a namespace with a prefix."""
    book = xlsxwriter.Workbook(packed := io.BytesIO(), {"in_memory": True})
    book.add_worksheet("a")
    book.close()
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    sheet = f'{head}<x:worksheet xmlns:x="{main}">{inner}</x:worksheet>'
    fresh = io.BytesIO()
    with zipfile.ZipFile(fresh, "w") as target:
        for name, text in parts(packed.getvalue()).items():
            target.writestr(name, sheet.encode("utf-16" if "16" in head else "utf-8") if "sheet1" in name else text)
    return fresh.getvalue()


def test_values_that_formulas_count_are_counted_anew_when_it_is_opened() -> None:
    data = workbook()
    book = parts(data)["xl/workbook.xml"].replace(b' fullCalcOnLoad="1"', b"")
    fresh = io.BytesIO()
    with zipfile.ZipFile(fresh, "w") as target:
        for name, text in parts(data).items():
            target.writestr(name, book if name == "xl/workbook.xml" else text)
    after = parts(edit_xlsx(fresh.getvalue(), TableEdits({(3, 1): "x"})))["xl/workbook.xml"]
    assert after.count(b'fullCalcOnLoad="1"') == 1


@pytest.mark.parametrize(
    ("data", "edits", "words"),
    [
        (workbook(), TableEdits({(1, 2): "x"}), "C1 是合并的"),
        (workbook(below="制表人：甲"), TableEdits({}, {4: [["1"]]}), "第 9 行还有内容"),
        (
            bare('<x:sheetData><x:row r="1"><x:c r="A1"><x:f>1</x:f></x:c></x:row></x:sheetData>'),
            TableEdits({(1, 0): "x"}),
            "A1 是公式",
        ),
        (bare('<x:sheetData></x:sheetData><x:sheetProtection sheet="1"/>'), TableEdits({(1, 0): "x"}), "有保护"),
        (bare("<x:sheetData>"), TableEdits({(1, 0): "x"}), "读不通"),
        (bare("<x:sheetData/>", head='<?xml version="1.0" encoding="UTF-16"?>'), TableEdits({(1, 0): "x"}), "UTF-8"),
        (bare("<x:sheetData/>"), TableEdits({(1, 0): "x"}), "没有内容"),
        (b"no zip", TableEdits({(1, 0): "x"}), "打不开"),
    ],
)
def test_what_cannot_be_changed_without_harm_is_left_with_the_reason(
    data: bytes, edits: TableEdits, words: str
) -> None:
    with pytest.raises(CannotEditError, match=words):
        edit_xlsx(data, edits)


def test_a_signed_workbook_is_left_alone() -> None:
    fresh = io.BytesIO(workbook())
    with zipfile.ZipFile(fresh, "a") as packed:
        packed.writestr("_xmlsignatures/sig1.xml", "<x/>")
    with pytest.raises(CannotEditError, match="数字签名"):
        edit_xlsx(fresh.getvalue(), TableEdits({(3, 1): "x"}))


def test_columns_are_counted_as_excel_does() -> None:
    assert [column_letters(number) for number in (1, 26, 27, 702, 703, 16384)] == ["A", "Z", "AA", "ZZ", "AAA", "XFD"]
    assert all(column_number(column_letters(number)) == number for number in range(1, 16385))
