"""变动登记 as the replay asks it: which events speak about this batch, and which have been answered."""

from __future__ import annotations

from bisect import bisect_left
from collections import deque
from dataclasses import dataclass, field
from itertools import islice, takewhile
from typing import TYPE_CHECKING, Final, TypeVar

from xiaxiang.model.event import Assignment, Deferral, Event, Incident, Promotion, Redispatch, Refusal

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from xiaxiang.model.batch import BatchName, BatchRef
    from xiaxiang.model.hospital import Department
    from xiaxiang.model.plan import Plan
    from xiaxiang.schedule.calendar import BatchDays

W = TypeVar("W", Deferral, Promotion)


@dataclass(frozen=True, slots=True)
class Page:
    """The events that name one batch, by department: by date and file order, 指派 in file order."""

    refusals: dict[str, list[Refusal]] = field(default_factory=dict)
    incidents: dict[str, list[Incident]] = field(default_factory=dict)
    assignments: dict[str, list[Assignment]] = field(default_factory=dict)

    def events(self) -> tuple[Assignment | Incident | Refusal, ...]:
        """Return all of them, kind by kind."""
        kinds = (self.refusals, self.incidents, self.assignments)
        return tuple(event for kind in kinds for events in kind.values() for event in events)


BLANK: Final = Page()


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
        self._waiting = deque(self.promotions)
        self._pages: dict[BatchName, Page] = {}
        self._asked: BatchName | None = None
        self._here = BLANK
        for event in in_order:
            if isinstance(event, Refusal) and (page := self._page_of(event)):
                page.refusals.setdefault(self.department(event.department), []).append(event)
            elif isinstance(event, Incident) and (page := self._page_of(event)):
                page.incidents.setdefault(self.department(event.department), []).append(event)
        for event in plan.events:  # for 指派 the later entry in the file decides, whatever the days
            if isinstance(event, Assignment) and (page := self._page_of(event)):
                page.assignments.setdefault(self.department(event.department), []).append(event)
        named = ((self.batch_of(one.batch, one.on), one) for one in in_order if isinstance(one, Redispatch))
        self._redispatches = deque(sorted(((name, one) for name, one in named if name), key=lambda pair: pair[0]))

    def department(self, name: str) -> str:
        """Return a department's present name, whichever of its names an event uses."""
        found = self._departments.get(name)
        return found.name if found else name

    def batch_of(self, ref: BatchRef, on: date) -> BatchName | None:
        """Return the batch an event means: with its year, or the first of that number not over on the event's day."""
        if ref.year is not None and self._timeline:
            # A batch before the plan's first may lie before the policy's own days: it is numbered as the first year's.
            return ref.named_in(ref.year, self._months_in(max(ref.year, self._timeline[0].name.year)))
        first = bisect_left(self._timeline, on, key=lambda days: days.ends_on)
        for days in islice(self._timeline, first, None):
            if ref.number_among(self._months_in(days.name.year)) == days.name.number:
                return days.name
        return None

    def refusal(self, batch: BatchName, department: str) -> Refusal | None:
        """Return the first 拒派 of a department for a batch."""
        listed = self._page(batch).refusals.get(department)
        return listed[0] if listed else None

    def cannot_go(self, days: BatchDays) -> tuple[Incident, ...]:
        """Return the 意外 dated before the handover of a batch that name who cannot go in it."""
        page = self._page(days.name)
        if not page.incidents:
            return ()
        named = (event for events in page.incidents.values() for event in events)
        return tuple(event for event in named if event.person and event.on < days.handover_on)

    def incidents(self, batch: BatchName, department: str) -> tuple[Incident, ...]:
        """Return the 意外 of a department in a batch, by date and file order."""
        listed = self._page(batch).incidents.get(department)
        return tuple(listed) if listed else ()

    def assignments(self, batch: BatchName, department: str) -> tuple[Assignment, ...]:
        """Return the 指派 of a department for a batch, in file order."""
        listed = self._page(batch).assignments.get(department)
        return tuple(listed) if listed else ()

    def redispatches(self, until: BatchName, department: str | None = None) -> tuple[tuple[BatchName, Redispatch], ...]:
        """Return the open 重新下乡 that name `until` or an earlier batch, in order of batch."""
        if not self._redispatches:
            return ()
        while self._redispatches and not self.is_open(self._redispatches[0][1]):
            self._redispatches.popleft()  # what is answered in front is not walked through again
        return tuple(
            (batch, event)
            for batch, event in takewhile(lambda pair: pair[0] <= until, self._redispatches)
            if department in {None, self.department(event.department)} and self.is_open(event)
        )

    def promotions_before(self, day: date) -> tuple[Promotion, ...]:
        """Return the open 晋升优先 dated before `day`, by date and file order."""
        return self.open_before(day, self._waiting)

    def open_before(self, day: date, waiting: deque[W]) -> tuple[W, ...]:
        """Return the open events of `waiting` (by date) dated before `day`; those answered drop out of it."""
        due: list[W] = []
        while waiting and waiting[0].on < day:
            event = waiting.popleft()
            if self.is_open(event):
                due.append(event)
        waiting.extendleft(reversed(due))
        return tuple(due)

    def unanswered(self, batch: BatchName) -> tuple[Assignment | Incident | Refusal, ...]:
        """Return the open refusals, incidents and assignments that name `batch`."""
        page = self._page(batch)
        return tuple(event for event in page.events() if self.is_open(event)) if page is not BLANK else ()

    def before(self, first: BatchName) -> tuple[Assignment | Incident | Refusal, ...]:
        """Return the events that name a batch before the plan's first."""
        return tuple(event for batch, page in self._pages.items() if batch < first for event in page.events())

    def answer(self, event: Event) -> None:
        """Note that an event has had its effect, or has been refused it."""
        self._answered.add(id(event))

    def is_open(self, event: Event) -> bool:
        """Whether an event still waits for its effect."""
        return id(event) not in self._answered

    def _page(self, batch: BatchName) -> Page:
        """Return the events that name a batch; a replay asks many times about one before it turns to the next."""
        if self._asked is not batch:
            self._asked, self._here = batch, self._pages.get(batch, BLANK)
        return self._here

    def _page_of(self, event: Assignment | Incident | Refusal) -> Page | None:
        named = self.batch_of(event.batch, event.on)
        return self._pages.setdefault(named, Page()) if named else None
