"""What holds for any plan: no turn is lost, doubled or overtaken; order of entries matters only where it should."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st
from schedule_support import codes, events, rows, run, workspace

from xiaxiang.model.event import DeferralRuling
from xiaxiang.model.schedule import Schedule
from xiaxiang.model.workspace import Workspace

if TYPE_CHECKING:
    from random import Random

YEARS = (2024, 2025, 2026)
FIRST_DAY = date(2023, 10, 1)
DAYS = st.integers(0, 1100).map(lambda offset: (FIRST_DAY + timedelta(days=offset)).isoformat())
BATCHES = st.tuples(st.sampled_from(YEARS), st.integers(1, 4)).map(lambda pair: f"{pair[0]}-{pair[1]}")


def written_events(names: tuple[str, ...]) -> st.SearchStrategy[list[dict[str, Any]]]:
    department = st.sampled_from(names)
    deferral = st.fixed_dictionaries(
        {
            "类型": st.just("后延"),
            "日期": DAYS,
            "科室": department,
            "决定": st.sampled_from(["自动后延", "调至最后一批", "不同意", "待定"]),
        },
        optional={"批次": BATCHES},
    )
    promotion = st.builds(
        lambda on, name, who: {"类型": "晋升优先", "日期": on, "科室": name, "人员": f"{name}{who}"},
        DAYS,
        department,
        st.sampled_from("甲乙"),
    )
    refusal = st.fixed_dictionaries({"类型": st.just("拒派"), "日期": DAYS, "科室": department, "批次": BATCHES})
    accident = st.fixed_dictionaries(
        {"类型": st.just("意外"), "日期": DAYS, "科室": department, "批次": BATCHES}, optional={"接替科室": department}
    )
    return st.lists(st.one_of(deferral, promotion, refusal, accident), max_size=12)


@dataclass(frozen=True)
class Case:
    """A small description of a plan: what hypothesis shrinks and prints."""

    events: list[dict[str, Any]]
    departments: int
    heads: int
    exchange: bool
    by_request: bool

    def workspace(self) -> Workspace:
        return workspace(
            *self.events,
            names=tuple(f"D{n}" for n in range(1, self.departments + 1)),
            recipients=({"名称": "甲院", "每批人数": self.heads},),
            readings={
                "自动后延": "对调" if self.exchange else "下一批",
                "后延计次": "按申请" if self.by_request else "按科室每轮",
            },
        )


@st.composite
def cases(draw: st.DrawFn) -> Case:
    departments = draw(st.integers(1, 11))
    names = tuple(f"D{n}" for n in range(1, departments + 1))
    heads = draw(st.integers(1, 4))
    return Case(draw(written_events(names)), departments, heads, draw(st.booleans()), draw(st.booleans()))


def turns(result: Schedule) -> dict[str, list[int]]:
    """Return department → the cycles of its turns in the order they were used up."""
    used: dict[str, list[int]] = {}
    for batch in result.batches:
        for posting in {one.slot: one for one in reversed(batch.postings)}.values():
            if posting.department and posting.cycle:
                used.setdefault(posting.department, []).append(posting.cycle)
    return used


@settings(max_examples=150, deadline=None)
@given(cases())
def test_no_turn_is_ever_lost_or_doubled(case: Case) -> None:
    ws = case.workspace()
    for department, cycles in turns(run(ws, *YEARS)).items():
        assert cycles == list(range(1, len(cycles) + 1)), department


@settings(max_examples=150, deadline=None)
@given(cases())
def test_a_turn_is_overtaken_only_where_it_was_passed_over(case: Case) -> None:
    ws = case.workspace()
    result = run(ws, *YEARS)
    order = {name: place for place, name in enumerate(ws.plan.dispatch_order)}
    moved_back = {event.department for event in ws.plan.events if getattr(event, "ruling", "") == DeferralRuling.LAST}
    served = dict.fromkeys(order, 0)
    for batch in result.batches:
        here = {one.department for one in batch.postings}
        passed = {
            one.department
            for one in result.notices
            if one.batch == batch.name and one.code in {"deferral-used", "refusal", "person-replaced", "event-unused"}
        }
        for one in batch.postings:
            if one.department and one.cycle and one.reason.value == "queue":
                overtaken = {
                    name
                    for name in order
                    if (served[name] + 1, order[name]) < (one.cycle, order[one.department]) and name not in here
                }
                assert overtaken <= passed | moved_back
        for name, cycles in turns(Schedule("", "", (batch,), (), (), ())).items():
            served[name] = max(served[name], *cycles)


@settings(max_examples=100, deadline=None)
@given(cases())
def test_a_department_uses_no_more_deferrals_in_a_cycle_than_its_quota(case: Case) -> None:
    ws = case.workspace()
    result = run(ws, *YEARS)
    used = 0
    for notice in result.notices:
        if notice.code == "deferral-used":
            used += 1
            assert "已用 1 次，共 1 次" in notice.message
    approved = [
        event
        for event in ws.plan.events
        if getattr(event, "ruling", None) in {DeferralRuling.AUTO, DeferralRuling.LAST}
    ]
    assert used <= len(approved)


@settings(max_examples=100, deadline=None)
@given(cases())
def test_slots_are_empty_only_where_nobody_is_left_to_take(case: Case) -> None:
    ws = case.workspace()
    result = run(ws, *YEARS)
    empty = [str(batch.name) for batch in result.batches for one in batch.postings if one.department is None]
    assert [batch for batch, code in codes(result) if code == "slot-empty"] == empty
    for batch in result.batches:
        if any(one.department is None for one in batch.postings):
            absent = set(ws.plan.dispatch_order) - {one.department for one in batch.postings}
            told = {one.department for one in result.notices if one.batch == batch.name}
            assert absent <= told


@settings(max_examples=60, deadline=None)
@given(cases(), st.randoms(use_true_random=False))
def test_the_order_of_departments_and_of_events_of_different_days_changes_nothing(case: Case, random: Random) -> None:
    ws = case.workspace()
    plan = ws.plan
    days = [event.on for event in plan.events]
    shuffled_events = list(plan.events)
    if len(set(days)) == len(days):
        random.shuffle(shuffled_events)
    shuffled = list(plan.departments)
    random.shuffle(shuffled)
    again = plan.model_copy(update={"departments": tuple(shuffled), "events": tuple(shuffled_events)})
    other = run(Workspace(again, ws.policy, ws.calendar, ws.ranks), *YEARS)
    one = run(ws, *YEARS)
    assert (one.batches, one.sanctions) == (other.batches, other.sanctions)


@settings(max_examples=60, deadline=None)
@given(cases())
def test_a_longer_look_ahead_never_changes_the_years_before(case: Case) -> None:
    ws = case.workspace()
    assert run(ws, 2024).batches == run(ws, *YEARS).of_year(2024).batches


def test_the_same_plan_gives_the_same_result() -> None:
    ws = workspace({"类型": "后延", "日期": "2023-12-20", "科室": "D2", "决定": "自动后延"})
    assert (run(ws), rows(run(ws))["2024-1"]) == (run(ws), ["D1", "D3", "D4"])
    assert len(events()) == 0
