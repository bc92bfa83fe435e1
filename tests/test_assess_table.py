from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xiaxiang.assess import assess
from xiaxiang.assess.table import assess_table
from xiaxiang.assess.table_readings import table_under_other_readings
from xiaxiang.load.policies import load_policy
from xiaxiang.model.roster import CellValue, Roster, RosterRow
from xiaxiang.pipeline_table import table_workspace

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from xiaxiang.model.appraisal_table import SubjectAppraisal
    from xiaxiang.model.policy import Policy
    from xiaxiang.model.workspace import Workspace

POLICY = """
名称: 试验办法
文件: 某县卫生院考核办法
对象: 单位
考核:
  项目:
    - {名称: 管理, 算法: 评分, 满分: {值: 100, 单位: 分}, 权重: 60%, 依据: 一}
    - 名称: 服务
      算法: 评分
      满分: {值: 100, 单位: 分}
      至少: {值: 4, 单位: 次}
      每缺扣分: {值: 30, 单位: 分}
      权重: 40%
      依据: 一
    - {名称: 月报, 算法: 期限, 不晚于: 次月5日, 依据: 二}
    - {名称: 督导, 算法: 次数, 至少: {值: 1, 单位: 次}, 每: 季度, 依据: 三}
    - 名称: 人口配备
      算法: 比率
      分子: 公卫人员
      分母: 人口
      单位量: {值: 10000, 单位: 人}
      至少: 1
      至多: 1.5
      适用: {类别: 中心}
      依据: 四
    - {名称: 协议, 算法: 是否, 封顶: 合格, 依据: 五}
  等级:
    - {名称: 优秀, 不低于: {值: 90, 单位: 分}, 依据: 六}
    - {名称: 合格, 不低于: {值: 60, 单位: 分}, 依据: 六}
    - 名称: 不合格
      不低于: {值: 0, 单位: 分}
      扣减: {剩余经费: 50%}
      后果: [约谈院长]
      连续:
        - {年数: {值: 2, 单位: 年}, 后果: [调整班子], 扣减: {剩余经费: 100%}, 依据: 六}
      依据: 六
经费:
  计付:
    - {名称: 交通补贴, 金额: {值: 20, 单位: 元}, 按: 出诊天数, 至多: {值: 10, 单位: 天}, 依据: 七}
  基金:
    - {名称: 月拨经费, 基数: 财政补助, 比例: 70%, 分月: 12, 依据: 八}
    - {名称: 剩余经费, 基数: 财政补助, 比例: 30%, 扣减归入: 奖励基金, 依据: 八}
"""
GOOD: Mapping[str, CellValue] = {
    "管理": 100,
    "服务": 4,
    "月报日期": date(2015, 1, 5),
    "督导日期": (date(2014, 1, 2), date(2014, 4, 1), date(2014, 9, 30), date(2014, 12, 31)),
    "类别": "普通",
    "协议": True,
    "出诊天数": 11,
    "财政补助": 1_000_000,
}


@pytest.fixture(scope="module")
def policy(tmp_path_factory: pytest.TempPathFactory) -> Policy:
    folder = tmp_path_factory.mktemp("policy")
    (folder / "制度.yaml").write_text(POLICY, encoding="utf-8")
    read, found = load_policy("制度.yaml", folder)
    assert [str(one) for one in found] == []
    assert read is not None
    return read


def row(values: Mapping[str, CellValue], name: str = "甲卫生院", team: str = "") -> RosterRow:
    return RosterRow(name, team, "", None, date(2014, 1, 1), date(2014, 12, 31), values=values)


def given_rows(policy: Policy, *rows: RosterRow) -> tuple[Workspace, Roster]:
    table = Roster("表.csv", {}, rows)
    return table_workspace(policy, table), table


def one(policy: Policy, changes: Mapping[str, CellValue], earlier: Mapping[int, str] = {}) -> SubjectAppraisal:
    workspace, table = given_rows(policy, row({**GOOD, **changes}))
    return assess_table(workspace, table, {"甲卫生院": earlier})[0].subjects[0]


def test_weights_make_the_total_and_a_score_on_the_edge_has_the_better_grade(policy: Policy) -> None:
    best = one(policy, {})
    assert (best.score, best.grade, best.unmet) == (100, "优秀", 0)

    edge = one(policy, {"管理": 100, "服务": 3})  # 60 + 0.4 × (100 − 30) = 88
    assert (edge.score, edge.grade) == (88, "合格")
    assert one(policy, {"管理": 50, "服务": 2}).grade == "不合格"  # 30 + 0.4 × 40 = 46


def test_deductions_stop_at_zero_points(policy: Policy) -> None:
    nothing = one(policy, {"服务": 0})  # 100 − 4 × 30 < 0

    assert [item.value for item in nothing.items if item.name == "服务"] == [0]
    assert nothing.score == 60


def test_a_grade_is_capped_while_an_item_is_not_met_and_says_so(policy: Policy) -> None:
    capped = one(policy, {"协议": False})

    assert (capped.score, capped.grade) == (100, "合格")
    assert [reason.text for reason in capped.grade_reasons][-1] == "协议未完成，等级最高为合格"


def test_what_follows_grows_when_the_same_grade_comes_two_years_in_a_row(policy: Policy) -> None:
    first = one(policy, {"管理": 0, "服务": 0}, {2012: "不合格"})
    second = one(policy, {"管理": 0, "服务": 0}, {2013: "不合格"})

    assert [reason.text for reason in first.follows] == ["不合格：约谈院长"]
    assert [reason.text for reason in second.follows] == ["不合格：约谈院长", "连续 2 年不合格：调整班子"]
    assert [line.withheld for line in first.money if line.name == "剩余经费"] == [15_000_000]
    assert [line.paid for line in second.money if line.name == "剩余经费"] == [0]


def test_instalments_add_up_to_the_fund_to_the_last_fen(policy: Policy) -> None:
    monthly = next(line for line in one(policy, {}).money if line.name == "月拨经费")

    assert monthly.parts == (*[5_833_333] * 11, 5_833_337)
    assert sum(monthly.parts) == monthly.amount == 70_000_000


def test_sums_by_the_day_stop_at_their_limit(policy: Policy) -> None:
    assert [line.amount for line in one(policy, {}).money if line.name == "交通补贴"] == [20_000]
    assert [line.amount for line in one(policy, {"出诊天数": 10}).money if line.name == "交通补贴"] == [20_000]
    assert [line.amount for line in one(policy, {"出诊天数": 9}).money if line.name == "交通补贴"] == [18_000]


def test_an_item_for_some_rows_only_does_not_touch_the_others(policy: Policy) -> None:
    plain = one(policy, {"类别": "普通"})
    centre = one(policy, {"类别": "中心", "公卫人员": 3, "人口": 20_000})  # 1.5 per 10,000: at the limit
    crowded = one(policy, {"类别": "中心", "公卫人员": 3, "人口": 19_999})

    assert "人口配备" not in {item.name for item in plain.items}
    assert [item.met for item in centre.items if item.name == "人口配备"] == [True]
    assert [item.met for item in crowded.items if item.name == "人口配备"] == [False]


def test_a_deadline_on_a_saturday_moves_and_the_day_after_is_late(policy: Policy) -> None:
    workspace, table = given_rows(
        policy,
        *(
            RosterRow("甲", "", "", None, date(2014, 6, 1), date(2014, 6, 30), values={**GOOD, "月报日期": day})
            for day in (date(2014, 7, 7), date(2014, 7, 8))
        ),
    )
    result, _ = assess_table(workspace, table, {})
    reports = [next(item for item in one.items if item.name == "月报") for one in result.subjects]

    assert [(item.due_on, item.met, item.value) for item in reports] == [
        (date(2014, 7, 7), True, 0),
        (date(2014, 7, 7), False, 1),
    ]


def test_something_missing_is_pending_and_no_money_is_said(policy: Policy) -> None:
    values = {name: value for name, value in GOOD.items() if name != "管理"}
    workspace, table = given_rows(policy, row(values))
    result, found = assess_table(workspace, table, {})
    subject = result.subjects[0]

    assert (subject.complete, subject.unmet, subject.grade, subject.money) == (False, None, None, ())
    assert [one.code for one in found] == ["missing-value"]


def test_other_readings_say_whose_verdict_changes(policy: Policy) -> None:
    workspace, table = given_rows(policy, row(GOOD))
    others = {(one.setting, one.value): one for one in table_under_other_readings(workspace, table, {})}

    late = others["期限", "不含当日"].changes
    assert [(change.person, change.items) for change in late] == [("甲卫生院", (("月报", True, False),))]
    assert others["不足一期", "照计"].changes == ()


scores = st.integers(0, 100)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(scores, st.integers(0, 6), st.integers(0, 3_000_000)), min_size=1, max_size=6))
def test_totals_are_the_sums_of_the_rows_and_nobody_changes_anybody_elses_result(
    policy: Policy, units: list[tuple[int, int, int]]
) -> None:
    rows = [
        row({**GOOD, "管理": points, "服务": visits, "财政补助": grant}, name=f"卫生院{n}")
        for n, (points, visits, grant) in enumerate(units)
    ]
    together, _ = assess_table(*given_rows(policy, *rows), {})
    alone = [assess_table(*given_rows(policy, one), {})[0].subjects[0] for one in rows]

    assert [(one.grade, one.money) for one in together.subjects] == [(one.grade, one.money) for one in alone]
    for name, (amount, withheld, paid) in together.sums:
        lines = [line for one in together.subjects for line in one.money if line.name == name]
        assert (amount, withheld, paid) == (
            sum(line.amount for line in lines),
            sum(line.withheld for line in lines),
            sum(line.paid for line in lines),
        )
        assert amount == withheld + paid


@settings(max_examples=60, deadline=None)
@given(low=scores, high=scores, visits=st.integers(0, 6))
def test_more_points_never_give_a_worse_grade(policy: Policy, low: int, high: int, visits: int) -> None:
    names = ["不合格", "合格", "优秀"]
    worse, better = sorted((low, high))

    grades = [one(policy, {"管理": points, "服务": visits}).grade for points in (worse, better)]
    assert names.index(str(grades[0])) <= names.index(str(grades[1]))


TEAMS = """
名称: 队伍办法
文件: 服务团队组建办法
对象: 队伍
考核:
  项目:
    - {名称: 组成, 算法: 构成, 人数至少: {值: 3, 单位: 人}, 最低职称: 中级, 专业各: {内科: {值: 1, 单位: 人}}, 依据: 二}
"""


def test_a_team_has_enough_people_of_the_rank_and_of_each_specialty(tmp_path: Path) -> None:
    (tmp_path / "队.yaml").write_text(TEAMS, encoding="utf-8")
    read, _ = load_policy("队.yaml", tmp_path)
    assert read is not None

    def verdict(*people: tuple[str, str]) -> tuple[bool | None, list[bool | None]]:
        rows = [
            row({"职称": title, "专业": specialty}, name=f"队员{n}", team="一队")
            for n, (title, specialty) in enumerate(people)
        ]
        team = assess_table(*given_rows(read, *rows), {})[0].subjects
        assert [one.name for one in team] == ["一队"]
        item = team[0].items[0]
        return item.met, [check.met for check in item.checks]

    surgeons = [("主治医师", "外科"), ("主管护师", "护理")]
    assert verdict(*surgeons, ("副主任医师", "内科")) == (True, [True, True])
    assert verdict(*surgeons, ("住院医师", "内科")) == (False, [False, False])
    assert verdict(*surgeons, ("主治医师", "儿科")) == (False, [True, False])
    # A title outside the table has no rank: not counted, not held against the team either.
    assert verdict(*surgeons, ("特聘专家", "内科")) == (None, [None, None])


POSTED = """
名称: 派驻等级办法
文件: 派驻等级办法
轮换: {每批人数: {值: 1, 单位: 人}, 交接月份: [1, 7], 交接日: 首个周一, 依据: 二}
考核:
  依据: 三
  项目:
    - {名称: 任务, 算法: 是否, 封顶: 合格}
    - {名称: 巡诊, 算法: 次数, 至少: {值: 1, 单位: 次}, 每: 月}
  等级:
    - {名称: 优秀, 未完成至多: {值: 1, 单位: 项}}
    - {名称: 合格, 未完成至多: {值: 1, 单位: 项}}
    - {名称: 不合格, 未完成至多: {值: 2, 单位: 项}, 后果: [重新安排]}
条款:
"""


def test_people_with_postings_are_graded_too_and_capped(tmp_path: Path) -> None:
    rules = "派遣顺序 交接 中途不换人 后延 晋升优先 意外公布 拒派 重新下乡 调回 请假 人员派遣 材料上交 考勤上报"
    text = POSTED + "".join(f"  {rule}: 二\n" for rule in rules.split())
    (tmp_path / "制度.yaml").write_text(text, encoding="utf-8")
    read, found = load_policy("制度.yaml", tmp_path)
    assert found == ()
    assert read is not None

    def result(done: str, *visits: date) -> tuple[str | None, list[str]]:
        values: dict[str, CellValue] = {"任务": done == "是", "巡诊日期": visits}
        one = RosterRow("甲", "内科", "", None, date(2024, 1, 1), date(2024, 3, 31), values=values)
        person = assess(*given_rows(read, one), None)[0].people[0]
        return person.grade, [reason.text for reason in person.grade_reasons]

    monthly = (date(2024, 1, 8), date(2024, 2, 8), date(2024, 3, 8))
    assert result("是", *monthly) == ("优秀", ["0 项未完成，优秀"])
    assert result("是", *monthly[:2]) == ("优秀", ["1 项未完成，优秀"])
    assert result("否", *monthly) == ("合格", ["1 项未完成，优秀", "任务未完成，等级最高为合格"])
    assert result("否", *monthly[:2])[0] == "不合格"
