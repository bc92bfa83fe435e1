"""重新下乡 as an extra slot of the named batch (口径.重新下乡: 额外增加)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xiaxiang.model.decision import Reason
from xiaxiang.model.schedule import PostingReason
from xiaxiang.schedule.people import Choice
from xiaxiang.schedule.seats import sit

if TYPE_CHECKING:
    from xiaxiang.schedule.calendar import BatchDays
    from xiaxiang.schedule.people import Chooser
    from xiaxiang.schedule.seats import Seats
    from xiaxiang.schedule.state import Replay


def place_extra(replay: Replay, days: BatchDays, chooser: Chooser, seats: Seats) -> None:
    """Add one slot per open 重新下乡 that names this batch; a person who is not free waits for the next one."""
    waiting = replay.book.redispatches(days.name)
    if not waiting or replay.rules.reading("重新下乡") != "额外增加":
        return
    for _, event in waiting:
        department = replay.book.department(event.department)
        found = chooser.find(department, event.person)
        if found is None or not chooser.is_free(department, event.person):
            continue
        replay.book.answer(event)
        chooser.take(department, found[1])
        position = event.places.of() if event.places.file else None
        text = f"{department} {found[1].name} 重新下乡，在本批名额之外增加"
        choice = Choice(found[1], proposed=False, reason=PostingReason.REDISPATCH, because=())
        recipient = replay.workspace.plan.recipient_units[0].name
        sit(seats.add(recipient), department, None, choice, (Reason(text, replay.rules.rule("重新下乡"), position),))
