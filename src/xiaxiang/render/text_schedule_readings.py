"""换一种口径 of a schedule in the terminal: who moves, slot by slot; readings that change nothing in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from xiaxiang.model.diagnostic import Severity
from xiaxiang.render.schedule_words import with_clause
from xiaxiang.render.text_comparison import consent_lines, slot_lines
from xiaxiang.render.text_layout import WIDTH, cited, listed, paragraph

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xiaxiang.model.comparison import ReadingComparison
    from xiaxiang.model.schedule import Notice
    from xiaxiang.model.workspace import Workspace

_ALWAYS_TOLD: Final = frozenset({"published-differs", "calendar-unpublished"})
"""Warnings that any other day or person brings with it: they are no doubt about the reading."""


def schedule_readings_text(
    workspace: Workspace, others: Sequence[ReadingComparison], year: int, *, width: int = WIDTH
) -> str:
    """Return, for every other reading that changes something in `year`, its sentence and clause and what changes."""
    lines = ["换一种口径，排班会怎样"]
    same: list[str] = []
    for one in others:
        changes = _change_lines(workspace, one, year, width)
        if not changes:
            same.append(f"{one.setting}={one.value}")
            continue
        clause = f"（{cited(one.source, workspace.policy.document)}）" if one.source.clause else ""
        lines += ["", *paragraph(" ", f"{one.setting}={one.value}: {one.sentence}{clause}", width=width), *changes]
    if same:
        lines += ["", *listed(" 这一年不变: ", same, width=width)]
    return "\n".join(lines) + "\n"


def _change_lines(workspace: Workspace, other: ReadingComparison, year: int, width: int) -> list[str]:
    """Return who moves, what it costs, whose consent is to be asked for, and what is then to be doubted."""
    comparison = other.comparison.of_years(frozenset({year}))
    lines = slot_lines(workspace, comparison, ("现在", other.value), width=width)
    lines += consent_lines(workspace, comparison, width=width)
    for word, notices in (("", _doubts(comparison.new_notices)), ("不再有 ", _doubts(comparison.gone_notices))):
        for notice in notices:
            lines += paragraph(" 提醒  ", word + with_clause(notice.message, notice.source, workspace), width=width)
    gone = [one for one in comparison.gone_notices if one.is_about_consents]
    if gone and not comparison.consents:
        lines += [f" 要沟通  不再有 {len(gone)} 条"]
    return lines


def _doubts(notices: Sequence[Notice]) -> list[Notice]:
    return [one for one in notices if one.severity is not Severity.NOTE and one.code not in _ALWAYS_TOLD]
