"""变动登记 as the replay asks it: which events speak about this batch, and which have been answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from xiaxiang.model.event import Assignment, Deferral, Event, Incident, Promotion, Redispatch, Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from xiaxiang.model.batch import BatchName, BatchRef
    from xiaxiang.model.hospital import Department
    from xiaxiang.model.plan import Plan
    from xiaxiang.schedule.calendar import BatchDays

E = TypeVar("E", Assignment, Incident, Refusal, Redispatch)
Book = dict[tuple["BatchName", str], list[E]]


class EventBook:
    """The events of a plan that move the rotation, by date and then file order, with those already answered."""

    def __init__(
        self,
        plan: Plan,
        departments: dict[str, Department],
        timeline: tuple[BatchDays, ...],
        months_in: Callable[[int], tuple[int, ...]],
    ) -> None:
        """Index the plan's events once; `months_in` gives a year's handover months, `timeline` the batches."""
        self._departments = departments
        self._timeline = timeline
        self._months_in = months_in
        self._answered: set[int] = set()
        in_order = sorted(plan.events, key=lambda event: event.on)  # stable: file order within a day
        self.deferrals = [one for one in in_order if isinstance(one, Deferral)]
        self.promotions = [one for one in in_order if isinstance(one, Promotion)]
        self._refusals = self._book(one for one in in_order if isinstance(one, Refusal))
        self._incidents = self._book(one for one in in_order if isinstance(one, Incident))
        self._redispatches = self._book(one for one in in_order if isinstance(one, Redispatch))
        # For 指派 the later entry in the file decides, whatever the days.
        self._assignments = self._book(one for one in plan.events if isinstance(one, Assignment))

    def department(self, name: str) -> str:
        """Return a department's present name, whichever of its names an event uses."""
        found = self._departments.get(name)
        return found.name if found else name

    def batch_of(self, ref: BatchRef, on: date) -> BatchName | None:
        """Return the batch an event means: with its year, or the first of that number not over on the event's day."""
        if ref.year is not None and self._timeline:
            # A batch before the plan's first may lie before the policy's own days: it is numbered as the first year's.
            return ref.named_in(ref.year, self._months_in(max(ref.year, self._timeline[0].name.year)))
        for days in self._timeline:
            if days.ends_on >= on and ref.number_among(self._months_in(days.name.year)) == days.name.number:
                return days.name
        return None

    def refusal(self, batch: BatchName, department: str) -> Refusal | None:
        """Return the first 拒派 of a department for a batch."""
        return next(iter(self._refusals.get((batch, department), ())), None)

    def cannot_go(self, days: BatchDays) -> tuple[Incident, ...]:
        """Return the 意外 dated before the handover of a batch that name who cannot go in it."""
        return tuple(
            event
            for (batch, _), events in self._incidents.items()
            if batch == days.name
            for event in events
            if event.person and event.on < days.handover_on
        )

    def incidents(self, batch: BatchName, department: str) -> tuple[Incident, ...]:
        """Return the 意外 of a department in a batch, by date and file order."""
        return tuple(self._incidents.get((batch, department), ()))

    def assignments(self, batch: BatchName, department: str) -> tuple[Assignment, ...]:
        """Return the 指派 of a department for a batch, in file order."""
        return tuple(self._assignments.get((batch, department), ()))

    def redispatches(self, until: BatchName, department: str | None = None) -> tuple[tuple[BatchName, Redispatch], ...]:
        """Return the open 重新下乡 that name `until` or an earlier batch, in order of batch."""
        found = [
            (batch, event)
            for (batch, name), events in self._redispatches.items()
            if batch <= until and department in {None, name}
            for event in events
            if self.is_open(event)
        ]
        return tuple(sorted(found, key=lambda pair: (pair[0], pair[1].on)))

    def unanswered(self, batch: BatchName) -> tuple[Assignment | Incident | Refusal, ...]:
        """Return the open refusals, incidents and assignments that name `batch`."""
        found: list[Assignment | Incident | Refusal] = []
        for book in (self._refusals, self._incidents, self._assignments):
            found += [event for (name, _), events in book.items() if name == batch for event in events]
        return tuple(event for event in found if self.is_open(event))

    def before(self, first: BatchName) -> tuple[Assignment | Incident | Refusal, ...]:
        """Return the events that name a batch before the plan's first."""
        books = (self._refusals, self._incidents, self._assignments)
        return tuple(event for book in books for (name, _), events in book.items() if name < first for event in events)

    def answer(self, event: Event) -> None:
        """Note that an event has had its effect, or has been refused it."""
        self._answered.add(id(event))

    def is_open(self, event: Event) -> bool:
        """Whether an event still waits for its effect."""
        return id(event) not in self._answered

    def _book(self, events: Iterable[E]) -> Book[E]:
        book: Book[E] = {}
        for event in events:
            named = self.batch_of(event.batch, event.on)
            if named is not None:
                book.setdefault((named, self.department(event.department)), []).append(event)
        return book
