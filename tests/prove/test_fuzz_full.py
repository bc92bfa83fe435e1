"""The full figure of promises.md: 10,000 damaged plans and rosters in process, 0 tracebacks, each within 2 s.

`make prove` runs it; the suite itself takes a sample of the same cases (test_fuzz.py).
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))

from test_fuzz import SECONDS, write_case

from xiaxiang.cli.app import run

FIRST, CASES, CHUNKS = 200_000, 10_000, 20


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_ten_thousand_mutated_files(
    chunk: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XIAXIANG_DEBUG", "1")
    for seed in range(FIRST + chunk, FIRST + CASES, CHUNKS):
        command = write_case(tmp_path, seed)
        start = time.process_time()
        try:
            status = run(command)
        except Exception as problem:  # noqa: BLE001 - whatever it is, say which seed
            pytest.fail(f"seed {seed}: {problem!r} for {command}")
        taken = time.process_time() - start
        shown = capsys.readouterr()
        assert "Traceback" not in shown.out + shown.err, seed
        assert status in {0, 1, 2}, seed
        assert taken < SECONDS, seed
