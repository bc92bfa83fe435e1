"""The baselines that bench/ measures against do the same work: they give the product's answers."""

from __future__ import annotations

import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from schedule_support import CALENDAR, RANKS, department, run, workspace

from xiaxiang.load.record_measure import Measuring

sys.path.insert(0, str(Path(__file__).parent.parent / "bench"))

import records
from baseline import Numbers, record_figures, replay

NAMES = tuple(f"D{n}" for n in range(1, 9))
DEPARTMENT = st.sampled_from(NAMES)
BATCH = st.sampled_from(["2024-1", "2024-2", "2024-3", "2025-1", "2025-4"])
PLACE = st.sampled_from(["甲", "乙"])
DAYS = st.integers(0, 700).map(lambda offset: (date(2023, 11, 1) + timedelta(days=offset)).isoformat())
RULINGS = st.sampled_from(["自动后延", "调至最后一批", "不同意", "待定"])
TITLES = st.sampled_from(["主治医师", "副主任医师", "住院医师", ""])


def event(
    kind: str, optional: dict[str, st.SearchStrategy[str]] | None = None, **fields: st.SearchStrategy[str]
) -> st.SearchStrategy[dict[str, str]]:
    always = {"类型": st.just(kind), "日期": DAYS, "科室": DEPARTMENT, **fields}
    return st.fixed_dictionaries(always, optional=optional or {})


ANYBODY = st.tuples(DEPARTMENT, PLACE).map("".join)
ACCIDENT = {"人员": PLACE, "接替人员": ANYBODY, "接替科室": DEPARTMENT}
EVENTS = st.lists(
    st.one_of(
        event("后延", {"批次": BATCH}, 决定=RULINGS),
        event("拒派", 批次=BATCH),
        event("晋升优先", 人员=PLACE),
        event("指派", 批次=BATCH, 人员=PLACE),
        event("重新下乡", 批次=BATCH, 人员=PLACE),
        event("意外", ACCIDENT, 批次=BATCH),
    ),
    max_size=14,
)
PERSON = st.fixed_dictionaries(
    {"职称": TITLES, "拟晋升": st.sampled_from(["是", "否", "2024"]), "已服务月数": st.sampled_from([0, 3, 5])},
    optional={
        "到岗日期": st.just(date(2024, 2, 1)),
        "离岗日期": st.just(date(2025, 5, 1)),
        "不可派": st.just(({"起": date(2024, 6, 1), "止": date(2024, 8, 1)},)),
    },
)
STAFF = st.lists(st.tuples(PERSON, PERSON), min_size=1, max_size=9)


def known(written: dict[str, str], count: int) -> dict[str, str] | None:
    """Return an event about departments that there are, its person named in full; None where there are none such."""
    if any(int(written.get(key, "D1")[1:]) > count for key in ("科室", "接替科室")):
        return None
    return {**written, "人员": written["科室"] + written["人员"]} if "人员" in written else written


@settings(max_examples=150, deadline=None)
@given(EVENTS, STAFF, st.integers(1, 3), st.integers(0, 2))
def test_the_plain_replay_fills_every_slot_the_same(
    written: list[dict[str, Any]], staff: list[tuple[dict[str, Any], ...]], heads: int, more: int
) -> None:
    departments = tuple(
        department(f"D{n}", *({"姓名": f"D{n}{'甲乙'[place]}", **one} for place, one in enumerate(people)))
        for n, people in enumerate(staff, 1)
    )
    events = [one for raw in written if (one := known(raw, len(staff)))]
    units = ({"名称": "甲院", "每批人数": heads}, *(({"名称": "乙院", "每批人数": more},) if more else ()))
    ws = workspace(*events, departments=departments, recipients=units)
    result = [
        [
            (one.recipient_unit, one.department or "", one.person, one.cycle or 0, one.starts_on, one.ends_on)
            for one in batch.postings
        ]
        for batch in run(ws, 2024, 2025).batches
    ]
    assert result == replay(ws.plan, CALENDAR, RANKS.ranks, 2025, Numbers(heads=heads))


def test_the_plain_loop_over_records_gives_the_product_s_figures(tmp_path: Path) -> None:
    written = records.write_csv(tmp_path / "records.csv", 45)
    of = records.workspace(45)
    ours = records.figures(records.measured(Measuring, tmp_path / "records.csv", of, records.postings(of)))
    assert ours == record_figures(tmp_path / "records.csv")
    assert (len(ours), abs(written - 45 * records.A_POSTING) < 45) == (45, True)
