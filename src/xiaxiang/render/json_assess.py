"""考核结果 as machines read it; the shape is a contract: keys may be added, never renamed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xiaxiang.model.indicator import IndicatorKind
from xiaxiang.model.scalar import money_json
from xiaxiang.model.settlement import years_of
from xiaxiang.render.json_approved import approval_json
from xiaxiang.render.json_common import Json, day, number, rate, reading, reason, source
from xiaxiang.render.json_settlement import year_json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from fractions import Fraction

    from xiaxiang.model.appraisal import (
        Appraisal,
        Charge,
        DepartmentAppraisal,
        Item,
        OtherReading,
        PersonAppraisal,
        ReadingChange,
        Totals,
    )
    from xiaxiang.model.attendance import PostingDays


def assess_json(appraisal: Appraisal) -> Json:
    """Return people in roster order, departments in the plan's order, and the totals, all told and batch by batch.

    `department_years` are the same rewards and sanctions by year, for the year's 绩效.
    """
    return {
        "policy": appraisal.policy,
        "people": [_person(one) for one in appraisal.people],
        "departments": [_department(one) for one in appraisal.departments],
        "totals": _totals(appraisal.totals),
        "batches": [
            {
                "batch": str(part.batch),
                "departments": [_department(one) for one in part.departments],
                "totals": _totals(part.totals),
                "approval": approval_json(part.approval),
            }
            for part in appraisal.parts
            if part.batch is not None
        ],
        "department_years": [year_json(one) for one in years_of(appraisal)],
        "readings": [reading(one) for one in appraisal.readings],
    }


def empty_assessment() -> Json:
    """Return the same shape where nothing could be computed."""
    lists: Json = {name: [] for name in ("people", "departments", "batches", "department_years", "readings")}
    return {"policy": None, "totals": {}, **lists}


def other_readings_json(others: Iterable[OtherReading]) -> list[Json]:
    """Return the same run under other readings: who changes, and by how much."""
    return [
        {
            "setting": one.setting,
            "value": one.value,
            "sentence": one.sentence,
            "source": source(one.source),
            "changes": [change_json(change) for change in one.changes],
        }
        for one in others
    ]


def change_json(one: ReadingChange) -> Json:
    """Return whose result is another, and by how much."""
    before, after = (None if net is None else money_json(net) for net in one.net)
    return {
        "department": one.department,
        "person": one.person or None,
        "unmet": {"before": one.unmet[0], "after": one.unmet[1]},
        "net": {"before": before, "after": after},
        "difference": None if one.difference is None else money_json(one.difference),
    }


def _person(one: PersonAppraisal) -> Json:
    allowance = one.allowance
    return {
        "name": one.name,
        "id": one.id,
        "department": one.department,
        "batch": str(one.batch) if one.batch else None,
        "starts_on": day(one.starts_on),
        "ends_on": day(one.ends_on),
        "items": [item_json(item) for item in one.items],
        "unmet": one.unmet,
        "complete": one.complete,
        "grade": one.grade,
        "grade_because": [reason(why) for why in one.grade_reasons],
        "allowance": {
            "due": money_json(allowance.due),
            "deducted": money_json(allowance.deducted),
            "paid": money_json(allowance.paid),
            "because": [reason(why) for why in allowance.reasons],
            "settings": list(allowance.settings),
        }
        if allowance
        else None,
        "release": {
            "state": one.release.state,
            "missing": list(one.release.missing),
            "source": source(one.release.source),
        },
        "certificate": one.certificate,
        "certificate_because": [reason(why) for why in one.certificate_reasons],
        "redispatch": one.redispatch,
        "redispatch_because": [reason(why) for why in one.redispatch_reasons],
        "sanctions": [_charge(charge) for charge in one.sanctions],
        "reward_share": money_json(one.reward_share),
        "net": money_json(one.net) if one.net is not None else None,
        "notes": list(one.notes),
        "approved_on": day(one.approved_on),
        "attendance": _attendance(one.attendance) if one.attendance else None,
    }


def _attendance(one: PostingDays) -> Json:
    return {
        "file": one.file,
        "days": [
            {
                "date": each.on.isoformat(),
                "parts": [{"kind": kind.english, "part": number(part)} for kind, part in each.parts.items()],
                "attended": number(each.attended),
            }
            for each in one.days
        ],
        "sums": {kind.english: number(days) for kind, days in one.sums().items()},
    }


def item_json(one: Item) -> Json:
    """Return one item with its checks and facts; of a deadline also its last day."""
    shown: Callable[[Fraction | None], object] = rate if one.kind is IndicatorKind.RATE else number
    return {
        "name": one.name,
        "kind": one.kind.english,
        "value": rate(one.value, one.fraction) if one.kind is IndicatorKind.RATE else number(one.value),
        "bound": shown(one.bound),
        "met": one.met,
        "checks": [
            {"name": check.name, "value": shown(check.value), "bound": shown(check.bound), "met": check.met}
            for check in one.checks
        ],
        "source": source(one.source),
        "facts": list(one.facts),
        "warnings": list(one.warnings),
        "due_on": day(one.due_on),
        "settings": list(one.settings),
    }


def _charge(one: Charge) -> Json:
    return {
        "amount": money_json(one.amount),
        "reason": one.reason,
        "source": source(one.source),
        "settings": list(one.settings),
    }


def _department(one: DepartmentAppraisal) -> Json:
    return {
        "name": one.name,
        "people": one.people,
        "reward": money_json(one.reward),
        "reward_because": [reason(why) for why in one.reward_reasons],
        "sanctions": money_json(one.sanction_total),
        "sanction_items": [_charge(charge) for charge in one.sanctions],
        "net": money_json(one.net),
        "pending": list(one.pending),
        "settings": list(one.settings),
    }


def _totals(one: Totals) -> Json:
    return {
        "people": one.people,
        "pending": one.pending,
        "due": money_json(one.due),
        "deducted": money_json(one.deducted),
        "paid": money_json(one.paid),
        "ready": money_json(one.ready),
        "held": money_json(one.held),
        "personal_sanctions": money_json(one.personal_sanctions),
        "reward_shares": money_json(one.reward_shares),
        "personal_net": money_json(one.personal_net),
        "department_rewards": money_json(one.department_rewards),
        "department_sanctions": money_json(one.department_sanctions),
        "department_net": money_json(one.department_net),
    }
