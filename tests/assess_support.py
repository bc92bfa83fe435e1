"""Small workspaces and rosters for the tests of assessment: one batch of spring 2024, invented people."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from xiaxiang.assess import assess
from xiaxiang.load.calendar import published_calendar
from xiaxiang.load.policies import load_policy
from xiaxiang.load.ranks import load_ranks
from xiaxiang.model.batch import BatchName
from xiaxiang.model.event import event_class
from xiaxiang.model.plan import Plan
from xiaxiang.model.roster import Roster, RosterRow
from xiaxiang.model.workspace import Workspace

if TYPE_CHECKING:
    from xiaxiang.model.appraisal import Appraisal, PersonAppraisal
    from xiaxiang.model.diagnostic import Diagnostic
    from xiaxiang.model.policy import Policy
    from xiaxiang.model.schedule import Schedule

CALENDAR = published_calendar()
RANKS = load_ranks()
START, END = date(2024, 4, 1), date(2024, 6, 30)
BATCH = BatchName(2024, 2)
YUAN = 100
PAPERS = ("考核表交表日期", "总结日期", "审核日期")


def s05() -> Policy:
    policy, found = load_policy("卫生下乡工作制度", Path())
    assert policy is not None, found
    return policy


POLICY = s05()


def changed(policy: Policy, **sections: object) -> Policy:
    """Return a policy with other sections."""
    return policy.model_copy(update=sections)


def days(*texts: str) -> tuple[date, ...]:
    """Return days of 2024 from 月-日."""
    return tuple(date.fromisoformat(f"2024-{text}") for text in texts)


E1 = days("04-08", "04-22", "05-06", "05-20")
E2 = days("04-08", "04-12", "05-06", "05-20")
E3 = days("04-08", "04-12", "05-06", "05-20", "06-03")
E3B = days("04-08", "04-11", "04-15", "04-18")
E4 = days("04-08", "04-15", "04-29", "05-13")


def row(name: str = "张三", department: str = "内科", **given: object) -> RosterRow:
    """Return a row in which everything is met, except for what is given (None: the cell is empty)."""
    fixed = {key: given.pop(key) for key in ("id", "batch", "starts_on", "ends_on") if key in given}
    values = {"授课日期": E1, "查房次数": 10, "出勤天数": 60} | given
    where = {"starts_on": START, "ends_on": END} | fixed
    filled = {column: value for column, value in values.items() if value is not None}
    return RosterRow(name, department, values=filled, **where)  # type: ignore[arg-type]


def roster(*rows: RosterRow, columns: tuple[str, ...] = ()) -> Roster:
    named = {name for one in rows for name in one.values} | set(columns)
    return Roster("名册.csv", {name: name for name in sorted(named)}, rows)


def event(kind: str, **fields: str) -> dict[str, str]:
    return {"类型": kind, "日期": "2024-05-01", **fields}


def workspace(
    *events: dict[str, str],
    staff: dict[str, tuple[str, ...]] | None = None,
    readings: dict[str, str] | None = None,
    policy: Policy = POLICY,
) -> Workspace:
    """Return a workspace with departments and their people; in 内科 张三, in 外科 李四 where nothing is given."""
    departments = staff or {"内科": ("张三",), "外科": ("李四",)}
    plan = Plan.model_validate(
        {
            "计划名称": "试验计划",
            "支援单位": {"名称": "某县人民医院"},
            "受援单位": ({"名称": "河东卫生院"},),
            "起始日期": date(2024, 1, 1),
            "科室": tuple(
                {"名称": name, "人员": tuple({"姓名": one} for one in people)} for name, people in departments.items()
            ),
            "派遣顺序": tuple(departments),
            "变动登记": tuple(
                event_class(one["类型"]).model_validate({**one, "number": place})  # type: ignore[union-attr]
                for place, one in enumerate(events, 1)
            ),
            "口径": readings or {},
        }
    )
    return Workspace(plan, policy, CALENDAR, RANKS)


def run(
    *rows: RosterRow, ws: Workspace | None = None, schedule: Schedule | None = None, columns: tuple[str, ...] = ()
) -> tuple[Appraisal, tuple[Diagnostic, ...]]:
    return assess(ws or workspace(), roster(*rows, columns=columns), schedule)


def one(
    given: RosterRow, *events: dict[str, str], policy: Policy = POLICY, **readings: str
) -> tuple[PersonAppraisal, Appraisal, list[str]]:
    """Return the result of one person, the whole appraisal, and the codes of what was found (papers aside)."""
    appraisal, found = run(given, ws=workspace(*events, readings=readings, policy=policy))
    return appraisal.people[0], appraisal, [one.code for one in found if one.code != "release-unknown"]


def verdicts(person: PersonAppraisal) -> dict[str, bool | None]:
    return {item.name: item.met for item in person.items}


def paid(person: PersonAppraisal) -> int | None:
    """Return what is paid in whole 元, or None."""
    return person.allowance.paid // YUAN if person.allowance else None
