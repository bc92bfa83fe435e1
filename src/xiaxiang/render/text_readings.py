"""换一种口径: who changes under the other readings, and by how much; the readings that change nobody in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from xiaxiang.model.appraisal import PENDING
from xiaxiang.model.scalar import money_text
from xiaxiang.render.text_layout import WIDTH, cited, listed, paragraph

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xiaxiang.model.appraisal import OtherReading, ReadingChange
    from xiaxiang.model.workspace import Workspace

_MARKS: Final = {True: "√", False: "×", None: "未评定"}


def other_readings_text(workspace: Workspace, others: Sequence[OtherReading], *, width: int = WIDTH) -> str:
    """Return, for every other reading, its sentence and clause, then one line per person or department changed."""
    lines = ["换一种口径，结果会怎样"]
    if not others:
        lines += [" 这次的结果没有用到可以换读法的条文"]
    for one in others:
        if one.changes:
            clause = f"（{cited(one.source, workspace.policy.document)}）" if one.source.clause else ""
            lines += paragraph(" ", f"{one.setting}={one.value}: {one.sentence}{clause}", width=width)
            for change in one.changes:
                lines += paragraph("   · ", change_text(change), width=width)
    same = [f"{one.setting}={one.value}" for one in others if not one.changes]
    if same:
        lines += listed(" 结果不变: ", same, width=width)
    return "\n".join(lines) + "\n"


def change_text(one: ReadingChange) -> str:
    """Return whose result is another, with verdicts, items and money before and after."""
    parts = [f"{one.department} {one.person}".strip() if one.person else f"{one.department}（科室）"]
    parts += [f"{name} {_MARKS[before]} → {_MARKS[after]}" for name, before, after in one.items]
    if one.unmet[0] != one.unmet[1]:
        parts.append(f"未完成 {_count(one.unmet[0])} → {_count(one.unmet[1])}")
    if one.net[0] != one.net[1]:
        sign = "+" if one.difference is not None and one.difference > 0 else ""
        difference = f"（{sign}{money_text(one.difference)}）" if one.difference is not None else ""
        parts.append(f"金额 {_money(one.net[0])} → {_money(one.net[1])}{difference}")
    return "  ".join(parts)


def _count(number: int | None) -> str:
    return PENDING if number is None else f"{number} 项"


def _money(fen: int | None) -> str:
    return PENDING if fen is None else money_text(fen)
