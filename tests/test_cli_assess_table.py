from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from xiaxiang.cli.app import run

if TYPE_CHECKING:
    from pathlib import Path

POLICY = """
名称: 试验办法
文件: 某县卫生局考核办法
对象: 单位
考核:
  项目:
    - {名称: 得分, 算法: 评分, 满分: {值: 100, 单位: 分}, 列: 考核得分, 依据: 三}
    - {名称: 月报, 算法: 期限, 不晚于: 次月5日, 依据: 四}
  等级:
    - {名称: 合格, 不低于: {值: 60, 单位: 分}, 依据: 三}
    - 名称: 不合格
      不低于: {值: 0, 单位: 分}
      后果: [约谈]
      连续: [{年数: {值: 2, 单位: 年}, 后果: [换人], 依据: 三}]
      依据: 三
"""
TABLE = """单位名称,年度,考核得分,月报日期
甲卫生院,2014年,60,2015/1/5
乙卫生院,2014,59.5,未交
丙卫生院,2014,,2015年1月6日
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "制度.yaml").write_text(POLICY, encoding="utf-8")
    (tmp_path / "表.csv").write_text(TABLE, encoding="gb18030")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_table_is_assessed_without_a_plan_and_every_verdict_cites_its_clause(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["考核", "表.csv", "--policy", "制度.yaml"]) == 0
    screen = capsys.readouterr()

    assert "甲卫生院  60 " in screen.out
    assert "乙卫生院: 59.5 分，低于 60 分，不合格（三）" in screen.out
    assert "后果: 乙卫生院 不合格：约谈（三）" in screen.out
    assert "丙卫生院的“考核得分”没有填" in screen.err
    assert "1 个待补，没有计入" in screen.out
    assert (folder / "表.csv").read_text(encoding="gb18030") == TABLE


def test_grades_of_earlier_years_are_found_beside_the_table(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "history.csv").write_text("名称,年度,等级\n乙卫生院,2013,不合格\n", encoding="utf-8")
    assert run(["assess", "表.csv", "--policy", "制度.yaml", "--format", "json"]) == 0

    result = json.loads(capsys.readouterr().out)
    follows = {one["name"]: [reason["text"] for reason in one["follows"]] for one in result["subjects"]}
    assert follows == {"甲卫生院": [], "乙卫生院": ["不合格：约谈", "连续 2 年不合格：换人"], "丙卫生院": []}
    assert [one["items"][1]["due_on"] for one in result["subjects"]] == ["2015-01-05"] * 3


def test_the_other_readings_are_one_flag_away(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert folder.is_dir()
    assert run(["assess", "表.csv", "--policy", "制度.yaml", "--readings"]) == 0

    screen = capsys.readouterr().out
    assert "期限=不含当日" in screen
    assert "甲卫生院  月报 √ → ×" in screen


@pytest.mark.parametrize(
    ("cells", "code", "where"),
    [
        ("甲卫生院,2014,六十,2015/1/5", "bad-number", "表.csv:2:11"),
        ("甲卫生院,二〇一四,60,2015/1/5", "bad-number", "表.csv:2:6"),
        (",2014,60,2015/1/5", "missing-field", "表.csv:2:1"),
        ("甲卫生院,,60,2015/1/5", "missing-field", "表.csv:2:1"),
        ("甲卫生院,2014,60,2015/2/30", "bad-date", "表.csv:2:14"),
    ],
)
def test_a_broken_row_is_left_out_aloud_and_pointed_at(
    folder: Path, capsys: pytest.CaptureFixture[str], cells: str, code: str, where: str
) -> None:
    (folder / "表.csv").write_text(f"单位,年度,考核得分,月报日期\n{cells}\n", encoding="utf-8")
    assert run(["assess", "表.csv", "--policy", "制度.yaml", "--format", "json"]) == 1

    result = json.loads(capsys.readouterr().out)
    found = [(one["code"], f"{one['file']}:{one['line']}:{one['column']}") for one in result["diagnostics"]]
    assert found == [(code, where)]
    assert (result["draft"], result["subjects"], result["left_out"]) == (True, [], ["“表.csv”第 2 行"])


def test_a_unit_that_stands_twice_for_one_period_is_counted_once(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = "甲卫生院,2014,60,2015/1/5\n甲卫生院,2014,90,2015/1/5\n甲卫生院,2013,60,2014/1/5\n"
    (folder / "表.csv").write_text(f"单位,年度,考核得分,月报日期\n{rows}", encoding="utf-8")
    assert run(["assess", "表.csv", "--policy", "制度.yaml", "--format", "json"]) == 1

    result = json.loads(capsys.readouterr().out)
    assert [(one["code"], one["line"]) for one in result["diagnostics"]] == [("duplicate-row", 3)]
    assert [(one["from_on"], one["score"]) for one in result["subjects"]] == [("2014-01-01", 60), ("2013-01-01", 60)]


def test_a_table_without_the_column_of_its_subject_says_which_columns_it_needs(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "表.csv").write_text("考核得分,月报日期\n60,2015/1/5\n", encoding="utf-8")
    assert run(["assess", "表.csv", "--policy", "制度.yaml"]) == 1

    assert "没有“单位”这一列" in capsys.readouterr().err


def test_an_unknown_policy_is_a_wrong_call_with_the_known_ones_named(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert folder.is_dir()
    assert run(["assess", "表.csv", "--policy", "没有的制度"]) == 2

    assert "卫生下乡工作制度" in capsys.readouterr().err


def test_days_of_service_in_history_are_not_taken_for_grades(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "history.csv").write_text("姓名,科室,起,止\n张三,内科,2013-01-01,2013-03-31\n", encoding="utf-8")
    assert run(["assess", "表.csv", "--policy", "制度.yaml", "--format", "json"]) == 0

    found = json.loads(capsys.readouterr().out)["diagnostics"]
    assert {one["code"] for one in found} == {"columns-mapped", "missing-value", "read-as-gb18030"}
    assert {one["file"] for one in found} == {"表.csv"}
