"""核定 for machines: that a batch was approved, what would be otherwise now, and what `--approve` has written."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from xiaxiang.model.appraisal import PersonAppraisal
    from xiaxiang.model.approved import Approval, ApprovedBatch
    from xiaxiang.render.json_common import Json


def approval_json(one: Approval | None) -> Json | None:
    """Return when a batch was approved, and the figures that would be others if it were computed now."""
    if one is None:
        return None
    return {
        "approved_on": one.approved_on.isoformat(),
        "file": one.file,
        "differences": [
            {
                "department": each.department,
                "person": each.person or None,
                "figure": each.figure,
                "approved": each.approved,
                "computed": each.computed,
            }
            for each in one.differences
        ],
        "edits": [{"what": each.label, "before": each.before, "after": each.after} for each in one.edits],
    }


def approving_json(
    made: ApprovedBatch | None,
    file: str | None,
    before: Approval | None,
    pending: Iterable[PersonAppraisal],
    *,
    written: bool,
) -> Json:
    """Return what `--approve` came to: the batch, its file, how it differs from before, and who keeps it open."""
    return {
        "batch": str(made.name) if made else None,
        "approved_on": made.approved_on.isoformat() if made else None,
        "file": file,
        "written": written,
        "before": approval_json(before),
        "pending": [
            {
                "name": one.name,
                "department": one.department,
                "missing": [item.name for item in one.items if item.met is None],
            }
            for one in pending
        ],
    }
