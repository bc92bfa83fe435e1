"""Whom a department sends: its own choice, else a proposal with its reasons."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from xiaxiang.model.decision import Reason

if TYPE_CHECKING:
    from xiaxiang.model.hospital import Department, Person
    from xiaxiang.model.rank import Rank, RankTable
    from xiaxiang.schedule.calendar import BatchDays

PersonKey = tuple[str, int]
"""A department's present name and the person's place in it: unique even where names repeat."""


@dataclass(slots=True)
class ServiceLog:
    """What the replay has placed so far: extra months, end of the last posting, and who has been placed."""

    months: dict[PersonKey, int] = field(default_factory=dict)
    ended_on: dict[PersonKey, date] = field(default_factory=dict)

    def place(self, key: PersonKey, days: BatchDays) -> None:
        """Count one posting: whole months from its nominal month to the next, whatever its days (rotation.md)."""
        self.months[key] = self.months.get(key, 0) + days.months
        self.ended_on[key] = days.ends_on

    def is_placed(self, key: PersonKey) -> bool:
        """Whether this replay has placed the person yet."""
        return key in self.months


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposed person (or nobody) with the reasons; `below_rank` where nobody of the lowest rank is free."""

    person: Person | None
    reasons: tuple[Reason, ...]
    below_rank: bool = False


class Proposer:
    """Proposes people by the order of rotation.md, from what the replay has placed so far."""

    def __init__(self, ranks: RankTable, log: ServiceLog) -> None:
        """Take the table of ranks and the log that the replay writes."""
        self._ranks = ranks
        self._log = log

    def available(self, department: Department, days: BatchDays, taken: set[PersonKey]) -> tuple[int, ...]:
        """Return the places of the people who can serve on every day of the batch and are not in it yet."""
        return tuple(
            place
            for place, person in enumerate(department.people)
            if (department.name, place) not in taken and not person.why_unavailable(days.handover_on, days.ends_on)
        )

    def propose(
        self,
        department: Department,
        days: BatchDays,
        candidates: tuple[int, ...],
        lowest: Rank | None,
    ) -> Proposal:
        """Return the person to propose among `candidates` (places in the department), nobody if there are none."""
        qualified = tuple(place for place in candidates if self._meets(department.people[place], lowest))
        if qualified:
            place = min(qualified, key=lambda one: self._order(department, one, days))
            return Proposal(department.people[place], (self._why(department, place, days, len(qualified)),))
        if candidates:
            place = min(
                candidates,
                key=lambda one: (
                    -(self._ranks.rank_of(department.people[one]) or 0),
                    *self._order(department, one, days),
                ),
            )
            return Proposal(
                department.people[place], (self._why(department, place, days, len(candidates)),), below_rank=True
            )
        return Proposal(None, (Reason(self._nobody(department, days)),))

    def _meets(self, person: Person, lowest: Rank | None) -> bool:
        rank = self._ranks.rank_of(person)
        return lowest is None or (rank is not None and rank >= lowest)

    def _order(self, department: Department, place: int, days: BatchDays) -> tuple[bool, int, date, int]:
        key = (department.name, place)
        return (
            not self._is_waiting_for_promotion(department, place, days),
            department.people[place].served_months + self._log.months.get(key, 0),
            self._log.ended_on.get(key, date.min),
            place,
        )

    def _is_waiting_for_promotion(self, department: Department, place: int, days: BatchDays) -> bool:
        wants = department.people[place].wants_promotion(days.name.year)
        return wants and not self._log.is_placed((department.name, place))

    def _why(self, department: Department, place: int, days: BatchDays, among: int) -> Reason:
        person = department.people[place]
        _, months, ended_on, _ = self._order(department, place, days)
        if among == 1:
            why = "只有这一人可派"
        elif self._is_waiting_for_promotion(department, place, days):
            why = "拟晋升，尚未派出"
        elif ended_on == date.min:
            why = f"已服务 {months} 个月，在可派的 {among} 人中最少" if months else "还没有下过乡，按名单顺序"
        else:
            why = f"已服务 {months} 个月，上次 {ended_on.isoformat()} 结束，在可派的 {among} 人中最该派"
        return Reason(f"建议 {person.name}：{why}")

    def _nobody(self, department: Department, days: BatchDays) -> str:
        whys = [
            f"{person.name} {why}"
            for person in department.people
            if (why := person.why_unavailable(days.handover_on, days.ends_on))
        ]
        if not department.people:
            return f"{department.name}没有登记人员"
        return f"{department.name}无人可派" + (f"：{'；'.join(whys)}" if whys else "")
