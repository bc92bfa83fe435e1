"""后延: which request is open for a batch, and how often a department may still use one in its cycle."""

from __future__ import annotations

from collections import deque
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
        """Sort the requests by department and by the batch they name, once."""
        self._book = book
        self._by_department: dict[str, deque[Deferral]] = {}
        self._named: dict[int, BatchName] = {}
        self._by_batch: dict[BatchName, list[Deferral]] = {}
        self._refused: deque[Deferral] = deque()
        self._used: dict[tuple[str, int], list[Deferral]] = {}
        for event in book.deferrals:
            if event.ruling is DeferralRuling.REFUSED:
                self._refused.append(event)
            if event.ruling not in APPROVED:
                continue
            named = book.batch_of(event.batch, event.on) if event.batch else None
            if event.batch and named is None:
                continue  # it names a batch beyond this replay: never open here, else the years asked for would decide
            self._by_department.setdefault(book.department(event.department), deque()).append(event)
            if named is not None:
                self._named[id(event)] = named
                self._by_batch.setdefault(named, []).append(event)

    def open_for(self, department: str, days: BatchDays) -> tuple[Deferral, ...]:
        """Return the approved, unanswered requests dated before the handover that hold for this batch."""
        requests = self._by_department.get(department)
        if not requests:
            return ()
        found = self._book.open_before(days.handover_on, requests)
        if not self._named:
            return found
        return tuple(event for event in found if self._named.get(id(event), days.name) == days.name)

    def naming(self, batch: BatchName) -> tuple[Deferral, ...]:
        """Return the approved, unanswered requests that name this batch."""
        named = self._by_batch.get(batch)
        return tuple(event for event in named if self._book.is_open(event)) if named else ()

    def before(self, first: BatchName) -> tuple[Deferral, ...]:
        """Return the approved requests that name a batch before the plan's first."""
        return tuple(event for named, events in self._by_batch.items() if named < first for event in events)

    def refused_before(self, days: BatchDays) -> tuple[Deferral, ...]:
        """Return the requests that the office refused, dated before this handover and not counted yet."""
        return self._book.open_before(days.handover_on, self._refused)

    def spend(self, department: str, cycle: int, event: Deferral) -> None:
        """Count one request against a department's quota of a cycle."""
        self._used.setdefault((department, cycle), []).append(event)

    def spent(self, department: str, cycle: int) -> tuple[Deferral, ...]:
        """Return the requests counted against a department's quota of a cycle."""
        return tuple(self._used.get((department, cycle), ()))
