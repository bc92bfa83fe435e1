"""Departments of one run: reward and sanctions side by side, never netted silently."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xiaxiang.assess.reward import reward_of
from xiaxiang.model.appraisal import DepartmentAppraisal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from xiaxiang.assess.reward import Part
    from xiaxiang.assess.run import Run
    from xiaxiang.model.appraisal import Charge


class Ledger:
    """Collects, department by department, the people sent, the parts of the reward and the charges."""

    def __init__(self) -> None:
        """Start empty."""
        self._people: dict[str, int] = {}
        self._parts: dict[str, list[Part]] = {}
        self._charges: dict[str, list[Charge]] = {}

    def dispatched(self, department: str, part: Part | None) -> None:
        """Count one person sent, with the part of the reward that comes of it."""
        self._people[department] = self._people.get(department, 0) + 1
        self._parts.setdefault(department, [])
        if part is not None:
            self._parts[department].append(part)

    def charge(self, department: str, charges: Iterable[Charge]) -> None:
        """Add sanctions."""
        self._charges.setdefault(department, []).extend(charges)

    def departments(self, run: Run) -> tuple[DepartmentAppraisal, ...]:
        """Return the departments concerned: in the plan's order, then those that it does not list, by name."""
        order = {department.name: place for place, department in enumerate(run.workspace.plan.departments)}
        names = self._people.keys() | self._charges.keys()
        return tuple(
            self._settle(run, name) for name in sorted(names, key=lambda one: (order.get(one, len(order)), one))
        )

    def _settle(self, run: Run, name: str) -> DepartmentAppraisal:
        reward = reward_of(run, self._parts.get(name, ()))
        charges = sorted(self._charges.get(name, ()), key=lambda one: (one.source, one.reason, one.amount))
        people = self._people.get(name, 0)
        return DepartmentAppraisal(name, people, reward.amount, reward.reasons, tuple(charges), reward.pending)
