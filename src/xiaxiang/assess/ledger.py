"""台账: every posting of a person over all years, run through each clock (计时) of the policy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xiaxiang.assess.clocks import Serving, run_clock, shared_days, tally
from xiaxiang.assess.service import services_of
from xiaxiang.model.decision import Reason
from xiaxiang.model.diagnostic import in_order
from xiaxiang.model.ledger import Account, Ledger, Note, NoteKind, Origin, Service

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from xiaxiang.assess.service import Services
    from xiaxiang.model.hospital import Department, Person
    from xiaxiang.model.ledger import History
    from xiaxiang.model.roster import Roster
    from xiaxiang.model.schedule import Batch, Schedule
    from xiaxiang.model.workspace import Workspace


def ledger(
    workspace: Workspace,
    schedule: Schedule | None,
    roster: Roster | None = None,
    history: History | None = None,
    *,
    as_of: date,
) -> Ledger:
    """Return everybody's service up to `as_of` (included) by every clock, and when each unmet clock will be met.

    The schedule should run from the plan's start to beyond `as_of`: what lies after it is what is planned. The batches
    of a roster are taken from it, for it is what happened; history.csv adds service before the plan and elsewhere.
    """
    found = services_of(workspace, schedule, roster, history)
    batches = schedule.batches if schedule else ()
    upcoming = next((one for one in batches if one.handover_on > as_of), None)
    people = list(_people(workspace))
    accounts = [_account(workspace, found, one, upcoming, as_of) for one in people]
    kept = tuple(one for one in accounts if one.services or one.served_months or one.notes)
    return Ledger(
        as_of,
        workspace.policy.clocks,
        kept,
        len(accounts) - len(kept),
        tuple(one.label for one in kept if one.rank is None),
        upcoming.name if upcoming else None,
        tuple(found.unplaced),
        in_order(found.findings),
    )


def _people(workspace: Workspace) -> Iterator[tuple[Department, int, Person]]:
    for department in workspace.plan.departments:
        for index, person in enumerate(department.people):
            yield department, index, person


def _account(
    workspace: Workspace, found: Services, who: tuple[Department, int, Person], upcoming: Batch | None, as_of: date
) -> Account:
    department, index, person = who
    services = tuple(found.of.get((department.name, index), ()))
    served, notes = _served_months(workspace, person, services)
    months = found.months[upcoming.name] if upcoming else 0
    serving = Serving(services, served, _with_next(person, services, upcoming, months))
    results = tuple(
        result
        for clock in workspace.policy.clocks
        for result in run_clock(clock, workspace.policy.source(clock.clause), serving, as_of)
    )
    return Account(
        department.name,
        person.name,
        person.id,
        person.professional_title,
        workspace.ranks.rank_of(person),
        services,
        served,
        tally(serving, as_of),
        results,
        (*notes, *_counted_once(services), *_proposed(services, as_of), *found.notes.get((department.name, index), ())),
    )


def _served_months(workspace: Workspace, person: Person, services: tuple[Service, ...]) -> tuple[int, tuple[Note, ...]]:
    """Return the 已服务月数 that count: none where history.csv tells the same time day by day."""
    told = person.served_months
    if not told:
        return 0, ()
    starts_on = workspace.plan.starts_on
    before = tuple(one for one in services if one.origin is Origin.HISTORY and one.from_on < starts_on)
    place = person.places.of("served_months") if person.places.file else None
    if not before:
        text = f"已服务月数 {told} 个月没有起止日期：按月的累计算了，按天的算不进去；要算，写进 history.csv"
        return told, (Note(NoteKind.UNDATED, Reason(text, None, place)),)
    dated = tally(Serving(before), max(one.until_on for one in before))
    if dated.months == told:
        return 0, ()
    listed = f"history.csv 里 {starts_on.isoformat()} 以前有 {dated.months} 个月"
    text = f"已服务月数写的是 {told} 个月，{listed}：按 history.csv 算"
    return 0, (Note(NoteKind.DIFFERS, Reason(text, None, place)),)


def _with_next(person: Person, services: tuple[Service, ...], upcoming: Batch | None, months: int) -> Service | None:
    """Return the record that the next batch would add if the person were sent; None where they go, or cannot."""
    if upcoming is None or any(one.batch == upcoming.name for one in services):
        return None
    span = (upcoming.handover_on, upcoming.ends_on)
    if person.why_unavailable(*span):
        return None
    return Service((span,), Origin.SCHEDULE, upcoming.nominal_on, upcoming.name, months=months, term=span)


def _counted_once(services: tuple[Service, ...]) -> Iterator[Note]:
    for one, other, (first, last) in shared_days(services):
        which = f"{_named(one)}和{_named(other)}"
        text = f"{first.isoformat()} 至 {last.isoformat()} 在{which}里都有，只算一次"
        yield Note(NoteKind.SHARED, Reason(text, None, other.position or one.position))


def _named(service: Service) -> str:
    return f"{service.origin.label}“{service.from_on.isoformat()} 起”"


def _proposed(services: tuple[Service, ...], as_of: date) -> Iterator[Note]:
    names = "、".join(one.label for one in services if one.proposed and one.from_on <= as_of)
    if names:
        text = f"{names} 的人选还是建议，按建议算；派了谁，在变动登记里加一条“指派”"
        yield Note(NoteKind.PROPOSED, Reason(text))
