"""假如 and 排班 --diff for machines: a comparison with what it compares."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xiaxiang.model.comparison import Comparison
from xiaxiang.render.json_common import Json, reading
from xiaxiang.render.json_comparison import comparison_json
from xiaxiang.render.yaml_text import yaml_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xiaxiang.model.batch import BatchName
    from xiaxiang.model.event import Event
    from xiaxiang.model.ledger import ServiceChange, Tally
    from xiaxiang.model.schedule import Schedule


def what_if_json(
    supposed: Sequence[tuple[str, Event]],
    schedule: Schedule | None,
    comparison: Comparison,
    served: Sequence[ServiceChange],
) -> Json:
    """Return the suppositions with the entries to add, what changes, and whose service comes to something else."""
    return {
        "events": [_event(line, event) for line, event in supposed],
        "changes": comparison_json(comparison),
        "service": [_served(one) for one in served],
        "readings": [reading(one) for one in schedule.readings] if schedule else [],
    }


def diff_json(published: Sequence[BatchName], comparison: Comparison | None) -> Json:
    """Return which batches were announced, and how what the rules now give differs from them."""
    return {"published": [str(name) for name in published], "changes": comparison_json(comparison or Comparison())}


def _event(line: str, event: Event) -> Json:
    return {"type": type(event).__name__.lower(), "line": line, "entry": yaml_text([event.written()]).rstrip("\n")}


def _served(one: ServiceChange) -> Json:
    return {
        "department": one.department,
        "person": one.name,
        "person_id": one.id or None,
        "before": _tally(one.before),
        "after": _tally(one.after),
        "newly_met": list(one.met),
        "no_longer_met": list(one.unmet),
    }


def _tally(one: Tally) -> Json:
    return {"months": one.months, "odd_days": one.odd_days, "days": one.days}
