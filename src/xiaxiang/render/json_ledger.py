"""台账 as machines read it; the shape is a contract: keys may be added, never renamed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xiaxiang.render.json_common import Json, day, reason, source

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from xiaxiang.model.clock import Clock
    from xiaxiang.model.ledger import Account, ClockResult, Ledger, Service
    from xiaxiang.model.workspace import Workspace


def ledger_json(workspace: Workspace, ledger: Ledger, clocks: Sequence[Clock]) -> Json:
    """Return every account with its records and these clocks; days up to and including `as_of`."""
    return {
        "as_of": day(ledger.as_of),
        "next_batch": str(ledger.next_batch) if ledger.next_batch else None,
        "clocks": [
            {
                "name": one.name,
                "kind": one.kind.english,
                "counting": one.counting.name.lower(),
                "records": one.records.name.lower(),
                "source": source(workspace.policy.source(one.clause)),
            }
            for one in clocks
        ],
        "people": [_account(one, ledger.as_of, {clock.name for clock in clocks}) for one in ledger.accounts],
        "others": ledger.others,
        "unknown_rank": list(ledger.unknown_rank),
        "notes": [reason(one) for one in ledger.notes],
    }


def empty_ledger(as_of: date) -> Json:
    """Return the same shape where nothing could be computed."""
    return {
        "as_of": day(as_of),
        "next_batch": None,
        "clocks": [],
        "people": [],
        "others": 0,
        "unknown_rank": [],
        "notes": [],
    }


def _account(one: Account, as_of: date, clocks: set[str]) -> Json:
    return {
        "name": one.name,
        "id": one.id or None,
        "department": one.department,
        "professional_title": one.professional_title or None,
        "rank": one.rank.name.lower() if one.rank else None,
        "served_months": one.served_months,
        "months": one.tally.months,
        "odd_days": one.tally.odd_days,
        "days": one.tally.days,
        "services": [_service(service, as_of) for service in one.services],
        "clocks": [_clock(result) for result in one.clocks if result.clock.name in clocks],
        "notes": [{"kind": note.kind.value, **reason(note.reason)} for note in one.notes],
    }


def _service(one: Service, as_of: date) -> Json:
    return {
        "from_on": day(one.from_on),
        "until_on": day(one.until_on),
        "spans": [{"from_on": day(first), "until_on": day(last)} for first, last in one.spans],
        "months": one.months,
        "batch": str(one.batch) if one.batch else None,
        "recipient_unit": one.recipient_unit or None,
        "origin": one.origin.value,
        "planned": one.from_on > as_of,
        "proposed": one.proposed,
    }


def _clock(one: ClockResult) -> Json:
    outlook = one.outlook
    return {
        "name": one.clock.name,
        "window": one.window,
        "from_on": day(one.span[0]) if one.span else None,
        "until_on": day(one.span[1]) if one.span else None,
        "value": one.value,
        "odd_days": one.odd_days,
        "required": one.required,
        "met": one.met,
        "met_on": day(one.met_on),
        "short": one.short,
        "short_days": one.short_days,
        "undated_months": one.undated_months,
        "outlook": {
            "met_on": day(outlook.met_on),
            "batch": str(outlook.batch) if outlook.batch else None,
            "if_sent": outlook.if_sent,
        }
        if outlook
        else None,
        "source": source(one.source),
    }
