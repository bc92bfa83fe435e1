"""Rotation: who goes when, where and why. A pure function of plan, policy and calendar, replayed from the start."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xiaxiang.model.diagnostic import Severity
from xiaxiang.model.reading import SETTINGS
from xiaxiang.model.schedule import Schedule
from xiaxiang.schedule.calendar import batch_days
from xiaxiang.schedule.deferral import Deferrals
from xiaxiang.schedule.events import EventBook
from xiaxiang.schedule.journal import Journal
from xiaxiang.schedule.propose import ServiceLog
from xiaxiang.schedule.queue import Queue
from xiaxiang.schedule.replay import note_before_first, note_promotions_waiting, run_batch
from xiaxiang.schedule.rules import NotInForceError, Rules
from xiaxiang.schedule.state import Replay

if TYPE_CHECKING:
    from xiaxiang.model.workspace import Workspace

__all__ = ["NotInForceError", "schedule"]


def schedule(workspace: Workspace, years: tuple[int, ...]) -> Schedule:
    """Return the batches of `years` (numbered by their nominal handover's year), with notices and sanctions.

    The replay always begins at 起始日期; batches of other years are replayed and left out. Raises
    NotInForceError where a number the rotation cannot do without has no value on some handover.
    """
    rules = Rules(workspace)
    plan = workspace.plan
    timeline = tuple(batch_days(rules, workspace.calendar, plan.starts_on, max(years, default=plan.starts_on.year)))
    departments = {name: one for one in reversed(plan.departments) for name in (*one.former_names, one.name)}
    book = EventBook(plan, departments, timeline, rules.handover_months)
    order = tuple(book.department(name) for name in plan.dispatch_order)
    served = tuple(book.department(name) for name in plan.already_served)
    deferrals = Deferrals(book)
    replay = Replay(workspace, rules, book, deferrals, Queue(order, served), Journal(), ServiceLog(), departments)
    if timeline:
        note_before_first(replay, timeline[0])
    batches = tuple(run_batch(replay, days) for days in timeline)
    note_promotions_waiting(replay, timeline)
    whole = Schedule(
        plan.title,
        workspace.policy.name,
        batches,
        tuple(replay.journal.notices),
        tuple(replay.journal.sanctions),
        tuple(rules.used[setting.name] for setting in SETTINGS if setting.name in rules.used),
    )
    return whole.of_years(frozenset(years)) if years else whole


def has_errors(result: Schedule) -> bool:
    """Whether a schedule carries an error-level notice (an empty slot, a department with nobody to send)."""
    return any(notice.severity is Severity.ERROR for notice in result.notices)
