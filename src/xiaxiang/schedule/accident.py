"""意外: order or person changes by accident, before the handover or within the batch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xiaxiang.model.calendar import ONE_DAY
from xiaxiang.model.decision import Reason
from xiaxiang.model.schedule import Posting, PostingReason
from xiaxiang.schedule.people import Choice
from xiaxiang.schedule.seats import sit

if TYPE_CHECKING:
    from xiaxiang.model.event import Incident
    from xiaxiang.schedule.calendar import BatchDays
    from xiaxiang.schedule.fill import Filler
    from xiaxiang.schedule.people import Chooser
    from xiaxiang.schedule.queue import Turn
    from xiaxiang.schedule.state import Replay, Seat


def before_handover(filler: Filler, turn: Turn, seat: Seat) -> bool:
    """Answer a 意外 dated before the handover for a department that comes up; False where there is none.

    With a 接替人员 of the department that person goes; with a 接替科室 that department goes and the turn stays in
    front; without either the next in the queue goes and the turn stays in front (no deferral is used up).
    """
    replay, days = filler.replay, filler.days
    event = next((one for one in replay.book.incidents(days.name, turn.department) if one.on < days.handover_on), None)
    if event is None:
        return False
    replay.book.answer(event)
    for overtaken in replay.book.assignments(days.name, turn.department):
        replay.book.answer(overtaken)  # whom the department had named is the one who cannot go
    other = _other_department(replay, event, turn.department)
    if other is None and event.substitute and _own_substitute(filler, turn, seat, event):
        return True
    who = f"{turn.department} {event.person}".strip()
    gone = f"{who} 因{event.reason or '意外'}不能成行"
    source = replay.rules.rule("意外公布")
    position = event.places.of() if event.places.file else None
    if other is None:
        filler.pass_over(turn, Reason(f"{gone}，轮次保留到下一批最前", source, position))
        _announce(replay, event, f"{gone}，由下一科室派员，轮次保留到下一批最前", turn.department)
    elif filler.seats.held_by(other) >= filler.turns_per_batch():
        filler.pass_over(turn, Reason(f"{gone}，轮次保留到下一批最前", source, position))
        text = f"{gone}；接替科室 {other} 已在本批，改由下一科室派员"
        replay.journal.warn("event-unused", text, source, event, department=turn.department)
    else:
        filler.pass_over(turn, Reason(f"{gone}，由 {other} 接替，轮次保留到下一批最前", source, position))
        _other_goes(filler, seat, event, other, gone)
        _announce(replay, event, f"{gone}，由 {other} 接替，轮次保留到下一批最前", turn.department)
    return True


def _own_substitute(filler: Filler, turn: Turn, seat: Seat, event: Incident) -> bool:
    """Send the 接替人员 of the same department; False where the name is not of that department."""
    choice = filler.chooser.substitute(turn.department, event.substitute, event)
    if choice is None:
        return False
    because = filler.why_here(turn)
    filler.replay.queue.use(turn)
    sit(seat, turn.department, turn.cycle, choice, because)
    who = event.person or turn.department
    _announce(
        filler.replay, event, f"{who} 因{event.reason or '意外'}，行前由本科室 {event.substitute} 接替", turn.department
    )
    return True


def _other_goes(filler: Filler, seat: Seat, event: Incident, other: str, gone: str) -> None:
    """Send the 接替科室: its earliest turn in the queue is used up."""
    replay = filler.replay
    turn = replay.queue.earliest(other)
    choice = filler.chooser.substitute(other, event.substitute, event) if event.substitute else None
    if choice is None:
        picked = filler.chooser.choose(other)[0]
        choice = Choice(picked.person, picked.proposed, PostingReason.INCIDENT, picked.because)
    used = f"占用{other}第 {turn.cycle} 轮名次" if turn else f"{other}没有轮次可用，作额外派出"
    position = event.places.of() if event.places.file else None
    because = (Reason(f"{gone}，{other} 接替；{used}", replay.rules.rule("意外公布"), position),)
    if turn is not None:
        replay.queue.use(turn)
    sit(seat, other, turn.cycle if turn else None, choice, because)


def _other_department(replay: Replay, event: Incident, own: str) -> str | None:
    """Return the 接替科室: the one named, else the only other one that has the 接替人员."""
    if event.substitute_department:
        name = replay.book.department(event.substitute_department)
        return None if name == own else name
    found = replay.departments.get(own)
    if not event.substitute or (found and found.find(event.substitute)):
        return None
    others = [one.name for one in replay.workspace.plan.departments if one.find(event.substitute)]
    return others[0] if len(others) == 1 else None


def within_batch(replay: Replay, days: BatchDays, chooser: Chooser, postings: list[Posting]) -> list[Posting]:
    """Split the postings that a 意外 within the batch ends: before its day, and from it on (or vacant)."""
    result: list[Posting] = []
    for posting in postings:
        parts = [posting]
        events = replay.book.incidents(days.name, posting.department) if posting.department else ()
        for event in events:
            if days.handover_on <= event.on <= days.ends_on and replay.book.is_open(event):
                parts = [*parts[:-1], *_split(replay, chooser, parts[-1], event)]
        result += parts
    return result


def _split(replay: Replay, chooser: Chooser, posting: Posting, event: Incident) -> tuple[Posting, ...]:
    named = chooser.find(posting.department or "", event.person) if event.person else None
    if named is not None and named[1] is not posting.person:
        return (posting,)  # another posting of the same department is meant
    replay.book.answer(event)
    own = posting.department or ""
    other = _other_department(replay, event, own)
    department = other or own
    choice = chooser.substitute(department, event.substitute, event) if event.substitute else None
    if choice is None and other is not None:
        picked = chooser.propose(other)
        choice = Choice(picked.person, picked.proposed, PostingReason.INCIDENT, picked.because)
        if picked.person is not None:
            chooser.take(other, picked.person)
    who = posting.person.name if posting.person else own
    position = event.places.of() if event.places.file else None
    told = f"{own} {who} 自 {event.on.isoformat()} 起因{event.reason or '意外'}离开"
    if choice is None:
        text, code = f"{told}，名额空缺，轮次已使用", "slot-vacant"
        choice = Choice(None, proposed=False, reason=PostingReason.INCIDENT, because=())
    else:
        by = choice.person.name if choice.person else "（待定）"
        text, code = f"{told}，由 {department} {by} 接替到批次结束", "person-replaced"
    _announce(replay, event, text, own, code)
    rest = Posting(
        slot=posting.slot,
        recipient_unit=posting.recipient_unit,
        department=department if choice.person or other else own,
        person=choice.person,
        cycle=posting.cycle,
        starts_on=event.on,
        ends_on=posting.ends_on,
        proposed=choice.proposed,
        reason=PostingReason.INCIDENT,
        because=(Reason(text, replay.rules.rule("意外公布"), position), *choice.because),
    )
    if event.on <= posting.starts_on:
        return (rest,)
    return (_until(posting, event), rest)


def _until(posting: Posting, event: Incident) -> Posting:
    return Posting(
        posting.slot,
        posting.recipient_unit,
        posting.department,
        posting.person,
        posting.cycle,
        posting.starts_on,
        event.on - ONE_DAY,
        posting.proposed,
        posting.reason,
        posting.because,
    )


def _announce(replay: Replay, event: Incident, text: str, department: str, code: str = "person-replaced") -> None:
    replay.journal.note(
        code,
        text,
        replay.rules.rule("意外公布"),
        department=department,
        person=event.person or None,
        event=event,
        announced=True,
    )
