"""Every built-in policy keeps its own worked cases."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from xiaxiang.assess import run_cases
from xiaxiang.load.calendar import published_calendar
from xiaxiang.load.cases import builtin_cases, load_cases
from xiaxiang.load.policies import builtin_policies, load_policy
from xiaxiang.load.ranks import load_ranks
from xiaxiang.model.reading import SETTINGS

if TYPE_CHECKING:
    from xiaxiang.model.case import Case, CaseResult
    from xiaxiang.model.policy import Policy

OF_ASSESSMENT = (
    "授课间隔",
    "应出勤",
    "批准的假",
    "科室奖励",
    "召回处罚",
    "请假天数",
    "补助月数",
    "每月天数",
    "中途换人考核",
    "假期补助",
    "全未完成奖励",
    "换人归属",
)


def _policy(name: str) -> Policy:
    policy, found = load_policy(name, Path())
    assert policy is not None, found
    return policy


def _cases(name: str) -> tuple[Case, ...]:
    cases, found, _ = load_cases(builtin_cases(name), _policy(name))
    assert found == ()
    return cases


def _run(name: str, *cases: Case) -> tuple[CaseResult, ...]:
    return run_cases(_policy(name), cases, published_calendar(), load_ranks())


ALL = [(name, case) for name in builtin_policies() for case in _cases(name)]


@pytest.mark.parametrize(("policy", "case"), ALL, ids=[case.name for _, case in ALL])
def test_a_policy_keeps_each_of_its_cases(policy: str, case: Case) -> None:
    (result,) = _run(policy, case)
    assert [(line.expectation.key, line.actual) for line in result.lines] == [
        (line.expectation.key, line.expectation.text) for line in result.lines
    ]
    assert not [one for one in result.diagnostics if one.is_error]


def test_the_cases_of_s05_try_every_value_of_every_reading_of_assessment() -> None:
    cases = _cases("卫生下乡工作制度")
    policy = _policy("卫生下乡工作制度")
    defaults = {(name, value) for name, parameter in policy.readings.items() for _, value in parameter.values}
    tried = defaults | {pair for case in cases for pair in case.plan.readings.items()}
    wanted = {(one.name, value) for one in SETTINGS if one.name in OF_ASSESSMENT for value in one.values}
    assert wanted <= tried
    assert len({case.name for case in cases}) == len(cases) >= 40


def test_an_expectation_that_does_not_hold_is_seen() -> None:
    first = _cases("卫生下乡工作制度")[0]
    wrong = tuple(replace(one, text="1") for one in first.expected)
    (result,) = _run("卫生下乡工作制度", replace(first, expected=wrong))
    assert result.holds is False
    assert [line.holds for line in result.lines] == [False] * len(wrong)
