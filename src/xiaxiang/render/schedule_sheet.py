"""轮换表 as sheets: one row for every posting, its reasons, and what else must be known. For .csv and .xlsx alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

from xiaxiang.model.masking import masked_row
from xiaxiang.model.scalar import money_text
from xiaxiang.model.schedule import BY_DEPARTMENT, PROVISIONAL, VACANT
from xiaxiang.model.sheet import Column, ColumnKind, Sheet, text_columns
from xiaxiang.render.schedule_words import part_of, sanctioned, told, with_clause, years_text
from xiaxiang.render.text_layout import cited

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from xiaxiang.model.decision import Reason
    from xiaxiang.model.schedule import Batch, Notice, Posting, Schedule
    from xiaxiang.model.workspace import Workspace

Value: TypeAlias = "str | int | date | None"

_BATCH: Final = Column("批次", ColumnKind.TEXT)
_SLOT: Final = Column("名额", ColumnKind.COUNT)
POSTINGS: Final = (
    _BATCH,
    Column("派驻开始", ColumnKind.DAY),
    Column("派驻结束", ColumnKind.DAY),
    _SLOT,
    *text_columns("受援单位", "科室", "人员", "建议人选", "工号", "职称"),
    Column("轮次", ColumnKind.COUNT),
    *text_columns("事由", "备注"),
)
WHY: Final = Column("理由", ColumnKind.TEXT)
REASONS: Final = (_BATCH, _SLOT, *text_columns("科室", "人员", "理由", "条款", "登记位置"))
REMARKS: Final = text_columns("类别", "批次", "对象", "内容")


def postings_sheet(workspace: Workspace, shown: Schedule) -> Sheet:
    """Return one row for every posting: the whole as people would type it, nobody's number but the 工号."""
    rows = [masked_row(_posting(workspace, batch, one)) for batch in shown.batches for one in batch.postings]
    return Sheet(title_of(workspace, shown), POSTINGS, tuple(rows))


def explained_sheet(workspace: Workspace, shown: Schedule) -> Sheet:
    """Return the same with the reasons of each posting in a last column: the one sheet of a .csv file."""
    rows = [
        masked_row((*_posting(workspace, batch, one), "；".join(told(one.because, workspace))))
        for batch in shown.batches
        for one in batch.postings
    ]
    return Sheet(title_of(workspace, shown), (*POSTINGS, WHY), tuple(rows))


def reasons_sheet(workspace: Workspace, shown: Schedule) -> Sheet:
    """Return one row for every reason: the handover's, then each posting's, then what notices add."""
    rows = [masked_row(row) for batch in shown.batches for row in _reasons(workspace, shown, batch)]
    return Sheet("理由", REASONS, tuple(rows))


def remarks_sheet(workspace: Workspace, shown: Schedule) -> Sheet:
    """Return what a reader must know beside the postings: draft, notices, sanctions, readings."""
    rows: list[tuple[str, ...]] = [("草稿", "", "", f"写错了，没有算进去: {one}") for one in workspace.left_out]
    rows += [
        (
            one.severity.label,
            one.batch.label if one.batch else "",
            one.department or "",
            with_clause(one.message, one.source, workspace),
        )
        for one in shown.notices
    ]
    rows += [
        (
            "处罚",
            one.batch.label,
            sanctioned(one),
            with_clause(f"{money_text(one.amount)} 元: {one.reason}", one.source, workspace),
        )
        for one in shown.sanctions
    ]
    rows += [
        ("口径", "", one.setting, with_clause(f"{one.value}: {one.sentence}", one.source, workspace))
        for one in shown.readings
    ]
    return Sheet("说明", REMARKS, tuple(masked_row(row) for row in rows))


def title_of(workspace: Workspace, shown: Schedule) -> str:
    """Return the title of the whole: unit, years, 轮换表, and 草稿 where it is one."""
    draft = "（草稿）" if workspace.is_draft else ""
    return f"{workspace.plan.supporting_unit.name} {years_text(shown)}轮换表{draft}"


def _posting(workspace: Workspace, batch: Batch, one: Posting) -> tuple[Value, ...]:
    person = one.person
    name = person.name if person else ""
    settled = VACANT if one.department is None or (person is None and not one.proposed) else name
    return (
        batch.name.label,
        one.starts_on,
        one.ends_on,
        one.slot,
        one.recipient_unit,
        one.department or "",
        BY_DEPARTMENT if one.proposed else settled,
        name if one.proposed else "",
        person.id if person else "",
        person.professional_title if person else "",
        one.cycle,
        one.reason.remark,
        "，".join((*part_of(one, batch), *_remarks(workspace, batch))),
    )


def _remarks(workspace: Workspace, batch: Batch) -> Iterator[str]:
    if workspace.is_draft:
        yield "草稿"
    if batch.is_provisional:
        yield f"交接日{PROVISIONAL}"
    if batch.ends_provisionally:
        yield f"派驻至{PROVISIONAL}"


def _reasons(workspace: Workspace, shown: Schedule, batch: Batch) -> Iterator[tuple[Value, ...]]:
    document, label = workspace.policy.document, batch.name.label
    for reason in batch.handover_because:
        yield (label, None, "", "", *_grounds(reason, document))
    for one in batch.postings:
        person = one.person.name if one.person else VACANT
        for reason in one.because:
            yield (label, one.slot, one.department or "", person, *_grounds(reason, document))
    for notice in _untold([one for one in shown.notices if one.batch == batch.name], batch):
        place = str(notice.position or "")
        about = (notice.department or "", notice.person or "")
        yield (label, None, *about, notice.message, cited(notice.source, document), place)


def _grounds(reason: Reason, document: str) -> tuple[str, str, str]:
    """Return what a reason says, its clause and where it is registered."""
    return reason.text, cited(reason.source, document) if reason.source else "", str(reason.position or "")


def _untold(notices: Iterable[Notice], batch: Batch) -> list[Notice]:
    """Return the notices that no reason of the batch has told already."""
    told_already = {reason.text for reason in batch.handover_because}
    told_already |= {reason.text for posting in batch.postings for reason in posting.because}
    return [one for one in notices if one.message not in told_already]
