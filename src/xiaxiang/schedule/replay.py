"""One batch of the replay, from its handover to its notices."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from xiaxiang.model.calendar import ONE_DAY
from xiaxiang.model.schedule import Batch, Posting, PostingReason
from xiaxiang.schedule.accident import within_batch
from xiaxiang.schedule.calendar import MONTHS
from xiaxiang.schedule.fill import Filler
from xiaxiang.schedule.people import Chooser
from xiaxiang.schedule.promote import department_of, note_waiting, place_promotions
from xiaxiang.schedule.redispatch import place_extra
from xiaxiang.schedule.seats import lay_out, lay_out_composition
from xiaxiang.schedule.unused import answer_without_effect, note_unused

if TYPE_CHECKING:
    from xiaxiang.model.published import PublishedPosting
    from xiaxiang.schedule.calendar import BatchDays
    from xiaxiang.schedule.promote import Promoted
    from xiaxiang.schedule.seats import Seats
    from xiaxiang.schedule.state import Lane, Replay, Seat


@dataclass(frozen=True, slots=True)
class Filled:
    """A batch as it stands at its handover: the postings in slot order, and the chooser that took its people."""

    days: BatchDays
    chooser: Chooser
    postings: tuple[Posting, ...]


def run_batch(replay: Replay, days: BatchDays) -> Batch:
    """Replay one batch by the rules: promotions, the queue, extra slots, people, accidents, notices."""
    return finish(replay, fill_batch(replay, days))


def fill_batch(replay: Replay, days: BatchDays) -> Filled:
    """Fill one batch by the rules, lane by lane, as it stands at its handover."""
    chooser = open_batch(replay, days)
    lanes = layout(replay, days)
    for lane in replay.lanes:
        _fill_lane(replay, days, chooser, lane, lanes[lane.specialty])
    seats = [seat for lane in lanes.values() for seat in lane]
    if len(lanes) > 1:
        seats.sort(key=lambda seat: seat.slot)
    chooser.lane = ""
    seats += place_extra(replay, days, chooser, len(seats))
    note_waiting(replay, days, chooser, lanes)
    return Filled(days, chooser, tuple([posting(seat, days) for seat in seats]))


def open_batch(replay: Replay, days: BatchDays) -> Chooser:
    """Begin a batch: its days are noted, empty queues refilled, requests without effect answered."""
    replay.journal.open_batch(days)
    replay.passed.clear()
    _note_handover(replay, days)
    for lane in replay.lanes:
        if not len(lane.queue):
            lane.queue.refill()
    answer_without_effect(replay, days)
    return Chooser(replay, days)


def layout(replay: Replay, days: BatchDays) -> dict[str, Seats]:
    """Return the slots of a batch by the specialty of their lane."""
    plan, rules = replay.workspace.plan, replay.rules
    if replay.lanes[0].specialty:
        return lay_out_composition(plan, rules, days)
    return {"": lay_out(plan, rules, days)}


def _fill_lane(replay: Replay, days: BatchDays, chooser: Chooser, lane: Lane, seats: Seats) -> None:
    replay.queue, chooser.lane = lane.queue, lane.specialty
    promoted = place_promotions(replay, days, chooser, seats)
    filler = Filler(replay, days, chooser, seats)
    filler.fill()
    note_consents(replay, filler, promoted)


def finish(replay: Replay, filled: Filled, *, announced: tuple[PublishedPosting, ...] = ()) -> Batch:
    """Let what happens after the handover happen, and say what found no use in the batch."""
    days, chooser = filled.days, filled.chooser
    waiting = tuple(chain.from_iterable(lane.queue.waiting() for lane in replay.lanes))
    postings = within_batch(replay, days, chooser, list(filled.postings))
    _note_rank(replay, days, postings)
    note_unused(replay, days, announced)
    calendar = replay.workspace.calendar
    return Batch(
        days.name,
        days.nominal_on,
        days.handover_on,
        days.ends_on,
        tuple(postings),
        days.because,
        waiting,
        tuple(chooser.passed.items()),
        days.months,
        is_provisional=not (calendar.knows(days.nominal_on) and calendar.knows(days.handover_on)),
        ends_provisionally=not calendar.knows(days.ends_on + ONE_DAY),
    )


def posting(seat: Seat, days: BatchDays) -> Posting:
    """Return a slot as it is at the handover, for the whole batch."""
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
        candidates=seat.candidates,
    )


def _note_handover(replay: Replay, days: BatchDays) -> None:
    calendar, journal, rules = replay.workspace.calendar, replay.journal, replay.rules
    year = days.nominal_on.year
    if year not in calendar.published and year not in replay.unpublished:
        replay.unpublished.add(year)
        text = f"{year} 年的放假安排尚未公布：周末、法定假日和 10 月 1 日至 7 日按休息计，公布后请重新排"
        journal.warn("calendar-unpublished", text, rules.clause("handover_day"))
    following = (year * MONTHS + days.nominal_on.month - 1 + days.months) // MONTHS
    if year in calendar.published and following not in calendar.published:
        last = f"这一批的最后一天（{days.ends_on.isoformat()}）随 {following} 年的交接日而定"
        text = f"{last}，{following} 年的放假安排尚未公布，公布后请重新排"
        journal.warn("calendar-unpublished", text, rules.clause("handover_day"))
    from_on, until_on = sorted((days.nominal_on, days.handover_on))
    for one in calendar.corrections(from_on, until_on):
        journal.note("calendar-corrected", one.text, rules.clause("handover_day"), position=one.position)
    if days.handover_on != days.nominal_on:
        journal.note("handover-moved", days.because[-1].text, days.because[-1].source or rules.clause("handover_day"))


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
    people = [one.person for one in postings if one.person is not None and one.starts_on == days.handover_on]
    if not mainly or lowest is None or not people:
        return
    enough = sum([(ranks.rank_of(person) or 0) >= lowest for person in people])
    reading = replay.rules.reading("中级为主")
    if enough == len(people) if reading == "全部" else 2 * enough > len(people):
        return
    counted = f"{days.name.label} {len(people)} 人中只有 {enough} 人是{lowest.label}以上"
    text = f"{counted}，不符合以{lowest.label}为主（{reading}）"
    replay.journal.warn("below-rank", text, replay.rules.clause("mainly_rank"))
