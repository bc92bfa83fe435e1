"""The baselines that bench/ measures against do the same work: they give the product's answers."""

from __future__ import annotations

import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from schedule_support import CALENDAR, RANKS, department, run, workspace

sys.path.insert(0, str(Path(__file__).parent.parent / "bench"))

from baseline import Numbers, replay

NAMES = tuple(f"D{n}" for n in range(1, 9))
DEPARTMENT = st.sampled_from(NAMES)
BATCH = st.sampled_from(["2024-1", "2024-2", "2024-3", "2025-1", "2025-4"])
PLACE = st.sampled_from(["甲", "乙"])
DAYS = st.integers(0, 700).map(lambda offset: (date(2023, 11, 1) + timedelta(days=offset)).isoformat())
TITLES = st.sampled_from(["主治医师", "副主任医师", "住院医师", ""])


def event(kind: str, **fields: st.SearchStrategy[str]) -> st.SearchStrategy[dict[str, str]]:
    return st.fixed_dictionaries({"类型": st.just(kind), "日期": DAYS, "科室": DEPARTMENT, **fields})


EVENTS = st.lists(
    st.one_of(
        event("后延", 决定=st.just("自动后延")),
        event("拒派", 批次=BATCH),
        event("晋升优先", 人员=PLACE),
        event("指派", 批次=BATCH, 人员=PLACE),
    ),
    max_size=10,
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


@settings(max_examples=150, deadline=None)
@given(EVENTS, STAFF, st.integers(1, 4))
def test_the_plain_replay_sends_the_same_departments_and_people(
    written: list[dict[str, Any]], staff: list[tuple[dict[str, Any], ...]], heads: int
) -> None:
    departments = tuple(
        department(f"D{n}", *({"姓名": f"D{n}{'甲乙'[place]}", **one} for place, one in enumerate(people)))
        for n, people in enumerate(staff, 1)
    )
    known = [one for one in written if int(one["科室"][1:]) <= len(staff)]
    ws = workspace(
        *({**one, "人员": one["科室"] + one["人员"]} if "人员" in one else one for one in known),
        departments=departments,
        recipients=({"名称": "甲院", "每批人数": heads},),
    )
    result = [
        [(slot.department or "", slot.person.name if slot.person else "") for slot in batch.postings]
        for batch in run(ws, 2024, 2025).batches
    ]
    assert result == replay(ws.plan, CALENDAR, RANKS.ranks, 2025, Numbers(heads=heads))
