"""Who served when: the schedule, a roster (what happened) and history.csv joined, person by person."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from xiaxiang.assess.changes import changes_of
from xiaxiang.assess.run import Run
from xiaxiang.assess.stint import Stints
from xiaxiang.model.decision import Reason
from xiaxiang.model.ledger import History, Note, NoteKind, Origin, Service
from xiaxiang.model.roster import Roster, RosterRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from xiaxiang.assess.stint import Stint
    from xiaxiang.model.batch import BatchName
    from xiaxiang.model.diagnostic import Diagnostic
    from xiaxiang.model.hospital import Person
    from xiaxiang.model.schedule import Batch, Schedule
    from xiaxiang.model.workspace import Workspace

Place = tuple[str, int]
"""A department's present name and the person's place in it: unique even where names repeat."""

_MONTHS: Final = 12  # of a year


@dataclass(slots=True)
class Services:
    """Everything that is known of who served: records by person, in order of days, notes by person, findings."""

    of: dict[Place, list[Service]] = field(default_factory=dict)
    notes: dict[Place, list[Note]] = field(default_factory=dict)
    findings: list[Diagnostic] = field(default_factory=list)
    unplaced: list[Reason] = field(default_factory=list)
    """About records that are nobody's in the plan."""
    months: dict[BatchName, int] = field(default_factory=dict)
    """What each batch of the schedule counts in whole months."""

    def note(self, place: Place, kind: NoteKind, reason: Reason) -> None:
        """Keep what must be said where this person is counted."""
        self.notes.setdefault(place, []).append(Note(kind, reason))


def services_of(
    workspace: Workspace, schedule: Schedule | None, roster: Roster | None = None, history: History | None = None
) -> Services:
    """Return all records of service. A roster is what happened: its batches come from it, the others as planned."""
    found = Services()
    places = _places(workspace)
    batches = {one.name: one for one in schedule.batches} if schedule else {}
    found.months = {one.name: _months(workspace, one, batches.values()) for one in batches.values()}
    happened = [*_stints(workspace, schedule, roster, found)] if roster else []
    covered = {stint.batch for _, stint in happened}
    planned = [*_stints(workspace, schedule, _as_roster(batches.values(), covered), found)]
    for rows, origin in ((happened, Origin.ROSTER), (planned, Origin.SCHEDULE)):
        for row, stint in rows:
            batch = batches.get(stint.batch) if stint.batch else None
            _add(found, places, row, _service(row, stint, origin, batch, found.months))
    _add_history(found, places, history or History())
    _note_absent(found, places, (batch for name, batch in batches.items() if name in covered))
    for records in found.of.values():
        records.sort(key=lambda one: (one.from_on, one.until_on, one.origin))
    return found


def _places(workspace: Workspace) -> dict[tuple[str, str], Place]:
    """Return department and name, or 工号 → place. A name that repeats in a department stands for nobody."""
    found: dict[tuple[str, str], Place] = {}
    for department in workspace.plan.departments:
        for index, person in enumerate(department.people):
            if len(department.find(person.name)) == 1:
                found[department.name, person.name] = (department.name, index)
            if person.id:
                found[department.name, person.id] = (department.name, index)
    return found


def _place(places: dict[tuple[str, str], Place], department: str, name: str, number: str) -> Place | None:
    return places.get((department, number)) if number else places.get((department, name))


def _stints(
    workspace: Workspace, schedule: Schedule | None, roster: Roster, found: Services
) -> Iterator[tuple[RosterRow, Stint]]:
    """Yield the days served in each row, cut by the changes registered; findings about files are kept."""
    run = Run(workspace, roster, schedule)
    stints = Stints(run, changes_of(run))
    for row in roster.rows:
        stint = stints.of(row)
        if stint is not None:
            yield row, stint
    found.findings += [one for one in run.findings if one.position.file]


def _as_roster(batches: Iterable[Batch], covered: set[BatchName | None]) -> Roster:
    """Return the schedule's postings as the rows of a sheet: those of batches that no roster has."""
    rows = (
        RosterRow(
            posting.person.name,
            posting.department,
            posting.person.id,
            batch.name,
            posting.starts_on,
            posting.ends_on,
            extra={"proposed": "是"} if posting.proposed else {},
        )
        for batch in batches
        if batch.name not in covered
        for posting in batch.postings
        if posting.department and posting.person
    )
    return Roster("", {}, tuple(rows))


def _service(
    row: RosterRow, stint: Stint, origin: Origin, batch: Batch | None, months: dict[BatchName, int]
) -> Service:
    whole = batch is not None and stint.spans == ((stint.starts_on, stint.ends_on),)
    whole = whole and batch is not None and stint.starts_on <= batch.handover_on and batch.ends_on <= stint.ends_on
    units = {
        one.recipient_unit
        for one in (batch.postings if batch else ())
        if one.person and (one.person.name, one.person.id) == (row.name, row.id)
    }
    return Service(
        stint.spans,
        origin,
        batch.nominal_on if batch else stint.starts_on,
        stint.batch,
        "、".join(sorted(units)),
        months[batch.name] if whole and batch else None,
        (batch.handover_on, batch.ends_on) if batch else None,
        bool(row.extra.get("proposed")) and origin is Origin.SCHEDULE,
        row.places.of() if row.places.file else None,
    )


def _add(found: Services, places: dict[tuple[str, str], Place], row: RosterRow, service: Service) -> None:
    place = _place(places, row.department, row.name, row.id)
    if place is None:
        text = f"{row.name}（{row.department}）{service.label} 的记录在计划里找不到人，没有计入"
        found.unplaced.append(Reason(text, None, service.position))
    else:
        found.of.setdefault(place, []).append(service)


def _add_history(found: Services, places: dict[tuple[str, str], Place], history: History) -> None:
    for row in history.rows:
        place = _place(places, row.department, row.name, row.id)
        at = row.places.of() if row.places.file else None
        if place is not None:
            service = Service(
                ((row.from_on, row.until_on),),
                Origin.HISTORY,
                row.from_on,
                recipient_unit=row.recipient_unit,
                months=row.months,
                position=at,
                remark=row.remark,
            )
            found.of.setdefault(place, []).append(service)
    for broken in history.broken:
        reason = Reason(f"有一条记录没有算进去: {broken.why}", None, broken.position)
        place = _place(places, broken.department, broken.name, "")
        if place is None:
            who = f"{broken.name}（{broken.department}）" if broken.department else broken.name or "没有写姓名的一行"
            found.unplaced.append(Reason(f"{who} {reason.text}", None, broken.position))
        else:
            found.note(place, NoteKind.BROKEN, reason)


def _note_absent(found: Services, places: dict[tuple[str, str], Place], batches: Iterable[Batch]) -> None:
    """Say whom the schedule sends in a batch of the roster that has no row of theirs: what did not happen."""
    for batch in batches:
        for posting in batch.postings:
            person: Person | None = posting.person
            place = _place(places, posting.department or "", person.name, person.id) if person else None
            if place and all(one.batch != batch.name for one in found.of.get(place, ())):
                text = f"轮换表有 {batch.name.label}，名册的这一批没有此人，没有计入"
                found.note(place, NoteKind.ABSENT, Reason(text))


def _months(workspace: Workspace, batch: Batch, batches: Iterable[Batch]) -> int:
    """Return the whole months from a batch's nominal month to the next batch's, whatever its days (rotation.md)."""
    month = batch.nominal_on.year * _MONTHS + batch.nominal_on.month
    later = [one.nominal_on for one in batches if one.nominal_on > batch.nominal_on]
    if later:
        following = min(later)
        return following.year * _MONTHS + following.month - month
    months = workspace.policy.months_of(batch.nominal_on.year)
    return min(((one - batch.nominal_on.month - 1) % _MONTHS + 1 for one in months), default=_MONTHS)
