"""A large file of records as SQL sees it: columns of texts, what these mean in tables beside, and two questions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from xiaxiang.load.record_parquet import ParquetRows
from xiaxiang.load.record_source import TextRows
from xiaxiang.load.scale import literal, path_literal, quoted
from xiaxiang.load.stream import count_lines
from xiaxiang.model.record import AMOUNT, DAY, DEPARTMENT, ID, NAME, TYPE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from duckdb import DuckDBPyConnection

BROKEN: Final = -2
"""Instead of a day's number, or of a plane: the row counts for nothing and has to be told."""
PASSED_OVER: Final = -1
"""A day that no posting has; a 类型 that nothing measures."""


@dataclass(frozen=True, slots=True)
class SqlRows:
    """The rows of a file as SQL. `who`, `day`, `type`, `amount` and `checked` are its columns, as SQL names them.

    `numbered` has also the `line` of each row; `lines` is how many rows there are if each has one line (None: always).
    """

    plain: str
    numbered: str
    width: int
    who: tuple[str, ...]
    day: str
    type: str
    amount: str
    checked: tuple[str, ...]
    lines: int | None

    def texts(self) -> str:
        """Return the question for every text of a day, and every 类型 with its 数量: which it is, how many rows."""
        return f"""
            SELECT grouping(day) = 0, day, of, amount, count(*)
            FROM (SELECT {self.day} AS day, {self.type} AS of, {self.amount} AS amount FROM {self.plain})
            GROUP BY GROUPING SETS ((day), (of, amount))"""  # noqa: S608 - our own columns

    def gathered(self, most: int) -> str:
        """Return the question for everybody's days by plane: days as bits, how many rows they have, rows of no day.

        Planes and days are numbers, from 0 to `most` for the latter (tables `kinds` and `days`).
        """
        wrong = "".join(f" AND {column} NOT IN ({_wrong(n)})" for n, column in enumerate(self.checked))
        return f"""
            SELECT {", ".join(self.who)}, plane, bitstring_agg(n, 0, {most}) FILTER (n >= 0 AND plane >= 0),
                count(*) FILTER (n >= 0), count(*) FILTER (n < 0)
            FROM {self.plain}
            JOIN days ON {self.day} = days.text JOIN kinds ON {self.type} = kinds.type AND {self.amount} = kinds.amount
            WHERE n <> {BROKEN} AND plane <> {BROKEN}{wrong} GROUP BY ALL"""  # noqa: S608 - our own columns and numbers

    def odd(self) -> str:
        """Return the question for the rows to look at one by one, in the order of the file, each after its line.

        Those of the people in `again`, the broken ones, and the first of each 类型 in `strange`.
        """
        who = ", ".join(self.who)
        wrong = "".join(f" OR {column} IN ({_wrong(n)})" for n, column in enumerate(self.checked))
        return f"""
            SELECT line, {", ".join(map(_column, range(self.width)))} FROM {self.numbered}
            WHERE ({who}) IN (SELECT {", ".join(f"w{n}" for n in range(len(self.who)))} FROM again)
                OR {self.day} IN (SELECT text FROM days WHERE n = {BROKEN})
                OR ({self.type}, {self.amount}) IN (SELECT type, amount FROM kinds WHERE plane = {BROKEN})
                OR line IN (SELECT min(line) FROM {self.numbered}
                    WHERE {self.type} IN (SELECT text FROM strange) GROUP BY {self.type}){wrong}
            ORDER BY line"""  # noqa: S608 - our own columns and numbers


def sql_rows(rows: object, columns: Mapping[str, int], width: int, checked: Sequence[str]) -> SqlRows | None:
    """Return the rows of a file as SQL; None for a file that only the loop can read. `columns` are its indices."""
    if isinstance(rows, ParquetRows):
        texts = _texts([f"CAST({quoted(name)} AS VARCHAR)" for name in rows.names])
        path, width, lines = path_literal(rows.path), len(rows.names), None
        plain = f"(SELECT {texts} FROM read_parquet({path}))"  # noqa: S608 - quoted
        with_line = f"(SELECT file_row_number + 2 AS line, {texts} FROM read_parquet({path}, file_row_number=true))"  # noqa: S608 - quoted
    elif isinstance(rows, TextRows) and rows.codec.startswith("utf-8"):
        names = ", ".join(f"{literal(_column(index))}: 'VARCHAR'" for index in range(width))
        source = f"""read_csv({path_literal(rows.path)}, delim={literal(rows.separator)}, quote='"', escape='"',
            header=false, skip={rows.header_line}, auto_detect=false, null_padding=true, columns={{{names}}})"""
        texts = _texts([_column(index) for index in range(width)])
        lines = count_lines(rows.path) - rows.header_line
        plain = f"(SELECT {texts} FROM {source})"  # noqa: S608 - quoted
        with_line = f"(SELECT row_number() OVER () + {rows.header_line} AS line, {texts} FROM {source})"  # noqa: S608 - quoted
    else:
        return None
    who = tuple(_column(columns[name]) for name in (NAME, ID, DEPARTMENT) if name in columns)
    amount = _column(columns[AMOUNT]) if AMOUNT in columns else "''"
    day, of = _column(columns[DAY]), _column(columns[TYPE])
    return SqlRows(
        plain, with_line, width, who, day, of, amount, tuple(_column(columns[one]) for one in checked), lines
    )


def make_table(
    connection: DuckDBPyConnection, name: str, columns: Mapping[str, str], rows: Sequence[Sequence[object]]
) -> None:
    """Make a small table: `columns` maps names to types."""
    connection.execute(f"CREATE TABLE {name} ({', '.join(f'{one} {kind}' for one, kind in columns.items())})")
    if rows:
        places = ", ".join("unnest(?)" for _ in columns)
        connection.execute(f"INSERT INTO {name} SELECT {places}", [list(column) for column in zip(*rows, strict=True)])


def _wrong(number: int) -> str:
    """Return the table of the texts that are broken in one of the columns `checked`."""
    return f"FROM wrong{number} SELECT text"


def _column(index: int) -> str:
    return f"c{index}"


def _texts(cells: Sequence[str]) -> str:
    return ", ".join(f"coalesce({cell}, '') AS {_column(index)}" for index, cell in enumerate(cells))
