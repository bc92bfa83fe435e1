"""A parquet file of records, row by row as texts: it looks to the loop as a CSV file does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from xiaxiang.load.files import read_bytes, start_of
from xiaxiang.load.header import Row, find_header
from xiaxiang.load.scale import database, is_installed, not_installed, path_literal, quoted
from xiaxiang.load.tables import Table
from xiaxiang.load.yaml import Scalar
from xiaxiang.model.diagnostic import Diagnostic, error

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from xiaxiang.load.files import Reader
    from xiaxiang.load.record_faults import Place, Span

_AT_ONCE: Final = 20_000


@dataclass(slots=True)
class ParquetRows:
    """The rows of a parquet file. Its first row is row 2, below the names of its columns."""

    path: Path
    names: tuple[str, ...]
    types: tuple[str, ...]
    _line: int = 1

    def __iter__(self) -> Iterator[list[str]]:
        """Yield the cells of each row."""
        cells = ", ".join(f"coalesce(CAST({quoted(name)} AS VARCHAR), '')" for name in self.names)
        with database("") as connection:
            connection.execute(f"SELECT {cells} FROM read_parquet({path_literal(self.path)})")  # noqa: S608 - quoted
            self._line = 1
            while rows := connection.fetchmany(_AT_ONCE):
                for row in rows:
                    self._line += 1
                    yield list(row)

    def line_of(self, _: list[str]) -> int:
        """Return the row that was given last."""
        return self._line

    def resolve(self, _: Reader, places: set[Place]) -> Mapping[Place, Span]:
        """Return where some cells stand: a row is all that there is of a place."""
        return {(line, index): (line, 1, 2) for line, index in places}


def open_parquet(reader: Reader, path: Path, known: Mapping[str, str]) -> tuple[Table, ParquetRows] | None:
    """Return the columns of a parquet file as a header, and its rows; None, with a finding, where that cannot be."""
    file = reader.shown(path)
    problem = read_bytes(path, file, limit=0)
    if isinstance(problem, Diagnostic) and problem.code != "too-large":
        reader.report(problem)
        return None
    if not is_installed():
        reader.report(not_installed(file, start_of(file)))
        return None
    import duckdb  # noqa: PLC0415 - an extra, and slow to import

    try:
        with database("") as connection:
            sql = f"DESCRIBE SELECT * FROM read_parquet({path_literal(path)})"  # noqa: S608 - quoted
            columns = [(str(name), str(kind)) for name, kind, *_ in connection.execute(sql).fetchall()]
    except duckdb.Error:
        hint = "检查文件是否完好，或请对方重新导出；也可以另存为 .csv"
        reader.report(error("bad-parquet", f"“{file}”不是完好的 parquet 文件", hint, start_of(file)))
        return None
    names, types = zip(*columns, strict=True)
    row = Row(1, [Scalar(name, 1, 1, 2, quoted=True) for name in names])
    return Table(file, find_header([row], known).row, []), ParquetRows(path, names, types)
