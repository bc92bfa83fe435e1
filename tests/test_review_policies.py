"""What a second reader of the built-in policies asked for: both sides of a bound, cells in vain, reasons."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from assess_support import row, run
from hypothesis import given
from hypothesis import strategies as st

from xiaxiang.assess.limits import limits_of
from xiaxiang.load.policies import builtin_policies, load_policy
from xiaxiang.model.asked import asked_of
from xiaxiang.model.clause import numbers_of
from xiaxiang.model.indicator import IndicatorKind
from xiaxiang.model.number import decimal_text, percent_text
from xiaxiang.pipeline_table import add_other_readings, assess_file
from xiaxiang.render.text_readings import other_readings_text
from xiaxiang.render.text_subjects import subjects_text

if TYPE_CHECKING:
    from xiaxiang.model.policy import Policy
    from xiaxiang.pipeline_table import TableResult

SAFETY, CENTRES, CAMPAIGN = "安全生产工作方案", "公共卫生分中心管理办法", "城乡卫生手拉手活动方案"
PERFORMANCE = "乡镇卫生院绩效考核办法"


def policy_of(name: str) -> Policy:
    policy, _ = load_policy(name, Path())
    assert policy is not None
    return policy


def assessed(folder: Path, name: str, csv: str) -> TableResult:
    file = folder / "表.csv"
    file.write_text(csv, encoding="utf-8")
    return assess_file(file, policy_of(name), None)


def screen(result: TableResult) -> str:
    assert result.appraisal is not None
    return subjects_text("文件", result.appraisal, width=200)


def test_a_window_with_too_many_is_the_one_that_is_shown(tmp_path: Path) -> None:
    days = "2024-01-10；2024-02-10；2024-03-10；2024-04-10；2024-07-10；2024-10-10"
    result = assessed(tmp_path, SAFETY, f"单位,年度,类别,安全大检查日期\n甲,2024,乡镇政府,{days}\n")
    assert result.appraisal is not None
    item = next(one for one in result.appraisal.subjects[0].items if one.name == "安全大检查")

    assert (item.value, item.bound, item.met) == (3, 2, False)
    assert item.facts == ("4 个季度，最多的 3 次，要求至少 1 次、至多 2 次", "不符合的: 2024年一季度 3 次")


@pytest.mark.parametrize(("total", "met"), [(3, False), (4, None), (8, None), (9, False)])
def test_a_total_without_days_is_judged_only_where_no_spreading_would_do(
    tmp_path: Path, total: int, *, met: bool | None
) -> None:
    """One or two inspections in each of four quarters: 4 to 8 a year may be right, 3 and 9 cannot be."""
    result = assessed(tmp_path, SAFETY, f"单位,年度,类别,安全大检查次数\n甲,2024,乡镇政府,{total}\n")
    assert result.appraisal is not None
    item = next(one for one in result.appraisal.subjects[0].items if one.name == "安全大检查")

    assert item.met is met


def test_people_for_so_many_inhabitants_are_shown_as_such_and_not_in_per_cent(tmp_path: Path) -> None:
    csv = "单位,年度,公卫人员数,服务人口\n甲,2024,3,30001\n乙,2024,3,19999\n丙,2024,3,24000\n"
    told = screen(assessed(tmp_path, CENTRES, csv))

    assert "3/30001 0.99997 人每万人口 ×" in told
    assert "3/19999 1.5001 人每万人口 ×" in told
    assert "3/24000 1.25 人每万人口 √" in told
    assert "0.99997，要求至少 1 人每万人口、至多 1.5 人每万人口" in told


@given(st.fractions(0, 3), st.fractions(0, 3))
def test_a_number_is_never_shown_on_another_side_of_its_bound(value: Fraction, bound: Fraction) -> None:
    shown = Fraction(percent_text(value, bound).removesuffix("%")) / 100
    assert shown >= bound or value < bound or value - shown < Fraction(1, 10**6)
    assert shown <= bound or value > bound or shown - value < Fraction(1, 10**6)


def test_a_little_too_much_is_not_shown_as_the_bound() -> None:
    assert percent_text(Fraction("1.200003"), Fraction("1.2")) == "120.0003%"
    assert decimal_text(Fraction("1.50001"), Fraction("1.5")) == "1.50001"
    assert percent_text(Fraction("1.2"), Fraction("1.2")) == "120.0%"


def test_bounds_are_said_once_with_the_policys_unit_and_an_exact_one_as_such() -> None:
    assert limits_of(IndicatorKind.VALUE, Fraction(1), Fraction(2), "人").words == "，要求至少 1 人、至多 2 人"
    assert limits_of(IndicatorKind.VALUE, Fraction(1), Fraction(1), "人").words == "，要求正好 1 人"
    assert limits_of(IndicatorKind.RATE, Fraction(9, 10), None).words == "，要求至少 90%"
    assert limits_of(IndicatorKind.COUNT, Fraction(4), None).words == "，要求至少 4 次"
    assert limits_of(IndicatorKind.VALUE, None, None).words == ""


def test_a_cell_filled_in_for_nothing_is_told_with_the_word_that_was_probably_meant(tmp_path: Path) -> None:
    csv = "单位,类别,团队数,督导次数\n甲,名营医院,3,4\n乙,民营医院,1,4\n"
    result = assessed(tmp_path, CAMPAIGN, csv)
    told = [one for one in result.diagnostics if one.code == "nothing-applies"]

    assert [one.message for one in told] == ["甲的“团队数”填了，但“类别”写“名营医院”，这一行不看，没有考核"]
    assert told[0].hint.startswith("最接近的是“民营医院”")
    assert told[0].position.line == 2


def test_a_forgotten_word_is_told_and_what_does_not_concern_a_row_may_be_empty_or_zero(tmp_path: Path) -> None:
    csv = "单位,类别,团队数,体检人数\n甲,,3,\n乙,市直医院,5,\n丙,疾控中心,0,0\n"
    result = assessed(tmp_path, CAMPAIGN, csv)
    told = [one.message for one in result.diagnostics if one.code == "nothing-applies"]

    assert told == ["甲的“团队数”填了，但“类别”没有填，这一行不看，没有考核"]


def test_a_column_of_another_reading_is_not_filled_in_for_nothing(tmp_path: Path) -> None:
    csv = "姓名,月份,下乡天数,下乡次数,下乡月数\n张三,2024-03,5,2,1\n"
    assert assessed(tmp_path, "下基层外派人员补贴办法", csv).diagnostics == ()


def test_points_that_are_only_graded_have_no_tick_and_the_lowest_grade_says_what_was_missed(tmp_path: Path) -> None:
    csv = "单位,年度,考核总分,政府补助,绩效工资补助,职务补助\n甲,2024,60,1,1000000,1\n"
    told = screen(assessed(tmp_path, PERFORMANCE, csv))
    row = next(line for line in told.splitlines() if line.startswith(" 甲 "))

    assert "√" not in row
    assert "×" not in row
    assert "60 分，低于 65 分，不合格" in told
    assert "不低于 0 分" not in told


def test_footnotes_are_numbered_from_left_to_right(tmp_path: Path) -> None:
    csv = "单位,年度,考核总分,政府补助,绩效工资补助,职务补助\n甲,2024,60,1,1000000,1\n"
    told = screen(assessed(tmp_path, PERFORMANCE, csv))
    row = next(line for line in told.splitlines() if line.startswith(" 甲 "))
    marks = [char for char in row if "①" <= char <= "⑳"]

    assert marks == sorted(marks)
    assert marks[0] == "①"


def test_a_result_that_rests_on_no_reading_says_so(tmp_path: Path) -> None:
    csv = "单位,年度,考核总分,政府补助,绩效工资补助,职务补助\n甲,2024,60,1,1000000,1\n"
    result = add_other_readings(assessed(tmp_path, PERFORMANCE, csv))
    assert result.workspace is not None

    assert "没有用到可以换读法的条文" in other_readings_text(result.workspace, result.others)


def test_a_fixed_day_is_said_once(tmp_path: Path) -> None:
    csv = "单位,年度,类别,推荐人数,上报日期\n甲,2009,市州卫生局,1,2009-05-21\n"
    assert "期限 2009年5月20日；2009年5月21日交，迟 1 天" in screen(assessed(tmp_path, "优秀支农队员推荐办法", csv))


@pytest.mark.parametrize(
    ("name", "number", "shown"),
    [
        (CENTRES, ("考核 项目 人员配备", "至多"), "1.5 人每万人口"),
        ("医院年度工作计划", ("考核 项目 业务总收入增长", "至少"), "1.08 倍"),
        ("乡镇卫生院受援项目方案", ("考核 项目 受援覆盖率", "至少"), "自 2020-01-01 起 100%"),
        ("乡镇卫生院受援项目方案", ("活动 目标 一级甲等达标率", "数量"), "80%"),
        ("疫苗接种率指标", ("考核 项目 接种率", "至少"), "未定"),
    ],
)
def test_a_number_is_listed_in_its_own_unit(name: str, number: tuple[str, str], shown: str) -> None:
    found = {(one.section, one.name): one.values for one, _ in numbers_of(policy_of(name))}
    assert found[number] == (shown,)


@pytest.mark.parametrize("name", builtin_policies())
def test_what_every_item_asks_can_be_said_with_its_clause(name: str) -> None:
    policy = policy_of(name)
    for item in policy.assessment.indicators if policy.assessment else ():
        said = asked_of(policy, item)
        assert said.startswith(item.name)
        assert f"（{item.clause or (policy.assessment.clause if policy.assessment else '')}）" in said


@pytest.mark.parametrize(
    ("reading", "paid"), [("每天", Fraction(240)), ("每次", Fraction(120)), ("每月", Fraction(60))]
)
def test_travel_money_has_all_three_readings(tmp_path: Path, reading: str, paid: Fraction) -> None:
    """Ambiguity 19: 20 元 a day, a trip or a month; three months with 12 days in 6 trips."""
    csv = "姓名,季度,下乡天数,下乡次数,下乡月数\n张三,2024年一季度,12,6,3\n"
    result = add_other_readings(assessed(tmp_path, "下基层外派人员补贴办法", csv))
    assert result.appraisal is not None
    others = {one.value: one.changes[0].net[1] for one in result.others if one.setting == "交通费"}
    found = others | {"每天": sum(line.paid for line in result.appraisal.subjects[0].money)}

    assert found[reading] == (240 + paid) * 100


@pytest.mark.parametrize(("day", "early"), [("2024-06-22", True), ("2024-06-23", False), ("2024-07-20", False)])
def test_papers_are_taken_from_a_week_before_the_end_on_and_earlier_ones_are_told(day: str, *, early: bool) -> None:
    """A posting until 30 June opens on 23 June and never closes; an early paper changes no amount."""
    in_time, reviewed = date(2024, 6, 28), date(2024, 7, 3)
    appraisal, found = run(row(考核表交表日期=date.fromisoformat(day), 总结日期=in_time, 审核日期=reviewed))
    told = [one.message for one in found if one.code == "paper-early"]

    assert (len(told) == 1) is early
    assert all("任务考核表 2024年6月22日就交了，最早 2024年6月23日（结束前7天）" in one for one in told)
    assert [(one.release.state, one.net) for one in appraisal.people] == [("ready", 132_000)]
