"""工作记录 → how often and on which days everybody did what, within their postings. Read once, never held.

Each person has one integer a 类型, whose bits are days: a year of records takes 46 bytes.
"""

from __future__ import annotations

from datetime import date
from itertools import chain
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from xiaxiang.load.files import collector_at_rest
from xiaxiang.load.record_cells import REMEMBERED
from xiaxiang.load.record_faults import Fault
from xiaxiang.load.record_posted import Posted, Typed, Uncounted
from xiaxiang.load.records import Records
from xiaxiang.load.scale import is_installed, is_large
from xiaxiang.model.diagnostic import Severity
from xiaxiang.model.record import (
    AMOUNT,
    COLUMNS,
    DAY,
    DEPARTMENT,
    ID,
    NAME,
    RECIPIENT,
    TYPE,
    USUAL_TYPES,
    Tallies,
    Who,
)
from xiaxiang.model.sheet import ColumnKind

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping
    from pathlib import Path

    from xiaxiang.load.record_cells import Cells
    from xiaxiang.model.diagnostic import Diagnostic
    from xiaxiang.model.workspace import Workspace

Span = tuple[date, date]
_ONE: Final = frozenset({"", "1"})
"""Texts of 数量 that mean one."""


def measure_records(
    path: Path,
    workspace: Workspace,
    postings: Mapping[Who, Iterable[Span]],
    types: Collection[str],
    *,
    here: Path | None = None,
    memory: str = "",
) -> tuple[Tallies | None, tuple[Diagnostic, ...], Mapping[str, str]]:
    """Return what the records of `types` come to within the postings (None where the file cannot be read).

    With it the findings in order, and texts for excerpts. A row that is broken, of somebody without a posting, or of
    a day outside of the posting, does not count, aloud. A large file is read by the extra `scale` where that is
    installed, in at most `memory` ("2GB"): with the same figures and findings.
    """
    with collector_at_rest():  # a nation's people would be walked through again and again
        measuring = _measuring(path, workspace, postings, types, here=here, memory=memory)
        try:
            measuring.measure()
        except UnicodeDecodeError:  # the beginning was misleading
            measuring = Measuring(path, workspace, postings, types, here=here)
            measuring.measure()
        file = measuring.file()
        return measuring.tallies(), file.diagnostics, file.texts


def _measuring(
    path: Path,
    workspace: Workspace,
    postings: Mapping[Who, Iterable[Span]],
    types: Collection[str],
    *,
    here: Path | None,
    memory: str,
) -> Measuring:
    """Return what measures a file: the extra `scale`, where the file is large or a cap is set, else the loop."""
    if not is_installed() or not (memory or is_large(path)):
        return Measuring(path, workspace, postings, types, here=here, at_sight=True)
    from xiaxiang.load.record_bulk import BulkMeasuring  # noqa: PLC0415 - an extra

    bulk = BulkMeasuring(path, workspace, postings, types, here=here, at_sight=True)
    bulk.memory = memory
    return bulk


class Measuring(Records):
    """One file of records while it is measured."""

    def __init__(
        self,
        path: Path,
        workspace: Workspace,
        postings: Mapping[Who, Iterable[Span]],
        types: Collection[str],
        *,
        here: Path | None = None,
        at_sight: bool = False,
    ) -> None:
        """Open the file; nothing below its header is read yet."""
        super().__init__(path, workspace, here=here, at_sight=at_sight)
        spans = {who: tuple(each) for who, each in postings.items()}
        ends = [day.toordinal() for each in spans.values() for span in each for day in span]
        self._first, self._last = min(ends, default=1), max(ends, default=0)
        self._measured = {name: place for place, name in enumerate(sorted(types))}
        self._posted = {who: self._begin(who, each) for who, each in spans.items()}
        self._at_who, self._others_of = _who_columns({NAME: 0}, [])
        self._people: dict[str, Typed] = {}
        self._slots: dict[str, int] = {}
        self._days: dict[str, int] = {}
        self._known = {*USUAL_TYPES, *self._measured}
        self._seen: dict[Who, Posted] = {}
        self._outside, self._strangers = Uncounted(), Uncounted()

    def measure(self) -> None:
        """Read the rows. This loop runs once for every row of a nation's year: what is rare is done outside."""
        if self._source is None or self._cells is None:
            return
        columns, rows = self._cells.columns, iter(self._source.rows)
        at_day, at_type, at_amount = columns[DAY], columns[TYPE], columns.get(AMOUNT)
        first = next(rows, [])
        at_who, others_of = self._at_who, self._others_of = _who_columns(columns, first)
        people, slots, days, none = self._people, self._slots, self._days, len(self._measured)
        is_sound, one, width = _more_checked(self._cells), _ONE, 1 + max(columns.values())
        for row in chain((first,), rows):
            try:
                person, of, bit = people[row[at_who]], slots[row[at_type]], days[row[at_day]]
                left = person.left[of]
                if (
                    left & bit
                    and (others_of is None or others_of(row) == person.others)
                    and (is_sound is None or is_sound(row))
                ):
                    if of == none:
                        continue
                    if at_amount is None or row[at_amount] in one:
                        person.left[of] = left ^ bit
                        continue
            except KeyError:
                pass  # a name, a 类型 or a day that is new, or none
            except IndexError:
                row.extend([""] * (width - len(row)))
            self._add(row)

    def tallies(self) -> Tallies | None:
        """Return what was counted. To be asked after the last row."""
        if self._cells is None:
            return None
        first_on = date.fromordinal(self._first)
        found = set(self._slots.values())
        types = {name: place for name, place in self._measured.items() if place in found}
        people = {
            who: {name: one.tally(place, first_on) for name, place in types.items() if one.left[place] != one.mask}
            for who, one in self._seen.items()
        }
        return Tallies(self._name, tuple(types), people)

    def _begin(self, who: Who, spans: Iterable[Span]) -> Posted:
        mask = 0
        for start, end in spans:
            mask |= (1 << end.toordinal() - self._first + 1) - (1 << start.toordinal() - self._first)
        return Posted(who, mask, len(self._measured))

    def _add(self, row: list[str]) -> None:
        """Add a row that is not plain: something in it is new, or broken, its 数量 not one, its day a wrong one."""
        if self._source is None or self._cells is None:
            return
        columns, cells = self._cells.columns, self._cells
        place = none = len(self._measured)
        if (of := cells.types[row[columns[TYPE]]]) is not None:
            place = self._slots[row[columns[TYPE]]] = self._place(row, of)
        read = cells.read(row, amounts=place != none)
        if read is None:
            self._complain(row)
            return
        who, on, of, amount = read
        bit = 1 << on.toordinal() - self._first if self._first <= on.toordinal() <= self._last else 0
        person = self._seen.get(who) or self._posted.get(who) or self._begin(who, ())
        self._seen[who] = person
        if max(len(self._days), len(self._people)) < REMEMBERED:
            others = self._others_of(row) if self._others_of else None
            self._days[row[columns[DAY]]], self._people[row[self._at_who]] = bit, Typed(person.left, others)
        if place == none or not amount:
            return
        line = self._source.rows.line_of(row)
        if not person.mask:
            self._strangers.add(who, line)
        elif not bit & person.mask:
            self._outside.add(who, line)
        elif not person.add(place, bit, amount):
            self._repeated(row, of)

    def _place(self, row: list[str], of: str) -> int:
        """Return the place of a 类型; that behind the last for all that are not measured."""
        if of not in self._known:
            self._known.add(of)
            self._first_of(row, of)
        return self._measured.get(of, len(self._measured))

    def _report_more(self, cells: Cells) -> None:
        who = next(cells.columns[name] for name in (NAME, ID) if name in cells.columns)
        outside, strangers = (sum(one.people.values()) for one in (self._outside, self._strangers))
        if outside:
            message = f"{outside:,} 条记录的日期不在派驻期间，没有计入: {self._outside.text()}"
            hint = "核对日期的年份和月份，或名册的派驻起止"
            fault = Fault("record-outside", message, hint, Severity.WARNING)
            self._faults.add_all(cells.columns[DAY], fault.code, self._outside.lines, outside, fault)
        if strangers:
            message = f"{strangers:,} 条记录的人员不在名册里，没有计入: {self._strangers.text()}"
            hint = "要考核的人加进名册；不考核就不用管"
            fault = Fault("record-not-in-roster", message, hint, Severity.WARNING)
            self._faults.add_all(who, fault.code, self._strangers.lines, strangers, fault)


def _who_columns(columns: Mapping[str, int], first: list[str]) -> tuple[int, Callable[[list[str]], object] | None]:
    """Return the cell by which a person is looked up first, and what takes the other cells that say who it is.

    工号 where the first row has one; names are the same for too many people of a nation.
    """
    named = {name: columns[name] for name in (ID, NAME, DEPARTMENT) if name in columns}
    by_number = ID in named and named[ID] < len(first) and first[named[ID]].strip()
    key = named.pop(ID if by_number or NAME not in named else NAME)
    return key, itemgetter(*named.values()) if named else None


def _more_checked(cells: Cells) -> Callable[[list[str]], bool] | None:
    """Return what looks at the cells that count for nothing here but may be broken; None where there are none."""
    at_unit = cells.columns.get(RECIPIENT)
    has_figures = any(kind is ColumnKind.COUNT and name in cells.columns for name, (kind, _) in COLUMNS.items())
    if at_unit is None and not has_figures:
        return None
    units, figures, are_sound = cells.units, cells.figures, cells.sound_figures.issuperset

    def is_sound(row: list[str]) -> bool:
        return (at_unit is None or units[row[at_unit]] is not None) and are_sound(figures(row))

    return is_sound
