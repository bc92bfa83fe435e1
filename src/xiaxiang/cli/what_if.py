"""`xiaxiang what-if` 假如: what one or more events would change, before anybody writes them down. Writes nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from xiaxiang.cli import console
from xiaxiang.cli.options import JSON, TABLE, AllowOutside, Format, Plan, Strict, read_year
from xiaxiang.cli.session import next_steps, plan_file, status_of, tell_findings
from xiaxiang.cli.status import CallError

if TYPE_CHECKING:
    from xiaxiang.cli.supposing import Supposed
    from xiaxiang.pipeline import Result

Lines = Annotated[
    list[str] | None,
    typer.Argument(metavar="事件…", help="例如 '后延 外科 2024-03-01 自动后延'；一条一对引号", show_default=False),
]
File = Annotated[
    Path | None,
    typer.Option("--file", metavar="文件", help="事件另放的文件（.yaml、.csv、.xlsx）", show_default=False),
]
Year = Annotated[
    int | None,
    typer.Option(
        "--year", metavar="年份", parser=read_year, help="看哪一年的变化；日期没写年份时也按它", show_default=False
    ),
]


def what_if(
    *,
    lines: Lines = None,
    file: File = None,
    year: Year = None,
    plan: Plan = None,
    output: Format = TABLE,
    strict: Strict = False,
    allow_outside: AllowOutside = False,
) -> int:
    """Print what the events would change, and the entries to add if they are meant."""
    from xiaxiang.cli.supposing import suppose_all  # noqa: PLC0415 - not wanted by --help
    from xiaxiang.pipeline import read  # noqa: PLC0415

    if not lines and file is None:
        raise CallError("少写了事件", "例如 xiaxiang 假如 '后延 外科 2024-03-01 自动后延'；或 --file 事件.yaml")
    path = plan_file(plan)
    result = read(path, allow_outside=allow_outside)
    if output == TABLE:
        tell_findings(result, with_notes=False)
    if result.workspace is None or (strict and result.has_errors):
        return _nothing(result, path, output)
    supposed = suppose_all(result, tuple(lines or ()), file, date.today(), year)  # noqa: DTZ011 - the clerk's own day
    if output == JSON:
        _print_json(result, supposed)
    else:
        _print_table(supposed, path, plan)
    found = (*result.diagnostics, *supposed.diagnostics)
    return status_of(found, path, *([file] if file else []), strict=strict)


def _nothing(result: Result, path: Path, output: str) -> int:
    """Answer a plan with which nothing can be computed."""
    from xiaxiang.cli.supposing import Supposed  # noqa: PLC0415

    if output == JSON:
        _print_json(result, Supposed())
    return status_of(result.diagnostics, path, failed=True)


def _print_json(result: Result, supposed: Supposed) -> None:
    from xiaxiang.render.json_common import with_diagnostics  # noqa: PLC0415
    from xiaxiang.render.json_what_if import what_if_json  # noqa: PLC0415

    schedule = supposed.after.schedule if supposed.after else None
    content = what_if_json(supposed.events, schedule, supposed.comparison, supposed.served)
    found = (*result.diagnostics, *supposed.diagnostics)
    console.say_json(with_diagnostics(content, result.workspace, found))


def _print_table(supposed: Supposed, path: Path, plan: Path | None) -> None:
    from xiaxiang.cli.supposing import lines_to_add  # noqa: PLC0415
    from xiaxiang.pipeline import Result  # noqa: PLC0415
    from xiaxiang.render.text_what_if import what_if_text  # noqa: PLC0415

    # Whose consent is missing is part of the screen itself.
    found = tuple(one for one in supposed.diagnostics if one.code != "missing-consent")
    tell_findings(Result(found, supposed.texts))
    after = supposed.after
    if after is None or after.workspace is None or after.schedule is None:
        return
    told = [line for line, _ in supposed.events]
    width = console.width()
    console.say(what_if_text(after.workspace, after.schedule, told, supposed.comparison, supposed.served, width=width))
    if supposed.later:
        years = "、".join(str(year) for year in supposed.later)
        console.say(f" 以后  {years} 年也有变动: 加 --year {supposed.later[0]} 看\n")
    console.say(lines_to_add(supposed, path))
    next_steps("xiaxiang 检查", plan=plan)
