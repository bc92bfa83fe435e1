"""Two schedules side by side, for machines: what a comparison says, in the shapes of `schedule`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xiaxiang.render.json_common import Json, reason, source
from xiaxiang.render.json_schedule import notice_json, posting_json, sanction_json

if TYPE_CHECKING:
    from collections.abc import Iterable

    from xiaxiang.model.comparison import Comparison, Move, ReadingComparison, SlotChange


def comparison_json(comparison: Comparison) -> Json:
    """Return everything that differs: slots, departments that moved, notices and sanctions that came or went."""
    return {
        "slots": [_slot(one) for one in comparison.slots],
        "moves": [_move(one) for one in comparison.moves],
        "new_notices": [notice_json(one) for one in comparison.new_notices],
        "gone_notices": [notice_json(one) for one in comparison.gone_notices],
        "new_sanctions": [sanction_json(one) for one in comparison.new_sanctions],
        "gone_sanctions": [sanction_json(one) for one in comparison.gone_sanctions],
    }


def readings_json(others: Iterable[ReadingComparison], year: int | None) -> list[Json]:
    """Return what each other reading changes in the shown year."""
    years = frozenset({year} if year else ())
    return [
        {
            "setting": one.setting,
            "value": one.value,
            "sentence": one.sentence,
            "source": source(one.source),
            "changes": comparison_json(one.comparison.of_years(years)),
        }
        for one in others
    ]


def _slot(one: SlotChange) -> Json:
    return {
        "batch": str(one.batch),
        "slot": one.slot,
        "before": [posting_json(posting) for posting in one.before],
        "after": [posting_json(posting) for posting in one.after],
        "because": [reason(why) for why in one.because],
    }


def _move(one: Move) -> Json:
    return {
        "department": one.department,
        "before": [str(name) for name in one.before],
        "after": [str(name) for name in one.after],
    }
