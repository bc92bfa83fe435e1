"""README.md shows what the program prints, and its commands run as they stand.

XIAXIANG_UPDATE_EXPECTED=1 puts the kept outputs into the page again; read the diff.
"""

from __future__ import annotations

import os
import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from xiaxiang.cli.app import run

if TYPE_CHECKING:
    import pytest

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
KEPT = re.compile(r"<!-- kept: (?P<file>\S+) -->\n\n(?:```text\n(?P<shown>.*?)```\n)?", re.DOTALL)
SHELL = re.compile(r"```sh\n(.*?)```", re.DOTALL)


def with_output(found: re.Match[str]) -> str:
    kept = (ROOT / found["file"]).read_text(encoding="utf-8")
    return f"<!-- kept: {found['file']} -->\n\n```text\n{kept}```\n"


def test_every_output_in_the_readme_is_the_kept_one() -> None:
    page = README.read_text(encoding="utf-8")
    wanted = KEPT.sub(with_output, page)
    if os.environ.get("XIAXIANG_UPDATE_EXPECTED"):
        README.write_text(wanted, encoding="utf-8", newline="\n")
    assert len(KEPT.findall(page)) == 2
    assert page == wanted


def commands() -> list[list[str]]:
    """Return the `xiaxiang` calls of the page's shell blocks, in order, comments dropped."""
    lines = [line for block in SHELL.findall(README.read_text(encoding="utf-8")) for line in block.splitlines()]
    return [shlex.split(line, comments=True)[1:] for line in lines if line.startswith("xiaxiang ")]


def test_every_command_of_the_readme_does_what_it_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XIAXIANG_DEBUG", "1")
    monkeypatch.chdir(tmp_path)
    called = commands()
    assert called[0][0] == "init"
    for command in called:
        assert run(command) == 0, command
        if command[0] == "init":
            monkeypatch.chdir(tmp_path / command[1])
    assert len(list(Path("公文").iterdir())) >= 5
