from __future__ import annotations

from pathlib import Path

import pytest

from xiaxiang.check.policy import POLICY_CHECKS, check_policy
from xiaxiang.load.policies import builtin_policies, load_policy

HEAD = "名称: 甲\n文件: 某县考核办法\n对象: 单位\n"
RULES = "派遣顺序 交接 中途不换人 后延 晋升优先 意外公布 拒派 重新下乡 调回 请假 人员派遣 材料上交 考勤上报"
ROTATION = "轮换: {每批人数: 3, 交接月份: [1, 4, 7, 10], 交接日: 首个周一, 依据: 三}\n条款:\n" + "".join(
    f"  {rule}: 三\n" for rule in RULES.split()
)


OF_THE_SOURCE = {"城乡卫生手拉手活动方案": ["phases-differ"]}
"""What the source itself leaves open: its campaign begins on 20 March, its first phase on 1 April."""
GRADES = "  等级:\n    - {{名称: 优, 不低于: 75}}\n    - {{名称: 差, 不低于: {}}}\n    - {{名称: 无, 不低于: 0}}\n"
FUNDS = (
    "经费:\n  依据: 五\n  基金:\n    - {{名称: 甲, 基数: 补助, 比例: 70%}}\n    - {{名称: 乙, 基数: 补助, 比例: {}%}}\n"
)


def codes(tmp_path: Path, text: str) -> list[str]:
    (tmp_path / "制度.yaml").write_text(HEAD + text, encoding="utf-8")
    policy, found = load_policy("制度.yaml", tmp_path)
    assert found == ()
    assert policy is not None
    findings = check_policy(policy)
    assert all(one.position.line > 1 for one in findings)
    return [one.code for one in findings]


def items(*lines: str, more: str = "") -> str:
    return "考核:\n  依据: 四\n  项目:\n" + "".join(f"    - {{{line}}}\n" for line in lines) + more


@pytest.mark.parametrize("name", builtin_policies())
def test_no_built_in_policy_contradicts_itself(name: str) -> None:
    policy, _ = load_policy(name, Path())
    assert policy is not None
    assert [one.code for one in check_policy(policy)] == OF_THE_SOURCE.get(name, [])


@pytest.mark.parametrize(
    ("wrong", "right", "code"),
    [
        (
            items("名称: 巡查, 算法: 次数, 至少: 3, 至多: 2"),
            items("名称: 巡查, 算法: 次数, 至少: 2, 至多: 2"),
            "bounds-crossed",
        ),
        (
            ROTATION + items("名称: 授课, 算法: 次数, 至少: 7, 常规: 每两周一次"),
            ROTATION + items("名称: 授课, 算法: 次数, 至少: 6, 常规: 每两周一次"),
            "beyond-the-pace",
        ),
        (
            ROTATION + items("名称: 授课, 算法: 次数, 至少: 14, 间隔不少于天数: 7"),
            ROTATION + items("名称: 授课, 算法: 次数, 至少: 13, 间隔不少于天数: 7"),
            "beyond-the-term",
        ),
        (
            items("名称: 队伍, 算法: 构成, 人数至少: 1, 专业各: {内科: 1, 外科: 1}"),
            items("名称: 队伍, 算法: 构成, 人数至少: 2, 专业各: {内科: 1, 外科: 1}"),
            "more-specialists-than-members",
        ),
        (
            items("名称: 甲, 算法: 是否", more="  结论:\n    - {未完成: 0}\n"),
            items("名称: 甲, 算法: 是否", more="  结论:\n    - {未完成: 0}\n    - {未完成: 1}\n"),
            "conclusion-missing",
        ),
        (
            items(
                "名称: 得分, 算法: 评分, 满分: 100",
                more=GRADES.format(75),
            ),
            items(
                "名称: 得分, 算法: 评分, 满分: 100",
                more=GRADES.format(74),
            ),
            "grades-overlap",
        ),
        (
            items("名称: 得分, 算法: 评分, 满分: 100", more="  等级:\n    - {名称: 合格, 不低于: 60}\n"),
            items("名称: 得分, 算法: 评分, 满分: 100", more="  等级:\n    - {名称: 合格, 不低于: 0}\n"),
            "grades-hole",
        ),
        (
            items("名称: 甲, 算法: 评分, 满分: 100, 权重: 60%", "名称: 乙, 算法: 评分, 满分: 100, 权重: 39%"),
            items("名称: 甲, 算法: 评分, 满分: 100, 权重: 60%", "名称: 乙, 算法: 评分, 满分: 100, 权重: 40%"),
            "weights-differ",
        ),
        (
            items(
                "名称: 甲, 算法: 评分, 满分: 89",
                more="  等级:\n    - {名称: 优, 不低于: 90}\n    - {名称: 差, 不低于: 0}\n",
            ),
            items(
                "名称: 甲, 算法: 评分, 满分: 90",
                more="  等级:\n    - {名称: 优, 不低于: 90}\n    - {名称: 差, 不低于: 0}\n",
            ),
            "grade-out-of-reach",
        ),
        (
            FUNDS.format(31),
            FUNDS.format(30),
            "shares-beyond-whole",
        ),
        (
            items("名称: 甲, 算法: 是否", more="  结论:\n    - {未完成: 0}\n    - {未完成: 1, 扣补助月数: 4}\n")
            + "经费: {依据: 五, 个人补助: {每天: 20, 每月天数: 22, 月数: 3}}\n",
            items("名称: 甲, 算法: 是否", more="  结论:\n    - {未完成: 0}\n    - {未完成: 1, 扣补助月数: 3}\n")
            + "经费: {依据: 五, 个人补助: {每天: 20, 每月天数: 22, 月数: 3}}\n",
            "more-than-paid",
        ),
    ],
    ids=lambda value: value if "\n" not in value else "",
)
def test_a_contradiction_is_found_and_one_step_less_is_none(tmp_path: Path, wrong: str, right: str, code: str) -> None:
    assert codes(tmp_path, wrong) == [code]
    assert codes(tmp_path, right) == []


def phases(*spans: tuple[str, str]) -> str:
    lines = "".join(f"    - {{名称: 第{n}阶段, 起: {a}, 止: {b}}}\n" for n, (a, b) in enumerate(spans, 1))
    return f"活动:\n  依据: 二\n  期间: {{起: 2014-03-20, 止: 2014-12-31}}\n  阶段:\n{lines}"


@pytest.mark.parametrize(
    ("spans", "found"),
    [
        ([("2014-03-20", "2014-04-10"), ("2014-04-11", "2014-12-31")], []),
        ([("2014-04-11", "2014-12-31"), ("2014-03-20", "2014-04-10")], []),
        ([("2014-03-20", "2014-04-10"), ("2014-04-12", "2014-12-31")], ["phases-differ"]),
        ([("2014-03-20", "2014-04-10"), ("2014-04-10", "2014-12-31")], ["phases-differ"]),
        ([("2014-03-21", "2014-12-31")], ["phases-differ"]),
        ([("2014-03-20", "2014-12-30")], ["phases-differ"]),
    ],
)
def test_phases_must_cover_the_campaign_day_by_day(
    tmp_path: Path, spans: list[tuple[str, str]], found: list[str]
) -> None:
    assert codes(tmp_path, phases(*spans)) == found


def test_the_people_of_a_batch_and_of_its_composition_are_the_same_number(tmp_path: Path) -> None:
    differing = ROTATION.replace("每批人数: 3,", "每批人数: 3, 方式: 专业组合, 组合: {内科: 1, 外科: 1},")

    assert codes(tmp_path, differing) == ["composition-differs"]
    assert codes(tmp_path, differing.replace("每批人数: 3", "每批人数: 2")) == []


def test_every_check_is_in_the_one_list() -> None:
    import xiaxiang.check.policy as module  # noqa: PLC0415 - looked at as a whole

    assert {name for name in vars(module) if name.startswith("check_") and name != "check_policy"} == {
        one.__name__ for one in POLICY_CHECKS
    }
