"""What cases cannot say of the policies about performance, the hand-in-hand campaign, immunisation and inspectors."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaxiang.assess.table import assess_table
from xiaxiang.check.policy import check_policy
from xiaxiang.load.policies import load_policy
from xiaxiang.model.parameter import Parameter
from xiaxiang.model.roster import CellValue, Roster, RosterRow
from xiaxiang.model.scalar import money_text
from xiaxiang.pipeline_table import table_workspace

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from xiaxiang.model.appraisal_table import MoneyLine, SubjectAppraisal, TableAppraisal
    from xiaxiang.model.policy import Policy
    from xiaxiang.model.programme import Programme

PERFORMANCE = "乡镇卫生院绩效考核办法"
CAMPAIGN = "城乡卫生手拉手活动方案"
TEAMS = "城乡卫生手拉手服务团队"
REPORTS = "城乡卫生手拉手月报"
ANY_DAY = date(2024, 1, 1)


@cache
def policy_of(name: str) -> Policy:
    policy, found = load_policy(name, Path())
    assert policy is not None, found
    return policy


def programme_of(name: str) -> Programme:
    programme = policy_of(name).programme
    assert programme is not None
    return programme


def row(values: Mapping[str, CellValue], first: date, last: date, name: str = "甲卫生院", team: str = "") -> RosterRow:
    return RosterRow(name, team, "", None, first, last, values=values)


def assessed(
    name: str,
    rows: Iterable[RosterRow],
    history: Mapping[str, Mapping[int, str]] = {},
    readings: Mapping[str, str] = {},
) -> TableAppraisal:
    table = Roster("表.csv", {}, tuple(rows))
    workspace = table_workspace(policy_of(name), table)
    plan = workspace.plan.model_copy(update={"readings": dict(readings)})
    return assess_table(replace(workspace, plan=plan), table, history)[0]


# 绩效考核


def performance(
    score: Fraction | int, base: Fraction | int, *, months: int = 12, earlier: Mapping[int, str] = {}
) -> SubjectAppraisal:
    """Return the result of one health centre in 2024 whose grants and allowances are all `base` 元."""
    money: dict[str, CellValue] = dict.fromkeys(("政府补助", "绩效工资补助", "职务补助"), base)
    last = date(2024, months, monthrange(2024, months)[1])
    one = row({"考核总分": score, **money}, date(2024, 1, 1), last)
    return assessed(PERFORMANCE, [one], {"甲卫生院": earlier}).subjects[0]


def lines(subject: SubjectAppraisal) -> dict[str, MoneyLine]:
    return {line.name: line for line in subject.money}


def test_seventy_per_cent_of_a_million_is_paid_month_by_month_to_the_last_fen() -> None:
    monthly = lines(performance(90, 1_000_000))["按月经费"]

    assert [money_text(part) for part in monthly.parts] == [*["58,333.33"] * 11, "58,333.37"]
    assert money_text(sum(monthly.parts)) == "700,000"


def test_half_a_year_is_paid_in_six_instalments() -> None:
    monthly = lines(performance(90, 500_000, months=6))["按月经费"]

    assert [money_text(part) for part in monthly.parts] == [*["58,333.33"] * 5, "58,333.35"]


@given(fen=st.integers(0, 10**10), points=st.integers(0, 10_000))
def test_monthly_and_remaining_money_are_the_whole_grant_whatever_the_fen(fen: int, points: int) -> None:
    found = lines(performance(Fraction(points, 100), Fraction(fen, 100)))

    assert found["按月经费"].amount + found["剩余经费"].amount == fen
    assert sum(found["按月经费"].parts) == found["按月经费"].paid == found["按月经费"].amount
    for line in found.values():
        assert line.withheld + line.paid == line.amount
        assert 0 <= line.withheld <= line.amount


@given(fen=st.integers(0, 10**9), points=st.lists(st.integers(0, 10_000), min_size=2, max_size=2))
def test_more_points_never_bring_less_money(fen: int, points: list[int]) -> None:
    worse, better = (performance(Fraction(one, 100), Fraction(fen, 100)) for one in sorted(points))

    for name, line in lines(worse).items():
        assert line.paid <= lines(better)[name].paid


def test_what_is_withheld_of_the_remainder_goes_to_the_reward_fund_and_says_so() -> None:
    remainder = lines(performance(Fraction("74.99"), 1_000_000))["剩余经费"]

    assert [reason.text for reason in remainder.reasons] == [
        "绩效工资补助 1,000,000 元 × 30.0% = 300,000 元",
        "基本合格，扣减 20.0%，60,000 元，归入奖励基金",
    ]
    assert [reason.source.clause for reason in remainder.reasons] == ["经费兑现", "经费兑现"]


@pytest.mark.parametrize(
    ("earlier", "follows"),
    [
        ({}, ["不合格：与院长诫勉谈话"]),
        ({2023: "合格"}, ["不合格：与院长诫勉谈话"]),
        ({2022: "不合格"}, ["不合格：与院长诫勉谈话"]),
        ({2023: "不合格"}, ["连续 2 年不合格：免去院长职务", "连续 2 年不合格：改组领导班子"]),
        ({2022: "不合格", 2023: "不合格"}, ["连续 3 年不合格：免去院长职务", "连续 3 年不合格：改组领导班子"]),
    ],
)
def test_the_director_is_talked_to_first_and_removed_from_the_second_failing_year_on(
    earlier: Mapping[int, str], follows: list[str]
) -> None:
    assert [reason.text for reason in performance(60, 0, earlier=earlier).follows] == follows


def test_a_failing_grade_without_last_years_grade_says_that_it_counts_as_the_first() -> None:
    told = "没有上一年的等级，按第一年算"

    assert [reason.text for reason in performance(60, 0).grade_reasons][-1] == told
    assert told not in [reason.text for reason in performance(60, 0, earlier={2023: "合格"}).grade_reasons]
    assert told not in [reason.text for reason in performance(75, 0).grade_reasons]


# 手拉手


def due_days(readings: Mapping[str, str] = {}) -> list[str]:
    """Return the due day of each monthly report, April to December 2014."""
    months = [
        row({"月报日期": date(2014, 4, 30), "佐证材料": True}, date(2014, month, 1), date(2014, month, last))
        for month, last in ((month, monthrange(2014, month)[1]) for month in range(4, 13))
    ]
    found = assessed(REPORTS, months, readings=readings).subjects
    return [item.due_on.isoformat() for one in found for item in one.items if item.due_on]


def test_the_nine_monthly_reports_are_due_on_these_days() -> None:
    assert due_days() == [
        "2014-05-05",
        "2014-06-05",
        "2014-07-07",
        "2014-08-05",
        "2014-09-05",
        "2014-10-08",
        "2014-11-05",
        "2014-12-05",
        "2015-01-05",
    ]


@pytest.mark.parametrize(
    ("readings", "july", "october"),
    [
        ({"遇节假日": "不变"}, "2014-07-05", "2014-10-05"),
        ({"遇节假日": "提前"}, "2014-07-04", "2014-09-30"),
        ({"遇节假日": "下一个周一"}, "2014-07-07", "2014-10-13"),
        ({"期限": "不含当日"}, "2014-07-04", "2014-10-08"),
        ({"期限": "不含当日", "遇节假日": "提前"}, "2014-07-04", "2014-09-30"),
        ({"期限": "不含当日", "遇节假日": "不变"}, "2014-07-04", "2014-10-04"),
    ],
)
def test_reports_due_on_days_off_move_by_reading(readings: Mapping[str, str], july: str, october: str) -> None:
    days = due_days(readings)

    assert (days[2], days[5]) == (july, october)


def test_the_same_unit_in_several_months_is_told_apart_by_the_month() -> None:
    june, july = ((date(2014, month, 1), date(2014, month, last)) for month, last in ((6, 30), (7, 31)))
    months = assessed(REPORTS, [row({}, *june), row({}, *july), row({}, *june, name="乙卫生院")])

    assert [one.label for one in months.subjects] == ["甲卫生院 2014年6月", "甲卫生院 2014年7月", "乙卫生院"]


def test_a_due_day_is_never_a_day_off_where_it_moves() -> None:
    calendar = table_workspace(policy_of(REPORTS), Roster("表.csv", {}, ())).calendar
    for within in ("含当日", "不含当日"):
        for moved in ("顺延", "提前", "下一个周一"):
            days = due_days({"期限": within, "遇节假日": moved})
            assert [day for day in days if not calendar.is_working_day(date.fromisoformat(day))] == []


def test_teams_in_one_table_are_judged_each_by_its_own_members() -> None:
    first, last = date(2014, 3, 20), date(2014, 12, 31)
    members = {"一队": ["主治医师"] * 3, "二队": ["主治医师", "主治医师", "医师"], "三队": ["主治医师"] * 2}
    rows = [
        row({"职称": title}, first, last, f"{team}{place}号", team)
        for team, titles in members.items()
        for place, title in enumerate(titles, 1)
    ]

    found = assessed(TEAMS, rows).subjects
    assert [(one.name, one.items[0].met, one.items[0].value) for one in found] == [
        ("一队", True, 3),
        ("二队", False, 2),
        ("三队", False, 2),
    ]


def test_the_fewest_people_of_rank_that_each_kind_of_unit_needs() -> None:
    """The teams that a unit must have times the members that a team must have."""
    units, teams = policy_of(CAMPAIGN).assessment, policy_of(TEAMS).assessment
    assert units is not None
    assert teams is not None
    members = teams.indicators[0].members
    assert members is not None
    fewest = {
        kind: one.at_least.on(ANY_DAY) * (members.on(ANY_DAY) or 0)
        for one in units.indicators
        if one.column == "团队数" and one.at_least
        for kind in one.applies_to["类别"].split("、")
    }

    assert fewest == {
        "市直医院": 15,
        "县级医院": 9,
        "企业职工医院": 6,
        "乡镇卫生院": 6,
        "社区卫生服务中心": 6,
        "民营医院": 3,
    }


def test_only_the_twelve_days_before_the_first_phase_belong_to_no_phase() -> None:
    found = check_policy(policy_of(CAMPAIGN))

    assert [one.message for one in found] == ["2014年3月20日至2014年3月31日没有阶段"]


def test_units_and_teams_of_the_campaign_share_its_days() -> None:
    units, teams = (programme_of(name).period for name in (CAMPAIGN, TEAMS))
    assert units is not None
    assert teams is not None

    days = [(one.from_on.on(date.max), one.until_on.on(date.max)) for one in (units, teams)]
    assert days == [(date(2014, 3, 20), date(2014, 12, 31))] * 2


def test_the_campaign_aims_at_a_hundred_teams_and_leaves_other_units_open() -> None:
    programme = programme_of(CAMPAIGN)

    assert [(one.name, one.at_least.on(ANY_DAY), one.at_least.unit) for one in programme.targets] == [
        ("服务团队", 100, "支"),
        ("医护志愿者", 1_000, "名"),
        ("讲座", 1_000, "场"),
        ("受益群众", 1_000_000, "人"),
    ]
    assert [(one.units, one.each.on(ANY_DAY)) for one in programme.quotas] == [("其他医疗卫生单位", None)]


# 四下乡、执法所、免疫


def test_pairs_are_named_by_kind() -> None:
    county = programme_of("四下乡活动方案").pairs
    inspectors = programme_of("卫生执法所对口帮扶方案").pairs

    assert [one.supporting_unit for one in county] == [
        "县医院",
        "县中医院",
        "县疾控中心",
        "县妇幼保健院",
        "县卫生执法监督大队",
        "县新合办",
        "每个中心卫生院",
    ]
    assert len({one.recipient_unit for one in county}) == len(county)
    assert ["重点" in one.recipient_unit for one in inspectors] == [True, True, False, False]


def rates(name: str) -> dict[str, str]:
    assessment = policy_of(name).assessment
    assert assessment is not None
    return {one.name: str(one.at_least.on(ANY_DAY) * 100) for one in assessment.indicators if one.at_least}


def test_township_and_community_ask_the_same_of_cards_and_infants_and_differ_in_the_older_group() -> None:
    shared = {"建卡率": "99", "发证率": "99", "卡证相符率": "99", "0岁组接种率": "98"}
    vaccines = {
        "卡介苗": "100",
        "糖丸": "100",
        "百白破": "100",
        "麻疹": "99",
        "新生儿乙肝": "100",
        "A群流脑": "98",
        "A加C群流脑": "97",
        "甲肝": "90",
        "麻腮风": "95",
    }

    assert rates("乡卫生院计划免疫方案") == shared | {"1至6岁组接种率": "95"}
    assert rates("社区卫生服务站计划免疫方案") == shared | {"1至7岁组接种率": "95"} | vaccines


def test_a_rate_without_a_pass_line_is_worked_out_and_has_no_verdict() -> None:
    values: dict[str, CellValue] = {"实际接种人数": 490, "应接种人数": 500}
    (item,) = assessed("疫苗接种率指标", [row(values, ANY_DAY, date(2024, 12, 31))]).subjects[0].items

    assert (item.value, item.bound, item.met) == (Fraction(49, 50), None, None)
    assert item.facts == (
        "“至少”制度里未定",
        "实际接种人数 490",
        "应接种人数 500（表里填写）",
        "490 ÷ 500 = 98.0%",
    )


def test_a_number_that_its_source_leaves_blank_has_no_value_on_any_day() -> None:
    blank: Parameter[int] = Parameter(())

    assert (blank.on(date.min), blank.on(date.max), blank.first_on) == (None, None, None)
