"""A list that stands in another file: YAML or a table, named by its path."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from xiaxiang.load.draft import TABLE_ENDINGS
from xiaxiang.load.shapes import fields_of, spellings
from xiaxiang.load.values import span_of
from xiaxiang.load.yaml import Mapping, Node, Scalar, Sequence, read_yaml
from xiaxiang.model.batch import BatchRef
from xiaxiang.model.diagnostic import error
from xiaxiang.model.entry import Entry
from xiaxiang.model.event import EVENT_KINDS, Event, event_class
from xiaxiang.model.hospital import Department, Person
from xiaxiang.model.plan import Plan
from xiaxiang.model.position import Position

if TYPE_CHECKING:
    from collections.abc import Collection

    from xiaxiang.load.files import Reader
    from xiaxiang.load.rows import Columns
    from xiaxiang.load.tables import Table

YAML_SUFFIXES: Final = frozenset({".yaml", ".yml"})
TABLE_SUFFIXES: Final = frozenset(TABLE_ENDINGS)
DEPARTMENT: Final = "科室"
DEPARTMENT_COLUMNS: Final = frozenset(
    {DEPARTMENT, "科室名称", "所在科室", "所属科室", "部门", "部门名称", "所在部门", "科别", "department"}
)


@dataclass(frozen=True, slots=True)
class Included:
    """The items of a list, the file they stand in (as users know it) and its folder."""

    nodes: list[Node]
    file: str
    folder: Path


def is_path(text: str) -> bool:
    """Whether a text that stands for a list names a file."""
    return Path(text.strip()).suffix.lower() in YAML_SUFFIXES | TABLE_SUFFIXES


def include(reader: Reader, folder: Path, name: str, at: Position, cls: type) -> Included | None:
    """Return the items of the list of `cls` that file `name` holds; None, with findings, where it cannot be read.

    `at` is the place that names the file. Departments may be given one row per person.
    """
    path = reader.beside(folder, name, at)
    if path is None:
        return None
    is_table = path.suffix.lower() in TABLE_SUFFIXES
    if is_table and not issubclass(cls, Entry):
        reader.report(error("wrong-shape", "这一项不能写成表格", "写成列表，或写 .yaml 文件的名字", at))
        return None
    nodes = _rows(reader, path, at, cls) if is_table else _items(reader, path, at)
    if nodes is None:
        return None
    if cls is Department:
        nodes = by_department(reader, reader.shown(path), nodes)
    return Included(nodes, reader.shown(path), path.parent)


def _items(reader: Reader, path: Path, at: Position) -> list[Node] | None:
    text = reader.text_of(path, at)
    if text is None:
        return None
    file = reader.shown(path)
    tree, found = read_yaml(text, file)
    reader.report(*found)
    if tree is None and found:
        return None
    if isinstance(tree, Mapping) and len(tree.pairs) == 1 and tree.pairs[0][0].text in spellings(Plan):
        tree = tree.pairs[0][1]  # the list under its own name, as it would stand in plan.yaml
    if tree is None or (isinstance(tree, Scalar) and not tree.text):
        return []
    if isinstance(tree, Sequence):
        return tree.items
    place = Position(file, tree.line, tree.column, tree.end_column)
    reader.report(error("wrong-shape", f"“{file}”里写的不是列表", "每条前写“- ”", place))
    return None


def _rows(reader: Reader, path: Path, at: Position, cls: type[Entry]) -> list[Node] | None:
    if cls is Department:
        found = read_people(reader, path, at)
        return None if found is None else found.nodes
    from xiaxiang.load.rows import as_nodes, columns_of  # noqa: PLC0415 - most plans name no table
    from xiaxiang.load.tables import read_table  # noqa: PLC0415

    classes = EVENT_KINDS if cls is Event else (cls,)
    labels = _labels(classes)
    table = read_table(reader, path, labels, at)
    if table is None:
        return None
    columns = columns_of(reader, table, labels)
    days, batches = _words_of(classes, date), _words_of(classes, BatchRef)
    return as_nodes(reader, table, columns, days=days, batches=batches, fields=lambda row: spellings(_class(cls, row)))


@dataclass(frozen=True, slots=True)
class PeopleRead:
    """A table of people (or departments): its rows as nodes, and its columns: index → field, "" for one carried."""

    nodes: list[Node]
    table: Table
    columns: Columns
    fields: dict[int, str]


def read_people(reader: Reader, path: Path, at: Position | None = None) -> PeopleRead | None:
    """Return a table with one row per person or, where it names no people, per department."""
    from xiaxiang.load.header import known_name  # noqa: PLC0415 - most plans name no table
    from xiaxiang.load.rows import as_nodes, columns_of, missing_columns  # noqa: PLC0415
    from xiaxiang.load.tables import read_table  # noqa: PLC0415

    words = dict.fromkeys(DEPARTMENT_COLUMNS, "department")
    people = _labels((Person,)) | dict.fromkeys(words, DEPARTMENT)
    table = read_table(reader, path, people | _labels((Department,)), at)
    if table is None:
        return None
    header = [known_name(cell, people) for cell in table.header.cells]
    fields, labels = spellings(Department), _labels((Department,))
    if _names_people(header):
        fields, labels = {**spellings(Person), **words}, people
        if not DEPARTMENT_COLUMNS & set(header):
            reader.report(missing_columns(table, ["科室"], "加一列“科室”，每个人写上科室名称"))
            return None
    columns = columns_of(reader, table, labels)
    days = _words_of((Person,), date)
    nodes = as_nodes(reader, table, columns, days=days, batches=frozenset(), fields=lambda _: fields)
    found = {index: fields[cell.text] for index, cell in columns.known.items()} | dict.fromkeys(columns.carried, "")
    return PeopleRead(nodes, table, columns, dict(sorted(found.items())))


def _labels(classes: Collection[type[Entry]]) -> dict[str, str]:
    """Return every spelling of the fields of some classes → its Chinese name, which is its own."""
    labels = {cls.label(name): cls.label(name) for cls in classes for name in spellings(cls).values()}
    for cls in classes:
        for word, name in spellings(cls).items():
            labels.setdefault(word, cls.label(name))
    return labels


def _words_of(classes: Collection[type[Entry]], of: type) -> frozenset[str]:
    return frozenset(word for one in classes for word, name in spellings(one).items() if name in fields_of(one, of))


def _class(cls: type[Entry], row: Mapping) -> type[Entry]:
    """Return the class that a row is of: of events the one that its 类型 names."""
    if cls is not Event:
        return cls
    kind = next((value for key, value in row.pairs if spellings(Event).get(key.text) == "type"), None)
    return (event_class(kind.text) if isinstance(kind, Scalar) else None) or Event


def _names_people(keys: Collection[str]) -> bool:
    """Whether these names of columns tell of a person (the English `name` alone may be a department's)."""
    words = {word for word, name in spellings(Person).items() if name == "name"} - {"name"}
    return bool(words & set(keys)) or ("name" in keys and bool(DEPARTMENT_COLUMNS & set(keys)))


def by_department(reader: Reader, file: str, nodes: list[Node]) -> list[Node]:
    """Return departments for a list with one row per person, in the order in which they first appear.

    A list of departments is returned as it is; a person without a department is left out aloud.
    """
    keys = ([key.text.strip() for key, _ in node.pairs] for node in nodes if isinstance(node, Mapping))
    if not any(map(_names_people, keys)):
        return nodes
    groups: dict[str, tuple[Scalar, Sequence]] = {}
    for node in nodes:
        pair = _department_of(node)
        if pair is None or not isinstance(node, Mapping) or not isinstance(pair[1], Scalar) or not pair[1].text.strip():
            at, where = Position(file, *span_of(pair[1] if pair else node)), f"“{file}”第 {node.line} 行"
            reader.report(error("missing-field", f"{where}没有写科室", "填上科室名称", at, where))
            continue
        name = pair[1]
        rest = replace(node, pairs=[one for one in node.pairs if one is not pair])
        group = groups.setdefault(name.text.strip(), (name, Sequence(name.line, name.column, name.end_column)))
        group[1].items.append(rest)
    return [_department(name, people) for name, people in groups.values()]


def _department(name: Scalar, people: Sequence) -> Mapping:
    keys = (Scalar(word, name.line, name.column, name.end_column) for word in ("名称", "人员"))
    return Mapping(name.line, name.column, name.end_column, list(zip(keys, (name, people), strict=True)))


def _department_of(node: Node) -> tuple[Scalar, Node] | None:
    pairs = node.pairs if isinstance(node, Mapping) else []
    return next((pair for pair in pairs if pair[0].text.strip() in DEPARTMENT_COLUMNS), None)
