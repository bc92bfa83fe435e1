"""考核通报: verdicts, reasons and money of one batch, with the readings they rest on and two annexed tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from xiaxiang.model.appraisal import PENDING
from xiaxiang.model.document import Align, Column, Content, Refusal, Table
from xiaxiang.model.indicator import IndicatorKind
from xiaxiang.model.scalar import day_text, money_text
from xiaxiang.present.given import Facts, content, numbered_table, readings_values, text_row
from xiaxiang.present.issue import end_of_batch
from xiaxiang.present.money import deduction_text, origin_text, sums_of, sums_values
from xiaxiang.present.wording import (
    NOTHING,
    charges_text,
    cited,
    han_number,
    measured,
    named,
    shortfall,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from xiaxiang.model.appraisal import DepartmentAppraisal, PersonAppraisal
    from xiaxiang.model.decision import Reason
    from xiaxiang.model.document import Plain, Request
    from xiaxiang.model.workspace import Workspace
    from xiaxiang.present.given import Given

NAMES: Final = ("assessment-circular", "考核通报")

_BEFORE_ITEMS: Final = (Column("序号", 6), Column("姓名", 10), Column("科室", 13))
_ITEM_WIDTH: Final = 12
_RATE_WIDTH: Final = 21
_AFTER_ITEMS: Final = (
    Column("结论", 14),
    Column("应发", 9),
    Column("扣发", 9),
    Column("实发", 9),
    Column("鉴定表", 12),
)
_DEPARTMENT_COLUMNS: Final = (
    Column("科室", 14),
    Column("派出人数", 13),
    Column("奖励（元）", 15),
    Column("处罚（元）", 15),
    Column("合计（元）", 15),
    Column("处罚原因及依据", 38, Align.LEFT),
)


def assessment_circular(given: Given, request: Request) -> Content | Refusal:
    """Return the circular of one batch, its departments' money and its readings among it."""
    workspace, appraisal = given.workspace, given.of_batch(request.batch)
    people = given.people(request.batch) if request.batch else ()
    batch = given.schedule.batch(request.batch) if request.batch else None
    if appraisal is None or batch is None or not people:
        return Refusal(*NAMES, "名册里没有这一批的人员", "用 --roster 写明名册，用 --batch 写明批次")
    covered = sorted({one.batch for one in appraisal.people if one.batch})
    values: dict[str, Plain] = {
        "批次": batch.name.label,
        "开始日期": day_text(batch.handover_on),
        "结束日期": day_text(batch.ends_on),
        "合计": sums_values(sums_of(people)),
        "考核": _verdicts(people, workspace),
        "待补": "、".join(named(one) for one in people if not one.complete),
        "不予填写": _consequence([one for one in people if one.certificate is False], "certificate_reasons", workspace),
        "重新下乡": _consequence([one for one in people if one.redispatch], "redispatch_reasons", workspace),
        "个人处罚": tuple(
            {"姓名": named(one), "内容": charges_text(one.sanctions, workspace, named(one))}
            for one in people
            if one.sanctions
        ),
        "待发": _held(people, workspace),
        "科室奖惩": tuple(_department(one, workspace) for one in appraisal.departments if one.reward or one.sanctions),
        "科室范围": "、".join(one.label for one in covered) if len(covered) > 1 else "",
        "口径": readings_values(appraisal.readings, workspace),
    }
    tables = {"人员": _people_table(people), "科室": _department_table(appraisal.departments, workspace)}
    return content(given, request, NAMES, Facts(end_of_batch(workspace, batch.ends_on), values, tables))


def _verdicts(people: tuple[PersonAppraisal, ...], workspace: Workspace) -> tuple[Plain, ...]:
    """Return the people by verdict, the best first: 序号 (一, 二 …), 结论, 名单, 人员 with why and what it costs."""
    complete = sorted((one for one in people if one.complete), key=lambda one: one.unmet or 0)
    groups = dict.fromkeys(one.verdict for one in complete)
    return tuple(
        {
            "序号": han_number(place),
            "结论": group,
            "名单": "、".join(named(one) for one in complete if one.verdict == group),
            "人员": tuple(_explained(one, workspace) for one in complete if one.verdict == group),
        }
        for place, group in enumerate(groups, 1)
    )


def _explained(person: PersonAppraisal, workspace: Workspace) -> Plain:
    """Return why a person fell short and what it costs: 姓名, 原因 (""), 扣发 in 元 (""), 扣发依据, 备注."""
    money = person.allowance
    return {
        "姓名": named(person),
        "原因": "；".join(shortfall(item, workspace) for item in person.items if item.met is False),
        "扣发": money_text(money.deducted) if money and money.deducted else "",
        "扣发依据": deduction_text(person, workspace) or origin_text(person, workspace),
        "备注": "；".join(person.notes),
    }


def _consequence(people: list[PersonAppraisal], reasons: str, workspace: Workspace) -> Plain:
    """Return who is concerned and by which clauses: 名单, 依据; "" where nobody is."""
    if not people:
        return ""
    found: Iterable[Reason] = (reason for one in people for reason in getattr(one, reasons))
    clauses = dict.fromkeys(cited(reason.source, workspace) for reason in found if reason.source)
    return {"名单": "、".join(named(one) for one in people), "依据": "、".join(clauses)}


def _held(people: tuple[PersonAppraisal, ...], workspace: Workspace) -> tuple[Plain, ...]:
    """Return whose allowance waits for papers: 姓名, 缺, 依据."""
    return tuple(
        {
            "姓名": named(one),
            "缺": "、".join(one.release.missing),
            "依据": cited(one.release.source, workspace) if one.release.source else "",
        }
        for one in people
        if one.complete and one.release.state == "held"
    )


def _department(one: DepartmentAppraisal, workspace: Workspace) -> Plain:
    return {
        "科室": one.name,
        "人数": one.people,
        "奖励": money_text(one.reward) if one.reward else "",
        "处罚": charges_text(one.sanctions, workspace),
    }


def _people_table(people: tuple[PersonAppraisal, ...]) -> Table:
    kinds = {item.name: item.kind for one in people for item in one.items}
    names = tuple(kinds)
    widths = (_RATE_WIDTH if kind is IndicatorKind.RATE else _ITEM_WIDTH for kind in kinds.values())
    columns = (*_BEFORE_ITEMS, *(Column(name, width) for name, width in zip(names, widths, strict=True)), *_AFTER_ITEMS)
    return numbered_table(columns, [_person_row(one, names) for one in people], dense=True)


def _person_row(person: PersonAppraisal, names: tuple[str, ...]) -> tuple[str, ...]:
    items = {item.name: measured(item) for item in person.items}
    money = person.allowance
    amounts = [money_text(one) for one in (money.due, money.deducted, money.paid)] if money else [PENDING] * 3
    certificate = NOTHING if person.certificate is None else "可填写" if person.certificate else "不予填写"
    return (
        person.name,
        person.department,
        *(items.get(name, NOTHING) for name in names),
        person.verdict,
        *amounts,
        certificate + ("\n重新下乡" if person.redispatch else ""),
    )


def _department_table(departments: tuple[DepartmentAppraisal, ...], workspace: Workspace) -> Table:
    rows = tuple(
        text_row(
            one.name,
            str(one.people),
            money_text(one.reward),
            money_text(one.sanction_total),
            money_text(one.net),
            charges_text(one.sanctions, workspace),
        )
        for one in departments
        if one.reward or one.sanctions or one.people
    )
    return Table(_DEPARTMENT_COLUMNS, rows, dense=True)
