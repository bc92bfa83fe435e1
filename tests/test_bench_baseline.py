"""The baselines that bench/ measures against do the same work: they give the product's answers."""

from __future__ import annotations

import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from schedule_support import department, rows, run, workspace

sys.path.insert(0, str(Path(__file__).parent.parent / "bench"))

from baseline import replay

NAMES = tuple(f"D{n}" for n in range(1, 9))
DAYS = st.integers(0, 700).map(lambda offset: (date(2023, 11, 1) + timedelta(days=offset)).isoformat())
EVENTS = st.lists(
    st.one_of(
        st.fixed_dictionaries(
            {"类型": st.just("后延"), "日期": DAYS, "科室": st.sampled_from(NAMES), "决定": st.just("自动后延")}
        ),
        st.fixed_dictionaries(
            {
                "类型": st.just("拒派"),
                "日期": DAYS,
                "科室": st.sampled_from(NAMES),
                "批次": st.sampled_from(["2024-1", "2024-2", "2024-3", "2025-1", "2025-4"]),
            }
        ),
    ),
    max_size=8,
)


@settings(max_examples=100, deadline=None)
@given(EVENTS, st.integers(1, 9), st.integers(1, 4))
def test_the_plain_replay_picks_the_same_departments(written: list[dict[str, Any]], count: int, heads: int) -> None:
    ws = workspace(
        *written,
        departments=tuple(department(f"D{n}") for n in range(1, count + 1)),
        recipients=({"名称": "甲院", "每批人数": heads},),
    )
    result = run(ws, 2024, 2025)
    days = [(str(one.name), one.handover_on, one.ends_on) for one in result.batches]
    expected = replay(ws.plan, days, heads, 1, {"主治医师": 1})
    assert expected == list(rows(result).values())
