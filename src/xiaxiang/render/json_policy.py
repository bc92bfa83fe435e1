"""制度的差别 as machines read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xiaxiang.render.json_assess import change_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xiaxiang.model.appraisal import ReadingChange
    from xiaxiang.model.policy import Policy
    from xiaxiang.model.policy_difference import Difference
    from xiaxiang.render.json_common import Json


def difference_json(
    before: Policy, after: Policy, found: Sequence[Difference], changes: Sequence[ReadingChange] | None
) -> Json:
    """Return what differs between two policies, and for whom (null where no roster was given)."""
    return {
        "before": before.name,
        "after": after.name,
        "differences": [
            {
                "section": one.section,
                "name": one.name,
                "before": {"text": one.before, "clause": one.clauses[0]} if one.before else None,
                "after": {"text": one.after, "clause": one.clauses[1]} if one.after else None,
            }
            for one in found
        ],
        "changes": None if changes is None else [change_json(one) for one in changes],
        "draft": False,
        "left_out": [],
        "diagnostics": [],
    }
