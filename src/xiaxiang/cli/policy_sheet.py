"""`xiaxiang policy sheet` 表样: the empty table that a policy is assessed from, every column with how to fill it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from xiaxiang.cli import console
from xiaxiang.cli.options import Force  # noqa: TC001 - typer reads it
from xiaxiang.cli.policy_own import Which, read_policy
from xiaxiang.cli.session import next_steps, quoted
from xiaxiang.cli.status import DONE, CallError

if TYPE_CHECKING:
    from xiaxiang.model.sheet import Sheet

_SUFFIXES: Final = (".xlsx", ".csv")
_NOTES_ARE: Final = {".xlsx": "，鼠标停在列名上看怎么填"}

Output = Annotated[
    Path | None,
    typer.Option(
        "--output", "-o", metavar="文件", help=".xlsx（有下拉和批注）或 .csv；不写就显示有哪些列", show_default=False
    ),
]


def sheet(name: Which, output: Output = None, force: Force = False) -> int:
    """Print the columns that a policy is assessed from, or write the empty table."""
    from xiaxiang.cli.policy_columns import rows_are, sheet_of  # noqa: PLC0415 - not wanted by --help
    from xiaxiang.model.case import is_posted  # noqa: PLC0415

    if output is not None and output.suffix.lower() not in _SUFFIXES:
        raise CallError(f"“{output.name}”不是表格的文件名", "写成 表.xlsx 或 表.csv")
    policy = read_policy(name)
    if is_posted(policy):
        raise CallError(f"“{policy.name}”按派驻考核人员，表就是名册", "xiaxiang 名册 --batch 2024-1 -o 名册.xlsx")
    wanted = sheet_of(policy)
    if output is None:
        console.say(f"{policy.name}  考核要填的表：一行是{rows_are(policy)}\n\n")
        console.say(_listed(wanted))
        next_steps(f"xiaxiang 制度 sheet {name} -o 表.xlsx", f"xiaxiang 考核 表.xlsx --policy {name}")
        return DONE
    from xiaxiang.cli.roster_sheet import sheet_bytes  # noqa: PLC0415
    from xiaxiang.write.files import check_targets, write_file  # noqa: PLC0415

    check_targets([output], force=force)
    write_file(output, sheet_bytes(wanted, output.suffix.lower()), force=force)
    console.say(f"已写 {output}: {len(wanted.columns)} 列{_NOTES_ARE.get(output.suffix.lower(), '')}\n")
    next_steps(f"填好后 xiaxiang 考核 {quoted(output)} --policy {name}")
    return DONE


def _listed(wanted: Sheet) -> str:
    from xiaxiang.render.text_layout import table  # noqa: PLC0415

    rows = [("列", "怎么填", "看什么"), *((one.name, one.note, one.asked) for one in wanted.columns)]
    return "\n".join(table(rows, width=console.width(), flexible=(1, 2))) + "\n\n"
