"""表格考核 as machines read it: the keys of `assess`, with `subjects` in place of people and departments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xiaxiang.model.scalar import money_json
from xiaxiang.render.json_assess import item_json
from xiaxiang.render.json_common import Json, number, reading, reason
from xiaxiang.render.json_settlement import balance_json

if TYPE_CHECKING:
    from xiaxiang.model.appraisal_table import MoneyLine, SubjectAppraisal, TableAppraisal


def subjects_json(result: TableAppraisal | None) -> Json:
    """Return the subjects in the table's order, sums by name, and the readings; empty where nothing was computed."""
    empty: Json = {"people": [], "departments": [], "batches": [], "department_years": [], "totals": {}}
    if result is None:
        nothing: Json = {"subjects": [], "sums": [], "balance": None, "readings": []}
        return {**empty, "policy": None, "subject": None, **nothing}
    return {
        **empty,
        "policy": result.policy,
        "subject": result.kind,
        "subjects": [_subject(one) for one in result.subjects],
        "sums": [
            {"name": name, "amount": money_json(amount), "withheld": money_json(withheld), "paid": money_json(paid)}
            for name, (amount, withheld, paid) in result.sums
        ],
        "balance": balance_json(result.balance),
        "readings": [reading(one) for one in result.readings],
    }


def _subject(one: SubjectAppraisal) -> Json:
    return {
        "name": one.name,
        "from_on": one.starts_on.isoformat(),
        "until_on": one.ends_on.isoformat(),
        "items": [item_json(item) for item in one.items],
        "unmet": one.unmet,
        "complete": one.complete,
        "score": number(one.score),
        "grade": one.grade,
        "grade_because": [reason(why) for why in one.grade_reasons],
        "follows": [reason(why) for why in one.follows],
        "money": [_line(line) for line in one.money],
        "paid": money_json(one.paid) if one.complete else None,
    }


def _line(one: MoneyLine) -> Json:
    return {
        "name": one.name,
        "amount": money_json(one.amount),
        "withheld": money_json(one.withheld),
        "paid": money_json(one.paid),
        "parts": [money_json(part) for part in one.parts],
        "put_by": one.put_by,
        "because": [reason(why) for why in one.reasons],
    }
