"""轮次说明: one page for a head of department who asks why it is their turn; the reasons that the schedule carries."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from xiaxiang.model.document import Align, Cell, Column, Content, Refusal, Row, Table
from xiaxiang.model.scalar import day_text, short_day_text, weekday_text
from xiaxiang.model.schedule import BY_DEPARTMENT, VACANT
from xiaxiang.model.why import turn_why
from xiaxiang.present.given import OFFICE, Facts, content
from xiaxiang.present.issue import before_handover
from xiaxiang.present.wording import cited, if_provisional, is_undecided, rule_clause, title_of, with_clause

if TYPE_CHECKING:
    from xiaxiang.model.decision import Reason
    from xiaxiang.model.document import Request
    from xiaxiang.model.schedule import Posting, Schedule
    from xiaxiang.model.why import Missed, TurnWhy
    from xiaxiang.model.workspace import Workspace
    from xiaxiang.present.given import Given

NAMES: Final = ("turn-explanation", "轮次说明")

_COLUMNS: Final = (Column("", 16), Column("", 34), Column("", 16), Column("", 34))
_LINE: Final = 9  # mm
_OPINION: Final = 28  # mm
_SIGNED: Final = "科室负责人（签名）：　　　　　　　　\n年　　月　　日"
_WAITS_SHOWN: Final = 3
"""Batches of mere waiting that are told one by one; the page stays one page."""
_ROOMY: Final = 600
"""Characters in the table; beyond it is set smaller."""


def turn_explanation(given: Given, request: Request) -> Content | Refusal:
    """Return the page for one department in one batch."""
    workspace = given.workspace
    if request.batch is None or not request.department:
        return Refusal(
            *NAMES, "没有写明批次或科室", "用 --batch 和 --department 写明，例如 --batch 2024-2 --department 外科"
        )
    department = workspace.plan.department(request.department)
    if department is None:
        return Refusal(*NAMES, f"没有科室“{request.department}”", "用 --department 写计划里的科室名称")
    why = turn_why(given.schedule, request.batch, department.name)
    if why is None:
        return Refusal(*NAMES, "计划里没有这一批", "用 --batch 写明批次，例如 2024-1")
    if not why.held:
        hint = f"原因和下一次: xiaxiang 解释 {request.batch} {department.name}"
        return Refusal(*NAMES, f"{request.batch.label}没有轮到{department.name}", hint)
    batch = why.batch
    values = {
        "科室": department.name,
        "负责人": department.head,
        "批次": batch.name.label,
        "交接日": day_text(batch.handover_on),
        "派遣依据": rule_clause("派遣顺序", workspace),
    }
    table = _page(workspace, given.schedule, why)
    facts = Facts(before_handover(workspace, batch.handover_on), values, {"说明": table})
    # It is a talk between two offices: it carries no number, so none is missing.
    return replace(content(given, request, NAMES, facts), is_numbered=True)


def _page(workspace: Workspace, schedule: Schedule, why: TurnWhy) -> Table:
    batch, first = why.batch, why.held[0]
    cycle = f"第{first.cycle}轮" if first.cycle else "不占轮次"
    rows = [
        _pairs(("批次", batch.name.label), ("轮次", cycle)),
        _pairs(
            (
                "交接日",
                f"{day_text(batch.handover_on)}（{weekday_text(batch.handover_on)}）{if_provisional(batch.is_provisional)}",
            ),
            ("派驻至", f"{day_text(batch.ends_on)}{if_provisional(batch.ends_provisionally)}"),
        ),
        _pairs(
            ("受援单位", "、".join(dict.fromkeys(one.recipient_unit for one in why.held))),
            ("人员", "、".join(dict.fromkeys(_who(one, workspace) for one in why.held))),
        ),
        _told("为什么是\n这一批", _numbered(_of_the_department(why), workspace)),
    ]
    if why.earlier:
        rows.append(_told("为什么\n不更早", "\n".join(_earlier(why, workspace))))
    if batch.nominal_on != batch.handover_on or batch.is_provisional:
        rows.append(_told("为什么是\n这一天", _day(why, workspace)))
    if any(one.proposed or one.person is None for one in why.held):
        rows.append(_told("请科室办", f"请在交接日以前确定派出人选，报{_office(workspace)}登记。"))
    rows += [
        _told(
            "口径",
            "；".join(f"{one.setting}：{one.value}（{cited(one.source, workspace)}）" for one in schedule.readings),
        ),
        Row((_label("科室意见"), Cell(_SIGNED, len(_COLUMNS) - 1, Align.RIGHT, at_bottom=True)), _OPINION),
    ]
    told = sum(len(cell.text) for row in rows for cell in row.cells)
    return Table(_COLUMNS, tuple(rows), headed=False, dense=told > _ROOMY)


def _of_the_department(why: TurnWhy) -> tuple[Reason, ...]:
    """Return the reasons without those that propose a person: whom a department sends it says itself."""
    proposals = {one.because[-1] for one in why.held if one.proposed and one.because}
    return tuple(one for one in why.because if one not in proposals)


def _earlier(why: TurnWhy, workspace: Workspace) -> list[str]:
    """Return why the turn did not go before: every event, and of mere waiting the last batches."""
    waited = [one for one in why.earlier if one.passed is None]
    untold = waited[:-_WAITS_SHOWN]
    lines = []
    if untold:
        lines.append(
            f"{untold[0].batch.name.label}至{untold[-1].batch.name.label}：{len(untold)}批都在排队，前面的轮次先派。"
        )
    return lines + [_missed(one, workspace) for one in why.earlier if one not in untold]


def _missed(one: Missed, workspace: Workspace) -> str:
    reason = one.reason(workspace.policy.rule("派遣顺序"))
    return f"{one.batch.name.label}：{with_clause(reason.text, reason.source, workspace)}。"


def _day(why: TurnWhy, workspace: Workspace) -> str:
    batch = why.batch
    moved = _numbered(batch.handover_because, workspace) if batch.nominal_on != batch.handover_on else ""
    year = batch.handover_on.year
    open_year = f"{year}年的放假安排还没有公布，{short_day_text(batch.handover_on)}是暂定，公布后可能移动。"
    return "\n".join(filter(None, (moved, open_year if batch.is_provisional else "")))


def _numbered(reasons: tuple[Reason, ...], workspace: Workspace) -> str:
    lines = [f"{with_clause(one.text, one.source, workspace)}。" for one in reasons]
    return "\n".join(f"{number}.{line}" for number, line in enumerate(lines, 1)) if len(lines) > 1 else "".join(lines)


def _who(posting: Posting, workspace: Workspace) -> str:
    """Return the person the department has named; a proposal of the program's is never printed."""
    if is_undecided(posting):
        return BY_DEPARTMENT
    if posting.person is None:
        return VACANT
    title = title_of(posting.person, workspace)
    return posting.person.name + (f"（{title}）" if title else "")


def _office(workspace: Workspace) -> str:
    group = workspace.plan.leading_group
    return (group.office.strip().removeprefix("设在") if group else "") or OFFICE


def _label(text: str) -> Cell:
    return Cell(text, 1, Align.CENTRE, label=True)


def _pairs(*pairs: tuple[str, str]) -> Row:
    return Row(tuple(cell for name, text in pairs for cell in (_label(name), Cell(text, 1, Align.CENTRE))), _LINE)


def _told(name: str, text: str) -> Row:
    return Row((_label(name), Cell(text, len(_COLUMNS) - 1, Align.LEFT)), _LINE)
