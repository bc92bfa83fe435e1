"""`xiaxiang policy sheet`: the empty table of every policy is what `assess --policy` reads, column by column."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest

from xiaxiang.cli.app import run
from xiaxiang.cli.policy_columns import sheet_of
from xiaxiang.load.columns import value_columns
from xiaxiang.load.policies import builtin_policies, load_policy
from xiaxiang.load.subject_table import load_subjects
from xiaxiang.model.case import is_posted

if TYPE_CHECKING:
    from xiaxiang.model.policy import Policy


def policy_of(name: str) -> Policy:
    policy, _ = load_policy(name, Path())
    assert policy is not None
    return policy


OF_TABLES = [name for name in builtin_policies() if not is_posted(policy_of(name))]


@pytest.mark.parametrize("ending", [".xlsx", ".csv"])
@pytest.mark.parametrize("name", OF_TABLES)
def test_the_empty_table_is_read_back_without_a_word(
    name: str, ending: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    file = tmp_path / f"表{ending}"
    assert run(["制度", "表样", name, "-o", file.name]) == 0
    roster, found, _ = load_subjects(file, policy_of(name))

    assert [one.message for one in found] == []
    assert roster is not None
    assert roster.rows == ()
    assert set(roster.columns) == {column.name for column in sheet_of(policy_of(name)).columns}


@pytest.mark.parametrize("name", OF_TABLES)
def test_no_column_that_the_policy_is_worked_out_from_is_missing(name: str) -> None:
    usual = set(value_columns(policy_of("卫生下乡工作制度")))
    offered = {column.name for column in sheet_of(policy_of(name)).columns}
    counted = {name.removesuffix("日期") for name in offered if name.endswith("日期")}
    wanted = {
        one
        for one in value_columns(policy_of(name))
        if one not in usual and one.removesuffix("次数").removesuffix("天数") not in counted
    }

    assert wanted - {"职称", "职级", "专业"} <= offered


def test_a_cell_that_chooses_has_its_list_and_every_column_says_what_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["制度", "sheet", "城乡卫生手拉手活动方案", "-o", "表.xlsx"]) == 0
    assert capsys.readouterr().out == (
        "已写 表.xlsx: 8 列，鼠标停在列名上看怎么填\n"
        "下一步  填好后 xiaxiang 考核 表.xlsx --policy 城乡卫生手拉手活动方案\n"
    )
    book = openpyxl.load_workbook(tmp_path / "表.xlsx")
    page, lists = book.worksheets
    assert page.title == "考核"
    assert [cell.value for cell in page[1]][:3] == ["单位", "类别", "团队数"]
    assert [cell.value for cell in lists["A"]][:3] == ["类别", "市直医院", "县级医院"]
    assert "民营医院团队：至少 1 支，至多 2 支（组建服务团队），限民营医院" in page["C1"].comment.text
    assert "督导：每季度至少 1 次（督导检查）" in page["G1"].comment.text


def test_the_screen_lists_the_columns_with_what_is_looked_at(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["制度", "表样", "城乡卫生手拉手月报"]) == 0
    screen = capsys.readouterr().out
    assert screen.startswith("城乡卫生手拉手月报  考核要填的表：一行是一个单位\n")
    assert "月报：不晚于 次月5日（月报）" in screen
    assert "下一步  xiaxiang 制度 sheet 城乡卫生手拉手月报 -o 表.xlsx\n" in screen


def test_a_row_of_a_policy_about_team_members_is_a_member(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["制度", "表样", "城乡卫生手拉手服务团队"]) == 0
    screen = capsys.readouterr().out
    assert "一行是一名队员，同一队的队名写一样" in screen
    assert "人员组成：人数至少3人，最低职称中级（组建服务团队）" in "".join(screen.split())


def test_a_policy_about_postings_points_to_the_roster(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["制度", "表样", "卫生下乡工作制度"]) == 2
    assert "xiaxiang 名册 --batch" in capsys.readouterr().err


def test_a_table_that_is_there_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "表.csv").write_text("我的\n", encoding="utf-8")
    assert run(["制度", "表样", "医师巡回医疗计划", "-o", "表.csv"]) == 2
    assert (tmp_path / "表.csv").read_text(encoding="utf-8") == "我的\n"
    assert run(["制度", "表样", "医师巡回医疗计划", "-o", "表.doc"]) == 2
    assert "写成 表.xlsx 或 表.csv" in capsys.readouterr().err
