"""Whether a folder can be written to: only trying tells, on any system."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING

from xiaxiang.write.files import write_file

if TYPE_CHECKING:
    from pathlib import Path


def try_to_write(folder: Path) -> None:
    """Write a small file into `folder` by the usual road and take it away again. Raises WriteError."""
    path = folder / f".xiaxiang-{os.getpid()}.tmp"
    try:
        write_file(path, b"", force=True)
    finally:
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)
