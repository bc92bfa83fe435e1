"""`validate`: every kind of file by what it holds, healing on demand, findings for people and for machines."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from xiaxiang.cli.app import run
from xiaxiang.load.files import builtin

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Call = Callable[..., tuple[int, str, str]]

START = (builtin("templates") / "init" / "plan.yaml").read_text(encoding="utf-8")
WRONG = START.replace("负责人: 林涛", "负责人：林涛", 1).replace("  - 名称: 外科", "  －名称: 外科", 1)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "plan.yaml").write_bytes(START.encode())
    return tmp_path


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Call:
    def _call(*arguments: str) -> tuple[int, str, str]:
        status = run(["validate", *arguments])
        shown = capsys.readouterr()
        return status, shown.out, shown.err

    return _call


def test_dry_run_shows_the_changes_and_writes_nothing(folder: Path, call: Call) -> None:
    (folder / "plan.yaml").write_bytes(WRONG.encode())
    status, out, _ = call("--dry-run")

    assert status == 1
    assert "-    负责人：林涛\n+    负责人: 林涛\n" in out
    assert "full-width-dash" in out
    assert (folder / "plan.yaml").read_bytes() == WRONG.encode()
    assert not (folder / "plan.yaml.bak").exists()


def test_fix_heals_the_file_keeps_the_old_one_and_validates_again(folder: Path, call: Call) -> None:
    (folder / "plan.yaml").write_bytes(WRONG.replace("\n", "\r\n").encode())
    status, out, _ = call("--fix")

    assert status == 0
    assert "已改 plan.yaml: 2 处（原文件留作 plan.yaml.bak）" in out
    assert "0 个错误" in out
    assert (folder / "plan.yaml").read_bytes() == START.replace("\n", "\r\n").encode()
    assert (folder / "plan.yaml.bak").read_bytes() == WRONG.replace("\n", "\r\n").encode()


def test_fix_on_a_sound_file_changes_nothing(folder: Path, call: Call) -> None:
    status, out, _ = call("--fix")

    assert status == 0
    assert "没有可以代改的写法" in out
    assert [path.name for path in folder.iterdir()] == ["plan.yaml"]


def test_fix_heals_a_file_that_the_plan_names_too(folder: Path, call: Call) -> None:
    plan = START[: START.index("变动登记:")] + "变动登记: 变动.yaml\n"
    (folder / "plan.yaml").write_text(plan, encoding="utf-8")
    (folder / "变动.yaml").write_text(
        "- {类型：后延, 日期: 2026-03-10, 科室: 儿科，决定: 自动后延}\n", encoding="utf-8"
    )
    status, _, _ = call("--fix")

    assert status == 0
    healed = (folder / "变动.yaml").read_text(encoding="utf-8")
    assert healed == "- {类型: 后延, 日期: 2026-03-10, 科室: 儿科, 决定: 自动后延}\n"


def test_json_stays_one_document_while_healing(folder: Path, call: Call) -> None:
    (folder / "plan.yaml").write_bytes(WRONG.encode())
    status, out, err = call("--fix", "--format", "json")

    assert status == 0
    assert json.loads(out) == {"diagnostics": [], "errors": 0, "warnings": 0}
    assert "负责人: 林涛" in err


def test_github_gets_one_command_for_each_finding(folder: Path, call: Call) -> None:
    (folder / "plan.yaml").write_bytes(WRONG.encode())
    status, out, _ = call("--format", "github")

    assert status == 1
    assert [line.partition("title=")[2].partition("::")[0] for line in out.splitlines()] == [
        "full-width-colon",
        "full-width-dash",
    ]


def test_nothing_is_computed_with_a_file_that_has_slips(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "plan.yaml").write_bytes(WRONG.encode())

    assert run(["schedule", "--format", "json"]) == 1
    shown = json.loads(capsys.readouterr().out)
    assert shown["batches"] == []
    assert shown["draft"] is True
    assert {one["code"] for one in shown["diagnostics"]} == {"full-width-colon", "full-width-dash"}


def test_slips_do_not_hide_the_other_mistakes_of_plan_and_roster(folder: Path, call: Call) -> None:
    plan = WRONG.replace("派遣顺序: [内科, ", "派遣顺序: [内可, ")
    (folder / "plan.yaml").write_text(plan, encoding="utf-8")
    (folder / "roster.csv").write_text("姓名,科室,批次\n张明,内科,2026-9\n", encoding="utf-8")
    _, out, _ = call("--format", "json")

    assert sorted(one["code"] for one in json.loads(out)["diagnostics"]) == [
        *("full-width-colon", "full-width-dash", "no-such-batch", "not-in-order", "unknown-department"),
    ]


LISTS = {
    "事件.yaml": ("- {类型: 后言, 日期: 2026-03-10, 科室: 儿科}\n", "unknown-event-type"),
    "事件.csv": ("类型,日期,科室\n后延,2026-02-30,儿科\n", "bad-date"),
    "科室.yaml": ("科室:\n  - {名称: 内科, 人员: [{姓名: 张三, 职级: 最高}]}\n", "bad-rank"),
    "人员.csv": ("姓名,科室,职称,已服务月数\n张三,内科,主治医师,三\n", "bad-number"),
    "发文.yaml": ("- {文种: 派遣通知, 批次: 春季}\n", "bad-batch"),
    "顺序.yaml": ("- 内科\n－ 外科\n", "full-width-dash"),
    "制度.yaml": ("名称: 甲\n文件: 甲\n轮换: {每批人数: 三}\n", "bad-number"),
    "cases.yaml": ("- 名称: 甲\n  输入: {授课次数: 多}\n  期望: {授课: 合格}\n", "bad-number"),
}


@pytest.mark.parametrize("name", LISTS)
def test_a_file_is_known_by_what_it_holds(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: Call
) -> None:
    monkeypatch.chdir(tmp_path)
    text, code = LISTS[name]
    (tmp_path / name).write_text(text, encoding="utf-8")
    status, out, _ = call(name, "--format", "json")

    assert status == 1
    assert code in {one["code"] for one in json.loads(out)["diagnostics"]}
    assert {one["file"] for one in json.loads(out)["diagnostics"]} == {name}


def test_a_file_that_is_called_plan_is_one_whatever_it_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: Call
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "plan.yaml").write_text("科室:\n  - {名称: 内科, 人员: [{姓名: 张三}]}\n", encoding="utf-8")
    status, out, _ = call("plan.yaml", "--format", "json")

    assert status == 1
    assert {one["code"] for one in json.loads(out)["diagnostics"]} == {"missing-field"}


def test_ten_thousand_findings_are_few_on_the_screen_and_all_there_for_machines(folder: Path, call: Call) -> None:
    people = "".join(f"      - 姓名：人员{number}\n" for number in range(10_000))
    (folder / "plan.yaml").write_text(f"{START}  - 名称: 测试科\n    人员:\n{people}", encoding="utf-8")
    _, shown, _ = call()
    _, out, _ = call("--format", "json")

    told = json.loads(out)
    wide = [one for one in told["diagnostics"] if one["code"] == "full-width-colon"]
    assert len(wide) == 10_000
    assert shown.count("full-width-colon: ") == 20
    assert "full-width-colon 9,980 处" in shown
    assert f"{told['errors']:,} 个错误，" in shown


def test_a_sound_plan_brings_in_nothing_that_only_mistakes_and_tables_need(folder: Path) -> None:
    script = (
        "import sys\nfrom xiaxiang.cli.app import run\n"
        "assert run(['validate', 'plan.yaml']) == 0\n"
        "spare = ['tables', 'rows', 'roster', 'excel', 'records', 'cases', 'alone', 'published', 'raw_scan']\n"
        "sys.exit(','.join(name for name in spare if f'xiaxiang.load.{name}' in sys.modules) or 0)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=folder, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_sound_list_without_a_plan_says_what_was_not_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: Call
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "事件.yaml").write_text("- {类型: 后延, 日期: 2026-03-10, 科室: 没有的科}\n", encoding="utf-8")
    status, out, _ = call("事件.yaml")

    assert status == 0
    assert "变动登记 1 条；没有计划用到它，名称没有核对" in out


def test_a_list_that_a_plan_names_is_checked_against_it(folder: Path, call: Call) -> None:
    (folder / "plan.yaml").write_text(START[: START.index("变动登记:")] + "变动登记: 事件.yaml\n", encoding="utf-8")
    (folder / "事件.yaml").write_text("- {类型: 后延, 日期: 2026-03-10, 科室: 儿可}\n", encoding="utf-8")
    status, out, _ = call("事件.yaml")

    assert status == 1
    assert "事件.yaml:1:32: 错误 unknown-department" in out
    assert "最接近的是“儿科”" in out


def test_a_policy_that_can_be_used_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: Call) -> None:
    monkeypatch.chdir(tmp_path)
    source = next(builtin("plans").glob("*/policy.yaml"))
    (tmp_path / "制度.yaml").write_bytes(source.read_bytes())

    assert call("制度.yaml")[:2] == (0, "制度.yaml: 制度，可以用\n0 个错误，0 个提醒。\n")


def test_a_file_that_is_not_there_is_a_wrong_call(folder: Path, call: Call) -> None:
    assert call("没有.yaml")[0] == 2
    assert call("没有.csv")[0] == 2
    assert (folder / "plan.yaml").is_file()


def test_strict_fails_on_warnings(folder: Path, call: Call) -> None:
    (folder / "plan.yaml").write_text(START.replace(", 护理部]", "]"), encoding="utf-8")

    assert call()[0] == 0
    assert call("--strict")[0] == 1
