"""为什么又是我们: the facts behind a group's share, from the schedule's reasons, the events and the people's data."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from xiaxiang.model.decision import Reason
from xiaxiang.model.number import number_text
from xiaxiang.model.schedule import PostingReason
from xiaxiang.model.statistics import GroupBy

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from xiaxiang.assess.fairness import Member, Span
    from xiaxiang.model.schedule import Batch, Posting
    from xiaxiang.model.source import Source

_TOLD: Final = frozenset(
    {"deferral-used", "refusal", "person-replaced", "slot-vacant", "nobody-available", "promotion-extra"}
)
"""Notices that say why a department went more or less often than its turn."""


def median(values: Sequence[int]) -> Fraction:
    """Return the middle of values that are in order, exactly; 0 of none."""
    middle = len(values) // 2
    return Fraction(values[middle] + values[-middle - 1], 2) if values else Fraction(0)


def why(span: Span, by: GroupBy, name: str, members: Sequence[Member]) -> tuple[Reason, ...]:
    """Return the facts behind one group's share, the plainest first, each once; nothing is guessed."""
    if by is GroupBy.DEPARTMENT:
        facts = _of_department(span, name, members)
    elif by is GroupBy.PERSON:
        facts = _of_person(span, members[0])
    else:
        facts = _of_kind(span, by, name, members)
    return tuple(dict.fromkeys(facts))


def _of_department(span: Span, name: str, members: Sequence[Member]) -> Iterator[Reason]:
    plan, policy = span.workspace.plan, span.workspace.policy
    order, source = plan.dispatch_order, policy.rule("派遣顺序")
    if name not in order:
        yield Reason("不在派遣顺序里，不轮派", source)
    else:
        yield Reason(f"派遣顺序第 {order.index(name) + 1} 位，共 {len(order)} 个科室：{_turns(span, name)}", source)
    yield from _waiting(span, name, source)
    if name in plan.already_served and any(1 in {p.cycle for p in batch.postings} for batch in span.batches):
        yield Reason("第 1 轮在起始日期以前已经派过（已派科室）", source, plan.places.known("already_served"))
    for batch, posting in _postings(span, name):
        if posting.reason is not PostingReason.QUEUE:
            yield _told(batch, posting)
    for notice in span.notices:
        if notice.department == name and notice.code in _TOLD and notice.batch:
            yield Reason(f"{notice.batch.label}: {notice.message}", notice.source, notice.position)
    yield _shared(span, members)


def _turns(span: Span, name: str) -> str:
    """Return how often each cycle came to a department: 第 1 轮 1 次、第 2 轮 1 次.

    Whoever takes over within a batch serves the turn of the department that it came to.
    """
    slots = {
        (posting.cycle, batch.name, posting.slot)
        for batch, posting in _postings(span, name)
        if posting.cycle and posting.starts_on <= batch.handover_on
    }
    cycles = sorted({cycle for cycle, _, _ in slots if cycle})
    counts = [f"第 {cycle} 轮 {sum(one[0] == cycle for one in slots)} 次" for cycle in cycles]
    return "、".join(counts) or "这段时间没有轮到"


def _waiting(span: Span, name: str, source: Source) -> Iterator[Reason]:
    """Yield how the cycle stood at the end of the span: whose turn was still to come."""
    if not span.batches:
        return
    last = span.batches[-1]
    mine = [cycle for cycle, department in last.waiting if department == name]
    cycle = max((one.cycle for batch in span.batches for one in batch.postings if one.cycle), default=None)
    if mine:
        ahead = [department for _, department in last.waiting].index(name)
        text = f"到 {last.name.label} 为止，第 {mine[0]} 轮还没有轮到本科室，前面还有 {ahead} 个科室"
        yield Reason(text if ahead else text.replace("，前面还有 0 个科室", "，下一个就是"), source)
    elif cycle and any(one.cycle == cycle for _, one in _postings(span, name)):
        behind = sum(one == cycle for one, _ in last.waiting)
        if behind:
            yield Reason(f"第 {cycle} 轮已经派出；到 {last.name.label} 为止还有 {behind} 个科室在等", source)


def _shared(span: Span, members: Sequence[Member]) -> Reason:
    """Return among how many people the postings were shared, beside what is usual."""
    able = sum(one.eligible for one in members)
    went = sum(len(one.services) for one in members)
    counts = sorted(
        sum(one.eligible for one in span.members if one.department.name == other)
        for other in span.workspace.plan.dispatch_order
    )
    usual = median(counts)
    each = f"平均每人 {number_text(Fraction(went, able))} 次" if able else "没有可派的人"
    fewer = "，人少，每个人去得更勤" if able and able < usual else ""
    return Reason(f"{went} 人次由可派的 {able} 人分担，{each}（各科室可派人数的中位数 {number_text(usual)}）{fewer}")


def _of_person(span: Span, member: Member) -> Iterator[Reason]:
    person, home = member.person, member.department.name
    colleagues = [one for one in span.members if one.department.name == home]
    went = sum(len(one.services) for one in colleagues)
    able = sum(one.eligible for one in colleagues)
    yield Reason(f"{home}这段时间派出 {went} 人次，可派的有 {able} 人")
    for batch, posting in _postings(span, home):
        if posting.person is person:
            yield _told(batch, posting)
    yield from _hindrances(span, member)
    if person.served_months and not member.services:
        text = f"起始日期以前已服务 {person.served_months} 个月，建议人选时排在后面"
        yield Reason(text, span.workspace.policy.rule("人员派遣"), person.places.known("served_months"))
    for notice in span.notices:
        if notice.department == home and notice.person == person.name and notice.code in _TOLD and notice.batch:
            yield Reason(f"{notice.batch.label}: {notice.message}", notice.source, notice.position)
    if member.services:
        for other in colleagues:
            if other is not member and not other.eligible:
                for reason in _hindrances(span, other):
                    yield Reason(f"同科 {other.person.name} 没有派: {reason.text}", reason.source, reason.position)


def _hindrances(span: Span, member: Member) -> Iterator[Reason]:
    """Yield what kept a person from being sent in some of the span's batches: rank, arrival, departure, 不可派."""
    person, rotation = member.person, span.workspace.policy.rotation
    if rotation and span.lowest is not None and (member.rank is None or member.rank < span.lowest):
        source = span.workspace.policy.source(rotation.clause_of("lowest_rank"))
        what = f"职级 {member.rank.label}，低于{span.lowest.label}" if member.rank else "职级不明"
        yield Reason(f"{what}，没有别人可派时才派", source, person.places.known("professional_title"))
    first, last = _days(span)
    if person.joined_on and person.joined_on > first:
        yield Reason(f"{person.joined_on.isoformat()} 才到岗", None, person.places.known("joined_on"))
    if person.left_on and person.left_on <= last:
        yield Reason(f"{person.left_on.isoformat()} 离岗", None, person.places.known("left_on"))
    for time in person.unavailable:
        missed = [one.name.short_label for one in span.batches if time.overlaps(one.handover_on, one.ends_on)]
        if missed:
            text = f"{time} 不可派，涉及 {len(missed)} 批"
            yield Reason(text, None, time.places.known() or person.places.known("unavailable"))


def _of_kind(span: Span, by: GroupBy, name: str, members: Sequence[Member]) -> Iterator[Reason]:
    able = sum(one.eligible for one in members)
    went = sum(len(one.services) for one in members)
    each = f"，平均每人 {number_text(Fraction(went, able))} 次" if able else ""
    yield Reason(f"{len(members)} 人中可派 {able} 人，派出 {went} 人次{each}")
    rotation = span.workspace.policy.rotation
    if by is GroupBy.RANK and rotation and span.lowest is not None and members:
        rank = members[0].rank
        if rank is None or rank < span.lowest:
            source = span.workspace.policy.source(rotation.clause_of("lowest_rank"))
            yield Reason(f"最低派{span.lowest.label}，没有别人可派时才派这些人", source)
    if by is GroupBy.SPECIALTY:
        homes = "、".join(dict.fromkeys(one.department.name for one in members))
        yield Reason(f"分在 {homes}")
        asking = "、".join(one.name for one in span.workspace.plan.recipient_units if name in one.specialties)
        if asking:
            yield Reason(f"{asking} 需要本专业，先从本专业的人里派", span.workspace.policy.rule("派遣顺序"))


def _told(batch: Batch, posting: Posting) -> Reason:
    """Return why a posting came to its person: the choice where it came by the queue, else what brought it about."""
    told = posting.because[0 if posting.reason is not PostingReason.QUEUE else -1] if posting.because else None
    text = f"{batch.name.label}: {told.text if told else '轮到'}"
    return Reason(text, told.source if told else None, told.position if told else None)


def _postings(span: Span, department: str) -> Iterator[tuple[Batch, Posting]]:
    for batch in span.batches:
        for posting in batch.postings:
            if posting.department == department:
                yield batch, posting


def _days(span: Span) -> tuple[date, date]:
    if not span.batches:
        return span.from_on, span.until_on
    return span.batches[0].handover_on, span.batches[-1].ends_on
