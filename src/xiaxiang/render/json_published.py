"""公布 for machines: the batch as announced, where it is written, and how it differs from an earlier announcement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xiaxiang.model.event import event_class
from xiaxiang.render.json_common import Json, day
from xiaxiang.render.json_comparison import comparison_json

if TYPE_CHECKING:
    from xiaxiang.model.comparison import Comparison
    from xiaxiang.model.published import PublishedBatch, PublishedPosting


def published_json(
    batch: PublishedBatch | None, file: str | None, comparison: Comparison | None, *, written: bool
) -> Json:
    """Return an announced batch for machines; `differences` are those from what was announced before."""
    return {
        "batch": str(batch.name) if batch else None,
        "published_on": day(batch.published_on) if batch else None,
        "nominal_on": day(batch.nominal_on) if batch else None,
        "handover_on": day(batch.handover_on) if batch else None,
        "ends_on": day(batch.ends_on) if batch else None,
        "postings": [_posting(one) for one in batch.postings] if batch else [],
        "passed_over": [
            {"department": one.department, "cycle": one.cycle, "kind": _kind(one.kind), "date": day(one.on)}
            for one in (batch.passed_over if batch else ())
        ],
        "file": file,
        "written": written,
        "differences": comparison_json(comparison) if comparison else None,
    }


def _posting(one: PublishedPosting) -> Json:
    return {
        "slot": one.slot,
        "recipient_unit": one.recipient_unit,
        "department": one.department or None,
        "person": one.person or None,
        "person_id": one.person_id or None,
        "cycle": one.cycle,
        "reason": one.reason.value,
        "open": one.is_open,
    }


def _kind(chinese: str) -> str:
    """Return the English name of a kind of event."""
    kind = event_class(chinese)
    return kind.__name__.lower() if kind else chinese
