"""Policies, ranks and the calendar: built-in data are whole, and a policy without clauses is refused."""

from __future__ import annotations

import random
from datetime import date
from typing import TYPE_CHECKING

import pytest

from xiaxiang.load.calendar import published_calendar
from xiaxiang.load.files import builtin
from xiaxiang.load.policies import builtin_policies, load_policy
from xiaxiang.load.ranks import load_ranks
from xiaxiang.model.hospital import Person
from xiaxiang.model.plan import DEFAULT_POLICY
from xiaxiang.model.rank import Rank
from xiaxiang.model.reading import SETTINGS

if TYPE_CHECKING:
    from pathlib import Path

BUILTIN = builtin("plans") / DEFAULT_POLICY / "policy.yaml"


@pytest.mark.parametrize("name", builtin_policies())
def test_every_built_in_policy_is_sound(name: str, tmp_path: Path) -> None:
    policy, findings = load_policy(name, tmp_path)

    assert findings == ()
    assert policy is not None
    assert set(policy.readings) <= {setting.name for setting in SETTINGS}


def test_the_default_policy_is_built_in() -> None:
    assert DEFAULT_POLICY in builtin_policies()


def test_a_users_own_policy_is_read_by_its_path(tmp_path: Path) -> None:
    (tmp_path / "制度.yaml").write_bytes(BUILTIN.read_bytes())

    assert load_policy("制度.yaml", tmp_path)[0] is not None


@pytest.mark.parametrize(
    ("written", "instead", "code"),
    [
        ("依据: 三（七）", "备注: 三（七）", "unknown-key"),
        ("每人: {值: 1000, 单位: 元}, 依据: 四（六）", "每人: {值: 1000, 单位: 元}", "missing-clause"),
        ("不早于: 结束前7天, 依据: 四（四）", "不早于: 结束前7天", "missing-clause"),
        ("  派遣顺序: 三（一）\n", "", "missing-clause"),
        ("{值: 按人数, 依据: 四（六）}", "按人数", "missing-clause"),
        ("授课间隔: {值: 任一间隔", "授课间距: {值: 任一间隔", "unknown-reading"),
        ("{值: 任一间隔", "{值: 随便", "unknown-reading-value"),
        ("交接日: 首个周一", "交接日: 31", "bad-handover-day"),
        ("单位: 次, 依据: 三（二）", "单拉: 次, 依据: 三（二）", "unknown-key"),
        ("分子: 出勤天数, ", "", "missing-field"),
        ("至少: 80%, ", "", "missing-field"),
    ],
)
def test_a_policy_with_a_fault_is_no_policy(tmp_path: Path, written: str, instead: str, code: str) -> None:
    text = BUILTIN.read_text(encoding="utf-8")
    assert text.count(written) >= 1
    (tmp_path / "制度.yaml").write_text(text.replace(written, instead, 1), encoding="utf-8")
    policy, findings = load_policy("制度.yaml", tmp_path)

    assert policy is None
    assert code in {one.code for one in findings}


@pytest.mark.parametrize("day", ["首个周一", "首个工作日", "1", "28"])
def test_the_known_handover_days_are_accepted(tmp_path: Path, day: str) -> None:
    text = BUILTIN.read_text(encoding="utf-8").replace("交接日: 首个周一", f"交接日: {day}")
    (tmp_path / "制度.yaml").write_text(text, encoding="utf-8")

    assert load_policy("制度.yaml", tmp_path)[1] == ()


def test_an_unknown_policy_is_answered_with_the_nearest(tmp_path: Path) -> None:
    policy, findings = load_policy(DEFAULT_POLICY[:-1], tmp_path)

    assert policy is None
    assert [one.code for one in findings] == ["unknown-policy"]
    assert DEFAULT_POLICY in findings[0].hint


@pytest.mark.parametrize(
    ("title", "rank"),
    [
        ("住院医师", Rank.JUNIOR),
        ("主治医师", Rank.INTERMEDIATE),
        ("主管护师", Rank.INTERMEDIATE),
        ("副主任医师", Rank.ASSOCIATE_SENIOR),
        ("主任药师", Rank.SENIOR),
        ("主治大夫", None),
    ],
)
def test_titles_have_their_ranks(title: str, rank: Rank | None) -> None:
    assert load_ranks().rank_of(Person(name="张三", professional_title=title)) == rank


def test_the_calendar_holds_what_was_published() -> None:
    calendar = published_calendar()

    assert {2004, 2023, 2024, 2025, 2026} <= calendar.published
    assert calendar.why_off(date(2024, 10, 7)) == "国庆节"
    assert not calendar.is_working_day(date(2024, 1, 1))
    assert calendar.is_working_day(date(2024, 10, 12))  # a make-up Saturday


def test_the_calendar_agrees_with_the_package_it_comes_from() -> None:
    import chinese_calendar  # noqa: PLC0415 - the oracle of this test only

    calendar, chance = published_calendar(), random.Random(1)
    for _ in range(500):
        day = date(chance.randint(2004, 2026), chance.randint(1, 12), chance.randint(1, 28))
        assert calendar.is_working_day(day) == chinese_calendar.is_workday(day), day
