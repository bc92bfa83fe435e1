"""What stands on top of every screen: whose result, by which document, under which readings, and whether a draft."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xiaxiang.model.position import COMMAND_LINE
from xiaxiang.model.scalar import display_width
from xiaxiang.render.text_layout import cited, listed, paragraph

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xiaxiang.model.decision import Reason
    from xiaxiang.model.reading import ReadingUsed
    from xiaxiang.model.workspace import Workspace


def heading(workspace: Workspace, title: str, readings: Sequence[ReadingUsed], width: int) -> list[str]:
    """Return unit, title and document, then the readings in force (those the plan chose say so), then the draft."""
    left = f"{workspace.plan.supporting_unit.name}  {title}"
    right = f"依据 {workspace.policy.document}"
    space = width - display_width(left) - display_width(right)
    lines = [left + " " * space + right] if space > 1 else [left, right]
    if readings:
        lines += listed("口径: ", [_reading(one) for one in readings], width=width)
    return lines + draft_lines(workspace, width)


def draft_lines(workspace: Workspace, width: int) -> list[str]:
    """Return the mark of a draft with every entry that was left out; nothing for a complete result."""
    if not workspace.is_draft:
        return []
    left_out = "、".join(workspace.left_out)
    return paragraph("草稿  ", f"有 {len(workspace.left_out)} 处写错，没有算进去: {left_out}", width=width)


def reason_lines(reason: Reason, document: str, lead: str, width: int) -> list[str]:
    """Return one reason after `lead`: its fact, the clause, and where the entry behind it stands."""
    clause = f"（{cited(reason.source, document)}）" if reason.source else ""
    place = f"  {reason.position}" if reason.position and reason.position.file != COMMAND_LINE else ""
    return paragraph(lead, f"{reason.text}{clause}{place}", width=width)


def _reading(one: ReadingUsed) -> str:
    return f"{one.setting}={one.value}" + ("（计划所选）" if one.chosen_by_plan else "")
