"""cases.yaml: every slip is named at its place, and a broken case is left out aloud."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from xiaxiang.assess import run_cases
from xiaxiang.load.calendar import published_calendar
from xiaxiang.load.cases import load_cases
from xiaxiang.load.policies import load_policy
from xiaxiang.load.ranks import load_ranks

if TYPE_CHECKING:
    from xiaxiang.model.case import Case
    from xiaxiang.model.diagnostic import Diagnostic
    from xiaxiang.model.policy import Policy

GOOD = """\
- 名称: 一个案例
  输入: {授课日期: 2024-04-08、2024-04-22、2024-05-06、2024-05-20, 查房次数: 10, 出勤天数: 60}
  期望: {未完成: 0, 补助: 1320元, 授课: 合格}
"""


def _policy() -> Policy:
    policy, found = load_policy("卫生下乡工作制度", Path())
    assert policy is not None, found
    return policy


def _load(folder: Path, text: str) -> tuple[tuple[Case, ...], tuple[Diagnostic, ...]]:
    file = folder / "cases.yaml"
    file.write_text(text, encoding="utf-8")
    cases, found, texts = load_cases(file, _policy(), here=folder)
    assert texts == {"cases.yaml": text}
    return cases, found


def test_a_case_is_read_and_holds(tmp_path: Path) -> None:
    cases, found = _load(tmp_path, GOOD)
    (result,) = run_cases(_policy(), cases, published_calendar(), load_ranks())
    assert found == ()
    assert [(one.key, one.text) for one in cases[0].expected] == [("未完成", "0"), ("补助", "1,320"), ("授课", "合格")]
    assert result.holds


def test_without_days_of_the_posting_its_first_session_says_which_term_it_was(tmp_path: Path) -> None:
    cases, _ = _load(tmp_path, GOOD)
    row = cases[0].roster.rows[0]
    assert (row.starts_on, row.ends_on) == (date(2024, 4, 1), date(2024, 6, 30))
    assert (row.name, row.department) == ("张三", "内科")


def test_the_others_of_a_batch_did_the_same_except_for_what_is_written(tmp_path: Path) -> None:
    text = GOOD.replace("出勤天数: 60}", "出勤天数: 60, 同批: [{姓名: 李四, 查房次数: 7}]}")
    cases, found = _load(tmp_path, text)
    rows = cases[0].roster.rows
    assert found == ()
    assert [(row.name, row.values["查房次数"], row.values["出勤天数"]) for row in rows] == [
        ("张三", 10, 60),
        ("李四", 7, 60),
    ]


@pytest.mark.parametrize(
    ("old", "new", "code", "part"),
    [
        ("期望: {未完成", "期望: {未完或", "unknown-key", "未完或"),
        ("查房次数: 10", "查房次书: 10", "unknown-key", "查房次书"),
        ("出勤天数: 60}", "出勤天数: 60, 口径: {授课间歇: 任一间隔}}", "unknown-key", "授课间歇"),
        ("出勤天数: 60}", "出勤天数: 60, 口径: {授课间隔: 随便}}", "unknown-reading-value", "随便"),
        ("  期望:", "  盼望: {}\n  期望:", "unknown-key", "盼望"),
        ("授课: 合格", "授课: 及格", "unknown-word", "及格"),
        ("1320元", "很多", "bad-number", "很多"),
        ("2024-05-20", "2024-05-32", "bad-date", "2024-05-32"),
        ("查房次数: 10", "查房次数: 10, 查房次数: 9", "duplicate-key", "查房次数"),
        ("查房次数: 10", "查房次数: 10, rounds: 9", "duplicate-key", "rounds"),
        ("出勤天数: 60}", "出勤天数: 60, 派驻开始: 2024-04-01}", "missing-field", "派驻起止"),
        ("出勤天数: 60}", "出勤天数: 60, 事件: [{类型: 放假}]}", "unknown-event-type", "放假"),
        ("出勤天数: 60}", "出勤天数: 60, 批次: 明年}", "bad-batch", "明年"),
        ("出勤天数: 60}", "出勤天数: 60, 批次: 2024-9}", "no-such-batch", "2024-9"),
        ("  期望: {未完成: 0, 补助: 1320元, 授课: 合格}", "", "missing-field", "期望"),
    ],
)
def test_a_slip_is_named_and_its_case_left_out(tmp_path: Path, old: str, new: str, code: str, part: str) -> None:
    assert old in GOOD
    other = GOOD.replace("一个案例", "另一个案例")
    cases, found = _load(tmp_path, GOOD.replace(old, new, 1) + other)
    assert [one.code for one in found] == [code]
    assert part in found[0].message
    assert found[0].left_out == "案例“一个案例”"
    assert found[0].position.file == "cases.yaml"
    assert [case.name for case in cases] == ["另一个案例"]


def test_a_slip_points_at_the_word(tmp_path: Path) -> None:
    _, found = _load(tmp_path, GOOD.replace("未完成: 0", "未完或: 0"))
    position = found[0].position
    assert (position.line, position.column, position.end_column) == (3, 8, 11)
    assert "未完成" in found[0].hint


@pytest.mark.parametrize("text", ["名称: 一个案例\n", "只有一句话\n"])
def test_a_file_that_is_no_list_is_said(tmp_path: Path, text: str) -> None:
    cases, found = _load(tmp_path, text)
    assert (cases, [one.code for one in found]) == ((), ["wrong-shape"])


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    cases, found, _ = load_cases(tmp_path / "没有.yaml", _policy())
    assert (cases, [one.code for one in found]) == ((), ["cannot-read"])
