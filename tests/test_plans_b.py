"""What the cases of some built-in policies cannot say: targets, quotas, teachers, what their sources leave blank."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from xiaxiang.assess.table import assess_table
from xiaxiang.assess.table_readings import table_under_other_readings
from xiaxiang.load.policies import load_policy
from xiaxiang.load.subject_table import load_subjects
from xiaxiang.model.rank import Rank
from xiaxiang.pipeline_table import table_workspace

if TYPE_CHECKING:
    from xiaxiang.model.appraisal import OtherReading
    from xiaxiang.model.appraisal_table import TableAppraisal
    from xiaxiang.model.diagnostic import Diagnostic
    from xiaxiang.model.policy import Policy
    from xiaxiang.model.programme import Programme, Target


def policy_of(name: str) -> Policy:
    policy, found = load_policy(name, Path())
    assert policy is not None, found
    return policy


def programme_of(name: str) -> Programme:
    programme = policy_of(name).programme
    assert programme is not None
    return programme


def assessed(folder: Path, name: str, csv: str) -> tuple[TableAppraisal, list[Diagnostic]]:
    """Return what the table of a clerk gives under a built-in policy, with everything that was found."""
    (folder / "表.csv").write_text(csv, encoding="utf-8")
    policy = policy_of(name)
    table, found, _ = load_subjects(folder / "表.csv", policy)
    assert table is not None
    result, more = assess_table(table_workspace(policy, table), table, {})
    return result, [*found, *more]


def under_other_readings(folder: Path, name: str, csv: str) -> list[OtherReading]:
    (folder / "表.csv").write_text(csv, encoding="utf-8")
    policy = policy_of(name)
    table, _, _ = load_subjects(folder / "表.csv", policy)
    assert table is not None
    return list(table_under_other_readings(table_workspace(policy, table), table, {}))


def figures(targets: tuple[Target, ...], begins: str) -> list[int]:
    return [int(target.at_least.values[0][1]) for target in targets if target.name.startswith(begins)]


def test_the_village_clinics_of_two_years_add_up_to_their_target() -> None:
    whole, *by_year = figures(programme_of("卫生精准扶贫县级任务").targets, "建设村卫生室")

    assert (whole, sum(by_year)) == (2965, 2965)


def test_years_that_the_source_leaves_blank_are_not_guessed() -> None:
    targets = programme_of("卫生精准扶贫县级任务").targets
    due = {target.name: target.due_on.first_on if target.due_on else None for target in targets}
    days = {target.name: target.due_on.on(date.max) for target in targets if target.due_on}

    assert [name for name in due if name in days and days[name] is None] == [
        "建设村卫生室（第一年）",
        "建设村卫生室（第二年）",
        "完成重点专科的县（第一年）",
        "完成重点专科的县（第二年）",
    ]
    assert days["完成重点专科的县（第三年）"] == date(2017, 12, 31)
    assert days["完成重点专科的插花县"] == date(2018, 12, 31)


def test_general_practitioners_of_a_township_are_three_by_2017_and_five_by_2020() -> None:
    (quota,) = programme_of("卫生精准扶贫县级任务").quotas

    days = (date(2017, 12, 30), date(2017, 12, 31), date(2020, 12, 30), date(2020, 12, 31))
    assert [quota.each.on(day) for day in days] == [None, 3, 3, 5]
    assert quota.count.on(date.max) is None


def test_teachers_are_attending_physicians_and_learners_not_above_them() -> None:
    programme = programme_of("受援医院对口支援计划")
    assert programme.mentorship is not None
    assert programme.training is not None
    assert programme.training.free is not None

    ranks = (programme.mentorship.teacher_lowest_rank, programme.mentorship.learner_highest_rank)
    assert [rank.on(date.max) for rank in ranks] == [Rank.INTERMEDIATE, Rank.INTERMEDIATE]
    assert programme.training.free.on(date.max) is True
    assert [quota.each.on(date.max) for quota in programme.quotas] == [None] * 4


def test_six_townships_have_a_physician_each_and_a_hospital_has_three_teams() -> None:
    quotas = (*programme_of("周末下乡义诊方案").quotas, *programme_of("公共卫生服务团队方案").quotas)

    assert [(one.units, one.count.on(date.max), one.each.on(date.max)) for one in quotas] == [
        ("乡镇", 6, 1),
        ("卫生院", 1, 3),
    ]


def test_an_allowance_whose_amount_the_source_leaves_blank_says_so(tmp_path: Path) -> None:
    columns = "业务培训次数,成员考核次数,健康讲座次数,新婚随访次数,产后访视最少次数,新生儿访视最少次数"
    more = "两年内普查次数,应随访人数,生殖保健讲座次数,传染病例数,队长等次,津贴月数"
    csv = f"队伍,月份,{columns},{more}\n" + "一队,2014-03,1,1,1,0,3,3,1,0,0,0,{},1\n"

    plain, nothing = assessed(tmp_path, "公共卫生服务团队方案", csv.format(""))
    first, found = assessed(tmp_path, "公共卫生服务团队方案", csv.format("一等"))

    assert (plain.subjects[0].complete, plain.subjects[0].money) == (True, ())
    assert [(one.code, one.message) for one in nothing] == [
        ("nothing-applies", "一队的“津贴月数”填了，但“队长等次”没有填，这一行不看，没有考核")
    ]
    assert (first.subjects[0].unmet, first.subjects[0].complete) == (0, False)
    assert [(one.code, one.message) for one in found] == [
        ("not-in-force", "队长津贴（一等）的金额制度里未定，一队的金额待补")
    ]


def test_only_somebody_at_the_bound_itself_depends_on_whether_below_includes_it(tmp_path: Path) -> None:
    csv = "姓名,年度,类别,服务人口,在岗月数\n" + "".join(
        f"村医{population},2017,乡村医生,{population},12\n" for population in (999, 1000, 1001)
    )
    others = under_other_readings(tmp_path, "卫生精准扶贫帮扶人员办法", csv)

    assert [(one.setting, one.value) for one in others if one.changes] == [("以上以下", "不含本数")]
    (changed,) = next(one.changes for one in others if one.setting == "以上以下")
    assert (changed.person, changed.net) == ("村医1000", (480_000, 240_000))


def test_travel_money_by_the_trip_is_less_for_those_who_stay_longer(tmp_path: Path) -> None:
    csv = "姓名,月份,下乡天数,下乡次数\n张三,2024-03,5,1\n李四,2024-03,3,3\n"
    others = under_other_readings(tmp_path, "下基层外派人员补贴办法", csv)
    other = next(one for one in others if (one.setting, one.value) == ("交通费", "每次"))

    assert [(one.person, one.net) for one in other.changes] == [("张三", (20_000, 12_000))]


@pytest.mark.parametrize(
    ("kind", "said", "near"),
    [("多点执业医生", "写“多点执业医生”", "最接近的是“多点执业医师”"), ("", "没有填", "类别可以写")],
)
def test_a_row_that_no_item_is_about_is_not_passed_over_in_silence(
    tmp_path: Path, kind: str, said: str, near: str
) -> None:
    csv = f"姓名,季度,类别,多点执业天数\n张三,2017年一季度,{kind},5\n"
    result, found = assessed(tmp_path, "卫生精准扶贫帮扶人员办法", csv)

    assert result.subjects[0].items == ()
    assert [one.code for one in found] == ["nothing-applies"]
    assert said in found[0].message
    assert found[0].hint.startswith(near)


def test_a_number_that_decides_what_applies_is_not_taken_for_zero_where_it_is_missing(tmp_path: Path) -> None:
    csv = "姓名,年度,类别,服务人口,在岗月数\n张三,2017,乡村医生,,12\n"
    result, found = assessed(tmp_path, "卫生精准扶贫帮扶人员办法", csv)

    assert (result.subjects[0].complete, result.subjects[0].money) == (False, ())
    assert {(one.code, "服务人口" in one.message) for one in found} == {("missing-value", True)}


def test_seven_nights_in_the_village_without_their_days_cannot_be_told_apart_by_stay(tmp_path: Path) -> None:
    csv = "姓名,年度,住村天数\n张三,2012,7\n李四,2012,6\n"
    others = {(one.setting, one.value): one for one in under_other_readings(tmp_path, "干部下乡住村工作方案", csv)}

    assert [(one.person, one.items) for one in others["住村天数", "每次"].changes] == [
        ("张三", (("住村", True, None),)),
    ]


def test_a_result_without_items_says_nothing_of_them(tmp_path: Path) -> None:
    result, _ = assessed(tmp_path, "下基层外派人员补贴办法", "姓名,月份,下乡天数\n张三,2024-03,2.5\n")

    assert result.subjects[0].items == ()
    assert [(line.name, line.amount) for line in result.subjects[0].money] == [("生活补贴", 5_000), ("交通费", 5_000)]
