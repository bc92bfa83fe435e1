"""What the page of a schedule says, as plain data for its template. Every text in it passes `_shown` once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from xiaxiang.model.diagnostic import Severity
from xiaxiang.model.masking import masked
from xiaxiang.model.scalar import money_text
from xiaxiang.model.schedule import PROVISIONAL
from xiaxiang.render.html_cells import (
    Data,
    Unit,
    articles,
    handover_article,
    handover_id,
    posting_id,
    row_cells,
)
from xiaxiang.render.schedule_sheet import title_of
from xiaxiang.render.schedule_words import (
    day_in_batch,
    handover_text,
    part_of,
    period_text,
    sanctioned,
    spoken_title,
    who_goes,
    years_text,
)
from xiaxiang.render.text_layout import cited, visible
from xiaxiang.render.timeline import timeline

if TYPE_CHECKING:
    from xiaxiang.model.schedule import Batch, Notice, Posting, Sanction, Schedule
    from xiaxiang.model.source import Source
    from xiaxiang.model.workspace import Workspace
    from xiaxiang.render.timeline import Timeline

_OFFICE: Final = "医务部"
"""Whom to ask where the plan names no office of its leading group."""
_PUBLISHED: Final = "已公布"
_COLOURS: Final = 6
"""Grounds in the style sheet; a seventh unit shares the first one's, its name stands in the cell anyway."""


def page_content(workspace: Workspace, shown: Schedule) -> Data:
    """Return everything that the template of the page prints; people's numbers are masked in all of it."""
    whole = timeline(workspace, shown)
    units = _units(workspace, shown)
    several = len({batch.name.year for batch in shown.batches}) > 1
    content: Data = {
        "title": title_of(workspace, shown),
        "unit": workspace.plan.supporting_unit.name,
        "years": years_text(shown),
        "facts": _facts(workspace, shown),
        "left_out": list(workspace.left_out),
        "example": next((row.department for row in whole.rows if not row.is_idle), ""),
        "legend": _legend(whole, units),
        "batches": [_batch(workspace, whole, batch, several=several) for batch in shown.batches],
        "rows": [
            {"department": row.department, "cells": row_cells(whole, number, units)}
            for number, row in enumerate(whole.rows)
            if not row.is_idle
        ],
        "idle": [row.department for row in whole.rows if row.is_idle],
        "notices": [_notice(one, workspace) for one in shown.notices],
        "sanctions": [_sanction(one, workspace) for one in shown.sanctions],
        "readings": [
            {
                "name": f"{one.setting}: {one.value}" + ("（计划所选）" if one.chosen_by_plan else ""),
                "sentence": one.sentence if one.sentence != one.value else "",
                "clause": _clause(one.source, workspace),
            }
            for one in shown.readings
        ],
        "footer": _footer(workspace),
    }
    return {name: _shown(value) for name, value in content.items()}


def _shown(value: Any) -> Any:  # noqa: ANN401 - whatever stands in the content, however deep
    """Return the same with numbers of people masked and invisible signs spelled, in every text."""
    if isinstance(value, str):
        return visible(masked(value))
    if isinstance(value, dict):
        return {name: _shown(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_shown(one) for one in value]
    return value


def _units(workspace: Workspace, shown: Schedule) -> dict[str, Unit]:
    """Return the recipient units by name, those of the plan in its order, then any that only a batch names."""
    short = {one.name: one.short_name or one.name for one in workspace.plan.recipient_units}
    posted = (one.recipient_unit for batch in shown.batches for one in batch.postings)
    names = dict.fromkeys((*short, *posted))
    return {name: Unit(short.get(name, name), f"unit-{place % _COLOURS}") for place, name in enumerate(names)}


def _facts(workspace: Workspace, shown: Schedule) -> list[str]:
    postings = [one for batch in shown.batches for one in batch.postings]
    is_open = sum(one.proposed for one in postings)
    vacant = sum(one.person is None for one in postings)
    counts = ((f"{is_open} 处由科室确定", is_open), (f"{vacant} 处空缺", vacant))
    return [
        f"依据 {workspace.policy.document}",
        f"{len(shown.batches)} 批 {len(postings)} 段派驻",
        *(text for text, number in counts if number),
    ]


def _legend(whole: Timeline, units: dict[str, Unit]) -> list[Data]:
    """Return what the grounds of the timeline mean, those that occur in it."""
    postings = [one for batch in whole.batches for one in batch.postings]
    stayed = [cell.stayed for row in whole.rows for cell in row.cells if cell.stayed]
    kinds = (
        ("open", "由科室确定", any(one.proposed for one in postings)),
        ("vacant", "空缺", any(one.person is None and one.department for one in postings)),
        ("stayed", "轮次留到后面", any(one != "拒派" for one in stayed)),
        ("refused", "拒派", "拒派" in stayed),
    )
    used = {one.recipient_unit for one in postings}
    grounds = [{"look": unit.look, "text": name} for name, unit in units.items() if name in used]
    return grounds + [{"look": look, "text": text} for look, text, occurs in kinds if occurs]


def _batch(workspace: Workspace, whole: Timeline, batch: Batch, *, several: bool) -> Data:
    document = workspace.policy.document
    until = day_in_batch(batch.ends_on, batch)
    is_published = any(one.name == batch.name for one in workspace.published)
    tags = ((PROVISIONAL, batch.is_provisional or batch.ends_provisionally), (_PUBLISHED, is_published))
    return {
        "label": batch.name.label,
        "short": batch.name.label if several else batch.name.short_label,
        "period": period_text(batch),
        "days": f"{handover_text(batch)} – {until}",
        "sentence": f"{handover_text(batch)} 交接，派驻至 {until}",
        "tags": [tag for tag, holds in tags if holds],
        "why": handover_id(batch),
        "because": handover_article(batch, document),
        "postings": [_posting(one, place, batch) for place, one in enumerate(batch.postings, 1)],
        "articles": articles(whole, batch, document),
    }


def _posting(one: Posting, place: int, batch: Batch) -> Data:
    return {
        "department": one.department or "",
        "name": one.person.name if one.person else "",
        "person": who_goes(one),
        "title": spoken_title(one.person) if one.person else "",
        "part": " ".join(part_of(one, batch)),
        "tags": [tag for tag in (one.reason.remark,) if tag],
        "recipient_unit": one.recipient_unit,
        "why": posting_id(batch, place),
        "is_open": one.proposed or one.person is None,
    }


def _notice(one: Notice, workspace: Workspace) -> Data:
    return {
        "severity": one.severity.value,
        "label": one.severity.label if one.severity is not Severity.NOTE else "",
        "batch": one.batch.label if one.batch else "",
        "text": one.message,
        "clause": _clause(one.source, workspace),
    }


def _sanction(one: Sanction, workspace: Workspace) -> Data:
    return {
        "batch": one.batch.label,
        "who": sanctioned(one),
        "amount": money_text(one.amount),
        "text": one.reason,
        "clause": _clause(one.source, workspace),
    }


def _clause(source: Source, workspace: Workspace) -> str:
    return cited(source, workspace.policy.document)


def _footer(workspace: Workspace) -> str:
    group = workspace.plan.leading_group
    office = (group.office if group else "") or _OFFICE
    return (
        f"“由科室确定”的，科室定了人选报{office}登记“指派”。对安排有疑问，先点开格子看理由，再找{office}。"
        "本页由计划算出，同样的计划得到同样的一页。"
    )
