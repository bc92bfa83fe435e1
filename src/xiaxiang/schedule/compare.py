"""比较: two schedules of one plan side by side."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, TypeVar

from xiaxiang.model.comparison import Comparison, Move, SlotChange

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator

    from xiaxiang.model.batch import BatchName
    from xiaxiang.model.decision import Reason
    from xiaxiang.model.schedule import Notice, Posting, Sanction, Schedule

T = TypeVar("T", "Notice", "Sanction")
Slots = dict[tuple["BatchName", int], tuple["Posting", ...]]


def compare(before: Schedule, after: Schedule) -> Comparison:
    """Return everything that differs between two schedules, in order of batch and slot.

    Slots differ where recipient, department, turn, person or days do; mere reasons make no difference, and
    neither does the place of an entry in its file.
    """
    was, now = _slots(before), _slots(after)
    changed = tuple(
        SlotChange(batch, slot, was.get((batch, slot), ()), parts, _because(parts))
        for batch, slot in sorted({*was, *now})
        if _told(was.get((batch, slot), ())) != _told(parts := now.get((batch, slot), ()))
    )
    return Comparison(
        changed,
        tuple(_moves(before, after)),
        _more(after.notices, before.notices, _notice),
        _more(before.notices, after.notices, _notice),
        _more(after.sanctions, before.sanctions, _sanction),
        _more(before.sanctions, after.sanctions, _sanction),
    )


def _slots(schedule: Schedule) -> Slots:
    slots: Slots = {}
    for batch in schedule.batches:
        for posting in batch.postings:
            key = (batch.name, posting.slot)
            slots[key] = (*slots.get(key, ()), posting)
    return slots


def _told(parts: tuple[Posting, ...]) -> tuple[tuple[object, ...], ...]:
    return tuple(
        (
            one.recipient_unit,
            one.department,
            (one.person.name, one.person.id) if one.person else None,
            one.cycle,
            one.starts_on,
            one.ends_on,
            one.proposed,
            one.reason,
        )
        for one in parts
    )


def _because(parts: tuple[Posting, ...]) -> tuple[Reason, ...]:
    return tuple(dict.fromkeys(reason for one in parts for reason in one.because))


def _moves(before: Schedule, after: Schedule) -> Iterator[Move]:
    """Yield the departments whose batches differ, in order of name."""
    was, now = _batches_of(before), _batches_of(after)
    for department in sorted({*was, *now}):
        if was.get(department, ()) != now.get(department, ()):
            yield Move(department, was.get(department, ()), now.get(department, ()))


def _batches_of(schedule: Schedule) -> dict[str, tuple[BatchName, ...]]:
    """Return department → the batches in which it holds a slot, once for each."""
    found: dict[str, tuple[BatchName, ...]] = {}
    for batch in schedule.batches:
        slots = {(one.slot, one.department) for one in batch.postings if one.department}
        for _, department in sorted(slots):
            found[department] = (*found.get(department, ()), batch.name)
    return found


def _more(these: Iterable[T], than: Iterable[T], key: Callable[[T], Hashable]) -> tuple[T, ...]:
    """Return what `these` have more than the others, in their order."""
    left = Counter(key(one) for one in than)
    found: list[T] = []
    for one in these:
        if left[key(one)]:
            left[key(one)] -= 1
        else:
            found.append(one)
    return tuple(found)


def _notice(one: Notice) -> Hashable:
    return one.code, one.severity, one.batch, one.department, one.person, one.on, one.message


def _sanction(one: Sanction) -> Hashable:
    # Not the reason: it names the reading, and the same amount under another name is no change.
    return one.batch, one.department, one.person, one.amount, one.on
