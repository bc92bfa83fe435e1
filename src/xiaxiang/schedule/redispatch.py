"""重新下乡 as an extra slot of the named batch (口径.重新下乡: 额外增加)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xiaxiang.model.decision import Reason
from xiaxiang.model.schedule import PostingReason
from xiaxiang.schedule.people import Choice
from xiaxiang.schedule.seats import sit
from xiaxiang.schedule.state import Seat

if TYPE_CHECKING:
    from xiaxiang.schedule.calendar import BatchDays
    from xiaxiang.schedule.people import Chooser
    from xiaxiang.schedule.state import Replay


def place_extra(replay: Replay, days: BatchDays, chooser: Chooser, slots: int) -> tuple[Seat, ...]:
    """Return one slot beyond the batch's own `slots` per open 重新下乡 that names this batch or an earlier one.

    A person who is not free waits for the next one, and a notice says so.
    """
    waiting = replay.book.redispatches(days.name)
    if not waiting or replay.rules.reading("重新下乡") != "额外增加":
        return ()
    extra: list[Seat] = []
    source = replay.rules.rule("重新下乡")
    for _, event in waiting:
        department = replay.book.department(event.department)
        found = chooser.find(department, event.person)
        if found is None or not chooser.is_free(department, event.person):
            who = replay.name_of(department, event.person)
            text = f"{department} {who} 重新下乡，{days.name.label}不能成行，等下一批"
            replay.journal.warn("event-unused", text, source, event, department=department, person=who)
            continue
        replay.book.answer(event)
        chooser.take(department, found[1])
        position = event.places.of() if event.places.file else None
        text = f"{department} {found[1].name} 重新下乡，在本批名额之外增加"
        choice = Choice(found[1], proposed=False, reason=PostingReason.REDISPATCH, because=())
        extra.append(Seat(slots + len(extra) + 1, replay.workspace.plan.recipient_units[0].name))
        sit(extra[-1], department, None, choice, (Reason(text, source, position),))
    return tuple(extra)
