"""轮换表 → iCalendar (RFC 5545): one all-day event for every handover and for every person's posting.

An event keeps its UID when the plan is edited: it is made of the hospital, the policy, the batch and the slot, never
of what happens in them. DTSTAMP and SEQUENCE come from 变动登记, not from a clock: the day of its last entry, and how
many entries there are; so a later edition replaces an earlier one, and the same plan gives the same bytes.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from xiaxiang.model.masking import masked
from xiaxiang.model.schedule import PROVISIONAL, VACANT
from xiaxiang.render.schedule_sheet import title_of
from xiaxiang.render.schedule_words import part_of, told, who_goes
from xiaxiang.render.text_layout import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from xiaxiang.model.schedule import Batch, Posting, Schedule
    from xiaxiang.model.workspace import Workspace

_FOLD: Final = 75
"""Octets of a line, its end not counted (RFC 5545, 3.1)."""
_ESCAPED: Final = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})
_DAY: Final = timedelta(days=1)
_DIGITS: Final = 16

Property = tuple[str, str]


def schedule_ics(workspace: Workspace, shown: Schedule) -> bytes:
    """Return the calendar of the schedule that is shown, UTF-8, lines ended and folded as the standard says."""
    title = title_of(workspace, shown)
    lines: list[Property] = [
        ("BEGIN", "VCALENDAR"),
        ("VERSION", "2.0"),
        ("PRODID", "-//xiaxiang//schedule//ZH"),
        ("CALSCALE", "GREGORIAN"),
        ("X-WR-CALNAME", _text(title)),
    ]
    for batch in shown.batches:
        lines += _event(_edition(workspace), _handover(workspace, batch))
        for part in _parts(workspace, batch):
            lines += _event(_edition(workspace), part)
    lines.append(("END", "VCALENDAR"))
    return "".join(_folded(f"{name}:{value}") for name, value in lines).encode()


def _event(edition: tuple[Property, ...], content: Iterable[Property]) -> Iterator[Property]:
    yield ("BEGIN", "VEVENT")
    yield from content
    yield from edition
    yield ("TRANSP", "TRANSPARENT")
    yield ("END", "VEVENT")


def _edition(workspace: Workspace) -> tuple[Property, ...]:
    """Return which edition of the plan an event belongs to."""
    plan = workspace.plan
    last = max((plan.starts_on, *(event.on for event in plan.events)))
    return (("DTSTAMP", f"{_day(last)}T000000Z"), ("SEQUENCE", str(len(plan.events))))


def _handover(workspace: Workspace, batch: Batch) -> Iterator[Property]:
    mark = f"（{PROVISIONAL}）" if batch.is_provisional else ""
    going = [f"{one.department or VACANT} {who_goes(one)} → {one.recipient_unit}" for one in batch.postings]
    yield ("UID", _uid(workspace, f"{batch.name}-handover"))
    yield from _days(batch.handover_on, batch.handover_on)
    yield ("SUMMARY", _text(f"{_draft(workspace)}{batch.name.label}交接{mark}"))
    yield ("DESCRIPTION", _text("\n".join((*going, *told(batch.handover_because, workspace)))))
    yield ("STATUS", "TENTATIVE" if batch.is_provisional else "CONFIRMED")


def _parts(workspace: Workspace, batch: Batch) -> Iterator[Iterator[Property]]:
    """Give the postings of a batch, each with its own UID: a later part of the same slot is numbered from 2."""
    seen: Counter[int] = Counter()
    for one in batch.postings:
        seen[one.slot] += 1
        if one.department is not None:
            suffix = f"-{seen[one.slot]}" if seen[one.slot] > 1 else ""
            yield _posting(workspace, batch, one, f"{batch.name}-slot-{one.slot}{suffix}")


def _posting(workspace: Workspace, batch: Batch, one: Posting, key: str) -> Iterator[Property]:
    is_settled = one.person is not None and not one.proposed
    summary = f"{_draft(workspace)}下乡 {one.department} {who_goes(one)}"
    about = " ".join((batch.name.label, *part_of(one, batch), one.reason.remark)).strip()
    yield ("UID", _uid(workspace, key))
    yield from _days(one.starts_on, one.ends_on)
    yield ("SUMMARY", _text(summary))
    yield ("LOCATION", _text(one.recipient_unit))
    yield ("DESCRIPTION", _text("\n".join((about, *told(one.because, workspace)))))
    yield ("STATUS", "CONFIRMED" if is_settled else "TENTATIVE")


def _draft(workspace: Workspace) -> str:
    return "草稿 " if workspace.is_draft else ""


def _days(first: date, last: date) -> Iterator[Property]:
    """Give an all-day span; the standard's end is the day after the last."""
    yield ("DTSTART;VALUE=DATE", _day(first))
    yield ("DTEND;VALUE=DATE", _day(last + _DAY))


def _day(day: date) -> str:
    return f"{day.year:04d}{day.month:02d}{day.day:02d}"


def _uid(workspace: Workspace, key: str) -> str:
    whose = f"{workspace.plan.supporting_unit.name}\n{workspace.policy.name}"
    return f"{key}@{hashlib.sha256(whose.encode()).hexdigest()[:_DIGITS]}.xiaxiang"


def _text(text: str) -> str:
    """Return people's text as a value: masked, escaped, and without signs that would end the line."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return "\n".join(visible(line) for line in masked(plain).split("\n")).translate(_ESCAPED)


def _folded(line: str) -> str:
    """Return a line in pieces of at most 75 octets, no character torn, every further piece after a space."""
    pieces, piece, used = [], "", 0
    for char in line:
        size = len(char.encode())
        if used + size > _FOLD:
            pieces.append(piece)
            piece, used = "", 1  # the space in front of a further piece
        piece += char
        used += size
    return "\r\n ".join([*pieces, piece]) + "\r\n"
