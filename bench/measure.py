"""Timing: medians of several runs, the two sides of a comparison taken in turn within one run."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


def seconds(work: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    """Return how long one call takes by a clock in seconds, wall time if no other is given."""
    start = clock()
    work()
    return clock() - start


def in_turn(*works: Callable[[], object], runs: int = 7, clock: Callable[[], float] = time.perf_counter) -> list[float]:
    """Return the median seconds of each work, all of them run once per round so that noise meets all alike."""
    taken: list[list[float]] = [[] for _ in works]
    for _ in range(runs):
        for place, work in enumerate(works):
            taken[place].append(seconds(work, clock))
    return [statistics.median(one) for one in taken]


def process(*command: str, cwd: str | None = None, expected: int | None = None) -> Callable[[], object]:
    """Return a work that runs one process to its end, its output thrown away.

    Another exit status than the one `expected` stops the benchmark: a figure of a failure is none. Bytecode is kept,
    as pip keeps it for everything that it installs.
    """
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}

    def work() -> None:
        utf_8 = {**environment, "PYTHONUTF8": "1"}
        done = subprocess.run(command, cwd=cwd, check=False, capture_output=True, env=utf_8)
        if expected is not None and done.returncode != expected:
            sys.exit(f"{' '.join(command)}\n{(done.stdout + done.stderr).decode(errors='replace')}")

    return work


def line(what: str, ours: float, peer: str, theirs: float, limit: str = "") -> None:
    """Print one comparison: our figure, the peer's, the ratio, and the ratio that we promise."""
    promised = f"   （要求 {limit}）" if limit else ""
    print(f"{what}: {_shown(ours)}   {peer}: {_shown(theirs)}   比值 {ours / theirs:.2f}{promised}", flush=True)


def rate(what: str, ours: float, peer: str, theirs: float, limit: str = "") -> None:
    """Print one comparison of rates (per second): higher is better."""
    promised = f"   （要求 {limit}）" if limit else ""
    print(f"{what}: {ours:,.0f}/秒   {peer}: {theirs:,.0f}/秒   {ours / theirs:.1f} 倍{promised}", flush=True)


def _shown(value: float) -> str:
    return f"{value * 1000:.1f} 毫秒" if value < 1 else f"{value:.2f} 秒"


def heading(texts: Sequence[str]) -> None:
    """Print the title of one part."""
    print("\n" + " ".join(texts), flush=True)
