"""统计 as a table: one row per group with its figures and the facts behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xiaxiang.model.number import number_text
from xiaxiang.model.sheet import Column, ColumnKind, Sheet, text_columns
from xiaxiang.model.statistics import GroupBy

if TYPE_CHECKING:
    from xiaxiang.model.decision import Reason
    from xiaxiang.model.statistics import Statistics
    from xiaxiang.model.workspace import Workspace


def stats_sheets(workspace: Workspace, statistics: Statistics) -> dict[str, Sheet]:
    """Return the tabs of the statistics: figures by group with a last row of totals, then the spread."""
    unit = workspace.plan.supporting_unit.name
    span = f"{statistics.from_on.isoformat()} 至 {statistics.until_on.isoformat()}"
    title = f"{unit}下乡统计（按{statistics.by.value}，{span}）"
    by_person = statistics.by is GroupBy.PERSON
    names = tuple(statistics.totals)
    columns = (
        Column(statistics.by.value, ColumnKind.TEXT),
        *((Column("所在科室", ColumnKind.TEXT),) if by_person else ()),
        *(Column(name, ColumnKind.COUNT) for name in names),
        Column("原因", ColumnKind.TEXT),
    )
    rows = tuple(
        (
            one.name,
            *((one.department,) if by_person else ()),
            *(one.figures[name] for name in names),
            "\n".join(map(_reason, one.because)),
        )
        for one in statistics.groups
    )
    total = ("合计", *(("",) if by_person else ()), *(statistics.totals[name] for name in names), "")
    return {"统计": Sheet(title, columns, (*rows, total)), "差距": _spreads(statistics, title)}


def _reason(one: Reason) -> str:
    return one.text + (f"（{one.source.clause}）" if one.source else "")


def _spreads(statistics: Statistics, title: str) -> Sheet:
    columns = text_columns("项目", "最少", "哪些", "中位数", "最多", "是谁")
    rows = tuple(
        (
            one.figure,
            str(one.least),
            "、".join(one.least_names),
            number_text(one.median),
            str(one.most),
            "、".join(one.most_names),
        )
        for one in statistics.spreads
    )
    return Sheet(title, columns, rows)
