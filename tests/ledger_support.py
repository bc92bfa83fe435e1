"""Small ledgers for tests: one department of invented people, history rows, clocks written as a policy would."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from schedule_support import POLICY, department, workspace

from xiaxiang.assess.ledger import ledger
from xiaxiang.model.clock import Clock
from xiaxiang.model.ledger import Account, ClockResult, History, HistoryRow

if TYPE_CHECKING:
    from xiaxiang.model.ledger import Ledger
    from xiaxiang.model.roster import Roster
    from xiaxiang.model.schedule import Schedule
    from xiaxiang.model.workspace import Workspace

DOCTOR = {"姓名": "王五", "职称": "主治医师"}


def clock(kind: str, at_least: str | None = None, **more: str) -> Clock:
    given = {"名称": kind, "算法": kind, "依据": "一", **({"至少": at_least} if at_least else {}), **more}
    return Clock.model_validate(given)


def with_clocks(*clocks: Clock, **given: object) -> Workspace:
    """Return a workspace whose policy has these clocks, and in D1 王五 (unless departments are given)."""
    departments = given.pop("departments", (department("D1", DOCTOR),))
    return workspace(policy=POLICY.model_copy(update={"clocks": clocks}), departments=departments, **given)  # type: ignore[arg-type]


def stay(first: str, last: str, name: str = "王五", home: str = "D1", **more: object) -> HistoryRow:
    return HistoryRow(name, home, "", date.fromisoformat(first), date.fromisoformat(last), **more)  # type: ignore[arg-type]


def account(
    ws: Workspace,
    *rows: HistoryRow,
    as_of: str,
    schedule: Schedule | None = None,
    roster: Roster | None = None,
) -> Account:
    return whole(ws, *rows, as_of=as_of, schedule=schedule, roster=roster).accounts[0]


def whole(
    ws: Workspace,
    *rows: HistoryRow,
    as_of: str,
    schedule: Schedule | None = None,
    roster: Roster | None = None,
) -> Ledger:
    return ledger(ws, schedule, roster, History(rows), as_of=date.fromisoformat(as_of))


def result(one: Clock, *rows: HistoryRow, as_of: str = "2099-12-31", window: str = "") -> ClockResult:
    """Return what one clock makes of a person with these stays, in the window of that name, else the last."""
    found = [each for each in account(with_clocks(one), *rows, as_of=as_of).clocks if window in {"", each.window}]
    return found[-1]
