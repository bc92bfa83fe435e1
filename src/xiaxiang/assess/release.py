"""发放前提: which papers are in. The gate holds a payment back; it never changes an amount."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from xiaxiang.assess.columns import paper_column
from xiaxiang.assess.due import parse_deadline
from xiaxiang.assess.run import row_label
from xiaxiang.model.appraisal import Release
from xiaxiang.model.position import Position
from xiaxiang.model.scalar import day_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xiaxiang.assess.due import Deadline
    from xiaxiang.assess.run import Run
    from xiaxiang.assess.stint import Span
    from xiaxiang.model.funding import ReleaseGate
    from xiaxiang.model.roster import CellValue, RosterRow


class Gate:
    """The papers that a policy asks for, with the roster's columns that show them."""

    def __init__(self, run: Run) -> None:
        """Look the papers up once; a roster without any of the columns cannot say, and a note says so."""
        self._run = run
        section = run.policy.funding.release_gate
        clause = (section.clause or run.policy.funding.clause) if section else ""
        self._source = run.policy.source(clause) if section else None
        self._columns = {paper: paper_column(paper) for paper in section.papers} if section else {}
        self._known = any(run.has_column(column) for column in self._columns.values())
        self._not_before = section.not_before if section else None
        self._opens = self._deadlines(section)
        self._shared: dict[tuple[str, ...], Release] = {}
        if self._columns and not self._known and run.roster.rows:
            columns = "、".join(self._columns.values())
            message = f"名册没有 {columns} 任何一栏，不知道补助能不能发放"
            run.note("release-unknown", message, "名册加上这些栏，材料交来时填日期", Position(run.roster.file, 1, 1, 1))

    def release_of(self, row: RosterRow, served: Span | None = None) -> Release:
        """Return whether a person's money may be paid out, and which papers are missing; warn of papers too early."""
        days = {paper: row.values.get(column) for paper, column in self._columns.items()}
        if self._opens and served is not None:
            self._report_early(row, days, served)
        missing = tuple(paper for paper, day in days.items() if not isinstance(day, date))
        release = self._shared.get(missing)
        if release is None:
            state = "ready" if not missing else "held" if self._known else "unknown"
            release = self._shared[missing] = Release(state, missing if self._known else (), self._source)
        return release

    def _deadlines(self, section: ReleaseGate | None) -> dict[str, Deadline]:
        """Return wording → the day that it means (不早于); one that means none is reported."""
        found: dict[str, Deadline] = {}
        for _, wording in section.not_before.values if section and section.not_before else ():
            deadline = parse_deadline(wording)
            if deadline is not None:
                found[wording] = deadline
            elif section:
                message = f"看不懂发放前提的“不早于”：“{wording}”"
                self._run.error("bad-deadline", message, "写成 结束前7天 这样", section.places.of("not_before"), "")
        return found

    def _report_early(self, row: RosterRow, days: Mapping[str, CellValue | None], served: Span) -> None:
        """Warn of papers handed in before the policy takes them: a wrong month, or work that was not done yet."""
        wording = self._not_before.on(served[0]) if self._not_before else None
        opens = self._opens.get(wording or "")
        if opens is None:
            return
        first = opens.due_on(*served)
        for paper, day in days.items():
            if isinstance(day, date) and day < first:
                message = f"{row_label(row)}的{paper} {day_text(day)}就交了，最早 {day_text(first)}（{wording}）"
                where = row.places.of(self._columns[paper])
                self._run.warn("paper-early", message, "核对日期；确是早交的，请补上后来几天的情况", where)
