"""轮换表 in the terminal: who goes where and until when, what must be known about it, and the year at a glance."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING, Final

from xiaxiang.model.diagnostic import Severity
from xiaxiang.model.scalar import money_text, short_day_text, weekday_text
from xiaxiang.model.schedule import PostingReason
from xiaxiang.render.text_heading import heading, reason_lines
from xiaxiang.render.text_layout import WIDTH, cited, mark, paragraph, table

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from xiaxiang.model.hospital import Person
    from xiaxiang.model.schedule import Batch, Notice, Posting, Schedule
    from xiaxiang.model.workspace import Workspace

_COLUMNS: Final = ("批次", "交接日", "派驻至", "科室", "人员", "受援单位")
_FLEXIBLE: Final = (4, 5)  # people and units wrap before dates do
_AT_HANDOVER: Final = frozenset({"handover-moved", "calendar-unpublished"})
_IN_TIMELINE: Final = {"deferral-used": "后延→", "refusal": "拒派"}
_SPOKEN_TITLES: Final = {f"{word}医师": word for word in ("住院", "主治", "副主任", "主任")}
_VACANT: Final = "空缺"
_POSTED: Final = "██"


def schedule_text(workspace: Workspace, schedule: Schedule, year: int, *, width: int = WIDTH) -> str:
    """Return the batches of `year` as a table with footnotes, sanctions and timeline; no next step (the CLI's)."""
    shown = schedule.of_year(year)
    lines = heading(workspace, f"{year}年轮换表", shown.readings, width)
    if shown.batches:
        notes = _numbered(shown)
        lines += [
            "",
            *table(_rows(shown, notes), width=width, flexible=_FLEXIBLE),
            *_footnotes(workspace, notes, width),
        ]
        lines += _sanctions(workspace, shown, width)
        lines += ["", *table(_timeline(workspace, shown, year), width=width)]
    return "\n".join(lines) + "\n"


def schedule_reasons_text(workspace: Workspace, schedule: Schedule, year: int, *, width: int = WIDTH) -> str:
    """Return every posting of `year` with the reasons it carries: fact, clause, place of the entry behind it."""
    shown = schedule.of_year(year)
    document = workspace.policy.document
    lines = heading(workspace, f"{year}年轮换的理由", shown.readings, width)
    for batch in shown.batches:
        lines += ["", f"{batch.name.label}  {_handover(batch)} 交接，派驻至 {_day(batch.ends_on, batch)}"]
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
            _handover(batch) + marks.get("handover", ""),
            _day(batch.ends_on, batch),
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
                    "\n".join((_who(posting), *_part_of(posting, batch))),
                    posting.recipient_unit,
                )
            )
        if not batch.postings:
            rows.append((*first, "—", _VACANT, ""))
    return rows


def _handover(batch: Batch) -> str:
    return f"{short_day_text(batch.handover_on)} {weekday_text(batch.handover_on)}"


def _day(day: date, batch: Batch) -> str:
    """Return a day of the batch's year in short; 次年 where it falls into the next."""
    return ("次年" if day.year > batch.name.year else "") + short_day_text(day)


def _who(posting: Posting) -> str:
    """Return the person with a short title, 建议 in front where the department has yet to decide."""
    if posting.person is None:
        return _VACANT
    name = ("建议 " if posting.proposed else "") + posting.person.name + _title(posting.person)
    return name + (" 重新下乡" if posting.reason is PostingReason.REDISPATCH else "")


def _title(person: Person) -> str:
    """Return a title as people say it: 主治医师 is 主治, 副主任医师 is 副主任; 主治中医师 stays."""
    title = person.professional_title
    return f"（{_SPOKEN_TITLES.get(title, title)}）" if title else ""


def _part_of(posting: Posting, batch: Batch) -> tuple[str, ...]:
    """Return from or until when, for a posting that is only a part of its batch."""
    start = (f"{_day(posting.starts_on, batch)}起",) if posting.starts_on > batch.handover_on else ()
    end = (f"至{_day(posting.ends_on, batch)}",) if posting.ends_on < batch.ends_on else ()
    return start + end


def _posting_line(posting: Posting, batch: Batch) -> str:
    cycle = f"（第 {posting.cycle} 轮）" if posting.cycle else ""
    who = " ".join((posting.department or "—", _who(posting), *_part_of(posting, batch)))
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


def _footnotes(workspace: Workspace, notes: dict[int, Notice], width: int) -> Iterable[str]:
    for number, notice in notes.items():
        severity = f"{notice.severity.label}: " if notice.severity is not Severity.NOTE else ""
        place = f"  {notice.position}" if notice.position and notice.severity is not Severity.NOTE else ""
        clause = f"（{cited(notice.source, workspace.policy.document)}）"
        yield from paragraph(f"{mark(number)} ", f"{severity}{notice.message}{clause}{place}", width=width)


def _sanctions(workspace: Workspace, schedule: Schedule, width: int) -> Iterable[str]:
    for one in schedule.sanctions:
        who = " ".join(name for name in (one.department, one.person) if name)
        clause = cited(one.source, workspace.policy.document)
        yield from paragraph("处罚 ", f"{who} {money_text(one.amount)} 元: {one.reason}（{clause}）", width=width)


def _timeline(workspace: Workspace, schedule: Schedule, year: int) -> list[tuple[str, ...]]:
    """Return departments × batches: a block with the person, or why the department is not there."""
    posted = [posting.department for batch in schedule.batches for posting in batch.postings if posting.department]
    departments = dict.fromkeys((*workspace.plan.dispatch_order, *posted))
    rows: list[tuple[str, ...]] = [(str(year), *(batch.name.short_label for batch in schedule.batches))]
    rows += [(name, *(_cell(schedule, batch, name) for batch in schedule.batches)) for name in departments]
    return rows


def _cell(schedule: Schedule, batch: Batch, department: str) -> str:
    names = [
        posting.person.name if posting.person else _VACANT
        for posting in batch.postings
        if posting.department == department
    ]
    if names:
        return f"{_POSTED} {'、'.join(dict.fromkeys(names))}"
    codes = [one.code for one in schedule.notices if one.batch == batch.name and one.department == department]
    return next((_IN_TIMELINE[code] for code in codes if code in _IN_TIMELINE), "")
