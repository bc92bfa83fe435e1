"""YAML: text stays text, positions are exact, bombs are refused, both parsers agree."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from xiaxiang.load.yaml import DEPTH_LIMIT, NODE_LIMIT, Mapping, Node, Scalar, Sequence, parse_yaml, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

SAMPLE = """# 说明
计划名称: 甲县人民医院
受援单位:
  - 乙镇卫生院
  - {名称: "丙镇卫生院", 每批人数: 2}   # 行内
备注: |
  第一行
  第二行
说明: 写得很长
  接着写
空:
引: 'it''s'
"""


def scalars(node: Node | None) -> Iterator[Scalar]:
    if isinstance(node, Scalar):
        yield node
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from scalars(item)
    elif isinstance(node, Mapping):
        for key, value in node.pairs:
            yield key
            yield from scalars(value)


def code_of(text: str) -> str:
    tree, problem = parse_yaml(text, "计划.yaml")
    assert tree is None
    assert problem is not None
    return problem.code


def test_the_fast_parser_is_installed() -> None:
    assert yaml.__with_libyaml__


def test_every_scalar_stays_the_text_that_was_written() -> None:
    written = ["no", "null", "~", "1e3", "0755", "0123", "2025-02-30", "12:30", "𠮷", "阿依古丽·买买提", "１２", "80%"]

    assert plain(parse_yaml("".join(f"- {text}\n" for text in written), "x")[0]) == written


def test_every_span_covers_exactly_what_was_written() -> None:
    lines = SAMPLE.split("\n")
    tree, problem = parse_yaml(SAMPLE, "x")

    assert problem is None
    for scalar in scalars(tree):
        shown = lines[scalar.line - 1][scalar.column - 1 : scalar.end_column - 1]
        if scalar.text == "it's":
            assert shown == "'it''s'"
        elif "\n" in scalar.text:
            assert shown == "|"
        elif scalar.text.startswith("写得很长"):
            assert shown == "写得很长"
        else:
            assert shown.strip('"') == scalar.text


def test_columns_count_characters_and_not_bytes_or_halves() -> None:
    tree, _ = parse_yaml("𠮷: [甲, 乙]", "x")

    assert [(one.text, one.column, one.end_column) for one in scalars(tree)] == [
        ("𠮷", 1, 2),
        ("甲", 5, 6),
        ("乙", 8, 9),
    ]


BROKEN = [
    "a: [1",
    'a: "x',
    "姓名：张三\n科室: 内科",
    "a: 1\n\tb: 2",
    "a:1\nb: 2",
    "a: b: c",
    "a: &x 1",
    "a: *x",
    "a: !!str 1",
    "a: !甲 1",
    "a: @甲",
    "a: 1\n---\nb: 2",
    "{[a]: b}",
    "[" * 50,
    "a: \x07",
    "a: }",
    "a: 甲\u2028乙",
    "a: [\nb: \x85",
    "a: 甲\ufeff",
    "a: \ud800",
]


@pytest.mark.parametrize("text", [SAMPLE, "", "# 空\n", "甲", "- a\n- - b\n  - c: d\n", "{a: {b: [c]}}", *BROKEN])
def test_the_pure_parser_gives_the_same_tree_or_finding(text: str) -> None:
    assert parse_yaml(text, "x", pure=True) == parse_yaml(text, "x")


@pytest.mark.parametrize("text", BROKEN)
def test_a_syntax_error_is_one_finding_without_a_word_of_english(text: str) -> None:
    tree, problem = parse_yaml(text, "计划.yaml")

    assert tree is None
    assert problem is not None
    assert not any(word in problem.message + problem.hint for word in ("expected", "while", "found", "mapping"))


@pytest.mark.parametrize("sign", ["\r", "\x85", "\u2028", "\u2029", "\ufffe", "\ud800"])
@pytest.mark.parametrize("before", ["a: 1\n", "a: [\n", "a: &x 1\n", "{" * 40 + "\n"])
def test_a_character_that_no_parser_agrees_on_is_said_before_anything_else(sign: str, before: str) -> None:
    _, problem = parse_yaml(f"{before}b: 甲{sign}乙", "x")

    assert problem is not None
    assert (problem.code, problem.position.line, problem.position.column) == ("bad-character", 2, 5)


def test_the_usual_traps_are_named_where_they_stand() -> None:
    _, wide = parse_yaml("姓名: 张三\n科室：内科\n职称: 主治", "x")
    _, tight = parse_yaml("姓名:张三\n科室: 内科", "x")
    _, tab = parse_yaml("人员:\n\t- 张三", "x")

    assert wide is not None
    assert (wide.code, str(wide.position)) == ("full-width-colon", "x:2:3")
    assert tight is not None
    assert (tight.code, str(tight.position)) == ("no-space-after-colon", "x:1:3")
    assert tab is not None
    assert (tab.code, str(tab.position)) == ("tab-indent", "x:2:1")


@pytest.mark.parametrize(
    ("bomb", "code"),
    [
        ("a: &a [x,x]\n" + "".join(f"b{i}: &b{i} [*a,*a]\n" for i in range(1000)), "yaml-alias"),
        ("[" * 200_000, "yaml-depth"),
        ("- " * 100_000 + "a", "yaml-depth"),
        ("{a: " * 100_000, "yaml-depth"),
        ("[" + "," * (NODE_LIMIT + 1) + "]", "too-large"),
        ("\n" * (NODE_LIMIT + 1), "too-large"),
        ("? " * (NODE_LIMIT + 1), "too-large"),
    ],
    ids=["aliases", "brackets", "dashes", "braces", "commas", "lines", "question marks"],
)
def test_bombs_are_refused_quickly(bomb: str, code: str) -> None:
    began = time.perf_counter()

    assert code_of(bomb) == code
    assert time.perf_counter() - began < 2


def test_nesting_up_to_the_limit_is_read() -> None:
    assert parse_yaml("[" * DEPTH_LIMIT + "]" * DEPTH_LIMIT, "x")[1] is None
    assert code_of("[" * (DEPTH_LIMIT + 1) + "]" * (DEPTH_LIMIT + 1)) == "yaml-depth"


def test_repeated_keys_are_all_kept_for_whoever_reads_them() -> None:
    tree, _ = parse_yaml("a: 1\na: 2\n", "x")

    assert isinstance(tree, Mapping)
    assert [(key.text, key.line) for key, _ in tree.pairs] == [("a", 1), ("a", 2)]


@given(st.text(alphabet=st.sampled_from("ab甲：: \n-[]{}\"'#&*!|>,\t@%?~\\") | st.characters(), max_size=60))
def test_any_text_is_read_or_refused_at_a_place_inside_it(text: str) -> None:
    tree, problem = parse_yaml(text, "x")

    assert tree is None or problem is None
    if problem is not None:
        lines = text.split("\n")
        assert 1 <= problem.position.line <= len(lines) + 1
        assert problem.position.end_column >= problem.position.column >= 1
