"""A list that stands in another file: YAML or a table, named by its path."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from xiaxiang.load.draft import TABLE_ENDINGS
from xiaxiang.load.shapes import fields_of, spellings
from xiaxiang.load.tables import as_nodes, read_table
from xiaxiang.load.yaml import Mapping, Node, Scalar, Sequence, parse_yaml
from xiaxiang.model.batch import BatchRef
from xiaxiang.model.diagnostic import error
from xiaxiang.model.entry import Entry
from xiaxiang.model.event import EVENT_KINDS, Event
from xiaxiang.model.hospital import Department, Person
from xiaxiang.model.plan import Plan
from xiaxiang.model.position import Position

if TYPE_CHECKING:
    from xiaxiang.load.files import Reader

YAML_SUFFIXES: Final = frozenset({".yaml", ".yml"})
TABLE_SUFFIXES: Final = frozenset(TABLE_ENDINGS)
_PERSON_KEYS: Final = frozenset({"姓名", "名字", "人员姓名"})
DEPARTMENT_COLUMNS: Final = frozenset({"科室", "科室名称", "所在科室", "部门", "department"})


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
    tree, problem = parse_yaml(text, file)
    if problem is not None:
        reader.report(problem)
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
    classes = EVENT_KINDS if cls is Event else (Person, Department) if cls is Department else (cls,)
    known = {spelling for one in classes for spelling in spellings(one)}
    if cls is Department:  # one row per person: of the department only its name
        known = {*spellings(Person), *DEPARTMENT_COLUMNS}
    table = read_table(reader, path, known, at)
    if table is None:
        return None
    days, batches = (
        frozenset(word for one in classes for word, name in spellings(one).items() if name in fields_of(one, of))
        for of in (date, BatchRef)
    )
    return as_nodes(reader, table, known, days=days, batches=batches)


def by_department(reader: Reader, file: str, nodes: list[Node]) -> list[Node]:
    """Return departments for a list with one row per person, in the order in which they first appear.

    A list of departments is returned as it is; a person without a department is left out aloud.
    """
    if not any(isinstance(node, Mapping) and _key(node, _PERSON_KEYS) is not None for node in nodes):
        return nodes
    groups: dict[str, tuple[Scalar, Sequence]] = {}
    for node in nodes:
        pair = _key(node, DEPARTMENT_COLUMNS) if isinstance(node, Mapping) else None
        if pair is None or not isinstance(pair[1], Scalar) or not isinstance(node, Mapping):
            at, where = Position(file, node.line, node.column, node.end_column), f"“{file}”第 {node.line} 行"
            reader.report(error("missing-field", f"{where}没有写科室", "填上科室名称", at, where))
            continue
        name = pair[1]
        rest = Mapping(node.line, node.column, node.end_column, [one for one in node.pairs if one is not pair])
        group = groups.setdefault(name.text.strip(), (name, Sequence(name.line, name.column, name.end_column)))
        group[1].items.append(rest)
    return [_department(name, people) for name, people in groups.values()]


def _department(name: Scalar, people: Sequence) -> Mapping:
    keys = (Scalar(word, name.line, name.column, name.end_column) for word in ("名称", "人员"))
    return Mapping(name.line, name.column, name.end_column, list(zip(keys, (name, people), strict=True)))


def _key(mapping: Mapping, words: frozenset[str]) -> tuple[Scalar, Node] | None:
    return next((pair for pair in mapping.pairs if pair[0].text.strip() in words), None)
