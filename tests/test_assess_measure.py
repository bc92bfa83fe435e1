"""What a row says happened: nothing is guessed, and every doubt names its cell."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from assess_support import E1, POLICY, changed, days, one, row, verdicts

from xiaxiang.model.indicator import AssessmentRules, Indicator
from xiaxiang.model.parameter import ALWAYS, Parameter
from xiaxiang.model.position import Places, Position


def _with(*indicators: dict[str, object]) -> object:
    assert POLICY.assessment is not None
    entries = tuple(Indicator.model_validate(one) for one in indicators)
    return changed(
        POLICY, assessment=AssessmentRules(indicators=entries, conclusions=POLICY.assessment.conclusions, clause="四")
    )


@pytest.mark.parametrize(
    ("cells", "column"),
    [({"出勤天数": None}, "出勤天数"), ({"查房次数": None}, "查房次数"), ({"授课日期": None}, "授课次数")],
)
def test_a_missing_cell_is_no_zero_and_no_pass_and_is_named(cells: dict[str, None], column: str) -> None:
    given = replace(row(**cells), row=5, places=Places("名册.csv", {"": (5, 1, 40), column: (5, 31, 33)}))
    person, appraisal, found = one(given)
    assert found == ["missing-value"]
    assert None in verdicts(person).values()
    assert (person.complete, person.unmet, person.allowance, person.certificate) == (False, None, None, None)
    assert (person.redispatch, person.net) == (None, None)
    assert (appraisal.totals.pending, appraisal.totals.paid) == (1, 0)


def test_the_finding_about_a_missing_cell_points_at_it_and_says_what_to_do() -> None:
    from assess_support import run  # noqa: PLC0415 - the finding itself, not only its code

    given = replace(row(出勤天数=None), row=5, places=Places("名册.csv", {"": (5, 1, 40), "出勤天数": (5, 31, 33)}))
    found = next(one for one in run(given)[1] if one.code == "missing-value")
    assert found.position == Position("名册.csv", 5, 31, 33)
    assert found.message == "张三（内科）的“出勤天数”没有填，考核待补"
    assert found.hint == "在名册第 5 行“出勤天数”一栏填上"
    assert found.is_error is False


def test_a_count_without_dates_is_open_where_an_interval_matters() -> None:
    person, _, _ = one(row(授课日期=None, 授课次数=4))
    assert verdicts(person)["授课"] is None
    assert [check.met for check in person.items[0].checks] == [True, None]


@pytest.mark.parametrize("count", [0, 1, 3])
def test_a_count_without_dates_fails_where_the_number_alone_decides(count: int) -> None:
    person, _, found = one(row(授课日期=None, 授课次数=count))
    assert verdicts(person)["授课"] is False
    assert found == []


def test_rounds_need_no_dates() -> None:
    person, _, _ = one(row(查房次数=8))
    assert verdicts(person)["查房"] is True


@pytest.mark.parametrize(("gap", "met"), [(6, False), (7, True), (8, True)])
def test_a_gap_of_exactly_seven_days_is_long_enough(gap: int, met: object) -> None:
    lectures = tuple(date.fromordinal(date(2024, 4, 8).toordinal() + gap * place) for place in range(4))
    person, _, _ = one(row(授课日期=lectures))
    assert verdicts(person)["授课"] is met


@pytest.mark.parametrize(("attended", "required", "met"), [(52, 65, True), (51, 65, False), (4, 5, True)])
def test_a_rate_is_compared_exactly(attended: int, required: int, met: object) -> None:
    person, _, _ = one(row(出勤天数=attended, 应出勤天数=required))
    assert verdicts(person)["考勤"] is met
    assert person.items[2].value == Fraction(attended, required)


def test_half_days_are_exact() -> None:
    person, _, _ = one(row(出勤天数=Fraction(99, 2), 应出勤天数=62))
    assert person.items[2].value == Fraction(99, 124)
    assert verdicts(person)["考勤"] is False


def test_the_rosters_own_required_days_win_and_say_so() -> None:
    person, appraisal, _ = one(row(出勤天数=52, 应出勤天数=65))
    assert person.items[2].facts == ("出勤天数 52", "应出勤天数 65（名册填写）", "52 ÷ 65 = 80.0%，要求至少 80%")
    assert "应出勤" not in [used.setting for used in appraisal.readings]


def test_dates_and_a_count_that_agree_are_taken_and_that_differ_are_an_error() -> None:
    agree, _, found = one(row(授课次数=4))
    differ, _, errors = one(row(授课次数=5))
    assert (verdicts(agree)["授课"], found) == (True, [])
    assert (verdicts(differ)["授课"], errors, differ.complete) == (None, ["count-differs"], False)


def test_a_day_outside_the_posting_is_not_counted_with_a_warning() -> None:
    person, _, found = one(row(授课日期=(*E1[:3], date(2024, 7, 1))))
    assert (person.items[0].value, found) == (3, ["session-outside"])


def test_a_day_that_stands_twice_is_one_session_with_a_warning() -> None:
    person, _, found = one(row(授课日期=(*E1[:3], E1[2])))
    assert (person.items[0].value, verdicts(person)["授课"], found) == (3, False, ["session-repeated"])


def test_the_order_in_which_days_are_typed_does_not_matter() -> None:
    assert one(row(授课日期=E1[::-1]))[0].items == one(row())[0].items


def test_more_days_attended_than_required_is_a_warning_and_passes() -> None:
    person, _, found = one(row(出勤天数=70))
    assert (verdicts(person)["考勤"], found) == (True, ["attended-beyond-required"])


def test_nothing_required_gives_no_rate() -> None:
    person, _, found = one(row(出勤天数=5, 应出勤天数=0))
    assert verdicts(person)["考勤"] is None
    assert "nothing-required" in found


@pytest.mark.parametrize(("value", "met"), [(2, False), (3, True), (5, True), (6, False)])
def test_a_value_is_taken_as_given_between_its_bounds(value: int, met: object) -> None:
    policy = _with({"名称": "义诊场次", "算法": "数值", "至少": "3", "至多": "5", "依据": "四"})
    person, _, _ = one(row(义诊场次=value), policy=policy)  # type: ignore[arg-type]
    assert verdicts(person) == {"义诊场次": met}


def test_days_are_counted_once_each_from_their_own_columns() -> None:
    policy = _with({"名称": "门诊", "算法": "天数", "至少": "3", "依据": "四"})
    person, _, _ = one(row(门诊日期=days("04-08", "04-09", "04-10")), policy=policy)  # type: ignore[arg-type]
    counted, _, _ = one(row(门诊天数=2), policy=policy)  # type: ignore[arg-type]
    assert (verdicts(person), verdicts(counted)) == ({"门诊": True}, {"门诊": False})


def test_a_bound_that_is_not_in_force_yet_is_said_and_nothing_is_assumed() -> None:
    assert POLICY.assessment is not None
    lecture, *rest = POLICY.assessment.indicators
    later = lecture.model_copy(update={"at_least": Parameter(((date(2025, 1, 1), Fraction(6)),), "四（二）")})
    policy = changed(POLICY, assessment=POLICY.assessment.model_copy(update={"indicators": (later, *rest)}))
    person, _, _ = one(row(), policy=policy)
    assert person.items[0].met is None
    assert person.items[0].facts == ("“至少”自 2025年1月1日 起施行",)
    assert person.complete is False


def test_the_newest_value_in_force_on_the_first_day_holds() -> None:
    assert POLICY.assessment is not None
    lecture, *rest = POLICY.assessment.indicators
    values = ((ALWAYS, Fraction(4)), (date(2024, 4, 1), Fraction(5)), (date(2024, 4, 2), Fraction(6)))
    newer = lecture.model_copy(update={"at_least": Parameter(values, "四（二）")})
    policy = changed(POLICY, assessment=POLICY.assessment.model_copy(update={"indicators": (newer, *rest)}))
    person, _, _ = one(row(), policy=policy)
    assert person.items[0].bound == 5
    assert person.items[0].met is False


def test_a_number_of_unmet_items_without_a_conclusion_is_an_error_and_leaves_the_person_open() -> None:
    assert POLICY.assessment is not None
    kept = tuple(one for one in POLICY.assessment.conclusions if one.unmet.on(date(2024, 4, 1)) != 1)
    policy = changed(POLICY, assessment=POLICY.assessment.model_copy(update={"conclusions": kept}))
    person, _, found = one(row(查房次数=7), policy=policy)
    assert (found, person.complete, person.unmet, person.net) == (["no-conclusion"], False, None, None)


def test_a_routine_nobody_understands_is_an_error() -> None:
    policy = _with({"名称": "查房", "算法": "次数", "至少": "8", "常规": "经常", "依据": "四"})
    _, _, found = one(row(), policy=policy)  # type: ignore[arg-type]
    assert found == ["bad-routine"]


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"授课日期": "四月某日"}, "bad-date"),
        ({"查房次数": Fraction(15, 2)}, "not-whole"),
        ({"出勤天数": "不少"}, "bad-number"),
    ],
)
def test_text_that_is_no_value_is_an_error_and_leaves_the_person_open(cells: dict[str, object], code: str) -> None:
    person, _, found = one(row(**cells))
    assert (found, person.complete) == ([code], False)


def test_a_number_written_as_text_is_read() -> None:
    person, _, found = one(row(出勤天数="60天", 授课日期=date(2024, 4, 8)))
    assert (person.items[2].fraction, found) == ((60, 62), [])
    assert person.items[0].value == 1


def test_days_times_months_need_an_allowance_to_take_them_from() -> None:
    policy = changed(POLICY, funding=type(POLICY.funding)())
    person, _, found = one(row(), policy=policy, 应出勤="每月天数")
    assert (verdicts(person)["考勤"], found) == (None, ["no-allowance-rule"])


def test_a_rate_over_other_columns_takes_both_from_the_sheet() -> None:
    policy = _with(
        {"名称": "建档", "算法": "比率", "分子": "建档人数", "分母": "应建档人数", "至少": "90%", "依据": "四"}
    )
    person, _, _ = one(row(建档人数=9, 应建档人数=10), policy=policy)  # type: ignore[arg-type]
    short, _, found = one(row(建档人数=9), policy=policy)  # type: ignore[arg-type]
    assert verdicts(person) == {"建档": True}
    assert (verdicts(short), found) == ({"建档": None}, ["missing-value"])
