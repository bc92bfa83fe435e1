"""The other story: a table without a plan: load → assess → other readings. It wires the verbs and prints nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from xiaxiang.model.diagnostic import in_order

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from xiaxiang.model.appraisal import OtherReading, ReadingChange
    from xiaxiang.model.appraisal_table import TableAppraisal
    from xiaxiang.model.diagnostic import Diagnostic
    from xiaxiang.model.policy import Policy
    from xiaxiang.model.roster import Roster
    from xiaxiang.model.workspace import Workspace


Taking = Callable[["Workspace", "Roster"], tuple["Roster | None", tuple["Diagnostic", ...], "Mapping[str, str]"]]


@dataclass(frozen=True, slots=True)
class TableResult:
    """What one run has come to: findings always, and as much of the rest as the input allowed."""

    diagnostics: tuple[Diagnostic, ...]
    texts: Mapping[str, str] = field(default_factory=dict)
    workspace: Workspace | None = None
    table: Roster | None = None
    grades: Mapping[str, Mapping[int, str]] = field(default_factory=dict)
    appraisal: TableAppraisal | None = None
    others: tuple[OtherReading, ...] = ()


def assess_file(
    file: Path, policy: Policy, history: Path | None, *, strict: bool = False, take: Taking | None = None
) -> TableResult:
    """Load a table (and the grades of earlier years) and assess it; under `strict` only where nothing is wrong.

    `take` gives the table with what other files say instead of it (`pipeline_records`).
    """
    from xiaxiang.assess.table import assess_table  # noqa: PLC0415 - not wanted by --help
    from xiaxiang.load.grade_history import load_grades  # noqa: PLC0415
    from xiaxiang.load.subject_table import load_subjects  # noqa: PLC0415

    table, found, texts = load_subjects(file, policy)
    grades, more, other_texts = load_grades(history) if history else ({}, (), {})
    findings, texts = (*found, *more), {**texts, **other_texts}
    if table is not None and take is not None:
        table, told, other_texts = take(table_workspace(policy, table), table)
        findings, texts = (*findings, *told), {**texts, **other_texts}
    wrong = any(one.is_error for one in findings)
    if table is None or (strict and wrong):
        return TableResult(in_order(findings), texts)
    left_out = tuple(dict.fromkeys(one.left_out for one in findings if one.left_out))
    workspace = replace(table_workspace(policy, table), left_out=left_out)
    appraisal, told = assess_table(workspace, table, grades)
    return TableResult(in_order((*findings, *told)), texts, workspace, table, grades, appraisal)


def add_other_readings(result: TableResult) -> TableResult:
    """Add the same table under every other reading that its result rests on."""
    from xiaxiang.assess.table_readings import table_under_other_readings  # noqa: PLC0415

    if result.workspace is None or result.table is None:
        return result
    return replace(result, others=table_under_other_readings(result.workspace, result.table, result.grades))


def table_under_two_policies(file: Path, before: Policy, after: Policy) -> tuple[ReadingChange, ...]:
    """Return the rows of a table that come out otherwise under the second policy."""
    from xiaxiang.assess.table_readings import changes  # noqa: PLC0415

    now, then = (assess_file(file, policy, None).appraisal for policy in (before, after))
    return () if now is None or then is None else tuple(changes(now, then))


def table_workspace(policy: Policy, table: Roster) -> Workspace:
    """Return a workspace without people or events: what a table needs is its policy, the calendar and the ranks."""
    from xiaxiang.load import published_calendar  # noqa: PLC0415 - not wanted by --help
    from xiaxiang.load.ranks import load_ranks  # noqa: PLC0415
    from xiaxiang.model.plan import Plan  # noqa: PLC0415
    from xiaxiang.model.workspace import Workspace  # noqa: PLC0415

    first = min((row.starts_on for row in table.rows if row.starts_on), default=date.max)
    plan = Plan.model_validate(
        {
            "title": policy.name,
            "supporting_unit": {"name": policy.document},
            "recipient_units": (),
            "departments": (),
            "dispatch_order": (),
            "starts_on": first,
        }
    )
    return Workspace(plan, policy, published_calendar(), load_ranks())
