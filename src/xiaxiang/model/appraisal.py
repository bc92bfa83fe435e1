"""考核结果: items, conclusions and money of each person and department; every line cites its clause.

Money is whole 分. `None` means "cannot be said yet" (待补), never zero and never a pass.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import date
    from fractions import Fraction

    from xiaxiang.model.approved import Approval
    from xiaxiang.model.attendance import PostingDays
    from xiaxiang.model.batch import BatchName
    from xiaxiang.model.decision import Reason
    from xiaxiang.model.indicator import IndicatorKind
    from xiaxiang.model.reading import ReadingUsed
    from xiaxiang.model.roster import RosterRow
    from xiaxiang.model.source import Source

PENDING: Final = "待补"
"""What stands where something cannot be said yet."""

_COUNTED: Final = "零一两三四五六七八九十"  # as items are counted: 两项, not 二项


@dataclass(frozen=True, slots=True)
class Check:
    """One comparison inside an item (次数, 间隔): measured value, bound, and whether it is met (None: 未评定)."""

    name: str
    value: Fraction | None
    bound: Fraction | None
    met: bool | None


@dataclass(frozen=True, slots=True)
class Item:
    """项目: one assessed task of one person. `facts` are the days and numbers it rests on; `warnings` never fail it."""

    name: str
    kind: IndicatorKind
    value: Fraction | None
    bound: Fraction | None
    met: bool | None
    checks: tuple[Check, ...]
    source: Source
    facts: tuple[str, ...]
    warnings: tuple[str, ...] = ()
    fraction: tuple[int | Fraction, int | Fraction] | None = None
    """For a rate: numerator and denominator as counted (58, 62)."""
    due_on: date | None = None
    """For a deadline: the last day that is in time."""
    settings: tuple[str, ...] = ()
    """The 口径 that it rests on."""
    unit: str = ""
    """What a 数值, or a rate of one per so many, is counted in (支, 人每万人口)."""


@dataclass(frozen=True, slots=True)
class Charge:
    """One sanction in 分 with its reason and clause; `settings` are the 口径 that decide about it."""

    amount: int
    reason: str
    source: Source
    settings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Allowance:
    """补助 in 分: what is due, what is deducted, and what is paid (due − deducted, never below zero)."""

    due: int
    deducted: int
    paid: int
    reasons: tuple[Reason, ...]
    settings: tuple[str, ...] = ()
    """The 口径 that it rests on."""


@dataclass(frozen=True, slots=True)
class Release:
    """发放前提: state `ready`, `held` or `unknown`, and the papers that are missing. Never changes an amount."""

    state: str
    missing: tuple[str, ...]
    source: Source | None


@dataclass(frozen=True, slots=True)
class PersonAppraisal:
    """One person in one batch. Where `complete` is false, everything that follows from the items is None."""

    name: str
    id: str
    department: str
    batch: BatchName | None
    starts_on: date | None
    ends_on: date | None
    items: tuple[Item, ...]
    unmet: int | None
    complete: bool
    grade: str | None
    allowance: Allowance | None
    release: Release
    certificate: bool | None
    certificate_reasons: tuple[Reason, ...]
    redispatch: bool | None
    redispatch_reasons: tuple[Reason, ...]
    sanctions: tuple[Charge, ...]
    reward_share: int
    net: int | None
    row: RosterRow
    notes: tuple[str, ...] = ()
    grade_reasons: tuple[Reason, ...] = ()
    approved_on: date | None = None
    """The day on which these figures were approved (核定); None where they are as computed now."""
    attendance: PostingDays | None = None
    """The days of the posting told apart, where records or a sheet of attendance were given."""

    @property
    def sanction_total(self) -> int:
        """The sum of the person's own sanctions in 分, positive."""
        return sum(charge.amount for charge in self.sanctions)

    @property
    def verdict(self) -> str:
        """The verdict in words: the policy's grade, or how many items were not met; 待补 where it is open."""
        if not self.complete or self.unmet is None:
            return PENDING
        if self.grade:
            return self.grade
        if self.unmet == 0:
            return "全部完成" if self.items else "没有考核项目"
        return f"{_COUNTED[self.unmet] if self.unmet < len(_COUNTED) else self.unmet}项未完成"


@dataclass(frozen=True, slots=True)
class DepartmentAppraisal:
    """One department: reward and sanctions side by side, never netted silently."""

    name: str
    people: int
    reward: int
    reward_reasons: tuple[Reason, ...]
    sanctions: tuple[Charge, ...]
    pending: tuple[str, ...] = ()
    """People whose part of the reward cannot be said yet; `reward` is without it."""
    settings: tuple[str, ...] = ()
    """The 口径 that the reward rests on."""

    @property
    def sanction_total(self) -> int:
        """The sum of the sanctions in 分, positive."""
        return sum(charge.amount for charge in self.sanctions)

    @property
    def net(self) -> int:
        """Reward less sanctions, in 分."""
        return self.reward - self.sanction_total


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums over the run in 分, over complete people only; `pending` counts the others.

    `held` is the part of `paid` that waits for papers (发放前提), `ready` the part whose papers are in; where the
    roster says nothing of papers, both are 0.
    """

    people: int
    pending: int
    due: int
    deducted: int
    paid: int
    personal_sanctions: int
    reward_shares: int
    personal_net: int
    department_rewards: int
    department_sanctions: int
    department_net: int
    held: int = 0
    ready: int = 0


@dataclass(frozen=True, slots=True)
class BatchPart:
    """What one batch (None: rows without one) adds to the run: departments and totals; over all parts they add up.

    `approval` is there where the batch was approved: then these are the approved figures.
    """

    batch: BatchName | None
    departments: tuple[DepartmentAppraisal, ...]
    totals: Totals
    approval: Approval | None = None


@dataclass(frozen=True, slots=True)
class Appraisal:
    """The result of one run, people in roster order, departments in the plan's order, batches by name.

    List, totals, export and documents are all made from this one result.
    """

    policy: str
    people: tuple[PersonAppraisal, ...]
    departments: tuple[DepartmentAppraisal, ...]
    totals: Totals
    readings: tuple[ReadingUsed, ...]
    parts: tuple[BatchPart, ...] = ()

    def people_of(self, batch: BatchName | None) -> tuple[PersonAppraisal, ...]:
        """Return the people of one batch, in the roster's order."""
        return tuple(person for person in self.people if person.batch == batch)

    def readings_in(self, batch: BatchName | None) -> tuple[ReadingUsed, ...]:
        """Return the readings that the figures of a batch rest on: those of its approval, where it was approved."""
        approved = next((part.approval for part in self.parts if part.batch == batch and part.approval), None)
        return approved.readings if approved else self.readings


@dataclass(frozen=True, slots=True)
class ReadingChange:
    """What one other reading changes for a person ("" in `department`'s own line): net in 分, before and after.

    `unmet`, `net` are pairs (before, after); None stands for 待补 and for what a department does not have.
    `items` are those whose verdict changes: name, met before, met after (None: 未评定).
    """

    department: str
    person: str
    unmet: tuple[int | None, int | None]
    net: tuple[int | None, int | None]
    items: tuple[tuple[str, bool | None, bool | None], ...] = ()

    @property
    def difference(self) -> int | None:
        """After less before, in 分; None where either cannot be said."""
        before, after = self.net
        return None if before is None or after is None else after - before


@dataclass(frozen=True, slots=True)
class OtherReading:
    """The same run under one other value of one 口径: who changes, and by how much."""

    setting: str
    value: str
    sentence: str
    source: Source
    changes: tuple[ReadingChange, ...]
