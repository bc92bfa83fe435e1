"""名额: the slots of one batch in order, recipient by recipient, with the specialties that are asked for."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from xiaxiang.model.diagnostic import Severity
from xiaxiang.schedule.state import Seat

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xiaxiang.model.decision import Reason
    from xiaxiang.model.plan import Plan
    from xiaxiang.schedule.calendar import BatchDays
    from xiaxiang.schedule.people import Choice
    from xiaxiang.schedule.rules import Rules
    from xiaxiang.schedule.state import Replay


class Seats:
    """The slots of one batch (of one lane of it), filled one by one."""

    def __init__(self, seats: list[Seat], wants: dict[str, list[str]]) -> None:
        """Take the slots in order, and what specialties each recipient asks for."""
        self.seats = seats
        self._wants = wants

    def __iter__(self) -> Iterator[Seat]:
        """Yield the slots in order."""
        return iter(self.seats)

    def open(self) -> Iterator[Seat]:
        """Yield the slots that nobody holds yet, in order, also while they are being filled."""
        return (seat for seat in self.seats if seat.is_open)

    def held_by(self, department: str) -> int:
        """Return how many slots a department holds."""
        return [seat.department for seat in self.seats].count(department)

    def departments(self) -> tuple[str, ...]:
        """Return the departments that hold slots, in slot order, each once."""
        return tuple(dict.fromkeys(seat.department for seat in self.seats if seat.department))

    def ask_for_specialties(self) -> tuple[tuple[str, str], ...]:
        """Mark the first open slots of each recipient with the specialties it still needs.

        Return (recipient, specialty) for those that find no open slot.
        """
        left: list[tuple[str, str]] = []
        for recipient, wants in self._wants.items():
            if not wants:
                continue
            held = [seat.person.specialty for seat in self.seats if seat.recipient == recipient and seat.person]
            missing = list(wants)
            for specialty in held:
                if specialty in missing:
                    missing.remove(specialty)
            places = [seat for seat in self.open() if seat.recipient == recipient]
            for seat, specialty in zip(places, missing, strict=False):
                seat.wanted = specialty
            left += [(recipient, specialty) for specialty in missing[len(places) :]]
        return tuple(left)


def lay_out(plan: Plan, rules: Rules, days: BatchDays) -> Seats:
    """Return as many slots as the recipients have heads: their own 每批人数, else the policy's."""
    seats: list[Seat] = []
    for unit in plan.recipient_units:
        heads = unit.headcount
        if heads is None:
            heads = rules.required("headcount", rules.rotation.headcount, days.handover_on)
        seats += [Seat(len(seats) + number, unit.name) for number in range(1, heads + 1)]
    return Seats(seats, {unit.name: list(unit.specialties) for unit in plan.recipient_units})


def lay_out_composition(plan: Plan, rules: Rules, days: BatchDays) -> dict[str, Seats]:
    """Return the slots of each specialty (轮换.组合), numbered recipient by recipient in the order of the policy."""
    composition = rules.rotation.composition
    numbers = itertools.count(1)
    seats: dict[str, list[Seat]] = {specialty: [] for specialty in composition}
    for unit in plan.recipient_units:
        for specialty, heads in composition.items():
            seats[specialty] += [Seat(next(numbers), unit.name) for _ in range(heads.on(days.handover_on) or 0)]
    return {specialty: Seats(listed, {}) for specialty, listed in seats.items()}


def sit(seat: Seat, department: str, cycle: int | None, choice: Choice, because: tuple[Reason, ...]) -> None:
    """Give a slot to a department with the person chosen and the reasons for both."""
    seat.department = department
    seat.cycle = cycle
    seat.person = choice.person
    seat.proposed = choice.proposed
    seat.reason = choice.reason
    seat.because = [*because, *choice.because]
    seat.candidates = choice.candidates


def note_empty(replay: Replay, seat: Seat, specialty: str = "") -> None:
    """Say that nobody is left to take a slot; `specialty` is that of its lane."""
    nobody = f"没有{specialty}专业的科室可派" if specialty else "没有科室可派"
    what_to_do = f"核对人员的“专业”（{specialty}）或派遣顺序" if specialty else "请增加派遣顺序里的科室，或减少每批人数"
    text = f"第 {seat.slot} 个名额（{seat.recipient}）{nobody}，空缺。{what_to_do}"
    replay.journal.note("slot-empty", text, replay.rules.rule("派遣顺序"), severity=Severity.ERROR)
