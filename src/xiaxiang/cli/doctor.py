"""`xiaxiang doctor` 体检: whether this machine is fit for the work, and what to do where it is not."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from xiaxiang.cli import console
from xiaxiang.cli.options import JSON, TABLE, Format, Plan
from xiaxiang.cli.session import plan_file
from xiaxiang.cli.status import DONE, WRONG_INPUT, CallError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xiaxiang.cli.checkup import Check

_WELL: Final = "正常"
_ILL: Final = "注意"
_TITLE_WIDTH: Final = 12
_DO: Final = "怎么办: "

Strict = Annotated[bool, typer.Option("--strict", help="有一项要注意就按失败退出")]


def doctor(plan: Plan = None, output: Format = TABLE, strict: Strict = False) -> int:
    """Print one line for each question, with what to do."""
    from xiaxiang.cli.checkup import checkup  # noqa: PLC0415 - not wanted by --help
    from xiaxiang.load.files import find_plan  # noqa: PLC0415

    file = plan_file(plan) if plan is not None else find_plan(Path())
    if file is not None and not file.is_file():
        raise CallError(f"找不到文件“{file}”", "检查文件名和所在的文件夹；不写 --plan 就看当前文件夹")
    checks = list(checkup(file.parent if file else Path(), file, date.today()))  # noqa: DTZ011 - the user's own day
    problems = sum(not one.ok for one in checks)
    if output == JSON:
        console.say_json({"checks": [_json(one) for one in checks], "problems": problems})
    else:
        console.say("\n".join([*_lines(checks), "", _summary(problems)]) + "\n")
    return WRONG_INPUT if strict and problems else DONE


def _json(one: Check) -> dict[str, object]:
    return {"name": one.name, "title": one.title, "ok": one.ok, "message": one.message, "hint": one.hint}


def _lines(checks: Sequence[Check]) -> list[str]:
    from xiaxiang.render.text_layout import pad, paragraph  # noqa: PLC0415 - not wanted by --help

    width = console.width()
    lines: list[str] = []
    for one in checks:
        lead = f"{_WELL if one.ok else _ILL}  {pad(one.title, _TITLE_WIDTH)}"
        lines += paragraph(lead, one.message, width=width)
        if one.hint:
            lines += paragraph(" " * (len(_WELL) * 2 + 2) + _DO, one.hint, width=width)
    return lines


def _summary(problems: int) -> str:
    return f"{problems} 项要注意" if problems else "一切正常"
