"""公布: what is written down when a batch is announced, so that it stands from then on."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from xiaxiang.model.published import PublishedBatch, PublishedPosting
from xiaxiang.schedule.basis import basis_of
from xiaxiang.schedule.engine import until

if TYPE_CHECKING:
    from datetime import date

    from xiaxiang.model.batch import BatchName
    from xiaxiang.model.schedule import Posting, Schedule
    from xiaxiang.model.workspace import Workspace


def publication(workspace: Workspace, schedule: Schedule, name: BatchName, today: date) -> PublishedBatch:
    """Return what announcing a batch on `today` writes down: as the rules give it now, and what that rests on.

    One that was announced before is taken anew (公布 --force); the other announced batches stand. Changes after
    the handover are no part of it. Raises ValueError where `schedule` has no such batch.
    """
    if schedule.batch(name) is None:
        raise ValueError(str(name))
    others = tuple(one for one in workspace.published if one.name != name)
    replay, filled = until(replace(workspace, published=others), name)
    days = filled.days
    return PublishedBatch(
        name,
        today,
        days.nominal_on,
        days.handover_on,
        days.ends_on,
        tuple(_posting(one) for one in filled.postings),
        tuple(replay.passed),
        basis_of(replay, days),
    )


def _posting(one: Posting) -> PublishedPosting:
    """Return one slot as the notice says it: a proposal is 由科室确定, and nobody's name."""
    person = None if one.proposed else one.person
    return PublishedPosting(
        one.slot,
        one.recipient_unit,
        one.department or "",
        person.name if person else "",
        person.id if person else "",
        one.cycle,
        one.reason,
        is_open=one.proposed,
    )
