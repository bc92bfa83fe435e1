"""统计: who carried how much over a span, by department, person, rank or specialty, and how far apart they are."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from xiaxiang.assess.clocks import Serving, tally
from xiaxiang.assess.fairness_reasons import median, why
from xiaxiang.assess.service import services_of
from xiaxiang.model.decision import Reason
from xiaxiang.model.ledger import Tally
from xiaxiang.model.rank import Rank
from xiaxiang.model.schedule import PostingReason
from xiaxiang.model.statistics import (
    DAYS,
    DEFERRALS,
    ELIGIBLE,
    INCIDENTS,
    MONTHS,
    ODD_DAYS,
    PEOPLE,
    POSTINGS,
    PROMOTIONS,
    REFUSALS,
    Group,
    GroupBy,
    Spread,
    Statistics,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from xiaxiang.assess.service import Place, Services
    from xiaxiang.model.hospital import Department, Person
    from xiaxiang.model.ledger import Service
    from xiaxiang.model.roster import Roster
    from xiaxiang.model.schedule import Batch, Notice, Schedule
    from xiaxiang.model.workspace import Workspace

COMPARED: Final = (POSTINGS, MONTHS)
"""The figures whose spread is told."""

_NO_RANK, _NO_SPECIALTY = "职级不明", "专业未填"
_INCIDENT_CODES: Final = frozenset({"person-replaced", "slot-vacant"})


@dataclass(frozen=True, slots=True)
class Member:
    """One person with what they served in the span. `eligible`: could have been sent in one of its batches at least."""

    place: Place
    department: Department
    person: Person
    rank: Rank | None
    services: tuple[Service, ...]
    tally: Tally
    eligible: bool


@dataclass(frozen=True, slots=True)
class Span:
    """The part of a schedule that is looked at: batches by their nominal handover, and everybody with their share."""

    workspace: Workspace
    from_on: date
    until_on: date
    batches: tuple[Batch, ...]
    notices: tuple[Notice, ...]
    members: tuple[Member, ...]
    lowest: Rank | None


def fairness(
    workspace: Workspace,
    schedule: Schedule,
    roster: Roster | None = None,
    *,
    by: GroupBy,
    from_on: date,
    until_on: date,
) -> Statistics:
    """Return figures by group for the batches whose nominal handover lies in the span, with the reasons for each.

    A batch is never cut: it belongs to the span whole, as `--year` has it. Batches of a roster come from the roster.
    """
    found = services_of(workspace, schedule, roster)
    span = _span(workspace, schedule, found, from_on, until_on)
    groups = tuple(_group(span, by, name, department, members) for name, department, members in _grouped(span, by))
    spreads = tuple(spread for figure in COMPARED if (spread := _spread(groups, figure)))
    totals = {name: sum(one.figures[name] for one in groups) for name in (groups[0].figures if groups else ())}
    return Statistics(by, from_on, until_on, groups, totals, spreads, _notes(span, found))


def _span(workspace: Workspace, schedule: Schedule, found: Services, from_on: date, until_on: date) -> Span:
    batches = tuple(one for one in schedule.batches if from_on <= one.nominal_on <= until_on)
    names = {one.name for one in batches}
    rotation = workspace.policy.rotation
    lowest = rotation.lowest_rank.on(until_on) if rotation and rotation.lowest_rank else None
    notices = tuple(one for one in schedule.notices if one.batch in names)
    span = Span(workspace, from_on, until_on, batches, notices, (), lowest)
    members = (
        _member(span, found, department, index)
        for department in workspace.plan.departments
        for index in range(len(department.people))
    )
    return replace(span, members=tuple(members))


def _member(span: Span, found: Services, department: Department, index: int) -> Member:
    place, person = (department.name, index), department.people[index]
    services = tuple(one for one in found.of.get(place, ()) if span.from_on <= one.nominal_on <= span.until_on)
    rank = span.workspace.ranks.rank_of(person)
    able = span.lowest is None or (rank is not None and rank >= span.lowest)
    eligible = able and any(not person.why_unavailable(one.handover_on, one.ends_on) for one in span.batches)
    total = tally(Serving(services), max(one.until_on for one in services)) if services else Tally()
    return Member(place, department, person, rank, services, total, eligible)


def _grouped(span: Span, by: GroupBy) -> list[tuple[str, str, tuple[Member, ...]]]:
    """Return (name, department where the group is a person, members) in the plan's order, ranks from the highest."""
    if by is GroupBy.PERSON:
        return [(one.person.name, one.department.name, (one,)) for one in span.members]
    if by is GroupBy.DEPARTMENT:
        names = [one.name for one in span.workspace.plan.departments]
        return [(name, "", tuple(one for one in span.members if one.department.name == name)) for name in names]
    keys = {one.place: _key(one, by) for one in span.members}
    if by is GroupBy.RANK:
        names = [rank.label for rank in reversed(Rank)]
        names += [_NO_RANK] if _NO_RANK in keys.values() else []
    else:
        names = sorted(set(keys.values()), key=lambda name: (name == _NO_SPECIALTY, name))
    return [(name, "", tuple(one for one in span.members if keys[one.place] == name)) for name in names]


def _key(member: Member, by: GroupBy) -> str:
    if by is GroupBy.RANK:
        return member.rank.label if member.rank else _NO_RANK
    return member.person.specialty or _NO_SPECIALTY


def _group(span: Span, by: GroupBy, name: str, department: str, members: tuple[Member, ...]) -> Group:
    figures = {
        POSTINGS: sum(len(one.services) for one in members),
        MONTHS: sum(one.tally.months for one in members),
        ODD_DAYS: sum(one.tally.odd_days for one in members),
        DAYS: sum(one.tally.days for one in members),
        PEOPLE: len(members),
        ELIGIBLE: sum(one.eligible for one in members),
    }
    if by is GroupBy.DEPARTMENT:
        figures |= _events(span, name, None)
    elif by is GroupBy.PERSON:
        figures |= _events(span, department, members[0].person)
    order = span.workspace.plan.dispatch_order
    owes = name in order if by is GroupBy.DEPARTMENT else figures[ELIGIBLE] > 0
    return Group(name, figures, department, why(span, by, name, members), counts=owes)


def _events(span: Span, department: str, person: Person | None) -> dict[str, int]:
    """Return how often a department deferred or refused, or either had an accident or a promotion, in the span."""

    def told(codes: Iterable[str]) -> int:
        wanted = frozenset(codes)
        return len(
            {
                (one.batch, one.on, one.position)
                for one in span.notices
                if one.code in wanted and one.department == department and (not person or one.person == person.name)
            }
        )

    promoted = {
        (batch.name, posting.slot)
        for batch in span.batches
        for posting in batch.postings
        if posting.reason is PostingReason.PROMOTION
        and posting.department == department
        and (person is None or posting.person is person)
    }
    whole = {} if person else {DEFERRALS: told({"deferral-used"}), REFUSALS: told({"refusal"})}
    return whole | {INCIDENTS: told(_INCIDENT_CODES), PROMOTIONS: len(promoted)}


def _spread(groups: tuple[Group, ...], figure: str) -> Spread | None:
    """Return the least, the median and the most of one figure among those who owe service; None for fewer than two."""
    compared = [one for one in groups if one.counts]
    if len(compared) <= 1:
        return None
    values = sorted(one.figures[figure] for one in compared)
    least, most = (
        tuple(_named(one) for one in compared if one.figures[figure] == end) for end in (values[0], values[-1])
    )
    return Spread(figure, values[0], values[-1], median(values), least, most)


def _named(group: Group) -> str:
    return f"{group.name}（{group.department}）" if group.department else group.name


def _notes(span: Span, found: Services) -> tuple[Reason, ...]:
    """Return what must be said aloud: people without a rank, proposals counted, records that nobody owns."""
    unknown = [f"{one.person.name}（{one.department.name}）" for one in span.members if one.rank is None]
    notes = [Reason(f"职级不明 {len(unknown)} 人: {'、'.join(unknown)}；在“人员”里写上“职级”")] if unknown else []
    proposed = sum(one.proposed for member in span.members for one in member.services)
    if proposed:
        notes.append(Reason(f"{proposed} 人次的人选还是建议，按建议算；科室确定后登记“指派”"))
    empty = sum(posting.person is None for batch in span.batches for posting in batch.postings)
    if empty:
        notes.append(Reason(f"{empty} 个名额没有人，没有计入"))
    return (*notes, *found.unplaced)
