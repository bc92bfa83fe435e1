"""The contract of what `ledger` and `stats` print: service by person and clock, figures by group."""

from __future__ import annotations

from typing import Final

from xiaxiang.model.clock import ClockKind, Counting, Records
from xiaxiang.model.json_schema import Json, ref
from xiaxiang.model.ledger import NoteKind, Origin
from xiaxiang.model.rank import Rank
from xiaxiang.model.statistics import GroupBy
from xiaxiang.render.json_shapes import (
    BATCH,
    COUNT,
    COUNT_OR_NULL,
    DAY,
    DAY_OR_NULL,
    NUMBER,
    TEXT,
    TEXT_OR_NULL,
    YES_NO,
    YES_NO_OR_NULL,
    list_of,
    or_null,
    record,
)

_CLOCK: Final = record(
    "计时",
    name=TEXT,
    kind={"enum": [one.english for one in ClockKind]},
    counting={"enum": [one.name.lower() for one in Counting]},
    records={"enum": [one.name.lower() for one in Records]},
    source=ref("source"),
)
_SERVICE: Final = record(
    "一段服务",
    from_on=DAY,
    until_on=DAY,
    spans=list_of(record("起止", from_on=DAY, until_on=DAY)),
    months=COUNT_OR_NULL,
    batch=or_null(BATCH),
    recipient_unit=TEXT_OR_NULL,
    origin={"enum": [one.value for one in Origin]},
    planned=YES_NO,
    proposed=YES_NO,
)
_RESULT: Final = record(
    "一种计时的结果",
    name=TEXT,
    window=TEXT,
    from_on=DAY_OR_NULL,
    until_on=DAY_OR_NULL,
    value=COUNT,
    odd_days=COUNT,
    required=COUNT_OR_NULL,
    met=YES_NO_OR_NULL,
    met_on=DAY_OR_NULL,
    short=COUNT,
    short_days=COUNT_OR_NULL,
    undated_months=COUNT,
    outlook=or_null(record("什么时候满", met_on=DAY, batch=or_null(BATCH), if_sent=YES_NO)),
    source=ref("source"),
)
_NOTE: Final = record(
    "说明",
    kind={"enum": [one.value for one in NoteKind]},
    text=TEXT,
    source=or_null(ref("source")),
    position={"type": ["object", "null"]},
)
_PERSON: Final = record(
    "一人的台账",
    name=TEXT,
    id=TEXT_OR_NULL,
    department=TEXT,
    professional_title=TEXT_OR_NULL,
    rank={"enum": [*(one.name.lower() for one in Rank), None]},
    served_months=COUNT,
    months=COUNT,
    odd_days=COUNT,
    days=COUNT,
    services=list_of(_SERVICE),
    clocks=list_of(_RESULT),
    notes=list_of(_NOTE),
)
_FIGURES: Final[Json] = {"type": "object", "additionalProperties": {"type": "integer"}}
_GROUP: Final = record(
    "一组",
    key={"type": "object", "additionalProperties": TEXT},
    figures=_FIGURES,
    compared=YES_NO,
    because=list_of(ref("reason")),
)
_SPREAD: Final = record(
    "差距",
    figure=TEXT,
    least={"type": "integer"},
    median=NUMBER,
    most={"type": "integer"},
    least_names=list_of(TEXT),
    most_names=list_of(TEXT),
)

OUTPUTS: Final[dict[str, tuple[str, dict[str, Json]]]] = {
    "ledger": (
        "服务台账",
        {
            "as_of": DAY,
            "next_batch": or_null(BATCH),
            "clocks": list_of(_CLOCK),
            "people": list_of(_PERSON),
            "others": COUNT,
            "unknown_rank": list_of(TEXT),
            "notes": list_of(ref("reason")),
        },
    ),
    "stats": (
        "统计",
        {
            "from_on": DAY_OR_NULL,
            "until_on": DAY_OR_NULL,
            "by": {"enum": [one.english for one in GroupBy]},
            "groups": list_of(_GROUP),
            "totals": _FIGURES,
            "spreads": list_of(_SPREAD),
            "notes": list_of(ref("reason")),
        },
    ),
}
"""Command → title, and the keys that it prints beside the marks of a draft."""
