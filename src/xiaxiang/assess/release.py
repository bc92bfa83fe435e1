"""发放前提: which papers are in. The gate holds a payment back; it never changes an amount."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from xiaxiang.assess.columns import paper_column
from xiaxiang.model.appraisal import Release
from xiaxiang.model.position import Position

if TYPE_CHECKING:
    from xiaxiang.assess.run import Run
    from xiaxiang.model.roster import RosterRow


class Gate:
    """The papers that a policy asks for, with the roster's columns that show them."""

    def __init__(self, run: Run) -> None:
        """Look the papers up once; a roster without any of the columns cannot say, and a note says so."""
        section = run.policy.funding.release_gate
        clause = (section.clause or run.policy.funding.clause) if section else ""
        self._source = run.policy.source(clause) if section else None
        self._columns = {paper: paper_column(paper) for paper in section.papers} if section else {}
        self._known = any(run.has_column(column) for column in self._columns.values())
        self._shared: dict[tuple[str, ...], Release] = {}
        if self._columns and not self._known and run.roster.rows:
            columns = "、".join(self._columns.values())
            message = f"名册没有 {columns} 任何一栏，不知道补助能不能发放"
            run.note("release-unknown", message, "名册加上这些栏，材料交来时填日期", Position(run.roster.file, 1, 1, 1))

    def release_of(self, row: RosterRow) -> Release:
        """Return whether a person's money may be paid out, and which papers are missing."""
        days = {paper: row.values.get(column) for paper, column in self._columns.items()}
        missing = tuple(paper for paper, day in days.items() if not isinstance(day, date))
        release = self._shared.get(missing)
        if release is None:
            state = "ready" if not missing else "held" if self._known else "unknown"
            release = self._shared[missing] = Release(state, missing if self._known else (), self._source)
        return release
