"""派遣通知: who goes in one batch, where and when they are handed over, and the rules in force."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from xiaxiang.model.document import Column, Content, Refusal
from xiaxiang.model.scalar import day_text, weekday_text
from xiaxiang.model.schedule import BY_DEPARTMENT, VACANT, PostingReason
from xiaxiang.present import rules_in_force
from xiaxiang.present.given import Facts, content, numbered_table
from xiaxiang.present.issue import before_handover
from xiaxiang.present.wording import if_provisional, is_undecided, reasons_text, rule_clause, title_of

if TYPE_CHECKING:
    from xiaxiang.model.document import Plain, Request
    from xiaxiang.model.schedule import Batch, Posting
    from xiaxiang.model.workspace import Workspace
    from xiaxiang.present.given import Given

NAMES: Final = ("dispatch-notice", "派遣通知")

_COLUMNS: Final = (
    Column("序号", 8),
    Column("科室", 18),
    Column("姓名", 17),
    Column("职称", 17),
    Column("受援单位", 26),
    Column("备注", 14),
)
_REMARKS: Final = {
    PostingReason.QUEUE: "",
    PostingReason.PROMOTION: "晋升优先",
    PostingReason.REDISPATCH: "重新下乡",
    PostingReason.INCIDENT: "接替",
}


def dispatch_notice(given: Given, request: Request) -> Content | Refusal:
    """Return the notice of one batch, as things stood at its handover: later changes stand in the bulletin."""
    workspace = given.workspace
    batch = given.schedule.batch(request.batch) if request.batch else None
    if batch is None:
        return Refusal(*NAMES, "计划里没有这一批", "用 --batch 写明批次，例如 2024-1")
    postings = tuple(one for one in batch.postings if one.starts_on <= batch.handover_on)
    if not any(one.department for one in postings):
        return Refusal(*NAMES, f"{batch.name.label}没有科室可派", "先看 xiaxiang schedule 的说明")
    values: dict[str, Plain] = {
        "批次": batch.name.label,
        "年度": batch.name.year,
        "交接日": day_text(batch.handover_on) + if_provisional(batch.is_provisional),
        "交接日星期": weekday_text(batch.handover_on),
        "交接日说明": _moved(batch, workspace),
        "结束日期": day_text(batch.ends_on) + if_provisional(batch.ends_provisionally),
        "人数": sum(one.department is not None for one in postings),
        "待定科室": "、".join(dict.fromkeys(one.department or "" for one in postings if is_undecided(one))),
        "接收": _received(postings),
        "派遣依据": rule_clause("人员派遣", workspace),
        "考核任务": rules_in_force.tasks(workspace.policy, batch.handover_on),
        "材料": rules_in_force.papers(workspace.policy),
        "请假": rules_in_force.leave(workspace.policy, batch.handover_on),
        "调回": rules_in_force.recall(workspace.policy, batch.handover_on),
    }
    rows = [_row(one, workspace) for one in postings]
    facts = Facts(before_handover(workspace, batch.handover_on), values, {"人员": numbered_table(_COLUMNS, rows)})
    return content(given, request, NAMES, facts)


def _moved(batch: Batch, workspace: Workspace) -> str:
    """Return why the handover is not on its nominal day, or ""."""
    return reasons_text(batch.handover_because, workspace) if batch.nominal_on != batch.handover_on else ""


def _received(postings: tuple[Posting, ...]) -> tuple[Plain, ...]:
    """Return how many people each recipient gets: 单位, 人数; in slot order."""
    units = dict.fromkeys(one.recipient_unit for one in postings if one.department is not None)
    return tuple(
        {"单位": unit, "人数": sum(one.recipient_unit == unit and one.department is not None for one in postings)}
        for unit in units
    )


def _row(posting: Posting, workspace: Workspace) -> tuple[str, ...]:
    person = None if is_undecided(posting) else posting.person
    name = person.name if person else BY_DEPARTMENT if is_undecided(posting) else VACANT
    title = title_of(person, workspace) if person else ""
    return (posting.department or "", name, title, posting.recipient_unit, _REMARKS[posting.reason])
