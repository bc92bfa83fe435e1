"""制度的差别 in the terminal: number by number, and who is touched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xiaxiang.render.text_layout import WIDTH, paragraph, table
from xiaxiang.render.text_readings import change_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xiaxiang.model.appraisal import ReadingChange
    from xiaxiang.model.policy import Policy
    from xiaxiang.model.policy_difference import Difference

_NOTHING = "—"


def differences_text(before: Policy, after: Policy, found: Sequence[Difference], *, width: int = WIDTH) -> str:
    """Return a table of what differs, each side with its clause."""
    lines = [f"{before.name} → {after.name}"]
    if not found:
        return "\n".join([*lines, "没有差别"]) + "\n"
    rows: list[tuple[str, ...]] = [("规定", before.name, after.name)]
    rows += [
        (f"{one.section} {one.name}", _side(one.before, one.clauses[0]), _side(one.after, one.clauses[1]))
        for one in found
    ]
    return "\n".join([*lines, "", *table(rows, width=width, flexible=(0, 1, 2))]) + "\n"


def changes_text(changes: Sequence[ReadingChange], *, width: int = WIDTH) -> str:
    """Return one line per person, unit or department whose result is another."""
    if not changes:
        return "同一份名册按两个制度算，结果都一样\n"
    lines = [f"同一份名册按两个制度算，{len(changes)} 处不同"]
    for change in changes:
        lines += paragraph(" · ", change_text(change), width=width)
    return "\n".join(lines) + "\n"


def _side(text: str, clause: str) -> str:
    return f"{text}（{clause}）" if text and clause else text or _NOTHING
