"""The scale run replays hospitals of their own, by the rules, at a cost that does not grow with what came before."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from schedule_support import CALENDAR, POLICY, RANKS

from xiaxiang.schedule import schedule

sys.path.insert(0, str(Path(__file__).parent.parent / "bench"))

import cp_sat
import scale
from baseline import Numbers, replay


def calls_per_batch(years: int) -> float:
    """Return how many functions of the product a batch of the same hospital costs: a figure without a clock."""
    workspace, counted = scale.hospital(1, years, POLICY), [0]

    def count(_frame: object, event: str, _argument: object) -> None:
        counted[0] += event == "call"

    sys.setprofile(count)
    try:
        made = schedule(workspace, tuple(range(scale.FIRST_YEAR, scale.FIRST_YEAR + years)))
    finally:
        sys.setprofile(None)
    return counted[0] / len(made.batches)


def test_every_hospital_is_its_own_and_always_the_same() -> None:
    plans = [scale.hospital(number, 2, POLICY).plan for number in (1, 2, 1)]
    assert plans[0] == plans[2]
    assert plans[0].departments != plans[1].departments
    assert plans[0].events != plans[1].events


@pytest.mark.parametrize("number", range(4))
def test_the_hospitals_are_filled_as_the_plain_replay_fills_them(number: int) -> None:
    workspace = scale.hospital(number, scale.YEARS, POLICY)
    years = tuple(range(scale.FIRST_YEAR, scale.FIRST_YEAR + scale.YEARS))
    result = [
        [
            (one.recipient_unit, one.department or "", one.person, one.cycle or 0, one.starts_on, one.ends_on)
            for one in batch.postings
        ]
        for batch in schedule(workspace, years).batches
    ]
    assert result == replay(workspace.plan, CALENDAR, RANKS.ranks, years[-1], Numbers())


def test_a_batch_costs_no_more_after_forty_years_than_after_five() -> None:
    assert calls_per_batch(40) < 1.2 * calls_per_batch(5)


def test_a_run_counts_every_slot_and_reason_of_its_hospitals() -> None:
    one, two = scale.run(1, 2), scale.run(2, 2)
    assert one.slots >= 2 * scale.BATCHES_A_YEAR * scale.HEADS
    assert two.slots > one.slots
    assert two.reasons > one.reasons > one.slots


def test_the_solver_sends_the_same_people() -> None:
    pytest.importorskip("ortools", reason="ortools is installed by make bench only")
    workspace = cp_sat.eventful()
    wanted = [
        {one.person.name for one in batch.postings if one.person} for batch in schedule(workspace, cp_sat.YEARS).batches
    ]
    assert cp_sat.Rules(cp_sat.Given(workspace)).solved() == wanted
