"""Validation: a plan of 10,000 people, whole processes, beside check-jsonschema and yamale on the same file.

The peers check types, required and unknown keys with schemas as short as a user would write them (written here,
not the much larger one of `xiaxiang schema`). We also check references, duplicates, dates, order and events.

Then the same plan with thousands of mistakes beside itself without any: nobody should wait for being told.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import Final

from measure import heading, in_turn, line, process
from peers import program

DEPARTMENTS, PEOPLE = 200, 50
TITLES = ("主治医师", "住院医师", "副主任医师", "主管护师")
STAFF = ("姓名", "工号", "性别", "出生年月", "学历", "职称", "专业", "手机", "执业证号", "身份证号", "到岗日期")
"""What an office's own list of its staff holds, row by row."""
TEXT = {"type": "string"}


MISTAKES: Final = {
    "10,000 个全角冒号": ("      - 姓名: 人员{}", "      - 姓名：人员{}"),
    "40,000 个问题": (
        "      - {{姓名: 人员{}, 到岗日期: 2015-07-01, 离岗日期: 2030-07-01, 职级: 中级, 拟晋升: 否}}",
        "      - {{姓名: 人员{}, 到岗日期: 2015-13-01, 离岗日期: 明年, 职级: 中, 拟进升: 否}}",
    ),
}
"""What is wrong → a person's line without it and with it."""


def people_text(line: str) -> str:
    """Return a plan of one department with 10,000 people, each written as `line`."""
    head = (
        "计划名称: 测速",
        "支援单位: 某市人民医院",
        "受援单位: [{名称: 甲院, 每批人数: 2}]",
        "起始日期: 2024-01-01",
        "派遣顺序: [内科]",
        "科室:",
        "  - 名称: 内科",
        "    人员:",
    )
    return "\n".join([*head, *(line.format(number) for number in range(DEPARTMENTS * PEOPLE))]) + "\n"


def plan_text() -> str:
    """Return a plan of 200 departments with 50 people each, every one with what an office knows of its staff."""
    lines = [
        "计划名称: 测速",
        "支援单位: {名称: 某市人民医院, 联系人: 周敏}",
        "受援单位: [{名称: 甲院, 每批人数: 2}, {名称: 乙院, 每批人数: 1}]",
        "起始日期: 2024-01-01",
        "科室:",
    ]
    for number in range(DEPARTMENTS):
        lines += [f"  - 名称: 第{number}科", f"    负责人: 主任{number}", "    人员:"]
        for serial in range(number * PEOPLE, (number + 1) * PEOPLE):
            person = ", ".join(f"{name}: {value}" for name, value in zip(STAFF, staff(serial), strict=True))
            lines.append(f"      - {{{person}}}")
    lines.append("派遣顺序: [" + ", ".join(f"第{number}科" for number in range(DEPARTMENTS)) + "]")
    return "\n".join(lines) + "\n"


def staff(serial: int) -> tuple[str, ...]:
    """Return one person as written in YAML; numbers in quotes, as every tool but ours needs them."""
    return (
        f"人员{serial}",
        f'"{serial:05d}"',
        "男女"[serial % 2],
        "1985年6月",
        "大学本科",
        TITLES[serial % len(TITLES)],
        "普通外科",
        f'"{13800000000 + serial}"',
        f'"{110370000000000 + serial}"',
        f'"{370100198506150000 + serial}"',
        "2015-07-01",
    )


def closed(required: tuple[str, ...], **properties: object) -> dict[str, object]:
    return {
        "type": "object",
        "required": list(required),
        "properties": properties,
        "additionalProperties": False,
    }


def json_schema() -> str:
    """Return the file's structure for check-jsonschema."""
    day = {"type": "string", "format": "date"}
    person = closed(("姓名",), **dict.fromkeys(STAFF, TEXT) | {"到岗日期": day})
    department = closed(("名称",), 名称=TEXT, 负责人=TEXT, 人员={"type": "array", "items": person})
    recipient = closed(("名称",), 名称=TEXT, 每批人数={"type": "integer", "minimum": 0})
    plan = closed(
        ("计划名称", "支援单位", "受援单位", "起始日期", "科室", "派遣顺序"),
        计划名称=TEXT,
        支援单位=closed(("名称",), 名称=TEXT, 联系人=TEXT),
        受援单位={"type": "array", "items": recipient},
        起始日期=day,
        科室={"type": "array", "items": department},
        派遣顺序={"type": "array", "items": TEXT},
    )
    return json.dumps(plan, ensure_ascii=False)


YAMALE = f"""\
计划名称: str()
支援单位: map(str())
受援单位: list(include('recipient'))
起始日期: day()
科室: list(include('department'))
派遣顺序: list(str())
---
recipient: {{名称: str(), 每批人数: int(min=0)}}
department: {{名称: str(), 负责人: str(), 人员: list(include('person'))}}
person: {{{", ".join(f"{name}: str()" for name in STAFF[:-1])}, {STAFF[-1]}: day()}}
"""


def mistakes() -> None:
    """Print what thousands of mistakes cost beside none."""
    heading(["检查：错误多的计划（整个进程）"])
    for what, texts in MISTAKES.items():
        with tempfile.TemporaryDirectory() as name:
            works = []
            for status, text in enumerate(texts):
                folder = Path(name) / str(status)
                folder.mkdir()
                (folder / "plan.yaml").write_text(people_text(text), encoding="utf-8")
                call = (sys.executable, "-m", "xiaxiang", "validate", "plan.yaml")
                works.append(process(*call, cwd=str(folder), expected=status))
            clean, wrong = in_turn(*works, runs=5)
            line(what, wrong, "没有问题", clean, "≤ 2")


def main() -> None:
    """Print all figures."""
    heading([f"检查：{DEPARTMENTS * PEOPLE:,} 人的计划（整个进程）"])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file, text in (
            ("plan.yaml", plan_text()),
            ("schema.json", json_schema()),
            ("schema.yaml", YAMALE),
        ):
            (folder / file).write_text(text, encoding="utf-8")
        ours = process(sys.executable, "-m", "xiaxiang", "validate", "plan.yaml", cwd=name, expected=0)
        for peer, arguments, limit, runs in (
            ("check-jsonschema", ("--schemafile", "schema.json", "plan.yaml"), "≥ 6 倍", 3),
            ("yamale", ("-s", "schema.yaml", "plan.yaml"), "≥ 2 倍", 9),
        ):
            if found := program(peer):
                mine, theirs = in_turn(ours, process(found, *arguments, cwd=name, expected=0), runs=runs)
                line("xiaxiang validate", mine, peer, theirs)
                print(f"快 {theirs / mine:.1f} 倍   （要求 {limit}）")
    mistakes()


if __name__ == "__main__":
    main()
