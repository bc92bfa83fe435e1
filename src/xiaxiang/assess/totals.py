"""Sums over one run and over each of its batches, in 分."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xiaxiang.model.appraisal import BatchPart, Totals

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from xiaxiang.model.appraisal import DepartmentAppraisal, PersonAppraisal
    from xiaxiang.model.batch import BatchName


def totals_of(people: Sequence[PersonAppraisal], departments: Sequence[DepartmentAppraisal]) -> Totals:
    """Return the totals: of people over the complete ones only, of departments over all."""
    complete = [person for person in people if person.complete]
    allowances = [person.allowance for person in complete if person.allowance is not None]
    return Totals(
        people=len(people),
        pending=len(people) - len(complete),
        due=sum(one.due for one in allowances),
        deducted=sum(one.deducted for one in allowances),
        paid=sum(one.paid for one in allowances),
        held=sum(one.allowance.paid for one in complete if one.allowance and one.release.state == "held"),
        ready=sum(one.allowance.paid for one in complete if one.allowance and one.release.state == "ready"),
        personal_sanctions=sum(person.sanction_total for person in complete),
        reward_shares=sum(person.reward_share for person in complete),
        personal_net=sum(person.net or 0 for person in complete),
        department_rewards=sum(one.reward for one in departments),
        department_sanctions=sum(one.sanction_total for one in departments),
        department_net=sum(one.net for one in departments),
    )


def parts_of(
    people: Sequence[PersonAppraisal], departments: Callable[[BatchName | None], tuple[DepartmentAppraisal, ...]]
) -> tuple[BatchPart, ...]:
    """Return the batches of the run in order, rows without one last; `departments` gives those of a batch."""
    by_batch: dict[BatchName | None, list[PersonAppraisal]] = {}
    for person in people:
        by_batch.setdefault(person.batch, []).append(person)
    named = sorted(batch for batch in by_batch if batch is not None)
    found = [(batch, departments(batch)) for batch in (*named, *([None] if None in by_batch else []))]
    return tuple(BatchPart(batch, those, totals_of(by_batch[batch], those)) for batch, those in found)
