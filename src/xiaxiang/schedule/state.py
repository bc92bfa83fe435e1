"""The state of one replay: everything that changes from batch to batch, in one place."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xiaxiang.model.batch import BatchName
    from xiaxiang.model.decision import Reason
    from xiaxiang.model.hospital import Department, Person
    from xiaxiang.model.published import PassedOver
    from xiaxiang.model.schedule import Candidacy, PostingReason
    from xiaxiang.model.workspace import Workspace
    from xiaxiang.schedule.deferral import Deferrals
    from xiaxiang.schedule.events import EventBook
    from xiaxiang.schedule.journal import Journal
    from xiaxiang.schedule.propose import ServiceLog
    from xiaxiang.schedule.queue import Queue, Turn
    from xiaxiang.schedule.rules import Rules


@dataclass(frozen=True, slots=True)
class Lane:
    """One queue and the specialty it serves (轮换.方式: 专业组合); "" where the departments queue as such."""

    specialty: str
    queue: Queue


@dataclass(slots=True)
class Replay:
    """What one replay works on. `queue` is that of the lane at hand: the only one where departments queue as such."""

    workspace: Workspace
    rules: Rules
    book: EventBook
    deferrals: Deferrals
    queue: Queue
    journal: Journal
    log: ServiceLog
    departments: dict[str, Department] = field(default_factory=dict)
    """Departments by each of their names, present and former: looked up for every turn of every batch."""
    refused: list[Turn] = field(default_factory=list)
    """Turns that were charged for a refusal (口径.拒派处罚: 每轮一次)."""
    unpublished: set[int] = field(default_factory=set)
    """Years without a published calendar that were already pointed out."""
    differing: dict[BatchName, int] = field(default_factory=dict)
    """Announced batches that differ from the rules, and the place of their notice."""
    told: dict[int, str] = field(default_factory=dict)
    """Promotions that wait, by id, and the reason that was given last."""
    lanes: tuple[Lane, ...] = ()
    passed: list[PassedOver] = field(default_factory=list)
    """Turns passed over in the batch at hand, as an announcement would record them."""

    def turn_of(self, department: str) -> Turn | None:
        """Return a department's earliest turn, in the first lane that has one."""
        turns = (lane.queue.earliest(department) for lane in self.lanes)
        return next((turn for turn in turns if turn is not None), None)

    def name_of(self, department: str, who: str) -> str:
        """Return the name of the person that `who` (name or 工号) means in a department; `who` where it is nobody."""
        found = self.departments.get(department)
        people = found.find(who) if found else ()
        return people[0].name if people else who


@dataclass(slots=True)
class Seat:
    """名额: one slot of a batch, its recipient, the specialty it asks for, and who holds it."""

    slot: int
    recipient: str
    wanted: str = ""
    department: str | None = None
    cycle: int | None = None
    person: Person | None = None
    proposed: bool = False
    reason: PostingReason | None = None
    because: list[Reason] = field(default_factory=list)
    candidates: tuple[Candidacy, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether no department holds this slot."""
        return self.department is None
