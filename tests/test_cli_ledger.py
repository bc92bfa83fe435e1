from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from xiaxiang.cli.app import run
from xiaxiang.model.scalar import display_width

EXAMPLE = Path(__file__).parents[1] / "examples" / "county-hospital"
AS_OF = ["--as-of", "2024-12-31"]


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


def read(capsys: pytest.CaptureFixture[str], *words: str) -> Any:  # noqa: ANN401 - whatever JSON holds
    return json.loads(answer(capsys, *words, "--format", "json")[1])


@pytest.mark.usefixtures("desk")
def test_the_ledger_says_who_has_met_what_and_who_will_with_the_next_batch(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = answer(capsys, "台账", *AS_OF)

    assert status == 0
    assert " 贺春来  外科      中级  3 个月 差 9 个月   90 天 差 275 天    90 天 差 93 天" in out
    assert "下一批（2025年第1批）去了就满: 尹伯川、施映雪、霍长风" in out
    assert "不满: 舒百川 2024年第2批 49/91 天、\n      路平川 2024年第2批 42/91 天" in out
    assert out.splitlines()[-3].startswith("下一步  xiaxiang 台账 --person")
    assert [line for line in out.splitlines() if display_width(line) > 80] == []


@pytest.mark.usefixtures("desk")
def test_one_clock_alone_tells_the_day_on_which_it_is_met(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = answer(capsys, "ledger", *AS_OF, "--clock", "晋升")

    assert "晋升（按月）  累计至少 12 个月" in out
    assert "晋升（按天）  累计至少 365 天；首日末日都算（《医师法》第四十六条）" in out
    assert "长期派驻" not in out


@pytest.mark.usefixtures("desk")
def test_one_person_sees_every_record_and_every_clock(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = answer(capsys, "ledger", *AS_OF, "--person", "贺春来")

    assert " 2024-01-02  2024-03-31  90    3 个月  2024年第1批  河东中心卫生院  名册" in out
    assert "晋升（按天）  90 天，至少 365 天: 差 275 天（《医师法》第四十六条）" in out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--clock", "季度"], "制度没有设定计时“季度”"),
        (["--person", "贺春"], "贺春来"),
        (["--person", "汤其昌的"], "计划里没有“汤其昌的”"),
        (["--as-of", "2024-02-30"], "在日历上不存在"),
        (["-o", "台账.doc"], "不是表格的文件名"),
        (["--history", "没有.csv"], "找不到文件“没有.csv”"),
    ],
)
@pytest.mark.usefixtures("desk")
def test_a_call_that_is_wrong_says_what_to_write(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    status, _, err = answer(capsys, "ledger", *words)

    assert (status, said in err) == (2, True)


def test_history_beside_the_plan_is_counted_and_its_broken_rows_are_said(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (desk / "history.csv").write_text(
        "姓名,科室,起,止,受援单位\n贺春来,外科,2022-01-01,2022-09-30,河西乡卫生院\n贺春来,外科,2022-02-30,2022-09-30,\n",
        encoding="utf-8",
    )
    status, out, err = answer(capsys, "ledger", *AS_OF, "--person", "贺春来")

    assert status == 1
    assert "history.csv:3:8: 错误 bad-date" in err
    assert "草稿" in out
    assert " 合计（截至 2024-12-31）: 12 个月，有起止日期的共 363 天" in out
    assert "晋升（按天）  363 天，至少 365 天: 差 2 天" in out
    assert "有一条记录没有算进去" in out
    assert "history.csv:3:8" in out


def test_both_sheets_hold_what_the_screen_says(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert answer(capsys, "ledger", *AS_OF, "-o", "台账.xlsx")[0] == 0
    assert answer(capsys, "ledger", *AS_OF, "-o", "台账.csv")[0] == 0

    book = openpyxl.load_workbook(desk / "台账.xlsx")
    assert book.sheetnames == ["计时", "记录"]
    cells = [[str(one or "") for one in row] for row in book["计时"].iter_rows(values_only=True)]
    with (desk / "台账.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert [len(cells), cells[0]] == [len(rows), rows[0]]
    assert ["外科", "贺春来", "0203", "主治医师", "中级", "晋升（按天）", "累计", "90 天", "365", "否"] in [
        row[:10] for row in rows
    ]
    assert answer(capsys, "ledger", *AS_OF, "-o", "台账.xlsx")[0] == 2  # kept unless --force
    assert answer(capsys, "ledger", *AS_OF, "-o", "台账.xlsx", "--force")[0] == 0


@pytest.mark.usefixtures("desk")
def test_machines_read_the_same_ledger(capsys: pytest.CaptureFixture[str]) -> None:
    found = read(capsys, "ledger", *AS_OF, "--clock", "晋升（按天）")
    person = next(one for one in found["people"] if one["name"] == "贺春来")

    assert (found["as_of"], found["next_batch"], found["draft"]) == ("2024-12-31", "2025-1", False)
    assert [one["name"] for one in found["clocks"]] == ["晋升（按天）"]
    assert (person["months"], person["days"], person["services"][0]["origin"]) == (3, 90, "roster")
    assert [(one["required"], one["met"], one["short"]) for one in person["clocks"]] == [(365, False, 275)]
    assert person["clocks"][0]["source"] == {"document": "医师法", "clause": "第四十六条"}
