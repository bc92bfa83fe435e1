from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from xiaxiang.cli.app import run
from xiaxiang.model.scalar import display_width

EXAMPLE = Path(__file__).parents[1] / "examples" / "county-hospital"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "county-hospital"
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns("expected"))
    monkeypatch.chdir(folder)
    return folder


def answer(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    status = run(words)
    told = capsys.readouterr()
    return status, told.out, told.err


@pytest.mark.usefixtures("desk")
def test_a_head_who_asks_why_again_reads_the_facts_with_clause_and_place(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = answer(capsys, "统计", "急诊科", "--to", "2024-12-31")

    assert status == 0
    assert " 急诊科  派驻人次 3，比中位数多 1" in out
    assert "由 急诊科\n     路平川 接替到批次结束（三（四））  变动登记.yaml:" in out
    assert "派遣顺序第 10 位，共 12 个科室" in out
    assert [line for line in out.splitlines() if display_width(line) > 80] == []
    assert "下一步  xiaxiang 统计" in out


@pytest.mark.usefixtures("desk")
def test_without_a_name_both_ends_are_explained_and_the_middle_is_a_number(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = answer(capsys, "stats", "--to", "2024-12-31")

    assert "派驻人次: 最少 2" in out
    assert "中位数 2" in out
    assert "派驻人次最多\n 急诊科" in out
    assert "月数最少\n 耳鼻喉科" in out


@pytest.mark.parametrize("by", ["科室", "人员", "职级", "专业", "person"])
@pytest.mark.usefixtures("desk")
def test_every_grouping_fits_the_screen_and_sums_up(by: str, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = answer(capsys, "stats", "--year", "2024", "--by", by)

    assert status == 0
    assert [line for line in out.splitlines() if display_width(line) > 80] == []
    total = next(line for line in out.splitlines() if line.startswith(" 合计"))
    assert total.split()[1] == "13"


@pytest.mark.usefixtures("desk")
def test_machines_read_groups_totals_and_reasons(capsys: pytest.CaptureFixture[str]) -> None:
    found: Any = json.loads(answer(capsys, "stats", "--year", "2024", "--format", "json")[1])
    group = next(one for one in found["groups"] if one["key"] == {"department": "儿科"})

    assert (found["from_on"], found["until_on"], found["by"]) == ("2024-01-01", "2024-12-31", "department")
    assert group["figures"]["拒派"] == 1
    assert any("拒派" in one["text"] and one["position"] for one in group["because"])
    assert found["totals"]["派驻人次"] == sum(one["figures"]["派驻人次"] for one in found["groups"])
    assert {one["figure"] for one in found["spreads"]} == {"派驻人次", "月数"}


def test_the_sheet_holds_figures_and_reasons(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert answer(capsys, "stats", "--year", "2024", "-o", "统计.xlsx")[0] == 0

    book = openpyxl.load_workbook(desk / "统计.xlsx")
    assert book.sheetnames == ["统计", "差距"]
    rows = {row[0]: row for row in book["统计"].iter_rows(values_only=True)}
    assert rows["合计"][1] == 13
    assert "拒派" in rows["儿科"][-1]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["外可"], "外科"),
        (["--by", "院长"], "--by 可以写 科室、人员、职级、专业"),
        (["--year", "2024", "--from", "2024-01-01"], "只写一样"),
        (["--from", "2024-05-01", "--to", "2024-04-01"], "早于"),
    ],
)
@pytest.mark.usefixtures("desk")
def test_a_call_that_is_wrong_says_what_to_write(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    status, _, err = answer(capsys, "stats", *words)

    assert (status, said in err) == (2, True)
