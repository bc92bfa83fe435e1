"""名额: the slots of one batch in order, recipient by recipient, with the specialties that are asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xiaxiang.schedule.state import Seat

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xiaxiang.model.decision import Reason
    from xiaxiang.model.plan import Plan
    from xiaxiang.schedule.calendar import BatchDays
    from xiaxiang.schedule.people import Choice
    from xiaxiang.schedule.rules import Rules


class Seats:
    """The slots of one batch, filled one by one."""

    def __init__(self, plan: Plan, rules: Rules, days: BatchDays) -> None:
        """Lay out as many slots as the recipients have heads: their own 每批人数, else the policy's."""
        self._wants: dict[str, list[str]] = {}
        names: list[str] = []
        for unit in plan.recipient_units:
            heads = unit.headcount
            if heads is None:
                heads = rules.required("headcount", rules.rotation.headcount, days.handover_on)
            names += [unit.name] * heads
            self._wants[unit.name] = list(unit.specialties)
        self.seats = [Seat(number, name) for number, name in enumerate(names, 1)]

    def __iter__(self) -> Iterator[Seat]:
        """Yield the slots in order."""
        return iter(self.seats)

    def open(self) -> Iterator[Seat]:
        """Yield the slots that nobody holds yet, in order, also while they are being filled."""
        return (seat for seat in self.seats if seat.is_open)

    def held_by(self, department: str) -> int:
        """Return how many slots a department holds."""
        return sum(seat.department == department for seat in self.seats)

    def departments(self) -> tuple[str, ...]:
        """Return the departments that hold slots, in slot order, each once."""
        return tuple(dict.fromkeys(seat.department for seat in self.seats if seat.department))

    def ask_for_specialties(self) -> tuple[tuple[str, str], ...]:
        """Mark the first open slots of each recipient with the specialties it still needs.

        Return (recipient, specialty) for those that find no open slot.
        """
        left: list[tuple[str, str]] = []
        for recipient, wants in self._wants.items():
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

    def add(self, recipient: str) -> Seat:
        """Add a slot beyond the batch's own (口径.重新下乡: 额外增加) and return it."""
        seat = Seat(len(self.seats) + 1, recipient)
        self.seats.append(seat)
        return seat


def sit(seat: Seat, department: str, cycle: int | None, choice: Choice, because: tuple[Reason, ...]) -> None:
    """Give a slot to a department with the person chosen and the reasons for both."""
    seat.department = department
    seat.cycle = cycle
    seat.person = choice.person
    seat.proposed = choice.proposed
    seat.reason = choice.reason
    seat.because = [*because, *choice.because]
