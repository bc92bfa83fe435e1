"""资金平衡: every 分 that comes in is paid, lies in a fund that is named, or is told as withheld without one."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xiaxiang.assess.table import assess_table
from xiaxiang.load.policies import load_policy
from xiaxiang.model.roster import Roster, RosterRow
from xiaxiang.pipeline_table import table_workspace
from xiaxiang.render.sheet_subjects import subjects_tabs
from xiaxiang.render.text_settlement import balance_lines

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from xiaxiang.model.appraisal_table import TableAppraisal
    from xiaxiang.model.policy import Policy

POLICY = """
名称: 试验办法
文件: 某县卫生院考核办法
对象: 单位
考核:
  项目:
    - {名称: 考核得分, 算法: 评分, 满分: {值: 100, 单位: 分}, 依据: 一}
  等级:
    - {名称: 合格, 不低于: {值: 75, 单位: 分}, 依据: 二}
    - {名称: 基本合格, 不低于: {值: 65, 单位: 分}, 扣减: {剩余经费: 20%, 职务补助: 50%}, 依据: 二}
    - {名称: 不合格, 不低于: {值: 0, 单位: 分}, 扣减: {剩余经费: 50%, 职务补助: 100%}, 依据: 二}
经费:
  基金:
    - {名称: 奖励基金, 基数: 政府补助, 比例: 1%, 依据: 三}
    - {名称: 按月经费, 基数: 财政补助, 比例: 70%, 分月: {值: 12, 单位: 月}, 依据: 三}
    - {名称: 剩余经费, 基数: 财政补助, 比例: 30%, 扣减归入: 奖励基金, 依据: 三}
    - {名称: 职务补助, 基数: 班子补助, 比例: 100%, 依据: 三}
"""
HALF, YEAR = (date(2014, 1, 1), date(2014, 6, 30)), (date(2014, 7, 1), date(2014, 12, 31))


@pytest.fixture(scope="module")
def policy(tmp_path_factory: pytest.TempPathFactory) -> Policy:
    folder: Path = tmp_path_factory.mktemp("policy")
    (folder / "制度.yaml").write_text(POLICY, encoding="utf-8")
    found, faults = load_policy("制度.yaml", folder)
    assert found is not None, faults
    return found


def row(name: str, period: tuple[date, date], score: int | None, yuan: Sequence[int]) -> RosterRow:
    values = dict(zip(("政府补助", "财政补助", "班子补助"), yuan, strict=True))
    scored = {} if score is None else {"考核得分": score}
    return RosterRow(name, "", "", None, *period, values={**values, **scored})


def assessed(policy: Policy, *rows: RosterRow) -> TableAppraisal:
    table = Roster("表.csv", {}, rows)
    return assess_table(table_workspace(policy, table), table, {})[0]


def test_withheld_money_lies_in_the_fund_that_the_policy_names(policy: Policy) -> None:
    grants = (1_000_000, 1_000_000, 24_000)
    found = assessed(
        policy, row("甲", HALF, 75, grants), row("乙", HALF, 74, grants), row("丙", YEAR, 64, grants)
    ).balance
    assert found is not None
    # By hand: 300,000 whole; 20 % and 50 % of it withheld; 1 % of a million put by, three times.
    assert [(one.name, one.own, one.received) for one in found.pools] == [
        ("奖励基金", 3 * 1_000_000, 6_000_000 + 15_000_000)
    ]
    assert found.unassigned == 1_200_000 + 2_400_000  # half of, and the whole 职务补助: no fund is named
    assert found.amount == 3 * (1_000_000 + 70_000_000 + 30_000_000 + 2_400_000)
    assert found.paid == 3 * 70_000_000 + 30_000_000 + 24_000_000 + 15_000_000 + 2_400_000 + 1_200_000
    assert found.is_balanced


def test_half_year_and_year_end_stand_apart_and_the_screen_says_that_all_adds_up(policy: Policy) -> None:
    grants = (0, 1_000_000, 0)
    found = assessed(policy, row("甲", HALF, 90, grants), row("甲", YEAR, 70, grants), row("乙", YEAR, None, grants))
    assert found.balance is not None
    assert [(one.label, one.fund, one.amount, one.paid) for one in found.balance.sums if one.fund == "剩余经费"] == [
        ("2014年1—6月", "剩余经费", 30_000_000, 30_000_000),
        ("2014年7—12月", "剩余经费", 30_000_000, 24_000_000),
    ]
    assert balance_lines(found.balance)[-2:] == [
        " 奖励基金 60,000 = 提取 0 + 扣减归入 60,000",
        " 应拨 2,000,000 = 实付 1,940,000 + 奖励基金 60,000；1 个待补，没有计入",
    ]


def test_a_policy_without_funds_has_no_balance(policy: Policy) -> None:
    without = policy.model_copy(update={"funding": policy.funding.model_copy(update={"funds": ()})})
    assert assessed(without, row("甲", HALF, 90, (1, 1, 1))).balance is None


units = st.tuples(
    st.sampled_from("甲乙丙丁"),
    st.sampled_from((HALF, YEAR)),
    st.one_of(st.none(), st.integers(0, 100)),
    st.tuples(*(st.integers(0, 2_000_000) for _ in range(3))),
)


@settings(max_examples=60, deadline=None)
@given(drawn=st.lists(units, max_size=8))
def test_whatever_comes_in_goes_somewhere_to_the_last_fen(policy: Policy, drawn: list[tuple[object, ...]]) -> None:
    result = assessed(policy, *(row(*one) for one in drawn))  # type: ignore[arg-type]
    found = result.balance
    assert found is not None
    assert found.is_balanced
    for line in (*found.lines, *found.sums):
        assert line.amount == line.paid + line.withheld + line.kept
    for name in ("amount", "paid", "withheld", "kept"):
        assert sum(getattr(one, name) for one in found.lines) == sum(getattr(one, name) for one in found.sums)
    # Held against the lines of the units themselves, which the balance was made from.
    money = [line for one in result.subjects for line in one.money]
    assert found.amount == sum(line.amount for line in money)
    assert found.paid + sum(one.kept for one in found.lines) == sum(line.paid for line in money)
    assert all(sum(line.parts) == line.paid for line in money if line.parts)
    assert found.pending == sum(not one.complete for one in result.subjects)


@settings(max_examples=20, deadline=None)
@given(drawn=st.lists(units, min_size=1, max_size=5))
def test_the_workbook_of_a_table_adds_up(policy: Policy, drawn: list[tuple[object, ...]]) -> None:
    rows = [row(*one) for one in drawn]  # type: ignore[arg-type]
    result = assessed(policy, *rows)
    table = Roster("表.csv", {}, tuple(rows))
    tabs = subjects_tabs(table_workspace(policy, table), result)
    first = tabs["结算"]
    place = [column.name for column in first.sheet.columns].index("实付")
    assert first.totals[place] == sum(one[place] or 0 for one in first.sheet.rows)  # type: ignore[misc]
    assert result.balance is not None
    assert first.totals[place] == result.balance.paid  # what is put by for the fund is paid to nobody
    balance = tabs["资金平衡"]
    lines = [one for one in balance.sheet.rows if one[1] not in {"小计", "奖励基金"}]
    for column in range(3, 7):
        assert balance.totals[column] == sum(one[column] or 0 for one in lines)  # type: ignore[misc]
