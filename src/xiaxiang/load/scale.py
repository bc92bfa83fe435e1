"""The extra `xiaxiang[scale]`: duckdb under a cap of memory, off the network. Where it is absent, that is said."""

from __future__ import annotations

import re
import tempfile
from contextlib import contextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final

from xiaxiang.load.tables import EXCEL_SUFFIXES
from xiaxiang.model.diagnostic import Diagnostic, error
from xiaxiang.model.scalar import half_width

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from duckdb import DuckDBPyConnection

    from xiaxiang.model.position import Position

PARQUET: Final = ".parquet"
MEMORY: Final = "2GB"
"""What reading a large file takes at most where nobody says otherwise."""
LARGE: Final = 64 * 1024 * 1024
"""Bytes of a CSV file from which on duckdb reads it, where it is installed."""
_SIZE: Final = re.compile(r"(?P<number>\d+(?:\.\d+)?)\s*(?P<unit>[MG])I?B?", re.IGNORECASE)
_GLOB: Final = re.compile(r"([*?\[])")


def is_installed() -> bool:
    """Whether the extra is there."""
    return find_spec("duckdb") is not None


def is_large(path: Path) -> bool:
    """Whether reading a file is worth the extra: any parquet file, and a text of some size."""
    is_text = path.suffix.lower() not in {*EXCEL_SUFFIXES, PARQUET}
    return path.suffix.lower() == PARQUET or (is_text and path.is_file() and path.stat().st_size >= LARGE)


def not_installed(file: str, at: Position) -> Diagnostic:
    """Return the error that a file needs the extra."""
    hint = "装上: pip install 'xiaxiang[scale]'（不能联网就先下载 duckdb 的安装包）；或另存为 .csv"
    return error("needs-scale", f"读“{file}”要用扩展 xiaxiang[scale]，这台电脑没有装", hint, at)


def parse_memory(text: str) -> str:
    """Return a size as duckdb takes it (`2g`, `500 MB`). Raises ValueError."""
    found = _SIZE.fullmatch(half_width(text).strip())
    if found is None or not float(found["number"]):
        raise ValueError(text)
    return f"{found['number']}{found['unit'].upper()}B"


@contextmanager
def database(memory: str) -> Iterator[DuckDBPyConnection]:
    """Yield a database in memory of at most `memory`; what does not fit goes to a folder that is gone afterwards."""
    import duckdb  # noqa: PLC0415 - an extra, and slow to import

    with tempfile.TemporaryDirectory(prefix="xiaxiang-") as folder:
        settings: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": parse_memory(memory or MEMORY),
            "temp_directory": folder,
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
        }
        connection = duckdb.connect(":memory:", config=settings)
        try:
            yield connection
        finally:
            connection.close()


def quoted(name: str) -> str:
    """Return a column's name as SQL takes it."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """Return a text as SQL takes it."""
    return "'" + text.replace("'", "''") + "'"


def path_literal(path: Path) -> str:
    """Return a file's path as SQL takes it, its stars and brackets no pattern."""
    return literal(_GLOB.sub(r"[\1]", str(path)))
