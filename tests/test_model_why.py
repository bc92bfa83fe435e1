"""Why: what is picked out of a schedule about a turn is what the schedule decided, batch by batch."""

from __future__ import annotations

from datetime import date

import pytest
import schedule_support as made
from hypothesis import given, settings
from hypothesis import strategies as st

from xiaxiang.model.batch import BatchName
from xiaxiang.model.why import missed, outcome_of, postings_of, turn_of, turn_why
from xiaxiang.model.why_person import people_named
from xiaxiang.schedule import other_readings
from xiaxiang.schedule.why_person import person_why

ORDER = made.POLICY.rule("派遣顺序")
FIRST, SECOND, THIRD = BatchName(2024, 1), BatchName(2024, 2), BatchName(2024, 3)
DEFERRED = {"类型": "后延", "日期": "2023-12-20", "科室": "D2", "原因": "进修", "决定": "自动后延"}
REFUSED = {"类型": "拒派", "日期": "2023-12-28", "批次": "2024-1", "科室": "D3"}


def test_a_department_that_goes_in_order_waited_behind_those_in_front() -> None:
    why = turn_why(made.run(made.workspace()), SECOND, "D5")
    assert why is not None
    assert [one.department for one in why.held] == ["D5"]
    assert why.because[0].text == "派遣顺序第 5 位，第 1 轮轮到"
    [waited] = why.earlier
    assert (waited.batch.name, waited.cycle, waited.ahead, waited.passed) == (FIRST, 1, ("D4",), None)
    assert waited.reason(ORDER).text == "名额 3 个，由 D1、D2、D3 派出；本科室第 1 轮前面还有 1 个轮次（D4）"
    assert waited.reason(ORDER).source == ORDER


def test_a_deferral_is_told_where_it_was_used_and_not_a_second_time() -> None:
    why = turn_why(made.run(made.workspace(DEFERRED)), SECOND, "D2")
    assert why is not None
    [waited] = why.earlier
    assert "批准后延（进修）" in waited.reason(ORDER).text
    assert [one.text for one in why.because if "后延" in one.text] == []


def test_a_department_that_is_passed_over_says_why_not_and_when_it_comes() -> None:
    why = turn_why(made.run(made.workspace(REFUSED)), FIRST, "D3")
    assert why is not None
    assert why.held == ()
    assert why.missed is not None
    assert why.missed.reason(ORDER).text.startswith("D3 拒派")
    assert why.next is not None
    assert why.next.batch.name == SECOND
    assert [one.amount for one in why.sanctions] == [200_000]


def test_a_department_whose_turn_is_used_says_that_the_next_cycle_has_not_begun() -> None:
    why = turn_why(made.run(made.workspace()), SECOND, "D1")
    assert why is not None
    assert why.missed is not None
    assert why.missed.cycle is None
    assert "上一轮已派，下一轮还没有开始" in why.missed.reason(ORDER).text
    assert why.last is not None
    assert why.last.batch.name == FIRST


def test_the_first_in_line_for_the_next_batch_says_so() -> None:
    batch = made.run(made.workspace()).batches[0]
    assert missed(batch, "D4").reason(ORDER).text.endswith("本科室第 1 轮排在下一批最前")


def test_an_unknown_batch_has_no_reasons() -> None:
    assert turn_why(made.run(made.workspace()), BatchName(2031, 1), "D1") is None


def test_another_reading_is_told_for_the_very_turn() -> None:
    workspace = made.workspace(DEFERRED)
    found = {(one.setting, one.value): one for one in other_readings(workspace, (2024,))}
    exchange = outcome_of(found["自动后延", "对调"], (1, "D4"))
    assert exchange.is_other
    assert exchange.batch == FIRST
    assert exchange.posting is not None
    assert exchange.posting.slot == 2
    assert not outcome_of(found["自动后延", "对调"], (1, "D1")).is_other


def test_the_turn_of_a_department_that_waits_is_the_waiting_one() -> None:
    result = made.run(made.workspace())
    why = turn_why(result, FIRST, "D9")
    assert why is not None
    assert turn_of(why) == (1, "D9")
    away = turn_why(result, SECOND, "D1")
    assert away is not None
    assert turn_of(away) is None


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.builds(
            lambda kind, name, batch: {
                "类型": kind,
                "日期": "2024-01-01" if kind == "拒派" else "2023-12-20",
                "科室": name,
                "批次": batch,
                **({"决定": "自动后延"} if kind == "后延" else {}),
            },
            st.sampled_from(["后延", "拒派"]),
            st.sampled_from([f"D{number}" for number in range(1, 10)]),
            st.sampled_from(["2024-1", "2024-2", "2024-3"]),
        ),
        max_size=5,
        unique_by=lambda one: (one["类型"], one["科室"], one["批次"]),
    )
)
def test_every_batch_before_a_posting_says_why_its_turn_waited(written: list[dict[str, str]]) -> None:
    result = made.run(made.workspace(*written))
    for name in (f"D{number}" for number in range(1, 10)):
        for held in postings_of(result, name):
            why = turn_why(result, held.batch.name, name)
            assert why is not None
            if held.posting.cycle == 1:
                before = [one.name for one in result.batches if one.name < held.batch.name]
                assert [one.batch.name for one in why.earlier] == before
            assert all(one.reason(ORDER).text for one in why.earlier)
            assert why.because


PEOPLE = made.department(
    "外科",
    {"姓名": "王五", "职称": "主治医师", "已服务月数": 3},
    {"姓名": "孙八", "职称": "主治医师"},
    {"姓名": "周九", "职称": "住院医师"},
    {"姓名": "吴十", "职称": "主治医师", "不可派": ({"起": "2024-02-01", "止": "2024-03-01", "原因": "产假"},)},
    {"姓名": "郑一", "职称": "主治医师"},
)


@pytest.mark.parametrize(
    ("who", "why"),
    [
        ("王五", "可派 3 人，排第 3：已服务 3 个月，孙八 0 个月"),
        ("周九", "职称不到中级，有中级以上的人可派时不建议"),
        ("吴十", "2024-02-01 至 2024-03-01 不可派（产假）"),
        ("郑一", "可派 3 人，排第 2：同为 0 个月，名单里在 孙八 后面"),
    ],
)
def test_a_person_who_is_not_proposed_is_told_why(who: str, why: str) -> None:
    workspace = made.workspace(departments=(PEOPLE,))
    result = made.run(workspace)
    [(department, person)] = people_named(workspace, who)
    told = person_why(workspace, result, department, person)
    first = next(one for one in told.not_sent if one.held.batch.name == FIRST)
    assert first.reason.text == why


def test_months_are_those_before_the_plan_and_of_every_posting() -> None:
    workspace = made.workspace(departments=(PEOPLE,))
    result = made.run(workspace)
    [(department, person)] = people_named(workspace, "王五")
    told = person_why(workspace, result, department, person)
    assert told.months == 3 + 3 * len(told.held)
    assert told.held
    assert {one.batch.name for one in told.held} & {one.held.batch.name for one in told.not_sent} == set()


def test_an_assignment_is_the_reason_why_somebody_else_went() -> None:
    chosen = {"类型": "指派", "日期": "2023-12-28", "批次": "2024-1", "科室": "外科", "人员": "郑一"}
    workspace = made.workspace(chosen, departments=(PEOPLE,), starts_on=date(2024, 1, 1))
    [(department, person)] = people_named(workspace, "孙八")
    told = person_why(workspace, made.run(workspace), department, person)
    assert told.not_sent[0].reason.text == "科室指派 郑一（2023-12-28）"


def test_where_nobody_has_the_rank_the_higher_one_goes_first_and_that_is_the_reason() -> None:
    low = made.department("外科", {"姓名": "甲"}, {"姓名": "乙", "职称": "住院医师", "已服务月数": 12})
    workspace = made.workspace(departments=(low,))
    why = person_why(workspace, made.run(workspace), low, low.people[0])

    assert why.not_sent[0].reason.text == "可派 2 人，排第 2：都不到中级，乙 职级更高（初级）"
