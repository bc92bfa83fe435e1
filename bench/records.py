"""Records: 1 and 10 million rows beside the tuned loop of baseline.py; in bulk beside a hand-written duckdb query.

`python bench/records.py 75000000` adds a nation's year as parquet; `make bench` leaves it out (minutes, 1 GB of disk).
"""

from __future__ import annotations

import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from baseline import RecordFigures, record_figures
from measure import heading, in_turn, line
from peers import has_package

from xiaxiang.load.calendar import published_calendar
from xiaxiang.load.files import collector_at_rest
from xiaxiang.load.policies import load_policy
from xiaxiang.load.ranks import load_ranks
from xiaxiang.load.record_bulk import BulkMeasuring
from xiaxiang.load.record_measure import Measuring
from xiaxiang.load.scale import is_large
from xiaxiang.model.plan import Plan
from xiaxiang.model.record import Who
from xiaxiang.model.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from xiaxiang.load.record_measure import Span

A_POSTING = 250
"""Records of one posting, about."""
STARTS_ON, DAYS = date(2024, 4, 1), 91
MEMORY = "2GB"
AT_MOST = "≤ 1.5"
TYPES = ("授课", "查房", "考勤")
HEADER = "姓名,工号,日期,类型,数量"


def kinds_on(offset: int, *, works: bool) -> Iterator[tuple[str, int]]:
    """Yield what happens on a day of a posting, and for whom: everybody (1), or every so many-th person."""
    yield from (("门诊", 1), ("授课", 14), ("查房", 7))
    if offset < DAYS - 13:
        yield "手术", 1
    if works:
        yield "考勤", 1


def days() -> list[tuple[int, date, bool]]:
    """Return the days of the posting with their numbers, and whether they are worked."""
    calendar = published_calendar()
    found = ((offset, STARTS_ON + timedelta(days=offset)) for offset in range(DAYS))
    return [(offset, day, calendar.is_working_day(day)) for offset, day in found]


def write_csv(path: Path, people: int) -> int:
    """Write the records of so many people, day by day as they come in; return how many there are."""
    count = 0
    names = [f"人员{serial},{serial:06d}" for serial in range(people)]
    with path.open("w", encoding="utf-8", newline="") as stream:
        stream.write(HEADER + "\n")
        for offset, day, works in days():
            for kind, every in kinds_on(offset, works=works):
                amount = offset + 5 if kind == "门诊" else 1
                chosen = names[-offset % every :: every] if every > 1 else names
                tail = f",{day},{kind},{amount}\n"
                stream.write(tail.join(chosen) + tail)
                count += len(chosen)
    return count


def workspace(people: int) -> Workspace:
    """Return a plan with so many people, forty a department."""
    size = 40
    named = [
        {
            "名称": f"科室{first}",
            "人员": tuple({"姓名": f"人员{n}", "工号": f"{n:06d}"} for n in range(first, min(first + size, people))),
        }
        for first in range(0, people, size)
    ]
    plan = Plan.model_validate(
        {
            "计划名称": "测速",
            "支援单位": {"名称": "某省"},
            "受援单位": ({"名称": "某卫生院"},),
            "起始日期": STARTS_ON,
            "科室": tuple(named),
            "派遣顺序": tuple(one["名称"] for one in named),
        }
    )
    policy, _ = load_policy(plan.policy, Path())
    if policy is None:
        message = "the built-in policy cannot be read"
        raise SystemExit(message)
    return Workspace(plan, policy, published_calendar(), load_ranks())


def postings(of: Workspace) -> dict[Who, tuple[Span, ...]]:
    """Return everybody's posting."""
    span = (STARTS_ON, STARTS_ON + timedelta(days=DAYS - 1))
    return {Who(home.name, one.name, one.id): (span,) for home in of.plan.departments for one in home.people}


def figures(measuring: Measuring) -> dict[str, RecordFigures]:
    """Return what was measured as the plain loop tells it: by 工号 lectures, smallest gap, rounds, days attended."""
    tallies = measuring.tallies()
    found: dict[str, RecordFigures] = {}
    for who, own in (tallies.people if tallies else {}).items():
        bits = [own[name].bits if name in own else 0 for name in TYPES]
        found[who.id] = RecordFigures.of(*bits)
    return found


def measured(kind: type[Measuring], path: Path, of: Workspace, posted: dict[Who, tuple[Span, ...]]) -> Measuring:
    """Measure a file; nothing in it is wrong."""
    with collector_at_rest():  # as the product does
        one = kind(path, of, posted, TYPES, at_sight=True)
        if isinstance(one, BulkMeasuring):
            one.memory = MEMORY
        one.measure()
    found = [each for each in one.file().diagnostics if each.code != "read-as-gb18030"]
    if found:
        raise SystemExit(found[0].message)
    return one


def same(ours: dict[str, RecordFigures], theirs: dict[str, RecordFigures]) -> None:
    """Stop where two ways of counting give other figures."""
    if ours != theirs:
        message = "the peer gives other figures than the product: the comparison means nothing"
        raise SystemExit(message)


def loop(folder: Path, people: int, runs: int) -> None:
    """Print the loop beside the plain one, and GB18030 beside UTF-8."""
    path, other = folder / "records.csv", folder / "gb18030.csv"
    count = write_csv(path, people)
    heading([f"工作记录：{people:,} 人，{count:,} 行 CSV（{path.stat().st_size // 2**20} MB）"])
    of = workspace(people)
    posted = postings(of)
    same(figures(measured(Measuring, path, of, posted)), record_figures(path))
    ours, plain = in_turn(
        lambda: figures(measured(Measuring, path, of, posted)), lambda: record_figures(path), runs=runs
    )
    line("逐行读（核对姓名、日期、重复、派驻期间）", ours, "只算数的循环", plain, AT_MOST)
    other.write_bytes(path.read_bytes().decode().encode("gb18030"))
    utf_8, gb18030 = in_turn(
        lambda: measured(Measuring, path, of, posted), lambda: measured(Measuring, other, of, posted), runs=runs
    )
    line("GB18030", gb18030, "UTF-8", utf_8, "≤ 2")
    other.unlink()
    if is_large(path):  # a smaller one is never read in bulk
        beside(of, posted, path, f"read_csv('{path}')", runs)


def beside(of: Workspace, posted: dict[Who, tuple[Span, ...]], path: Path, source: str, runs: int) -> None:
    """Print the bulk reader beside the hand-written query, and pandas beside both."""
    if not has_package("duckdb"):
        return
    same(figures(measured(BulkMeasuring, path, of, posted)), by_hand(source))
    works: list[Callable[[], object]] = [
        lambda: figures(measured(BulkMeasuring, path, of, posted)),
        lambda: by_hand(source),
    ]
    with_pandas = path.suffix == ".csv" and has_package("pandas")
    if with_pandas:
        works.append(lambda: by_pandas(path))
    ours, theirs, *rest = in_turn(*works, runs=runs)
    line(f"xiaxiang[scale]，内存上限 {MEMORY}", ours, "手写的 duckdb 查询，同一上限", theirs, AT_MOST)
    for pandas in rest:
        line("xiaxiang[scale]", ours, "pandas", pandas)


def by_hand(source: str) -> dict[str, RecordFigures]:
    """Return the same figures by one query, as somebody who knows duckdb writes it."""
    import duckdb  # noqa: PLC0415 - a peer that may be absent

    with tempfile.TemporaryDirectory() as folder:
        settings = {"memory_limit": MEMORY, "temp_directory": folder}
        with duckdb.connect(":memory:", config=settings) as connection:
            rows = connection.execute(BY_HAND.format(source=source)).fetchall()
    return {number: RecordFigures(*rest) for number, *rest in rows}


BY_HAND = """
WITH each AS (
    SELECT 工号, list_sort(list_distinct(list(日期::DATE) FILTER (类型 = '授课'))) AS lectures,
        count(DISTINCT 日期) FILTER (类型 = '查房') AS rounds, count(DISTINCT 日期) FILTER (类型 = '考勤') AS attended
    FROM {source} GROUP BY 工号)
SELECT 工号, len(lectures), list_min(list_transform(range(1, len(lectures)), lambda n: lectures[n + 1] - lectures[n])),
    rounds, attended FROM each"""


def by_pandas(path: Path) -> object:
    """Return the same figures through pandas."""
    import pandas as pd  # noqa: PLC0415 - a peer that may be absent

    rows = pd.read_csv(path, dtype={"工号": "string"}, parse_dates=["日期"])
    rows = rows.drop_duplicates(["工号", "日期", "类型"])
    counts = rows.groupby(["工号", "类型"]).size().reset_index(name="n").pivot_table("n", "工号", "类型", fill_value=0)
    lectures = rows[rows["类型"] == "授课"].sort_values(["工号", "日期"])
    counts["gap"] = lectures.groupby("工号")["日期"].diff().groupby(lectures["工号"]).min()
    return counts


def nation(folder: Path, people: int, runs: int) -> None:
    """Print the bulk reader on parquet beside the hand-written query."""
    path = folder / "records.parquet"
    count = write_parquet(path, people)
    heading([f"工作记录：{people:,} 人，{count:,} 行 parquet（{path.stat().st_size // 2**20} MB）"])
    of = workspace(people)
    beside(of, postings(of), path, f"read_parquet('{path}')", runs)


def write_parquet(path: Path, people: int) -> int:
    """Write the same records as `write_csv`, dates as dates; return how many there are."""
    import duckdb  # noqa: PLC0415 - a peer that may be absent

    wanted = [
        (offset, day, kind, every, offset + 5 if kind == "门诊" else 1)
        for offset, day, works in days()
        for kind, every in kinds_on(offset, works=works)
    ]
    with tempfile.TemporaryDirectory() as spill:
        settings = {"memory_limit": MEMORY, "temp_directory": spill}
        with duckdb.connect(":memory:", config=settings) as connection:
            connection.execute("CREATE TABLE wanted (n INT, 日期 DATE, 类型 VARCHAR, every INT, 数量 INT)")
            connection.executemany("INSERT INTO wanted VALUES (?, ?, ?, ?, ?)", wanted)
            rows = f"""SELECT '人员' || p AS 姓名, printf('%06d', p) AS 工号, 日期, 类型, 数量
                FROM range({people}) people(p), wanted WHERE (p + n) % every = 0"""  # noqa: S608 - our own numbers
            connection.execute(f"COPY ({rows}) TO '{path}' (FORMAT parquet)")
            (count,) = connection.execute(f"SELECT count(*) FROM read_parquet('{path}')").fetchone() or (0,)  # noqa: S608 - our own file
    return int(count)


def main(*rows: int) -> None:
    """Print all figures: 1 and 10 million rows of CSV, and parquet of as many rows as are asked for."""
    with tempfile.TemporaryDirectory() as name:
        loop(Path(name), 1_000_000 // A_POSTING, runs=5)
        loop(Path(name), 10_000_000 // A_POSTING, runs=3)
        for count in rows or (10_000_000,):
            if has_package("duckdb"):
                nation(Path(name), count // A_POSTING, runs=3)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
