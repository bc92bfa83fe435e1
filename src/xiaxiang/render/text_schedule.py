"""轮换表 in the terminal: who goes where and until when, what must be known about it, and the year at a glance."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING, Final

from xiaxiang.model.diagnostic import Severity
from xiaxiang.model.scalar import money_text
from xiaxiang.model.schedule import PROVISIONAL, VACANT, PostingReason
from xiaxiang.render.schedule_words import (
    day_in_batch,
    handover_text,
    part_of,
    proposed_name,
    sanctioned,
    with_clause,
)
from xiaxiang.render.text_heading import heading, reason_lines
from xiaxiang.render.text_layout import WIDTH, mark, paragraph, table
from xiaxiang.render.text_timeline import timeline_lines

if TYPE_CHECKING:
    from collections.abc import Iterable

    from xiaxiang.model.schedule import Batch, Notice, Posting, Schedule
    from xiaxiang.model.workspace import Workspace

_COLUMNS: Final = ("批次", "交接日", "派驻至", "科室", "人员", "受援单位")
_MAY_MOVE: Final = "*"
_FLEXIBLE: Final = (4, 5)  # people and units wrap before dates do
_AT_HANDOVER: Final = frozenset({"handover-moved", "calendar-unpublished", "calendar-corrected"})


def schedule_text(workspace: Workspace, schedule: Schedule, year: int, *, width: int = WIDTH) -> str:
    """Return the batches of `year` as a table with footnotes, sanctions and timeline; no next step (the CLI's)."""
    shown = schedule.of_year(year)
    lines = heading(workspace, f"{year}年轮换表", shown.readings, width)
    if shown.batches:
        notes = _numbered(shown)
        lines += [
            "",
            *table(_rows(shown, notes), width=width, flexible=_FLEXIBLE),
            *_legend(shown),
            *_footnotes(workspace, notes, width),
        ]
        lines += _sanctions(workspace, shown, width)
        lines += ["", *timeline_lines(workspace, shown, str(year), width=width)]
    return "\n".join(lines) + "\n"


def schedule_reasons_text(workspace: Workspace, schedule: Schedule, year: int, *, width: int = WIDTH) -> str:
    """Return every posting of `year` with the reasons it carries: fact, clause, place of the entry behind it."""
    shown = schedule.of_year(year)
    document = workspace.policy.document
    lines = heading(workspace, f"{year}年轮换的理由", shown.readings, width)
    for batch in shown.batches:
        lines += ["", f"{batch.name.label}  {handover_text(batch)} 交接，派驻至 {day_in_batch(batch.ends_on, batch)}"]
        for reason in batch.handover_because:
            lines += reason_lines(reason, document, " · ", width)
        for posting in batch.postings:
            lines += paragraph(f" {posting.slot:>2} ", _posting_line(posting, batch), width=width)
            for reason in posting.because:
                lines += reason_lines(reason, document, "     · ", width)
    return "\n".join(lines) + "\n"


def undecided(schedule: Schedule, year: int) -> int:
    """Return how many postings of `year` show a proposal that the department has yet to confirm."""
    return sum(posting.proposed for batch in schedule.of_year(year).batches for posting in batch.postings)


def _rows(schedule: Schedule, notes: dict[int, Notice]) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = [_COLUMNS]
    for batch in schedule.batches:
        marks = _marks(batch, notes)
        first = (
            batch.name.short_label + marks.get("batch", ""),
            handover_text(batch) + _if_provisional(batch.is_provisional) + marks.get("handover", ""),
            day_in_batch(batch.ends_on, batch) + _if_provisional(batch.ends_provisionally),
        )
        for index, posting in enumerate(batch.postings):
            is_first_of_department = posting.department not in {one.department for one in batch.postings[:index]}
            department = (posting.department or "—") + (
                marks.get(f"department {posting.department}", "") if is_first_of_department else ""
            )
            rows.append(
                (
                    *(first if index == 0 else ("", "", "")),
                    department,
                    "\n".join((proposed_name(posting), *_again(posting), *part_of(posting, batch))),
                    posting.recipient_unit,
                )
            )
        if not batch.postings:
            rows.append((*first, "—", VACANT, ""))
    return rows


def _if_provisional(is_provisional: bool) -> str:  # noqa: FBT001 - the one thing asked
    """Return the mark of a day that rests on a year whose days off are not published."""
    return _MAY_MOVE if is_provisional else ""


def _again(posting: Posting) -> tuple[str, ...]:
    return (PostingReason.REDISPATCH.label,) if posting.reason is PostingReason.REDISPATCH else ()


def _posting_line(posting: Posting, batch: Batch) -> str:
    cycle = f"（第 {posting.cycle} 轮）" if posting.cycle else ""
    who = " ".join((posting.department or "—", proposed_name(posting), *_again(posting), *part_of(posting, batch)))
    return f"{who} → {posting.recipient_unit}{cycle}"


def _numbered(schedule: Schedule) -> dict[int, Notice]:
    """Return the notices by number, from 1, in the order in which a reader meets their marks."""
    ordered: list[Notice] = []
    for batch in schedule.batches:
        placed = [(_place(one, batch)[0], one) for one in schedule.notices if one.batch == batch.name]
        ordered += [one for _, one in sorted(placed, key=itemgetter(0))]
    names = {batch.name for batch in schedule.batches}
    ordered += [one for one in schedule.notices if one.batch not in names]
    return dict(enumerate(ordered, 1))


def _place(notice: Notice, batch: Batch) -> tuple[int, str]:
    """Return where in its batch a notice is marked, as an order and a name: batch, handover or a department."""
    for posting in batch.postings:
        if notice.department and notice.department == posting.department:
            return posting.slot + 1, f"department {posting.department}"
    return (1, "handover") if notice.code in _AT_HANDOVER else (0, "batch")


def _marks(batch: Batch, notes: dict[int, Notice]) -> dict[str, str]:
    marks: dict[str, str] = {}
    for number, notice in notes.items():
        if notice.batch == batch.name:
            place = _place(notice, batch)[1]
            marks[place] = marks.get(place, "") + mark(number)
    return marks


def _legend(shown: Schedule) -> list[str]:
    """Return what the mark of a provisional day means, where there is one."""
    marked = any(one.is_provisional or one.ends_provisionally for one in shown.batches)
    return [f"{_MAY_MOVE} {PROVISIONAL}: 放假安排还没有公布，公布后可能移动"] if marked else []


def _footnotes(workspace: Workspace, notes: dict[int, Notice], width: int) -> Iterable[str]:
    for number, notice in notes.items():
        severity = f"{notice.severity.label}: " if notice.severity is not Severity.NOTE else ""
        place = f"  {notice.position}" if notice.position and notice.severity is not Severity.NOTE else ""
        said = with_clause(f"{severity}{notice.message}", notice.source, workspace)
        yield from paragraph(f"{mark(number)} ", f"{said}{place}", width=width)


def _sanctions(workspace: Workspace, schedule: Schedule, width: int) -> Iterable[str]:
    for one in schedule.sanctions:
        said = with_clause(f"{sanctioned(one)} {money_text(one.amount)} 元: {one.reason}", one.source, workspace)
        yield from paragraph("处罚 ", said, width=width)
