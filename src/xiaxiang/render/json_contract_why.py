"""The contract of what `explain` prints: codes, clauses, a department's turns, people."""

from __future__ import annotations

from typing import Final

from xiaxiang.model.json_schema import Json, ref
from xiaxiang.render.json_shapes import (
    BATCH,
    COUNT,
    COUNT_OR_NULL,
    DAY,
    DAY_OR_NULL,
    TEXT,
    YES_NO,
    list_of,
    or_null,
    record,
)

_CODE: Final = record("代码", code=TEXT, group=TEXT, meaning=TEXT, wrong=TEXT, right=TEXT)
_CLAUSE: Final = record(
    "条款",
    source=ref("source"),
    rules=list_of(TEXT),
    numbers=list_of(record("数值", section=TEXT, name=TEXT, values=list_of(TEXT))),
    readings=list_of(
        record(
            "口径",
            setting=TEXT,
            value=TEXT,
            sentence=TEXT,
            others={"type": "object", "additionalProperties": TEXT},
        )
    ),
)
_HELD: Final = record("派出", batch=BATCH, handover_on=DAY, posting=ref("posting"))
_MISSED: Final = record(
    "没有轮到", batch=BATCH, handover_on=DAY, cycle=COUNT_OR_NULL, ahead=list_of(TEXT), because=ref("reason")
)
_OTHER: Final = record(
    "另一种口径",
    setting=TEXT,
    value=TEXT,
    sentence=TEXT,
    source=ref("source"),
    changes=YES_NO,
    batch=or_null(BATCH),
    posting=or_null(ref("posting")),
    moves=list_of(record("一个科室", department=TEXT, before=list_of(BATCH), after=list_of(BATCH))),
)
_TURN: Final = record(
    "一个科室在一批",
    batch=BATCH,
    handover_on=DAY,
    department=TEXT,
    postings=list_of(ref("posting")),
    because=list_of(ref("reason")),
    earlier=list_of(_MISSED),
    missed=or_null(_MISSED),
    last=or_null(_HELD),
    next=or_null(_HELD),
    notices=list_of(ref("notice")),
    sanctions=list_of(ref("sanction")),
    other_readings=list_of(_OTHER),
)
_PERSON: Final = record(
    "一个人",
    name=TEXT,
    id=TEXT,
    department=TEXT,
    months=COUNT,
    served_months=COUNT,
    postings=list_of(_HELD),
    not_sent=list_of(record("科室派了别人", held=_HELD, because=ref("reason"))),
    unavailable=list_of(record("不可派", from_on=DAY, until_on=DAY_OR_NULL, reason=TEXT)),
)

OUTPUTS: Final[dict[str, tuple[str, dict[str, Json]]]] = {
    "explain": (
        "解释",
        {
            "codes": list_of(_CODE),
            "clauses": list_of(_CLAUSE),
            "turns": list_of(_TURN),
            "departments": list_of(record("一个科室的轮次", department=TEXT, turns=list_of(_TURN))),
            "people": list_of(_PERSON),
        },
    ),
}
