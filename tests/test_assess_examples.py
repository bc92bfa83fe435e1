"""The worked examples E1–E9, each under every reading that it separates."""

from __future__ import annotations

import pytest
from assess_support import E1, E2, E3, E3B, E4, YUAN, days, event, one, paid, row, run, verdicts, workspace

GAPS = ("任一间隔", "全部间隔", "剔除过近")


def test_e1_all_three_met_pays_1320_and_the_certificate_is_filled_in() -> None:
    person, appraisal, found = one(row())
    assert verdicts(person) == {"授课": True, "查房": True, "考勤": True}
    assert (person.unmet, paid(person), person.certificate, person.redispatch) == (0, 1320, True, False)
    assert appraisal.departments[0].reward == 1000 * YUAN
    assert found == []


@pytest.mark.parametrize(
    ("lectures", "reading", "met", "pay"),
    [
        (E2, "任一间隔", False, 880),
        (E2, "全部间隔", True, 1320),
        (E2, "剔除过近", False, 880),
        (E3, "任一间隔", False, 880),
        (E3, "全部间隔", True, 1320),
        (E3, "剔除过近", True, 1320),
        *((E3B, reading, False, 880) for reading in GAPS),
        *((E4, reading, True, 1320) for reading in GAPS),
    ],
)
def test_e2_to_e4_close_lectures_by_reading(lectures: object, reading: str, met: object, pay: int) -> None:
    person, _, _ = one(row(授课日期=lectures, 查房次数=8), 授课间隔=reading)
    assert verdicts(person)["授课"] is met
    assert paid(person) == pay
    assert person.certificate is True


def test_e4_falling_behind_the_routine_is_a_warning_and_fails_nothing() -> None:
    person, _, _ = one(row(授课日期=E4, 查房次数=8))
    assert person.unmet == 0
    assert person.items[0].warnings == (
        "常规每两周一次：91 天应有 6 次，实有 4 次；最后一次 5月13日，距派驻结束 48 天",
    )
    assert person.items[1].warnings == ("常规每周一次：91 天应有 13 次，实有 8 次",)


@pytest.mark.parametrize(
    ("reading", "required", "fewest"), [("工作日", 62, 50), ("每月天数", 66, 53), ("自然日", 91, 73)]
)
def test_e5_the_denominator_decides_how_many_days_are_enough(reading: str, required: int, fewest: int) -> None:
    enough, _, _ = one(row(出勤天数=fewest), 应出勤=reading)
    short, _, _ = one(row(出勤天数=fewest - 1), 应出勤=reading)
    assert enough.items[2].fraction == (fewest, required)
    assert (verdicts(enough)["考勤"], paid(enough)) == (True, 1320)
    assert (verdicts(short)["考勤"], paid(short)) == (False, 880)


@pytest.mark.parametrize(("reading", "pay"), [("工作日", 1320), ("每月天数", 880), ("自然日", 880)])
def test_e5_fifty_days_pass_only_against_working_days(reading: str, pay: int) -> None:
    person, appraisal, _ = one(row(出勤天数=50), 应出勤=reading)
    assert paid(person) == pay
    assert ("应出勤", reading) in [(used.setting, used.value) for used in appraisal.readings]


def test_e6_two_unmet_keep_440_and_the_certificate_is_withheld() -> None:
    person, appraisal, _ = one(row(授课日期=days("04-08", "04-22", "05-06"), 查房次数=7))
    assert verdicts(person) == {"授课": False, "查房": False, "考勤": True}
    assert (person.unmet, paid(person), person.certificate, person.redispatch) == (2, 440, False, False)
    assert (appraisal.departments[0].reward, appraisal.departments[0].sanction_total) == (1000 * YUAN, 0)


@pytest.mark.parametrize(("reading", "reward"), [("照发", 1000), ("不发", 0)])
def test_e7_three_unmet_cost_the_department_500_and_send_the_person_again(reading: str, reward: int) -> None:
    bad = row(授课日期=days("04-08", "04-22"), 查房次数=5, 出勤天数=40)
    person, appraisal, _ = one(bad, 全未完成奖励=reading)
    assert (person.unmet, paid(person), person.certificate, person.redispatch) == (3, 440, False, True)
    department = appraisal.departments[0]
    assert (department.reward, department.sanction_total) == (reward * YUAN, 500 * YUAN)
    assert [charge.source.clause for charge in department.sanctions] == ["四（三）"]


@pytest.mark.parametrize(("reading", "person_pays", "department_pays", "net"), [
    ("各处一份", 200, 200, 1120), ("合计一份", 100, 100, 1220),
])  # fmt: skip
def test_e8_five_working_days_of_unapproved_recall(
    reading: str, person_pays: int, department_pays: int, net: int
) -> None:
    back = event("调回", 人员="张三", 起="2024-05-20", 止="2024-05-24")
    person, appraisal, _ = one(row(出勤天数=55), back, 召回处罚=reading)
    assert person.unmet == 0
    assert sum(charge.amount for charge in person.sanctions) == person_pays * YUAN
    assert appraisal.departments[0].sanction_total == department_pays * YUAN
    assert person.net == net * YUAN


@pytest.mark.parametrize(
    ("reading", "department", "each"), [("按人数", 2000, 0), ("按科室", 1000, 0), ("科室与个人各一份", 1000, 1000)]
)
def test_e9_two_people_of_one_department(reading: str, department: int, each: int) -> None:
    ws = workspace(staff={"内科": ("张三", "李四")}, readings={"科室奖励": reading})
    appraisal, _ = run(row(), row("李四", 授课日期=E1), ws=ws)
    assert appraisal.departments[0].reward == department * YUAN
    assert [person.reward_share for person in appraisal.people] == [each * YUAN] * 2
    assert [person.net for person in appraisal.people] == [(1320 + each) * YUAN] * 2
