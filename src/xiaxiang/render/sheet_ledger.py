"""服务台账 as tables: one row per person and clock, one row per record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xiaxiang.model.sheet import ColumnKind, Sheet, columns
from xiaxiang.render.text_ledger import standing_text, value_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xiaxiang.model.clock import Clock
    from xiaxiang.model.ledger import Account, Ledger
    from xiaxiang.model.workspace import Workspace

TEXT, DAY, COUNT = ColumnKind.TEXT, ColumnKind.DAY, ColumnKind.COUNT


def ledger_sheets(workspace: Workspace, ledger: Ledger, clocks: Sequence[Clock]) -> dict[str, Sheet]:
    """Return the tabs of the ledger: 计时 (person × clock × window) first, then 记录."""
    unit = workspace.plan.supporting_unit.name
    title = f"{unit}服务台账（截至 {ledger.as_of.isoformat()}）"
    names = {one.name for one in clocks}
    rows = tuple(
        (
            *_who(one),
            result.clock.name,
            result.window,
            value_text(result),
            result.required,
            {True: "是", False: "否", None: "未设定"}[result.met],
            result.met_on,
            standing_text(result),
            str(result.source),
        )
        for one in ledger.accounts
        for result in one.clocks
        if result.clock.name in names
    )
    said = ("计时", TEXT), ("期间", TEXT), ("已有", TEXT), ("至少", COUNT), ("已满", TEXT), ("满的日期", DAY)
    by_clock = Sheet(title, columns(*_WHO, *said, ("情况", TEXT), ("依据", TEXT)), rows)
    return {"计时": by_clock, "记录": _records(ledger, title)}


_WHO = (("科室", TEXT), ("姓名", TEXT), ("工号", TEXT), ("职称", TEXT), ("职级", TEXT))


def _who(one: Account) -> tuple[str, ...]:
    return one.department, one.name, one.id, one.professional_title, one.rank.label if one.rank else "不明"


def _records(ledger: Ledger, title: str) -> Sheet:
    rows = tuple(
        (
            *_who(one),
            service.from_on,
            service.until_on,
            sum((last - first).days + 1 for first, last in service.spans),
            service.months,
            service.batch.label if service.batch else "",
            service.recipient_unit,
            "建议" if service.proposed else service.origin.label,
            service.remark,
        )
        for one in ledger.accounts
        for service in one.services
    )
    days = ("起", DAY), ("止", DAY), ("天数", COUNT), ("整月", COUNT)
    rest = ("批次", TEXT), ("受援单位", TEXT), ("来自", TEXT), ("备注", TEXT)
    return Sheet(title, columns(*_WHO, *days, *rest), rows)
