"""An office's own list of people (花名册) → departments and people, and how it differs from a plan's."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from xiaxiang.load.bind import Binder
from xiaxiang.load.files import Reader, collector_at_rest
from xiaxiang.load.header import known_name
from xiaxiang.load.include import DEPARTMENT_COLUMNS, PeopleRead, by_department, read_people
from xiaxiang.load.people import plain_name
from xiaxiang.load.shapes import spellings
from xiaxiang.load.tables import read_table
from xiaxiang.model.diagnostic import Diagnostic, in_order
from xiaxiang.model.difference import Change, Differences, Named
from xiaxiang.model.hospital import Department, Person

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from xiaxiang.model.plan import Plan

DEPARTMENT_FIELD: Final = "department"


@dataclass(frozen=True, slots=True)
class Staff:
    """What a list holds: departments in the order of first appearance, its columns, findings, texts.

    `fields` maps a column's index to a person's field ("department" for 科室, "" for a column carried along);
    `names` the name typed at each of them. Both are empty where the list cannot be read.
    """

    departments: tuple[Department, ...]
    diagnostics: tuple[Diagnostic, ...]
    texts: Mapping[str, str]
    fields: Mapping[int, str] = field(default_factory=dict)
    names: Mapping[int, str] = field(default_factory=dict)

    @property
    def people(self) -> tuple[Named, ...]:
        """Everybody, with the department."""
        return tuple((one.name, person) for one in self.departments for person in one.people)

    @property
    def mapping(self) -> tuple[tuple[str, str], ...]:
        """The columns in order: the name typed and the Chinese name it is read as, "" where it is carried along."""
        return tuple((self.names[index], label_of(name)) for index, name in self.fields.items())


def load_staff(path: Path, *, here: Path | None = None) -> Staff:
    """Return the departments and people in a table with one row per person."""
    reader = Reader(root=path.parent, here=here or Path(), allow_outside=True)
    with collector_at_rest():
        read = read_people(reader, path)
        departments = _departments(reader, path, read) if read else ()
    if read is None:
        return Staff((), in_order(reader.findings), dict(reader.texts))
    header = read.table.header
    return Staff(
        departments,
        in_order(reader.findings),
        dict(reader.texts),
        read.fields,
        {index: header.cells[index].text for index in read.fields},
    )


@dataclass(frozen=True, slots=True)
class PeopleSheet:
    """How a table of a plan's people is laid out, to change it: `fields` and `names` as of a `Staff`.

    `separator` stands between the cells of a CSV file, `last_line` is the last row of the list.
    """

    fields: Mapping[int, str]
    names: Mapping[int, str]
    separator: str
    last_line: int

    @property
    def names_departments(self) -> bool:
        """Whether the rows say of which department they are; a file that one department names does not."""
        return DEPARTMENT_FIELD in self.fields.values()


def sheet_of(path: Path) -> PeopleSheet | None:
    """Return the layout of a table that a plan was read from; None where it has gone since."""
    reader = Reader(root=path.parent, here=Path(), allow_outside=True)
    known = spellings(Person) | dict.fromkeys(DEPARTMENT_COLUMNS, DEPARTMENT_FIELD)
    table = read_table(reader, path, {word: label_of(name) for word, name in known.items()})
    if table is None:
        return None
    cells = {index: cell for index, cell in enumerate(table.header.cells) if cell.text}
    fields = {index: known.get(known_name(cell, known), "") for index, cell in cells.items()}
    names = {index: cell.text for index, cell in cells.items()}
    return PeopleSheet(fields, names, table.separator, table.rows[-1].line if table.rows else table.header.line)


def label_of(identifier: str) -> str:
    """Return the Chinese name of a column of people ("department" is 科室, "" stays empty)."""
    if identifier in {"", DEPARTMENT_FIELD}:
        return "科室" if identifier else ""
    return Person.label(identifier)


def _departments(reader: Reader, path: Path, read: PeopleRead) -> tuple[Department, ...]:
    binder = Binder(reader, reader.shown(path), path.parent)
    nodes = by_department(reader, reader.shown(path), read.nodes)
    return tuple(one for node in nodes if (one := binder.entry(Department, node)) is not None)


def compare(plan: Plan, staff: Staff) -> Differences:
    """Return how the list differs from the plan's people. An empty cell of the list says nothing."""
    everybody = [(one.name, person) for one in plan.departments for person in one.people]
    ours = [one for one in everybody if one[1].left_on is None]
    theirs = [(_present(plan, department), person) for department, person in staff.people]
    pairs = _matched(ours, theirs)
    known = set(pairs.values())
    others = [one for index, one in enumerate(theirs) if index not in known]
    back = set(_matched([one for one in everybody if one[1].left_on is not None], others).values())
    matched = [(ours[our], theirs[their]) for our, their in sorted(pairs.items())]
    fields = [name for name in staff.fields.values() if name not in {"", DEPARTMENT_FIELD}]
    return Differences(
        tuple(one for index, one in enumerate(others) if index not in back),
        tuple(one for index, one in enumerate(ours) if index not in pairs),
        tuple(change for our, their in matched for field in fields if (change := _changed(our, their[1], field))),
        tuple((*our, their[0]) for our, their in matched if our[0] != their[0]),
        tuple(one for index, one in enumerate(others) if index in back),
    )


def _changed(our: Named, listed: Person, field: str) -> Change | None:
    old, new = our[1].text_of(field), listed.text_of(field)
    if field == "name" and plain_name(old) == plain_name(new):
        return None
    return Change(*our, field, old, new) if new and new != old else None


def _present(plan: Plan, department: str) -> str:
    known = plan.department(department)
    return known.name if known else department


def _matched(ours: list[Named], theirs: list[Named]) -> dict[int, int]:
    """Return which of ours is which of theirs: by 工号, else by department and name, else by a name that is unique."""
    pairs: dict[int, int] = {}
    for key in (_by_number, _by_place, _by_name):
        left = [i for i in range(len(ours)) if i not in pairs]
        taken = set(pairs.values())
        right = [i for i in range(len(theirs)) if i not in taken]
        table = _once(key, theirs, right)
        for word, i in _once(key, ours, left).items():
            if word in table and _may_be_one(ours[i][1], theirs[table[word]][1], by_number=key is _by_number):
                pairs[i] = table[word]
    return pairs


def _once(key: Callable[[str, Person], object], people: list[Named], indices: Iterable[int]) -> dict[object, int]:
    """Return index by key for the keys that only one of the people has."""
    found: dict[object, list[int]] = defaultdict(list)
    for index in indices:
        word = key(*people[index])
        if word:
            found[word].append(index)
    return {word: indices[0] for word, indices in found.items() if len(indices) == 1}


def _by_number(_: str, person: Person) -> object:
    return person.id


def _by_place(department: str, person: Person) -> object:
    return department, plain_name(person.name)


def _by_name(_: str, person: Person) -> object:
    return plain_name(person.name)


def _may_be_one(one: Person, other: Person, *, by_number: bool) -> bool:
    return by_number or not one.id or not other.id or one.id == other.id
