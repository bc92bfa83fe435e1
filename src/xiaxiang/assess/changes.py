"""变动登记 as assessment needs it: whose leave, whose recall, and who took over from whom within a batch."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeVar

from xiaxiang.model.calendar import ONE_DAY
from xiaxiang.model.event import Incident, Leave, Recall

if TYPE_CHECKING:
    from datetime import date

    from xiaxiang.assess.run import Run
    from xiaxiang.model.batch import BatchName
    from xiaxiang.model.event import Event
    from xiaxiang.model.roster import RosterRow

T = TypeVar("T")
PersonalEvent = TypeVar("PersonalEvent", Leave, Recall)
PersonKey = tuple[str, str]
"""A department's present name with a person's name, or with the 工号 where the name is not unique there."""


@dataclass(frozen=True, slots=True)
class Change:
    """An accident within a batch: from `on` the substitute serves instead of `leaving` (None: nobody does)."""

    on: date
    batch: BatchName | None
    leaving: PersonKey
    substitute: PersonKey | None


@dataclass(frozen=True, slots=True)
class Changes:
    """The registered events by the people they are about."""

    leaves: dict[PersonKey, list[Leave]] = field(default_factory=dict)
    recalls: dict[PersonKey, list[Recall]] = field(default_factory=dict)
    left: dict[PersonKey, list[Change]] = field(default_factory=dict)
    took_over: dict[PersonKey, list[Change]] = field(default_factory=dict)
    adrift: dict[PersonKey, list[Change]] = field(default_factory=dict)
    """Whoever is registered to take over from somebody who had left before: from when is not known."""
    people: frozenset[PersonKey] = frozenset()
    """Everybody above."""

    def slot(self, change: Change) -> tuple[PersonKey, ...]:
        """Return everybody who served in the slot that a change is about, in the order of serving."""
        keys: list[PersonKey] = [change.leaving, *([change.substitute] if change.substitute else [])]
        earlier = self._linked(self.took_over, change.leaving, change)
        later = self._linked(self.left, change.substitute, change) if change.substitute else None
        while earlier and earlier.leaving not in keys:
            keys.insert(0, earlier.leaving)
            earlier = self._linked(self.took_over, earlier.leaving, earlier)
        while later and later.substitute and later.substitute not in keys:
            keys.append(later.substitute)
            later = self._linked(self.left, later.substitute, later)
        return tuple(keys)

    def concern(self, row: RosterRow, department: str) -> bool:
        """Whether anything is registered about the person in a row; of most people nothing is."""
        return (department, row.name) in self.people or (department, row.id) in self.people

    def serves(self, key: PersonKey, batch: BatchName | None) -> bool:
        """Whether, after the changes known so far (in order of days), a person has not left the batch for good."""
        left = [one.on for one in self.left.get(key, ()) if one.batch == batch]
        took_over = [one.on for one in self.took_over.get(key, ()) if one.batch == batch]
        return not left or (bool(took_over) and took_over[-1] >= left[-1])

    @staticmethod
    def _linked(index: dict[PersonKey, list[Change]], key: PersonKey, change: Change) -> Change | None:
        return next((one for one in index.get(key, ()) if one is not change and one.batch == change.batch), None)


def about(index: dict[PersonKey, list[T]], row: RosterRow, department: str) -> list[T]:
    """Return what is registered about the person in a row; `department` is its present name."""
    if not index:
        return []
    found = index.get((department, row.name), [])
    return found + index.get((department, row.id), []) if row.id and row.id != row.name else found


def changes_of(run: Run) -> Changes:
    """Return the plan's events by person. An event that may mean two people is reported and left out."""
    changes = Changes()
    events = run.workspace.plan.events
    for event in events:
        if isinstance(event, Leave):
            _add(run, changes.leaves, event)
        elif isinstance(event, Recall):
            _add(run, changes.recalls, event)
    incidents = [event for event in events if isinstance(event, Incident)]
    for incident in sorted(incidents, key=lambda one: (one.on, one.number)):
        _add_incident(run, changes, incident)
    indexes = (changes.leaves, changes.recalls, changes.left, changes.took_over, changes.adrift)
    return replace(changes, people=frozenset(key for index in indexes for key in index))


def _add(run: Run, index: dict[PersonKey, list[PersonalEvent]], event: PersonalEvent) -> None:
    departments = [run.department(event.department)] if event.department else _departments_of(run, event)
    for key in _keys(run, event, departments, event.person):
        index.setdefault(key, []).append(event)


def _departments_of(run: Run, event: Leave | Recall) -> list[str]:
    """Return where an event that names no department may find its person: in the plan, else in the roster."""
    who = event.person
    listed = [department.name for department in run.workspace.plan.departments if department.find(who)]
    return listed or sorted({run.department(row.department) for row in run.roster.rows if who in {row.name, row.id}})


def _keys(run: Run, event: Event, departments: list[str], who: str) -> list[PersonKey]:
    """Return the keys of the person whom an event calls `who`; none where it may be two people."""
    found: list[PersonKey] = []
    for name in departments:
        department = run.workspace.plan.department(name)
        people = department.find(who) if department else ()
        for person in people:
            unique = department is not None and len(department.find(person.name)) == 1
            found.append((name, person.name if unique else person.id))
        if not people:  # somebody whom the plan does not list is taken as written
            found.append((name, who))
    if len(found) > 1:
        message = f"{event.entry_label}的“{who}”可能是 {len(found)} 个人"
        where = event.places.of("person")
        run.error("ambiguous-person", message, "写明科室；同科同名的写工号", where, event.entry_label)
        return []
    return found


def _add_incident(run: Run, changes: Changes, event: Incident) -> None:
    batch = _batch_of(run, event)
    department = run.department(event.department)
    person = event.person or _posted_before(run, batch, department, event.on)
    if not person:  # the queue had not come to a person yet: nothing to assess
        return
    to_department = run.department(event.substitute_department) if event.substitute_department else department
    leaving = _keys(run, event, [department], person)
    taking = _keys(run, event, [to_department], event.substitute) if event.substitute else []
    scheduled = run.schedule.batch(batch) if run.schedule and batch else None
    if scheduled and event.on > scheduled.ends_on:  # the batch was over: everybody had served it to the end
        return
    # Before the handover, and on its day, nobody has served yet: whoever takes over serves the whole posting.
    shared = scheduled is None or event.on > scheduled.handover_on
    for key in leaving:
        change = Change(event.on, batch, key, taking[0] if taking else None)
        if shared and not changes.serves(key, batch):
            message = f"{event.entry_label}的“{person}”那天已经不在这一批，这一条没有起作用"
            hint = "“人员”写当时在岗、由这一条替下的人；重复登记的删去一条"
            run.warn("event-unused", message, hint, event.places.of("person"))
            for substitute in taking:
                changes.adrift.setdefault(substitute, []).append(change)
            continue
        changes.left.setdefault(key, []).append(change)
        if taking and shared:
            changes.took_over.setdefault(taking[0], []).append(change)


def _batch_of(run: Run, event: Incident) -> BatchName | None:
    """Return the batch an accident names; without its year, the first of that number not over on its day."""
    ref = event.batch
    if ref.year is not None:
        return ref.named_in(ref.year, run.policy.months_of(ref.year))
    for batch in run.schedule.batches if run.schedule else ():
        months = run.policy.months_of(batch.name.year)
        if batch.ends_on >= event.on and ref.number_among(months) == batch.name.number:
            return batch.name
    return None


def _posted_before(run: Run, batch: BatchName | None, department: str, on: date) -> str:
    """Return whom the schedule has in the department's slot up to the day before `on`; "" where nobody."""
    found = run.schedule.batch(batch) if run.schedule and batch else None
    for posting in found.postings if found else ():
        if posting.department == department and posting.person and posting.ends_on + ONE_DAY == on:
            return posting.person.name
    return ""
