from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from xiaxiang.cli import checkup
from xiaxiang.cli.app import run

if TYPE_CHECKING:
    from collections.abc import Sequence

BUILT_IN = Path(__file__).parents[1] / "templates"
NAMED = {"仿宋_GB2312", "楷体_GB2312", "黑体", "宋体", "方正小标宋简体"}
TODAY = date(2026, 3, 1)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new workspace on a machine with every font."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(checkup, "installed_faces", lambda _: frozenset(NAMED))
    assert run(["init"]) == 0
    return tmp_path


def checks(capsys: pytest.CaptureFixture[str], *options: str) -> dict[str, dict[str, Any]]:
    capsys.readouterr()
    run(["doctor", "--format", "json", *options])
    return {one["name"]: one for one in json.loads(capsys.readouterr().out)["checks"]}


@pytest.mark.usefixtures("desk")
def test_every_question_has_a_line_and_all_is_well(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(checkup, "calendar", lambda *_: checkup.Check("calendar", "节假日", ok=True, message="2026"))
    capsys.readouterr()
    assert run(["体检", "--strict"]) == 0
    lines = capsys.readouterr().out.split("\n")
    titles = ["控制台编码", "公文字体", "写入权限", "节假日", "公文模板", "YAML"]
    assert [line.split()[:2] for line in lines if line.startswith("正常")] == [["正常", title] for title in titles]
    assert lines[-2:] == ["一切正常", ""]


def test_what_is_wrong_comes_with_what_to_do_and_fails_only_under_strict(
    desk: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(checkup, "installed_faces", lambda _: frozenset(NAMED - {"黑体", "宋体"}))
    capsys.readouterr()
    assert run(["doctor"]) == 0
    printed = capsys.readouterr().out
    assert "注意  公文字体    没有 宋体、黑体\n      怎么办: " in printed
    assert "1 项要注意" in printed
    assert run(["doctor", "--strict", "--plan", str(desk)]) == 1


def test_every_finding_says_what_to_do() -> None:
    found: Sequence[checkup.Check] = (
        checkup.encoding("ascii"),
        checkup.fonts(frozenset()),
        checkup.calendar(frozenset({2023}), TODAY),
        checkup.parser(fast=False),
    )
    assert [(one.ok, bool(one.hint)) for one in found] == [(False, True)] * 4


@pytest.mark.parametrize(
    ("name", "ok", "hint"),
    [
        ("utf-8", True, False),
        ("gb18030", True, False),
        ("gbk", True, True),
        ("ascii", False, True),
        ("no", False, True),
    ],
)
def test_a_console_is_judged_by_what_it_can_show(name: str, ok: bool, hint: bool) -> None:  # noqa: FBT001 - a table
    found = checkup.encoding(name)
    assert (found.ok, bool(found.hint)) == (ok, hint)


@pytest.mark.parametrize(
    ("published", "today", "ok", "word"),
    [
        ({2025, 2026}, date(2026, 3, 1), True, "2027 年的等国务院公布后更新"),
        ({2025, 2026}, date(2026, 11, 30), True, "2027 年的等国务院公布后更新"),
        ({2025, 2026}, date(2026, 12, 1), False, "没有 2027 年"),
        ({2025, 2026, 2027}, date(2026, 12, 1), True, "2025–2027 年"),
        ({2025, 2026}, date(2028, 12, 1), False, "没有 2028、2029 年"),
    ],
)
def test_the_next_year_must_be_known_only_when_it_has_been_published(
    published: set[int],
    today: date,
    ok: bool,  # noqa: FBT001 - a table
    word: str,
) -> None:
    found = checkup.calendar(frozenset(published), today)
    assert found.ok is ok
    assert word in found.message


def test_a_folder_is_tried_and_left_as_it_was(tmp_path: Path) -> None:
    assert checkup.writing(tmp_path).ok
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "file").touch()
    assert not checkup.writing(tmp_path / "file").ok
    (tmp_path / "link").symlink_to(tmp_path)
    assert "链接" in checkup.writing(tmp_path / "link").message


def test_an_own_template_that_works_is_counted(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (desk / "templates").mkdir()
    text = (BUILT_IN / "quality-bulletin.txt.j2").read_text(encoding="utf-8")
    (desk / "templates" / "质控动态.txt.j2").write_text(text, encoding="utf-8")
    assert checks(capsys)["templates"]["message"] == "7 个文种的模板都能用，其中 1 个用的是自己的模板"


@pytest.mark.parametrize("kind", ["dispatch-notice", "quality-bulletin", "service-certificate", "rotation-table"])
def test_an_own_template_that_does_not_work_is_found_before_it_is_needed(
    kind: str, desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (desk / "templates").mkdir()
    text = (BUILT_IN / f"{kind}.txt.j2").read_text(encoding="utf-8")
    (desk / "templates" / f"{kind}.txt.j2").write_text(text + "\n{{ 没有的内容 }}\n", encoding="utf-8")
    found = checks(capsys)["templates"]
    assert found["ok"] is False
    assert f"templates/{kind}.txt.j2:" in found["message"]
    assert "没有的内容" in found["message"]
    assert found["hint"]


def test_a_template_named_after_no_kind_is_named_with_the_nearest(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (desk / "templates").mkdir()
    (desk / "templates" / "派遣通告.txt.j2").touch()
    found = checks(capsys)["templates"]
    assert found["message"] == "templates/派遣通告.txt.j2 不是任何文种的模板"
    assert found["hint"].startswith("最接近的是“派遣通知.txt.j2”")


def test_a_plan_that_cannot_be_read_does_not_stop_the_checks(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (desk / "plan.yaml").write_text("计划名称：样例\n", encoding="utf-8")
    assert checks(capsys)["templates"]["ok"] is True


def test_a_plan_that_is_not_there_is_a_wrong_call_and_makes_no_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["doctor", "--plan", str(tmp_path / "下乡" / "plan.yaml")]) == 2
    assert "找不到文件" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
