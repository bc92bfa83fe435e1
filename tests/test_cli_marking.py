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
    assert "--marked 要标注一个 .xlsx 文件" in capsys.readouterr().err
