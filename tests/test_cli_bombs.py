"""A small file made to burst the program is refused by `validate` in 2 s and 200 MB, in plain words, in its own place.

The figures are of the whole process, from the start to the message. Word templates join when there are Word forms.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from test_load_tables_limits import gigabyte, lying, packed, shared

if TYPE_CHECKING:
    from collections.abc import Callable

SECONDS, KILOBYTES = 2.0, 200 * 1024
ATTEMPTS = 3
"""A busy machine can only add to the time: the best attempt is the program's own."""
PEAK = Path("/proc/self/status")
PLAN = "计划名称: 甲\n支援单位: 甲院\n受援单位: 乙院\n起始日期: 2024-01-01\n科室: 人员.xlsx\n派遣顺序: [内科]\n"
STRAY = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
YAML_BOMBS = {
    "aliases": (
        "a: &a [x,x]\n" + "".join(f"b{i}: &b{i} [*{'a' if not i else f'b{i - 1}'},*a]\n" for i in range(60)),
        "yaml-alias",
    ),
    "nested brackets": ("a: " + "[" * 200_000, "yaml-depth"),
    "nested lists": ("a:\n  " + "- " * 100_000 + "a", "yaml-depth"),
    "tag": ("a: !!python/object/apply:os.system [echo]\n", "yaml-tag"),
    "tags": ("a: [" + "!!binary x, " * 200_000 + "]\n", "yaml-tag"),
    "keys": ("? " * 3_000_000, "too-large"),
    "one long line": ("a: " + "甲" * 12_000_000, "too-large"),
}
EXCEL_BOMBS: dict[str, tuple[Callable[[], bytes], str]] = {
    "unpacks to a gigabyte": (gigabyte, "too-large"),
    "says that it is small": (lying, "bad-excel"),
    "a stray cell at XFD1048576": (lambda: packed(STRAY), "too-large"),
    "one text in every cell": (shared, "too-large"),
}


def refused(folder: Path, file: str, code: str) -> None:
    """Run `validate` on the plan in a process and hold its time, memory and message to the promise."""
    script = (
        "import re, sys, time\nfrom pathlib import Path\nfrom xiaxiang.cli.app import run\n"
        "status = run(['validate', 'plan.yaml'])\n"
        f"peak = re.search(r'VmHWM:\\s*(\\d+)', Path('{PEAK}').read_text())[1] if Path('{PEAK}').exists() else 0\n"
        "print(status, time.process_time(), peak, file=sys.stderr)\n"
    )
    call = [sys.executable, "-X", "utf8", "-c", script]
    taken: list[float] = []
    for _ in range(ATTEMPTS):
        done = subprocess.run(call, cwd=folder, capture_output=True, check=False, encoding="utf-8")
        status, seconds, kilobytes = done.stderr.splitlines()[-1].split()
        assert status in {"1", "2"}, done.stderr
        assert f"错误 {code}" in done.stdout
        assert file in done.stdout
        assert int(kilobytes) <= KILOBYTES
        taken.append(float(seconds))
        if min(taken) <= SECONDS:
            break
    assert min(taken) <= SECONDS, taken


@pytest.mark.parametrize("name", YAML_BOMBS)
def test_a_bomb_of_yaml_is_refused_within_two_seconds_and_two_hundred_megabytes(tmp_path: Path, name: str) -> None:
    text, code = YAML_BOMBS[name]
    (tmp_path / "plan.yaml").write_text(PLAN.replace("科室: 人员.xlsx\n", "") + text, encoding="utf-8")
    refused(tmp_path, "plan.yaml", code)


@pytest.mark.parametrize("name", EXCEL_BOMBS)
def test_a_bomb_of_excel_is_refused_within_two_seconds_and_two_hundred_megabytes(tmp_path: Path, name: str) -> None:
    make, code = EXCEL_BOMBS[name]
    (tmp_path / "plan.yaml").write_text(PLAN, encoding="utf-8")
    (tmp_path / "人员.xlsx").write_bytes(make())
    refused(tmp_path, "人员.xlsx", code)
