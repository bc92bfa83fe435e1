"""Money: allowances, leave, release, sanctions and rewards; every line cites its clause."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from assess_support import (
    BATCH,
    E1,
    PAPERS,
    POLICY,
    YUAN,
    changed,
    days,
    event,
    one,
    paid,
    roster,
    row,
    run,
    verdicts,
    workspace,
)

from xiaxiang.assess import assess, redispatch_line, under_other_readings
from xiaxiang.model.batch import BatchName
from xiaxiang.model.parameter import Parameter

LEAVE = event("请假", 人员="张三", 起="2024-04-08", 止="2024-04-12", 受援单位批准="是")
LATER = days("04-15", "04-29", "05-13", "05-27")
BAD = {"授课日期": days("04-08", "04-22"), "查房次数": 5, "出勤天数": 40}


@pytest.mark.parametrize(
    ("reading", "fraction", "met"),
    [("计缺勤", (46, 62), False), ("计出勤", (51, 62), True), ("不计入应出勤", (46, 57), True)],
)
def test_approved_leave_counts_in_the_rate_as_the_reading_says(reading: str, fraction: object, met: object) -> None:
    person, appraisal, _ = one(row(授课日期=LATER, 出勤天数=46), LEAVE, 批准的假=reading)
    assert (person.items[2].fraction, person.items[2].met) == (fraction, met)
    assert ("批准的假", reading) in [(used.setting, used.value) for used in appraisal.readings]


def test_leave_counted_as_present_never_makes_more_than_required() -> None:
    person, _, _ = one(row(授课日期=LATER, 出勤天数=60), LEAVE, 批准的假="计出勤")
    assert person.items[2].fraction == (62, 62)


def test_against_calendar_days_leave_counts_in_calendar_days() -> None:
    long = {**LEAVE, "止": "2024-04-21"}
    person, _, _ = one(row(授课日期=LATER, 出勤天数=66), long, 批准的假="不计入应出勤", 应出勤="自然日")
    assert person.items[2].fraction == (66, 91 - 14)


def test_leave_that_two_entries_name_counts_once_and_only_within_the_posting() -> None:
    before = {**LEAVE, "起": "2024-03-25", "止": "2024-04-02"}
    person, _, _ = one(row(出勤天数=46), LEAVE, LEAVE, before, 批准的假="不计入应出勤")
    assert person.items[2].fraction == (46, 62 - 5 - 2)


@pytest.mark.parametrize(
    ("count", "reading", "required"), [("3", "自然日", 61), ("3", "工作日", 59), ("2.5", "工作日", Fraction(119, 2))]
)
def test_a_leave_given_by_its_length_is_counted_as_the_reading_says(
    count: str, reading: str, required: Fraction | int
) -> None:
    friday = event("请假", 人员="张三", 起="2024-04-12", 天数=count, 受援单位批准="是")
    person, _, _ = one(row(出勤天数=60), friday, 批准的假="不计入应出勤", 请假天数=reading)
    assert person.items[2].fraction == (60, required)


@pytest.mark.parametrize("approved", ["否", ""])
def test_leave_nobody_approved_changes_nothing(approved: str) -> None:
    written = {key: value for key, value in LEAVE.items() if key != "受援单位批准"}
    leave = {**written, "受援单位批准": approved} if approved else written
    person, appraisal, _ = one(row(出勤天数=46), leave, 批准的假="计出勤")
    assert person.items[2].fraction == (46, 62)
    assert "批准的假" not in [used.setting for used in appraisal.readings]


def test_leave_without_end_or_length_is_said_and_not_counted() -> None:
    open_end = {key: value for key, value in LEAVE.items() if key != "止"}
    person, _, found = one(row(出勤天数=46), open_end, 批准的假="计出勤")
    assert (person.items[2].fraction, found) == ((46, 62), ["leave-length-unknown"])


@pytest.mark.parametrize(
    ("readings", "due"),
    [
        ({}, 1320),
        ({"假期补助": "按天扣"}, 1220),
        ({"每月天数": "上限"}, 1020),  # 46 attended and 5 of leave, which is paid
        ({"每月天数": "上限", "假期补助": "按天扣"}, 920),  # 46 attended; the leave is not taken off twice
    ],
)
def test_leave_and_the_cap_on_days_together(readings: dict[str, str], due: int) -> None:
    person, _, _ = one(row(授课日期=LATER, 出勤天数=46), LEAVE, 批准的假="计出勤", **readings)
    assert person.allowance is not None
    assert person.allowance.due == due * YUAN


@pytest.mark.parametrize(
    ("start", "end", "reading", "due"),
    [
        (date(2024, 7, 1), date(2024, 10, 7), "固定三个月", 1320),
        (date(2024, 7, 1), date(2024, 10, 7), "按实际月数", 1460),
        (date(2024, 1, 2), date(2024, 3, 31), "按实际月数", 1320),
        (date(2025, 1, 6), date(2025, 4, 6), "按实际月数", 1340),
        (date(2024, 1, 31), date(2024, 4, 29), "按实际月数", 1320),
    ],
)
def test_a_whole_posting_is_paid_flat_or_by_its_months_and_days(start: date, end: date, reading: str, due: int) -> None:
    given = row(starts_on=start, ends_on=end, 授课日期=None, 授课次数=0, 应出勤天数=60)
    person, _, _ = one(given, 补助月数=reading)
    assert person.allowance is not None
    assert person.allowance.due == due * YUAN


def test_every_line_of_money_has_a_reason_with_its_clause() -> None:
    back = event("调回", 人员="张三", 起="2024-05-20", 止="2024-05-24")
    person, appraisal, _ = one(row(**BAD), back)
    department = appraisal.departments[0]
    assert person.allowance is not None
    sources = [reason.source for reason in (*person.allowance.reasons, *department.reward_reasons)]
    sources += [reason.source for reason in (*person.certificate_reasons, *person.redispatch_reasons)]
    sources += [charge.source for charge in (*person.sanctions, *department.sanctions)]
    assert {source.clause for source in sources if source} == {"四（五）", "四（三）", "四（六）", "三（六）"}
    assert None not in sources
    assert [used.setting for used in appraisal.readings if not used.source.clause] == []


# Release


@pytest.mark.parametrize(
    ("missing", "state"), [((), "ready"), (("下乡总结",), "held"), (("任务考核表", "医务部审核"), "held")]
)
def test_papers_hold_a_payment_back_and_never_change_it(missing: tuple[str, ...], state: str) -> None:
    columns = dict(zip(("任务考核表", "下乡总结", "医务部审核"), PAPERS, strict=True))
    handed_in = {column: date(2024, 6, 28) for paper, column in columns.items() if paper not in missing}
    appraisal, _ = run(row(**handed_in), columns=PAPERS)
    person = appraisal.people[0]
    assert (person.release.state, person.release.missing) == (state, missing)
    assert (paid(person), person.unmet) == (1320, 0)


def test_a_roster_without_any_of_the_papers_columns_says_so_once() -> None:
    ws = workspace(staff={"内科": ("张三", "李四")})
    appraisal, found = run(row(), row("李四"), ws=ws)
    assert [person.release.state for person in appraisal.people] == ["unknown", "unknown"]
    assert [(one.code, one.severity.value) for one in found] == [("release-unknown", "note")]


# Sanctions


@pytest.mark.parametrize(
    ("first", "last", "working_days"),
    [("05-17", "05-17", 1), ("05-17", "05-19", 1), ("05-17", "05-20", 2), ("05-10", "05-13", 3), ("05-01", "05-05", 0)],
)
def test_a_recall_costs_its_working_days_by_the_calendar(first: str, last: str, working_days: int) -> None:
    back = event("调回", 人员="张三", 起=f"2024-{first}", 止=f"2024-{last}")
    person, appraisal, _ = one(row(), back)
    assert sum(charge.amount for charge in person.sanctions) == 40 * YUAN * working_days
    assert appraisal.departments[0].sanction_total == 40 * YUAN * working_days


def test_halves_of_an_odd_sum_add_up_to_the_whole() -> None:
    assert POLICY.funding.recall is not None
    odd = POLICY.funding.recall.model_copy(update={"per_working_day": Parameter(((date.min, 4001),), "三（六）")})
    policy = changed(POLICY, funding=POLICY.funding.model_copy(update={"recall": odd}))
    back = event("调回", 人员="张三", 起="2024-05-17", 止="2024-05-17")
    person, appraisal, _ = one(row(), back, policy=policy, 召回处罚="合计一份")
    assert [charge.amount for charge in person.sanctions] == [2000]
    assert appraisal.departments[0].sanction_total == 2001


def test_an_event_that_may_mean_two_people_is_reported_and_touches_neither() -> None:
    ws = workspace(
        event("调回", 人员="张三", 起="2024-05-17", 止="2024-05-17"), staff={"内科": ("张三",), "外科": ("张三",)}
    )
    appraisal, found = run(row(), row("张三", "外科"), ws=ws)
    assert [person.sanctions for person in appraisal.people] == [(), ()]
    assert [(one.code, one.left_out) for one in found if one.is_error] == [
        ("ambiguous-person", "变动登记第 1 条（调回）")
    ]


def test_an_event_with_its_department_means_that_one() -> None:
    ws = workspace(
        event("调回", 人员="张三", 科室="外科", 起="2024-05-17", 止="2024-05-17"),
        staff={"内科": ("张三",), "外科": ("张三",)},
    )
    appraisal, _ = run(row(), row("张三", "外科"), ws=ws)
    assert [len(person.sanctions) for person in appraisal.people] == [0, 1]


# Rewards


def test_a_reward_rests_on_having_been_dispatched_also_while_an_item_is_open() -> None:
    _, appraisal, _ = one(row(出勤天数=None))
    assert (appraisal.departments[0].reward, appraisal.departments[0].pending) == (1000 * YUAN, ())


def test_a_reward_that_depends_on_the_items_waits_for_them() -> None:
    _, appraisal, _ = one(row(出勤天数=None), 全未完成奖励="不发")
    assert (appraisal.departments[0].reward, appraisal.departments[0].pending) == (0, ("张三（内科）",))


def test_one_flat_reward_a_department_is_paid_for_each_batch() -> None:
    ws = workspace(staff={"内科": ("张三", "李四", "王五")}, readings={"科室奖励": "按科室"})
    later = {"starts_on": date(2024, 7, 1), "ends_on": date(2024, 10, 7)}
    rows = (row(), row("李四"), row("王五", 授课日期=None, 授课次数=0, **later))
    appraisal, _ = run(*rows, ws=ws)
    assert appraisal.departments[0].reward == 2000 * YUAN


def test_a_flat_reward_does_not_wait_for_one_person_where_another_earned_it() -> None:
    ws = workspace(staff={"内科": ("张三", "李四")}, readings={"科室奖励": "按科室", "全未完成奖励": "不发"})
    appraisal, _ = run(row(), row("李四", 出勤天数=None), ws=ws)
    assert (appraisal.departments[0].reward, appraisal.departments[0].pending) == (1000 * YUAN, ())


def test_departments_stand_in_the_plans_order_under_their_present_names() -> None:
    appraisal, _ = run(row("李四", "外科"), row(), row("王五", "别科"), ws=workspace())
    assert [one.name for one in appraisal.departments] == ["内科", "外科", "别科"]


def test_an_allowance_that_is_not_in_force_leaves_the_person_open() -> None:
    assert POLICY.funding.allowance is not None
    later = POLICY.funding.allowance.model_copy(update={"per_day": Parameter(((date(2025, 1, 1), 2000),), "四（五）")})
    policy = changed(POLICY, funding=POLICY.funding.model_copy(update={"allowance": later}))
    person, _, found = one(row(), policy=policy)
    assert (person.complete, person.allowance, found) == (False, None, ["not-in-force"])


def test_a_policy_without_money_still_gives_verdicts() -> None:
    policy = changed(POLICY, funding=type(POLICY.funding)())
    person, appraisal, found = one(row(**BAD), policy=policy)
    assert (person.unmet, person.complete, person.allowance, person.net) == (3, True, None, 0)
    assert (person.release.state, appraisal.departments[0].reward, found) == ("ready", 0, [])


# Going again, and other readings


def test_the_line_to_go_again_names_the_batch_after_the_assessed_one() -> None:
    person, appraisal, _ = one(row(batch=BATCH, **BAD))
    line = redispatch_line(person, workspace())
    assert line == "- {类型: 重新下乡, 日期: 2024-06-30, 批次: 2024-3, 科室: 内科, 人员: 张三}"
    assert appraisal.people[0].redispatch_reasons[0].text == "3 项未完成（授课、查房、考勤），安排重新下乡"


@pytest.mark.parametrize(
    ("batch", "starts_on", "ends_on", "expected"),
    [
        (BatchName(2024, 4), date(2024, 10, 8), date(2025, 1, 5), "2025-1"),
        (None, date(2024, 4, 1), date(2024, 6, 30), "2024-3"),
        (None, date(2023, 12, 29), date(2024, 3, 31), "2024-2"),
    ],
)
def test_without_a_batch_the_first_day_served_tells_which_it_was(
    batch: BatchName | None, starts_on: date, ends_on: date, expected: str
) -> None:
    bad = row(batch=batch, starts_on=starts_on, ends_on=ends_on, 授课日期=None, 授课次数=0, 查房次数=0, 出勤天数=0)
    person, _, _ = one(bad)
    assert f"批次: {expected}," in redispatch_line(person, workspace())


def test_names_that_yaml_would_misread_are_quoted() -> None:
    person, _, _ = one(row('a: "b"', **BAD))
    assert redispatch_line(person, workspace()).endswith('人员: "a: \\"b\\""}')


def test_other_readings_say_who_changes_and_by_how_much() -> None:
    close = row(授课日期=days("04-08", "04-12", "05-06", "05-20", "06-03"))
    found = {
        (one.setting, one.value): one.changes
        for one in under_other_readings(workspace(), roster(close, row("李四", "外科")), None)
    }
    gaps = {value: changes for (name, value), changes in found.items() if name == "授课间隔"}
    assert {value: [(one.person, one.unmet, one.difference) for one in changes] for value, changes in gaps.items()} == {
        "全部间隔": [("张三", (1, 0), 440 * YUAN)],
        "剔除过近": [("张三", (1, 0), 440 * YUAN)],
    }
    assert found["应出勤", "每月天数"] == ()
    both = found["科室奖励", "科室与个人各一份"]
    assert [(one.department, one.person, one.difference) for one in both] == [
        ("内科", "张三", 1000 * YUAN),
        ("外科", "李四", 1000 * YUAN),
    ]


def test_only_readings_that_the_run_rests_on_are_listed() -> None:
    appraisal, _ = run(row(授课日期=None, 授课次数=2, 应出勤天数=62))
    used = {one.setting for one in appraisal.readings}
    assert used == {"科室奖励", "补助月数", "每月天数"}


def test_a_reading_of_the_plan_is_marked_as_the_plans_own() -> None:
    ws = workspace(readings={"授课间隔": "每次间隔都不足才不合格"})
    appraisal, _ = assess(ws, roster(row(授课日期=E1)), None)
    gap = next(used for used in appraisal.readings if used.setting == "授课间隔")
    assert (gap.value, gap.chosen_by_plan, gap.source.clause) == ("全部间隔", True, "四（二）")
    assert verdicts(appraisal.people[0])["授课"] is True


def test_the_cap_on_days_needs_the_days_attended() -> None:
    assert POLICY.assessment is not None
    kept = POLICY.assessment.indicators[:2]
    policy = changed(POLICY, assessment=POLICY.assessment.model_copy(update={"indicators": kept}))
    person, _, found = one(row(出勤天数=None), policy=policy, 每月天数="上限")
    assert (person.complete, person.allowance, found) == (False, None, ["missing-value"])


def _later(name: str, section: str, clause: str) -> object:
    """Return S05 with one amount of its funding in force from 2025 on only."""
    found = getattr(POLICY.funding, section)
    later = found.model_copy(update={name: Parameter(((date(2025, 1, 1), 4000),), clause)})
    return changed(POLICY, funding=POLICY.funding.model_copy(update={section: later}))


def test_a_recall_before_its_sanction_came_into_force_is_said_and_costs_nothing() -> None:
    back = event("调回", 人员="张三", 起="2024-05-20", 止="2024-05-24")
    policy = _later("per_working_day", "recall", "三（六）")
    person, _, found = one(row(), back, policy=policy)  # type: ignore[arg-type]
    assert (person.sanctions, found) == ((), ["no-recall-rate"])


def test_a_reward_that_is_not_in_force_yet_is_said_and_not_paid() -> None:
    policy = _later("per_person", "department_reward", "四（六）")
    _, appraisal, found = one(row(), policy=policy)  # type: ignore[arg-type]
    assert (appraisal.departments[0].reward, appraisal.departments[0].people, found) == (0, 1, ["not-in-force"])


def test_a_conclusion_that_is_not_in_force_yet_leaves_the_person_open() -> None:
    assert POLICY.assessment is not None
    first, *rest = POLICY.assessment.conclusions
    later = first.model_copy(update={"certificate": Parameter(((date(2025, 1, 1), "填写"),), "四（四）")})
    conclusions = POLICY.assessment.model_copy(update={"conclusions": (later, *rest)})
    person, _, found = one(row(), policy=changed(POLICY, assessment=conclusions))
    assert (person.complete, found) == (False, ["not-in-force"])


@pytest.mark.parametrize(("reading", "amount"), [("每批一次", 2000), ("按未派人数", 4000)])
def test_without_a_schedule_a_refusal_costs_once_a_batch_or_by_the_people_not_sent(reading: str, amount: int) -> None:
    rotation = POLICY.rotation.model_copy(update={"people_per_turn": Parameter(((date.min, 2),), "三（一）")})
    refusal = event("拒派", 批次="2024-2", 科室="外科")
    _, appraisal, _ = one(
        row(batch=BATCH), refusal, refusal, policy=changed(POLICY, rotation=rotation), 拒派处罚=reading
    )
    assert {one.name: one.sanction_total for one in appraisal.departments} == {"内科": 0, "外科": amount * YUAN}


def test_half_a_day_of_allowance_is_paid_to_the_fen() -> None:
    person, _, _ = one(row(出勤天数=Fraction(101, 2)), 每月天数="上限")
    assert person.allowance is not None
    assert person.allowance.due == 1010 * YUAN
