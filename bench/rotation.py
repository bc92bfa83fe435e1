"""Rotation: 20 departments × 10 years with all reasons, beside the plain-function replay (baseline.py)."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from time import process_time

from baseline import Numbers, replay
from measure import heading, in_turn, line

from xiaxiang.load.calendar import published_calendar
from xiaxiang.load.policies import load_policy
from xiaxiang.load.ranks import load_ranks
from xiaxiang.model.event import Deferral
from xiaxiang.model.plan import Plan
from xiaxiang.model.workspace import Workspace
from xiaxiang.schedule import schedule

YEARS = tuple(range(2016, 2026))


def hospital(departments: int = 20, people: int = 8) -> Workspace:
    """Return a workspace with that many departments, a deferral for every third one a year."""
    names = tuple(f"科室{n}" for n in range(1, departments + 1))
    titles = ("主治医师", "住院医师", "副主任医师")
    events = tuple(
        Deferral.model_validate(
            {"日期": date(year, 3 * (n % 4) + 1, 15), "科室": names[n], "决定": "自动后延", "number": n + 1}
        )
        for year in YEARS
        for n in range(0, departments, 3)
    )
    plan = Plan.model_validate(
        {
            "计划名称": "测速",
            "支援单位": {"名称": "某县人民医院"},
            "受援单位": ({"名称": "某卫生院"},),
            "起始日期": date(YEARS[0], 1, 1),
            "科室": tuple(
                {
                    "名称": name,
                    "人员": tuple({"姓名": f"{name}{n}", "职称": titles[n % 3]} for n in range(people)),
                }
                for name in names
            ),
            "派遣顺序": names,
            "变动登记": events,
        }
    )
    policy, _ = load_policy(plan.policy, Path())
    if policy is None:
        message = "the built-in policy cannot be read"
        raise SystemExit(message)
    return Workspace(plan, policy, published_calendar(), load_ranks())


def main() -> None:
    """Print the figure."""
    heading(["轮换：20 个科室 × 10 年"])
    workspace = hospital()
    plan, ranks, last = workspace.plan, workspace.ranks.ranks, YEARS[-1]
    sent = [
        [
            (one.recipient_unit, one.department or "", one.person, one.cycle or 0, one.starts_on, one.ends_on)
            for one in batch.postings
        ]
        for batch in schedule(workspace, YEARS).batches
    ]
    if sent != replay(plan, workspace.calendar, ranks, last, Numbers()):
        message = "the plain replay gives other answers than the product: the comparison means nothing"
        raise SystemExit(message)
    ours, plain = in_turn(
        lambda: schedule(workspace, YEARS),
        lambda: replay(plan, workspace.calendar, ranks, last, Numbers()),
        runs=151,
        clock=process_time,  # a few milliseconds in this very process: others' turns on the processor are not ours
    )
    line("排班（含全部理由）", ours, "只算结果的函数", plain, "≤ 3")


if __name__ == "__main__":
    main()
