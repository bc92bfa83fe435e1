"""The look at the raw text: every slip of the input method is one message at its place, and text is left alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from xiaxiang.load.files import builtin
from xiaxiang.load.heal import heal
from xiaxiang.load.raw import look_at
from xiaxiang.load.yaml import Mapping, Sequence, plain, read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

PLAN = """# 说明：样例，写法
计划名称: 甲县下乡
支援单位: {名称: 甲院, 简称: 县医院}
受援单位:
  - {名称: 河东, 每批人数: 2}
  - 河西
起始日期: 2024-01-01   # 第一批：首个周一
科室:
  - 名称: 内科
    负责人: 林涛
    人员:
      - 姓名: 张三
        职称: 主治医师
      - 姓名: 李四
        不可派: [{起: 2024-01-01, 止: 2024-02-01, 原因: 进修}]
        职称: 医师
  - 名称: 外科
    人员: [{姓名: 王五, 职称: 主治}, {姓名: 赵六, 职称: 主治}]
派遣顺序:
  - 内科
  - 外科
已派科室: [内科, 外科]
变动登记:
  - 类型: 后延
    日期: 2024-01-01
    科室: 内科
  - {类型: 后延, 日期: 2024-01-01, 科室: 内科, 原因: 因病，休养}
口径:
  遇节假日: 顺延
"""
LINES = PLAN.split("\n")

Slip = tuple[str, int, int, str]
"""The code, the line, the column and the text with the slip."""


def written(line: int, start: int, end: int, new: str) -> str:
    changed = LINES[line][:start] + new + LINES[line][end:]
    return "\n".join([*LINES[:line], changed, *LINES[line + 1 :]])


def twins(pattern: str, *slips: tuple[str, int, int, str]) -> Iterator[Slip]:
    """Yield, for every sign of the grammar that the pattern finds, the plan with another sign in its place.

    A slip is a code, the offset and the length of what is replaced, and what stands there instead.
    """
    for number, line in enumerate(LINES):
        body = "" if line.startswith("#") else line.partition(" #")[0]
        for match in re.finditer(pattern, body):
            for code, offset, length, new in slips:
                start = match.start() + offset
                yield code, number + 1, start + 1, written(number, start, start + length, new)


def indents() -> Iterator[Slip]:
    for number, line in enumerate(LINES):
        width = len(line) - len(line.lstrip(" "))
        if width:
            for code, new in (
                ("tab-indent", "\t" * (width // 2)),
                ("wide-space", "　" * (width // 2)),
                ("no-break-space", "\u00a0" * width),
                ("zero-width", "\u200b" + " " * width),
            ):
                yield code, number + 1, 1, written(number, 0, width, new)


SLIPS = [
    *twins(r":(?= |$)", ("full-width-colon", 0, 1, "：")),
    *twins(
        r": ",
        ("full-width-colon", 0, 2, "："),
        ("no-space-after-colon", 0, 2, ":"),
        ("no-break-space", 1, 1, "\u00a0"),
        ("wide-space", 1, 1, "　"),
    ),
    *twins(
        r"(?<= )- ",
        ("full-width-dash", 0, 1, "－"),
        ("full-width-dash", 0, 1, "—"),
        ("full-width-dash", 0, 2, "－"),
        ("no-space-after-dash", 0, 2, "-"),
        ("wide-space", 1, 1, "　"),
    ),
    *twins(r", ", ("full-width-comma", 0, 1, "，"), ("full-width-comma", 0, 2, "，")),
    *twins(r"\{", ("full-width-brace", 0, 1, "｛")),
    *twins(r"\}", ("full-width-brace", 0, 1, "｝")),
    *twins(r"\[", ("full-width-bracket", 0, 1, "［"), ("full-width-bracket", 0, 1, "【")),
    *twins(r"\]", ("full-width-bracket", 0, 1, "］")),
    *indents(),
]
MEANT = plain(read_yaml(PLAN, "x")[0])


@pytest.mark.parametrize(
    ("code", "line", "column", "text"), SLIPS, ids=[f"{one[0]}-{one[1]}-{one[2]}" for one in SLIPS]
)
def test_every_sign_of_the_grammar_written_wrongly_is_one_message_and_read_as_meant(
    code: str, line: int, column: int, text: str
) -> None:
    tree, found = read_yaml(text, "x")

    assert [(one.code, one.position.line, one.position.column) for one in found] == [(code, line, column)]
    assert plain(tree) == MEANT


@pytest.mark.parametrize("text", [one[3] for one in SLIPS[::7]])
def test_what_is_healed_says_what_was_meant_and_needs_no_second_healing(text: str) -> None:
    healed = heal(text.encode())

    assert healed is not None
    assert plain(read_yaml(healed.data.decode(), "x")[0]) == MEANT
    assert heal(healed.data) is None


@pytest.mark.parametrize(
    "text",
    [
        "目标:\n  - 考核：每季度一次\n  - 【重要】提高水平，服务群众\n",
        "备注: “好”\n",
        "备注: 见：二楼，左转 ＃3 号\n",
        "备注: |\n  姓名：张三\n  -内科\n  \t制表\n  　　段落\n计划名称: 甲\n",
        "说明: 第一行\n  姓名：续行\n  　　段落\n计划名称: 甲\n",
        'a: "多行\n  姓名：张三，\n  完"  # 说明：好，\n',
        "- {姓名: 张三, 备注: 因病，原因：不详}\n",
        "支援单位: {名称: 甲院, 电话: 0000-1234567, 联系人: 周敏：科长}\n",
        "计划名称: “十四五”下乡计划\n",
        "时间: 8:30\n网址: http://a.b/c\n路径: C:\\甲\n",
        "- 2024-01-01\n- -5\n- no\n- 阿依古丽·买买提\n",
        "#　全角空格开头的说明：，“”\n计划名称: 甲\n",
        "依据文件:\n  - 《办法》（甲发〔2024〕1号）：第三条\n",
        "任务: [{内容: 义诊，巡诊, 负责: 医务科}]\n",
    ],
)
def test_full_width_signs_in_texts_quotes_blocks_and_remarks_are_left_alone(text: str) -> None:
    assert look_at(text).text == text
    assert read_yaml(text, "x")[1] == ()


def test_several_slips_and_another_mistake_are_all_told_in_one_run_at_their_places() -> None:
    text = "计划名称：甲\n支援单位: 甲院\n受援单位:\n　－乙院\n起始日期: 2024-02-30，\n科室: [{名称:内科，人员: []}]\n"
    tree, found = read_yaml(text, "x")

    assert [(one.code, one.position.line, one.position.column) for one in found] == [
        ("full-width-colon", 1, 5),
        ("wide-space", 4, 1),
        ("full-width-dash", 4, 2),
        ("no-space-after-colon", 6, 9),
        ("full-width-comma", 6, 12),
    ]
    assert plain(tree)["受援单位"] == ["乙院"]
    assert plain(tree)["科室"] == [{"名称": "内科", "人员": []}]


def test_the_places_of_healed_lines_are_those_of_the_text_as_written() -> None:
    tree, _ = read_yaml("- {姓名：张三，职称：主治, 工号: 01}\n", "x")

    assert isinstance(tree, Sequence)
    assert isinstance(tree.items[0], Mapping)
    pairs = tree.items[0].pairs
    assert [(key.text, key.column, value.text, value.column, value.end_column) for key, value in pairs] == [
        ("姓名", 4, "张三", 7, 9),
        ("职称", 10, "主治", 13, 15),
        ("工号", 17, "01", 21, 23),
    ]


def test_a_bracket_that_never_closes_is_told_once_and_hides_no_slip_below() -> None:
    _, found = read_yaml("派遣顺序: [内科, 外科\n变动登记:\n  - 类型：后延\n", "x")

    assert {one.code for one in found} == {"yaml-syntax", "full-width-colon"}


def test_fifty_commented_plans_are_not_touched() -> None:
    start = (builtin("templates") / "init" / "plan.yaml").read_text(encoding="utf-8")
    for number in range(50):
        lines = start.split("\n")
        at = number * len(lines) // 50
        lines.insert(at, f"# 第 {number} 条说明：写法“随意”，｛全角｝－也行\t")
        text = "\n".join(lines)
        assert look_at(text).text == text
        assert heal(text.encode()) is None


NAMES = [
    "no",
    "null",
    "~",
    "1e3",
    "0123",
    "𠮷",
    "阿依古丽·买买提",
    "张 三",
    "O'Brien",
    "2024-1",
    "８",
    "甲（乙）",
    "A/B",
    "是",
]
SCALARS = [
    f"{name}{ending}"
    for name in NAMES
    for ending in (
        "",
        "（一）",
        "、乙",
        "·丙",
        "，丁",
        "：戊",
        "－己",
        "“庚”",
        "；辛",
        "！",
        "％",
        "　壬",
        "【癸】",
        "#1",
        "-2",
    )
][:200]


@pytest.mark.parametrize("text", SCALARS)
def test_a_text_stays_the_text_that_was_written(text: str) -> None:
    tree, found = read_yaml(f"备注: {text}\n目标:\n  - {text}\n", "x")

    assert found == ()
    assert plain(tree) == {"备注": text, "目标": [text]}
