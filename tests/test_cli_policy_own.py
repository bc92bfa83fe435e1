from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from xiaxiang.cli.app import run
from xiaxiang.load.files import builtin

if TYPE_CHECKING:
    from pathlib import Path

S05 = "卫生下乡工作制度"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("plan.yaml", "roster.csv"):
        shutil.copy(builtin("templates") / "init" / name, tmp_path / name)
    text = (builtin("plans") / S05 / "policy.yaml").read_text(encoding="utf-8")
    assert "至少: {值: 4, 单位: 次}" in text
    (tmp_path / "改.yaml").write_text(
        text.replace("至少: {值: 4, 单位: 次}", "至少: {值: 7, 单位: 次}"), encoding="utf-8"
    )
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_clerk_writes_a_policy_of_her_own_and_uses_it_without_python(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["制度", "new", "巡回医疗办法"]) == 0
    assert "xiaxiang 制度 check 巡回医疗办法/policy.yaml" in capsys.readouterr().out.replace("\\", "/")
    assert run(["制度", "check", "巡回医疗办法"]) == 0
    assert "没有自相矛盾" in capsys.readouterr().out
    for named in ("巡回医疗办法/policy.yaml", "巡回医疗办法"):
        assert run(["制度", "test", named]) == 0
        assert "3 个案例，3 个相符" in capsys.readouterr().out
    assert run(["制度", "show", "巡回医疗办法"]) == 0
    assert capsys.readouterr().out == (folder / "巡回医疗办法" / "policy.yaml").read_text(encoding="utf-8")

    (folder / "表.csv").write_text(
        "姓名,年度,讲座日期,出勤天数,应出勤天数,总结日期\n甲,2024,2024-2-5,48,60,未交\n", encoding="utf-8"
    )
    assert run(["考核", "表.csv", "--policy", "巡回医疗办法"]) == 0
    screen = capsys.readouterr().out
    assert "不合格" in screen
    assert "依据 巡回医疗办法" in screen


def test_a_policy_that_is_there_is_kept(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["policy", "new", "甲"]) == 0
    mine = folder / "甲" / "policy.yaml"
    mine.write_text("名称: 我的\n", encoding="utf-8")
    assert run(["policy", "new", "甲"]) == 2
    assert mine.read_text(encoding="utf-8") == "名称: 我的\n"
    assert "已有 policy.yaml" in capsys.readouterr().err


def test_contradictions_are_told_where_they_stand(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = (folder / "改.yaml").read_text(encoding="utf-8")
    (folder / "改.yaml").write_text(
        text.replace("扣补助月数: {值: 2, 单位: 月}", "扣补助月数: {值: 4, 单位: 月}"), encoding="utf-8"
    )

    assert run(["policy", "check", "改.yaml"]) == 0
    screen = capsys.readouterr()
    assert "beyond-the-pace: 项目“授课”至少 7 次" in screen.err
    assert screen.err.count("more-than-paid") == 2
    assert "0 个错误，3 个提醒" in screen.out


def test_two_policies_are_compared_line_by_line_and_person_by_person(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert folder.is_dir()
    assert run(["policy", "diff", S05, "改.yaml", "--roster", "roster.csv", "--format", "json"]) == 0
    result = json.loads(capsys.readouterr().out)

    assert result["differences"] == [
        {
            "section": "考核 项目 授课",
            "name": "至少",
            "before": {"text": "4 次", "clause": "四（二）"},
            "after": {"text": "7 次", "clause": "四（二）"},
        }
    ]
    assert [(one["person"], one["difference"]) for one in result["changes"]] == [
        ("张明", "-440.00"),
        ("钱芳", None),
    ]


def test_a_policy_does_not_differ_from_itself(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert folder.is_dir()
    assert run(["policy", "diff", S05, S05, "--roster", "roster.csv"]) == 0
    screen = capsys.readouterr().out

    assert "没有差别" in screen
    assert "结果都一样" in screen
