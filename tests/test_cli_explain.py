"""`explain`: every code and every clause, offline; what is not known is answered with the nearest."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from xiaxiang.cli.app import run
from xiaxiang.load import load_policy
from xiaxiang.load.explanations import load_explanations
from xiaxiang.load.files import builtin
from xiaxiang.model.clause import clauses_of
from xiaxiang.model.plan import DEFAULT_POLICY

CODES = sorted(load_explanations())
POLICY = load_policy(DEFAULT_POLICY, Path())[0]


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("code", CODES)
def test_every_code_is_explained(code: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", code]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith(f"{code}（")
    assert all(word in shown for word in ("意思  ", "写错  ", "改成  "))


def test_every_clause_of_the_policy_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    assert POLICY is not None
    for clause in clauses_of(POLICY):
        assert run(["解释", clause]) == 0
        assert f"{POLICY.source(clause)}\n" in capsys.readouterr().out


def test_a_chapter_means_all_its_clauses(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", "三"]) == 0
    shown = capsys.readouterr().out
    assert all(f"》三（{number}）\n" in shown for number in "一二三四六七")


def test_the_clause_is_that_of_the_plan_in_the_folder(elsewhere: Path, capsys: pytest.CaptureFixture[str]) -> None:
    start = builtin("templates") / "init" / "plan.yaml"
    policy = (builtin("plans") / DEFAULT_POLICY / "policy.yaml").read_text(encoding="utf-8")
    own = policy.replace("文件: 卫生下乡工作制度", "文件: 甲县办法").replace("值: 1000", "值: 800")
    (elsewhere / "制度.yaml").write_text(own, encoding="utf-8")
    plan = start.read_text(encoding="utf-8").replace("制度: 卫生下乡工作制度", "制度: 制度.yaml")
    (elsewhere / "plan.yaml").write_text(plan, encoding="utf-8")

    assert run(["explain", "四（六）"]) == 0
    shown = capsys.readouterr().out
    assert "《甲县办法》四（六）" in shown
    assert "经费 科室奖励 · 每人: 800 元" in shown


def test_an_unknown_word_is_answered_with_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", "fullwidth-colon"]) == 2
    assert "是不是 “full-width-colon”" in capsys.readouterr().err


def test_without_a_word_everything_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain"]) == 0
    shown = capsys.readouterr().out
    assert [code for code in CODES if code not in shown] == []
    assert "三（二）" in shown


@pytest.mark.parametrize(("word", "key"), [("bad-date", "codes"), ("三（二）", "clauses")])
def test_json_is_one_document(word: str, key: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", word, "--format", "json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert len(shown[key]) == 1
    assert shown["diagnostics"] == []
