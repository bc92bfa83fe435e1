"""The schedule as it is handed on: the replay's batches of some years, with notices, sanctions and readings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xiaxiang.model.reading import SETTINGS
from xiaxiang.model.schedule import Schedule
from xiaxiang.schedule.causes import explain_differences
from xiaxiang.schedule.engine import run

if TYPE_CHECKING:
    from xiaxiang.model.workspace import Workspace


def schedule(workspace: Workspace, years: tuple[int, ...]) -> Schedule:
    """Return the batches of `years` (numbered by their nominal handover's year), with notices and sanctions.

    The replay always begins at 起始日期; batches of other years are replayed and left out. Batches that were
    announced stand as they were. Raises NotInForceError where a number the rotation cannot do without has no
    value on some handover.
    """
    plan = workspace.plan
    outcome = run(workspace, max(years, default=plan.starts_on.year))
    if outcome.replay.differing:
        explain_differences(workspace, outcome)
    journal, used = outcome.replay.journal, outcome.replay.rules.used
    whole = Schedule(
        plan.title,
        workspace.policy.name,
        outcome.batches,
        tuple(journal.notices),
        tuple(journal.sanctions),
        tuple(used[setting.name] for setting in SETTINGS if setting.name in used),
    )
    return whole.of_years(frozenset(years)) if years else whole
