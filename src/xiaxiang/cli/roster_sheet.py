"""From a batch of the schedule to the sheet of its roster: columns by the policy's items, rows by its postings."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from xiaxiang.assess import assess
from xiaxiang.assess.columns import REQUIRED_DAYS, columns_of, paper_column
from xiaxiang.load.columns import BATCH, DEPARTMENT, ENDS_ON, ID, NAME, STARTS_ON, value_columns
from xiaxiang.model.roster import Roster, RosterRow
from xiaxiang.model.sheet import Column, ColumnKind, Sheet
from xiaxiang.write.csv_edit import csv_bytes

if TYPE_CHECKING:
    from xiaxiang.model.hospital import Person
    from xiaxiang.model.policy import Policy
    from xiaxiang.model.schedule import Batch, Posting, Schedule
    from xiaxiang.model.workspace import Workspace

_NOTES: Final = {
    ColumnKind.DAYS: "几个日期之间用“；”隔开，例如 2024-01-15；2024-01-29。可以不写年份。",
    ColumnKind.DAY: "写一个日期，例如 2024-01-02。没有交就空着。",
    ColumnKind.COUNT: "写次数，例如 4。已经写了日期的可以空着；两样都写要一致。",
    ColumnKind.NUMBER: "写数字，例如 58 或 58.5。没有就写 0，不知道就空着（考核待补）。",
}
_FIXED_NOTES: Final = {
    NAME: "和计划“人员”里的姓名一致；换了人，在这里改，并登记“意外”。",
    BATCH: "写成 2024年第1批。不要写成 2024-1：Excel 会把它改成日期。",
    REQUIRED_DAYS: "已按制度和口径算好；单位另有规定的可以改。",
}

Cell = str | int | date | None


def roster_sheet(workspace: Workspace, schedule: Schedule, batch: Batch) -> Sheet:
    """Return the sheet of a batch with names, 工号, dates and 应出勤 filled in."""
    postings = [one for one in batch.postings if one.person is not None and one.department is not None]
    required = _required_days(workspace, schedule, batch, postings)
    columns = _columns(workspace, batch, schedule)
    rows = []
    for posting, days in zip(postings, required, strict=True):
        person = posting.person
        given: dict[str, Cell] = {
            NAME: person.name if person else "",
            ID: person.id if person else "",
            DEPARTMENT: posting.department,
            BATCH: batch.name.label,
            STARTS_ON: posting.starts_on,
            ENDS_ON: posting.ends_on,
            REQUIRED_DAYS: days,
        }
        rows.append(tuple(given.get(column.name) for column in columns))
    return Sheet(f"{batch.name.label}下乡名册", columns, tuple(rows))


def sheet_bytes(sheet: Sheet, suffix: str) -> bytes:
    """Return the sheet as a file: .xlsx or .csv."""
    if suffix == ".csv":
        texts = [["" if value is None else str(value) for value in row] for row in sheet.rows]
        return csv_bytes([[column.name for column in sheet.columns], *texts])
    from xiaxiang.render.xlsx_sheet import xlsx_bytes  # noqa: PLC0415 - only where a workbook is written

    return xlsx_bytes(sheet)


def _columns(workspace: Workspace, batch: Batch, schedule: Schedule) -> tuple[Column, ...]:
    """Return the columns that say whose row it is, and those that the policy's items are measured from."""
    policy = workspace.policy
    departments = tuple(one.name for one in workspace.plan.departments if one.people)
    sent = {posting.department for posting in batch.postings}
    people: list[Person] = [one for each in workspace.plan.departments if each.name in sent for one in each.people]
    batches = tuple(one.name.label for one in schedule.batches if one.name.year == batch.name.year)
    fixed = (
        (NAME, ColumnKind.TEXT, tuple(dict.fromkeys(one.name for one in people))),
        (ID, ColumnKind.TEXT, ()),
        (DEPARTMENT, ColumnKind.TEXT, departments),
        (BATCH, ColumnKind.TEXT, batches),
        (STARTS_ON, ColumnKind.DAY, ()),
        (ENDS_ON, ColumnKind.DAY, ()),
    )
    kinds = value_columns(policy)
    return (
        *(Column(name, kind, _FIXED_NOTES.get(name, ""), choices) for name, kind, choices in fixed),
        *(
            Column(name, kinds[name], _FIXED_NOTES.get(name) or _NOTES[kinds[name]])
            for name in _measured(policy, kinds)
        ),
    )


def _measured(policy: Policy, kinds: dict[str, ColumnKind]) -> list[str]:
    """Return the value columns that the items and the papers of 发放前提 need, in the policy's order."""
    items = policy.assessment.indicators if policy.assessment else ()
    names = [name for item in items for name in columns_of(item)]
    gate = policy.funding.release_gate
    names += [paper_column(paper) for paper in (gate.papers if gate else ())]
    return [name for name in dict.fromkeys(names) if name in kinds]


def _required_days(
    workspace: Workspace, schedule: Schedule, batch: Batch, postings: list[Posting]
) -> list[int | str | None]:
    """Return 应出勤 of each posting: what the assessment itself would divide by, were the cell left empty."""
    items = workspace.policy.assessment.indicators if workspace.policy.assessment else ()
    rates = [item for item in items if item.denominator == REQUIRED_DAYS]
    if not rates:
        return [None] * len(postings)
    rows = tuple(
        RosterRow(
            one.person.name if one.person else "",
            one.department or "",
            one.person.id if one.person else "",
            batch.name,
            one.starts_on,
            one.ends_on,
            {rates[0].numerator: 0},
            row=number,
        )
        for number, one in enumerate(postings, 1)
    )
    appraisal, _ = assess(workspace, Roster("", {}, rows), schedule)
    found = [next((item for item in one.items if item.name == rates[0].name), None) for one in appraisal.people]
    days = [item.fraction[1] if item and item.fraction else None for item in found]
    return [None if one is None else int(one) if one == int(one) else str(one) for one in days]
