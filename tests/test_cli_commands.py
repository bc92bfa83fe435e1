"""The commands end to end, in process: what is printed where, what is written, and the exit status."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from xiaxiang.cli.app import run
from xiaxiang.load.files import builtin
from xiaxiang.load.policies import builtin_policies

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Call = Callable[..., "Told"]

POLICY = "卫生下乡工作制度"
INCIDENT = "  - {类型: 意外, 日期: 2026-05-11, 批次: 2026年第2批, 科室: 骨科, 人员: 卫刚, 接替人员: 蒋波, 原因: 骨折}\n"


class Told:
    """What a call printed, and its exit status."""

    def __init__(self, status: int, out: str, err: str) -> None:
        self.status, self.out, self.err = status, out, err

    @property
    def json(self) -> dict[str, Any]:
        return dict(json.loads(self.out))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the sample of `init` as the current folder, with one change of person in 变动登记."""
    for name in ("plan.yaml", "roster.csv"):
        shutil.copy(builtin("templates") / "init" / name, tmp_path / name)
    plan = tmp_path / "plan.yaml"
    text = plan.read_text(encoding="utf-8").replace("变动登记:\n", f"变动登记:\n{INCIDENT}", 1)
    plan.write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def break_one_event(folder: Path) -> None:
    plan = folder / "plan.yaml"
    text = plan.read_text(encoding="utf-8")
    plan.write_text(text.replace("科室: 骨科, 人员: 卫刚, 接替", "科室: 骨可, 人员: 卫刚, 接替"), encoding="utf-8")


def break_a_roster_row(folder: Path) -> None:
    roster = folder / "roster.csv"
    roster.write_text(roster.read_text(encoding="utf-8").replace("赵强,外科", "赵强,外可"), encoding="utf-8")


@pytest.fixture
def call(folder: Path, capsys: pytest.CaptureFixture[str]) -> Call:
    def _call(*words: object) -> Told:
        capsys.readouterr()
        status = run([str(word) for word in words])
        told = capsys.readouterr()
        assert "Traceback" not in told.err
        return Told(status, told.out, told.err)

    assert folder.is_dir()
    return _call


# validate


def test_validate_says_what_was_read_and_what_comes_next(call: Call) -> None:
    told = call("validate")
    assert (told.status, told.err) == (0, "")
    assert told.out == (
        "2026年卫生下乡工作计划: 9 个科室 19 人 · 2 个受援单位 · 变动登记 2 条 · 名册 3 行\n"
        "0 个错误，0 个提醒。\n"
        "下一步  xiaxiang 排班\n"
    )


def test_validate_shows_every_error_of_plan_and_roster_on_stdout(call: Call, folder: Path) -> None:
    break_one_event(folder)
    break_a_roster_row(folder)
    told = call("validate")
    assert (told.status, told.err) == (1, "")
    assert "plan.yaml:84:48: 错误 unknown-department" in told.out
    assert "roster.csv:3:" in told.out
    assert told.out.endswith("2 个错误，0 个提醒。改好以后再运行一次。\n")
    found = call("validate", "--format", "json").json
    assert (found["errors"], found["warnings"]) == (2, 0)
    assert {"code", "severity", "file", "line", "column", "end_column", "message", "hint"} <= found["diagnostics"][
        0
    ].keys()


def test_validate_takes_files_and_folders_by_name(call: Call, folder: Path) -> None:
    assert call("validate", folder / "plan.yaml", folder / "roster.csv").status == 0
    assert call("validate", folder).status == 0
    assert call("检查", "--plan", folder / "plan.yaml").status == 0
    break_a_roster_row(folder)
    assert call("validate", "plan.yaml").status == 0
    assert call("validate", "roster.csv").status == 1
    assert call("validate", folder).status == 1


def test_a_named_file_that_cannot_be_read_is_status_2_and_still_a_finding(call: Call) -> None:
    for words in (
        ("validate", "没有.yaml"),
        ("validate", "没有.csv"),
        ("schedule", "--plan", "没有.yaml"),
        ("assess", "没有.csv"),
    ):
        told = call(*words, "--format", "json")
        assert told.status == 2
        assert [one["code"] for one in told.json["diagnostics"]] == ["cannot-read"]


def test_a_file_named_inside_the_plan_that_cannot_be_read_is_an_error_in_the_input(call: Call, folder: Path) -> None:
    plan = folder / "plan.yaml"
    text = plan.read_text(encoding="utf-8")
    plan.write_text(text.replace("制度: 卫生下乡工作制度", "制度: 没有.yaml"), encoding="utf-8")
    assert call("validate").status == 1


def test_under_strict_a_warning_fails(call: Call) -> None:
    assert call("assess").status == 0
    assert call("assess", "--strict").status == 1


def test_without_a_plan_the_answer_is_what_to_do(call: Call, folder: Path) -> None:
    (folder / "plan.yaml").unlink()
    told = call("schedule")
    assert (told.status, told.out) == (2, "")
    assert told.err.startswith("错误: 当前文件夹里没有 plan.yaml\n怎么改: ")
    assert "xiaxiang 新建" in told.err


@pytest.mark.parametrize("name", ["计划.yaml", "plan.yaml.txt", "PLAN.YAML"])
def test_the_plan_is_found_under_its_usual_names(call: Call, folder: Path, name: str) -> None:
    (folder / "plan.yaml").rename(folder / name)
    assert call("schedule").status == 0


# schedule


def test_schedule_shows_the_first_year_where_none_is_given(call: Call) -> None:
    assert call("schedule").out == call("schedule", "--year", "2026").out
    assert call("schedule").out.startswith("青山县人民医院  2026年轮换表")
    assert call("schedule", "--format", "json").json["year"] == 2026


def test_a_plan_that_starts_after_the_last_handover_begins_with_the_next_year(call: Call, folder: Path) -> None:
    plan = folder / "plan.yaml"
    text = plan.read_text(encoding="utf-8").replace("起始日期: 2026-01-01", "起始日期: 2025-11-01")
    plan.write_text(text, encoding="utf-8")
    assert call("schedule", "--format", "json").json["year"] == 2026


def test_a_year_before_the_plan_has_no_batches_and_says_so(call: Call) -> None:
    told = call("schedule", "--year", "2020")
    assert told.status == 0
    assert told.out.endswith("2020 年没有批次：计划从 2026-01-01 起。换一个 --year\n")


def test_a_year_beyond_reach_is_an_error_and_takes_no_time(call: Call) -> None:
    told = call("schedule", "--year", "2100", "--format", "json")
    assert told.status == 1
    assert [one["code"] for one in told.json["diagnostics"]] == ["too-many-years"]
    assert told.json["batches"] == []


def test_a_broken_entry_is_left_out_aloud_and_the_rest_is_a_draft(call: Call, folder: Path) -> None:
    break_one_event(folder)
    told = call("schedule")
    assert told.status == 1
    assert "plan.yaml:84:48: 错误 unknown-department" in told.err
    assert "草稿  有 1 处写错，没有算进去: 变动登记第 1 条（意外）\n" in told.out
    result = call("schedule", "--format", "json")
    assert (result.status, result.err) == (1, "")
    assert (result.json["draft"], result.json["left_out"]) == (True, ["变动登记第 1 条（意外）"])
    assert len(result.json["batches"]) == 4


@pytest.mark.parametrize("command", ["schedule", "assess"])
def test_under_strict_nothing_is_computed_until_the_errors_are_gone(call: Call, folder: Path, command: str) -> None:
    break_one_event(folder)
    told = call(command, "--strict")
    assert (told.status, told.out) == (1, "")
    result = call(command, "--strict", "--format", "json").json
    assert result["batches" if command == "schedule" else "people"] == []


def test_explain_prints_the_place_of_the_entry_behind_a_decision(call: Call) -> None:
    assert "plan.yaml:84:" in call("schedule", "--explain").out


def test_the_next_step_keeps_the_plan_that_was_named(call: Call, folder: Path) -> None:
    path = folder / "plan.yaml"
    assert f"  xiaxiang 排班 --year 2026 --explain --plan {path}\n" in call("schedule", "--plan", path).out


def test_json_holds_one_document_and_nothing_else(call: Call) -> None:
    for command in ("validate", "schedule", "assess"):
        told = call(command, "--format", "json")
        assert told.err == ""
        assert told.out.endswith("}\n")
        assert isinstance(told.json, dict)


# assess


def test_assess_shows_each_outcome_and_what_is_missing(call: Call) -> None:
    told = call("assess", "roster.csv")
    assert told.status == 0
    assert "提醒 missing-value" in told.err
    assert "待补" in told.out
    assert "待发 1 人 共 880 元: 赵强 缺 下乡总结、医务部审核（四（四））" in told.out


def test_assess_finds_the_plan_beside_the_roster_from_anywhere(
    call: Call, folder: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    assert call("assess", folder / "roster.csv").status == 0
    assert call("schedule", "--plan", folder).status == 0


def test_assess_without_a_roster_says_so(call: Call, folder: Path) -> None:
    (folder / "roster.csv").unlink()
    told = call("assess")
    assert told.status == 2
    assert "没有名册" in told.err


def test_a_broken_roster_row_makes_the_assessment_a_draft(call: Call, folder: Path) -> None:
    break_a_roster_row(folder)
    told = call("assess", "--format", "json")
    assert told.status == 1
    assert told.json["draft"] is True
    assert told.json["left_out"]
    assert "草稿  有 1 处写错" in call("assess").out


def test_other_readings_stand_beside_the_result(call: Call) -> None:
    assert "换一种口径，结果会怎样\n" in call("assess", "--readings").out
    others = call("assess", "--readings", "--format", "json").json["other_readings"]
    flat = next(one for one in others if one["value"] == "科室与个人各一份")
    assert flat["changes"][0] == {
        "department": "内科",
        "person": "张明",
        "unmet": {"before": 0, "after": 0},
        "net": {"before": "1320.00", "after": "2320.00"},
        "difference": "1000.00",
    }


def test_who_must_go_again_is_printed_as_the_line_to_add(call: Call, folder: Path) -> None:
    roster = folder / "roster.csv"
    text = roster.read_text(encoding="utf-8").replace("；2026-02-03；2026-03-10,9,54", ",1,2")
    roster.write_text(text, encoding="utf-8")
    out = call("assess").out
    assert "  - {类型: 重新下乡, 日期: 2026-04-06, 批次: 2026-2, 科室: 外科, 人员: 赵强}\n" in out


# report


def test_one_document_is_written_under_its_own_name_or_the_one_given(call: Call, folder: Path) -> None:
    assert call("report", "派遣通知", "--batch", "第2批").status == 0
    assert call("出文", "dispatch-notice", "-o", "通知.docx").status == 0
    assert call("出文", "轮换表", "-o", "出文").status == 0
    written = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.docx"))
    assert written == ["出文/轮换表_2026年.docx", "派遣通知_2026年第2批.docx", "通知.docx"]
    assert all((folder / name).read_bytes().startswith(b"PK") for name in written)


def test_text_shows_a_document_and_writes_nothing(call: Call, folder: Path) -> None:
    told = call("report", "派遣通知", "--text")
    assert told.status == 0
    assert "关于派遣2026年第1批卫生下乡人员的通知\n" in told.out
    assert list(folder.rglob("*.docx")) == []


def test_a_bulletin_is_shown_as_a_text_to_paste(call: Call) -> None:
    told = call("report", "质控动态", "--month", "2026-05", "--text")
    assert told.status == 0
    assert "卫刚" in told.out
    assert "文件" not in told.out.split("\n")[0]


def test_all_writes_one_of_each_kind_and_lists_what_is_withheld(call: Call, folder: Path) -> None:
    told = call("report", "--all", "-o", "out")
    assert told.status == 0
    names = {path.name for path in (folder / "out").iterdir()}
    assert {"派遣通知_2026年第1批.docx", "轮换表_2026年.docx", "服务鉴定表_2026年第1批_张明.docx"} <= names
    assert "不能出服务鉴定表：钱芳的考核还待补" in told.err


def test_a_kind_with_all_writes_every_one_of_it(call: Call, folder: Path) -> None:
    assert call("report", "派遣通知", "--all", "-o", "out").status == 0
    assert [path.stem for path in sorted((folder / "out").iterdir())] == [
        f"派遣通知_2026年第{number}批" for number in range(1, 5)
    ]


def test_a_certificate_waits_for_the_papers_that_come_before_it(call: Call) -> None:
    told = call("report", "服务鉴定表", "--person", "赵强", "--text")
    assert (told.status, told.out) == (1, "")
    assert "赵强的材料未齐（缺下乡总结、医务部审核），审核完成后再填写（《卫生下乡工作制度》四（四））" in told.err


def test_a_withheld_paper_alone_is_refused_with_what_to_do(call: Call, folder: Path) -> None:
    told = call("report", "服务鉴定表", "--person", "钱芳", "-o", "鉴定表.docx")
    assert (told.status, told.out) == (1, "")
    assert "不能出服务鉴定表：钱芳的考核还待补。补齐名册里的空格后再出\n" in told.err
    assert not (folder / "鉴定表.docx").exists()


def test_existing_documents_stay_unless_forced(call: Call, folder: Path) -> None:
    (folder / "通知.docx").write_bytes(b"signed")
    told = call("report", "派遣通知", "-o", "通知.docx")
    assert told.status == 2
    assert "已有 通知.docx，没有改动任何文件" in told.err
    assert (folder / "通知.docx").read_bytes() == b"signed"
    assert call("report", "派遣通知", "-o", "通知.docx", "--force").status == 0
    assert (folder / "通知.docx.bak").read_bytes() == b"signed"


def test_a_roster_is_asked_for_only_where_it_matters(call: Call, folder: Path) -> None:
    break_a_roster_row(folder)
    assert call("report", "派遣通知", "--batch", "2026-1", "--text").status == 0
    assert call("report", "派遣通知", "--text").status == 1
    (folder / "roster.csv").unlink()
    told = call("report", "补助发放表", "--text")
    assert told.status == 2
    assert "补助发放表要用名册" in told.err


def test_an_unknown_batch_is_answered_with_those_that_exist(call: Call) -> None:
    told = call("report", "派遣通知", "--batch", "2026-9", "--text")
    assert told.status == 2
    assert "没有批次“2026-9”" in told.err
    assert "2026-1、2026-2" in told.err


def test_a_draft_is_marked_in_the_document_and_in_the_list(call: Call, folder: Path) -> None:
    break_one_event(folder)
    told = call("report", "轮换表", "--year", "2026", "-o", "表.docx")
    assert told.status == 1
    assert "  表.docx  待编号、草稿\n" in told.out
    assert "草稿" in call("report", "轮换表", "--year", "2026", "--text").out


def test_the_workspace_may_bring_its_own_wording(call: Call, folder: Path) -> None:
    (folder / "templates").mkdir()
    template = folder / "templates" / "派遣通知.txt.j2"
    template.write_text("---\n标题: 自己的通知\n---\n支援单位是{{ 支援单位 }}。\n", encoding="utf-8")
    told = call("report", "派遣通知", "--text")
    assert "自己的通知\n" in told.out
    assert "支援单位是青山县人民医院。" in told.out
    template.write_text("---\n标题: 自己的通知\n---\n{{ 支援单 }}\n", encoding="utf-8")
    told = call("report", "派遣通知", "--text")
    assert told.status == 1
    assert "templates/派遣通知.txt.j2:4:" in told.err


def test_every_kind_is_listed_with_what_it_needs(call: Call) -> None:
    out = call("report", "--list").out
    for words in ("派遣通知", "dispatch-notice", "--batch", "质控动态", "--month", "服务鉴定表", "--person"):
        assert words in out


# policy


def test_policies_are_listed(call: Call) -> None:
    listed = call("policy", "list", "--format", "json").json["policies"]
    assert {"name": POLICY, "document": POLICY, "subject": "人员", "rotates": True} in listed
    assert [one["name"] for one in listed] == list(builtin_policies())
    screen = call("制度", "列表").out
    assert all(one["name"] in screen for one in listed)


def test_a_policy_is_shown_as_it_is_written_and_may_be_the_start_of_ones_own(call: Call, folder: Path) -> None:
    told = call("policy", "show", POLICY)
    assert (told.status, told.err) == (0, "")
    assert told.out == (builtin("plans") / POLICY / "policy.yaml").read_text(encoding="utf-8")
    (folder / "我的.yaml").write_text(told.out, encoding="utf-8")
    assert call("policy", "show", "我的.yaml").out == told.out
    assert call("policy", "show", "没有").status == 2


def test_worked_cases_are_run_and_one_that_fails_says_what_came_out(call: Call, folder: Path) -> None:
    told = call("policy", "test")
    assert told.status == 0
    assert "，0 个不符\n" in told.out
    shutil.copy(builtin("plans") / POLICY / "policy.yaml", folder / "我的.yaml")
    case = (
        "- 名称: 不对的案例\n  输入: {授课日期: 2024-04-08、2024-04-22, 查房次数: 8, 出勤天数: 60}\n  期望: {补助: 9}\n"
    )
    (folder / "cases.yaml").write_text(case, encoding="utf-8")
    told = call("policy", "test", "我的.yaml")
    assert told.status == 1
    assert "cases.yaml:1:" in told.out
    assert "不符 不对的案例\n  补助: 期望 9，算出 " in told.out
