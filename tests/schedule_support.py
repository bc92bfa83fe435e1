"""Small workspaces for the tests of rotation: departments D1…Dn with one attending physician each."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from xiaxiang.load.calendar import published_calendar
from xiaxiang.load.policies import load_policy
from xiaxiang.load.ranks import load_ranks
from xiaxiang.model.event import event_class
from xiaxiang.model.hospital import Department
from xiaxiang.model.plan import Plan
from xiaxiang.model.workspace import Workspace
from xiaxiang.schedule import schedule

if TYPE_CHECKING:
    from xiaxiang.model.policy import Policy
    from xiaxiang.model.schedule import Schedule

CALENDAR = published_calendar()
RANKS = load_ranks()
POLICY = load_policy("卫生下乡工作制度", Path())[0]
assert POLICY is not None


def events(*written: dict[str, str]) -> tuple:
    return tuple(
        event_class(one["类型"]).model_validate({**one, "number": place}) for place, one in enumerate(written, 1)
    )


def department(name: str, *people: dict[str, object]) -> Department:
    listed = people or ({"姓名": f"{name}甲", "职称": "主治医师"}, {"姓名": f"{name}乙", "职称": "主治医师"})
    return Department.model_validate({"名称": name, "人员": tuple(listed)})


def workspace(
    *written: dict[str, str],
    names: tuple[str, ...] = tuple(f"D{n}" for n in range(1, 10)),
    departments: tuple[Department, ...] | None = None,
    starts_on: date = date(2024, 1, 1),
    recipients: tuple[dict[str, object], ...] = ({"名称": "河东卫生院"},),
    readings: dict[str, str] | None = None,
    policy: Policy = POLICY,
    **more: object,
) -> Workspace:
    plan = Plan.model_validate(
        {
            "计划名称": "试验计划",
            "支援单位": {"名称": "某县人民医院"},
            "受援单位": recipients,
            "起始日期": starts_on,
            "科室": departments if departments is not None else tuple(department(name) for name in names),
            "派遣顺序": tuple(one.name for one in departments) if departments is not None else names,
            "变动登记": events(*written),
            "口径": readings or {},
            **more,
        }
    )
    return Workspace(plan, policy, CALENDAR, RANKS)


def run(ws: Workspace, *years: int) -> Schedule:
    return schedule(ws, years or (2024,))


def rows(result: Schedule) -> dict[str, list[str]]:
    """Return batch → departments in slot order ("" for an empty slot)."""
    return {str(batch.name): [one.department or "" for one in batch.postings] for batch in result.batches}


def people(result: Schedule) -> dict[str, list[str]]:
    """Return batch → people in slot order ("" for nobody)."""
    return {str(b.name): [one.person.name if one.person else "" for one in b.postings] for b in result.batches}


def codes(result: Schedule) -> list[tuple[str, str]]:
    return [(str(one.batch), one.code) for one in result.notices]
