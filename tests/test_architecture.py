"""The house rules that no other tool keeps."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "xiaxiang"
MODULES = sorted(SOURCE.rglob("*.py"))
LONGEST = 300
TEXTS = {".py", ".md", ".toml", ".yaml", ".j2", ".csv", ".lock", ".txt", ".cfg", ""}

CLOCKS = {("date", "today"), ("datetime", "now"), ("datetime", "today"), ("datetime", "utcnow"), ("time", "time")}
NETWORK = {"socket", "urllib", "http", "requests", "httpx", "ftplib", "smtplib"}


def name_of(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(tree: ast.Module) -> set[str]:
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    return names | {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_is_short_and_says_what_it_is_for(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST
    assert ast.get_docstring(tree_of(path))


def test_only_the_command_line_could_ask_for_the_time() -> None:
    asking = {
        name_of(path)
        for path in MODULES
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and (node.value.id, node.attr) in CLOCKS
    }
    assert {name for name in asking if not name.startswith("cli/")} == set()


def test_only_the_command_line_speaks_to_the_terminal() -> None:
    speaking = {
        name_of(path)
        for path in MODULES
        for node in ast.walk(tree_of(path))
        if (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"print", "input"})
        or (isinstance(node, ast.Attribute) and node.attr in {"stdout", "stderr", "exit"})
    }
    assert {name for name in speaking if not name.startswith("cli/")} <= {"__main__.py"}


def test_nothing_can_reach_the_network() -> None:
    assert {
        name_of(path) for path in MODULES if {one.split(".")[0] for one in imported(tree_of(path))} & NETWORK
    } == set()


def test_files_are_opened_for_writing_only_in_write() -> None:
    writing = re.compile(r"\.write_(text|bytes)\(|open\([^)]*[\"'][wax]|\.mkdir\(|\.unlink\(|os\.replace\(")
    found = {name_of(path) for path in MODULES if writing.search(path.read_text(encoding="utf-8"))}
    assert {name for name in found if not name.startswith("write/")} == set()


def test_the_packages_depend_on_each_other_as_the_contracts_say() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    if not linter.exists():
        pytest.skip("import-linter is not installed beside this Python")
    done = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_file_names_a_folder_of_somebodys_machine() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    own = "/" + "(?:work|root|home|Users)/"  # not written out, so that this file is clean too
    machine = re.compile(rf"(?<![\w.}}]){own}\w")
    files = [ROOT / name for name in listed.stdout.splitlines() if Path(name).suffix in TEXTS]
    found = {path.name for path in files if path.is_file() and machine.search(path.read_text("utf-8", errors="ignore"))}
    assert found == set()


@pytest.mark.parametrize("call", [["--help"], ["--version"], ["schedule", "--help"], ["report", "--help"]])
def test_help_imports_nothing_heavy(call: list[str]) -> None:
    script = (
        "import os, sys\nfrom xiaxiang.__main__ import main\nos._exit = sys.exit\n"  # it leaves in haste
        f"sys.argv = ['xiaxiang', *{call}]\n"
        "try:\n    main()\nexcept SystemExit as end:\n    assert not end.code\n"
        "heavy = {'pydantic', 'yaml', 'rich', 'jinja2', 'docx', 'lxml', 'chinese_calendar', 'python_calamine'}\n"
        "sys.exit(','.join(sorted(heavy & set(sys.modules))) or 0)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
