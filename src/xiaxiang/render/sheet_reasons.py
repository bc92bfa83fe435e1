"""依据: every line of a settlement with its reasons, clauses and readings, as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from xiaxiang.model.masking import masked_row
from xiaxiang.model.settlement import decided_by
from xiaxiang.model.sheet import Column, ColumnKind, Sheet
from xiaxiang.render.text_assess import MET
from xiaxiang.render.text_layout import cited
from xiaxiang.render.text_numbers import value_text
from xiaxiang.render.text_settlement import NO_BATCH
from xiaxiang.render.xlsx_settlement import Tab

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from xiaxiang.model.appraisal import Appraisal, Charge, PersonAppraisal
    from xiaxiang.model.decision import Reason
    from xiaxiang.model.reading import ReadingUsed
    from xiaxiang.model.workspace import Workspace

    Line = tuple[str, str, int | None, str, str, str]
    """What it is about, the result, the amount in 分, the reason, the clause, the reading."""

SHARE: Final = "科室奖励"
"""The 口径 that gives a person a share of the reward."""
_NAMES: Final = ("批次", "谁", "事项", "结果", "金额", "说明", "依据", "口径")


def reasons_tab(workspace: Workspace, appraisal: Appraisal, title: str) -> Tab:
    """Return the tab: people, then departments, then the readings in force and what has been approved otherwise."""
    document = workspace.policy.document
    rows: list[tuple[str | int | None, ...]] = []
    for person in appraisal.people:
        batch = person.batch.label if person.batch else NO_BATCH
        lines = _of_person(person, appraisal.readings_in(person.batch), document)
        rows += [(batch, f"{person.name}（{person.department}）", *line) for line in lines]
    for part in appraisal.parts:
        readings = appraisal.readings_in(part.batch)
        for one in part.departments:
            rewards = _reasons("科室奖励", one.reward_reasons, document, decided_by(one.settings, readings))
            both = (*rewards, *_charges(one.sanctions, readings, document))
            rows += [(part.batch.label if part.batch else NO_BATCH, one.name, *line) for line in both]
    rows += [
        ("", "", "口径", one.setting, None, f"{one.value}：{one.sentence}", cited(one.source, document), "")
        for one in appraisal.readings
    ]
    rows += _approvals(appraisal)
    kinds = {"金额": ColumnKind.MONEY}
    columns = tuple(Column(name, kinds.get(name, ColumnKind.TEXT)) for name in _NAMES)
    shown = tuple(masked_row(row) for row in rows)
    return Tab(Sheet(title, columns, shown))


def _of_person(person: PersonAppraisal, readings: Sequence[ReadingUsed], document: str) -> Iterator[Line]:
    for item in person.items:
        reading = decided_by(item.settings, readings)
        verdict = MET[item.met] or " 未评定"
        clause = cited(item.source, document)
        yield item.name, value_text(item) + verdict, None, "；".join((*item.facts, *item.warnings)), clause, reading
    money = person.allowance
    if money is not None:
        reading = decided_by(money.settings, readings)
        yield "补助", "实发", money.paid, "应发减扣减", "", reading
        yield from _reasons("补助", money.reasons, document, reading)
    yield from _reasons("鉴定表", person.certificate_reasons, document)
    yield from _reasons("重新下乡", person.redispatch_reasons, document)
    if person.reward_share:
        yield "科室奖励", "个人的一份", person.reward_share, "", "", decided_by((SHARE,), readings)
    yield from _charges(person.sanctions, readings, document)
    if person.net is not None:
        yield "实得", "", person.net, "实发加科室奖励减处罚", "", ""
    if person.release.missing:
        clause = cited(person.release.source, document) if person.release.source else ""
        yield "发放", "待发", None, f"缺{'、'.join(person.release.missing)}", clause, ""
    for note in person.notes:
        yield "说明", "", None, note, "", ""


def _reasons(about: str, reasons: Iterable[Reason], document: str, reading: str = "") -> Iterator[Line]:
    for why in reasons:
        place = f"（{why.position}）" if why.position else ""
        yield about, "", None, f"{why.text}{place}", cited(why.source, document) if why.source else "", reading


def _charges(charges: Iterable[Charge], readings: Sequence[ReadingUsed], document: str) -> Iterator[Line]:
    for one in charges:
        clause = cited(one.source, document)
        yield "处罚", "", one.amount, one.reason, clause, decided_by(one.settings, readings)


def _approvals(appraisal: Appraisal) -> Iterator[tuple[str | int | None, ...]]:
    for approval in (part.approval for part in appraisal.parts if part.approval):
        for one in approval.differences:
            who = f"{one.person}（{one.department}）" if one.person else one.department
            text = f"核定的是 {one.approved}，现在算出来是 {one.computed}，以核定的为准"
            yield approval.batch.label, who, "核定", one.figure, None, text, "", ""
        for edit in approval.edits:
            text = f"{edit.before or '没有'} → {edit.after or '没有'}"
            yield approval.batch.label, "", "核定后的改动", edit.label, None, text, "", ""
