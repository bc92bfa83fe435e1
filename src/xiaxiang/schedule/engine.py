"""The whole replay, from 起始日期 to the last year asked for; announced batches stand, whatever the rules now say.

An announced batch that the rules would give as well is replayed by the rules. Where they would not, the replay
begins anew with that batch as it was announced, so that nothing of what the rules tried is left behind.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from xiaxiang.model.arrangement import Arrangement
from xiaxiang.schedule.announced import Difference, difference, lost, note_outside, with_announced
from xiaxiang.schedule.calendar import batch_days
from xiaxiang.schedule.deferral import Deferrals
from xiaxiang.schedule.events import EventBook
from xiaxiang.schedule.journal import Journal
from xiaxiang.schedule.propose import ServiceLog
from xiaxiang.schedule.queue import Queue
from xiaxiang.schedule.replay import fill_batch, finish, run_batch
from xiaxiang.schedule.rules import Rules
from xiaxiang.schedule.standing import stand
from xiaxiang.schedule.state import Lane, Replay
from xiaxiang.schedule.unused import note_before_first

if TYPE_CHECKING:
    from xiaxiang.model.batch import BatchName
    from xiaxiang.model.published import PublishedBatch
    from xiaxiang.model.schedule import Batch
    from xiaxiang.model.workspace import Workspace
    from xiaxiang.schedule.calendar import BatchDays
    from xiaxiang.schedule.replay import Filled


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a replay has come to: its state at the end, every batch, and where announced batches differ."""

    replay: Replay
    batches: tuple[Batch, ...]
    differences: dict[BatchName, Difference]


def run(workspace: Workspace, last_year: int) -> Outcome:
    """Replay a workspace from 起始日期 through `last_year`."""
    if not workspace.published:
        replay, timeline = prepare(workspace, last_year)
        return Outcome(replay, tuple(run_batch(replay, days) for days in timeline), {})
    facts = {one.name: one for one in workspace.published}
    differences: dict[BatchName, Difference] = {}
    while True:
        replay, timeline = prepare(workspace, last_year)
        batches: list[Batch] = []
        for days in timeline:
            batch = _with_fact(replay, days, facts.get(days.name), differences)
            if batch is None:
                break
            batches.append(batch)
        else:
            return Outcome(replay, tuple(batches), differences)


def _with_fact(
    replay: Replay, days: BatchDays, fact: PublishedBatch | None, differences: dict[BatchName, Difference]
) -> Batch | None:
    """Return one batch; None where it was announced and the rules give another, which is noted in `differences`."""
    if fact is None:
        return run_batch(replay, days)
    if days.is_gone:
        differences[days.name] = Difference(("按现在的交接月份没有这一批",))
    if days.name in differences:
        return finish(replay, stand(replay, days, fact, differences[days.name]), announced=fact.postings)
    was_open = {id(event) for event in replay.workspace.plan.events if replay.book.is_open(event)}
    filled = fill_batch(replay, days)
    says = difference(replay, fact, filled)
    if not says:
        return finish(replay, filled)
    now = replay.workspace.plan.events
    used = tuple(one for one in now if id(one) in was_open and not replay.book.is_open(one))
    differences[days.name] = Difference(says, used)
    return None


def until(workspace: Workspace, name: BatchName) -> tuple[Replay, Filled]:
    """Replay up to one batch and fill that by the rules. Raises ValueError where the plan has no such batch."""
    facts = {one.name: one for one in workspace.published}
    differences: dict[BatchName, Difference] = run(workspace, name.year).differences if facts else {}
    replay, timeline = prepare(workspace, name.year)
    for days in timeline:
        if days.name == name:
            return replay, fill_batch(replay, days)
        _with_fact(replay, days, facts.get(days.name), differences)
    raise ValueError(str(name))


def prepare(workspace: Workspace, last_year: int) -> tuple[Replay, tuple[BatchDays, ...]]:
    """Return a replay that has not begun, and the days of every batch through `last_year`."""
    rules, plan = Rules(workspace), workspace.plan
    timeline = tuple(batch_days(rules, workspace.calendar, plan.starts_on, last_year))
    facts = workspace.published
    if facts:
        timeline = with_announced(timeline, lost(facts, timeline, plan.starts_on, last_year))
    departments = {name: one for one in reversed(plan.departments) for name in (*one.former_names, one.name)}
    book = EventBook(plan, departments, timeline, rules.handover_months)
    lanes = _lanes(rules, book, timeline, workspace)
    log = ServiceLog(workspace.ranks)
    replay = Replay(workspace, rules, book, Deferrals(book), lanes[0].queue, Journal(), log, departments, lanes=lanes)
    if timeline:
        note_before_first(replay, timeline[0])
        note_outside(replay, facts, timeline)
    return replay, timeline


def _lanes(rules: Rules, book: EventBook, timeline: tuple[BatchDays, ...], workspace: Workspace) -> tuple[Lane, ...]:
    """Return one queue of all departments; under 专业组合 one per specialty, of the departments that have it."""
    plan, rotation = workspace.plan, rules.rotation
    order = tuple(book.department(name) for name in plan.dispatch_order)
    served = tuple(book.department(name) for name in plan.already_served)
    first = timeline[0].handover_on if timeline else plan.starts_on
    if rotation.arrangement.on(first) is not Arrangement.SPECIALTIES:
        return (Lane("", Queue(order, served)),)
    has = {name: {person.specialty for person in found.people} for name in order if (found := plan.department(name))}
    return tuple(
        Lane(specialty, Queue(tuple(name for name in order if specialty in has.get(name, ())), served))
        for specialty in rotation.composition
    )
