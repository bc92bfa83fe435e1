"""`xiaxiang roster`: the sheet of a batch, filled in as far as it can be, and read back as it was written."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import openpyxl
import pytest

from xiaxiang.cli.app import run

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    monkeypatch.chdir(tmp_path)
    assert run(["init"]) == 0
    capsys.readouterr()
    return tmp_path


def test_the_sheet_holds_the_postings_of_the_batch_with_required_days(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["名册", "--batch", "2026-1", "-o", "一.xlsx"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("已写 一.xlsx: 2026年第1批 3 人；姓名、派驻起止、应出勤天数已经填好\n")
    assert "下一步  填好后 xiaxiang 检查 一.xlsx\n" in said
    book = openpyxl.load_workbook(folder / "一.xlsx")
    rows = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]
    assert rows[0] == [
        *("姓名", "工号", "科室", "批次", "派驻开始", "派驻结束", "授课日期", "授课次数", "查房日期", "查房次数"),
        *("出勤天数", "应出勤天数", "考核表交表日期", "总结日期", "审核日期"),
    ]
    assert [row[:4] for row in rows[1:]] == [
        ["张明", None, "内科", "2026年第1批"],
        [rows[2][0], None, "外科", "2026年第1批"],
        [rows[3][0], None, "妇产科", "2026年第1批"],
    ]
    assert {row[4].date() for row in rows[1:]} == {date(2026, 1, 5)}
    assert len({row[11] for row in rows[1:]}) == 1
    assert rows[1][11] > 40
    assert [sheet.sheet_state for sheet in book.worksheets] == ["visible", "hidden"]


@pytest.mark.parametrize("name", ["一.xlsx", "一.csv"])
def test_it_reads_back_and_the_assessment_uses_the_same_required_days(
    folder: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    assert run(["roster", "--batch", "第1批", "-o", name]) == 0
    capsys.readouterr()
    assert run(["validate", name, "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"diagnostics": [], "errors": 0, "warnings": 0}
    assert run(["assess", name, "--format", "json"]) == 0
    assessed = json.loads(capsys.readouterr().out)
    assert len(assessed["people"]) == 3
    missing = [one for one in assessed["diagnostics"] if one["code"] == "missing-value"]
    assert {(one["file"], one["end_column"] - one["column"]) for one in missing} == {(name, 1)}
    assert len({(one["line"], one["column"]) for one in missing}) == 9  # each at its own empty cell
    assert (folder / name).exists()


def test_the_same_plan_gives_the_same_bytes(folder: Path) -> None:
    for name in ("一.xlsx", "二.xlsx"):
        assert run(["roster", "--batch", "2026-2", "-o", name]) == 0
    assert (folder / "一.xlsx").read_bytes() == (folder / "二.xlsx").read_bytes()


def test_an_existing_roster_is_kept_unless_forced(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "名册.xlsx").write_text("填了一半", encoding="utf-8")
    assert run(["roster", "--batch", "2026-1"]) == 2
    assert "已有 名册.xlsx" in capsys.readouterr().err
    assert run(["roster", "--batch", "2026-1", "--force"]) == 0
    assert (folder / "名册.xlsx.bak").read_text(encoding="utf-8") == "填了一半"


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (["roster"], "没有写哪一批"),
        (["roster", "--batch", "2026-9"], "轮换表里没有“2026-9”"),
        (["roster", "--batch", "2026-1", "-o", "名册.docx"], "不是表格的文件名"),
    ],
)
def test_a_call_that_cannot_be_carried_out_says_why(
    folder: Path, capsys: pytest.CaptureFixture[str], call: list[str], words: str
) -> None:
    assert run(call) == 2
    assert words in capsys.readouterr().err
    assert not (folder / "名册.xlsx").exists()
