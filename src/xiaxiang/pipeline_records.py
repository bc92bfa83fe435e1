"""What records and sheets of attendance say in place of a roster or table: load → cut to the postings → assess."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from xiaxiang.pipeline import add_schedule_of_roster, with_findings
from xiaxiang.pipeline_table import assess_file

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from xiaxiang.model.diagnostic import Diagnostic
    from xiaxiang.model.policy import Policy
    from xiaxiang.model.roster import Roster
    from xiaxiang.model.workspace import Workspace
    from xiaxiang.pipeline import Result
    from xiaxiang.pipeline_table import TableResult

Spans = tuple[tuple["date", "date"], ...]
Taken = tuple["Roster | None", tuple["Diagnostic", ...], "Mapping[str, str]"]


@dataclass(frozen=True, slots=True)
class Files:
    """Files that say what was done, beside the roster; `memory` bounds what reading a large one takes ("2GB")."""

    records: Path | None = None
    attendance: Path | None = None
    memory: str = ""

    @property
    def named(self) -> tuple[Path, ...]:
        """The files that were given."""
        return tuple(one for one in (self.records, self.attendance) if one is not None)


def add_records(result: Result, files: Files) -> Result:
    """Take the counts and dates of the roster from records, and the days attended from sheets, where given."""
    from xiaxiang.assess.records import postings_of  # noqa: PLC0415 - not wanted by --help

    workspace, roster = result.workspace, result.roster
    if workspace is None or roster is None or not files.named:
        return result
    postings = postings_of(workspace, roster, add_schedule_of_roster(result).schedule)
    taken, found, texts = _take(workspace, roster, postings, files)
    return replace(with_findings(result, found), roster=taken, texts={**result.texts, **texts})


def assess_people(
    file: Path, policy: Policy, history: Path | None, files: Files, *, strict: bool = False
) -> TableResult:
    """Assess a table of people without a plan, their counts and dates taken from records."""
    return assess_file(file, policy, history, strict=strict, take=partial(_take_for_table, files))


def _take_for_table(files: Files, workspace: Workspace, table: Roster) -> Taken:
    from xiaxiang.model.hospital import Department, Person  # noqa: PLC0415 - not wanted by --help

    people = {(row.name, row.id): Person.model_construct(name=row.name, id=row.id) for row in table.rows}
    everybody = Department.model_construct(name="", people=tuple(people.values()))
    plan = workspace.plan.model_copy(update={"departments": (everybody,)})
    postings = tuple(((row.starts_on, row.ends_on),) if row.starts_on and row.ends_on else () for row in table.rows)
    return _take(replace(workspace, plan=plan), table, postings, files)


def _take(workspace: Workspace, roster: Roster, postings: Sequence[Spans], files: Files) -> Taken:
    from xiaxiang.assess.records import (  # noqa: PLC0415 - not wanted by --help
        attendance_differs,
        by_person,
        types_of,
        with_attendance,
        with_records,
    )
    from xiaxiang.load.attendance_grid import load_attendance  # noqa: PLC0415
    from xiaxiang.load.record_measure import measure_records  # noqa: PLC0415

    found: tuple[Diagnostic, ...] = ()
    texts: dict[str, str] = {}
    everybody = by_person(roster, postings)
    if files.records is not None:
        types = types_of(workspace.policy)
        tallies, told, read = measure_records(files.records, workspace, everybody, types, memory=files.memory)
        found, texts = (*found, *told), {**texts, **read}
        if tallies is None:  # what was asked for cannot be had: no other figures in its place
            return None, found, texts
        roster, told = with_records(workspace.policy, roster, postings, tallies)
        found = (*found, *told)
    if files.attendance is not None:
        sheets, told, read = load_attendance(files.attendance, workspace.plan, everybody)
        found, texts = (*found, *told), {**texts, **read}
        if sheets is None:
            return None, found, texts
        roster = with_attendance(roster, sheets)
    return roster, (*found, *attendance_differs(workspace, roster, postings)), texts
