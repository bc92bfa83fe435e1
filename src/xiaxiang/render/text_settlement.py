"""结算 in the terminal: departments by batch over a year, and funds that balance."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from xiaxiang.model.scalar import money_text
from xiaxiang.model.settlement import years_of
from xiaxiang.render.text_heading import heading
from xiaxiang.render.text_layout import WIDTH, paragraph, table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xiaxiang.model.appraisal import Appraisal, BatchPart, DepartmentAppraisal
    from xiaxiang.model.batch import BatchName
    from xiaxiang.model.settlement import DepartmentYear, FundBalance, YearSummary
    from xiaxiang.model.workspace import Workspace

NO_BATCH: Final = "没有写批次"
_NOTHING: Final = "—"


def years_text(workspace: Workspace, appraisal: Appraisal, *, width: int = WIDTH) -> str:
    """Return 科室奖惩汇总: for each year a table of departments by batch, with sums that add up."""
    lines = heading(workspace, "科室奖惩汇总", appraisal.readings, width)
    parts = {part.batch: part for part in appraisal.parts}
    for year in years_of(appraisal):
        lines += ["", *_year_lines(year, parts, width)]
    return "\n".join(lines) + "\n"


def _year_lines(year: YearSummary, parts: dict[BatchName | None, BatchPart], width: int) -> Iterator[str]:
    yield f"{year.year}年（元）" if year.year else f"{NO_BATCH}（元）"
    heads = [_head(parts[batch]) for batch in year.batches]
    rows = [_row(one, year.batches) for one in year.departments]
    sums = [money_text(sum(one.net for one in parts[batch].departments)) for batch in year.batches]
    total = ("合计", *sums, money_text(year.reward), money_text(-year.sanctions), money_text(year.net))
    yield from table([("科室", *heads, "奖励", "处罚", "净额"), *rows, total], width=width)
    waiting = dict.fromkeys(who for one in year.departments for who in one.pending)
    if waiting:
        yield from paragraph("待补: ", f"{'、'.join(waiting)}；奖励还没有计入", width=width)


def _head(part: BatchPart) -> str:
    name = part.batch.short_label if part.batch else NO_BATCH
    return f"{name}\n已核定" if part.approval else name


def _row(one: DepartmentYear, batches: tuple[BatchName | None, ...]) -> tuple[str, ...]:
    found = dict(one.batches)
    cells = (_cell(found[batch]) if batch in found else _NOTHING for batch in batches)
    return one.name, *cells, money_text(one.reward), money_text(-one.sanctions), money_text(one.net)


def _cell(one: DepartmentAppraisal) -> str:
    """Return reward and sanctions side by side, never netted."""
    signs = [(one.reward, "+"), (one.sanction_total, "-")]
    texts = [f"{sign}{money_text(amount)}" for amount, sign in signs if amount]
    return "\n".join([*texts, *(["待补"] if one.pending else [])]) or "0"


def balance_lines(balance: FundBalance, *, width: int = WIDTH) -> list[str]:
    """Return 资金平衡: what came in by period and fund, and where it went."""
    rows: list[tuple[str, ...]] = [("资金平衡（元）", "期间", "应拨", "实付", "扣减", "提取")]
    rows += [
        (one.fund, one.label, *map(money_text, (one.amount, one.paid, one.withheld, one.kept))) for one in balance.sums
    ]
    sums = [sum(getattr(one, name) for one in balance.sums) for name in ("amount", "paid", "withheld", "kept")]
    lines = table([*rows, ("合计", "", *map(money_text, sums))], width=width)
    for pool in balance.pools:
        parts = f"提取 {money_text(pool.own)} + 扣减归入 {money_text(pool.received)}"
        lines += paragraph(" ", f"{pool.name} {money_text(pool.total)} = {parts}", width=width)
    return [*lines, *paragraph(" ", _identity(balance), width=width)]


def _identity(balance: FundBalance) -> str:
    """Return that all that came in has gone somewhere, as one line of figures."""
    parts = [f"实付 {money_text(balance.paid)}"]
    parts += [f"{pool.name} {money_text(pool.total)}" for pool in balance.pools]
    parts += [f"扣减未写归入哪里 {money_text(balance.unassigned)}"] if balance.unassigned else []
    pending = f"；{balance.pending} 个待补，没有计入" if balance.pending else ""
    return f"应拨 {money_text(balance.amount)} = {' + '.join(parts)}{pending}"
