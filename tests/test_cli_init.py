from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from xiaxiang.cli.app import run

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    assert run(["init", "下乡 2026"]) == 0
    return tmp_path / "下乡 2026"


def test_the_new_workspace_says_what_it_holds_and_what_comes_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["新建", "下乡 2026"]) == 0
    assert capsys.readouterr().out == (
        "已建立 下乡 2026/（可直接运行，改成自己的内容即可）\n"
        "  plan.yaml   计划：单位、科室、顺序、变动登记\n"
        "  roster.csv  下乡名册样例\n"
        "  .xiaxiang/  供编辑器提示和补全用的格式\n"
        '下一步  cd "下乡 2026"\n'
        "        xiaxiang 检查\n"
    )
    assert sorted(path.name for path in (tmp_path / "下乡 2026").iterdir()) == [".xiaxiang", "plan.yaml", "roster.csv"]


def test_it_validates_schedules_and_assesses_as_it_stands(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(folder)
    capsys.readouterr()
    assert run(["validate", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"diagnostics": [], "errors": 0, "warnings": 0}
    assert run(["schedule", "--format", "json", "--strict"]) == 0
    schedule = json.loads(capsys.readouterr().out)
    assert [batch["batch"] for batch in schedule["batches"]] == ["2026-1", "2026-2", "2026-3", "2026-4"]
    assert all(posting["person"] for batch in schedule["batches"] for posting in batch["postings"])
    assert (schedule["draft"], schedule["diagnostics"]) == (False, [])
    assert run(["assess", "--format", "json"]) == 0
    assessment = json.loads(capsys.readouterr().out)
    assert [(one["name"], one["unmet"]) for one in assessment["people"]] == [("张明", 0), ("赵强", 1), ("钱芳", None)]
    assert [one["code"] for one in assessment["diagnostics"]] == ["missing-value"]


def test_what_is_added_at_the_end_of_the_plan_is_an_entry_of_its_events(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with (folder / "plan.yaml").open("a", encoding="utf-8") as plan:
        plan.write("  - {类型: 拒派, 日期: 2026-03-25, 科室: 儿科, 批次: 2026-2}\n")
    capsys.readouterr()
    assert run(["schedule", "--plan", str(folder / "plan.yaml"), "--format", "json"]) == 0
    assert [one["department"] for one in json.loads(capsys.readouterr().out)["sanctions"]] == ["儿科"]


def test_every_example_in_its_comments_is_right_too(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plan = folder / "plan.yaml"
    text, events = re.subn(r"^  # (- \{)", r"  \1", plan.read_text(encoding="utf-8"), flags=re.MULTILINE)
    text = re.sub(r"^# (发文登记:|  - \{文种|口径:|  遇节假日)", r"\1", text, flags=re.MULTILINE)
    assert events == 5
    assert not re.search(r"^# ?(发文登记:|口径:)", text, flags=re.MULTILINE)
    plan.write_text(text, encoding="utf-8")
    capsys.readouterr()
    assert run(["validate", str(plan), "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["diagnostics"] == []


def test_excel_opens_the_roster_in_the_right_encoding(folder: Path) -> None:
    data = (folder / "roster.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\n") == data.count(b"\r\n") == 4


def test_existing_files_stay_unless_forced(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "plan.yaml").write_text("我的计划", encoding="utf-8")
    capsys.readouterr()
    assert run(["init", str(folder)]) == 2
    assert "已有 plan.yaml、roster.csv，没有改动任何文件" in capsys.readouterr().err
    assert (folder / "plan.yaml").read_text(encoding="utf-8") == "我的计划"
    assert run(["init", str(folder), "--force"]) == 0
    assert (folder / "plan.yaml.bak").read_text(encoding="utf-8") == "我的计划"


def test_a_place_where_nothing_can_be_written_is_status_3(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").touch()
    assert run(["init", str(tmp_path / "file")]) == 3
    assert "不是文件夹" in capsys.readouterr().err
    (tmp_path / "link").symlink_to(tmp_path)
    assert run(["init", str(tmp_path / "link")]) == 3
    assert "是一个链接" in capsys.readouterr().err


def test_an_event_among_the_goals_is_recognised(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plan = folder / "plan.yaml"
    text = plan.read_text(encoding="utf-8")
    plan.write_text(
        text.replace("目标:\n", "目标:\n  - {类型: 拒派, 日期: 2026-03-25, 科室: 儿科, 批次: 2026-2}\n"),
        encoding="utf-8",
    )
    capsys.readouterr()
    assert run(["validate", str(plan)]) == 1
    assert "这一条像是变动登记，却写在了别的列表里" in capsys.readouterr().out
