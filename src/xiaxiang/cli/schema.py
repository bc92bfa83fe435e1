"""`xiaxiang schema` 格式: JSON Schema of every file that users write and of every result, for editors and programs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from xiaxiang.cli import console
from xiaxiang.cli.options import Force  # noqa: TC001 - typer reads the annotations when it runs
from xiaxiang.cli.status import DONE, CallError

if TYPE_CHECKING:
    from xiaxiang.model.json_schema import Json

FOLDER: Final = ".xiaxiang"
PLAN_SCHEMA: Final = f"{FOLDER}/plan.schema.json"
"""Where `init` puts the plan's schema, from the plan's folder; the first line of the sample plan names it."""

_INPUTS: Final = {
    "plan": ("计划", "计划 plan.yaml"),
    "policy": ("制度", "制度 policy.yaml"),
    "cases": ("案例", "制度的案例 cases.yaml"),
    "departments": ("科室", "单独存放的科室和人员"),
    "events": ("变动登记", "单独存放的变动登记"),
    "documents": ("发文登记", "单独存放的发文登记"),
    "roster": ("名册", "下乡名册，一行一人一批"),
    "records": ("工作记录", "工作记录，一行一件事"),
    "calendar": ("日历", "放假和调休 calendar.yaml"),
}
_OUTPUTS: Final = {
    "validate": ("检查", "xiaxiang validate --format json 的结果"),
    "schedule": ("排班", "xiaxiang schedule --format json 的结果"),
    "assess": ("考核", "xiaxiang assess --format json 的结果"),
    "schedule-diff": ("排班对照", "xiaxiang schedule --diff --format json 的结果"),
    "publish": ("公布", "xiaxiang publish --format json 的结果"),
    "what-if": ("假如", "xiaxiang what-if --format json 的结果"),
    "explain": ("解释", "xiaxiang explain --format json 的结果"),
    "ledger": ("台账", "xiaxiang ledger --format json 的结果"),
    "stats": ("统计", "xiaxiang stats --format json 的结果"),
    "policy-list": ("制度列表", "xiaxiang policy list --format json 的结果"),
    "doctor": ("体检", "xiaxiang doctor --format json 的结果"),
}
NAMES: Final = _INPUTS | _OUTPUTS
"""English name → Chinese name and what it describes; files first, then results."""

Name = Annotated[str, typer.Argument(metavar="名称", help="例如 plan 或 计划；不写就列出全部", show_default=False)]
Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="文件", help="写成文件；不写就显示", show_default=False),
]


def schema(name: Name = "", output: Output = None, force: Force = False) -> int:
    """Print one schema, or write it, or list the names."""
    if not name:
        return _list_names()
    found = _schema_of(name)
    if output is None:
        console.say_json(found)
        return DONE
    from xiaxiang.write.files import write_file  # noqa: PLC0415

    write_file(output, schema_bytes(found), force=force)
    console.say(f"已写入 {output}\n")
    return DONE


def schema_bytes(content: Json) -> bytes:
    """Return a schema as it stands in a file."""
    from xiaxiang.render.json_common import document  # noqa: PLC0415 - not wanted by --help

    return document(content).encode()


def _schema_of(word: str) -> Json:
    """Return the schema that an English or Chinese name means. Raises CallError where there is none."""
    from xiaxiang.cli.usage import suggestion  # noqa: PLC0415 - not wanted by --help
    from xiaxiang.load.schema import input_schema  # noqa: PLC0415
    from xiaxiang.render.json_contract import output_schema  # noqa: PLC0415

    chinese = {names[0]: name for name, names in NAMES.items()}
    name = chinese.get(word.strip(), word.strip())
    found = input_schema(name) or output_schema(name)
    if found is None:
        raise CallError(f"没有名为“{word}”的格式", f"{suggestion(word, [*NAMES, *chinese])}全部名称: xiaxiang 格式")
    return found


def _list_names() -> int:
    from xiaxiang.render.text_layout import table  # noqa: PLC0415 - not wanted by --help

    rows = [("名称", "中文名", "说明"), *((name, *about) for name, about in NAMES.items())]
    console.say("\n".join(table(rows, width=console.width())) + "\n")
    console.say("看一种: xiaxiang 格式 计划；写成文件: xiaxiang 格式 计划 -o 计划.schema.json\n")
    return DONE
