"""Comparing schedules, and the other readings beside the one in force."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from schedule_support import run, workspace
from test_schedule_properties import Case, cases

from xiaxiang.model.batch import BatchName
from xiaxiang.schedule import compare, other_readings, schedule

DEFERRAL = {"类型": "后延", "日期": "2023-12-20", "科室": "D2", "决定": "自动后延"}
REFUSAL = {"类型": "拒派", "日期": "2024-03-20", "科室": "D5", "批次": "2024-2"}


def test_a_schedule_does_not_differ_from_itself() -> None:
    ws = workspace(DEFERRAL, REFUSAL)
    assert compare(run(ws), run(ws)).is_empty


def test_a_comparison_says_which_slots_change_who_moves_and_why() -> None:
    found = compare(run(workspace()), run(workspace(DEFERRAL, REFUSAL)))
    first_two = [
        (str(one.batch), one.slot, one.before[0].department, one.after[0].department) for one in found.slots[:2]
    ]
    assert first_two == [
        ("2024-1", 2, "D2", "D3"),
        ("2024-1", 3, "D3", "D4"),
    ]
    assert any("D2 2023-12-20 批准后延" in reason.text for reason in found.slots[0].because)
    moves = {one.department: (one.before, one.after) for one in found.moves}
    first, second, third, fourth = (BatchName(2024, number) for number in (1, 2, 3, 4))
    assert moves["D2"] == ((first, fourth), (second, fourth))
    assert moves["D5"] == ((second,), (third,))
    assert "D1" not in moves
    assert {one.code for one in found.new_notices} >= {"deferral-used", "refusal"}
    assert [(one.department, one.amount) for one in found.new_sanctions] == [("D5", 200000)]
    assert (found.gone_notices, found.gone_sanctions) == ((), ())


@settings(max_examples=30, deadline=None)
@given(cases(), cases())
def test_a_comparison_read_backwards_says_the_opposite(one: Case, other: Case) -> None:
    before, after = (schedule(case.workspace(), (2024,)) for case in (one, other))
    there, back = compare(before, after), compare(after, before)
    assert [(each.batch, each.slot, each.before, each.after) for each in there.slots] == [
        (each.batch, each.slot, each.after, each.before) for each in back.slots
    ]
    assert (there.new_notices, there.gone_notices) == (back.gone_notices, back.new_notices)
    assert (there.new_sanctions, there.gone_sanctions) == (back.gone_sanctions, back.new_sanctions)
    assert {(each.department, each.before, each.after) for each in there.moves} == {
        (each.department, each.after, each.before) for each in back.moves
    }


def test_each_reading_in_force_is_shown_beside_its_other_values_and_what_they_change() -> None:
    found = other_readings(workspace(DEFERRAL), (2024,))
    shown = {(one.setting, one.value): one.comparison for one in found}
    assert set(shown) == {
        ("遇节假日", "下一个周一"),
        ("遇节假日", "提前"),
        ("遇节假日", "不变"),
        ("自动后延", "对调"),
        ("中级为主", "全部"),
    }
    assert [(str(one.batch), one.slot, one.after[0].department) for one in shown["自动后延", "对调"].slots] == [
        ("2024-1", 2, "D4"),
        ("2024-1", 3, "D3"),
    ]
    assert {str(one.after[0].starts_on) for one in shown["遇节假日", "提前"].slots if one.batch.number == 1} == {
        "2023-12-29"
    }
    assert shown["中级为主", "全部"].is_empty
    assert {one.source.clause for one in found if one.setting == "自动后延"} == {"三（二）"}


def test_what_another_reading_gives_is_what_the_plan_gives_when_it_says_so() -> None:
    ws = workspace(DEFERRAL, REFUSAL, {**REFUSAL, "批次": "2024-3"})
    for one in other_readings(ws, (2024,)):
        said = replace(ws, plan=ws.plan.model_copy(update={"readings": {one.setting: one.value}}))
        assert compare(run(ws), run(said)) == one.comparison
