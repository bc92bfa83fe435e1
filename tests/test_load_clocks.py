"""计时 in a policy: what a clock must say of itself, and whose clause it rests on."""

from __future__ import annotations

from pathlib import Path

import pytest

from xiaxiang.load.files import builtin
from xiaxiang.load.policies import load_policy
from xiaxiang.model.clock import ClockKind, Counting, Records
from xiaxiang.model.plan import DEFAULT_POLICY
from xiaxiang.model.source import Source, source_of

TEXT = (builtin("plans") / DEFAULT_POLICY / "policy.yaml").read_text(encoding="utf-8")
LONG_TERM = "{名称: 长期派驻, 算法: 自然年天数, 至少: {值: 183, 单位: 天}, 计法: 含首尾, 单次或累计: 单次, "
LONG_TERM += "依据: 《县域医共体指标》长期派驻}"


def load(folder: Path, clock: str) -> tuple[object, list[str]]:
    assert LONG_TERM in TEXT
    (folder / "制度.yaml").write_text(TEXT.replace(LONG_TERM, clock), encoding="utf-8")
    policy, found = load_policy("制度.yaml", folder)
    return policy, [one.code for one in found]


def test_the_built_in_clocks_say_what_they_count_and_by_which_document() -> None:
    policy = load_policy(DEFAULT_POLICY, Path())[0]
    assert policy is not None

    assert [(one.name, one.kind, str(policy.source(one.clause))) for one in policy.clocks] == [
        ("本期", ClockKind.TERM, "《卫生下乡工作制度》三（一）"),
        ("晋升（按月）", ClockKind.CAREER_MONTHS, "《医师法》第四十六条"),
        ("晋升（按天）", ClockKind.CAREER_DAYS, "《医师法》第四十六条"),
        ("长期派驻", ClockKind.YEAR_DAYS, "《县域医共体指标》长期派驻"),
    ]
    assert policy.clocks[-1].records is Records.SINGLE


@pytest.mark.parametrize(
    ("clock", "code"),
    [
        ("{名称: 长期派驻, 算法: 自然年天数, 至少: 183, 单次或累计: 单次}", "missing-clause"),
        ("{名称: 长期派驻, 算法: 自然年天数, 至少: 183, 依据: 一}", "missing-field"),
        ("{名称: 季度, 算法: 季度天数, 至少: 6, 依据: 一}", "missing-field"),
        ("{名称: 长期派驻, 算法: 半年天数, 至少: 183, 依据: 一}", "unknown-word"),
        ("{名称: 长期派驻, 算法: 累计天数, 至少: 183, 计法: 含首, 依据: 一}", "unknown-word"),
        ("{名称: 又一期, 算法: 本期, 至少: 3, 依据: 一}", "unknown-word"),
        ("{名称: 本期, 算法: 累计天数, 至少: 183, 依据: 一}", "duplicate-key"),
        ("{名称: 长期派驻, 算法: 累计天数, 至少: 半年, 依据: 一}", "bad-number"),
        ("{算法: 累计天数, 至少: 183, 依据: 一}", "missing-field"),
    ],
)
def test_a_clock_with_a_fault_is_no_clock_and_no_policy(tmp_path: Path, clock: str, code: str) -> None:
    assert load(tmp_path, clock) == (None, [code])


def test_a_clock_counts_both_ends_unless_it_says_otherwise_and_may_have_no_bound(tmp_path: Path) -> None:
    policy, found = load(tmp_path, "{名称: 累计, 算法: 累计天数, 依据: 一}")

    assert found == []
    clock = policy.clocks[-1]  # type: ignore[attr-defined]
    assert (clock.counting, clock.at_least) == (Counting.BOTH_ENDS, None)


def test_a_clause_of_another_document_is_cited_as_that_documents_own() -> None:
    assert source_of("某制度", "三（一）") == Source("某制度", "三（一）")
    assert source_of("某制度", "《医师法》第四十六条") == Source("医师法", "第四十六条")
