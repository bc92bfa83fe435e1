"""表格考核 as tables for finance: one line per subject with its sums, where the funds went, every reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from xiaxiang.model.appraisal import PENDING
from xiaxiang.model.masking import masked, masked_row
from xiaxiang.model.number import amount_in_words, number_text
from xiaxiang.model.sheet import ColumnKind, Sheet, columns
from xiaxiang.render.text_assess import MET
from xiaxiang.render.text_layout import cited
from xiaxiang.render.text_numbers import value_text
from xiaxiang.render.xlsx_settlement import SIGNATURES, Tab

if TYPE_CHECKING:
    from collections.abc import Iterable

    from xiaxiang.model.appraisal_table import SubjectAppraisal, TableAppraisal
    from xiaxiang.model.decision import Reason
    from xiaxiang.model.settlement import FundBalance, FundLine
    from xiaxiang.model.sheet import CellValue
    from xiaxiang.model.workspace import Workspace

    Row = tuple[CellValue, ...]

TEXT, MONEY = ColumnKind.TEXT, ColumnKind.MONEY
_SUM: Final = "合计"


def subjects_tabs(workspace: Workspace, result: TableAppraisal) -> dict[str, Tab]:
    """Return the tabs: 结算 (one line per subject), 资金平衡 where the policy has funds, 依据."""
    draft = "（草稿）" if workspace.is_draft else ""
    title = f"{result.policy}结算表{draft}"
    tabs = {"结算": _subjects(result, title)}
    if result.balance is not None:
        tabs["资金平衡"] = _balance(result.balance, title)
    return tabs | {"依据": _reasons(workspace, result, title)}


def _subjects(result: TableAppraisal, title: str) -> Tab:
    sums = [name for name, _ in result.sums]
    withheld = {name for name, (_, less, _) in result.sums if less}
    money = [each for name in sums for each in ((name, f"{name}\n扣减") if name in withheld else (name,))]
    named = [(result.kind, TEXT), ("起", ColumnKind.DAY), ("止", ColumnKind.DAY), ("得分", TEXT), ("结论", TEXT)]
    put_by = {line.name for one in result.subjects for line in one.money if line.put_by}
    heads = (f"{name}\n（提取，不付）" if name in put_by else name for name in money)
    named += [(name, MONEY) for name in (*heads, "实付")] + [("实付（大写）", TEXT), ("签名", TEXT)]
    rows = tuple(_subject(one, sums, withheld) for one in result.subjects)
    first = len(named) - len(money) - 3
    totals = [
        sum(value for row in rows if isinstance(value := row[first + place], int)) for place in range(len(money) + 1)
    ]
    before = (_SUM, *("" for _ in range(first - 1)))
    return Tab(
        Sheet(title, columns(*named), rows),
        (*before, *totals, amount_in_words(totals[-1]), ""),
        (SIGNATURES,),
        signed=True,
    )


def _subject(one: SubjectAppraisal, sums: Iterable[str], withheld: set[str]) -> Row:
    score = number_text(one.score) if one.score is not None else ""
    verdict = PENDING if one.unmet is None else one.grade or ("全部完成" if not one.unmet else f"{one.unmet} 项未完成")
    lines = {line.name: line for line in one.money}
    cells: list[CellValue] = []
    for name in sums:
        line = lines.get(name)
        cells.append(line.paid if line else None)
        if name in withheld:
            cells.append(line.withheld if line else None)
    paid = one.paid if one.complete else None
    words = amount_in_words(paid) if paid is not None else PENDING
    return masked(one.label), one.starts_on, one.ends_on, score, verdict, *cells, paid, words, ""


def _balance(balance: FundBalance, title: str) -> Tab:
    """Return every unit's line, the sums by period and fund, and the funds that received; below, that all adds up."""
    named = [("期间", TEXT), ("单位", TEXT), ("资金", TEXT)]
    named += [(name, MONEY) for name in ("应拨", "实付", "扣减", "提取")]
    rows = [_fund_line(one, one.unit) for one in balance.lines] + [_fund_line(one, "小计") for one in balance.sums]
    pools = [("", pool.name, "提取＋扣减归入", pool.total, None, pool.received, pool.own) for pool in balance.pools]
    parts = (
        balance.amount,
        balance.paid,
        *(sum(getattr(one, name) for one in balance.lines) for name in ("withheld", "kept")),
    )
    return Tab(Sheet(title, columns(*named), (*rows, *pools)), (_SUM, "", "", *parts))


def _fund_line(one: FundLine, unit: str) -> Row:
    return one.label, masked(unit), one.fund, one.amount, one.paid, one.withheld, one.kept


def _reasons(workspace: Workspace, result: TableAppraisal, title: str) -> Tab:
    document = workspace.policy.document
    rows: list[Row] = []
    for one in result.subjects:
        for item in one.items:
            facts = "；".join((*item.facts, *item.warnings))
            value = value_text(item) + (MET[item.met] or " 未评定")
            rows.append((one.label, item.name, value, None, facts, cited(item.source, document)))
        rows += [_why(one, "等级", None, why, document) for why in one.grade_reasons]
        rows += [_why(one, "后果", None, why, document) for why in one.follows]
        for line in one.money:  # the amount stands once, however many reasons it has
            amounts = (line.paid, *(None for _ in line.reasons[1:]))
            pairs = zip(amounts, line.reasons, strict=True)
            rows += [_why(one, line.name, amount, why, document) for amount, why in pairs]
    rows += [
        ("", "口径", used.setting, None, f"{used.value}：{used.sentence}", cited(used.source, document))
        for used in result.readings
    ]
    named = [(result.kind, TEXT), ("事项", TEXT), ("结果", TEXT), ("实付", MONEY), ("说明", TEXT), ("依据", TEXT)]
    shown = tuple(masked_row(row) for row in rows)
    return Tab(Sheet(title, columns(*named), shown))


def _why(one: SubjectAppraisal, about: str, amount: int | None, why: Reason, document: str) -> Row:
    return one.label, about, "", amount, why.text, cited(why.source, document) if why.source else ""
