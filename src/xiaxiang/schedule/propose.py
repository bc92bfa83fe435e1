"""Whom a department sends: its own choice, else a proposal with its reasons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from xiaxiang.model.hospital import Department, Person
    from xiaxiang.model.rank import Rank, RankTable
    from xiaxiang.model.schedule import Candidacy
    from xiaxiang.schedule.calendar import BatchDays


@dataclass(slots=True, eq=False)
class Member:
    """人员 as one replay sees them: what stays, worked out once, and what it has placed so far."""

    place: int
    """In the department, from 0."""
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

    def serve(self, days: BatchDays) -> None:
        """Count one posting: whole months from its nominal month to the next, whatever its days (rotation.md)."""
        self.months += days.months
        self.ended_on = days.ends_on
        self.promotion_until = 0


class ServiceLog:
    """What the replay has placed so far, person by person."""

    def __init__(self, ranks: RankTable) -> None:
        """Start with nobody placed."""
        self._ranks = ranks
        self._members: dict[str, tuple[Member, ...]] = {}
        self._by_person: dict[int, Member] = {}

    def members(self, department: Department) -> tuple[Member, ...]:
        """Return the people of a department in the order written."""
        found = self._members.get(department.name)
        if found is None:
            found = tuple([self._member(place, one) for place, one in enumerate(department.people)])
            self._members[department.name] = found
            self._by_person.update((id(one.person), one) for one in found)
        return found

    def member(self, department: Department, person: Person) -> Member:
        """Return one of the people of a department."""
        if id(person) not in self._by_person:
            self.members(department)
        return self._by_person[id(person)]

    def _member(self, place: int, person: Person) -> Member:
        rank = self._ranks.rank_of(person) or 0
        return Member(place, person, rank, person.is_always_there, person.promotion_until, person.served_months)


class Proposal(NamedTuple):
    """A proposed person (or nobody), why, and all who were to be had, in order of proposal.

    `below_rank` where nobody of the lowest rank is free.
    """

    person: Person | None
    why: str
    below_rank: bool = False
    candidates: tuple[Candidacy, ...] = ()


def available(members: Iterable[Member], days: BatchDays, out: Container[Member]) -> list[Member]:
    """Return who can serve on every day of the batch and is not `out`: in it already, or kept from it."""
    return [
        one
        for one in members
        if (one.is_always_there or not one.person.why_unavailable(days.handover_on, days.ends_on)) and one not in out
    ]


def propose(department: Department, days: BatchDays, free: list[Member], lowest: Rank | None) -> Proposal:
    """Return the person to propose among those who are `free`, nobody if there are none."""
    if not free:
        return Proposal(None, _nobody(department, days))
    least, year = lowest or 0, days.name.year
    qualified = [one for one in free if one.rank >= least]
    order = sorted([(one.promotion_until < year, one.months, one.ended_on, one.place) for one in qualified or free])
    if not qualified:  # stable: within a rank the order stays
        ranks = {one.place: one.rank for one in free}
        order.sort(key=lambda one: -ranks[one[-1]])
    person = department.people[order[0][-1]]
    return Proposal(person, _why(person, order), not qualified, tuple(order))


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
