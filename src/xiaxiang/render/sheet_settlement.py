"""结算 as tables for finance: one line per person, departments line by line, departments by batch over a year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from xiaxiang.model.masking import masked, masked_account
from xiaxiang.model.number import amount_in_words
from xiaxiang.model.scalar import money_text
from xiaxiang.model.settlement import decided_by, years_of
from xiaxiang.model.sheet import Column, ColumnKind, Sheet
from xiaxiang.render.sheet_reasons import reasons_tab
from xiaxiang.render.text_assess import MET
from xiaxiang.render.text_layout import cited
from xiaxiang.render.text_numbers import value_text
from xiaxiang.render.text_settlement import NO_BATCH
from xiaxiang.render.xlsx_settlement import SIGNATURES, Tab

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xiaxiang.model.appraisal import Appraisal, BatchPart, DepartmentAppraisal, PersonAppraisal
    from xiaxiang.model.settlement import YearSummary
    from xiaxiang.model.sheet import CellValue
    from xiaxiang.model.workspace import Workspace

    Row = tuple[CellValue, ...]

TEXT, DAY, COUNT, MONEY = ColumnKind.TEXT, ColumnKind.DAY, ColumnKind.COUNT, ColumnKind.MONEY
PEOPLE: Final = "结算"
_PENDING: Final = "待补"
_SUM: Final = "合计"
_STATES: Final = {"ready": "可发", "unknown": "材料没有登记"}


def settlement_tabs(workspace: Workspace, appraisal: Appraisal, *, unmasked: bool = False) -> dict[str, Tab]:
    """Return the tabs of a settlement: 结算 (people) first, then 科室奖惩, 科室汇总 by year, 依据 line by line.

    Bank accounts stand in it only where the plan has any; masked unless `unmasked`.
    """
    title = _title(workspace, appraisal)
    tabs = {PEOPLE: _people(workspace, appraisal, title, unmasked=unmasked)}
    tabs["科室奖惩"] = _departments(workspace, appraisal, title)
    tabs |= {f"科室汇总{year.year or ''}": _year(year, title) for year in years_of(appraisal)}
    return tabs | {"依据": reasons_tab(workspace, appraisal, title)}


def _title(workspace: Workspace, appraisal: Appraisal) -> str:
    labels = "、".join(part.batch.label for part in appraisal.parts if part.batch)
    draft = "（草稿）" if workspace.is_draft else ""
    return f"{workspace.plan.supporting_unit.name}{labels}下乡结算表{draft}"


def _people(workspace: Workspace, appraisal: Appraisal, title: str, *, unmasked: bool) -> Tab:
    items = tuple(dict.fromkeys(item.name for person in appraisal.people for item in person.items))
    accounts = [_account(workspace, person, unmasked=unmasked) for person in appraisal.people]
    approved = any(person.approved_on for person in appraisal.people)
    who = ("工号", TEXT), ("姓名", TEXT), ("科室", TEXT), ("批次", TEXT), ("派驻起止", TEXT)
    amounts = [(name, MONEY) for name in ("应发", "扣减", "实发", "科室奖励", "处罚", "实得")]
    tail = [("实得（大写）", TEXT), ("发放", TEXT)]
    optional = [("银行卡号", TEXT)] * any(accounts) + [("核定", DAY)] * approved
    named = (*who, *((name, TEXT) for name in items), ("结论", TEXT), *amounts, *tail, *optional, ("签名", TEXT))
    rows: list[Row] = []
    for person, account in zip(appraisal.people, accounts, strict=True):
        extra: Row = ((account,) if any(accounts) else ()) + ((person.approved_on,) if approved else ())
        rows.append((*_person(person, items, unmasked=unmasked), *extra, ""))
    before: Row = (_SUM, f"{appraisal.totals.people} 人", *("" for _ in range(len(items) + 4)))
    pending = f"{appraisal.totals.pending} 人待补，没有计入" if appraisal.totals.pending else ""
    total: Row = (*before, *_sums(appraisal), amount_in_words(appraisal.totals.personal_net), pending)
    filled = (*total, *("" for _ in range(len(named) - len(total))))
    return Tab(Sheet(title, _columns(*named), tuple(rows)), filled, _notes(workspace, appraisal), signed=True)


def _person(person: PersonAppraisal, items: tuple[str, ...], *, unmasked: bool) -> Row:
    shown = str if unmasked else masked
    span = ""
    if person.starts_on and person.ends_on:
        span = f"{person.starts_on.isoformat()}\n至 {person.ends_on.isoformat()}"
    found = {item.name: value_text(item) + MET[item.met] for item in person.items}
    who = (shown(person.id), shown(person.name), person.department, str(person.batch or ""), span)
    return (*who, *(found.get(name, "") for name in items), person.verdict, *_amounts(person), release_text(person))


def _amounts(person: PersonAppraisal) -> Row:
    """Return what is due, deducted, paid, shared, owed and left, and the last in words; blank while it is open."""
    if person.net is None:
        return (None,) * 6 + ("",)
    money = person.allowance
    paid = (money.due, money.deducted, money.paid) if money else (0, 0, 0)
    return (*paid, person.reward_share, person.sanction_total, person.net, amount_in_words(person.net))


def _sums(appraisal: Appraisal) -> Row:
    one = appraisal.totals
    return (one.due, one.deducted, one.paid, one.reward_shares, one.personal_sanctions, one.personal_net)


def release_text(person: PersonAppraisal) -> str:
    """Return whether the money may be paid out: 可发, 待发 with what is missing, 待补."""
    if not person.complete:
        return _PENDING
    if person.release.state == "held":
        return f"待发：缺{'、'.join(person.release.missing)}"
    return _STATES[person.release.state]


def _account(workspace: Workspace, person: PersonAppraisal, *, unmasked: bool) -> str:
    """Return the bank account that the plan has for a person; "" where it has none, or more than one such person."""
    department = workspace.plan.department(person.department)
    found = department.find(person.id or person.name) if department else ()
    account = found[0].bank_account if len(found) == 1 else ""
    return account if unmasked or not account else masked_account(account)


def _notes(workspace: Workspace, appraisal: Appraisal) -> tuple[str, ...]:
    """Return what stands under the table: sums in words, what waits, what is left out, who signs."""
    one = appraisal.totals
    notes = [_in_words("实发合计", one.paid)]
    if one.personal_net != one.paid:
        notes.append(_in_words("实得合计", one.personal_net))
    if one.held:
        ready = money_text(one.paid - one.held)
        notes.append(f"实发中现在可发 {ready} 元，待发 {money_text(one.held)} 元，材料齐全后发放")
    notes += [
        f"{part.batch.label}的数已于 {part.approval.approved_on.isoformat()} 核定"
        for part in appraisal.parts
        if part.batch and part.approval
    ]
    left_out = "、".join(workspace.left_out)
    return (*notes, *([f"草稿：有写错的没有算进去（{left_out}）"] if left_out else []), SIGNATURES)


def _departments(workspace: Workspace, appraisal: Appraisal, title: str) -> Tab:
    """Return every reward and sanction of every department on a line, a sum under each, and the sum of all."""
    named = [*((name, TEXT) for name in ("科室", "批次", "事项", "说明"))]
    named += [(name, MONEY) for name in ("奖励", "处罚", "净额")]
    rows: list[Row] = []
    for department in appraisal.departments:
        for part in appraisal.parts:
            for one in part.departments:
                if one.name == department.name:
                    rows += _lines(workspace, appraisal, part, one)
        sums = (department.reward, department.sanction_total, department.net)
        rows.append((department.name, "", "小计", "", *sums, "", ""))
    totals = appraisal.totals
    total = (_SUM, "", "", "", totals.department_rewards, totals.department_sanctions, totals.department_net, "", "")
    sheet = Sheet(title, _columns(*named, ("依据", TEXT), ("口径", TEXT)), tuple(rows))
    return Tab(sheet, total, (_in_words("净额合计", totals.department_net), SIGNATURES))


def _lines(workspace: Workspace, appraisal: Appraisal, part: BatchPart, one: DepartmentAppraisal) -> Iterator[Row]:
    document, readings = workspace.policy.document, appraisal.readings_in(part.batch)
    batch = part.batch.label if part.batch else NO_BATCH
    if one.reward_reasons:
        text = "；".join(reason.text for reason in one.reward_reasons)
        clauses = dict.fromkeys(cited(why.source, document) for why in one.reward_reasons if why.source)
        reading = decided_by(one.settings, readings)
        yield one.name, batch, "奖励", text, one.reward, None, None, "、".join(clauses), reading
    if one.pending:
        yield one.name, batch, "奖励", f"{'、'.join(one.pending)} 待补，没有计入", None, None, None, "", ""
    for charge in one.sanctions:
        clause, reading = cited(charge.source, document), decided_by(charge.settings, readings)
        yield one.name, batch, "处罚", charge.reason, None, charge.amount, None, clause, reading


def _year(year: YearSummary, title: str) -> Tab:
    """Return one line per department: reward and sanctions of each batch, then the year's sums."""
    named: list[tuple[str, ColumnKind]] = [("科室", TEXT)]
    for batch in year.batches:
        label = batch.short_label if batch else NO_BATCH
        named += [(f"{label}\n奖励", MONEY), (f"{label}\n处罚", MONEY)]
    rows: list[Row] = []
    for department in year.departments:
        found = dict(department.batches)
        parts = [found.get(batch) for batch in year.batches]
        pairs = [(one.reward, one.sanction_total) if one else (None, None) for one in parts]
        sums = (department.reward, department.sanctions, department.net)
        rows.append((department.name, *(amount for pair in pairs for amount in pair), *sums))
    columns = _columns(*named, ("全年奖励", MONEY), ("全年处罚", MONEY), ("净额", MONEY))
    total = tuple(sum(_fen(row[place]) for row in rows) for place in range(1, len(columns)))
    return Tab(Sheet(title, columns, tuple(rows)), (_SUM, *total), (_in_words("净额合计", year.net), SIGNATURES))


def _in_words(what: str, fen: int) -> str:
    """Return a sum in words and in figures, as a cheque has it."""
    return f"{what}（大写）：人民币{amount_in_words(fen)}（{money_text(fen)} 元）"


def _fen(value: CellValue) -> int:
    return value if isinstance(value, int) else 0


def _columns(*named: tuple[str, ColumnKind]) -> tuple[Column, ...]:
    return tuple(Column(name, kind) for name, kind in named)
