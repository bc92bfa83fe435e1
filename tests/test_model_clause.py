"""What rests on a clause: rules, numbers as people read them, readings with their alternatives."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from xiaxiang.load import load_policy
from xiaxiang.model.clause import Number, clause_named, clauses_of, resting_on
from xiaxiang.model.plan import DEFAULT_POLICY

if TYPE_CHECKING:
    from xiaxiang.model.policy import Policy


@pytest.fixture(scope="module")
def policy() -> Policy:
    found, _ = load_policy(DEFAULT_POLICY, Path())
    assert found is not None
    return found


@pytest.mark.parametrize(
    "text", ["三（二）", "三(二)", " 三 （二） ", "3（2）", "3.2", "三、二", "第三条第二款", "第三条（二）"]
)
def test_a_clause_may_be_written_in_the_usual_ways(text: str) -> None:
    assert clause_named(text) == "三（二）"


def test_every_clause_has_something_that_rests_on_it(policy: Policy) -> None:
    clauses = clauses_of(policy)

    assert {"一", "三（一）", "三（二）", "四（六）"} <= set(clauses)
    for clause in clauses:
        use = resting_on(policy, clause)
        assert use.rules or use.numbers or use.readings, clause


def test_the_clauses_stand_in_their_order(policy: Policy) -> None:
    assert clauses_of(policy)[:4] == ("一", "三（一）", "三（二）", "三（三）")


def test_a_clause_shows_its_numbers_rules_and_readings(policy: Policy) -> None:
    use = resting_on(policy, "三（二）")

    assert use.rules == ("后延",)
    assert use.numbers == (Number("轮换", "每轮后延次数", ("1 次",)),)
    assert [(one.name, one.value) for one in use.readings] == [("自动后延", "下一批"), ("后延计次", "按科室每轮")]
    assert use.readings[0].others[0][0] == "对调"


def test_money_rates_and_lists_are_shown_as_people_write_them(policy: Policy) -> None:
    shown = {
        (one.section, one.name): one.values
        for clause in clauses_of(policy)
        for one in resting_on(policy, clause).numbers
    }

    assert shown["经费 科室奖励", "每人"] == ("1,000 元",)
    assert shown["经费 发放前提", "材料"] == ("任务考核表、下乡总结、医务部审核",)
    assert shown["考核 项目 考勤", "至少"] == ("80%",)
    assert shown["轮换", "交接月份"] == ("1、4、7、10",)
    assert shown["轮换", "中级为主"] == ("是",)
    assert shown["轮换", "最低职称"] == ("中级",)


def test_a_number_by_date_says_from_when(tmp_path: Path) -> None:
    from xiaxiang.load.files import builtin  # noqa: PLC0415 - only this test writes a policy

    text = (builtin("plans") / DEFAULT_POLICY / "policy.yaml").read_text(encoding="utf-8")
    changed = text.replace("每人: {值: 1000, 单位: 元}", "每人: {2012-01-01: 800, 2025-01-01: 1000}")
    (tmp_path / "制度.yaml").write_text(changed, encoding="utf-8")
    found, _ = load_policy("制度.yaml", tmp_path)

    assert found is not None
    shown = [one.values for one in resting_on(found, "四（六）").numbers if one.section == "经费 科室奖励"]
    assert shown == [("自 2012-01-01 起 800 元", "自 2025-01-01 起 1,000 元")]
