"""公布: an announced batch beside what the rules would now give, and its place among the other batches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from xiaxiang.model.calendar import ONE_DAY
from xiaxiang.model.decision import Reason
from xiaxiang.model.scalar import day_text
from xiaxiang.model.schedule import BY_DEPARTMENT, VACANT
from xiaxiang.schedule.calendar import MONTHS, BatchDays

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from xiaxiang.model.event import Event
    from xiaxiang.model.published import PassedOver, PublishedBatch, PublishedPosting
    from xiaxiang.model.schedule import Posting
    from xiaxiang.schedule.replay import Filled
    from xiaxiang.schedule.state import Replay


@dataclass(frozen=True, slots=True)
class Difference:
    """How an announced batch differs from what the rules would now give, and the events these would use in it."""

    says: tuple[str, ...]
    used: tuple[Event, ...] = ()


def difference(replay: Replay, fact: PublishedBatch, filled: Filled) -> tuple[str, ...]:
    """Return what differs, one sentence each: days, slots, and turns that were passed over; nothing where all agrees.

    A slot announced as 由科室确定 takes anybody of the department.
    """
    return tuple(_days(fact, filled.days)) or tuple(_slots(replay, fact, filled)) or tuple(_passed(replay, fact))


def _days(fact: PublishedBatch, now: BatchDays) -> Iterator[str]:
    pairs = (
        ("交接日", fact.handover_on, now.handover_on),
        ("派驻至", fact.ends_on, now.ends_on),
        ("未遇节假日时的交接日", fact.nominal_on, now.nominal_on),
    )
    for label, announced, then in pairs:
        if announced != then:
            yield f"{label}公布的是 {day_text(announced)}，现在会是 {day_text(then)}"


def _slots(replay: Replay, fact: PublishedBatch, filled: Filled) -> Iterator[str]:
    announced = {one.slot: one for one in fact.postings}
    now = {one.slot: one for one in filled.postings}
    for slot in sorted({*announced, *now}):
        before, after = announced.get(slot), now.get(slot)
        if before is None or after is None or not _agrees(replay, before, after):
            was, will = _department(replay, before), _department(replay, after)
            if was == will and before and after:
                was, will = f"{was}（{_announced_person(before)}）", f"{will}（{_person(after)}）"
            if was == will and before and after:
                was, will = f"{was}{_by_what(before)}", f"{will}{_by_what(after)}"
            yield f"第 {slot} 个名额公布的是{was}，现在会是{will}"


def _agrees(replay: Replay, before: PublishedPosting, after: Posting) -> bool:
    """Whether a slot is as it was announced: recipient, turn and, unless it was left open, the very person."""
    department = replay.book.department(before.department) if before.department else None
    if (before.recipient_unit, department, before.cycle) != (after.recipient_unit, after.department, after.cycle):
        return False
    if before.is_open:
        return True
    if before.reason is not after.reason and department is not None:
        return False
    return not after.proposed and _is_same_person(before, after)


def _is_same_person(before: PublishedPosting, after: Posting) -> bool:
    """Whether the announced person goes: by 工号 where both have one, else by name."""
    if after.person is None:
        return not before.person
    if before.person_id and after.person.id:
        return before.person_id == after.person.id
    return before.person == after.person.name


def _department(replay: Replay, one: Posting | PublishedPosting | None) -> str:
    """Return who holds a slot; the person is told only where the department is the same."""
    if one is None:
        return "没有这个名额"
    return replay.book.department(one.department) if one.department else VACANT


def _announced_person(one: PublishedPosting) -> str:
    return BY_DEPARTMENT if one.is_open else one.person or "没有人选"


def _person(one: Posting) -> str:
    who = one.person.name if one.person else "没有人选"
    return f"{BY_DEPARTMENT}，建议 {who}" if one.proposed else who


def _by_what(one: Posting | PublishedPosting) -> str:
    turn = f"第 {one.cycle} 轮" if one.cycle else "不占轮次"
    return f"，派往{one.recipient_unit}，{one.reason.label}，{turn}"


def _passed(replay: Replay, fact: PublishedBatch) -> Iterator[str]:
    """Yield the turns that stayed in the queue otherwise than announced: their places decide later batches."""

    def known(passed: Iterable[PassedOver]) -> set[tuple[object, ...]]:
        return {(replay.book.department(one.department), one.cycle, one.kind, one.on, one.ruling) for one in passed}

    before, after = known(fact.passed_over), known(replay.passed)
    for department, cycle, kind, on, ruling in sorted(before ^ after, key=str):
        stays = f"{department}第 {cycle} 轮因 {on} {ruling or kind}没有派出"
        yield f"公布时{stays}，现在不是" if (department, cycle, kind, on, ruling) in before else f"现在{stays}"


def lost(
    facts: Iterable[PublishedBatch], timeline: tuple[BatchDays, ...], starts_on: date, last_year: int
) -> tuple[PublishedBatch, ...]:
    """Return the announced batches of the plan's time that its handover months no longer give."""
    names = {days.name for days in timeline}
    return tuple(
        fact
        for fact in facts
        if fact.name not in names and fact.name.year <= last_year and not _is_before(fact, starts_on)
    )


def _is_before(fact: PublishedBatch, starts_on: date) -> bool:
    return max(fact.nominal_on, fact.handover_on) < starts_on


def with_announced(timeline: tuple[BatchDays, ...], facts: tuple[PublishedBatch, ...]) -> tuple[BatchDays, ...]:
    """Return the timeline with the announced batches that it has lost, each at its own days."""
    if not facts:
        return timeline
    added = [
        BatchDays(one.name, one.nominal_on, one.handover_on, one.ends_on, _months(one), (), is_gone=True)
        for one in facts
    ]
    return tuple(sorted((*timeline, *added), key=lambda days: (days.nominal_on, days.name)))


def _months(fact: PublishedBatch) -> int:
    """Return the whole months from the batch's nominal month to that of the day after its end."""
    after = fact.ends_on + ONE_DAY
    return (after.year - fact.nominal_on.year) * MONTHS + after.month - fact.nominal_on.month


def note_outside(replay: Replay, facts: Iterable[PublishedBatch], timeline: tuple[BatchDays, ...]) -> None:
    """Say which announced batches lie before 起始日期: the replay does not begin with them."""
    names = {days.name for days in timeline}
    starts_on = replay.workspace.plan.starts_on
    before = [one for one in facts if one.name not in names and _is_before(one, starts_on)]
    if not before:
        return
    which = "、".join(one.name.label for one in sorted(before, key=lambda one: one.name))
    text = f"{which}已公布，但在起始日期 {starts_on.isoformat()} 之前，排班不从这里接着排"
    hint = "那时派过的写进“已派科室”和“已服务月数”"
    replay.journal.open_batch(timeline[0])
    source = replay.rules.rule("派遣顺序")
    place = before[-1].places
    replay.journal.note("published-differs", f"{text}；{hint}", source, position=place.of() if place.file else None)


def announced_reason(replay: Replay, fact: PublishedBatch) -> Reason:
    """Return why a batch stands as it does: it was announced."""
    position = fact.places.of() if fact.places.file else None
    text = f"{fact.name.label}已于 {day_text(fact.published_on)}公布，照公布的执行"
    return Reason(text, replay.rules.rule("派遣顺序"), position)
