"""Old workbooks (.xls): read like the new ones, their days by the day from which they count."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import TYPE_CHECKING

import openpyxl
import pytest
from xls_support import old_workbook

from xiaxiang.cli.app import run
from xiaxiang.load.excel_old import counts_from_1904
from xiaxiang.load.files import Reader
from xiaxiang.load.include import read_people
from xiaxiang.load.yaml import Mapping, plain
from xiaxiang.model.scalar import parse_day

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("small", [False, True])
@pytest.mark.parametrize("styled", [False, True])
@pytest.mark.parametrize("from_1904", [False, True])
def test_days_in_an_old_workbook_count_from_the_day_that_it_says(
    tmp_path: Path, *, from_1904: bool, styled: bool, small: bool
) -> None:
    zero = date(1904, 1, 1) if from_1904 else date(1899, 12, 30)
    day = date(2024, 4, 8)
    rows = [["姓名", "科室", "到岗日期"], ["张三", "内科", float((day - zero).days)]]
    data = old_workbook(rows, from_1904=from_1904, styled=styled, small=small)
    assert counts_from_1904(data) is from_1904
    (tmp_path / "人员.xls").write_bytes(data)
    reader = Reader(tmp_path, tmp_path)
    read = read_people(reader, tmp_path / "人员.xls")
    assert read is not None, reader.findings
    (row,) = [plain(node) for node in read.nodes if isinstance(node, Mapping)]
    assert (row["姓名"], parse_day(row["到岗日期"])) == ("张三", day)
    assert [one.code for one in reader.findings] == ([] if styled else ["excel-serial"])


def test_a_damaged_container_counts_from_1900_and_breaks_nothing() -> None:
    random = Random(3)
    whole = old_workbook([["姓名"], ["张三"]], from_1904=True)
    for _ in range(500):
        data = bytearray(whole)
        for _ in range(8):
            data[random.choice((random.randrange(600), random.randrange(len(data))))] = random.randrange(256)
        assert counts_from_1904(bytes(data[: random.choice((len(data), random.randrange(len(data))))])) in {True, False}
    assert not counts_from_1904(b"")
    assert not counts_from_1904(whole[:8] + bytes(600))


def test_findings_in_an_old_workbook_stand_in_a_new_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["init", "."]) == 0
    rows = [["下乡名册"], ["姓名", "科室", "批次", "授课次数"], ["谁", "内科", "2026-1", 4.0]]
    (tmp_path / "名册.xls").write_bytes(old_workbook(rows))
    assert run(["validate", "名册.xls", "--marked", "问题.xlsx"]) == 1
    page = openpyxl.load_workbook(tmp_path / "问题.xlsx").active
    assert page is not None
    assert [cell.value for cell in page[3]] == ["谁", "内科", "2026-1", "4"]
    commented = [cell.coordinate for row in page.iter_rows() for cell in row if cell.comment]
    assert commented == ["A3"]
