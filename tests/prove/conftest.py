"""The full figures take minutes: they run where they are asked for by name (`make prove`), not with the suite."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    asked = any("prove" in str(argument) for argument in config.invocation_params.args)
    return None if asked or collection_path.is_dir() else True
