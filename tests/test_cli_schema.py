from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from xiaxiang.cli.app import run
from xiaxiang.cli.schema import NAMES, PLAN_SCHEMA
from xiaxiang.load.schema import input_schema
from xiaxiang.render.json_contract import output_schema

if TYPE_CHECKING:
    from pathlib import Path


def test_alone_it_lists_every_name_in_both_languages(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["格式"]) == 0
    printed = capsys.readouterr().out
    lines = [line.split() for line in printed.split("\n")]
    assert [line[:2] for line in lines[1 : len(NAMES) + 1]] == [[name, about[0]] for name, about in NAMES.items()]
    assert "xiaxiang 格式 计划 -o" in printed


@pytest.mark.parametrize("name", NAMES)
def test_a_schema_is_printed_under_either_name(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["schema", name]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert run(["schema", NAMES[name][0]]) == 0
    assert json.loads(capsys.readouterr().out) == printed == (input_schema(name) or output_schema(name))
    assert printed["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_an_unknown_name_gets_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["schema", "plam"]) == 2
    assert "没有名为“plam”的格式" in (printed := capsys.readouterr().err)
    assert "是不是“plan”？" in printed


def test_it_is_written_to_a_file_that_is_kept_unless_forced(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "计划.schema.json"
    assert run(["schema", "plan", "-o", str(file)]) == 0
    assert json.loads(file.read_text(encoding="utf-8")) == input_schema("plan")
    assert run(["schema", "policy", "-o", str(file)]) == 2
    assert json.loads(file.read_text(encoding="utf-8")) == input_schema("plan")
    assert run(["schema", "policy", "-o", str(file), "--force"]) == 0
    assert json.loads(file.read_text(encoding="utf-8")) == input_schema("policy")
    capsys.readouterr()


def test_a_new_workspace_brings_its_schema_and_its_plan_names_it(tmp_path: Path) -> None:
    assert run(["init", str(tmp_path / "下乡")]) == 0
    first = (tmp_path / "下乡" / "plan.yaml").read_text(encoding="utf-8").partition("\n")[0]
    assert first == f"# yaml-language-server: $schema={PLAN_SCHEMA}"
    assert json.loads((tmp_path / "下乡" / PLAN_SCHEMA).read_text(encoding="utf-8")) == input_schema("plan")


def test_the_same_call_prints_the_same_bytes(capsys: pytest.CaptureFixture[str]) -> None:
    run(["schema", "plan"])
    once = capsys.readouterr().out
    run(["schema", "plan"])
    assert capsys.readouterr().out == once
