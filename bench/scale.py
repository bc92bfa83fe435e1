"""Scale: 3,000 hospitals × 40 departments × 10 years of quarterly batches, one after the other in one process.

Every hospital has its own people and events; its plan is built (pydantic models and all), replayed, counted and let
go. `python scale.py HOSPITALS YEARS` prints one run as JSON; without arguments, every run in a process of its own.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from random import Random
from time import perf_counter, process_time
from typing import TYPE_CHECKING, Any, NamedTuple

from measure import heading

from xiaxiang.load.calendar import published_calendar
from xiaxiang.load.policies import load_policy
from xiaxiang.load.ranks import load_ranks
from xiaxiang.model.event import event_class
from xiaxiang.model.plan import Plan
from xiaxiang.model.workspace import Workspace
from xiaxiang.schedule import schedule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xiaxiang.model.policy import Policy

HOSPITALS = (30, 300, 3000)
FIRST_YEAR, YEARS, LONGER = 2016, 10, (10, 20, 40)
DEPARTMENTS, HEADS, BATCHES_A_YEAR = 40, 3, 4
TITLES = ("住院医师", "主治医师", "主治医师", "副主任医师", "主任医师")
DEFERRALS_A_YEAR, SECONDS, MEBIBYTES = 13, 60, 1024


class Run(NamedTuple):
    """What one process did: seconds in all, seconds and processor seconds in `schedule`, peak MiB, what came out."""

    seconds: float
    replaying: float
    processor: float
    memory: float | None
    slots: int
    reasons: int
    notices: int


def staff(random: Random, name: str) -> Iterator[dict[str, Any]]:
    """Yield a department's people: titles, months served, who joins, leaves, waits for promotion or is kept away."""
    for place in range(random.randint(5, 11)):
        one: dict[str, Any] = {"姓名": f"{name}{place + 1}", "职称": random.choice(TITLES)}
        one["已服务月数"] = random.choice((0, 0, 3, 6, 12))
        day = date(FIRST_YEAR + random.randrange(YEARS), random.randint(1, 12), random.randint(1, 28))
        kind = random.random()
        if kind < 0.05:
            one["到岗日期"] = day
        elif kind < 0.1:
            one["离岗日期"] = day
        elif kind < 0.25:
            one["不可派"] = ({"起": day, "止": day + timedelta(days=random.randint(20, 200)), "原因": "进修"},)
        elif kind < 0.3:
            one["拟晋升"] = day.year
        yield one


def events(random: Random, people: dict[str, tuple[dict[str, Any], ...]], years: int) -> Iterator[dict[str, Any]]:
    """Yield a hospital's events: deferrals, promotions, refusals, assignments and accidents of every year."""
    names = tuple(people)

    def written(kind: str, year: int, name: str, **more: object) -> dict[str, Any]:
        on = date(year, random.randint(1, 12), random.randint(1, 28))
        return {"类型": kind, "日期": on, "科室": name, **more}

    def somebody(name: str) -> str:
        return str(random.choice(people[name])["姓名"])

    for year in range(FIRST_YEAR, FIRST_YEAR + years):
        for name in random.sample(names, DEFERRALS_A_YEAR):
            yield written("后延", year, name, 决定=random.choice(("自动后延", "自动后延", "调至最后一批", "不同意")))
        for name in random.sample(names, 2):
            yield written("晋升优先", year, name, 人员=somebody(name))
        for number in range(1, BATCHES_A_YEAR + 1):
            place = ((year - FIRST_YEAR) * BATCHES_A_YEAR + number - 1) * HEADS
            told, kept, gone = (names[(place + random.randrange(HEADS)) % len(names)] for _ in range(3))
            batch = f"{year}-{number}"
            yield written("指派", year, told, 批次=batch, 人员=somebody(told))
            if number == 1:
                yield written("拒派", year, kept, 批次=batch)
            if number == 3:
                yield written("意外", year, gone, 批次=batch, 人员=somebody(gone), 接替人员=somebody(gone))


def hospital(number: int, years: int, policy: Policy) -> Workspace:
    """Return one hospital of its own, the same for the same number."""
    random = Random(number)  # noqa: S311 - seeded on purpose
    people = {
        name: tuple(staff(random, name)) for name in (f"{number}院{place}科" for place in range(1, DEPARTMENTS + 1))
    }
    made = enumerate(events(random, people, years), 1)
    plan = Plan.model_validate(
        {
            "计划名称": f"{number}院",
            "支援单位": {"名称": f"{number}院"},
            "受援单位": ({"名称": f"{number}卫生院"},),
            "起始日期": date(FIRST_YEAR, 1, 1),
            "科室": tuple({"名称": name, "人员": listed} for name, listed in people.items()),
            "派遣顺序": tuple(people),
            "变动登记": tuple(
                kind.model_validate({**one, "number": place})
                for place, one in made
                if (kind := event_class(one["类型"])) is not None
            ),
        }
    )
    return Workspace(plan, policy, published_calendar(), load_ranks())


def run(hospitals: int, years: int) -> Run:
    """Build, replay and count that many hospitals, keeping none."""
    policy, _ = load_policy("卫生下乡工作制度", Path())
    if policy is None:
        message = "the built-in policy cannot be read"
        raise SystemExit(message)
    wanted = tuple(range(FIRST_YEAR, FIRST_YEAR + years))
    counted: Counter[str] = Counter()
    replaying = processor = 0.0
    start = perf_counter()
    for number in range(hospitals):
        workspace = hospital(number, years, policy)
        before, busy_before = perf_counter(), process_time()
        made = schedule(workspace, wanted)
        replaying += perf_counter() - before
        processor += process_time() - busy_before
        counted["slots"] += sum(len(batch.postings) for batch in made.batches)
        counted["reasons"] += sum(len(slot.because) for batch in made.batches for slot in batch.postings)
        counted["notices"] += len(made.notices)
    seconds = perf_counter() - start
    slots, reasons, notices = (counted[what] for what in ("slots", "reasons", "notices"))
    return Run(seconds, replaying, processor, peak_memory(), slots, reasons, notices)


def peak_memory() -> float | None:
    """Return the most memory that this process has held, in MiB; None where the system does not tell.

    Not getrusage: a process started by a large one inherits that one's peak.
    """
    status = Path("/proc/self/status")
    if not status.is_file():
        return None
    told = next(line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmHWM:"))
    return int(told.split()[1]) / 1024


def measured(hospitals: int, years: int) -> Run:
    """Return one run in a fresh process."""
    command = (sys.executable, __file__, str(hospitals), str(years))
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=Path(__file__).parent)
    return Run(*json.loads(done.stdout))


def main() -> None:
    """Print seconds, peak memory and growth: in hospitals, then in batches."""
    heading([f"规模：每家 {DEPARTMENTS} 个科室 × {YEARS} 年，逐家建模、排班、计数，一个进程"])
    for count in HOSPITALS:
        one = measured(count, YEARS)
        memory = "未量" if one.memory is None else f"{one.memory:.0f} MiB"
        limit = f"   （要求 ≤ {SECONDS} 秒、≤ {MEBIBYTES} MiB）" if count == HOSPITALS[-1] else ""
        print(
            f"{count:>5,} 家: 排班 {one.replaying:.1f} 秒（连同造数据、建模 {one.seconds:.1f} 秒），"
            f"峰值内存 {memory}{limit}\n"
            f"      每家排班 {one.replaying / count * 1000:.1f} 毫秒（处理器 {one.processor / count * 1000:.1f}）   "
            f"共 {one.slots:,} 个名额、{one.reasons:,} 条理由、{one.notices:,} 条提示",
            flush=True,
        )
    few = HOSPITALS[0]
    for years in LONGER:
        one = measured(few, years)
        batches = few * years * BATCHES_A_YEAR
        print(
            f"{years} 年 {years * BATCHES_A_YEAR:>3} 批: 每批 {one.processor / batches * 1e6:.0f} 微秒（处理器）",
            flush=True,
        )


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(run(int(sys.argv[1]), int(sys.argv[2]))))
    else:
        main()
