"""What people did over the years: the ledger of everybody's service, and who carried how much of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from xiaxiang.pipeline import add_schedule_until, with_findings

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from xiaxiang.model.statistics import GroupBy
    from xiaxiang.pipeline import Result


def add_history(result: Result, history: Path | None) -> Result:
    """Add history.csv, where there is one, row by row; broken rows are left out aloud."""
    from xiaxiang.load.history import load_history  # noqa: PLC0415 - not wanted by --help

    if result.workspace is None or history is None:
        return result
    rows, found, texts = load_history(history, result.workspace)
    return replace(with_findings(result, found), texts={**result.texts, **texts}, history=rows)


def add_ledger(result: Result, as_of: date, *, strict: bool = False) -> Result:
    """Add the ledger up to `as_of`, with the schedule to the end of the next year: what is planned."""
    from xiaxiang.assess.ledger import ledger  # noqa: PLC0415 - not wanted by --help

    if result.workspace is None or (strict and result.has_errors):
        return result
    scheduled = add_schedule_until(result, as_of.year + 1)
    if scheduled.workspace is None or (scheduled.schedule is None and scheduled.workspace.policy.rotation):
        return scheduled
    made = ledger(scheduled.workspace, scheduled.schedule, scheduled.roster, scheduled.history, as_of=as_of)
    return replace(with_findings(scheduled, made.findings), ledger=made)


def add_statistics(result: Result, by: GroupBy, from_on: date, until_on: date, *, strict: bool = False) -> Result:
    """Add who carried how much in the batches whose nominal handover lies between two days, both included."""
    from xiaxiang.assess.fairness import fairness  # noqa: PLC0415 - not wanted by --help

    if result.workspace is None or (strict and result.has_errors):
        return result
    scheduled = add_schedule_until(result, until_on.year)
    if scheduled.workspace is None or scheduled.schedule is None:
        return scheduled
    made = fairness(
        scheduled.workspace, scheduled.schedule, scheduled.roster, by=by, from_on=from_on, until_on=until_on
    )
    return replace(scheduled, statistics=made)
