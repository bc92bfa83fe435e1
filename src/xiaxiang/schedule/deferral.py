"""后延: which request is open for a batch, and how often a department may still use one in its cycle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xiaxiang.model.event import DeferralRuling

if TYPE_CHECKING:
    from xiaxiang.model.batch import BatchName
    from xiaxiang.model.event import Deferral
    from xiaxiang.schedule.calendar import BatchDays
    from xiaxiang.schedule.events import EventBook

APPROVED = frozenset({DeferralRuling.AUTO, DeferralRuling.LAST})


class Deferrals:
    """The approved requests, by date and file order, and the quota spent per department and cycle."""

    def __init__(self, book: EventBook) -> None:
        """Sort the requests by department once."""
        self._book = book
        self._by_department: dict[str, list[Deferral]] = {}
        for event in book.deferrals:
            self._by_department.setdefault(book.department(event.department), []).append(event)
        self._used: dict[tuple[str, int], list[Deferral]] = {}

    def open_for(self, department: str, days: BatchDays) -> tuple[Deferral, ...]:
        """Return the approved, unanswered requests dated before the handover that hold for this batch."""
        return tuple(
            event
            for event in self._by_department.get(department, ())
            if event.ruling in APPROVED
            and event.on < days.handover_on
            and self._book.is_open(event)
            and self._named(event) in {None, days.name}
        )

    def late_for(self, days: BatchDays) -> tuple[Deferral, ...]:
        """Return the approved requests that name this batch but are dated on or after its handover."""
        return tuple(
            event for event in self._waiting() if self._named(event) == days.name and event.on >= days.handover_on
        )

    def named_and_unused(self, batch: BatchName) -> tuple[Deferral, ...]:
        """Return the approved requests that name this batch (or one before it) and were not looked at."""
        return tuple(event for event in self._waiting() if (named := self._named(event)) and named <= batch)

    def refused_before(self, days: BatchDays) -> tuple[Deferral, ...]:
        """Return the requests that the office refused, dated before this handover and not counted yet."""
        return tuple(
            event
            for events in self._by_department.values()
            for event in events
            if event.ruling is DeferralRuling.REFUSED and event.on < days.handover_on and self._book.is_open(event)
        )

    def spend(self, department: str, cycle: int, event: Deferral) -> None:
        """Count one request against a department's quota of a cycle."""
        self._used.setdefault((department, cycle), []).append(event)

    def spent(self, department: str, cycle: int) -> tuple[Deferral, ...]:
        """Return the requests counted against a department's quota of a cycle."""
        return tuple(self._used.get((department, cycle), ()))

    def _waiting(self) -> tuple[Deferral, ...]:
        return tuple(
            event
            for events in self._by_department.values()
            for event in events
            if event.ruling in APPROVED and self._book.is_open(event)
        )

    def _named(self, event: Deferral) -> BatchName | None:
        return self._book.batch_of(event.batch, event.on) if event.batch else None
