"""为什么: what a schedule already says about one department's turn, or one person, picked out and put in order.

Nothing is decided here. The reasons are those that the postings and batches carry; where a department or a
person did not go, the batch says who went, who was passed over and who still waited.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from xiaxiang.model.decision import Reason
from xiaxiang.model.schedule import PostingReason

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xiaxiang.model.batch import BatchName
    from xiaxiang.model.comparison import ReadingComparison
    from xiaxiang.model.schedule import Batch, Notice, Posting, Sanction, Schedule
    from xiaxiang.model.source import Source

Turn = tuple[int, str]
"""Cycle and department."""


@dataclass(frozen=True, slots=True)
class Held:
    """A posting in its batch."""

    batch: Batch
    posting: Posting


@dataclass(frozen=True, slots=True)
class Missed:
    """A batch in which a department's turn waited: passed over with a reason, or behind those who went.

    `cycle` is None where the department had no turn in the queue: it had been served, and the next cycle had not begun.
    """

    batch: Batch
    department: str
    cycle: int | None
    ahead: tuple[str, ...]
    passed: Reason | None

    def reason(self, source: Source) -> Reason:
        """Return why the department did not go in this batch; `source` is the clause of the order."""
        if self.passed is not None:
            return self.passed
        went = f"名额 {len(_slots(self.batch))} 个，{_gone(self.batch)}"
        if self.cycle is None:
            return Reason(f"{went}；本科室这时没有轮次：上一轮已派，下一轮还没有开始", source)
        if own := [one for one in self.batch.postings if one.department == self.department]:
            return Reason(f"本科室这一批派的是第 {own[0].cycle} 轮，第 {self.cycle} 轮还在等", source)
        line = f"前面还有 {len(self.ahead)} 个轮次（{_some(self.ahead)}）" if self.ahead else "排在下一批最前"
        return Reason(f"{went}；本科室第 {self.cycle} 轮{line}", source)


@dataclass(frozen=True, slots=True)
class OtherOutcome:
    """What another reading makes of the same turn: where it then stands (None: beyond the years compared)."""

    reading: ReadingComparison
    batch: BatchName | None
    posting: Posting | None
    is_other: bool


@dataclass(frozen=True, slots=True)
class TurnWhy:
    """Why a department goes in a batch, or does not.

    `held` are its postings in the batch (none: `missed` says why); `because` their reasons, without those told by
    the batches in which the same turn waited (`earlier`); `last` and `next` its postings before and after.
    """

    batch: Batch
    department: str
    held: tuple[Posting, ...]
    because: tuple[Reason, ...]
    earlier: tuple[Missed, ...]
    missed: Missed | None
    last: Held | None
    next: Held | None
    notices: tuple[Notice, ...]
    sanctions: tuple[Sanction, ...]
    others: tuple[OtherOutcome, ...] = ()


def turn_why(schedule: Schedule, name: BatchName, department: str) -> TurnWhy | None:
    """Return why a department goes in a batch, or why not; None where the schedule has no such batch."""
    batch = schedule.batch(name)
    if batch is None:
        return None
    held = tuple(one for one in batch.postings if one.department == department)
    every = tuple(postings_of(schedule, department))
    cycle = next((one.cycle for one in held if one.cycle is not None), None)
    earlier = tuple(_waited(schedule, name, cycle, department)) if cycle is not None else ()
    told = [one.passed for one in earlier if one.passed is not None]
    because = tuple(dict.fromkeys(why for one in held for why in one.because if why not in told))
    return TurnWhy(
        batch,
        department,
        held,
        because,
        earlier,
        None if held else missed(batch, department),
        next((one for one in reversed(every) if one.batch.name < name), None),
        next((one for one in every if one.batch.name > name), None),
        tuple(one for one in schedule.notices if one.batch == name and one.department == department),
        tuple(one for one in schedule.sanctions if one.batch == name and one.department == department),
    )


def postings_of(schedule: Schedule, department: str) -> Iterator[Held]:
    """Yield every posting of a department, in order."""
    for batch in schedule.batches:
        for posting in batch.postings:
            if posting.department == department:
                yield Held(batch, posting)


def missed(batch: Batch, department: str, cycle: int | None = None) -> Missed:
    """Return how a department's turn (its first, where no cycle is given) stood when a batch was full."""
    place = next(
        (index for index, (number, name) in enumerate(batch.waiting) if name == department and cycle in {None, number}),
        None,
    )
    passed = next((why for name, why in batch.passed_over if name == department), None)
    if place is None:
        return Missed(batch, department, None, (), passed)
    ahead = tuple(name for _, name in batch.waiting[:place])
    return Missed(batch, department, batch.waiting[place][0], ahead, passed)


def _waited(schedule: Schedule, until: BatchName, cycle: int, department: str) -> Iterator[Missed]:
    """Yield the batches before `until` in which this turn waited."""
    for batch in schedule.batches:
        if batch.name < until and (cycle, department) in batch.waiting:
            yield missed(batch, department, cycle)


def outcome_of(reading: ReadingComparison, turn: Turn) -> OtherOutcome:
    """Return what another reading makes of one turn, picked out of the comparison."""
    slots = reading.comparison.slots
    stands = [(one.batch, part) for one in slots for part in one.after if (part.cycle, part.department) == turn]
    stood = any((part.cycle, part.department) == turn for one in slots for part in one.before)
    batch, posting = stands[0] if stands else (None, None)
    return OtherOutcome(reading, batch, posting, is_other=bool(stands) or stood)


def turn_of(why: TurnWhy) -> Turn | None:
    """Return the turn that a department's postings use, or the one that waits; None where there is none."""
    cycles = [one.cycle for one in why.held if one.cycle is not None]
    cycle = cycles[0] if cycles else why.missed.cycle if why.missed else None
    return (cycle, why.department) if cycle is not None else None


def _slots(batch: Batch) -> frozenset[int]:
    return frozenset(one.slot for one in batch.postings)


def _gone(batch: Batch) -> str:
    """Return who holds the slots of a batch at its handover: `由 内科、儿科（晋升优先） 派出`."""
    names: dict[str, str] = {}
    for one in batch.postings:
        if one.department is not None and one.starts_on == batch.handover_on:
            right = "" if one.reason is PostingReason.QUEUE else f"（{one.reason.label}）"
            names.setdefault(one.department, right)
    return f"由 {'、'.join(name + right for name, right in names.items())} 派出" if names else "都空着"


def _some(names: tuple[str, ...]) -> str:
    """Return a few names, and that there are more."""
    few = 3
    return "、".join(names[:few]) + ("等" if len(names) > few else "")
