"""Whatever is in a plan, a roster or records, the answer is findings: no traceback, status 0, 1 or 2, in time."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from random import Random
from typing import TYPE_CHECKING

import pytest
from mutations import mutate

from xiaxiang.cli.app import run
from xiaxiang.load.files import builtin

if TYPE_CHECKING:
    from pathlib import Path

IN_PROCESS = 3000
AS_PROCESSES = 200 if os.environ.get("CI") else 60  # CI keeps the promised figure; a process takes half a second
RECORDS = """姓名,日期,类型,数量,受援单位,题目,诊疗人次
张明,2026-04-08,授课,1,,高血压,
李静,46120,门诊,3,,,12
赵强,2026年4月9日,义诊,1,河东镇中心卫生院,,40
"""
CHUNKS = 10
SECONDS = 2.0


def write_case(folder: Path, seed: int) -> list[str]:
    """Write one damaged workspace and return the command that reads it: some damage the roster, some the records."""
    random = Random(seed)
    start = builtin("templates") / "init"
    plan, roster = ((start / name).read_text(encoding="utf-8-sig") for name in ("plan.yaml", "roster.csv"))
    damaged_roster, damaged_records = seed % 3 == 0, seed % 6 == 1
    whole_plan = damaged_roster or damaged_records
    (folder / "plan.yaml").write_bytes(plan.encode() if whole_plan else mutate(plan, random))
    (folder / "records.csv").write_bytes(mutate(RECORDS, random) if damaged_records else RECORDS.encode())
    (folder / "roster.csv").write_bytes(mutate(roster, random) if damaged_roster else roster.encode())
    where = ["--plan", str(folder / "plan.yaml")]
    commands = (
        ["validate", str(folder / "plan.yaml")],
        ["schedule", "--year", "2024", *where],
        ["schedule", *where, "--format", "json"],
        ["assess", str(folder / "roster.csv"), *where],
    )
    if damaged_records:
        return ["validate", str(folder / "records.csv"), *where]
    return commands[-1] if damaged_roster else random.choice(commands)


def statuses_of(
    seeds: range, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> set[int]:
    """Run every case in process and return the statuses; fail where one is answered with less than findings."""
    monkeypatch.setenv("XIAXIANG_DEBUG", "1")  # an exception reaches the test instead of becoming status 70
    statuses = set()
    for seed in seeds:
        command = write_case(folder, seed)
        start = time.process_time()
        try:
            status = run(command)
        except Exception as problem:  # noqa: BLE001 - whatever it is, say which seed
            pytest.fail(f"seed {seed}: {problem!r} for {command}")
        taken = time.process_time() - start
        shown = capsys.readouterr()
        assert "Traceback" not in shown.out + shown.err, seed
        assert status in {0, 1, 2}, seed
        assert status == 0 or "错误" in shown.out + shown.err or '"error"' in shown.out, seed
        assert taken < SECONDS, seed
        statuses.add(status)
    return statuses


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_mutated_files_in_process(
    chunk: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found = statuses_of(range(chunk, IN_PROCESS, CHUNKS), tmp_path, monkeypatch, capsys)
    assert found == {0, 1, 2}  # the damage is real, and not all of it fatal


def test_mutated_files_as_processes(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "gbk"}
    for seed in range(100_000, 100_000 + AS_PROCESSES):
        command = write_case(tmp_path, seed)
        done = subprocess.run(
            [sys.executable, "-m", "xiaxiang", *command], capture_output=True, check=False, env=environment
        )
        assert done.returncode in {0, 1, 2}, (seed, done.stderr.decode("gbk"))
        assert b"Traceback" not in done.stdout + done.stderr, seed
