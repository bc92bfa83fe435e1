"""Departments of one run, batch by batch: reward and sanctions side by side, never netted silently."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xiaxiang.assess.reward import reward_of
from xiaxiang.model.appraisal import DepartmentAppraisal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from xiaxiang.assess.reward import Part
    from xiaxiang.assess.run import Run
    from xiaxiang.model.appraisal import Charge
    from xiaxiang.model.batch import BatchName
    from xiaxiang.model.workspace import Workspace

Key = tuple["BatchName | None", str]


class Ledger:
    """Collects, by batch and department, the people sent, the parts of the reward and the charges."""

    def __init__(self) -> None:
        """Start empty."""
        self._people: dict[Key, int] = {}
        self._parts: dict[Key, list[Part]] = {}
        self._charges: dict[Key, list[Charge]] = {}

    def dispatched(self, batch: BatchName | None, department: str, part: Part | None) -> None:
        """Count one person sent, with the part of the reward that comes of it."""
        key = (batch, department)
        self._people[key] = self._people.get(key, 0) + 1
        if part is not None:
            self._parts.setdefault(key, []).append(part)

    def charge(self, batch: BatchName | None, department: str, charges: Iterable[Charge]) -> None:
        """Add sanctions."""
        self._charges.setdefault((batch, department), []).extend(charges)

    def of_batch(self, run: Run, batch: BatchName | None) -> tuple[DepartmentAppraisal, ...]:
        """Return the departments concerned in one batch, in the plan's order."""
        keys = (key for key in self._people | self._charges if key[0] == batch)
        return in_plan_order(run.workspace, [self._settle(run, key) for key in keys])

    def _settle(self, run: Run, key: Key) -> DepartmentAppraisal:
        reward = reward_of(run, self._parts.get(key, ()))
        charges = _in_order(self._charges.get(key, ()))
        people = self._people.get(key, 0)
        return DepartmentAppraisal(
            key[1], people, reward.amount, reward.reasons, charges, reward.pending, reward.settings
        )


def added_up(workspace: Workspace, parts: Iterable[Sequence[DepartmentAppraisal]]) -> tuple[DepartmentAppraisal, ...]:
    """Return every department over all batches: people, rewards, sanctions and reasons of all of them."""
    sums: dict[str, DepartmentAppraisal] = {}
    for one in (one for part in parts for one in part):
        before = sums.get(one.name)
        sums[one.name] = one if before is None else _sum(before, one)
    return in_plan_order(workspace, list(sums.values()))


def in_plan_order(workspace: Workspace, found: list[DepartmentAppraisal]) -> tuple[DepartmentAppraisal, ...]:
    """Return departments in the plan's order, then those that it does not list, by name."""
    order = {department.name: place for place, department in enumerate(workspace.plan.departments)}
    return tuple(sorted(found, key=lambda one: (order.get(one.name, len(order)), one.name)))


def _sum(one: DepartmentAppraisal, other: DepartmentAppraisal) -> DepartmentAppraisal:
    return DepartmentAppraisal(
        one.name,
        one.people + other.people,
        one.reward + other.reward,
        one.reward_reasons + other.reward_reasons,
        _in_order((*one.sanctions, *other.sanctions)),
        one.pending + other.pending,
        tuple(sorted({*one.settings, *other.settings})),
    )


def _in_order(charges: Iterable[Charge]) -> tuple[Charge, ...]:
    return tuple(sorted(charges, key=lambda one: (one.source, one.reason, one.amount)))
