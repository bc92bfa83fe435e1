"""What the kinds of documents are made from, and what all of them say: unit, policy, number, date, contact."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from xiaxiang.model.document import Cell, Content, Request, Row, Table
from xiaxiang.model.masking import masked
from xiaxiang.model.scalar import day_text
from xiaxiang.present.issue import find_issue, official_number
from xiaxiang.present.wording import cited

if TYPE_CHECKING:
    from datetime import date

    from xiaxiang.model.appraisal import Appraisal, PersonAppraisal
    from xiaxiang.model.batch import BatchName
    from xiaxiang.model.document import Column, Plain
    from xiaxiang.model.reading import ReadingUsed
    from xiaxiang.model.schedule import Schedule
    from xiaxiang.model.workspace import Workspace

OFFICE: Final = "医务部"
"""The office that runs the work, where 领导小组 names none."""

_PUBLIC: Final = frozenset({"电话"})
"""Values that were registered to be printed: the telephone of the contact of a document."""


@dataclass(frozen=True, slots=True)
class Given:
    """A workspace and its results. `appraisal` is None without a roster; `unmasked` prints people's numbers.

    `settled` is the same assessment batch by batch: what a paper about one batch shows of departments and readings.
    """

    workspace: Workspace
    schedule: Schedule
    appraisal: Appraisal | None = None
    unmasked: bool = False
    settled: Mapping[BatchName, Appraisal] = field(default_factory=dict)

    def of_batch(self, batch: BatchName | None) -> Appraisal | None:
        """Return the assessment of one batch alone; the whole one where it was not made."""
        return (self.settled.get(batch) if batch else None) or self.appraisal

    def people(self, batch: BatchName | None) -> tuple[PersonAppraisal, ...]:
        """Return the assessed people of a batch, in the roster's order."""
        everybody = self.appraisal.people if self.appraisal else ()
        return tuple(person for person in everybody if person.batch == batch)


@dataclass(frozen=True, slots=True)
class Facts:
    """What one kind adds to what all kinds say: its own default date, values, tables; how its person is called."""

    dated: date
    values: Mapping[str, Plain]
    tables: Mapping[str, Table]
    people: tuple[str, ...] = ()


def content(given: Given, request: Request, names: tuple[str, str], facts: Facts) -> Content:
    """Return the whole content of a document of the kind `names` (identifier, Chinese name)."""
    workspace = given.workspace
    issue = find_issue(workspace, request, names, facts.people)
    dated = issue.issued_on if issue and issue.issued_on else facts.dated
    number, is_numbered = official_number(issue, dated)
    unit = workspace.plan.supporting_unit
    group = workspace.plan.leading_group
    office = group.office.strip().removeprefix("设在") if group else ""
    values: dict[str, Plain] = {
        "支援单位": unit.name,
        "受援单位": "、".join(one.name for one in workspace.plan.recipient_units),
        "制度": workspace.policy.document,
        "计划名称": workspace.plan.title,
        "办公室": office or OFFICE,
        "发文字号": number,
        "有文号": is_numbered,
        "成文日期": day_text(dated),
        "联系人": (issue.contact if issue else "") or unit.contact,
        "电话": (issue.phone if issue else "") or unit.phone,
        "签发人": issue.signed_by if issue else "",
        "抄送": issue.copied_to if issue else "",
        **facts.values,
    }
    tables = facts.tables
    if not given.unmasked:
        values = {name: value if name in _PUBLIC else masked_plain(value) for name, value in values.items()}
        tables = {name: _masked_table(table) for name, table in tables.items()}
    identifier, name = names
    return Content(identifier, name, values, tables, unit.name, dated, is_numbered, workspace.left_out)


def masked_plain(value: Plain) -> Plain:
    """Return a value with people's numbers masked in every text within it."""
    if isinstance(value, str):
        return masked(value)
    if isinstance(value, tuple):
        return tuple(masked_plain(one) for one in value)
    if isinstance(value, Mapping):
        return {name: masked_plain(one) for name, one in value.items()}
    return value


def _masked_table(table: Table) -> Table:
    return Table(table.columns, tuple(_masked_row(row) for row in table.rows), table.headed, table.dense)


def _masked_row(row: Row) -> Row:
    return Row(
        tuple(
            Cell(masked(cell.text), cell.span, cell.align, cell.label, cell.at_bottom, cell.continues)
            for cell in row.cells
        ),
        row.height,
    )


def text_row(*texts: str) -> Row:
    """Return a row of plain cells."""
    return Row(tuple(Cell(text) for text in texts))


def numbered_table(columns: tuple[Column, ...], rows: list[tuple[str, ...]], *, dense: bool = False) -> Table:
    """Return a table whose first column counts the rows."""
    return Table(columns, tuple(text_row(str(place), *row) for place, row in enumerate(rows, 1)), dense=dense)


def readings_values(readings: tuple[ReadingUsed, ...], workspace: Workspace) -> tuple[Plain, ...]:
    """Return the readings that a result rests on, as templates print them."""
    return tuple({"名称": one.setting, "取法": one.sentence, "依据": cited(one.source, workspace)} for one in readings)
