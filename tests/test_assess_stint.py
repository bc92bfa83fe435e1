"""Which days a person served: the sheet, the schedule and 变动登记 together."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from assess_support import BATCH, E1, END, START, YUAN, days, event, one, paid, roster, row, run, verdicts, workspace
from schedule_support import workspace as planned

from xiaxiang.assess import assess
from xiaxiang.schedule import schedule

if TYPE_CHECKING:
    from xiaxiang.model.appraisal import PersonAppraisal
    from xiaxiang.model.roster import RosterRow

CHANGE = event("意外", 批次="2024-2", 科室="内科", 人员="张三", 接替人员="李四")
FIRST = {"授课日期": days("04-08", "04-22"), "查房次数": 4, "出勤天数": 23}
SECOND = {"授课日期": days("05-20", "06-03"), "查房次数": 4, "出勤天数": 27}


def _pair(reading: str, department: str = "内科", **readings: str) -> tuple[PersonAppraisal, PersonAppraisal, dict]:
    change = {**CHANGE, "日期": "2024-05-13", "接替科室": department}
    ws = workspace(change, readings={"中途换人考核": reading, **readings})
    rows = (row(batch=BATCH, **FIRST), row("李四", department, batch=BATCH, **SECOND))
    appraisal, _ = run(*rows, ws=ws)
    return (*appraisal.people, {one.name: one for one in appraisal.departments})  # type: ignore[return-value]


def test_after_a_change_each_is_held_to_the_weeks_served_rounded_down() -> None:
    before, after, _ = _pair("按在岗周数折算")
    assert [(item.bound, item.met) for item in before.items[:2]] == [(1, True), (3, True)]  # 4×6÷13, 8×6÷13
    assert [(item.bound, item.met) for item in after.items[:2]] == [(2, True), (4, True)]  # 4×7÷13, 8×7÷13
    assert (before.starts_on, before.ends_on) == (START, date(2024, 5, 12))
    assert (after.starts_on, after.ends_on) == (date(2024, 5, 13), END)


def test_unscaled_thresholds_stay_as_they_are() -> None:
    before, after, _ = _pair("不折算")
    assert [item.met for item in (*before.items[:2], *after.items[:2])] == [False] * 4


def test_counted_together_both_have_the_sessions_and_days_of_both() -> None:
    before, after, _ = _pair("与前任合并")
    assert [item.value for item in before.items] == [item.value for item in after.items]
    assert [item.value for item in before.items[:2]] == [4, 8]
    assert before.items[2].fraction == (50, 62)
    assert [item.met for item in before.items] == [True] * 3


def test_counting_together_without_the_other_row_leaves_the_items_open() -> None:
    ws = workspace({**CHANGE, "日期": "2024-05-13"}, readings={"中途换人考核": "与前任合并"})
    appraisal, found = run(row(batch=BATCH, **FIRST), ws=ws)
    assert set(verdicts(appraisal.people[0]).values()) == {None}
    assert "partner-missing" in [one.code for one in found]


def test_a_posting_cut_short_is_paid_by_full_months_then_days() -> None:
    before, after, _ = _pair("按在岗周数折算")
    due = [person.allowance.due for person in (before, after) if person.allowance]
    assert due == [680 * YUAN, 800 * YUAN]  # 22 + 12 days, 22 + 18 days, at 20


def test_a_deduction_never_takes_more_than_is_due() -> None:
    before, _, _ = _pair("不折算")
    allowance = before.allowance
    assert allowance is not None
    assert (allowance.due, allowance.deducted, allowance.paid) == (680 * YUAN, 680 * YUAN, 0)


@pytest.mark.parametrize(
    ("reading", "first", "second"), [("按天数", 46_153, 53_847), ("原科室", 100_000, 0), ("接替科室", 0, 100_000)]
)
def test_the_reward_of_a_shared_slot_adds_up_to_the_whole(reading: str, first: int, second: int) -> None:
    _, _, departments = _pair("按在岗周数折算", "外科", 换人归属=reading)
    assert (departments["内科"].reward, departments["外科"].reward) == (first, second)


def test_within_one_department_a_shared_slot_brings_one_reward() -> None:
    _, _, departments = _pair("按在岗周数折算")
    assert departments["内科"].reward == 1000 * YUAN
    assert departments["内科"].people == 2


def test_three_people_in_one_slot_share_one_reward_exactly() -> None:
    changes = (
        event("意外", 批次="2024-2", 科室="内科", 人员="张三", 接替人员="李四", 接替科室="外科"),
        event("意外", 批次="2024-2", 科室="外科", 人员="李四", 接替人员="王五", 接替科室="骨科"),
    )
    ws = workspace(changes[0], {**changes[1], "日期": "2024-06-03"})
    rows = [row(name, unit, batch=BATCH) for name, unit in (("张三", "内科"), ("李四", "外科"), ("王五", "骨科"))]
    appraisal, _ = run(*rows, ws=ws)
    assert sum(one.reward for one in appraisal.departments) == 1000 * YUAN
    assert [(one.starts_on, one.ends_on) for one in appraisal.people] == [
        (START, date(2024, 4, 30)),
        (date(2024, 5, 1), date(2024, 6, 2)),
        (date(2024, 6, 3), END),
    ]


def test_rows_that_give_only_their_own_part_are_joined_to_the_whole_posting() -> None:
    ws = workspace({**CHANGE, "日期": "2024-05-13"})
    parts = (
        row(batch=BATCH, ends_on=date(2024, 5, 12), **FIRST),
        row("李四", batch=BATCH, starts_on=date(2024, 5, 13), **SECOND),
    )
    whole = (row(batch=BATCH, **FIRST), row("李四", batch=BATCH, **SECOND))
    outcome = [[person.items for person in run(*rows, ws=ws)[0].people] for rows in (parts, whole)]
    assert outcome[0] == outcome[1]


def test_without_a_substitute_the_first_department_keeps_the_reward() -> None:
    person, appraisal, _ = one(row(batch=BATCH, **FIRST), {**CHANGE, "日期": "2024-05-13", "接替人员": ""})
    assert person.ends_on == date(2024, 5, 12)
    assert appraisal.departments[0].reward == 1000 * YUAN


def test_an_approved_recall_shortens_the_stint_and_is_no_sanction() -> None:
    back = event("调回", 人员="张三", 起="2024-06-03", 止="2024-06-30", 院领导批准="是")
    person, _, _ = one(row(授课日期=days("04-08", "04-22"), 查房次数=5, 出勤天数=40), back)
    assert [item.bound for item in person.items[:2]] == [2, 5]  # 9 of 13 weeks
    assert (paid(person), person.sanctions, person.unmet) == (920, (), 0)


def test_sessions_during_an_approved_recall_do_not_count() -> None:
    back = event("调回", 人员="张三", 起="2024-05-06", 止="2024-05-12", 院领导批准="是")
    person, _, found = one(row(授课日期=E1, 出勤天数=50), back)
    assert (person.items[0].value, found) == (3, ["session-outside"])


def test_a_change_of_another_batch_does_not_touch_this_one() -> None:
    person, _, _ = one(row(batch=BATCH), {**CHANGE, "日期": "2024-05-13", "批次": "2024-1"})
    assert (person.starts_on, person.ends_on, person.notes) == (START, END, ())


def test_a_row_without_any_posting_is_incomplete_and_says_what_to_fill_in() -> None:
    person, appraisal, found = one(row(starts_on=None, ends_on=None))
    assert (person.complete, person.items, person.notes) == (False, (), ("派驻起止不明",))
    assert (found, appraisal.totals.pending, appraisal.departments) == (["posting-unknown"], 1, ())


def test_a_posting_of_a_thousand_years_is_a_slip_and_costs_no_time() -> None:
    person, _, found = one(row(ends_on=date(3024, 6, 30)))
    assert (person.complete, found) == (False, ["posting-too-long"])


def test_days_at_the_end_of_the_calendar_do_not_break_anything() -> None:
    person, _, found = one(row(starts_on=date(9999, 10, 1), ends_on=date(9999, 12, 31)))
    assert (person.complete, found) == (False, ["posting-too-long"])


# With a schedule


def _scheduled(*events: dict[str, str], rows: tuple[RosterRow, ...]) -> tuple:
    names = ("内科", "外科", "骨科", "儿科", "眼科", "口腔科", "皮肤科", "妇产科", "中医科")
    ws = planned(*events, names=names, starts_on=date(2024, 4, 1))
    return assess(ws, roster(*rows), schedule(ws, (2024,)))


def test_the_schedule_gives_the_days_and_the_batch_that_a_row_leaves_out() -> None:
    bare = replace(row("内科甲"), starts_on=None, ends_on=None)
    appraisal, found = _scheduled(rows=(bare,))
    person = appraisal.people[0]
    assert (person.batch, person.starts_on, person.ends_on) == (BATCH, START, END)
    assert [one.code for one in found] == ["release-unknown"]


def test_a_row_that_differs_from_the_schedule_is_a_warning_and_the_row_holds() -> None:
    appraisal, found = _scheduled(rows=(row("内科甲", batch=BATCH, ends_on=date(2024, 6, 28)),))
    assert appraisal.people[0].ends_on == date(2024, 6, 28)
    assert "roster-differs" in [one.code for one in found if not one.is_error]


def test_somebody_whom_the_schedule_did_not_send_is_a_warning_and_is_assessed() -> None:
    appraisal, found = _scheduled(rows=(row("内科乙", batch=BATCH),))
    assert appraisal.people[0].complete
    assert "roster-differs" in [one.code for one in found]


def test_the_scheduled_parts_of_a_split_slot_are_scaled_by_the_whole_batch() -> None:
    change = event("意外", 批次="2024-2", 科室="内科", 人员="内科甲", 接替人员="内科乙")
    bare = replace(row("内科乙", batch=BATCH, **SECOND), starts_on=None, ends_on=None)
    appraisal, _ = _scheduled({**change, "日期": "2024-05-13"}, rows=(bare,))
    person = appraisal.people[0]
    assert (person.starts_on, person.ends_on) == (date(2024, 5, 13), END)
    assert [item.bound for item in person.items[:2]] == [2, 4]


def test_a_refusal_costs_the_department_what_the_schedule_says_for_the_assessed_batches_only() -> None:
    refusals = (
        event("拒派", 批次="2024-2", 科室="外科"),
        event("拒派", 批次="2024-3", 科室="骨科"),
    )
    appraisal, _ = _scheduled(*refusals, rows=(row("内科甲", batch=BATCH),))
    assert {one.name: one.sanction_total for one in appraisal.departments} == {"内科": 0, "外科": 2000 * YUAN}
    assert [charge.source.clause for one in appraisal.departments for charge in one.sanctions] == ["四（六）"]
