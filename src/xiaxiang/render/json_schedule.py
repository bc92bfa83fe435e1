"""轮换表 as machines read it; the shape is a contract: keys may be added, never renamed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xiaxiang.model.scalar import money_json
from xiaxiang.render.json_common import Json, day, reading, reason, source

if TYPE_CHECKING:
    from xiaxiang.model.schedule import Batch, Notice, Posting, Sanction, Schedule


def schedule_json(schedule: Schedule, year: int) -> Json:
    """Return the batches, notices and sanctions of `year`."""
    shown = schedule.of_year(year)
    return {
        "plan": shown.plan,
        "policy": shown.policy,
        "year": year,
        "batches": [_batch(one) for one in shown.batches],
        "notices": [notice_json(one) for one in shown.notices],
        "sanctions": [sanction_json(one) for one in shown.sanctions],
        "readings": [reading(one) for one in shown.readings],
    }


def empty_schedule(year: int | None) -> Json:
    """Return the same shape where nothing could be computed."""
    return {
        "plan": None,
        "policy": None,
        "year": year,
        "batches": [],
        "notices": [],
        "sanctions": [],
        "readings": [],
    }


def _batch(one: Batch) -> Json:
    return {
        "batch": str(one.name),
        "nominal_on": day(one.nominal_on),
        "handover_on": day(one.handover_on),
        "ends_on": day(one.ends_on),
        "is_provisional": one.is_provisional,
        "ends_provisionally": one.ends_provisionally,
        "handover_because": [reason(why) for why in one.handover_because],
        "postings": [posting_json(posting) for posting in one.postings],
        "passed_over": [{"department": name, "because": reason(why)} for name, why in one.passed_over],
        "waiting": [{"cycle": cycle, "department": name} for cycle, name in one.waiting],
    }


def posting_json(one: Posting) -> Json:
    """Return one posting with its reasons."""
    return {
        "slot": one.slot,
        "recipient_unit": one.recipient_unit,
        "department": one.department,
        "person": one.person.name if one.person else None,
        "person_id": (one.person.id or None) if one.person else None,
        "professional_title": (one.person.professional_title or None) if one.person else None,
        "cycle": one.cycle,
        "starts_on": day(one.starts_on),
        "ends_on": day(one.ends_on),
        "proposed": one.proposed,
        "reason": one.reason.value,
        "because": [reason(why) for why in one.because],
    }


def notice_json(one: Notice) -> Json:
    """Return one notice with its clause."""
    return {
        "code": one.code,
        "severity": one.severity.value,
        "batch": str(one.batch) if one.batch else None,
        "department": one.department,
        "person": one.person,
        "date": day(one.on),
        "message": one.message,
        "source": source(one.source),
        "published_on": day(one.published_on),
    }


def sanction_json(one: Sanction) -> Json:
    """Return one sanction; its amount in 元."""
    return {
        "batch": str(one.batch),
        "department": one.department,
        "person": one.person,
        "amount": money_json(one.amount),
        "date": day(one.on),
        "reason": one.reason,
        "source": source(one.source),
    }
