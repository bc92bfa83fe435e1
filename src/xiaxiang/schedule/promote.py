"""晋升优先: people who need the service for promotion take the first slots of a batch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xiaxiang.model.decision import Reason
from xiaxiang.model.schedule import PostingReason
from xiaxiang.schedule.people import Choice
from xiaxiang.schedule.seats import sit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from xiaxiang.model.event import Promotion
    from xiaxiang.model.hospital import Department
    from xiaxiang.schedule.calendar import BatchDays
    from xiaxiang.schedule.people import Chooser
    from xiaxiang.schedule.queue import Turn
    from xiaxiang.schedule.seats import Seats
    from xiaxiang.schedule.state import Replay, Seat

    Promoted = tuple[Promotion, Turn | None]


def place_promotions(replay: Replay, days: BatchDays, chooser: Chooser, seats: Seats) -> tuple[Promoted, ...]:
    """Give the first slots to the promotions dated before the handover; return them, each with the turn it used.

    晋升优先: by date and then file order; a person who is not free on every day, or whose department already
    has its slots in the batch, waits for the next one.
    """
    placed: list[Promoted] = []
    for event in replay.book.promotions_before(days.handover_on):
        seat = next(seats.open(), None)
        if seat is None:
            break
        department = department_of(replay, event)
        if department is not None and not _why_waiting(replay, days, chooser, seats, (event, department)):
            placed.append((event, _place(replay, days, chooser, seat, event)))
    return tuple(placed)


def _why_waiting(
    replay: Replay, days: BatchDays, chooser: Chooser, seats: Seats, who: tuple[Promotion, Department]
) -> str:
    """Return why a promotion cannot be placed among `seats`; "" where it can."""
    event, department = who
    found = chooser.find(department.name, event.person)
    if found is None:
        return f"{department.name}没有这个人"
    if chooser.lane and found[1].specialty != chooser.lane:
        return f"{found[1].specialty or '没有登记'}专业不在这一批的组合里"
    if why := found[1].why_unavailable(days.handover_on, days.ends_on):
        return why
    if not chooser.is_free(department.name, event.person):
        return "已在这一批，或因意外不能成行"
    turns = replay.rules.required("turns_per_batch", replay.rules.rotation.turns_per_batch, days.handover_on)
    people = replay.rules.required("people_per_turn", replay.rules.rotation.people_per_turn, days.handover_on)
    return "本科室在这一批已有名额" if seats.held_by(department.name) >= turns * people else ""


def note_waiting(replay: Replay, days: BatchDays, chooser: Chooser, lanes: Mapping[str, Seats]) -> None:
    """Say which promotions wait for a later batch and why: when they begin to wait, and when the reason changes."""
    for event in replay.book.promotions_before(days.handover_on):
        department = department_of(replay, event)
        name = department.name if department else event.department
        found = chooser.find(name, event.person)
        why = "说不清是哪个科室的人"
        if department is not None:
            chooser.lane = found[1].specialty if found and found[1].specialty in lanes else next(iter(lanes), "")
            seats = lanes.get(chooser.lane)
            why = _why_waiting(replay, days, chooser, seats, (event, department)) if seats else ""
        if replay.told.get(id(event)) == (why or "名额已满"):
            continue
        replay.told[id(event)] = why or "名额已满"
        who = replay.name_of(name, event.person)
        text = f"{name} {who} 的晋升优先在{days.name.label}没有排上（{why or '名额已满'}），等下一批".strip()
        source = replay.rules.rule("晋升优先")
        replay.journal.warn("event-unused", text, source, event, department=name or None, person=who)


def department_of(replay: Replay, event: Promotion) -> Department | None:
    """Return the department of a 晋升优先: the one it names, else the only one that has the person."""
    if event.department:
        return replay.departments.get(event.department)
    found = [one for one in replay.workspace.plan.departments if one.find(event.person)]
    return found[0] if len(found) == 1 else None


def _place(replay: Replay, days: BatchDays, chooser: Chooser, seat: Seat, event: Promotion) -> Turn | None:
    department = department_of(replay, event)
    found = chooser.find(department.name, event.person) if department else None
    if department is None or found is None:
        return None
    replay.book.answer(event)
    source = replay.rules.rule("晋升优先")
    turn, code, how = _turn_used(replay, days, department.name)
    title = f"（{event.title}）" if event.title else ""
    asked = f"{department.name} {found[1].name} {event.on.isoformat()} 申请晋升优先{title}，{how}"
    text = "；".join([asked, *_answers(replay, event)])
    position = event.places.of() if event.places.file else None
    chooser.take(department.name, found[1])
    choice = Choice(found[1], proposed=False, reason=PostingReason.PROMOTION, because=())
    sit(seat, department.name, turn.cycle if turn else None, choice, (Reason(text, source, position),))
    replay.journal.note(
        code, text, source, department=department.name, person=found[1].name, event=event, announced=True
    )
    if turn is not None:
        replay.queue.use(turn)
        _lapse(replay, days, department.name, turn)
    return turn


def _answers(replay: Replay, event: Promotion) -> Iterator[str]:
    """Yield what the departments that were asked have answered, and what the office says, as registered."""
    if event.consulted or event.consent:
        names = "、".join(replay.book.department(name) for name in event.consulted)
        answer = f"{event.label('consent')}“{event.consent}”" if event.consent else "没有登记沟通结果"
        yield f"与 {names} 沟通，{answer}" if names else answer
    if event.opinion:
        yield f"{event.label('opinion')}“{event.opinion}”"


def _turn_used(replay: Replay, days: BatchDays, department: str) -> tuple[Turn | None, str, str]:
    """Return the turn that a promotion uses up (轮换.晋升占用轮次), the notice's code and how it is told."""
    rules = replay.rules
    if not rules.required("promotion_uses_turn", rules.rotation.promotion_uses_turn, days.handover_on):
        return None, "promotion-placed", "不占用本科室轮次"
    turn = replay.queue.earliest(department)
    if turn is None:
        return None, "promotion-extra", "本科室已没有轮次，作额外派出"
    return turn, "promotion-placed", f"占用本科室第 {turn.cycle} 轮名次"


def _lapse(replay: Replay, days: BatchDays, department: str, turn: Turn) -> None:
    """Let the department's open deferrals lapse: the turn they asked to put off has been used."""
    for event in replay.deferrals.open_for(department, days):
        replay.book.answer(event)
        if replay.rules.reading("后延计次") == "按申请":
            replay.deferrals.spend(department, turn.cycle, event)
        text = f"{department} {event.on.isoformat()} 的后延不再需要：本轮名次已由晋升优先占用"
        replay.journal.warn("deferral-unused", text, replay.rules.rule("后延"), event, department=department)
