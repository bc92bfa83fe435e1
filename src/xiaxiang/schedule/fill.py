"""The walk through the queue: front to back for every open slot, refilled when it has been walked."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

from xiaxiang.model.decision import Reason
from xiaxiang.model.event import Deferral, DeferralRuling
from xiaxiang.model.published import PassedOver
from xiaxiang.schedule.accident import before_handover
from xiaxiang.schedule.refusal import charge
from xiaxiang.schedule.seats import note_empty, sit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from xiaxiang.model.event import Incident, Refusal
    from xiaxiang.schedule.calendar import BatchDays
    from xiaxiang.schedule.people import Chooser
    from xiaxiang.schedule.queue import Turn
    from xiaxiang.schedule.seats import Seats
    from xiaxiang.schedule.state import Replay, Seat


class Outcome(Enum):
    """What became of a slot on one walk."""

    FILLED = auto()
    SET_ASIDE = auto()  # 对调: filled last, by the first department that is not otherwise in the batch
    NOBODY = auto()


class Filler:
    """Fills one batch from the queue."""

    def __init__(self, replay: Replay, days: BatchDays, chooser: Chooser, seats: Seats) -> None:
        """Start with the slots that the promotions have left open."""
        self.replay = replay
        self.days = days
        self.chooser = chooser
        self.seats = seats
        self.passed = chooser.passed
        """Departments passed over in this batch by a deferral, refusal or accident, with the reason."""
        self._refill_was_vain = False
        self._swaps: list[tuple[list[Seat], Reason]] = []
        rules = replay.rules
        turns = rules.required("turns_per_batch", rules.rotation.turns_per_batch, days.handover_on)
        self._people = rules.required("people_per_turn", rules.rotation.people_per_turn, days.handover_on)
        self._full_turns = self._people * (turns - 1)
        """How many slots a department may hold and still have a turn to come (轮换.每科每批)."""

    def fill(self) -> None:
        """Fill every open slot, those set aside for an exchange last; say which stay empty."""
        for recipient, specialty in self.seats.ask_for_specialties():
            self._specialty_unmet(recipient, specialty)
        for seat in self.seats.open():
            if not self._is_set_aside(seat):
                self._fill_seat(seat)
        swaps, self._swaps = self._swaps, []
        for seats, reason in swaps:
            for seat in seats:
                if seat.is_open:
                    self._fill_seat(seat, reason)
        for seat in self.seats.open():
            note_empty(self.replay, seat, self.chooser.lane)

    def _fill_seat(self, seat: Seat, swap: Reason | None = None) -> None:
        if seat.wanted:
            outcome = self._walk(seat, swap, seat.wanted)
            if outcome is not Outcome.NOBODY:
                return
            self._specialty_unmet(seat.recipient, seat.wanted)
        self._walk(seat, swap, "")

    def _walk(self, seat: Seat, swap: Reason | None, specialty: str) -> Outcome:
        outcome = self._walk_through(self.replay.queue, seat, swap, specialty)
        if outcome is Outcome.NOBODY and self._may_refill(specialty):
            outcome = self._walk_through(self.replay.queue.refill(), seat, swap, specialty)
            self._refill_was_vain = outcome is Outcome.NOBODY
        return outcome

    def _may_refill(self, specialty: str) -> bool:
        """Whether a department that holds no slot and was not passed over is still to be had by another cycle."""
        return not self._refill_was_vain and any(
            not self.seats.held_by(name)
            and name not in self.passed
            and (not specialty or self.chooser.has_specialist(name, specialty))
            for name in self.replay.queue.order
        )

    def _walk_through(self, turns: Iterable[Turn], seat: Seat, swap: Reason | None, specialty: str) -> Outcome:
        for turn in turns:
            outcome = self._consider(turn, seat, swap, specialty)
            if outcome is not Outcome.NOBODY:
                return outcome
        return Outcome.NOBODY

    def _consider(self, turn: Turn, seat: Seat, swap: Reason | None, specialty: str) -> Outcome:
        """Look at one turn for one slot: pass it over, answer its events, or pick it."""
        name = turn.department
        if name in self.passed or self.has_its_turns(name):
            return Outcome.NOBODY
        if specialty and not self.chooser.has_specialist(name, specialty):
            return Outcome.NOBODY
        deferral = self._deferral(turn)
        if deferral is not None:
            return self._set_aside(seat, deferral) if swap is None else Outcome.NOBODY
        refusal = self.replay.book.refusal(self.days.name, name)
        if refusal is not None:
            self._refuse(turn, refusal)
            return Outcome.NOBODY
        if before_handover(self, turn, seat):
            return Outcome.NOBODY if seat.is_open else Outcome.FILLED
        self._pick(turn, seat, swap, specialty)
        return Outcome.FILLED

    def _pick(self, turn: Turn, seat: Seat, swap: Reason | None, specialty: str) -> None:
        """Give the slot (and, where a turn sends several people, the next ones) to the turn and use it up."""
        rules = self.replay.rules
        seats = self.seats_of_turn(seat)
        asked = (Reason(f"{seat.recipient} 需要{specialty}专业", rules.rule("派遣顺序")),) if specialty else ()
        because = (*self.why_here(turn), *((swap,) if swap else ()), *asked)
        self.replay.queue.use(turn)
        choices = self.chooser.choose(turn.department, specialty, len(seats))
        for one, choice in zip(seats, choices, strict=False):
            sit(one, turn.department, turn.cycle, choice, because)
        wanted = specialty or self.chooser.lane
        sent = [choice.person for choice in choices if choice.person is not None] if wanted else []
        if sent and all(person.specialty != wanted for person in sent):
            self._sent_another(seat, wanted, turn.department, sent[0].name)

    def why_here(self, turn: Turn) -> tuple[Reason, ...]:
        """Return why this turn comes now: its place and cycle, what happened to it, who in front was passed over."""
        queue, rules = self.replay.queue, self.replay.rules
        place = queue.order.index(turn.department) + 1
        of = f"{self.chooser.lane}专业" if self.chooser.lane else ""
        first = Reason(f"{of}派遣顺序第 {place} 位，第 {turn.cycle} 轮轮到", rules.rule("派遣顺序"))
        others = [reason for name, reason in self.passed.items() if name != turn.department]
        return (first, *turn.history, *others)

    def pass_over(self, turn: Turn, reason: Reason, event: Deferral | Refusal | Incident) -> None:
        """Leave a turn where it is for this batch, and remember why."""
        self.passed[turn.department] = reason
        turn.history.append(reason)
        ruling = event.ruling if isinstance(event, Deferral) else None
        self.replay.passed.append(PassedOver(turn.department, turn.cycle, event.kind, event.on, ruling))

    def has_its_turns(self, name: str) -> bool:
        """Whether a department's slots in this batch make up its turns (轮换.每科每批); a part of a turn is one."""
        return self.seats.held_by(name) > self._full_turns

    def seats_of_turn(self, seat: Seat) -> list[Seat]:
        """Return the slots that a turn fills from `seat` on: as many as it sends people, plain ones first."""
        if self._people == 1:
            return [seat]
        free = [one for one in self.seats.open() if one.slot > seat.slot and not self._is_set_aside(one)]
        return [seat, *sorted(free, key=lambda one: bool(one.wanted))][: self._people]

    def _is_set_aside(self, seat: Seat) -> bool:
        return bool(self._swaps) and any(seat is one for seats, _ in self._swaps for one in seats)

    def overtakes(self, turn: Turn | None) -> bool:
        """Whether a promotion that used this turn (or none) came before a turn that is still waiting."""
        waiting = next((one for one in self.replay.queue if self._could_be_here(one)), None)
        order = self.replay.queue.order.index
        return waiting is not None and (
            turn is None or (turn.cycle, order(turn.department)) > (waiting.cycle, order(waiting.department))
        )

    def _could_be_here(self, turn: Turn) -> bool:
        return turn.department not in self.passed and not self.seats.held_by(turn.department)

    def displaced(self, promotions: int) -> tuple[str, ...]:
        """Return the departments that would hold slots here but for that many promotions."""
        free = dict.fromkeys(turn.department for turn in self.replay.queue if self._could_be_here(turn))
        return tuple(free)[:promotions]

    def _deferral(self, turn: Turn) -> Deferral | None:
        """Use the earliest open deferral of a turn and return it; reject all where the quota is spent."""
        replay, name = self.replay, turn.department
        open_now = replay.deferrals.open_for(name, self.days)
        if not open_now:
            return None
        parameter = replay.rules.rotation.deferrals_per_cycle
        quota = parameter.on(self.days.handover_on) if parameter else None
        spent = replay.deferrals.spent(name, turn.cycle)
        if quota is not None and len(spent) >= quota:
            self._reject(turn, open_now, spent, quota)
            return None
        return self._use_deferral(turn, open_now[0], len(spent), quota)

    def _reject(self, turn: Turn, requests: tuple[Deferral, ...], spent: tuple[Deferral, ...], quota: int) -> None:
        replay = self.replay
        used = f"{spent[-1].on.isoformat()} 的后延已用掉" if spent else "制度不允许后延"
        for event in requests:
            replay.book.answer(event)
            if replay.rules.reading("后延计次") == "按申请":
                replay.deferrals.spend(turn.department, turn.cycle, event)
            text = (
                f"{turn.department} {event.on.isoformat()} 的后延不予采纳：第 {turn.cycle} 轮可后延 {quota} 次，{used}"
            )
            source = replay.rules.clause("deferrals_per_cycle")
            turn.history.append(Reason(text, source, event.places.of() if event.places.file else None))
            replay.journal.warn("deferral-rejected", text, source, event, department=turn.department)

    def _use_deferral(self, turn: Turn, event: Deferral, spent: int, quota: int | None) -> Deferral:
        replay = self.replay
        replay.book.answer(event)
        replay.deferrals.spend(turn.department, turn.cycle, event)
        moved = event.ruling is DeferralRuling.LAST
        if moved:
            replay.queue.move_behind_cycle(turn)
        place = "移到本轮最后" if moved else "保留名次，下一批最先派出"
        of = f"，共 {quota} 次" if quota is not None else "，制度没有限定次数"
        count = f"第 {turn.cycle} 轮已用 {spent + 1} 次{of}"
        why = f"（{event.reason}）" if event.reason else ""
        text = f"{turn.department} {event.on.isoformat()} 批准后延{why}，{event.ruling.value}：{place}；{count}"
        source = replay.rules.rule("后延")
        self.pass_over(turn, Reason(text, source, event.places.of() if event.places.file else None), event)
        replay.journal.note("deferral-used", text, source, department=turn.department, event=event, announced=True)
        return event

    def _set_aside(self, seat: Seat, event: Deferral) -> Outcome:
        """Under 对调 keep the deferred department's slot for the first one that is not otherwise in the batch."""
        if event.ruling is not DeferralRuling.AUTO or self.replay.rules.reading("自动后延") != "对调":
            return Outcome.NOBODY
        source, name = self.replay.rules.reading_source("自动后延"), self.replay.book.department(event.department)
        reason = Reason(f"与后延的 {name} 对调，顶替其名额，其他科室不动", source)
        self._swaps.append((self.seats_of_turn(seat), reason))
        return Outcome.SET_ASIDE

    def _refuse(self, turn: Turn, event: Refusal) -> None:
        """Pass a department over that refuses; the turn keeps its place, the sanction is recorded."""
        replay = self.replay
        replay.book.answer(event)
        charged = "" if event.special_reason else charge(replay, self.days, turn, event)
        because = f"（{event.reason}）" if event.reason else ""
        text = f"{turn.department} 拒派{because}，轮次保留，由下一科室派员" + charged
        source = replay.rules.rule("拒派")
        self.pass_over(turn, Reason(text, source, event.places.of() if event.places.file else None), event)
        replay.journal.note("refusal", text, source, department=turn.department, event=event, announced=True)

    def _specialty_unmet(self, recipient: str, specialty: str) -> None:
        self.replay.journal.warn(
            "specialty-unmet",
            f"{recipient} 需要{specialty}专业，没有可派的人，改派其他专业",
            self.replay.rules.rule("派遣顺序"),
        )

    def _sent_another(self, seat: Seat, specialty: str, department: str, who: str) -> None:
        """Say that the department sends, by its own choice, somebody without the specialty asked for."""
        text = f"{seat.recipient} 需要{specialty}专业，{department} 派的是 {who}，不是这个专业。照登记的派"
        source = self.replay.rules.rule("派遣顺序")
        self.replay.journal.warn("specialty-unmet", text, source, department=department, person=who)
