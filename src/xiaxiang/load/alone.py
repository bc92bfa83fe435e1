"""A file by itself: what kind it is, seen from what it holds, and what is wrong in it without a plan around it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Final

from xiaxiang.load.approved import read_approved
from xiaxiang.load.approved_entries import WrittenApproval
from xiaxiang.load.bind import Binder
from xiaxiang.load.calendar import read_calendar
from xiaxiang.load.case_reader import EXPECTED, INPUT
from xiaxiang.load.cases import load_cases
from xiaxiang.load.columns import BATCH, ENDS_ON, FIXED, STARTS_ON, VALUES
from xiaxiang.load.draft import Context
from xiaxiang.load.files import Reader, collector_at_rest, start_of
from xiaxiang.load.header import column_name, find_header
from xiaxiang.load.include import TABLE_SUFFIXES, include
from xiaxiang.load.policies import load_policy, read_policy
from xiaxiang.load.published import WrittenBatch, read_published
from xiaxiang.load.shapes import Kind as Written
from xiaxiang.load.shapes import shapes, spellings
from xiaxiang.load.stream import beginning_of
from xiaxiang.load.tables import EXCEL_SUFFIXES, read_csv, read_table
from xiaxiang.load.yaml import Mapping, Node, Scalar, Sequence, read_yaml
from xiaxiang.model.diagnostic import Diagnostic, in_order
from xiaxiang.model.event import EVENT_KINDS, Event
from xiaxiang.model.hospital import Department, Person
from xiaxiang.model.plan import DEFAULT_POLICY, Issue, Plan
from xiaxiang.model.policy import Policy
from xiaxiang.model.record import DAY, ID, NAME, TYPE
from xiaxiang.model.record import column_names as record_columns

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Mapping as MappingOf

    from xiaxiang.model.entry import Entry

_TOP_KEY: Final = re.compile(r"""^([^\s#\-\[{"'][^:：\n]*?)\s*[:：](?=\s|$)""", re.MULTILINE)
_A_YEAR: Final = re.compile(r"\s*20\d\d\s*年?\s*")
_LOOKED_AT: Final = 20
"""Items of a list, rows of a sheet: more are not needed to see what it is."""


class FileKind(Enum):
    """What a file is; the value is what users call it."""

    PLAN = "计划"
    POLICY = "制度"
    CASES = "案例"
    ROSTER = "名册"
    RECORDS = "工作记录"
    DEPARTMENTS = "科室"
    EVENTS = "变动登记"
    DOCUMENTS = "发文登记"
    NAMES = "名称列表"
    PUBLISHED = "公布"
    APPROVED = "核定"
    CALENDAR = "日历"


@dataclass(frozen=True, slots=True)
class Alone:
    """What one file holds and what is wrong in it. `count` is the number of entries that can be used."""

    kind: FileKind
    diagnostics: tuple[Diagnostic, ...]
    texts: MappingOf[str, str] = field(default_factory=dict)
    count: int = 0


def kind_of(path: Path) -> FileKind:
    """Return what kind of file `path` is; one that cannot be told, or read, is taken for a plan or a roster."""
    reader = Reader(root=path.parent, here=Path(), allow_outside=True)
    if path.suffix.lower() in TABLE_SUFFIXES:
        return _kind_of_table(reader, path)
    text = reader.text_of(path)
    if text is None:
        return FileKind.PLAN
    # The keys at the margin tell a plan from a policy without reading ten thousand people twice.
    return _kind_of_keys(words) if (words := _TOP_KEY.findall(text)) else _kind_of_tree(read_yaml(text, "")[0])


def read_alone(path: Path, kind: FileKind, *, allow_outside: bool = False) -> Alone:
    """Return what is wrong in a policy, in cases, or in a list that a plan would name; not for plans and rosters."""
    if kind is FileKind.CASES:
        return _cases(path)
    reader = Reader(root=path.parent, here=Path(), allow_outside=allow_outside)
    with collector_at_rest():
        if kind is FileKind.POLICY:
            count = int(read_policy(reader, path) is not None)
        elif kind is FileKind.PUBLISHED:
            count = int(read_published(reader, path) is not None)
        elif kind is FileKind.APPROVED:
            count = int(read_approved(reader, path) is not None)
        elif kind is FileKind.CALENDAR:
            count = len(read_calendar(reader, path))
        elif (entries := _ENTRIES.get(kind)) is not None:
            count = _entries(reader, path, entries, kind.value)
        else:
            count = _names(reader, path)
    return Alone(kind, in_order(reader.findings), dict(reader.texts), count)


def _cases(path: Path) -> Alone:
    beside = path.with_name("policy.yaml")
    policy, faults = load_policy(str(beside) if beside.is_file() else DEFAULT_POLICY, Path())
    if policy is None:
        return Alone(FileKind.CASES, faults)
    cases, found, texts = load_cases(path, policy)
    return Alone(FileKind.CASES, found, texts, len(cases))


def _entries(reader: Reader, path: Path, cls: type[Entry], owner: str) -> int:
    found = include(reader, path.parent, path.name, start_of(reader.shown(path)), cls)
    if found is None:
        return 0
    binder = Binder(reader, found.file, found.folder)
    items = (binder.item(cls, node, Context(number, owner)) for number, node in enumerate(found.nodes, 1))
    return sum(item is not None for item in items)


def _names(reader: Reader, path: Path) -> int:
    text = reader.text_of(path)
    tree, found = read_yaml(text, reader.shown(path)) if text is not None else (None, ())
    reader.report(*found)
    return len(tree.items) if isinstance(tree, Sequence) else 0


def _kind_of_tree(tree: Node | None) -> FileKind:
    if isinstance(tree, Sequence):
        return _kind_of_items(tree.items[:_LOOKED_AT])
    if not isinstance(tree, Mapping):
        return FileKind.PLAN
    return _kind_of_keys([key.text.strip() for key, _ in tree.pairs])


def _kind_of_keys(words: list[str]) -> FileKind:
    """Return what kind of file has these keys at its top."""
    if all(_A_YEAR.fullmatch(word) for word in words) and words:
        return FileKind.CALENDAR
    if len(words) == 1 and (kind := _kind_of_list(words[0])):
        return kind
    fits = {kind: sum(word in spellings(cls) for word in words) for kind, cls in _WHOLE.items()}
    return max(fits, key=lambda kind: fits[kind])


def _kind_of_list(word: str) -> FileKind | None:
    """Return what a file is that holds one list under the name that it has in a plan."""
    name = spellings(Plan).get(word)
    shape = shapes(Plan)[name] if name else None
    if shape is None or shape.kind not in {Written.ENTRIES, Written.TEXTS}:
        return None
    return next((kind for kind, cls in _ENTRIES.items() if cls is shape.of), FileKind.NAMES)


def _kind_of_items(items: list[Node]) -> FileKind:
    words = {key.text.strip() for item in items if isinstance(item, Mapping) for key, _ in item.pairs}
    if not words and items and all(isinstance(item, Scalar) for item in items):
        return FileKind.NAMES
    if {INPUT, EXPECTED} & words:
        return FileKind.CASES
    return _kind_of_words(words) or FileKind.DEPARTMENTS


def _kind_of_table(reader: Reader, path: Path) -> FileKind:
    roster = {word for name, also in FIXED.items() for word in (name, *also)}
    roster |= {word for name, (_, also) in VALUES.items() for word in (name, *also)}
    known = roster.union(record_columns(), *map(spellings, (Person, Department, Issue, *EVENT_KINDS)))
    words = _header_of(reader, path, {word: word for word in known})
    if _tells_of_records(words):
        return FileKind.RECORDS
    kind = _kind_of_words(words) or FileKind.ROSTER
    if kind is not FileKind.DEPARTMENTS:
        return kind
    posting = {word for name in (BATCH, STARTS_ON, ENDS_ON) for word in (name, *FIXED[name])}
    values = {word for name, (_, also) in VALUES.items() for word in (name, *also)}
    return FileKind.ROSTER if (posting | values) & words else FileKind.DEPARTMENTS


def _header_of(reader: Reader, path: Path, known: MappingOf[str, str]) -> set[str]:
    """Return the names in the header of a table; of a text only its first lines are read, it may be a nation's year."""
    if path.suffix.lower() in EXCEL_SUFFIXES:
        table = read_table(reader, path, known)
        return {column_name(cell) for cell in table.header.cells} if table else set()
    rows = [row for row in read_csv(reader, beginning_of(path), "") or () if not row.is_empty]
    return {column_name(cell) for cell in find_header(rows, known).row.cells} if rows else set()


def _tells_of_records(words: set[str]) -> bool:
    """Whether columns are those of records: somebody's name, a day, a 类型, and no more that only events have."""
    meant = [name for word, name in record_columns().items() if word in words]
    events = {word for kind in EVENT_KINDS for word in spellings(kind)} & words
    return {DAY, TYPE} <= set(meant) and bool({NAME, ID} & set(meant)) and len(meant) >= len(events)


def _kind_of_words(words: Collection[str]) -> FileKind | None:
    """Return what entries with these keys (or rows with these columns) are; None where nobody can tell."""
    names = set(words)
    if {word for word, name in spellings(Issue).items() if name in {"kind", "number"}} & names:
        return FileKind.DOCUMENTS
    if {"类型", "type", "变动类型"} & names:
        return FileKind.EVENTS
    people = {word for word, name in spellings(Person).items() if name in {"professional_title", "joined_on", "sex"}}
    return FileKind.DEPARTMENTS if people & names else None


_WHOLE: Final[dict[FileKind, type[Entry]]] = {
    FileKind.PLAN: Plan,
    FileKind.POLICY: Policy,
    FileKind.PUBLISHED: WrittenBatch,
    FileKind.APPROVED: WrittenApproval,
}
_ENTRIES: Final[dict[FileKind, type[Entry]]] = {
    FileKind.DEPARTMENTS: Department,
    FileKind.EVENTS: Event,
    FileKind.DOCUMENTS: Issue,
}
