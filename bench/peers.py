"""The programs and packages that we are measured against: where they are, or that they are not installed."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path


def program(name: str) -> str | None:
    """Return the path of a peer's program beside this Python; None, said aloud, where it is not installed."""
    folder = Path(sys.executable).parent
    found = next((path for ending in ("", ".exe") if (path := folder / (name + ending)).is_file()), None)
    return str(found) if found else _absent(name)


def package(name: str) -> str | None:
    """Return the name of a peer's package; None, said aloud, where it is not installed."""
    return name if find_spec(name) else _absent(name)


def _absent(name: str) -> None:
    print(f"没有安装 {name}，不比（make bench 会安装）", flush=True)
