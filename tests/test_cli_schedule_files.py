"""`schedule -o`: the form is told by the name, old files are kept, and every format is the same bytes every time."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from xiaxiang.cli import app, console

YEAR = "2026"
"""The first year of the sample that `init` writes."""
FORMS = ("html", "xlsx", "csv", "ics", "json", "txt")
START = {"html": b"<!doctype html>", "xlsx": b"PK", "csv": b"\xef\xbb\xbf", "ics": b"BEGIN:VCALENDAR\r\n", "json": b"{"}


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "下乡"
    assert app.run(["init", str(folder)]) == 0
    monkeypatch.chdir(folder)
    return folder


@pytest.mark.parametrize("form", FORMS)
def test_the_name_of_the_file_tells_the_form(desk: Path, form: str, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert app.run(["排班", "-o", f"轮换表.{form}"]) == 0
    assert (desk / f"轮换表.{form}").read_bytes().startswith(START.get(form, b""))
    assert capsys.readouterr().out.startswith(f"已写入 轮换表.{form}: {YEAR}年 4 批")


def test_the_csv_file_opens_in_excel_and_holds_a_line_for_every_posting(desk: Path) -> None:
    assert app.run(["schedule", "-o", "a.csv"]) == 0
    rows = list(csv.DictReader(io.StringIO((desk / "a.csv").read_bytes().decode("utf-8-sig"))))
    assert app.run(["schedule", "-o", "a.json"]) == 0
    postings = [one for each in json.loads((desk / "a.json").read_text("utf-8"))["batches"] for one in each["postings"]]
    assert [(one["科室"], one["派驻开始"][:4]) for one in rows] == [(one["department"], YEAR) for one in postings]


def test_json_in_a_file_is_the_document_that_stdout_gets(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert app.run(["schedule", "-o", "a.json"]) == 0
    capsys.readouterr()
    assert app.run(["schedule", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == json.loads((desk / "a.json").read_text("utf-8"))


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("encoding", ["utf-8", "gbk", "ascii"])
@pytest.mark.parametrize("form", ["csv", "ics", "html"])
def test_a_pipe_gets_the_bytes_of_the_file_whatever_the_console_speaks(form: str, encoding: str) -> None:
    assert app.run(["schedule", "-o", f"a.{form}"]) == 0
    call = [sys.executable, "-m", "xiaxiang", "schedule", "--format", form]
    environment = {**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    done = subprocess.run(call, capture_output=True, check=True, env=environment)
    assert done.stdout == Path(f"a.{form}").read_bytes()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--format", "xlsx"], "加 -o 轮换表.xlsx"),
        (["-o", "a.docx"], "xiaxiang 出文 轮换表 -o a.docx"),
        (["-o", "a.html", "--format", "csv"], "写成 a.csv"),
        (["-o", "a.pdf"], "写成 a.html"),
        (["--format", "pdf"], "只有 table、json、csv、xlsx、ics、html"),
        (["-o", "a.html", "--year", "1999"], "换一个 --year"),
        (["-o", "a.html", "--diff"], "去掉 -o"),
    ],
    ids=str,
)
def test_a_call_that_cannot_be_meant_is_refused_with_what_to_write(
    desk: Path, words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sorted(desk.iterdir())
    assert app.run(["schedule", *words]) == 2
    assert said in capsys.readouterr().err
    assert sorted(desk.iterdir()) == before


def test_explain_puts_the_reasons_into_the_text_file(desk: Path) -> None:
    assert app.run(["schedule", "--explain", "-o", "a.txt"]) == 0
    assert "轮换的理由" in (desk / "a.txt").read_text("utf-8")


@pytest.mark.usefixtures("desk")
def test_a_page_is_not_poured_over_the_screen(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(console, "is_terminal", lambda: True)
    assert app.run(["schedule", "--format", "html"]) == 2
    assert "加 -o 轮换表.html" in capsys.readouterr().err


def test_an_existing_file_is_kept_unless_it_is_forced(desk: Path) -> None:
    (desk / "a.html").write_text("旧", encoding="utf-8")
    assert app.run(["schedule", "-o", "a.html"]) == 2
    assert (desk / "a.html").read_text("utf-8") == "旧"
    assert app.run(["schedule", "-o", "a.html", "--force"]) == 0
    assert (desk / "a.html.bak").read_text("utf-8") == "旧"


def test_words_for_a_form_may_be_chinese(desk: Path) -> None:
    assert app.run(["排班", "--format", "网页", "-o", "页面"]) == 0
    assert (desk / "页面").read_bytes().startswith(START["html"])


def test_a_mistake_in_the_plan_makes_a_draft_of_the_file_and_status_one(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = desk / "plan.yaml"
    wrong = "  - {类型: 后延, 日期: 2026-02-30, 科室: 内科, 决定: 自动后延}\n"
    plan.write_text(plan.read_text("utf-8") + wrong, encoding="utf-8")
    assert app.run(["schedule", "-o", "a.html"]) == 1
    assert app.run(["schedule", "-o", "a.csv"]) == 1
    assert all("草稿" in (desk / name).read_text("utf-8") for name in ("a.html", "a.csv"))
    assert "bad-date" in capsys.readouterr().err


def test_the_same_plan_gives_the_same_bytes_whatever_the_seed_the_zone_and_the_folder(
    desk: Path, tmp_path: Path
) -> None:
    hashes: dict[str, set[str]] = {form: set() for form in FORMS}
    for seed, zone, place in (("1", "Asia/Shanghai", "甲"), ("2", "America/New_York", "乙")):
        folder = tmp_path / place
        desk.rename(folder) if not folder.exists() else None
        for form in FORMS:
            call = [sys.executable, "-m", "xiaxiang", "schedule", "-o", f"a.{form}", "--force"]
            environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone}
            subprocess.run(call, cwd=folder, env=environment, capture_output=True, check=True)
            hashes[form].add(hashlib.sha256((folder / f"a.{form}").read_bytes()).hexdigest())
        folder.rename(desk)
    assert {form: len(found) for form, found in hashes.items()} == dict.fromkeys(FORMS, 1)
