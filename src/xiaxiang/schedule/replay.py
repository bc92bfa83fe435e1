"""One batch of the replay from handover to notices; what happens to events that found no use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xiaxiang.model.event import Incident
from xiaxiang.model.schedule import Batch, Posting, PostingReason
from xiaxiang.schedule.accident import within_batch
from xiaxiang.schedule.fill import Filler
from xiaxiang.schedule.people import Chooser
from xiaxiang.schedule.promote import department_of, place_promotions
from xiaxiang.schedule.redispatch import place_extra
from xiaxiang.schedule.seats import Seats

if TYPE_CHECKING:
    from xiaxiang.model.event import Assignment, Deferral, Refusal
    from xiaxiang.schedule.calendar import BatchDays
    from xiaxiang.schedule.promote import Promoted
    from xiaxiang.schedule.state import Replay, Seat


def run_batch(replay: Replay, days: BatchDays) -> Batch:
    """Replay one batch: promotions, the queue, extra slots, people, accidents, notices."""
    replay.journal.open_batch(days)
    _note_handover(replay, days)
    if not len(replay.queue):
        replay.queue.refill()
    _answer_deferrals_without_effect(replay, days)
    chooser = Chooser(replay, days)
    seats = Seats(replay.workspace.plan, replay.rules, days)
    promoted = place_promotions(replay, days, chooser, seats)
    filler = Filler(replay, days, chooser, seats)
    filler.fill()
    place_extra(replay, days, chooser, seats)
    note_consents(replay, filler, promoted)
    postings = within_batch(replay, days, chooser, [_posting(seat, days) for seat in seats])
    _note_rank(replay, days, postings)
    _note_unused(replay, days)
    return Batch(days.name, days.nominal_on, days.handover_on, days.ends_on, tuple(postings), days.because)


def _posting(seat: Seat, days: BatchDays) -> Posting:
    return Posting(
        slot=seat.slot,
        recipient_unit=seat.recipient,
        department=seat.department,
        person=seat.person,
        cycle=seat.cycle,
        starts_on=days.handover_on,
        ends_on=days.ends_on,
        proposed=seat.proposed,
        reason=seat.reason or PostingReason.QUEUE,
        because=tuple(seat.because),
    )


def _note_handover(replay: Replay, days: BatchDays) -> None:
    calendar, journal, rules = replay.workspace.calendar, replay.journal, replay.rules
    year = days.nominal_on.year
    if year not in calendar.published and year not in replay.unpublished:
        replay.unpublished.add(year)
        text = f"{year} 年的放假安排尚未公布：周末、法定假日和 10 月 1 日至 7 日按休息计，公布后请重新排"
        journal.warn("calendar-unpublished", text, rules.clause("handover_day"))
    if days.handover_on != days.nominal_on:
        journal.note("handover-moved", days.because[-1].text, days.because[-1].source or rules.clause("handover_day"))


def _answer_deferrals_without_effect(replay: Replay, days: BatchDays) -> None:
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
    turn = replay.queue.earliest(name)
    if turn is not None and replay.rules.reading("后延计次") == "按申请":
        replay.deferrals.spend(name, turn.cycle, event)


def _note_unused(replay: Replay, days: BatchDays) -> None:
    """Say which events named this batch without effect: their department did not come up in it."""
    for deferral in replay.deferrals.naming(days.name):
        replay.book.answer(deferral)
        name = replay.book.department(deferral.department)
        _spend_by_request(replay, deferral)
        text = f"{name} 的后延指明{days.name.label}，但该科室这一批没有轮到，没有用上"
        replay.journal.warn("deferral-unused", text, replay.rules.rule("后延"), deferral, department=name)
    for event in replay.book.unanswered(days.name):
        replay.book.answer(event)
        name = replay.book.department(event.department)
        if isinstance(event, Incident) and _stopped_a_promotion(replay, days, event, name):
            continue
        text = f"{event.entry_label}指明{days.name.label} {name}，但{_why_unused(replay, days, event)}，没有起作用"
        replay.journal.warn("event-unused", text, replay.rules.rule("人员派遣"), event, department=name)


def _stopped_a_promotion(replay: Replay, days: BatchDays, event: Incident, department: str) -> bool:
    """Announce a 意外 before the handover whose only effect is that a promotion waits; False where there is none."""
    who = replay.name_of(department, event.person)
    waiting = (one for one in replay.book.promotions if one.on < days.handover_on and replay.book.is_open(one))
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
    return "该科室这一批没有轮到"


def note_before_first(replay: Replay, first: BatchDays) -> None:
    """Say which events name a batch before the plan's first: they have no effect."""
    replay.journal.open_batch(first)
    for event in (*replay.book.before(first.name), *replay.deferrals.before(first.name)):
        replay.book.answer(event)
        text = f"{event.entry_label}指的批次在计划的第一批（{first.name.label}）之前，没有起作用"
        name = replay.book.department(event.department)
        replay.journal.warn("event-unused", text, replay.rules.rule("人员派遣"), event, department=name)


def note_promotions_waiting(replay: Replay, timeline: tuple[BatchDays, ...]) -> None:
    """Say which promotions found no slot by the end of the replay."""
    for event in replay.book.promotions:
        if timeline and replay.book.is_open(event) and event.on < timeline[-1].handover_on:
            until = f"到{timeline[-1].name.label}为止没有排上（不可派，或科室已有名额）"
            found = department_of(replay, event)
            name = found.name if found else event.department
            who = replay.name_of(name, event.person)
            source = replay.rules.rule("晋升优先")
            replay.journal.warn(
                "event-unused", f"{name} {who} 的晋升优先{until}", source, event, department=name, person=who
            )


def note_consents(replay: Replay, filler: Filler, promoted: tuple[Promoted, ...]) -> None:
    """Say whose consent each promotion needs (口径.沟通范围) and is not recorded."""
    if not promoted:
        return
    every = replay.rules.reading("沟通范围") == "下批全部科室"
    displaced = list(filler.displaced(sum(filler.overtakes(turn) for _, turn in promoted)))
    for event, turn in promoted:
        own = [displaced.pop(0)] if displaced and filler.overtakes(turn) else []
        coming = filler.seats.departments() if every else own
        department = department_of(replay, event)
        home = department.name if department else event.department
        asked = {home, *(replay.book.department(name) for name in event.consulted)}
        missing = [name for name in coming if name not in asked]
        if missing and not event.consent:
            who, source = replay.name_of(home, event.person), replay.rules.rule("晋升优先")
            text = f"{who} 晋升优先，需与 {'、'.join(missing)} 沟通，变动登记里没有沟通结果"
            replay.journal.note("promotion-placed", text, source, department=home, person=who, event=event)


def _note_rank(replay: Replay, days: BatchDays, postings: list[Posting]) -> None:
    """Warn where a batch is not mainly of the lowest rank or above (口径.中级为主); nobody is turned away for it."""
    rotation, ranks = replay.rules.rotation, replay.workspace.ranks
    mainly = rotation.mainly_rank.on(days.handover_on) if rotation.mainly_rank else None
    lowest = rotation.lowest_rank.on(days.handover_on) if rotation.lowest_rank else None
    people = [posting.person for posting in postings if posting.person is not None]
    if not mainly or lowest is None or not people:
        return
    enough = sum((ranks.rank_of(person) or 0) >= lowest for person in people)
    reading = replay.rules.reading("中级为主")
    if enough == len(people) if reading == "全部" else 2 * enough > len(people):
        return
    counted = f"{days.name.label} {len(people)} 人中只有 {enough} 人是{lowest.label}以上"
    text = f"{counted}，不符合以{lowest.label}为主（{reading}）"
    replay.journal.warn("below-rank", text, replay.rules.clause("mainly_rank"))
