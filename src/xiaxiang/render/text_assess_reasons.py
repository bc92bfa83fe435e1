"""考核的理由 in the terminal: for every person and department the facts, checks and clauses behind each line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xiaxiang.model.indicator import IndicatorKind
from xiaxiang.model.number import number_text, percent_text
from xiaxiang.model.scalar import money_text, short_day_text
from xiaxiang.model.settlement import decided_by
from xiaxiang.render.text_approved import approvals_lines
from xiaxiang.render.text_assess import MET, certificate_text
from xiaxiang.render.text_heading import heading, reason_lines
from xiaxiang.render.text_layout import WIDTH, cited, paragraph
from xiaxiang.render.text_numbers import bound_text, value_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from fractions import Fraction

    from xiaxiang.model.appraisal import Appraisal, Charge, Check, DepartmentAppraisal, Item, PersonAppraisal
    from xiaxiang.model.reading import ReadingUsed
    from xiaxiang.model.workspace import Workspace

_POINT = "     · "
_NOT_ASSESSED = " 未评定"
_STATES = {"ready": "材料齐全，可以发放", "held": "待发"}


def assess_reasons_text(workspace: Workspace, appraisal: Appraisal, *, width: int = WIDTH) -> str:
    """Return every person's items and money and every department's, each line with its facts and clause."""
    lines = heading(workspace, "考核的理由", appraisal.readings, width)
    for person in appraisal.people:
        readings = appraisal.readings_in(person.batch)
        lines += ["", _person_line(person)]
        for item in person.items:
            lines += _item(item, workspace.policy.document, width)
            lines += _readings(item.settings, readings, width)
        lines += _money(person, readings, workspace.policy.document, width)
    for department in appraisal.departments:
        lines += ["", *_department(department, appraisal.readings, workspace.policy.document, width)]
    lines += approvals_lines((part.approval for part in appraisal.parts if part.approval), width=width)
    return "\n".join(lines) + "\n"


def _person_line(person: PersonAppraisal) -> str:
    batch = f"  {person.batch.label}" if person.batch else ""
    days = ""
    if person.starts_on and person.ends_on:
        days = f"  {short_day_text(person.starts_on)} 至 {short_day_text(person.ends_on)}"
    approved = f"  已核定 {person.approved_on.isoformat()}" if person.approved_on else ""
    return f"{person.name}  {person.department}{batch}{days}  {person.verdict}{approved}"


def _item(item: Item, document: str, width: int) -> Iterable[str]:
    bound = f"，要求 {bound_text(item, item.bound)}" if item.bound is not None else ""
    verdict = MET[item.met] or _NOT_ASSESSED
    text = f"{item.name} {value_text(item)}{bound}{verdict}（{cited(item.source, document)}）"
    yield from paragraph("   ", text, width=width)
    for check in item.checks:
        yield from paragraph(_POINT, _check(item, check), width=width)
    for fact in (*item.facts, *item.warnings):
        yield from paragraph(_POINT, fact, width=width)


def _check(item: Item, check: Check) -> str:
    bound = f"，要求 {_number(item, check.bound)}" if check.bound is not None else ""
    return f"{check.name} {_number(item, check.value)}{bound}{MET[check.met] or _NOT_ASSESSED}"


def _number(item: Item, value: Fraction | None) -> str:
    if value is None:
        return "未填"
    return percent_text(value) if item.kind is IndicatorKind.RATE else number_text(value)


def _readings(settings: Iterable[str], readings: Sequence[ReadingUsed], width: int) -> Iterable[str]:
    """Return which readings a line rests on; nothing where it rests on none."""
    text = decided_by(settings, readings)
    return paragraph(_POINT, f"口径 {text}", width=width) if text else ()


def _money(person: PersonAppraisal, readings: Sequence[ReadingUsed], document: str, width: int) -> Iterable[str]:
    for reason in person.grade_reasons:
        yield from reason_lines(reason, document, "   等级 ", width)
    allowance = person.allowance
    if allowance:
        amounts = (money_text(amount) for amount in (allowance.paid, allowance.due, allowance.deducted))
        yield "   补助 {} 元 = 应发 {} - 扣减 {}".format(*amounts)
        for reason in allowance.reasons:
            yield from reason_lines(reason, document, _POINT, width)
        yield from _readings(allowance.settings, readings, width)
    if person.certificate is not None:
        yield f"   鉴定表 {certificate_text(person)}"
    for reason in (*person.certificate_reasons, *person.redispatch_reasons):
        yield from reason_lines(reason, document, _POINT, width)
    if person.reward_share:
        yield f"   科室奖励 +{money_text(person.reward_share)} 元: 个人的一份"
    yield from _charges(person.sanctions, readings, document, width)
    if person.net is not None:
        yield f"   实得 {net_text(person)}"
    yield from _release(person, document, width)
    for note in person.notes:
        yield from paragraph("   说明 ", note, width=width)


def net_text(person: PersonAppraisal) -> str:
    """Return how what a person gets is made up: `1,120 元 = 实发 1,320 - 处罚 200`."""
    parts = [f"实发 {money_text(person.allowance.paid)}"] if person.allowance else []
    parts += [f"+ 科室奖励 {money_text(person.reward_share)}"] if person.reward_share else []
    parts += [f"- 处罚 {money_text(person.sanction_total)}"] if person.sanction_total else []
    made_up = f" = {' '.join(parts)}" if len(parts) > 1 else ""
    return f"{money_text(person.net or 0)} 元{made_up}"


def _release(person: PersonAppraisal, document: str, width: int) -> Iterable[str]:
    """Return whether the money may be paid out, and what it waits for."""
    release = person.release
    if person.complete and release.state in _STATES:
        missing = f": 缺 {'、'.join(release.missing)}" if release.missing else ""
        clause = f"（{cited(release.source, document)}）" if release.source else ""
        yield from paragraph("   发放 ", f"{_STATES[release.state]}{missing}{clause}", width=width)


def _charges(charges: Iterable[Charge], readings: Sequence[ReadingUsed], document: str, width: int) -> Iterable[str]:
    for one in charges:
        text = f"-{money_text(one.amount)} 元: {one.reason}（{cited(one.source, document)}）"
        yield from paragraph("   处罚 ", text, width=width)
        yield from _readings(one.settings, readings, width)


def _department(one: DepartmentAppraisal, readings: Sequence[ReadingUsed], document: str, width: int) -> Iterable[str]:
    yield f"{one.name}  {one.people} 人  奖励 {money_text(one.reward)} - 处罚 {money_text(one.sanction_total)} 元"
    if one.pending:
        yield from paragraph(_POINT, f"{'、'.join(one.pending)} 待补，奖励还没有计入", width=width)
    for reason in one.reward_reasons:
        yield from reason_lines(reason, document, _POINT, width)
    if one.reward_reasons:
        yield from _readings(one.settings, readings, width)
    yield from _charges(one.sanctions, readings, document, width)
