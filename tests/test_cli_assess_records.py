"""`xiaxiang 考核 --records --attendance --person` as the clerk types it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from xiaxiang.cli.app import run
from xiaxiang.model.attendance import DayKind

EXAMPLE = Path(__file__).parents[1] / "examples" / "county-hospital"
ROWS = ["姓名,日期,类型", *(f"贺春来,2024-{day},授课" for day in ("01-08", "01-22", "02-05", "02-19"))]
HEAD = "2024年1月考勤表\n姓名," + ",".join(map(str, range(1, 32)))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("plan.yaml", "roster.csv", "变动登记.yaml"):
        shutil.copy(EXAMPLE / name, tmp_path / name)
    (tmp_path / "记录.csv").write_text("\n".join(ROWS), encoding="utf-8")
    (tmp_path / "考勤.csv").write_text(f"{HEAD}\n贺春来,,{'√,' * 20}假,半\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def person(screen: str, name: str) -> dict[str, Any]:
    return next(one for one in json.loads(screen)["people"] if one["name"] == name)


def test_lectures_come_from_the_records_and_both_numbers_are_named(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert folder.is_dir()
    assert run(["考核", "--records", "记录.csv", "--format", "json"]) == 0
    screen = capsys.readouterr().out
    lectures = person(screen, "贺春来")["items"][0]
    assert (lectures["value"], lectures["met"]) == (4, True)
    assert person(screen, "骆清荷")["items"][0]["value"] == 5  # of whom the records say nothing
    differs = [one["message"] for one in json.loads(screen)["diagnostics"] if one["code"] == "records-differ"]
    assert differs == ["1 人的“授课次数”名册和 记录.csv 不同，按后者计算: 贺春来（外科） 名册 6、记录 4"]


@pytest.mark.parametrize("option", ["--records", "--attendance"])
def test_where_the_file_asked_for_cannot_be_read_the_roster_does_not_stand_in_for_it(
    folder: Path, option: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert folder.is_dir()
    assert run(["考核", option, "没有.csv"]) == 2
    screen = capsys.readouterr()
    assert ("找不到文件“没有.csv”" in screen.err, screen.out) == (True, "")


def test_each_day_of_one_person_is_printed_and_adds_up(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert folder.is_dir()
    run(["考核", "--attendance", "考勤.csv", "--person", "贺春来"])
    screen = capsys.readouterr().out
    assert "2024-01    勤勤勤" in screen
    assert "骆清荷" not in screen
    run(["考核", "--attendance", "考勤.csv", "--person", "贺春来", "--format", "json"])
    (only,) = json.loads(capsys.readouterr().out)["people"]
    days, sums = only["attendance"]["days"], only["attendance"]["sums"]
    assert [*sums] == [kind.english for kind in DayKind]
    assert sums["leave"] == 1
    assert len(days) == 90
    assert [one for one in days if one["date"] == "2024-01-23"] == [
        {
            "date": "2024-01-23",
            "parts": [{"kind": "workday", "part": "1/2"}, {"kind": "absence", "part": "1/2"}],
            "attended": "1/2",
        }
    ]


def test_a_name_that_is_not_on_the_roster_is_a_wrong_call(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert folder.is_dir()
    assert run(["考核", "--person", "贺春莱"]) == 2
    assert "最接近的是“贺春来”" in capsys.readouterr().err


POLICY = """名称: 试验办法
文件: 试验办法
对象: 人员
考核:
  依据: 三
  项目: [{名称: 巡诊, 算法: 次数, 至少: 2, 依据: 三}]
"""


def test_a_table_of_people_is_measured_from_records_too(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "办法.yaml").write_text(POLICY, encoding="utf-8")
    (folder / "表.csv").write_text("姓名,年度\n甲一,2024\n乙二,2024\n", encoding="utf-8")
    rows = [
        "姓名,日期,类型,数量,受援单位",
        "甲一,2024-05-01,巡诊,,东院",
        "甲一,2024-06-01,巡诊,,",
        "乙二,2024-05-01,巡诊,,",
    ]
    (folder / "巡诊.csv").write_text(
        "\n".join([*rows, "乙二,2025-05-01,巡诊,,", "丙三,2024-05-01,巡诊,,"]), encoding="utf-8"
    )
    assert run(["考核", "表.csv", "--policy", "办法.yaml", "--records", "巡诊.csv", "--format", "json"]) == 1
    shown = json.loads(capsys.readouterr().out)
    assert [(one["name"], one["items"][0]["value"], one["unmet"]) for one in shown["subjects"]] == [
        ("甲一", 2, 0),
        ("乙二", 1, 1),
    ]
    told = {one["code"]: one["message"] for one in shown["diagnostics"]}
    assert told["record-outside"].startswith("1 条记录的日期不在派驻期间，没有计入: 乙二 1 条")
    assert told["unknown-person"] == "表里没有“丙三”"


def test_records_of_people_are_refused_for_a_policy_about_units(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "办法.yaml").write_text(POLICY.replace("对象: 人员", "对象: 单位"), encoding="utf-8")
    (folder / "表.csv").write_text("单位,年度\n甲院,2024\n", encoding="utf-8")
    assert run(["考核", "表.csv", "--policy", "办法.yaml", "--records", "记录.csv"]) == 2
    assert "考核的是单位" in capsys.readouterr().err


@pytest.mark.parametrize("size", ["很多", "0GB"])
def test_what_is_no_size_of_memory_is_a_wrong_call(size: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["考核", "--memory", size]) == 2
    assert "写成 2GB 或 500MB" in capsys.readouterr().err
