"""核定: the result of a batch as it was approved. From then on these figures stand, whatever is edited later."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from xiaxiang.model.position import NOWHERE, Places

if TYPE_CHECKING:
    from datetime import date

    from xiaxiang.model.appraisal import DepartmentAppraisal, PersonAppraisal
    from xiaxiang.model.batch import BatchName
    from xiaxiang.model.published import Basis
    from xiaxiang.model.reading import ReadingUsed


@dataclass(frozen=True, slots=True)
class ApprovedBatch:
    """One approved batch: `approved/2024-2.yaml`.

    `people` are complete, everybody of the batch; of their rows only who they are is kept, and their papers
    (发放前提) are always those of the present roster: the gate holds money back, it never changes an amount.
    `rests_on` is what the figures were computed from, to find out later what was edited.
    """

    name: BatchName
    approved_on: date
    policy: str
    people: tuple[PersonAppraisal, ...]
    departments: tuple[DepartmentAppraisal, ...]
    readings: tuple[ReadingUsed, ...]
    rests_on: tuple[Basis, ...] = ()
    places: Places = NOWHERE


@dataclass(frozen=True, slots=True)
class ApprovalDifference:
    """One figure that would be another if it were computed now; `person` is "" for the department's own.

    `approved` and `computed` are as people read them: `1,320`, `48/60 √`, `没有` where one of them lacks the person.
    """

    department: str
    person: str
    figure: str
    approved: str
    computed: str


@dataclass(frozen=True, slots=True)
class Edit:
    """What was edited since: `label` names it (名册 张三（内科） 出勤天数); "" stands for 没有."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Approval:
    """That a batch was approved, and what would be otherwise if it were computed now. `file` is where it is written.

    `readings` are those of the approval.
    """

    batch: BatchName
    approved_on: date
    file: str
    readings: tuple[ReadingUsed, ...]
    differences: tuple[ApprovalDifference, ...] = ()
    edits: tuple[Edit, ...] = ()
