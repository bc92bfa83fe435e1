"""`validate --fix`: show what would change, line by line, and change it where that was asked for."""

from __future__ import annotations

from difflib import unified_diff
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from xiaxiang.load.heal import Healed
    from xiaxiang.model.diagnostic import Diagnostic


def healable(found: Iterable[Diagnostic]) -> dict[Path, Healed]:
    """Return the files with slips that can be healed without a doubt, each with its new bytes."""
    from xiaxiang.load.files import read_bytes  # noqa: PLC0415 - not wanted by --help
    from xiaxiang.load.heal import heal  # noqa: PLC0415
    from xiaxiang.load.raw_signs import TRAP_CODES  # noqa: PLC0415

    files = dict.fromkeys(one.position.file for one in found if one.code in TRAP_CODES)
    read = {Path(name): read_bytes(Path(name), name) for name in files}
    healed = {path: heal(data) for path, data in read.items() if isinstance(data, bytes)}
    return {path: one for path, one in healed.items() if one is not None}


def diff_text(files: Mapping[Path, Healed]) -> str:
    """Return the changes as a unified diff; what cannot be seen is shown by its number."""
    from xiaxiang.render.text_layout import visible  # noqa: PLC0415 - not wanted by --help

    lines: list[str] = []
    for path, one in files.items():
        before, after = one.before.split("\n"), one.after.split("\n")
        lines += unified_diff(before, after, path.as_posix(), f"{path.as_posix()}（改后）", n=1, lineterm="")
    return "".join(visible(line.replace("\t", "<Tab>")) + "\n" for line in lines)


def write_healed(files: Mapping[Path, Healed]) -> str:
    """Write the files, the old ones kept as .bak, and return what users are told. Raises WriteError."""
    from xiaxiang.write.files import BACKUP, write_files  # noqa: PLC0415 - not wanted by --help

    write_files({path: one.data for path, one in files.items()}, force=True)
    return "".join(f"已改 {path}: {one.places} 处（原文件留作 {path.name}{BACKUP}）\n" for path, one in files.items())
