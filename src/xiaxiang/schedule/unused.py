"""Events that found no use: too late, before the plan, or of a department that did not come up. Each is said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from xiaxiang.model.event import Incident

if TYPE_CHECKING:
    from xiaxiang.model.event import Assignment, Deferral, Refusal
    from xiaxiang.model.published import PublishedPosting
    from xiaxiang.schedule.calendar import BatchDays
    from xiaxiang.schedule.state import Replay

_NOT_UP: Final = "该科室这一批没有轮到"
_ANNOUNCED: Final = "这一批已经公布，照公布的执行"


def answer_without_effect(replay: Replay, days: BatchDays) -> None:
    """Answer the requests that the office refused, and those that came too late for the batch they name."""
    for event in replay.deferrals.refused_before(days):
        replay.book.answer(event)
        _spend_by_request(replay, event)
    for event in replay.deferrals.naming(days.name):
        if event.on >= days.handover_on:
            replay.book.answer(event)
            _spend_by_request(replay, event)
            late = f"已到或已过交接日 {days.handover_on.isoformat()}"
            name = replay.book.department(event.department)
            text = f"{name} 的后延登记于 {event.on.isoformat()}，{late}，不起作用"
            replay.journal.warn("deferral-late", text, replay.rules.rule("后延"), event, department=name)


def _spend_by_request(replay: Replay, event: Deferral) -> None:
    """Count a request that had no effect against the quota, where 口径.后延计次 counts requests."""
    name = replay.book.department(event.department)
    turn = replay.turn_of(name)
    if turn is not None and replay.rules.reading("后延计次") == "按申请":
        replay.deferrals.spend(name, turn.cycle, event)


def note_unused(replay: Replay, days: BatchDays, announced: tuple[PublishedPosting, ...] = ()) -> None:
    """Say which events named this batch without effect: their department did not come up in it.

    `announced` are the postings of a batch that was published and stands: an event may have come too late for it.
    """
    fixed = {replay.book.department(one.department) for one in announced}
    for deferral in replay.deferrals.naming(days.name):
        replay.book.answer(deferral)
        name = replay.book.department(deferral.department)
        _spend_by_request(replay, deferral)
        why = _ANNOUNCED if name in fixed else _NOT_UP
        text = f"{name} 的后延指明{days.name.label}，但{why}，没有用上"
        replay.journal.warn("deferral-unused", text, replay.rules.rule("后延"), deferral, department=name)
    for event in replay.book.unanswered(days.name):
        replay.book.answer(event)
        name = replay.book.department(event.department)
        if isinstance(event, Incident) and _stopped_a_promotion(replay, days, event, name):
            continue
        why = _why_unused(replay, days, event) or (_ANNOUNCED if name in fixed else _NOT_UP)
        text = f"{event.entry_label}指明{days.name.label} {name}，但{why}，没有起作用"
        replay.journal.warn("event-unused", text, replay.rules.rule("人员派遣"), event, department=name)


def _stopped_a_promotion(replay: Replay, days: BatchDays, event: Incident, department: str) -> bool:
    """Announce a 意外 before the handover whose only effect is that a promotion waits; False where there is none."""
    who = replay.name_of(department, event.person)
    waiting = replay.book.promotions_before(days.handover_on)
    if event.on >= days.handover_on or all(replay.name_of(department, one.person) != who for one in waiting):
        return False
    unused = "；科室这一批没有轮到，接替没有用上" if event.substitute or event.substitute_department else ""
    text = f"{department} {who} 因{event.reason or '意外'}不能成行，晋升优先等下一批{unused}"
    source = replay.rules.rule("意外公布")
    replay.journal.note("person-replaced", text, source, department=department, person=who, event=event, announced=True)
    return True


def _why_unused(replay: Replay, days: BatchDays, event: Assignment | Incident | Refusal) -> str:
    if isinstance(event, Incident) and event.on > days.ends_on:
        return f"登记的日期在这一批结束（{days.ends_on.isoformat()}）以后"
    if isinstance(event, Incident) and event.person and event.on >= days.handover_on:
        return f"{replay.name_of(replay.book.department(event.department), event.person)} 不在这一批"
    return ""


def note_before_first(replay: Replay, first: BatchDays) -> None:
    """Say which events name a batch before the plan's first: they have no effect."""
    replay.journal.open_batch(first)
    again = (event for batch, event in replay.book.redispatches(first.name) if batch < first.name)
    for event in (*replay.book.before(first.name), *replay.deferrals.before(first.name), *again):
        replay.book.answer(event)
        text = f"{event.entry_label}指的批次在计划的第一批（{first.name.label}）之前，没有起作用"
        name = replay.book.department(event.department)
        replay.journal.warn("event-unused", text, replay.rules.rule("人员派遣"), event, department=name)
