"""What cases of plans/ cannot say: quotas in all, batches by specialty, grades that somebody recommends."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from schedule_support import department, people, run, workspace

from xiaxiang.assess import assess
from xiaxiang.assess.table import assess_table
from xiaxiang.load.policies import load_policy
from xiaxiang.model.case import is_posted
from xiaxiang.model.parameter import ALWAYS, Parameter
from xiaxiang.model.roster import CellValue, Roster, RosterRow
from xiaxiang.pipeline_table import table_workspace
from xiaxiang.render.text_subjects import subjects_text
from xiaxiang.schedule.rules import NotInForceError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xiaxiang.model.appraisal_table import SubjectAppraisal
    from xiaxiang.model.hospital import Department
    from xiaxiang.model.policy import Policy

SPECIALTIES = ("内科", "外科", "妇科", "放射", "检验")
YEAR_2006 = (date(2006, 1, 1), date(2006, 12, 31))


def policy(name: str) -> Policy:
    read, found = load_policy(name, Path())
    assert found == ()
    assert read is not None
    return read


def of_specialty(name: str, *titles: str) -> Department:
    """Return a department whose people have one specialty, one for each title: 内科1, 内科2, …"""
    listed = ({"姓名": f"{name}{number}", "职称": title, "专业": name} for number, title in enumerate(titles, 1))
    return department(f"{name}科室", *listed)


def test_the_quotas_of_the_outstanding_members_come_to_41_names() -> None:
    """4 × 5 + 14 × 1 + 7 × 1."""
    programme = policy("优秀支农队员推荐办法").programme
    assert programme is not None
    day = date(2009, 5, 20)
    products = [(one.count.on(day) or 0) * (one.each.on(day) or 0) for one in programme.quotas]

    assert products == [20, 14, 7]
    assert sum(products) == 41


def test_five_specialties_go_to_the_county_hospital_for_one_year_each_time() -> None:
    hospital = tuple(of_specialty(name, "主治医师", "主治医师") for name in SPECIALTIES)
    result = run(
        workspace(departments=hospital, starts_on=date(2005, 6, 1), policy=policy("城市医师支援县医院方案")), 2005, 2006
    )
    days = [(batch.handover_on, batch.ends_on) for batch in result.batches]

    assert people(result) == {
        "2005-1": [f"{name}1" for name in SPECIALTIES],
        "2006-1": [f"{name}2" for name in SPECIALTIES],
    }
    assert days == [(date(2005, 6, 1), date(2006, 5, 31)), (date(2006, 6, 1), date(2007, 5, 31))]


def test_nobody_below_the_intermediate_rank_goes_to_the_county_hospital() -> None:
    hospital = (
        of_specialty("内科", "住院医师", "副主任医师"),
        *(of_specialty(name, "主治医师") for name in SPECIALTIES[1:]),
    )
    result = run(
        workspace(departments=hospital, starts_on=date(2005, 6, 1), policy=policy("城市医师支援县医院方案")), 2005
    )

    assert people(result)["2005-1"] == ["内科2", "外科1", "妇科1", "放射1", "检验1"]


def test_trainees_and_supporters_of_the_county_hospitals_are_as_many_as_their_specialties() -> None:
    written = policy("城市医师支援县医院方案")
    day = date(2005, 5, 31)
    assert written.programme is not None
    assert written.programme.training is not None
    assert written.rotation is not None
    trainees, supporters = written.programme.training.specialties, written.rotation.composition

    assert sum(one.on(day) or 0 for one in trainees.values()) == 10
    assert sum(one.on(day) or 0 for one in supporters.values()) == 5
    assert {one.on(day) for one in (*trainees.values(), *supporters.values())} == {1}


def test_dispatch_in_march_and_september_takes_its_headcount_from_the_plan() -> None:
    """The source does not say how many go: the policy leaves it 未定, the plan's 受援单位 says it."""
    recipients = ({"名称": "河东卫生院", "每批人数": 2},)
    result = run(workspace(recipients=recipients, policy=policy("对口支援工作管理制度")), 2024)
    handovers = [batch.handover_on for batch in result.batches]

    assert handovers == [date(2024, 3, 1), date(2024, 9, 2)]  # 1 September 2024 is a Sunday
    assert [len(batch.postings) for batch in result.batches] == [2, 2]


def test_dispatch_without_a_headcount_anywhere_is_refused_by_name() -> None:
    with pytest.raises(NotInForceError, match="每批人数 制度里未定") as refused:
        run(workspace(policy=policy("对口支援工作管理制度")), 2024)

    assert refused.value.hint == "在自己的制度里补上；每批人数也可以写在计划的受援单位里"


@pytest.mark.parametrize("name", ["对口支援工作管理制度", "城市医师支援县医院方案"])
def test_people_posted_under_a_policy_that_assesses_others_have_no_items_and_are_not_pending(name: str) -> None:
    """对象: 科室, 队伍: the departments or teams are assessed in a table, the people themselves in nothing."""
    written = policy(name)
    posted = RosterRow("D1甲", "D1", "", None, date(2024, 9, 1), date(2025, 2, 28))
    appraisal, found = assess(workspace(policy=written), Roster("名册.csv", {}, (posted,)), None)
    (person,) = appraisal.people

    assert is_posted(written) is False
    assert (person.items, person.unmet, person.complete, person.verdict) == ((), 0, True, "没有考核项目")
    assert [one.code for one in found if one.is_error] == []


def one_row(written: Policy, values: Mapping[str, CellValue]) -> tuple[SubjectAppraisal, list[str]]:
    """Return the result of one row of 2006 and what was said about it."""
    table = Roster("表.csv", {}, (RosterRow("郑一", "", "", None, *YEAR_2006, values=values),))
    appraisal, found = assess_table(table_workspace(written, table), table, {})
    return appraisal.subjects[0], [one.message for one in found]


MEMBER: Mapping[str, CellValue] = {
    "推荐等次": "优秀",
    "完成任务和目标": True,
    "政治思想差": False,
    "医德医风差": False,
    "业务水平差": False,
    "工作态度差": False,
}


def test_a_recommended_grade_says_that_it_was_recommended_and_what_capped_it() -> None:
    written = policy("县乡联动医疗队员考核办法")
    kept, _ = one_row(written, MEMBER)
    capped, _ = one_row(written, {**MEMBER, "完成任务和目标": False})

    assert (kept.grade, [why.text for why in kept.grade_reasons]) == ("优秀", ["推荐优秀"])
    assert (capped.grade, [why.text for why in capped.grade_reasons]) == (
        "合格",
        ["推荐优秀", "完成任务和目标未完成，等级最高为合格"],
    )


def test_a_recommended_word_that_is_no_grade_is_told_and_stays_open() -> None:
    row, told = one_row(policy("县乡联动医疗队员考核办法"), {**MEMBER, "推荐等次": "甲等"})

    assert (row.grade, row.unmet, row.complete) == (None, None, False)
    assert told == ["郑一的“推荐等次”写的“甲等”不是等级，待补"]


def test_a_degree_that_is_not_on_the_ladder_is_told_and_stays_open() -> None:
    row, told = one_row(
        policy("医师下基层招募方案"),
        {"学历": "本料", "执业资格": "执业医师", "医学专业": True, "临床经验和技术储备": True},
    )

    assert [item.met for item in row.items] == [None, True, True, True]
    assert told == ["郑一的“学历”写的“本料”不在 中专、大专、本科、硕士、博士 里，考核待补"]


def test_credits_of_the_hospitals_own_courses_show_how_they_were_worked_out() -> None:
    row, _ = one_row(policy("继续医学教育学分办法"), {"Ⅰ类学分": 5, "Ⅱ类学分": 20, "院内学习次数": 19})
    (own,) = (item for item in row.items if item.name == "院内学分")

    assert own.facts == ("院内学习次数 19 × 0.5 = 9.5", "院内学分 9.5 学分，要求至少 10 学分")


def test_a_level_needs_its_ladder_and_a_bound_that_stands_on_it(tmp_path: Path) -> None:
    text = """
名称: 试验办法
文件: 试验办法
考核:
  依据: 一
  项目:
    - {名称: 学历, 算法: 级别, 不低于: 本科}
    - {名称: 资格, 算法: 级别, 从低到高: [助理医师, 执业医师], 不低于: 执业医生}
"""
    (tmp_path / "制度.yaml").write_text(text, encoding="utf-8")
    read, found = load_policy("制度.yaml", tmp_path)

    assert read is None
    assert [(one.code, one.message) for one in found] == [
        ("missing-field", "项目“学历”少了“从低到高”"),
        ("unknown-word", "项目“资格”没有“执业医生”这一级"),
    ]


def test_an_item_that_names_another_object_than_the_policy_is_not_asked_of_its_rows() -> None:
    written = policy("继续医学教育学分办法")
    assert written.assessment is not None
    first, *others = written.assessment.indicators
    items = (first.model_copy(update={"subject": "单位"}), *others)
    moved = written.model_copy(update={"assessment": written.assessment.model_copy(update={"indicators": items})})
    row, _ = one_row(moved, {"Ⅱ类学分": 20, "院内学习次数": 20})

    assert [item.name for item in row.items] == ["Ⅱ类学分", "院内学分"]


def test_handovers_of_the_year_are_as_written_once_the_policy_names_the_day() -> None:
    """What the source leaves open (which day of March) is one word of the policy."""
    written = policy("对口支援工作管理制度")
    assert written.rotation is not None
    changed = {
        "handover_day": Parameter(((ALWAYS, "15日"),), "下派时间"),
        "headcount": Parameter(((ALWAYS, 2),), "下派时间"),
    }
    other = written.model_copy(update={"rotation": written.rotation.model_copy(update=changed)})
    result = run(workspace(policy=other), 2024)

    assert [batch.handover_on for batch in result.batches] == [date(2024, 3, 15), date(2024, 9, 18)]  # 15—17: 中秋


def test_a_row_that_no_item_is_about_is_not_called_complete() -> None:
    """A 报表 mistyped must not look like everything done."""
    written = policy("社区精神卫生工作计划")
    table = Roster("表.csv", {}, (RosterRow("某社区", "", "", None, *YEAR_2006, values={"报表": "月表"}),))
    appraisal, _ = assess_table(table_workspace(written, table), table, {})

    assert appraisal.subjects[0].items == ()
    assert "全部完成" not in subjects_text(written.document, appraisal)
