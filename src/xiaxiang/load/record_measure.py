"""工作记录 → how often and on which days everybody did what, within their postings. Read once, never held.

Each person has one integer a 类型, whose bits are days: a year of records takes 46 bytes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import chain
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from xiaxiang.load.record_cells import Memo
from xiaxiang.load.record_faults import LINES, Fault
from xiaxiang.load.records import Records
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
    Tally,
    Who,
)
from xiaxiang.model.sheet import ColumnKind

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
    from fractions import Fraction
    from pathlib import Path

    from xiaxiang.load.record_cells import Cells
    from xiaxiang.load.record_source import Source
    from xiaxiang.model.diagnostic import Diagnostic
    from xiaxiang.model.workspace import Workspace

Span = tuple["date", "date"]
_NAMED: Final = 3
"""People of a finding that are named."""
_NOT_MEASURED: Final = -1
"""Instead of a place among the 类型 that are measured."""
_EVERY_BIT: Final = -1
_ONE: Final = frozenset({"", "1"})
"""Texts of 数量 that mean one."""


def measure_records(
    path: Path,
    workspace: Workspace,
    postings: Mapping[Who, Iterable[Span]],
    types: Collection[str],
    *,
    here: Path | None = None,
) -> tuple[Tallies | None, tuple[Diagnostic, ...], Mapping[str, str]]:
    """Return what the records of `types` come to within the postings (None where the file cannot be read).

    With it the findings in order, and texts for excerpts. A row that is broken, of somebody without a posting, or of
    a day outside of the posting, does not count, aloud.
    """
    measuring = Measuring(path, workspace, postings, types, here=here)
    measuring.measure()
    file = measuring.file()
    return measuring.tallies(), file.diagnostics, file.texts


class Posted:
    """Somebody while records are read: the days of the postings, and for each 类型 those with a record, as bits.

    After the 类型 that are measured comes a place in which no day is ever new: its rows are looked at one by one.
    `others` is what the rows have beside the cell by which the person is found; `more` are days by another 数量.
    """

    __slots__ = ("mask", "more", "others", "seen", "who")

    def __init__(self, who: Who, mask: int, types: int) -> None:
        """Begin with no records."""
        self.who, self.mask = who, mask
        self.others: object = None
        self.seen = [0] * types + [_EVERY_BIT]
        self.more: dict[tuple[int, int | Fraction], int] = {}

    def add(self, of: int, bit: int, amount: int | Fraction) -> bool:
        """Add a record of one 类型, whatever its 数量; return whether the day is new."""
        before = self.seen[of]
        if before & bit and not any(bits & bit for (other, _), bits in self.more.items() if other == of):
            self.more[of, 1] = self.more.get((of, 1), 0) | bit
        if before & bit or amount != 1:
            self.more[of, amount] = self.more.get((of, amount), 0) | bit
        self.seen[of] = before | bit
        return not before & bit

    def tally(self, of: int, first_on: date) -> Tally:
        """Return what was found of one 类型."""
        more = {amount: bits for (other, amount), bits in self.more.items() if other == of}
        return Tally(first_on, self.seen[of], more)


@dataclass(slots=True)
class Uncounted:
    """Rows that do not count for one reason: how many of whom, and the first lines."""

    people: dict[str, int] = field(default_factory=dict)
    lines: list[int] = field(default_factory=list)

    def add(self, who: Who, line: int) -> None:
        """Keep one row."""
        name = f"{who.name}（{who.department}）" if who.department else who.name
        self.people[name] = self.people.get(name, 0) + 1
        if len(self.lines) < LINES:
            self.lines.append(line)

    def text(self) -> str:
        """Return whose rows they are: `王五（内科）40 条、李四（外科）3 条等 12 人`."""
        named = "、".join(f"{name} {count:,} 条" for name, count in list(self.people.items())[:_NAMED])
        return named + (f"等 {len(self.people):,} 人" if len(self.people) > _NAMED else "")


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
    ) -> None:
        """Open the file; nothing below its header is read yet."""
        super().__init__(path, workspace, here=here)
        spans = {who: tuple(each) for who, each in postings.items()}
        ends = [day.toordinal() for each in spans.values() for span in each for day in span]
        self._first, self._last = min(ends, default=1), max(ends, default=0)
        self._measured = {name: place for place, name in enumerate(sorted(types))}
        self._posted = {who: Posted(who, self._mask(each), len(types)) for who, each in spans.items()}
        self._people: dict[str, Posted] = {}
        self._slots: Memo[str, int] = Memo(self._slot)
        self._known = {*USUAL_TYPES, *self._measured}
        self._seen: dict[Who, None] = {}
        self._outside, self._strangers = Uncounted(), Uncounted()

    def measure(self) -> None:
        """Read the rows. This loop runs once for every row of a nation's year: what is rare is done outside."""
        if self._source is None or self._cells is None:
            return
        columns, rows, people, slots, days = self._cells.columns, *self._begun(self._source), Memo(self._bit)
        at_day, at_type, at_amount = columns[DAY], columns[TYPE], columns.get(AMOUNT)
        at_who, others_of = self._at_who, self._others_of
        is_sound = self._sound_more(self._cells)
        width, find, nobody, one = 1 + max(columns.values()), people.get, Posted(Who("", "", ""), 0, 0), _ONE
        for row in rows:
            if len(row) < width:
                row.extend([""] * (width - len(row)))
            person = find(row[at_who], nobody)
            bit = days[row[at_day]]
            if (
                bit & person.mask
                and (at_amount is None or row[at_amount] in one)
                and (others_of is None or others_of(row) == person.others)
                and (is_sound is None or is_sound(row))
            ):
                of = slots[row[at_type]]
                if of < 0:
                    continue
                before = person.seen[of]
                if not before & bit:
                    person.seen[of] = before | bit
                    continue
            self._add(row)

    def _add(self, row: list[str]) -> None:
        """Add a row that is not plain: the first of somebody, of another 数量, of a wrong day, or broken."""
