from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st
from schedule_support import department, run, workspace

from xiaxiang.assess.fairness import fairness
from xiaxiang.model.statistics import GroupBy

if TYPE_CHECKING:
    from xiaxiang.model.statistics import Group, Statistics
    from xiaxiang.model.workspace import Workspace

DEFERRAL = {"类型": "后延", "日期": "2023-12-20", "科室": "D2", "决定": "自动后延", "原因": "进修"}
REFUSAL = {"类型": "拒派", "日期": "2023-12-22", "批次": "2024-1", "科室": "D3"}
PROMOTION = {"类型": "晋升优先", "日期": "2023-12-25", "科室": "D4", "人员": "D4甲", "晋升职称": "副主任医师"}


def stats(ws: Workspace, by: GroupBy = GroupBy.DEPARTMENT, first: int = 2024, last: int = 2024) -> Statistics:
    plan = run(ws, *range(2024, last + 1))
    return fairness(ws, plan, by=by, from_on=date(first, 1, 1), until_on=date(last, 12, 31))


def group(found: Statistics, name: str) -> Group:
    return next(one for one in found.groups if one.name == name)


def why(found: Statistics, name: str) -> str:
    return "\n".join(one.text for one in group(found, name).because)


def test_the_figures_of_a_year_are_those_of_its_schedule() -> None:
    found = stats(workspace(DEFERRAL, REFUSAL, PROMOTION))

    assert found.totals["派驻人次"] == 12
    assert found.totals["月数"] == 36
    assert group(found, "D2").figures["后延"] == 1
    assert group(found, "D3").figures["拒派"] == 1
    assert group(found, "D4").figures["晋升优先"] == 1


def test_the_spread_is_told_in_exact_numbers() -> None:
    spread = stats(workspace()).spreads[0]  # twelve turns for nine departments: three go twice

    assert (spread.least, spread.median, spread.most) == (1, Fraction(1), 2)
    assert spread.most_names == ("D1", "D2", "D3")


def test_the_reason_says_which_events_moved_a_department_and_where_they_stand() -> None:
    found = stats(workspace(DEFERRAL, REFUSAL, PROMOTION))

    assert "批准后延（进修）" in why(found, "D2")
    assert "拒派" in why(found, "D3")
    assert "申请晋升优先（副主任医师），占用本科室第 1 轮名次" in why(found, "D4")
    assert "派遣顺序第 1 位，共 9 个科室：第 1 轮 1 次、第 2 轮 1 次" in why(found, "D1")
    assert "第 2 轮还没有轮到本科室" in why(found, "D9")


def test_whoever_carries_more_is_told_among_how_few_it_was_shared() -> None:
    small = department("D1", {"姓名": "甲", "职称": "主治医师"}, {"姓名": "乙", "职称": "住院医师"})
    rest = tuple(department(f"D{n}") for n in range(2, 10))
    ws = workspace(departments=(small, *rest))

    assert "2 人次由可派的 1 人分担，平均每人 2 次（各科室可派人数的中位数 2），人少，每个人去得更勤" in why(
        stats(ws), "D1"
    )
    people = stats(ws, GroupBy.PERSON)
    assert group(people, "甲").figures["派驻人次"] == 2
    assert "同科 乙 没有派: 职级 初级，低于中级" in why(people, "甲")
    assert group(people, "乙").counts is False


def test_whoever_carries_less_is_told_what_kept_them() -> None:
    staff = department(
        "D1",
        {"姓名": "甲", "职称": "主治医师"},
        {"姓名": "乙", "职称": "主治医师", "到岗日期": date(2024, 5, 6)},
        {"姓名": "丙", "职称": "主治医师", "离岗日期": date(2024, 6, 1)},
        {
            "姓名": "丁",
            "职称": "主治医师",
            "不可派": ({"起": date(2024, 1, 1), "止": date(2024, 4, 30), "原因": "产假"},),
        },
        {"姓名": "戊", "职称": "主治医师", "已服务月数": "6"},
    )
    found = stats(workspace(departments=(staff, department("D2"), department("D3"))), GroupBy.PERSON)

    assert "2024-05-06 才到岗" in why(found, "乙")
    assert "2024-06-01 离岗" in why(found, "丙")
    assert "2024-01-01至2024-04-30（产假） 不可派，涉及 2 批" in why(found, "丁")
    assert "起始日期以前已服务 6 个月" in why(found, "戊")


def test_people_without_a_rank_are_a_group_of_their_own_and_said_aloud() -> None:
    staff = department("D1", {"姓名": "甲", "职称": "导医"}, {"姓名": "乙", "职称": "主治医师"})
    found = stats(workspace(departments=(staff, department("D2"), department("D3"))), GroupBy.RANK)

    assert [one.name for one in found.groups] == ["正高", "副高", "中级", "初级", "职级不明"]
    assert group(found, "职级不明").figures["人数"] == 1
    assert any(one.text.startswith("职级不明 1 人: 甲（D1）") for one in found.notes)


def test_a_batch_belongs_whole_to_the_year_of_its_nominal_handover() -> None:
    ws = workspace(readings={"遇节假日": "提前"})  # the batch of January 2024 hands over in December 2023
    found = stats(ws)

    assert run(ws).batches[0].handover_on.year == 2023
    assert (found.totals["派驻人次"], found.totals["月数"], found.totals["零散天数"]) == (12, 36, 0)


kinds = st.sampled_from(list(GroupBy))


@given(kinds, st.integers(2024, 2026), st.lists(st.sampled_from([DEFERRAL, REFUSAL, PROMOTION]), max_size=3))
def test_every_way_of_grouping_adds_up_to_the_same_postings_and_days(
    by: GroupBy, last: int, events: list[dict[str, str]]
) -> None:
    ws = workspace(*events)
    plan = run(ws, *range(2024, last + 1))
    found = stats(ws, by, last=last)

    postings = [one for batch in plan.batches for one in batch.postings if one.person]
    assert found.totals["派驻人次"] == len(postings)
    assert found.totals["天数"] == sum((one.ends_on - one.starts_on).days + 1 for one in postings)
    for spread in found.spreads:
        values = [one.figures[spread.figure] for one in found.groups if one.counts]
        assert (spread.least, spread.most) == (min(values), max(values))
