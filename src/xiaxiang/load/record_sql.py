"""A large file of records as SQL sees it: columns of texts, what these mean in tables beside, and two questions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from xiaxiang.load.record_parquet import ParquetRows
from xiaxiang.load.record_source import TextRows
from xiaxiang.load.scale import literal, path_literal, quoted
from xiaxiang.load.stream import count_lines
from xiaxiang.model.record import AMOUNT, DAY, DEPARTMENT, ID, NAME, TYPE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from duckdb import DuckDBPyConnection

BROKEN: Final = -2
"""Instead of a day's number, or of a plane: the row counts for nothing and has to be told."""
PASSED_OVER: Final = -1
"""A day that no posting has; a 类型 that nothing measures."""
_FEW: Final = 100
"""类型 and 数量 that are told apart in place; a table of more is quicker joined."""

Days = Sequence[tuple[str, int]]
"""Texts of days with their numbers."""
Kinds = Sequence[tuple[str, str, int]]
"""Texts of 类型 and of 数量 with their planes."""


@dataclass(frozen=True, slots=True)
class SqlRows:
    """The rows of a file as SQL. `who`, `day`, `type`, `amount` and `checked` are its columns, as SQL names them.

    `as_date` is the day as SQL's own, for who knows that it is one.
    `numbered` has also the `line` of each row; `lines` is how many rows there are if each has one line (None: always).
    """

    plain: str
    numbered: str
    width: int
    who: tuple[str, ...]
    day: str
    as_date: str
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

    def gathered(self, days: Days, kinds: Kinds, first_on: date, last_on: date) -> str:
        """Return the question for everybody's days by plane: days as bits, how many rows they have, rows of no day.

        `days` and `kinds` are also the tables of these names.
        """
        number, of_day = self._number(days, first_on)
        plane, of_kind = self._plane(kinds)
        wrong = "".join(f" AND {column} NOT IN ({_wrong(n)})" for n, column in enumerate(self.checked))
        who, within = ", ".join(self.who), f"n BETWEEN 0 AND {(last_on - first_on).days}"
        return f"""
            SELECT {who}, plane, bitstring_agg(n, 0, {(last_on - first_on).days}) FILTER ({within} AND plane >= 0),
                count(*) FILTER ({within}), count(*) FILTER (NOT ({within}))
            FROM (SELECT {who}, {plane} AS plane, {number} AS n FROM {self.plain}{of_day}{of_kind} WHERE true{wrong})
            WHERE plane <> {BROKEN} GROUP BY ALL"""  # noqa: S608 - our own columns and numbers

    def _number(self, days: Days, first_on: date) -> tuple[str, str]:
        """Return a day's number, and what has to be joined for it: nothing where every text is a plain ISO day."""
        if all(_is_iso(text) for text, _ in days):
            return f"{self.as_date} - DATE '{first_on.isoformat()}'", ""
        return "days.n", f" JOIN days ON {self.day} = days.text AND days.n <> {BROKEN}"

    def _plane(self, kinds: Kinds) -> tuple[str, str]:
        """Return a row's plane, and what has to be joined for it: nothing where the 类型 and 数量 are few."""
        by_type: dict[str, dict[str, int]] = {}
        for of, amount, plane in kinds:
            by_type.setdefault(of, {})[amount] = plane
        cases: list[str] = []
        for of, planes in by_type.items():
            whens = "".join(f" WHEN {literal(amount)} THEN {plane}" for amount, plane in planes.items())
            one = len(set(planes.values())) == 1
            cases.append(
                f"WHEN {literal(of)} THEN {next(iter(planes.values())) if one else f'CASE {self.amount}{whens} END'}"
            )
        if cases and sum(case.count(" WHEN ") + 1 for case in cases) <= _FEW:
            return f"CASE {self.type} {' '.join(cases)} END", ""
        return "plane", f" JOIN kinds ON {self.type} = kinds.type AND {self.amount} = kinds.amount"

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
    as_date = f"CAST({_column(columns[DAY])} AS DATE)"
    if isinstance(rows, ParquetRows):
        texts = _texts([f"CAST({quoted(name)} AS VARCHAR)" for name in rows.names])
        at_day = columns[DAY]
        if rows.types[at_day] == "DATE":
            texts, as_date = f"{texts}, {quoted(rows.names[at_day])} AS as_date", "as_date"
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
        plain, with_line, width, who, day, as_date, of, amount, tuple(_column(columns[one]) for one in checked), lines
    )


def make_table(
    connection: DuckDBPyConnection, name: str, columns: Mapping[str, str], rows: Sequence[Sequence[object]]
) -> None:
    """Make a small table: `columns` maps names to types."""
    connection.execute(f"CREATE TABLE {name} ({', '.join(f'{one} {kind}' for one, kind in columns.items())})")
    if rows:
        places = ", ".join("unnest(?)" for _ in columns)
        connection.execute(f"INSERT INTO {name} SELECT {places}", [list(column) for column in zip(*rows, strict=True)])


def _is_iso(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _wrong(number: int) -> str:
    """Return the table of the texts that are broken in one of the columns `checked`."""
    return f"FROM wrong{number} SELECT text"


def _column(index: int) -> str:
    return f"c{index}"


def _texts(cells: Sequence[str]) -> str:
    return ", ".join(f"coalesce({cell}, '') AS {_column(index)}" for index, cell in enumerate(cells))
