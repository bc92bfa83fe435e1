"""The cells of the page's timeline and the articles behind them: who, where, until when, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from xiaxiang.model.schedule import BY_DEPARTMENT, VACANT
from xiaxiang.render.schedule_words import day_in_batch, handover_text, part_of, spoken_title
from xiaxiang.render.text_layout import cited
from xiaxiang.render.timeline import KEEPS_TURN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from xiaxiang.model.decision import Reason
    from xiaxiang.model.position import Position
    from xiaxiang.model.schedule import Batch, Notice, Posting
    from xiaxiang.model.source import Source
    from xiaxiang.render.timeline import Cell, Timeline

Data = dict[str, Any]

_WHOLE: Final = 100
_REFUSED: Final = "拒派"


@dataclass(frozen=True, slots=True)
class Unit:
    """A recipient unit as a cell shows it: its 简称 where it has one, and the class of its ground."""

    name: str
    look: str


def posting_id(batch: Batch, place: int) -> str:
    """Return where the reasons of a batch's posting stand in the page; `place` counts its postings from 1."""
    return f"p-{batch.name}-{place}"


def handover_id(batch: Batch) -> str:
    """Return where the reasons of a batch's handover day stand in the page."""
    return f"h-{batch.name}"


def row_cells(whole: Timeline, row: int, units: Mapping[str, Unit]) -> list[list[Data]]:
    """Return one department's cells, batch by batch: one entry for each posting, or one that says why it stayed."""
    return [
        [_posted(one, place, batch, units) for place, one in _own(cell, batch)] or _stayed(cell, batch, row)
        for cell, batch in zip(whole.rows[row].cells, whole.batches, strict=True)
    ]


def articles(whole: Timeline, batch: Batch, document: str) -> list[Data]:
    """Return the reasons of a batch: those of every posting, then of every department that stayed."""
    column = whole.batches.index(batch)
    cells = {row.department: row.cells[column] for row in whole.rows}
    found = [_article(one, place, batch, cells, document) for place, one in enumerate(batch.postings, 1)]
    for number, (department, cell) in enumerate(cells.items()):
        if cell.stayed:
            title = f"{department} {cell.stayed.removesuffix(KEEPS_TURN)}"
            reasons = [_notice(one, document) for one in cell.notices]
            found.append(_entry(_stayed_id(batch, number), title, [f"{batch.name.label}没有派出"], reasons))
    return found


def handover_article(batch: Batch, document: str) -> Data:
    """Return why the handover of a batch is on its day."""
    about = [f"{batch.name.label}，派驻至 {day_in_batch(batch.ends_on, batch)}"]
    title = f"{handover_text(batch)} 交接"
    return _entry(handover_id(batch), title, about, _reasons(batch.handover_because, document))


def look_of(posting: Posting, units: Mapping[str, Unit]) -> str:
    """Return the classes of a posting's cell: the unit's colour, open where the department has yet to decide."""
    if posting.person is None:
        return "vacant"
    return units[posting.recipient_unit].look + (" open" if posting.proposed else "")


def _own(cell: Cell, batch: Batch) -> Iterator[tuple[int, Posting]]:
    """Give the cell's postings with their place in the batch, from 1."""
    return ((place, one) for place, one in enumerate(batch.postings, 1) if any(one is each for each in cell.postings))


def _posted(posting: Posting, place: int, batch: Batch, units: Mapping[str, Unit]) -> Data:
    name = posting.person.name if posting.person else VACANT
    parts = part_of(posting, batch)
    return {
        "look": look_of(posting, units),
        "why": posting_id(batch, place),
        "name": name,
        "who": BY_DEPARTMENT if posting.proposed and posting.person else name,
        "tags": [tag for tag in (posting.reason.remark,) if tag],
        "more": " · ".join(
            (*((f"建议 {name}",) if posting.proposed else ()), units[posting.recipient_unit].name, *parts)
        ),
        "share": _share(posting, batch) if parts else None,
    }


def _share(posting: Posting, batch: Batch) -> tuple[int, int]:
    """Return where a part of a batch begins and how long it is, in hundredths of the batch."""
    days = (batch.ends_on - batch.handover_on).days + 1
    first = (posting.starts_on - batch.handover_on).days * _WHOLE // days
    until = ((posting.ends_on - batch.handover_on).days + 1) * _WHOLE // days
    return first, until - first


def _stayed(cell: Cell, batch: Batch, row: int) -> list[Data]:
    if not cell.stayed:
        return []
    look = "refused" if cell.stayed == _REFUSED else "stayed"
    why = _stayed_id(batch, row)
    return [{"look": look, "why": why, "name": "", "who": cell.stayed, "tags": [], "more": "", "share": None}]


def _stayed_id(batch: Batch, row: int) -> str:
    return f"s-{batch.name}-{row + 1}"


def _article(one: Posting, place: int, batch: Batch, cells: Mapping[str, Cell], document: str) -> Data:
    who = one.person.name if one.person else VACANT
    who += f"（{spoken_title(one.person)}）" if one.person and one.person.professional_title else ""
    about = (
        f"建议 {who}" if one.proposed else "",
        f"{batch.name.label}，{day_in_batch(one.starts_on, batch)} 至 {day_in_batch(one.ends_on, batch)}",
        one.recipient_unit,
        f"第 {one.cycle} 轮" if one.cycle else "",
        one.reason.remark,
    )
    cell = cells.get(one.department or "")
    notices = cell.notices if cell else ()
    said = {reason.text for each in batch.postings if each.department == one.department for reason in each.because}
    reasons = _reasons(one.because, document)
    reasons += [_notice(each, document) for each in notices if each.message not in said]
    name = BY_DEPARTMENT if one.proposed and one.person else who
    words = [word for word in about if word]
    return _entry(posting_id(batch, place), f"{one.department or '—'} {name}", words, reasons)


def _entry(where: str, title: str, about: list[str], reasons: list[Data]) -> Data:
    return {"id": where, "title": title, "about": about, "reasons": reasons}


def _reasons(reasons: Iterable[Reason], document: str) -> list[Data]:
    return [_reason(one.text, one.source, one.position, document) for one in reasons]


def _notice(one: Notice, document: str) -> Data:
    return _reason(one.message, one.source, one.position, document)


def _reason(text: str, source: Source | None, position: Position | None, document: str) -> Data:
    place = f"{position.file} 第 {position.line} 行" if position else ""
    return {"text": text, "clause": cited(source, document) if source else "", "place": place}
