"""The cells of records, each text read once: a million rows hold few different days, names and numbers."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import partial
from operator import itemgetter
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

from xiaxiang.load.cells import is_ruined, serial_day
from xiaxiang.load.csv_text import plain_cell
from xiaxiang.load.people import Directory, find_person, plain_name
from xiaxiang.load.record_faults import Fault
from xiaxiang.model.diagnostic import Diagnostic
from xiaxiang.model.position import Places
from xiaxiang.model.record import AMOUNT, COLUMNS, DAY, DEPARTMENT, ID, NAME, RECIPIENT, TYPE, Who
from xiaxiang.model.scalar import ScalarError, half_width, parse_count, parse_day, parse_number
from xiaxiang.model.sheet import ColumnKind
from xiaxiang.model.similar import nearest_hint

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date
    from fractions import Fraction

    from xiaxiang.model.plan import Plan

K = TypeVar("K")
V = TypeVar("V")
REMEMBERED: Final = 1 << 17
"""Texts of a column: beyond, they are read anew each time, so that memory has a bound."""
_HOUR: Final = re.compile(r"[ T]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?$")


class Memo(dict[K, V]):
    """What texts mean, found out when they are first seen."""

    def __init__(self, read: Callable[[K], V]) -> None:
        """Read with `read`."""
        super().__init__()
        self._read = read

    def __missing__(self, key: K) -> V:
        value = self._read(key)
        if len(self) < REMEMBERED:
            self[key] = value
        return value


class DayRead(NamedTuple):
    """A day, its year, and the bit that stands for it among the days of that year."""

    on: date
    year: int
    bit: int


class Known:
    """A person of the plan, and on which days there was a record of each type: one bit a day, by type and year."""

    __slots__ = ("days", "who")

    def __init__(self, who: Who) -> None:
        """Begin with no records."""
        self.who = who
        self.days: defaultdict[tuple[str, int], int] = defaultdict(int)


class Cells:
    """How the cells of one file are read. Every memo gives None for a text that cannot be used."""

    def __init__(self, plan: Plan, columns: Mapping[str, int], epoch: date) -> None:
        """`columns` are the indices of the columns that the file has."""
        self._epoch, self.columns = epoch, columns
        self._directory = Directory.of(plan)
        self._by_word: defaultdict[str, list[Who]] = defaultdict(list)
        """Who can be meant by a name or a 工号, whatever the department: a nation's plan has thousands of these."""
        for department, words in self._directory.by_department.items():
            for word, people in words.items():
                self._by_word[word] += [Who(department, one.name, one.id) for one in people]
        self._units = {name for unit in plan.recipient_units for name in (unit.name, unit.short_name) if name}
        has_departments = any(one.name for one in plan.departments)  # a table of people has none
        self._who_columns = [
            name for name in (NAME, ID, DEPARTMENT) if name in columns and (name != DEPARTMENT or has_departments)
        ]
        self.key: Callable[[list[str]], str | tuple[str, ...]] = itemgetter(
            *(columns[one] for one in self._who_columns)
        )
        self._known: Memo[Who, Known] = Memo(Known)
        self.people: Memo[str | tuple[str, ...], Known | None] = Memo(self._who)
        self.days: Memo[str, DayRead | None] = Memo(self._day)
        self.types: Memo[str, str | None] = Memo(lambda text: plain_cell(text) or None)
        self.amounts: Memo[str, int | Fraction | None] = Memo(lambda text: _or_none(_amount, text))
        self.units: Memo[str, str | None] = Memo(self._unit)
        counts = [columns[name] for name, (kind, _) in COLUMNS.items() if kind is ColumnKind.COUNT and name in columns]
        self.figures: Callable[[list[str]], tuple[str, ...]] = _all_of(counts)
        self.sound_figures = {""}
        """Texts that have been read as whole numbers: asked all at once for a row."""
        self.serial: tuple[str, date] | None = None

    def read(self, row: list[str], *, amounts: bool = True) -> tuple[Who, date, str, int | Fraction] | None:
        """Return whose record a row is, its day, 类型 and 数量; None where it cannot be used.

        Without `amounts` 数量 is not looked at: nobody asks for it.
        """
        columns = self.columns
        person, day, of = self.people[self.key(row)], self.days[row[columns[DAY]]], self.types[row[columns[TYPE]]]
        amount = self.amounts[row[columns[AMOUNT]] if amounts and AMOUNT in columns else ""]
        unit = self.units[row[columns[RECIPIENT]] if RECIPIENT in columns else ""]
        if person is None or day is None or of is None or amount is None or unit is None:
            return None
        is_sound = self.sound_figures.issuperset(self.figures(row)) or self.has_sound_figures(row)
        return (person.who, day.on, of, amount) if is_sound else None

    def is_sound(self, name: str, text: str) -> bool:
        """Whether a cell of 受援单位, or of a column of whole numbers, can be used."""
        return (self.units[text] if name == RECIPIENT else _or_none(_count, text)) is not None

    def faults(self, cells: list[str]) -> Iterator[tuple[int, str, Callable[[], Fault]]]:
        """Yield what is wrong in a row: the index of the cell, its text, and a function that explains it."""
        columns = self.columns
        if self.people[self.key(cells)] is None:
            who = dict(zip(self._who_columns, self._texts(self.key(cells)), strict=True))
            index = next(columns[one] for one in (NAME, ID) if one in columns)
            yield index, "\t".join(who.values()), partial(self._no_such_person, who)
        if self.types[cells[columns[TYPE]]] is None:
            yield columns[TYPE], "", partial(Fault, "missing-field", "没有写类型", "写上类型，例如 授课")
        if RECIPIENT in columns and self.units[text := cells[columns[RECIPIENT]]] is None:
            yield columns[RECIPIENT], text, partial(self._no_such_unit, text)
        counts = dict.fromkeys((name for name, (kind, _) in COLUMNS.items() if kind is ColumnKind.COUNT), _count)
        reads: dict[str, Callable[[str], object]] = {DAY: self._parse_day, AMOUNT: _amount, **counts}
        for name, read in reads.items():
            if name in columns and _or_none(read, text := cells[columns[name]]) is None:
                yield columns[name], text, partial(_fault, name, text, read)

    def has_sound_figures(self, row: list[str]) -> bool:
        """Whether every figure of a row is a whole number or empty; such texts are remembered."""
        texts = self.figures(row)
        if any(_or_none(_count, text) is None for text in texts):
            return False
        if len(self.sound_figures) < REMEMBERED:
            self.sound_figures.update(texts)
        return True

    def _texts(self, key: str | tuple[str, ...]) -> list[str]:
        return [plain_cell(text) for text in ((key,) if isinstance(key, str) else key)]

    def _who(self, key: str | tuple[str, ...]) -> Known | None:
        who = dict(zip(self._who_columns, self._texts(key), strict=True))
        word = who.get(NAME) or who.get(ID, "")
        # Asked first, because a person who is not there is looked for among all names that are alike.
        meant = {one for spelling in (word, plain_name(word)) for one in self._by_word.get(spelling, ())}
        if not word or is_ruined(who.get(ID, "")) or not meant:
            return None
        one = next(iter(meant))
        agrees = who.get(DEPARTMENT, "") in {"", one.department} and who.get(ID, "") in {"", one.id}
        if agrees and len(meant) == 1:
            return self._known[one]
        found = self._find(who)
        return None if isinstance(found, Diagnostic) else self._known[found]

    def _find(self, who: Mapping[str, str]) -> Who | Diagnostic:
        word, number = who.get(NAME) or who.get(ID, ""), who.get(ID, "")
        fields = NAME, DEPARTMENT, ID
        found = find_person(self._directory, word, who.get(DEPARTMENT, ""), number, Places(""), fields)
        return found if isinstance(found, Diagnostic) else Who(found[0].name, found[1].name, found[1].id)

    def _no_such_person(self, who: Mapping[str, str]) -> Fault:
        if not (who.get(NAME) or who.get(ID)):
            return Fault("missing-field", "这一行没有写姓名", "写上姓名，或删去这一行")
        if is_ruined(who.get(ID, "")):
            message = f"“{who[ID]}”是 Excel 截断的长数字，后几位已经丢失"
            return Fault("ruined-number", message, "在 Excel 里把这一列设为“文本”，重新输入完整的数字")
        found = self._find(who)
        if isinstance(found, Diagnostic):
            return Fault(found.code, found.message, found.hint)
        raise KeyError(who)  # asked only where nobody is meant

    def _unit(self, text: str) -> str | None:
        plain = plain_cell(text)
        return plain if not plain or plain in self._units or not self._units else None

    def _no_such_unit(self, text: str) -> Fault:
        name = plain_cell(text)
        hint = nearest_hint(name, self._units, "要和计划的“受援单位”一致")
        return Fault("unknown-recipient", f"受援单位“{name}”没有在计划里登记", hint)

    def _day(self, text: str) -> DayRead | None:
        try:
            day = self._parse_day(text)
        except ScalarError:
            return None
        return DayRead(day, day.year, 1 << day.timetuple().tm_yday)

    def _parse_day(self, text: str) -> date:
        plain = half_width(plain_cell(text)).strip()
        if not plain:
            raise ScalarError("missing-field", "没有写日期", "写上日期，例如 2024-04-08")
        if (day := serial_day(plain, self._epoch)) is not None:
            self.serial = self.serial or (plain, day)
            return day
        return parse_day(_HOUR.sub("", plain))


def _all_of(indices: list[int]) -> Callable[[list[str]], tuple[str, ...]]:
    """Return what takes the cells at some indices out of a row."""
    if not indices:
        return lambda _: ()
    return itemgetter(*indices) if len(indices) > 1 else lambda row: (row[indices[0]],)


def _fault(name: str, text: str, read: Callable[[str], object]) -> Fault:
    try:
        read(text)
    except ScalarError as bad:
        return Fault(bad.code, name + bad.message if bad.message.startswith("“") else bad.message, bad.hint)
    raise KeyError(text)  # asked only of what cannot be read


def _or_none(read: Callable[[str], V], text: str) -> V | None:
    try:
        return read(text)
    except ScalarError:
        return None


def _amount(text: str) -> int | Fraction:
    """Return 数量: 1 where nothing is written. Raises ScalarError."""
    plain = plain_cell(text)
    value = parse_number(plain) if plain else 1
    return value if isinstance(value, int) or value.denominator > 1 else value.numerator


def _count(text: str) -> int:
    plain = plain_cell(text)
    return parse_count(plain) if plain else 0
