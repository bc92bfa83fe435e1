"""轮换表: the result of scheduling. Every posting says why; every notice and sanction cites its clause."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from datetime import date

    from xiaxiang.model.batch import BatchName
    from xiaxiang.model.decision import Reason
    from xiaxiang.model.diagnostic import Severity
    from xiaxiang.model.hospital import Person
    from xiaxiang.model.position import Position
    from xiaxiang.model.reading import ReadingUsed
    from xiaxiang.model.source import Source


Candidacy: TypeAlias = "tuple[bool, int, date, int]"
"""How a person who could go stood when the department's turn came; the least of them is proposed.

Not waiting for a promotion, months served, end of the last service (date.min: none), place in the department.
"""


VACANT: Final = "空缺"
BY_DEPARTMENT: Final = "由科室确定"
PROVISIONAL: Final = "暂定"
"""Words for a slot without a person, for one that its department fills, and for a day that may still move."""


class PostingReason(StrEnum):
    """By what right a department holds a slot."""

    QUEUE = "queue"
    PROMOTION = "promotion"
    REDISPATCH = "redispatch"
    INCIDENT = "incident"

    @property
    def label(self) -> str:
        """How users are told: `晋升优先`."""
        return _REASON_LABELS[self]

    @property
    def remark(self) -> str:
        """The label of what is out of the ordinary; "" for the queue."""
        return "" if self is PostingReason.QUEUE else self.label


_REASON_LABELS: Final = {
    PostingReason.QUEUE: "按顺序轮到",
    PostingReason.PROMOTION: "晋升优先",
    PostingReason.REDISPATCH: "重新下乡",
    PostingReason.INCIDENT: "意外接替",
}


@dataclass(frozen=True, slots=True)
class Posting:
    """派驻: one person (or nobody yet) of one department in one slot, both days included.

    An empty slot has neither department nor person. `proposed` says that the person is the program's
    proposal: documents print 由科室确定 until an 指派 confirms it. An accident within a batch splits a
    posting into two with the same `slot`. `candidates` are those among whom a proposal chose, the first first.
    """

    slot: int
    recipient_unit: str
    department: str | None
    person: Person | None
    cycle: int | None
    starts_on: date
    ends_on: date
    proposed: bool
    reason: PostingReason
    because: tuple[Reason, ...]
    candidates: tuple[Candidacy, ...] = ()


@dataclass(frozen=True, slots=True)
class Batch:
    """批次: nominal and moved handover day, last day, and the postings in slot order.

    `waiting` are the turns (cycle, department) still in the queue when the batch was full, front to back;
    `passed_over` the departments that came up and stayed in the queue, each with the reason; `months` what a
    posting counts as. A handover or an end is provisional where it rests on a year whose days off are not published.
    """

    name: BatchName
    nominal_on: date
    handover_on: date
    ends_on: date
    postings: tuple[Posting, ...]
    handover_because: tuple[Reason, ...] = ()
    waiting: tuple[tuple[int, str], ...] = ()
    passed_over: tuple[tuple[str, Reason], ...] = ()
    months: int = 0
    is_provisional: bool = False
    ends_provisionally: bool = False


@dataclass(frozen=True, slots=True)
class Notice:
    """What the reader of a schedule must know, with its clause.

    `on` is the day of the event behind it; `published_on` is the first day of the month whose 质控动态
    announces it, None where it is no change of order or person.
    """

    code: str
    severity: Severity
    batch: BatchName | None
    department: str | None
    person: str | None
    on: date | None
    message: str
    source: Source
    position: Position | None = None
    published_on: date | None = None

    @property
    def is_about_consents(self) -> bool:
        """Whether this says whose consent to a 晋升优先 is not recorded; the 晋升优先 itself is announced beside it."""
        return self.code == "promotion-placed" and self.published_on is None


@dataclass(frozen=True, slots=True)
class Sanction:
    """处罚: an amount in 分 on a department or a person."""

    batch: BatchName
    department: str | None
    person: str | None
    amount: int
    on: date
    reason: str
    source: Source


@dataclass(frozen=True, slots=True)
class Schedule:
    """The batches in order, over all the years that were asked for."""

    plan: str
    policy: str
    batches: tuple[Batch, ...]
    notices: tuple[Notice, ...]
    sanctions: tuple[Sanction, ...]
    readings: tuple[ReadingUsed, ...]

    def batch(self, name: BatchName) -> Batch | None:
        """Return the batch of that name, or None."""
        return next((batch for batch in self.batches if batch.name == name), None)

    def of_year(self, year: int) -> Schedule:
        """Return the part of this schedule that belongs to `year`: batches, notices and sanctions."""
        return self.of_years(frozenset({year}))

    def of_years(self, years: frozenset[int]) -> Schedule:
        """Return the part of this schedule that belongs to `years`."""
        return Schedule(
            self.plan,
            self.policy,
            tuple(batch for batch in self.batches if batch.name.year in years),
            tuple(notice for notice in self.notices if notice.batch is None or notice.batch.year in years),
            tuple(sanction for sanction in self.sanctions if sanction.batch.year in years),
            self.readings,
        )
