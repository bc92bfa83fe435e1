"""Why, for machines: a department's turn in a batch, a department's turns, a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xiaxiang.render.json_common import day, reason, source
from xiaxiang.render.json_schedule import notice_json, posting_json, sanction_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xiaxiang.model.source import Source
    from xiaxiang.model.why import Held, Missed, OtherOutcome, TurnWhy
    from xiaxiang.model.why_person import PersonWhy
    from xiaxiang.render.json_common import Json


def nothing_json() -> Json:
    """Return the shape of every explanation, empty."""
    return {"codes": [], "clauses": [], "turns": [], "departments": [], "people": []}


def turn_json(why: TurnWhy, order: Source) -> Json:
    """Return why a department goes in a batch or does not; `order` is the clause of 派遣顺序."""
    return {
        "batch": str(why.batch.name),
        "handover_on": day(why.batch.handover_on),
        "department": why.department,
        "postings": [posting_json(one) for one in why.held],
        "because": [reason(one) for one in why.because],
        "earlier": [_missed(one, order) for one in why.earlier],
        "missed": _missed(why.missed, order) if why.missed else None,
        "last": _held(why.last),
        "next": _held(why.next),
        "notices": [notice_json(one) for one in why.notices],
        "sanctions": [sanction_json(one) for one in why.sanctions],
        "other_readings": [_other(one) for one in why.others],
    }


def department_json(department: str, turns: Sequence[TurnWhy], order: Source) -> Json:
    """Return every turn of a department: those it went in, and those in which it was passed over."""
    return {"department": department, "turns": [turn_json(one, order) for one in turns]}


def person_json(why: PersonWhy) -> Json:
    """Return a person's postings, and the department's other turns with why somebody else went."""
    person = why.person
    return {
        "name": person.name,
        "id": person.id,
        "department": why.department.name,
        "months": why.months,
        "served_months": person.served_months,
        "postings": [_held(one) for one in why.held],
        "not_sent": [{"held": _held(one.held), "because": reason(one.reason)} for one in why.not_sent],
        "unavailable": [
            {"from_on": day(one.from_on), "until_on": day(one.until_on), "reason": one.reason}
            for one in person.unavailable
        ],
    }


def _held(one: Held | None) -> Json | None:
    if one is None:
        return None
    batch = one.batch
    return {"batch": str(batch.name), "handover_on": day(batch.handover_on), "posting": posting_json(one.posting)}


def _missed(one: Missed, order: Source) -> Json:
    return {
        "batch": str(one.batch.name),
        "handover_on": day(one.batch.handover_on),
        "cycle": one.cycle,
        "ahead": list(one.ahead),
        "because": reason(one.reason(order)),
    }


def _other(one: OtherOutcome) -> Json:
    read = one.reading
    return {
        "setting": read.setting,
        "value": read.value,
        "sentence": read.sentence,
        "source": source(read.source),
        "changes": one.is_other,
        "batch": str(one.batch) if one.batch else None,
        "posting": posting_json(one.posting) if one.posting else None,
        "moves": [
            {
                "department": move.department,
                "before": [str(name) for name in move.before],
                "after": [str(name) for name in move.after],
            }
            for move in read.comparison.moves
        ],
    }
