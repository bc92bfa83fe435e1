"""公布: a batch as it was announced. From then on it is a fact, and the replay goes on from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from xiaxiang.model.position import NOWHERE, Places
from xiaxiang.model.schedule import PostingReason

if TYPE_CHECKING:
    from datetime import date

    from xiaxiang.model.batch import BatchName
    from xiaxiang.model.event import DeferralRuling

REASON_WORDS: Final = {
    PostingReason.QUEUE: "轮到",
    PostingReason.PROMOTION: "晋升优先",
    PostingReason.REDISPATCH: "重新下乡",
    PostingReason.INCIDENT: "意外接替",
}
"""缘由 as the files of announced batches say it. They are read for years to come: these words stay."""


@dataclass(frozen=True, slots=True)
class PublishedPosting:
    """One slot as announced. `person` is "" where the notice said 由科室确定, or where nobody was to be had.

    `is_open` says which of the two: the department's choice (an 指派) is then still welcome, and no difference.
    """

    slot: int
    recipient_unit: str
    department: str
    person: str
    person_id: str
    cycle: int | None
    reason: PostingReason
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A turn that came up in the batch and stayed in the queue: by a 后延, a 拒派 or a 意外 of the day `on`."""

    department: str
    cycle: int
    kind: str
    """The 类型 of the event."""
    on: date
    ruling: DeferralRuling | None = None


@dataclass(frozen=True, slots=True)
class Basis:
    """One thing that the announced batch rested on (an event, the order, a reading …), to find later edits.

    `label` names it to users; `content` is what it said: its words where they are short, else a fingerprint.
    """

    label: str
    content: str


@dataclass(frozen=True, slots=True)
class PublishedBatch:
    """One announced batch: `published/2024-2.yaml`. Days are those that were announced, both included."""

    name: BatchName
    published_on: date
    nominal_on: date
    handover_on: date
    ends_on: date
    postings: tuple[PublishedPosting, ...]
    passed_over: tuple[PassedOver, ...] = ()
    rests_on: tuple[Basis, ...] = ()
    places: Places = NOWHERE
