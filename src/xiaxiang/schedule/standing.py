"""照已公布的执行: an announced batch that the rules would no longer give, put in place as it was announced."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from xiaxiang.model.decision import Reason
from xiaxiang.model.diagnostic import Severity
from xiaxiang.model.event import Deferral, DeferralRuling, Promotion, Redispatch, Refusal
from xiaxiang.model.hospital import Person
from xiaxiang.model.scalar import short_day_text
from xiaxiang.model.schedule import PostingReason
from xiaxiang.schedule.accident import named_since
from xiaxiang.schedule.announced import announced_reason
from xiaxiang.schedule.basis import known_events
from xiaxiang.schedule.people import Choice
from xiaxiang.schedule.refusal import charge
from xiaxiang.schedule.replay import Filled, layout, open_batch, posting
from xiaxiang.schedule.seats import Seats, note_empty, sit
from xiaxiang.schedule.state import Seat

if TYPE_CHECKING:
    from xiaxiang.model.event import Event
    from xiaxiang.model.published import PassedOver, PublishedBatch, PublishedPosting
    from xiaxiang.schedule.announced import Difference
    from xiaxiang.schedule.calendar import BatchDays
    from xiaxiang.schedule.people import Chooser
    from xiaxiang.schedule.queue import Turn
    from xiaxiang.schedule.state import Lane, Replay


def stand(replay: Replay, days: BatchDays, fact: PublishedBatch, found: Difference) -> Filled:
    """Put an announced batch in place: its days, its people, the turns it used and those it passed over."""
    if days.handover_on != fact.handover_on or days.is_gone:
        because = (Reason(f"按公布的交接日 {short_day_text(fact.handover_on)}", replay.rules.clause("handover_day")),)
        days = replace(days, handover_on=fact.handover_on, because=because)
    days = replace(days, nominal_on=fact.nominal_on, ends_on=fact.ends_on)
    chooser = open_batch(replay, days)
    replay.differing[fact.name] = len(replay.journal.notices)
    replay.journal.warn("published-differs", "；".join(found.says), replay.rules.rule("派遣顺序"))
    seats = _Standing(replay, days, fact, chooser).fill()
    _answer(replay, fact, found)
    return Filled(days, chooser, tuple(posting(seat, days) for seat in seats))


def _answer(replay: Replay, fact: PublishedBatch, found: Difference) -> None:
    """Answer what the rules would now have used and the announcement did not: it came too late for this batch.

    What was already registered at the time stays open, and so does who waits to be sent: 晋升优先, 重新下乡.
    """
    known = known_events(replay, fact)
    here = {replay.book.department(one.department) for one in fact.postings}
    for event in found.used:
        if isinstance(event, (Promotion, Redispatch)) or id(event) in known:
            continue
        if not isinstance(event, Deferral) or replay.book.department(event.department) in here:
            replay.book.answer(event)


class _Standing:
    """One announced batch while it is put in place."""

    def __init__(self, replay: Replay, days: BatchDays, fact: PublishedBatch, chooser: Chooser) -> None:
        self.replay = replay
        self.days = days
        self.fact = fact
        self.chooser = chooser
        self.why = announced_reason(replay, fact)
        self._lanes = {seat.slot: name for name, lane in layout(replay, days).items() for seat in lane}
        self._turns: dict[tuple[str, str, int], Turn | None] = {}
        self._last = {id(lane): lane.queue.cycle + len(fact.postings) + 1 for lane in replay.lanes}

    def fill(self) -> tuple[Seat, ...]:
        """Seat whom the announcement names, then whom the departments may still choose."""
        for passed in self.fact.passed_over:
            self._pass_over(passed)
        units = self.replay.workspace.plan.recipient_units
        wants = {} if self.replay.lanes[0].specialty else {unit.name: list(unit.specialties) for unit in units}
        seats = Seats([Seat(one.slot, one.recipient_unit) for one in self.fact.postings], wants)
        both = list(zip(seats, self.fact.postings, strict=True))
        by_right = [pair for pair in both if pair[1].reason is PostingReason.PROMOTION]
        for seat, one in by_right:
            self._seat_named(seat, one)
        seats.ask_for_specialties()
        for seat, one in both:
            if not one.department:
                note_empty(self.replay, seat, self._lanes.get(seat.slot, ""))
            elif not one.is_open and one.reason is not PostingReason.PROMOTION:
                self._seat_named(seat, one)
        for seat, one in both:
            if seat.is_open and one.department:
                self._seat_open(seat, one)
        return tuple(seats)

    def _seat_named(self, seat: Seat, one: PublishedPosting) -> None:
        """Seat the announced person; where nobody was to be had, the department alone."""
        name = self.replay.book.department(one.department)
        turn = self._use(seat, one, name)
        choice = Choice(self._person(one, name), proposed=False, reason=one.reason, because=())
        sit(seat, name, turn.cycle if turn else None, choice, (self.why,))
        if choice.person is None:
            text = f"{name}公布时没有人选。名额空着，请科室另定人选"
            source = self.replay.rules.rule("人员派遣")
            self.replay.journal.note("nobody-available", text, source, severity=Severity.ERROR, department=name)
        else:
            self._answer_who_sent(one, name, choice.person)

    def _seat_open(self, seat: Seat, one: PublishedPosting) -> None:
        """Seat whom the department chooses by now (指派), or the program proposes."""
        name = self.replay.book.department(one.department)
        turn = self._use(seat, one, name)
        self.chooser.lane = self._lanes.get(seat.slot, "")
        specialty = seat.wanted if seat.wanted and self.chooser.has_specialist(name, seat.wanted) else ""
        since = named_since(self.replay, self.days, self.chooser, name)
        choice = since or self.chooser.choose(name, specialty)[0]
        self.chooser.lane = ""
        sit(seat, name, turn.cycle if turn else None, choice, (self.why,))

    def _person(self, one: PublishedPosting, department: str) -> Person | None:
        """Return the announced person as the plan has them, wherever; by name alone where it no longer does."""
        if not one.person:
            return None
        by_number = (
            [department, *(each.name for each in self.replay.workspace.plan.departments)] if one.person_id else []
        )
        for home, who in (*((name, one.person_id) for name in by_number), (department, one.person)):
            found = self.chooser.find(home, who)
            if found is not None:
                self.chooser.take(home, found[1])
                return found[1]
        return Person(name=one.person, id=one.person_id)

    def _use(self, seat: Seat, one: PublishedPosting, department: str) -> Turn | None:
        """Use up the announced turn, once for all its slots."""
        if one.cycle is None:
            return None
        lane = self._lane(department, self._lanes.get(seat.slot))
        key = (lane.specialty, department, one.cycle)
        if key not in self._turns:
            turn = self._turns[key] = self._find(lane, department, one.cycle)
            if turn is not None:
                lane.queue.use(turn)
        return self._turns[key]

    def _lane(self, department: str, specialty: str | None = None) -> Lane:
        lanes = self.replay.lanes
        here = (lane for lane in lanes if specialty in {None, lane.specialty} and department in lane.queue.order)
        return next(here, lanes[0])

    def _find(self, lane: Lane, department: str, cycle: int) -> Turn | None:
        """Return the announced turn; where it is used already, the department's next one that is in the queue."""
        queue = lane.queue
        while department in queue.order and queue.cycle < cycle <= self._last[id(lane)]:
            queue.refill()
        turns = [turn for turn in queue if turn.department == department and turn.cycle >= cycle]
        return min(turns, key=lambda turn: turn.cycle, default=None)

    def _pass_over(self, one: PassedOver) -> None:
        """Leave a turn in the queue as announced: its quota is spent, its place kept or moved."""
        replay, name = self.replay, self.replay.book.department(one.department)
        lane = self._lane(name)
        event = self._event_of(one, name)
        turn = self._find(lane, name, one.cycle)
        if turn is None or turn.cycle != one.cycle:
            return
        if event is not None:
            replay.book.answer(event)
        how = f"，{one.ruling.value}" if one.ruling else ""
        text = f"{name} {one.on.isoformat()} {one.kind}{how}，按公布的执行，第 {turn.cycle} 轮名次保留"
        if one.kind == Deferral.kind:
            spent = event if isinstance(event, Deferral) else _deferral(one, name)
            replay.deferrals.spend(name, turn.cycle, spent)
            if one.ruling is DeferralRuling.LAST:
                lane.queue.move_behind_cycle(turn)
        if isinstance(event, Refusal) and not event.special_reason:
            text += charge(replay, self.days, turn, event)
        position = event.places.of() if event and event.places.file else None
        source = replay.rules.rule(_RULES[one.kind])
        reason = Reason(text, source, position)
        turn.history.append(reason)
        self.chooser.passed[name] = reason
        replay.passed.append(replace(one, department=name))
        replay.journal.note(_CODES[one.kind], text, source, department=name, event=event, announced=event is not None)

    def _event_of(self, one: PassedOver, department: str) -> Event | None:
        """Return the open event that an announced pass-over rests on; None where it is no longer registered."""
        return next(
            (
                event
                for event in self.replay.workspace.plan.events
                if (event.kind, event.on) == (one.kind, one.on)
                and self.replay.book.is_open(event)
                and self.replay.book.department(getattr(event, "department", "")) == department
            ),
            None,
        )

    def _answer_who_sent(self, one: PublishedPosting, department: str, person: Person) -> None:
        """Answer the events by which the announced person goes: 晋升优先, 重新下乡, 指派, a substitute."""
        book, days = self.replay.book, self.days
        sent: list[Event] = [*book.assignments(days.name, department)]
        if one.reason is PostingReason.PROMOTION:
            sent = list(book.promotions_before(days.handover_on))
        elif one.reason is PostingReason.REDISPATCH:
            sent = [event for _, event in book.redispatches(days.name, department)]
        elif one.reason is PostingReason.INCIDENT:
            sent = [event for event in book.unanswered(days.name) if event.on < days.handover_on]
        for event in sent:
            if book.is_open(event) and self._names(event, department, person):
                book.answer(event)
                self._announce(event, one, department, person)
                return

    def _names(self, event: Event, department: str, person: Person) -> bool:
        """Whether an event sends this person of this department."""
        who = getattr(event, "substitute", "") or getattr(event, "person", "")
        of = getattr(event, "substitute_department", "") or getattr(event, "department", "")
        at_home = not of or self.replay.book.department(of) == department
        return who in {person.name, person.id or person.name} and at_home

    def _announce(self, event: Event, one: PublishedPosting, department: str, person: Person) -> None:
        """Keep the change in the bulletin of its month, as it was when the rules still gave it."""
        told = {PostingReason.PROMOTION: "promotion-placed", PostingReason.INCIDENT: "person-replaced"}.get(one.reason)
        if told is None:
            return
        rule = "晋升优先" if one.reason is PostingReason.PROMOTION else "意外公布"
        text = f"{department} {person.name} {event.on.isoformat()} {event.kind}，按公布的执行"
        source = self.replay.rules.rule(rule)
        self.replay.journal.note(
            told, text, source, department=department, person=person.name, event=event, announced=True
        )


_RULES = {"后延": "后延", "拒派": "拒派", "意外": "意外公布"}
_CODES = {"后延": "deferral-used", "拒派": "refusal", "意外": "person-replaced"}


def _deferral(one: PassedOver, department: str) -> Deferral:
    """Return the request that an announcement used and the plan no longer has: its quota stays spent."""
    return Deferral.model_validate({"日期": one.on, "科室": department, "决定": one.ruling or DeferralRuling.AUTO})
