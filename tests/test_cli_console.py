"""Every console takes every character: no encoding, pipe or terminal ends in a traceback."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from xiaxiang.cli import app, console

if TYPE_CHECKING:
    from pathlib import Path

RARE = "𠮷野⑪ﬁ😀"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the sample of `init` with a name in it that neither GBK nor ASCII can show, and one mistake."""
    folder = tmp_path_factory.mktemp("样例")
    assert app.run(["init", str(folder)]) == 0
    plan = folder / "plan.yaml"
    text = plan.read_text(encoding="utf-8").replace("赵强", RARE)
    plan.write_text(text, encoding="utf-8")
    roster = folder / "roster.csv"
    roster.write_text(roster.read_text(encoding="utf-8-sig").replace("赵强", RARE), encoding="utf-8")
    (folder / "wrong.yaml").write_text(text.replace("派遣顺序: [内科", f"派遣顺序: [{RARE}科"), encoding="utf-8")
    return folder


def call(folder: Path, *words: str, encoding: str = "utf-8", **env: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "xiaxiang", *words],
        cwd=folder,
        env={**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0", **env},
        capture_output=True,
        check=False,
    )


@pytest.mark.parametrize("encoding", ["gbk", "ascii", "utf-8"])
@pytest.mark.parametrize(
    ("words", "status"),
    [
        (("--help",), 0),
        (("排班",), 0),
        (("排班", "--explain"), 0),
        (("考核", "--readings"), 0),
        (("出文", "派遣通知", "--text"), 0),
        (("出文", "--list"), 0),
        (("制度", "show", "卫生下乡工作制度"), 0),
        (("检查", "wrong.yaml"), 1),
        ((f"{RARE}",), 2),
        (("排班", "--plan", f"{RARE}.yaml"), 2),
    ],
    ids=str,
)
def test_no_character_ends_in_a_traceback(workspace: Path, words: tuple[str, ...], status: int, encoding: str) -> None:
    done = call(workspace, *words, encoding=encoding)
    assert (done.returncode, b"Traceback" in done.stderr) == (status, False), done.stderr.decode(encoding)
    assert done.stdout or done.stderr
    (done.stdout + done.stderr).decode(encoding)


@pytest.mark.parametrize("encoding", ["gbk", "ascii", "utf-8"])
@pytest.mark.parametrize("command", ["schedule", "assess", "validate"])
def test_json_is_the_same_document_in_every_encoding(workspace: Path, command: str, encoding: str) -> None:
    done = call(workspace, command, "--format", "json", encoding=encoding)
    assert done.returncode == 0
    assert json.loads(done.stdout) == json.loads(call(workspace, command, "--format", "json").stdout)


def test_what_gbk_lacks_is_spelled_in_what_it_has(workspace: Path) -> None:
    text = call(workspace, "排班", encoding="gbk").stdout.decode("gbk")
    assert "?野(11)fi?" in text
    assert "张明（主治）" in text


def test_a_reader_that_has_seen_enough_is_no_failure(workspace: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "xiaxiang", "排班", "--explain"],
        cwd=workspace,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    process.stdout.close()
    _, told = process.communicate()
    assert (process.returncode, told) == (0, b"")


def test_a_pipe_gets_no_colour_and_eighty_cells(workspace: Path) -> None:
    done = call(workspace, "检查", "wrong.yaml", COLUMNS="300")
    assert b"\x1b" not in done.stdout + done.stderr


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("no_colour", "coloured"), [("", True), ("1", False)])
def test_a_terminal_gets_colour_unless_it_is_refused(
    monkeypatch: pytest.MonkeyPatch, no_colour: str, *, coloured: bool
) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("NO_COLOR", no_colour)
    monkeypatch.setenv("TERM", "xterm")
    console.tell("plan.yaml:3:1: 错误 code: 说明\n怎么改: 改\n里面的错误不算\n")
    expected = "plan.yaml:3:1: \x1b[31m错误\x1b[0m code: 说明\n\x1b[36m怎么改\x1b[0m: 改\n里面的错误不算\n"
    assert (terminal.getvalue() == expected) == coloured
    assert ("\x1b" in terminal.getvalue()) == coloured


@pytest.mark.parametrize(("columns", "expected"), [("40", 60), ("100", 100), ("400", 120)])
def test_a_line_is_as_wide_as_the_terminal_within_reason(
    monkeypatch: pytest.MonkeyPatch, columns: str, expected: int
) -> None:
    monkeypatch.setattr(sys, "stdout", Terminal())
    monkeypatch.setenv("COLUMNS", columns)
    assert console.width() == expected
