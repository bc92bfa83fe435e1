"""Rows of a table as nodes that `bind` reads like YAML, and what is said of its columns."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from xiaxiang.load.cells import Remarks, place, read_back
from xiaxiang.load.header import known_name
from xiaxiang.load.yaml import Mapping, Scalar
from xiaxiang.model.diagnostic import error, note
from xiaxiang.model.position import Position
from xiaxiang.model.similar import nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from collections.abc import Mapping as MappingOf

    from xiaxiang.load.files import Reader
    from xiaxiang.load.header import Row
    from xiaxiang.load.tables import Table
    from xiaxiang.load.yaml import Node
    from xiaxiang.model.diagnostic import Diagnostic

COUNTING: Final = frozenset({"序号", "No", "No.", "NO", "NO."})
"""Columns that only number the rows: nobody wants to hear of them."""


def missing_columns(table: Table, names: Iterable[str], hint: str) -> Diagnostic:
    """Return that a table has no columns of these names, told at its header."""
    at = Position(table.file, table.header.line, 1, table.header.end_column)
    return error("missing-column", f"没有{'、'.join(f'“{name}”' for name in names)}这一列", hint, at)


class RowError(Exception):
    """A row of a table cannot be used: the finding that says why."""

    def __init__(self, finding: Diagnostic) -> None:
        """Keep the finding, to be reported where the rows are read."""
        super().__init__(finding.message)
        self.finding = finding


@dataclass(slots=True)
class TableRow(Mapping):
    """A row as a mapping of its known columns. `extra` are the filled cells of the others, by their own names."""

    extra: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Columns:
    """The columns of a table by index: `known` the header cells under a known spelling, `carried` the others."""

    known: dict[int, Scalar]
    carried: dict[int, Scalar]


def columns_of(reader: Reader, table: Table, labels: MappingOf[str, str]) -> Columns:
    """Return the columns of a table and say how they are understood. `labels` maps a spelling to its Chinese name.

    A name that has come before is an error, said once; its column is left out.
    """
    known: dict[int, Scalar] = {}
    carried: dict[int, Scalar] = {}
    seen: set[str] = set()
    for index, cell in enumerate(table.header.cells):
        spelling = known_name(cell, labels)
        name = spelling or cell.text
        if not name or name in COUNTING:
            continue
        if name in seen:
            message, left_out = f"“{name}”这一列有两个", f"“{table.file}”的第二个“{name}”列"
            reader.report(error("duplicate-key", message, "两列只留一列", place(table.file, cell), left_out))
            continue
        seen.add(name)
        (known if spelling else carried)[index] = replace(cell, text=name)
    report_mapped(reader, table, {index: labels[cell.text] for index, cell in known.items()})
    report_unknown(reader, table, list(carried.values()), labels)
    return Columns(known, carried)


def report_mapped(reader: Reader, table: Table, columns: MappingOf[int, str]) -> None:
    """Say which columns were understood under another name than their own (`columns`: index → Chinese name)."""
    mapped = [(table.header.cells[index], name) for index, name in columns.items()]
    mapped = [(cell, name) for cell, name in mapped if not known_name(cell, {name})]
    if mapped:
        words = "，".join(f"“{cell.text}”按“{name}”读" for cell, name in mapped)
        reader.report(note("columns-mapped", f"列名 {words}", "不对就改列名", place(table.file, mapped[0][0])))


def report_unknown(reader: Reader, table: Table, cells: list[Scalar], labels: MappingOf[str, str]) -> None:
    """Name the columns that no rule knows of in one note, each with the name that it may have been meant for."""
    if not cells:
        return
    words = []
    for cell in cells:
        meant = nearest(cell.text, set(labels.values()))
        words.append(f"“{cell.text}”" + (f"（是不是“{meant[0]}”？）" if meant else ""))
    message = f"不认识的列 {'、'.join(words)} 原样保留，不参与计算"
    reader.report(note("unknown-column", message, "列名写错了就改过来，否则不用管", place(table.file, cells[0])))


def as_nodes(
    reader: Reader,
    table: Table,
    columns: Columns,
    *,
    days: frozenset[str],
    batches: frozenset[str],
    fields: Callable[[Mapping], MappingOf[str, str]],
) -> list[Node]:
    """Return each row as a mapping of its known columns, empty cells included: they have a place of their own.

    `days` and `batches` are the spellings of columns that hold one day or name a batch: what Excel makes of
    such cells (a serial number, a day of January for `2024-1`) is read back, with a note. `fields` maps the
    spellings that a row's kind of entry knows to its fields: an empty cell stands for a field that has no other.
    """
    remarks = Remarks(table.file, table.epoch)
    nodes: list[Node] = []
    for row in table.rows:
        node = TableRow(row.line, 1, row.end_column)
        is_whole = True
        for index, key in columns.known.items():
            if not row.cell(index).text:
                continue
            is_day, is_batch = key.text in days, key.text in batches
            cell = read_back(reader, remarks, key.text, row.cell(index), is_day=is_day, is_batch=is_batch)
            if isinstance(cell, Scalar):
                node.pairs.append((key, cell))
            else:
                reader.report(replace(cell, left_out=f"“{table.file}”第 {row.line} 行"))
                is_whole = False
        if is_whole:
            _add_empty(node, row, columns, fields(node))
            node.extra = {cell.text: row.cell(i).text for i, cell in columns.carried.items() if row.cell(i).text}
            nodes.append(node)
    remarks.report(reader)
    return nodes


def _add_empty(node: Mapping, row: Row, columns: Columns, fields: MappingOf[str, str]) -> None:
    taken = {fields.get(key.text) for key, _ in node.pairs}
    for index, key in columns.known.items():
        name = fields.get(key.text)
        if name is not None and name not in taken:
            taken.add(name)
            node.pairs.append((key, row.cell(index)))
