"""The programs and packages that we are measured against: where they are, or that they are not installed."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path


def program(name: str) -> str | None:
    """Return the path of a peer's program beside this Python; None, said aloud, where it is not installed."""
    folder = Path(sys.executable).parent
    found = next((path for ending in ("", ".exe") if (path := folder / (name + ending)).is_file()), None)
    if found is None:
        _say_absent(name)
        return None
    return str(found)


def has_package(name: str) -> bool:
    """Return whether a peer's package is installed; where it is not, say so."""
    if find_spec(name) is None:
        _say_absent(name)
        return False
    return True


def _say_absent(name: str) -> None:
    print(f"没有安装 {name}，不比（make bench 会安装）", flush=True)
