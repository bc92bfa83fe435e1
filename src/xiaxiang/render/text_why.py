"""Why, in the terminal: why here, why not earlier, what comes next, and what another reading would make of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from xiaxiang.model.scalar import short_day_text
from xiaxiang.model.schedule import PROVISIONAL
from xiaxiang.render.schedule_words import (
    day_in_batch,
    handover_text,
    part_of,
    proposed_name,
)
from xiaxiang.render.text_heading import heading, reason_lines
from xiaxiang.render.text_layout import WIDTH, cited, listed, paragraph, table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from xiaxiang.model.comparison import Move
    from xiaxiang.model.decision import Reason
    from xiaxiang.model.reading import ReadingUsed
    from xiaxiang.model.schedule import Batch, Posting
    from xiaxiang.model.why import Held, OtherOutcome, TurnWhy
    from xiaxiang.model.why_person import PersonWhy
    from xiaxiang.model.workspace import Workspace

_MARGIN: Final = "  "
_MOVES_SHOWN: Final = 4
_WAITS_SHOWN: Final = 4


def turn_text(workspace: Workspace, why: TurnWhy, readings: Sequence[ReadingUsed], *, width: int = WIDTH) -> str:
    """Return why a department goes in a batch, or why it does not and when it comes."""
    batch = why.batch
    asked = "为什么在" if why.held else "为什么不在"
    lines = [*heading(workspace, f"{why.department}{asked} {batch.name.label}", readings, width), ""]
    for posting in why.held:
        lines += paragraph(_MARGIN, _posting(posting, batch), width=width)
    lines += _numbered(why.because, workspace, width)
    if why.missed is not None:
        lines += _numbered([why.missed.reason(workspace.policy.rule("派遣顺序"))], workspace, width)
    if why.earlier:
        lines.append("为什么不更早")
        lines += _earlier(why, workspace, width)
    elif why.held and why.last is not None:
        lines += [
            "为什么不更早",
            *paragraph(_MARGIN, f"上一次派出是{_when(why.last)}；排满后才开始新的一轮", width=width),
        ]
    lines += _handover(workspace, batch, width)
    lines += _following(why, width)
    lines += _others(why, workspace, width)
    return "\n".join(lines) + "\n"


def department_text(
    workspace: Workspace,
    department: str,
    turns: Sequence[TurnWhy],
    readings: Sequence[ReadingUsed],
    *,
    width: int = WIDTH,
) -> str:
    """Return every turn of a department: when, who, and why."""
    lines = [*heading(workspace, f"{department}的轮次", readings, width), ""]
    order = workspace.policy.rule("派遣顺序")
    rows = [("批次", "交接日", "人员", "为什么")]
    for why in turns:
        reasons = why.because if why.held else (why.missed.reason(order),) if why.missed else ()
        told = "；".join(one.text for one in reasons)
        who = "、".join(dict.fromkeys(proposed_name(one) for one in why.held)) or "—"
        rows.append((why.batch.name.label, handover_text(why.batch), who, told))
    lines += table(rows, width=width, flexible=(3,)) if turns else ["  还没有轮到，也没有登记"]
    return "\n".join(lines) + "\n"


def person_text(workspace: Workspace, why: PersonWhy, readings: Sequence[ReadingUsed], *, width: int = WIDTH) -> str:
    """Return a person's postings with the reasons, the turns in which somebody else went, and the times away."""
    person = why.person
    title = f"（{why.department.name}）" + (f" {person.professional_title}" if person.professional_title else "")
    here = why.months - person.served_months
    served = f"计入服务 {why.months} 个月: 计划以前 {person.served_months}，下面各批 {here}"
    lines = [*heading(workspace, f"{person.name}{title}", readings, width), "", served]
    lines += [f"{_MARGIN}没有排上"] if not why.held else []
    for one in why.held:
        proposed = "  建议，由科室确定" if one.posting.proposed else ""
        lines += paragraph("", f"{_when(one)}  {_span(one)} → {one.posting.recipient_unit}{proposed}", width=width)
        lines += _numbered(one.posting.because, workspace, width)
    if why.not_sent:
        lines.append("科室派了别人的批次")
        for left in why.not_sent:
            lead = f"{_MARGIN}{left.held.batch.name.label}  {proposed_name(left.held.posting)}: "
            lines += reason_lines(left.reason, workspace.policy.document, lead, width)
    if person.unavailable:
        lines += listed("不可派  ", [str(one) for one in person.unavailable], width=width, separator="；")
    for day, words in ((person.joined_on, "到岗"), (person.left_on, "离岗")):
        lines += [f"{words}    {day.isoformat()}"] if day else []
    return "\n".join(lines) + "\n"


def _numbered(reasons: Iterable[Reason], workspace: Workspace, width: int) -> Iterator[str]:
    for number, one in enumerate(reasons, 1):
        yield from reason_lines(one, workspace.policy.document, f"{_MARGIN}{number}. ", width)


def _posting(posting: Posting, batch: Batch) -> str:
    span = " ".join(part_of(posting, batch)) or f"{handover_text(batch)} 至 {day_in_batch(batch.ends_on, batch)}"
    cycle = f"，第 {posting.cycle} 轮" if posting.cycle else ""
    return f"{proposed_name(posting)} → {posting.recipient_unit}，{span}{cycle}"


def _span(held: Held) -> str:
    posting, batch = held.posting, held.batch
    return f"{day_in_batch(posting.starts_on, batch)}至{day_in_batch(posting.ends_on, batch)}"


def _when(held: Held) -> str:
    return held.batch.name.label


def _earlier(why: TurnWhy, workspace: Workspace, width: int) -> Iterator[str]:
    """Yield why the turn did not go in each batch before: every event, and of mere waiting the last batches."""
    waited = [one for one in why.earlier if one.passed is None]
    untold = waited[:-_WAITS_SHOWN]
    if untold:
        batches = f"{untold[0].batch.name.label}至{untold[-1].batch.name.label}"
        yield from paragraph(f"{_MARGIN}{batches}  ", f"{len(untold)} 批都在排队，前面的轮次先派", width=width)
    for one in why.earlier:
        if one not in untold:
            reason = one.reason(workspace.policy.rule("派遣顺序"))
            yield from reason_lines(reason, workspace.policy.document, f"{_MARGIN}{one.batch.name.label}  ", width)


def _handover(workspace: Workspace, batch: Batch, width: int) -> Iterator[str]:
    """Yield why the handover is on its day, where it was moved or may still move."""
    if batch.nominal_on != batch.handover_on:
        for one in batch.handover_because:
            yield from reason_lines(one, workspace.policy.document, "交接日  ", width)
    if batch.is_provisional:
        text = f"{PROVISIONAL}：{batch.handover_on.year} 年的放假安排还没有公布，公布后可能移动"
        yield from paragraph("交接日  ", text, width=width)


def _following(why: TurnWhy, width: int) -> list[str]:
    """Return when the department comes next: asked by whoever is not in the batch."""
    if why.held:
        return []
    lines = (
        paragraph("上一次派出  ", f"{_when(why.last)}，{proposed_name(why.last.posting)}", width=width)
        if why.last
        else []
    )
    when = "按现在的登记，看得到的年份里还没有轮到"
    if why.next is not None:
        batch = why.next.batch
        when = f"按现在的登记排在 {batch.name.label}（{handover_text(batch)} 交接），{proposed_name(why.next.posting)}"
    return lines + paragraph("下一次轮到  ", when, width=width)


def _others(why: TurnWhy, workspace: Workspace, width: int) -> Iterator[str]:
    """Yield what other readings give for the same turn; those that change nothing in one line."""
    if not why.others:
        return
    yield "换一种口径"
    changing = [one for one in why.others if one.is_other]
    for one in changing:
        clause = cited(one.reading.source, workspace.policy.document)
        lead = f"{_MARGIN}{one.reading.setting}={one.reading.value}: "
        yield from paragraph(lead, f"{_change(one, why)}（{clause}）", width=width)
    same = len(why.others) - len(changing)
    if same:
        text = f"其余 {same} 种取法，这一轮次不变" if changing else f"换哪一种（共 {same} 种取法），这一轮次都不变"
        yield from paragraph(_MARGIN, text, width=width)


def _change(one: OtherOutcome, why: TurnWhy) -> str:
    """Return what becomes of the turn under another reading, and which other departments move before it."""
    here, posting = why.batch, one.posting
    if one.batch is None or posting is None:
        return "这一轮次排到后面，看得到的年份里没有"
    now = why.held[0] if why.held else None
    parts = [f"仍在{here.name.label}" if one.batch == here.name else f"排在{one.batch.label}"]
    if now is None or posting.starts_on != now.starts_on:
        parts.append(f"{short_day_text(posting.starts_on)}起")
    if now is not None and proposed_name(now) != proposed_name(posting):
        parts.append(f"派 {proposed_name(posting)}")
    if now is not None and now.recipient_unit != posting.recipient_unit:
        parts.append(f"去{posting.recipient_unit}")
    moves = [move for move in one.reading.comparison.moves if move.department != why.department]
    told = [_move(move) for move in moves if min({*move.before} ^ {*move.after}) <= here.name]
    if told:
        more = f"等 {len(told)} 个科室" if len(told) > _MOVES_SHOWN else ""
        parts.append(f"别的科室: {'、'.join(told[:_MOVES_SHOWN])}{more}")
    return "，".join(parts)


def _move(move: Move) -> str:
    before = "、".join(str(name) for name in move.before if name not in move.after)
    after = "、".join(str(name) for name in move.after if name not in move.before)
    return f"{move.department} {before}→{after}"
