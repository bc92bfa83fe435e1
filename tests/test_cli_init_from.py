"""`xiaxiang init --from`: an office's own list becomes a workspace that validates and schedules."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest

from xiaxiang.cli import init_from
from xiaxiang.cli.app import run

if TYPE_CHECKING:
    from pathlib import Path

LIST = (
    "青山县人民医院在岗人员花名册\n序号,员工编号,姓 名,部门,职称,手机号码,政治面貌,入职时间\n"
    "1,0001,张三,内科,主治医师,00000000001,党员,44927\n2,0002,李　四,no,住院医师,,,2020.1.5\n"
    '3,0003,=cmd,"外: 科",主管护师,,,\n制表人：王五\n'
)


class FixedDay(date):
    @classmethod
    def today(cls) -> date:
        return date(2026, 3, 1)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(init_from, "date", FixedDay)
    (tmp_path / "花名册.csv").write_bytes(LIST.encode("gb18030"))
    return tmp_path


def test_the_mapping_is_printed_and_what_a_list_cannot_tell_is_named(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["init", "--from", "花名册.csv", "下乡"]) == 0
    said = capsys.readouterr()
    assert said.out == (
        "读了 花名册.csv: 3 个科室 3 人\n"
        "  列名      工号 ← 员工编号 · 姓名 ← 姓 名 · 科室 ← 部门 · 职称 · 手机 ← 手机号码 · 到岗日期 ← 入职时间\n"
        "  原样保留  政治面貌\n"
        "已建立 下乡/\n"
        "  plan.yaml  计划：标“待填”的几处名单里没有；派遣顺序先按名单里出现的先后\n"
        "  人员.csv   科室和人员，每人一行，用 Excel 打开即可修改\n"
        "下一步  改好 下乡/plan.yaml 里标“待填”的: 计划名称、支援单位、受援单位、起始日期、派遣顺序\n"
        "        xiaxiang 检查 下乡\n"
    )
    assert "错误" not in said.err
    assert (folder / "下乡" / "人员.csv").read_bytes().decode("utf-8-sig") == (
        "工号,姓名,科室,职称,手机,政治面貌,到岗日期\r\n"
        "0001,张三,内科,主治医师,00000000001,党员,2023-01-01\r\n"
        "0002,李四,no,住院医师,,,2020-01-05\r\n"
        "0003,\t=cmd,外: 科,主管护师,,,\r\n"
    )
    plan = (folder / "下乡" / "plan.yaml").read_text(encoding="utf-8")
    assert "起始日期: 2026-01-01 " in plan
    assert '派遣顺序:\n  - 内科\n  - no\n  - "外: 科"\n' in plan
    assert "{{" not in plan


def test_the_result_validates_and_schedules(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["新建", "--from", "花名册.csv", "下乡"]) == 0
    monkeypatch.chdir(folder / "下乡")
    capsys.readouterr()
    assert run(["validate", "--format", "json"]) == 0
    checked = json.loads(capsys.readouterr().out)
    assert ([one["code"] for one in checked["diagnostics"]], checked["warnings"]) == (["unknown-column"], 0)
    run(["schedule", "--format", "json"])
    made = json.loads(capsys.readouterr().out)
    order = [posting["department"] for batch in made["batches"] for posting in batch["postings"]]
    assert order[:3] == ["内科", "no", "外: 科"]
    assert made["draft"] is False


def test_who_cannot_be_read_is_left_out_aloud(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "花名册.csv").write_text("姓名,科室,身份证号\n张三,内科,5.1E+17\n李四,外科,\n", encoding="utf-8")
    assert run(["init", "--from", "花名册.csv", "下乡"]) == 1
    said = capsys.readouterr()
    assert "ruined-number" in said.err
    assert "1 个科室 1 人" in said.out


@pytest.mark.parametrize(
    ("name", "data", "status"),
    [("没有.csv", None, 2), ("空.csv", b"", 1), ("坏.xlsx", b"PK", 2), ("无科室.csv", "姓名\n张三\n".encode(), 1)],
)
def test_a_list_that_cannot_be_read_makes_no_workspace(
    folder: Path, capsys: pytest.CaptureFixture[str], name: str, data: bytes | None, status: int
) -> None:
    if data is not None:
        (folder / name).write_bytes(data)
    assert run(["init", "--from", name, "下乡"]) == status
    assert "错误" in capsys.readouterr().err
    assert not (folder / "下乡").exists()


def test_existing_files_stay(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "人员.csv").write_text("我的", encoding="utf-8")
    assert run(["init", "--from", "花名册.csv"]) == 2
    assert "已有 人员.csv" in capsys.readouterr().err
    assert (folder / "人员.csv").read_text(encoding="utf-8") == "我的"
