"""意外: order or person changes by accident, before the handover or within the batch."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from xiaxiang.model.calendar import ONE_DAY
from xiaxiang.model.decision import Reason
from xiaxiang.model.schedule import Posting, PostingReason
from xiaxiang.schedule.seats import sit

if TYPE_CHECKING:
    from xiaxiang.model.event import Incident
    from xiaxiang.model.hospital import Person
    from xiaxiang.schedule.calendar import BatchDays
    from xiaxiang.schedule.fill import Filler
    from xiaxiang.schedule.people import Choice, Chooser
    from xiaxiang.schedule.queue import Turn
    from xiaxiang.schedule.state import Replay, Seat


def before_handover(filler: Filler, turn: Turn, seat: Seat) -> bool:
    """Answer a 意外 dated before the handover for a department that comes up; False where there is none.

    With a 接替人员 of the department that person goes; with a 接替科室 that department goes and the turn stays in
    front; without either the next in the queue goes and the turn stays in front (no deferral is used up).
    """
    replay = filler.replay
    told = [one for one in replay.book.incidents(filler.days.name, turn.department) if one.on < filler.days.handover_on]
    if not told:
        return False
    *earlier, event = told
    _overrule(replay, turn.department, earlier, event)
    replay.book.answer(event)
    for overtaken in replay.book.assignments(filler.days.name, turn.department):
        replay.book.answer(overtaken)  # whom the department had named is the one who cannot go
    other = _other_department(replay, event, turn.department)
    if other is not None or not event.substitute or not _own_substitute(filler, turn, seat, event):
        _turn_stays(filler, turn, seat, event, other)
    return True


def _turn_stays(filler: Filler, turn: Turn, seat: Seat, event: Incident, other: str | None) -> None:
    """Pass the department over, its turn in front for the next batch, and send the 接替科室 where there is one."""
    replay, gone = filler.replay, f"{_who(filler.replay, turn.department, event)} 因{event.reason or '意外'}不能成行"
    position = event.places.of() if event.places.file else None
    source = replay.rules.rule("意外公布")
    stands_in = other is not None and not filler.has_its_turns(other)
    instead = f"由 {other} 接替，" if stands_in else ""
    filler.pass_over(turn, Reason(f"{gone}，{instead}轮次保留到下一批最前", source, position), event)
    if other is not None and not stands_in:
        text = f"{gone}；接替科室 {other} 已在本批，改由下一科室派员"
        replay.journal.warn("event-unused", text, source, event, department=turn.department)
        return
    if other is not None:
        _other_goes(filler, seat, event, other, gone)
    _announce(replay, event, f"{gone}，{instead or '由下一科室派员，'}轮次保留到下一批最前", turn.department)


def _overrule(replay: Replay, department: str, earlier: list[Incident], last: Incident) -> None:
    """Announce the 意外 that a later one of the same department and batch overtakes: the last one decides."""
    for event in earlier:
        replay.book.answer(event)
        gone = f"{_who(replay, department, event)} 因{event.reason or '意外'}不能成行"
        _announce(replay, event, f"{gone}；此后又有变动，以 {last.on.isoformat()} 登记的为准", department)


def _who(replay: Replay, department: str, event: Incident) -> str:
    """Return whom a 意外 names, with the department; the department alone where it names nobody."""
    return f"{department} {replay.name_of(department, event.person)}".strip()


def _own_substitute(filler: Filler, turn: Turn, seat: Seat, event: Incident) -> bool:
    """Send the 接替人员 of the same department; False where the name is not of that department."""
    choice = filler.chooser.substitute(turn.department, event.substitute, event)
    if choice is None or choice.person is None:
        return False
    because = filler.why_here(turn)
    filler.replay.queue.use(turn)
    _sit_with_others(filler, seat, turn.department, turn.cycle, (choice, because))
    _tell_substitute(filler.replay, event, turn.department, choice.person)
    return True


def _tell_substitute(replay: Replay, event: Incident, department: str, who: Person) -> None:
    told = f"{_who(replay, department, event)} 因{event.reason or '意外'}"
    _announce(replay, event, f"{told}，行前由本科室 {who.name} 接替", department)


def named_since(replay: Replay, days: BatchDays, chooser: Chooser, department: str) -> Choice | None:
    """Answer the last 意外 before the handover of a batch that was announced without this department's person.

    Its 接替人员 of the same department is then whom the department has named since; None where it names nobody.
    """
    told = [one for one in replay.book.incidents(days.name, department) if one.on < days.handover_on]
    if not told or not told[-1].substitute or _other_department(replay, told[-1], department) is not None:
        return None
    choice = chooser.substitute(department, told[-1].substitute, told[-1])
    if choice is None or choice.person is None:
        return None
    _overrule(replay, department, told[:-1], told[-1])
    for answered in (told[-1], *replay.book.assignments(days.name, department)):
        replay.book.answer(answered)  # whom the department had named is the one who cannot go
    _tell_substitute(replay, told[-1], department, choice.person)
    return choice


def _other_goes(filler: Filler, seat: Seat, event: Incident, other: str, gone: str) -> None:
    """Send the 接替科室: its earliest turn in the queue is used up."""
    replay = filler.replay
    turn = replay.queue.earliest(other)
    choice = filler.chooser.substitute(other, event.substitute, event) if event.substitute else None
    if choice is None:
        choice = replace(filler.chooser.choose(other)[0], reason=PostingReason.INCIDENT)
    used = f"占用{other}第 {turn.cycle} 轮名次" if turn else f"{other}没有轮次可用，作额外派出"
    position = event.places.of() if event.places.file else None
    because = (Reason(f"{gone}，{other} 接替；{used}", replay.rules.rule("意外公布"), position),)
    if turn is not None:
        replay.queue.use(turn)
    _sit_with_others(filler, seat, other, turn.cycle if turn else None, (choice, because))


def _sit_with_others(
    filler: Filler, seat: Seat, department: str, cycle: int | None, first: tuple[Choice, tuple[Reason, ...]]
) -> None:
    """Seat who stands in, and, where a turn sends several people, the rest of them beside."""
    choice, because = first
    sit(seat, department, cycle, choice, because)
    for other in filler.seats_of_turn(seat)[1:]:
        proposal = filler.chooser.propose(department, announce=False)
        if proposal.person is None:
            return
        filler.chooser.take(department, proposal.person)
        sit(other, department, cycle, proposal, because)


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
                parts = _split(replay, chooser, parts, event)
        result += parts
    return result


def _split(replay: Replay, chooser: Chooser, parts: list[Posting], event: Incident) -> list[Posting]:
    """Return the parts of one slot's posting, its last part cut by the event where that is meant."""
    posting = parts[-1]
    own = posting.department or ""
    named = chooser.find(own, event.person) if event.person else None
    was_here = posting.person is None and any(named is not None and part.person is named[1] for part in parts)
    if named is not None and named[1] is not posting.person and not was_here:
        return parts  # another posting of the same department is meant
    replay.book.answer(event)
    choice = _successor(replay, chooser, own, event)
    text, code = _told_within(posting, event, choice)
    _announce(replay, event, text, own, code)
    rest = _rest(replay, posting, event, choice, text)
    before = () if event.on <= posting.starts_on else (replace(posting, ends_on=event.on - ONE_DAY),)
    return [*parts[:-1], *before, rest]


def _successor(replay: Replay, chooser: Chooser, own: str, event: Incident) -> tuple[str, Choice | None]:
    """Return the department and the choice that serve the rest of a batch; no choice where the slot is vacant."""
    other = _other_department(replay, event, own)
    department = other or own
    choice = chooser.substitute(department, event.substitute, event) if event.substitute else None
    if choice is None and other is not None:
        choice = replace(chooser.propose(other), reason=PostingReason.INCIDENT)
        if choice.person is not None:
            chooser.take(other, choice.person)
    return department, choice


def _told_within(posting: Posting, event: Incident, successor: tuple[str, Choice | None]) -> tuple[str, str]:
    """Return how a change within the batch is told, and its code."""
    department, choice = successor
    since = f"自 {event.on.isoformat()} 起"
    if posting.person is None:
        told = f"{posting.department} 空缺的名额{since}"
    else:
        told = f"{posting.department} {posting.person.name} {since}因{event.reason or '意外'}离开，"
    if choice is None:
        return f"{told.rstrip('，')}，名额空缺，轮次已使用", "slot-vacant"
    if choice.proposed or choice.person is None:
        # The program's proposal is not announced: the department says whom it sends.
        return f"{told}由 {department} 接替到批次结束，人选由科室确定", "person-replaced"
    return f"{told}由 {department} {choice.person.name} 接替到批次结束", "person-replaced"


def _rest(
    replay: Replay, posting: Posting, event: Incident, successor: tuple[str, Choice | None], text: str
) -> Posting:
    department, choice = successor
    position = event.places.of() if event.places.file else None
    return replace(
        posting,
        department=department,
        person=choice.person if choice else None,
        starts_on=event.on,
        proposed=choice.proposed if choice else False,
        reason=PostingReason.INCIDENT,
        because=(Reason(text, replay.rules.rule("意外公布"), position), *(choice.because if choice else ())),
    )


def _announce(replay: Replay, event: Incident, text: str, department: str, code: str = "person-replaced") -> None:
    replay.journal.note(
        code,
        text,
        replay.rules.rule("意外公布"),
        department=department,
        person=replay.name_of(department, event.person) or None,
        event=event,
        announced=True,
    )
