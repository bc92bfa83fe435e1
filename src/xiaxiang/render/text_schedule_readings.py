"""换一种口径 of a schedule in the terminal: who moves, slot by slot; readings that change nothing in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xiaxiang.render.text_comparison import slot_lines
from xiaxiang.render.text_layout import WIDTH, cited, listed, paragraph

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xiaxiang.model.comparison import ReadingComparison
    from xiaxiang.model.workspace import Workspace


def schedule_readings_text(
    workspace: Workspace, others: Sequence[ReadingComparison], year: int, *, width: int = WIDTH
) -> str:
    """Return, for every other reading that changes something in `year`, its sentence and clause and what changes."""
    lines = ["换一种口径，排班会怎样"]
    same: list[str] = []
    for one in others:
        comparison = one.comparison.of_years(frozenset({year}))
        if not (comparison.slots or comparison.new_sanctions or comparison.gone_sanctions):
            same.append(f"{one.setting}={one.value}")
            continue
        clause = f"（{cited(one.source, workspace.policy.document)}）" if one.source.clause else ""
        lines += ["", *paragraph(" ", f"{one.setting}={one.value}: {one.sentence}{clause}", width=width)]
        lines += slot_lines(workspace, comparison, ("现在", one.value), width=width)
    if same:
        lines += ["", *listed(" 这一年不变: ", same, width=width)]
    return "\n".join(lines) + "\n"
