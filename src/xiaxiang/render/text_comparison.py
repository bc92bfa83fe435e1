"""Two schedules side by side in the terminal: who moves where, and why; sanctions and notices that come or go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from xiaxiang.model.diagnostic import Severity
from xiaxiang.model.scalar import money_text, short_day_text
from xiaxiang.model.schedule import VACANT
from xiaxiang.render.schedule_words import sanctioned, spoken_title, with_clause
from xiaxiang.render.text_heading import reason_lines
from xiaxiang.render.text_layout import WIDTH, listed, mark, paragraph, table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from xiaxiang.model.batch import BatchName
    from xiaxiang.model.comparison import Comparison, Move, SlotChange
    from xiaxiang.model.decision import Reason
    from xiaxiang.model.schedule import Notice, Posting, Sanction
    from xiaxiang.model.workspace import Workspace

_NOBODY: Final = "—"
_DIFFERS: Final = "published-differs"


def comparison_lines(
    workspace: Workspace, comparison: Comparison, titles: tuple[str, str], *, width: int = WIDTH
) -> list[str]:
    """Return the slots that differ under the two `titles`, with the reasons as footnotes, then all else that differs.

    The notices that a 质控动态 prints and those about consents are not among them: see `announced_lines`.
    """
    lines = slot_lines(workspace, comparison, titles, width=width)
    apart = {*comparison.announced, *comparison.consents}
    notices = [("新增", one) for one in comparison.new_notices if one not in apart]
    notices += [("不再有", one) for one in comparison.gone_notices]
    for word, notice in notices:
        lines += paragraph(f" {_lead(notice)}  ", f"{word} {_notice(notice, workspace)}", width=width)
    return lines


def slot_lines(
    workspace: Workspace, comparison: Comparison, titles: tuple[str, str], *, width: int = WIDTH
) -> list[str]:
    """Return the slots that differ with the reasons as footnotes, the departments that move, and the sanctions."""
    reasons: dict[Reason, int] = {}
    rows = [("批次", *titles), *_rows(comparison.slots, reasons)]
    lines = table(rows, width=width, flexible=(1, 2)) if comparison.slots else []
    for reason, number in reasons.items():
        lines += reason_lines(reason, workspace.policy.document, f"{mark(number)} ", width)
    if comparison.moves:
        lines += listed(" 科室  ", [_move(one) for one in comparison.moves], width=width)
    for word, sanctions in (("新增", comparison.new_sanctions), ("不再有", comparison.gone_sanctions)):
        for sanction in sanctions:
            lines += paragraph(" 处罚  ", _sanction(word, sanction, workspace), width=width)
    return lines


def edits_lines(workspace: Workspace, comparison: Comparison, *, width: int = WIDTH) -> list[str]:
    """Return which edits made announced batches differ, as the notices about them say, for the batches that do."""
    changed = {one.batch for one in comparison.slots}
    told = (one for one in comparison.gone_notices if one.code == _DIFFERS and one.batch in changed)
    return [line for one in told for line in paragraph(" 为什么  ", _placed(one, workspace), width=width)]


def consent_lines(workspace: Workspace, comparison: Comparison, *, width: int = WIDTH) -> list[str]:
    """Return the consents that are now to be asked for."""
    told = (_notice(notice, workspace) for notice in comparison.consents)
    return [line for text in told for line in paragraph(" 要沟通  ", text, width=width)]


def announced_lines(workspace: Workspace, comparison: Comparison, *, width: int = WIDTH) -> list[str]:
    """Return what has to follow: the consents to ask for, and what each month's 质控动态 has to print."""
    lines = consent_lines(workspace, comparison, width=width)
    months = {one.published_on: None for one in comparison.announced}
    for month in months:
        due = [one for one in comparison.announced if one.published_on == month]
        if month is not None:
            lines += [f" 要公布  {month.year}年{month.month}月质控动态登 {len(due)} 条"]
        for notice in due:
            lines += paragraph("         · ", _notice(notice, workspace), width=width)
    return lines


def _rows(slots: Sequence[SlotChange], reasons: dict[Reason, int]) -> Iterable[tuple[str, ...]]:
    """Yield one row per slot; `reasons` collects why, each numbered once.

    What was a reason before is none for the change: whoever merely moves up a slot needs no footnote.
    """
    known = {why for one in slots for posting in one.before for why in posting.because}
    last: BatchName | None = None
    for one in slots:
        if _who(one.before) == _who(one.after):  # only the days differ, and they are the same for the whole batch
            if one.batch != last:
                yield one.batch.label, _days(one.before), _days(one.after)
            last = one.batch
            continue
        fresh = [reasons.setdefault(why, len(reasons) + 1) for why in one.because if why not in known]
        marks = "".join(map(mark, sorted(fresh)))
        yield ("" if one.batch == last else one.batch.label, _who(one.before), _who(one.after) + marks)
        last = one.batch


def _who(postings: Sequence[Posting]) -> str:
    """Return who holds a slot; with days where two share it."""
    return "\n".join(_posting(one, shared=len(postings) > 1) for one in postings) or _NOBODY


def _days(postings: Sequence[Posting]) -> str:
    """Return the first and last day of what holds a slot."""
    if not postings:
        return _NOBODY
    first, last = postings[0].starts_on, postings[-1].ends_on
    return f"{short_day_text(first)}至{'次年' if last.year > first.year else ''}{short_day_text(last)}，人员不变"


def _posting(one: Posting, *, shared: bool) -> str:
    if one.department is None:
        return VACANT
    parts = [one.department, VACANT]
    if one.person is not None:
        title = spoken_title(one.person)
        parts[1] = ("建议 " if one.proposed else "") + one.person.name + (f"（{title}）" if title else "")
    if shared:
        parts.append(f"{short_day_text(one.starts_on)}至{short_day_text(one.ends_on)}")
    return " ".join(parts)


def _move(one: Move) -> str:
    """Return which batches a department no longer holds and which it holds instead."""
    gone, come = (
        "、".join(name.label for name in names if name not in others)
        for names, others in ((one.before, one.after), (one.after, one.before))
    )
    if gone and come:
        return f"{one.department} {gone} → {come}"
    return f"{one.department} " + (f"不再排 {gone}" if gone else f"另排 {come}")


def _placed(notice: Notice, workspace: Workspace) -> str:
    place = f"  {notice.position}" if notice.position else ""
    return _notice(notice, workspace) + place


def _lead(notice: Notice) -> str:
    return "说明" if notice.severity is Severity.NOTE else notice.severity.label


def _notice(notice: Notice, workspace: Workspace) -> str:
    batch = f"{notice.batch.label} " if notice.batch and notice.batch.label not in notice.message else ""
    return batch + with_clause(notice.message, notice.source, workspace)


def _sanction(word: str, one: Sanction, workspace: Workspace) -> str:
    text = f"{word} {one.batch.label} {sanctioned(one)} {money_text(one.amount)} 元: {one.reason}"
    return with_clause(text, one.source, workspace)
