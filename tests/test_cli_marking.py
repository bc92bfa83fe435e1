from __future__ import annotations

import csv
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from xiaxiang.cli.app import run


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace whose roster is a workbook with one wrong department in B3."""
    monkeypatch.chdir(tmp_path)
    assert run(["init", "."]) == 0
    with Path("roster.csv").open(encoding="utf-8-sig", newline="") as sheet:
        rows = list(csv.reader(sheet))
    rows[2][1] = "外可"
    with xlsxwriter.Workbook("名册.xlsx") as book:
        page = book.add_worksheet()
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
    Path("roster.csv").unlink()
    return tmp_path


def test_findings_in_a_workbook_stand_in_a_copy_of_it_at_their_cells(desk: Path) -> None:
    before = (desk / "名册.xlsx").read_bytes()
    assert run(["validate", "名册.xlsx", "--marked", "问题.xlsx"]) == 1
    page = openpyxl.load_workbook(desk / "问题.xlsx").active
    assert page is not None
    commented = [cell.coordinate for row in page.iter_rows() for cell in row if cell.comment]
    assert "B3" in commented
    assert "外可" in page["B3"].comment.text
    assert (desk / "名册.xlsx").read_bytes() == before


def test_an_existing_copy_is_kept_unless_force(desk: Path) -> None:
    (desk / "问题.xlsx").write_bytes(b"mine")
    assert run(["validate", "名册.xlsx", "--marked", "问题.xlsx"]) == 2
    assert (desk / "问题.xlsx").read_bytes() == b"mine"
    assert run(["validate", "名册.xlsx", "--marked", "问题.xlsx", "--force"]) == 1
    assert (desk / "问题.xlsx.bak").read_bytes() == b"mine"


def test_without_a_workbook_the_call_is_wrong(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (desk / "名册.xlsx").unlink()
    assert run(["validate", "--marked", "问题.xlsx"]) == 2
    assert "--marked 要标注一个表格" in capsys.readouterr().err


MESSY = '姓名,科室,批次,备注\r\n张明,内可,2026-1,"两行\n备注"\r\n\r\n=1+1,内科,2026-1,"没有完\r\n'


def test_findings_in_a_csv_file_stand_in_a_workbook_made_of_it_every_cell_as_text(desk: Path) -> None:
    (desk / "名册.csv").write_text(MESSY.replace('"没有完', "完"), encoding="gb18030", newline="")
    assert run(["validate", "名册.csv", "--marked", "问题.xlsx"]) == 1
    page = openpyxl.load_workbook(desk / "问题.xlsx").active
    assert page is not None
    assert [[cell.value for cell in row] for row in page.iter_rows()] == [
        ["姓名", "科室", "批次", "备注"],
        ["张明", "内可", "2026-1", "两行\n备注"],
        [None] * 4,
        ["=1+1", "内科", "2026-1", "完"],
    ]
    assert {cell.data_type for row in page.iter_rows() for cell in row if cell.value} == {"s"}
    commented = {cell.coordinate: cell.comment.text for row in page.iter_rows() for cell in row if cell.comment}
    assert {"B2", "A4"} <= set(commented)
    assert "科室“内可”" in commented["B2"]
    assert page["B2"].fill.fgColor.rgb == "FFFFC7CE"


def test_a_row_that_cannot_be_read_stands_in_the_copy_as_it_is(desk: Path) -> None:
    (desk / "名册.csv").write_text(MESSY, encoding="utf-8", newline="")
    assert run(["validate", "名册.csv", "--marked", "问题.xlsx"]) == 1
    page = openpyxl.load_workbook(desk / "问题.xlsx").active
    assert page is not None
    assert page["A4"].value == '=1+1,内科,2026-1,"没有完'
    assert "bad-csv" not in (page["A4"].comment.text if page["A4"].comment else "bad-csv")


def test_the_same_table_gives_the_same_copy(desk: Path) -> None:
    (desk / "名册.csv").write_text("姓名,科室\n谁,内科\n", encoding="utf-8")
    for name in ("甲.xlsx", "乙.xlsx"):
        assert run(["validate", "名册.csv", "--marked", name]) == 1
    assert (desk / "甲.xlsx").read_bytes() == (desk / "乙.xlsx").read_bytes()


def test_of_several_tables_the_one_that_is_named_is_marked(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (desk / "名册.csv").write_text("姓名,科室\n谁,内科\n", encoding="utf-8")
    assert run(["validate", "名册.csv", "名册.xlsx", "--marked", "问题.xlsx"]) == 2
    assert "这次读到的: 名册.csv、名册.xlsx" in capsys.readouterr().err
    assert run(["validate", "名册.csv", "--marked", "问题.csv"]) == 2
    assert "不是 .xlsx 文件名" in capsys.readouterr().err
