"""`xiaxiang schedule` 排班: the rotation of one year."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from xiaxiang.cli import console
from xiaxiang.cli.options import JSON, AllowOutside, Explain, Force, Plan, Strict, Year
from xiaxiang.cli.schedule_files import check_target, hand_over, read_form, target_of
from xiaxiang.cli.session import next_steps, plan_file, status_of, tell_findings

if TYPE_CHECKING:
    from xiaxiang.pipeline import Result

Form = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="格式",
        parser=read_form,
        help="table（默认）、json、csv、xlsx、ics（日历）、html（网页）",
        show_default=False,
    ),
]
Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="文件", help="写进文件，格式看文件名，例如 轮换表.html", show_default=False),
]

Readings = Annotated[bool, typer.Option("--readings", help="换成其他口径各排一遍，列出谁会动")]
Diff = Annotated[bool, typer.Option("--diff", help="公布过的和现在排的有什么不同，为什么")]


def schedule(
    *,
    year: Year = None,
    plan: Plan = None,
    form: Form = None,
    output: Output = None,
    explain: Explain = False,
    diff: Diff = False,
    readings: Readings = False,
    force: Force = False,
    strict: Strict = False,
    allow_outside: AllowOutside = False,
) -> int:
    """Print the rotation of a year (of the first one where none is given), or write it as a file."""
    from xiaxiang.pipeline import add_schedule, read  # noqa: PLC0415 - not wanted by --help
    from xiaxiang.schedule import has_errors  # noqa: PLC0415

    target = target_of(form, output)
    check_target(target, force=force, diff=diff)
    file = plan_file(plan)
    if diff:
        return _diff(read(file, allow_outside=allow_outside), year, plan, file, as_json=target.form == JSON)
    result = add_schedule(read(file, allow_outside=allow_outside), year, strict=strict)
    if not target.is_screen:
        tell_findings(result, with_notes=False)
        hand_over(result, target, explain=explain, force=force)
    elif target.form == JSON:
        _print_json(result, readings=readings)
    else:
        _print_table(result, plan, explain=explain, readings=readings)
    failed = result.schedule is not None and has_errors(result.schedule)
    return status_of(result.diagnostics, file, strict=strict, failed=failed)


def _diff(result: Result, year: int | None, plan: Path | None, file: Path, *, as_json: bool) -> int:
    from xiaxiang.cli.schedule_diff import print_diff  # noqa: PLC0415 - not wanted by --help

    return status_of(print_diff(result, year, plan, as_json=as_json).diagnostics, file)


def _print_json(result: Result, *, readings: bool) -> None:
    from xiaxiang.render.json_common import with_diagnostics  # noqa: PLC0415
    from xiaxiang.render.json_schedule import empty_schedule, schedule_json  # noqa: PLC0415

    if result.schedule is None or result.year is None:
        content = empty_schedule(result.year)
    else:
        content = schedule_json(result.schedule, result.year)
    if readings:
        from xiaxiang.pipeline import schedule_readings  # noqa: PLC0415
        from xiaxiang.render.json_comparison import readings_json  # noqa: PLC0415

        content["other_readings"] = readings_json(schedule_readings(result), result.year)
    console.say_json(with_diagnostics(content, result.workspace, result.diagnostics))


def _print_table(result: Result, plan: Path | None, *, explain: bool, readings: bool) -> None:
    from xiaxiang.render.text_schedule import schedule_reasons_text, schedule_text, undecided  # noqa: PLC0415

    tell_findings(result, with_notes=False)
    if result.workspace is None or result.schedule is None or result.year is None:
        return
    text = schedule_reasons_text if explain else schedule_text
    console.say(text(result.workspace, result.schedule, result.year, width=console.width()))
    if not result.schedule.batches:
        console.say(f"\n{result.year} 年没有批次：计划从 {result.workspace.plan.starts_on} 起。换一个 --year\n")
        return
    if readings:
        from xiaxiang.cli.schedule_readings import print_readings  # noqa: PLC0415

        console.say("\n")
        print_readings(result)
    open_choices = undecided(result.schedule, result.year)
    if open_choices:
        console.say(f"\n{open_choices} 处标“建议”，由科室确定：定了就在变动登记里加一条“指派”。\n")
    else:
        console.say("\n")
    why = () if explain else (f"xiaxiang 排班 --year {result.year} --explain",)
    page = f"xiaxiang 排班 --year {result.year} -o 轮换表.html"
    next_steps(*why, page, f"xiaxiang 出文 轮换表 --year {result.year} -o 轮换表.docx", plan=plan)
