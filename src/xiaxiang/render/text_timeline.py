"""时间轴 in the terminal: a bar for every posting, a word for every turn that waits, within the width there is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from xiaxiang.model.scalar import display_width
from xiaxiang.model.schedule import VACANT, PostingReason
from xiaxiang.render.schedule_words import period_text
from xiaxiang.render.text_layout import WIDTH, cut, listed, table
from xiaxiang.render.timeline import KEEPS_TURN, timeline

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from xiaxiang.model.schedule import Batch, Posting, Schedule
    from xiaxiang.model.workspace import Workspace
    from xiaxiang.render.timeline import Cell, Row

_THERE, _PROPOSED, _NOT_THERE = "█", "□", "─"
_MARKS: Final = {PostingReason.PROMOTION: "▲", PostingReason.REDISPATCH: "◆", PostingReason.INCIDENT: "△"}
_LEGEND: Final = {
    _THERE: f"{_THERE * 2} 派驻",
    _PROPOSED: f"{_PROPOSED * 2} 建议，由科室确定",
    **{mark: f"{mark} {reason.label}" for reason, mark in _MARKS.items()},
    KEEPS_TURN: f"{KEEPS_TURN} 轮次留到后面",
}
_DEPARTMENT: Final = 16
"""Cells of a department's name, at most."""
_UNBOUNDED: Final = 10_000
"""Cells. Nothing wraps here: what is too wide is told in a narrower form instead."""


@dataclass(frozen=True, slots=True)
class _Form:
    """How much a cell shows: segments of its bar, and cells of the names beside it."""

    bar: int
    names: int


_FORMS: Final = (_Form(4, 12), _Form(2, 12), _Form(2, 7), _Form(2, 0))
"""From the most telling to the narrowest; the first that fits is taken."""


def timeline_lines(workspace: Workspace, shown: Schedule, title: str, *, width: int = WIDTH) -> list[str]:
    """Return departments × batches, what the signs mean, and who is not in it; several blocks where it is wide."""
    whole = timeline(workspace, shown)
    rows = [row for row in whole.rows if not row.is_idle]
    places = list(range(len(whole.batches)))
    lines = [line for block in _blocks(whole.batches, rows, places, title, width) for line in block]
    text = "".join(lines)
    legend = [meaning for sign, meaning in _LEGEND.items() if sign in text]
    if len(legend) > 1:
        lines += listed(" ", legend, width=width)
    idle = [row.department for row in whole.rows if row.is_idle]
    if idle:
        lines += listed(" 没有轮到: ", idle, width=width, separator="、")
    return lines


def _blocks(
    batches: Sequence[Batch], rows: Sequence[Row], places: list[int], title: str, width: int
) -> Iterator[list[str]]:
    """Give the widest form that fits; where none does, the two halves one under the other."""
    for form in _FORMS:
        written = _table(batches, rows, places, title, form)
        if max(map(display_width, written)) <= width:
            yield written
            return
    half = len(places) // 2
    if not half:
        yield table([_labels(batches, places, title)[1]], width=width)
        return
    yield from _blocks(batches, rows, places[:half], title, width)
    yield [""]
    yield from _blocks(batches, rows, places[half:], title, width)


def _table(batches: Sequence[Batch], rows: Sequence[Row], places: list[int], title: str, form: _Form) -> list[str]:
    cells = [
        (cut(row.department, _DEPARTMENT), *(_text(row.cells[one], batches[one], form) for one in places))
        for row in rows
    ]
    return table([*_labels(batches, places, title), *cells], width=_UNBOUNDED)


def _labels(batches: Sequence[Batch], places: list[int], title: str) -> list[tuple[str, ...]]:
    """Return the two lines on top: the part of the year, and the batch."""
    years = {batches[one].name.year for one in places}
    names = [batches[one].name for one in places]
    return [
        (title, *(period_text(batches[one]) for one in places)),
        ("", *(one.short_label if len(years) == 1 else str(one) for one in names)),
    ]


def _text(cell: Cell, batch: Batch, form: _Form) -> str:
    if not cell.postings:
        return cell.stayed
    marks = "".join(dict.fromkeys(_MARKS.get(one.reason, "") for one in cell.postings))
    names = "、".join(dict.fromkeys(one.person.name if one.person else VACANT for one in cell.postings))
    beside = f" {cut(names, form.names)}" if form.names else ""
    return _bar(cell.postings, batch, form.bar) + beside + marks


def _bar(postings: Sequence[Posting], batch: Batch, segments: int) -> str:
    """Return the batch as so many segments, each filled where somebody serves in the middle of it."""
    return "".join(_segment(postings, batch, number, segments) for number in range(segments))


def _segment(postings: Sequence[Posting], batch: Batch, number: int, segments: int) -> str:
    days = (batch.ends_on - batch.handover_on).days + 1
    middle = days * (2 * number + 1) // (2 * segments)
    for one in postings:
        first, last = ((day - batch.handover_on).days for day in (one.starts_on, one.ends_on))
        if one.person is not None and first <= middle <= last:
            return _PROPOSED if one.proposed else _THERE
    return _NOT_THERE
