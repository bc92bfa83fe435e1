"""The full figure of promises.md: 10,000 damaged plans and rosters in process, 0 tracebacks, each within 2 s.

`make prove` runs it; the suite itself takes a sample of the same cases (test_fuzz.py).
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))

from test_fuzz import statuses_of

FIRST, CASES, CHUNKS = 200_000, 10_000, 20


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_ten_thousand_mutated_files(
    chunk: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert statuses_of(range(FIRST + chunk, FIRST + CASES, CHUNKS), tmp_path, monkeypatch, capsys) == {0, 1, 2}
