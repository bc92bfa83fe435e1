"""The contract of what `publish`, `what-if` and `schedule --diff` print: announced batches, and what would change."""

from __future__ import annotations

from typing import Final

from xiaxiang.model.event import EVENT_KINDS
from xiaxiang.model.json_schema import Json, ref
from xiaxiang.model.schedule import PostingReason
from xiaxiang.render.json_shapes import (
    BATCH,
    COUNT,
    COUNT_OR_NULL,
    DAY,
    DAY_OR_NULL,
    TEXT,
    TEXT_OR_NULL,
    YES_NO,
    list_of,
    or_null,
    record,
)

_CHANGES: Final = record(
    "变化",
    slots=list_of(
        record(
            "一个名额",
            batch=BATCH,
            slot=COUNT,
            before=list_of(ref("posting")),
            after=list_of(ref("posting")),
            because=list_of(ref("reason")),
        )
    ),
    moves=list_of(record("一个科室", department=TEXT, before=list_of(BATCH), after=list_of(BATCH))),
    new_notices=list_of(ref("notice")),
    gone_notices=list_of(ref("notice")),
    new_sanctions=list_of(ref("sanction")),
    gone_sanctions=list_of(ref("sanction")),
)
READINGS: Final = list_of(
    record("另一种口径", setting=TEXT, value=TEXT, sentence=TEXT, source=ref("source"), changes=_CHANGES)
)
_SERVED: Final = record("服务", months=COUNT, odd_days=COUNT, days=COUNT)

OUTPUTS: Final[dict[str, tuple[str, dict[str, Json]]]] = {
    "schedule-diff": ("公布的和现在排的", {"published": list_of(BATCH), "changes": _CHANGES}),
    "publish": (
        "公布的一批",
        {
            "batch": or_null(BATCH),
            "published_on": DAY_OR_NULL,
            "nominal_on": DAY_OR_NULL,
            "handover_on": DAY_OR_NULL,
            "ends_on": DAY_OR_NULL,
            "postings": list_of(
                record(
                    "公布的名额",
                    slot=COUNT,
                    recipient_unit=TEXT,
                    department=TEXT_OR_NULL,
                    person=TEXT_OR_NULL,
                    person_id=TEXT_OR_NULL,
                    cycle=COUNT_OR_NULL,
                    reason={"enum": [reason.value for reason in PostingReason]},
                    open=YES_NO,
                )
            ),
            "passed_over": list_of(record("名次保留的", department=TEXT, cycle=COUNT, kind=TEXT, date=DAY)),
            "file": TEXT_OR_NULL,
            "written": YES_NO,
            "differences": or_null(_CHANGES),
        },
    ),
    "what-if": (
        "假如的结果",
        {
            "events": list_of(
                record("事件", type={"enum": [kind.__name__.lower() for kind in EVENT_KINDS]}, line=TEXT, entry=TEXT)
            ),
            "changes": _CHANGES,
            "service": list_of(
                record(
                    "一个人的服务",
                    department=TEXT,
                    person=TEXT,
                    person_id=TEXT_OR_NULL,
                    before=_SERVED,
                    after=_SERVED,
                    newly_met=list_of(TEXT),
                    no_longer_met=list_of(TEXT),
                )
            ),
            "readings": list_of(ref("reading")),
        },
    ),
}
"""Command → title, and the keys that it prints beside the marks of a draft."""
