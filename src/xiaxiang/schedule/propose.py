"""Whom a department sends: its own choice, else a proposal with its reasons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xiaxiang.model.hospital import Department, Person
    from xiaxiang.model.rank import Rank, RankTable
    from xiaxiang.model.schedule import Candidacy
    from xiaxiang.schedule.calendar import BatchDays

PersonKey = tuple[str, int]
"""A department's present name and the person's place in it: unique even where names repeat."""


@dataclass(slots=True)
class Member:
    """人员 as one replay sees them: what stays, worked out once, and what it has placed so far."""

    person: Person
    rank: int
    """0 where neither 职级 nor 职称 settles it."""
    is_always_there: bool
    promotion_until: int
    """The last year in which 拟晋升 puts this person first; 0 once the replay has placed them."""
    months: int
    """Served before the plan, and of every posting placed."""
    ended_on: date = date.min
    """End of the last posting placed."""


class ServiceLog:
    """What the replay has placed so far, person by person."""

    def __init__(self, ranks: RankTable) -> None:
        """Start with nobody placed."""
        self._ranks = ranks
        self._members: dict[str, tuple[Member, ...]] = {}

    def members(self, department: Department) -> tuple[Member, ...]:
        """Return the people of a department in the order written."""
        found = self._members.get(department.name)
        if found is None:
            found = self._members[department.name] = tuple([self._member(one) for one in department.people])
        return found

    def _member(self, person: Person) -> Member:
        rank = self._ranks.rank_of(person) or 0
        return Member(person, rank, person.is_always_there, person.promotion_until, person.served_months)

    def place(self, department: Department, place: int, days: BatchDays) -> None:
        """Count one posting: whole months from its nominal month to the next, whatever its days (rotation.md)."""
        member = self.members(department)[place]
        member.months += days.months
        member.ended_on = days.ends_on
        member.promotion_until = 0


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposed person (or nobody), why, and all who were to be had, in order of proposal.

    `below_rank` where nobody of the lowest rank is free.
    """

    person: Person | None
    why: str
    below_rank: bool = False
    candidates: tuple[Candidacy, ...] = ()


def available(department: Department, members: Sequence[Member], days: BatchDays, taken: set[PersonKey]) -> list[int]:
    """Return the places of the people who can serve on every day of the batch and are not in it yet."""
    busy = {place for name, place in taken if name == department.name}
    return [
        place
        for place, member in enumerate(members)
        if (member.is_always_there or not member.person.why_unavailable(days.handover_on, days.ends_on))
        and place not in busy
    ]


def propose(
    department: Department, members: Sequence[Member], days: BatchDays, free: list[int], lowest: Rank | None
) -> Proposal:
    """Return the person to propose among those `free` (places in the department), nobody if there are none."""
    if not free:
        return Proposal(None, _nobody(department, days))
    least = lowest or 0
    qualified = [place for place in free if members[place].rank >= least]
    order = _in_order(members, qualified or free, days.name.year)
    if not qualified:  # stable: within a rank the order stays
        order.sort(key=lambda one: -members[one[-1]].rank)
    person = members[order[0][-1]].person
    return Proposal(person, _why(person, order), below_rank=not qualified, candidates=tuple(order))


def _in_order(members: Sequence[Member], places: list[int], year: int) -> list[Candidacy]:
    """Return how people stand, who is to go first first."""
    listed = ((place, members[place]) for place in places)
    return sorted([(one.promotion_until < year, one.months, one.ended_on, place) for place, one in listed])


def _nobody(department: Department, days: BatchDays) -> str:
    whys = [
        f"{person.name} {why}"
        for person in department.people
        if (why := person.why_unavailable(days.handover_on, days.ends_on))
    ]
    if not department.people:
        return f"{department.name}没有登记人员"
    return f"{department.name}无人可派" + (f"：{'；'.join(whys)}" if whys else "")


def _why(person: Person, order: list[Candidacy]) -> str:
    """Return why the first of `order` is proposed."""
    is_not_waiting, months, ended_on, _ = order[0]
    among = len(order)
    if among == 1:
        why = "只有这一人可派"
    elif not is_not_waiting:
        why = "拟晋升，尚未派出"
    elif ended_on == date.min:
        why = f"已服务 {months} 个月，在可派的 {among} 人中最少" if months else "还没有下过乡，按名单顺序"
    else:
        why = f"已服务 {months} 个月，上次 {ended_on.isoformat()} 结束，在可派的 {among} 人中最该派"
    return f"建议 {person.name}：{why}"
