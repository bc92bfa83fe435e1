"""The state of one replay: everything that changes from batch to batch, in one place."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xiaxiang.model.decision import Reason
    from xiaxiang.model.hospital import Department, Person
    from xiaxiang.model.schedule import PostingReason
    from xiaxiang.model.workspace import Workspace
    from xiaxiang.schedule.deferral import Deferrals
    from xiaxiang.schedule.events import EventBook
    from xiaxiang.schedule.journal import Journal
    from xiaxiang.schedule.propose import ServiceLog
    from xiaxiang.schedule.queue import Queue, Turn
    from xiaxiang.schedule.rules import Rules


@dataclass(slots=True)
class Replay:
    """What one replay works on."""

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

    @property
    def is_open(self) -> bool:
        """Whether no department holds this slot."""
        return self.department is None
