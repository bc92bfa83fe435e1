"""公布 in the terminal: what is fixed from now on, and what is still open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xiaxiang.model.scalar import short_day_text, weekday_text
from xiaxiang.model.schedule import BY_DEPARTMENT, VACANT
from xiaxiang.render.text_heading import heading
from xiaxiang.render.text_layout import WIDTH, paragraph, table

if TYPE_CHECKING:
    from xiaxiang.model.published import PublishedBatch, PublishedPosting
    from xiaxiang.model.schedule import Schedule
    from xiaxiang.model.workspace import Workspace

_COLUMNS = ("名额", "科室", "人员", "受援单位")
_FLEXIBLE = (2, 3)


def published_text(workspace: Workspace, schedule: Schedule, batch: PublishedBatch, *, width: int = WIDTH) -> str:
    """Return what an announced batch fixes, and what it leaves open."""
    lines = heading(workspace, f"公布{batch.name.label}", schedule.readings, width)
    last = ("次年" if batch.ends_on.year > batch.name.year else "") + short_day_text(batch.ends_on)
    handover = f"{short_day_text(batch.handover_on)} {weekday_text(batch.handover_on)}"
    lines += [f"{handover} 交接，派驻至 {last}；公布日期 {batch.published_on.isoformat()}", ""]
    rows = [(str(one.slot), one.department or "—", _who(one), one.recipient_unit) for one in batch.postings]
    lines += table([_COLUMNS, *rows], width=width, flexible=_FLEXIBLE)
    kept = "、".join(f"{one.department}（{one.kind} {one.on.isoformat()}）" for one in batch.passed_over)
    if kept:
        lines += paragraph("名次保留  ", kept, width=width)
    return "\n".join([*lines, *_open(batch, width)]) + "\n"


def _who(one: PublishedPosting) -> str:
    return BY_DEPARTMENT if one.is_open else one.person or VACANT


def _open(batch: PublishedBatch, width: int) -> list[str]:
    """Return what the announcement does not settle yet."""
    lines: list[str] = []
    choices = [one.department for one in batch.postings if one.is_open]
    vacant = [f"第 {one.slot} 个名额" for one in batch.postings if not one.is_open and not one.person]
    if choices:
        text = (
            f"{len(choices)} 处由科室确定（{'、'.join(choices)}）：定了就在变动登记里加一条“指派”，不算改动公布的内容"
        )
        lines += paragraph("提醒: ", text, width=width)
    if vacant:
        text = f"{'、'.join(vacant)}空缺：补上人员或顺序以后再公布，或就这样公布"
        lines += paragraph("提醒: ", text, width=width)
    return lines
