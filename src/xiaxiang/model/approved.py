"""核定: the result of a batch as it was approved. From then on these figures stand, whatever is edited later."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from xiaxiang.model.appraisal import PersonAppraisal, Release
from xiaxiang.model.position import NOWHERE, Places
from xiaxiang.model.roster import RosterRow

if TYPE_CHECKING:
    from datetime import date

    from xiaxiang.model.appraisal import DepartmentAppraisal
    from xiaxiang.model.batch import BatchName
    from xiaxiang.model.published import Basis
    from xiaxiang.model.reading import ReadingUsed


PAPERS_UNKNOWN: Final = Release("unknown", (), None)
"""What an approval says of papers: nothing. They come in later, and the roster says so."""


class Use(StrEnum):
    """What a reason in an approved result is given for. The files are read for years to come: these words stay."""

    ALLOWANCE = "补助"
    CERTIFICATE = "鉴定表"
    REDISPATCH = "重新下乡"
    REWARD = "奖励"


def without_row(**given: Any) -> PersonAppraisal:  # noqa: ANN401 - the fields of a PersonAppraisal
    """Return a settled person as an approval knows them: of the row only who they are and when they served."""
    names = ("name", "department", "id", "batch", "starts_on", "ends_on")
    row = RosterRow(**{name: given[name] for name in names})
    return PersonAppraisal(**{**given, "complete": True, "release": PAPERS_UNKNOWN, "row": row})


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
    document: str
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
