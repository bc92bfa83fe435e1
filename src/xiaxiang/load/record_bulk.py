"""Records by the ten million: duckdb adds up what is in order, and the loop of `record_measure` looks at the rest.

Texts are read by the same code, each once: duckdb only joins what they mean and gathers days into bits. Whoever has
a row that is not in order (twice, outside of the posting, broken) is read row by row, as everybody is without it:
so figures and findings are the same.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final

from xiaxiang.load.files import start_of
from xiaxiang.load.record_measure import Measuring
from xiaxiang.load.record_parquet import ParquetRows
from xiaxiang.load.record_posted import Posted
from xiaxiang.load.record_sql import BROKEN, PASSED_OVER, make_table, sql_rows
from xiaxiang.load.scale import database
from xiaxiang.model.diagnostic import error
from xiaxiang.model.record import COLUMNS, RECIPIENT
from xiaxiang.model.sheet import ColumnKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from fractions import Fraction

    from duckdb import DuckDBPyConnection

    from xiaxiang.load.files import Reader
    from xiaxiang.load.record_cells import Cells
    from xiaxiang.load.record_faults import Place, Span
    from xiaxiang.load.record_source import Rows, Source
    from xiaxiang.load.record_sql import SqlRows
    from xiaxiang.model.record import Who

_AT_ONCE: Final = 50_000
Key = tuple[str, ...]
Plane = tuple[int, "int | Fraction"]
"""A 类型 that is measured, by its place, with one 数量."""


@dataclass(frozen=True, slots=True)
class Meant:
    """What the texts of a file mean: days, 类型 with 数量, the planes of these; whether any is broken or unknown."""

    days: list[tuple[str, int]]
    kinds: list[tuple[str, str, int]]
    planes: list[Plane]
    has_odd: bool


class _NotRegularError(Exception):
    """The rows of a text file have not one line each: whoever has to name lines must read it front to back."""


@dataclass(slots=True)
class Fed:
    """The rows of a file while they are handed over one by one; what `Source.rows` is asked for besides rows."""

    rows: Rows
    line: int = 0

    def __iter__(self) -> Iterator[list[str]]:
        """Yield the cells of each row, as without bulk."""
        return iter(self.rows)

    def line_of(self, _: list[str]) -> int:
        """Return the line of the row at hand."""
        return self.line

    def resolve(self, reader: Reader, places: set[Place]) -> Mapping[Place, Span]:
        """Return where some cells stand."""
        return self.rows.resolve(reader, places)


class BulkMeasuring(Measuring):
    """A large file of records while it is measured."""

    memory: str = ""
    """What duckdb may take; empty: what is usual."""

    def measure(self) -> None:
        """Read the rows. A text that SQL cannot read, or not line by line, is read by the loop, which says why."""
        import duckdb  # noqa: PLC0415 - an extra, and slow to import

        if self._source is None or self._cells is None:
            return
        source, is_parquet = self._source, isinstance(self._source.rows, ParquetRows)
        width = max(len(source.table.header.cells), 1 + max(self._cells.columns.values()))
        rows = sql_rows(source.rows, self._cells.columns, width, tuple(_checked(self._cells)))
        if rows is None:
            super().measure()
            return
        try:
            with database(self.memory) as connection:
                self._gather(connection, rows, source, self._cells)
        except duckdb.OutOfMemoryException:
            hint = "用 --memory 给大一些，例如 4GB"
            self._give_up("memory-too-small", f"内存上限不够读“{self._name}”", hint)
        except (duckdb.Error, _NotRegularError):
            if is_parquet:
                self._give_up("bad-parquet", f"“{self._name}”读到一半坏了", "请对方重新导出；也可以另存为 .csv")
            else:
                super().measure()

    def _give_up(self, code: str, message: str, hint: str) -> None:
        self._reader.report(error(code, message, hint, start_of(self._name)))
        self._cells = None

    def _gather(self, connection: DuckDBPyConnection, rows: SqlRows, source: Source, cells: Cells) -> None:
        """Add up everybody whose rows are in order, then let the loop look at the rows of the others."""
        meant = self._read_texts(connection, rows, cells)
        first_on, last_on = (date.fromordinal(day) for day in (self._first, max(self._first, self._last)))
        connection.execute(rows.gathered(meant.days, meant.kinds, first_on, last_on))
        people, again = self._people_in_order(connection, cells, meant.planes)
        self._seen.update(people)
        if not meant.has_odd and not again:
            return
        make_table(connection, "again", {f"w{place}": "VARCHAR" for place in range(len(rows.who))}, again)
        connection.execute(rows.odd())
        fed = Fed(source.rows)
        self._source = replace(source, rows=fed)
        while odd := connection.fetchmany(_AT_ONCE):
            for line, *row in odd:
                fed.line = line
                self._add(row)

    def _read_texts(self, connection: DuckDBPyConnection, rows: SqlRows, cells: Cells) -> Meant:
        """Return what days, 类型 with 数量 and further cells mean, and make tables of it. Raises _NotRegularError."""
        found = connection.execute(rows.texts()).fetchall()
        if rows.lines not in {None, sum(count for of_day, *_, count in found if of_day)}:
            raise _NotRegularError
        days = [(day, self._number_of(cells, day)) for of_day, day, *_ in found if of_day]
        make_table(connection, "days", {"text": "VARCHAR", "n": "INTEGER"}, days)
        told = sorted((of, amount) for of_day, _, of, amount, _ in found if not of_day)
        planes: dict[Plane, int] = {}
        kinds = [(of, amount, self._plane(cells, of, amount, planes)) for of, amount in told]
        make_table(connection, "kinds", {"type": "VARCHAR", "amount": "VARCHAR", "plane": "INTEGER"}, kinds)
        strange = sorted({of for of, _ in told if cells.types[of] not in {None, *self._known}})
        make_table(connection, "strange", {"text": "VARCHAR"}, [(of,) for of in strange])
        wrong = [self._wrong(connection, rows, place, cells, name) for place, name in enumerate(_checked(cells))]
        broken = BROKEN in {number for _, number in days} | {plane for *_, plane in kinds}
        return Meant(days, kinds, list(planes), broken or bool(strange) or any(wrong))

    def _wrong(self, connection: DuckDBPyConnection, rows: SqlRows, place: int, cells: Cells, name: str) -> bool:
        """Make the table of the broken texts of one further column; return whether there are any."""
        texts = connection.execute(f"SELECT DISTINCT {rows.checked[place]} FROM {rows.plain}").fetchall()  # noqa: S608 - our own columns
        wrong = [(text,) for (text,) in texts if not cells.is_sound(name, text)]
        make_table(connection, f"wrong{place}", {"text": "VARCHAR"}, wrong)
        return bool(wrong)

    def _number_of(self, cells: Cells, text: str) -> int:
        read = cells.days[text]
        if read is None:
            return BROKEN
        day = read.on.toordinal()
        return day - self._first if self._first <= day <= self._last else PASSED_OVER

    def _plane(self, cells: Cells, of: str, amount: str, planes: dict[Plane, int]) -> int:
        read, number = cells.types[of], cells.amounts[amount]
        if read is None:
            return BROKEN
        place = self._slots[of] = self._measured.get(read, len(self._measured))
        if place == len(self._measured) or number == 0:
            return PASSED_OVER
        if number is None:
            return BROKEN
        return planes.setdefault((place, number), len(planes))

    def _people_in_order(
        self, connection: DuckDBPyConnection, cells: Cells, planes: list[Plane]
    ) -> tuple[dict[Who, Posted], list[Key]]:
        """Return everybody whose rows are in order, with their days; and how the others are named in the file."""
        people: dict[Who, Posted] = {}
        named: dict[Key, Posted | None] = {}
        odd: set[Who] = set()
        while groups := connection.fetchmany(_AT_ONCE):
            for *cells_of_who, plane, days, counted, outside in groups:
                name = tuple(cells_of_who)
                if name in named:
                    person = named[name]
                else:
                    person = named[name] = self._person(cells, name, people)
                if person and plane >= 0 and (outside or not _put(person, planes[plane], int(days[::-1], 2), counted)):
                    odd.add(person.who)
        again = sorted(name for name, person in named.items() if person is None or person.who in odd)
        return {who: person for who, person in people.items() if who not in odd}, again

    def _person(self, cells: Cells, name: Key, people: dict[Who, Posted]) -> Posted | None:
        """Return the person that the cells of a row name, as yet without records where new; None for nobody."""
        known = cells.people[name[0] if len(name) == 1 else name]
        if known is None:
            return None
        if known.who not in people:
            posted = self._posted.get(known.who)
            people[known.who] = Posted(known.who, posted.mask if posted else 0, len(self._measured))
        return people[known.who]


def _put(person: Posted, plane: Plane, days: int, counted: int) -> bool:
    """Add the days of a plane; return False where one of them is there twice, or outside of the posting."""
    place, amount = plane
    if days & ~person.left[place] or days.bit_count() != counted:
        return False
    person.left[place] &= ~days
    if amount != 1:
        person.more[place, amount] = person.more.get((place, amount), 0) | days
    return True


def _checked(cells: Cells) -> Iterator[str]:
    """Yield the columns that count for nothing here but may be broken."""
    for name, (kind, _) in COLUMNS.items():
        if name in cells.columns and (name == RECIPIENT or kind is ColumnKind.COUNT):
            yield name
