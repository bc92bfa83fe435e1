"""`xiaxiang validate` 检查: say everything that is wrong in a plan (and a roster), where, and what to type instead."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from xiaxiang.cli import console
from xiaxiang.cli.options import JSON, TABLE, AllowOutside, Format, Plan, Strict
from xiaxiang.cli.session import next_steps, plan_file, roster_file, status_of

if TYPE_CHECKING:
    from xiaxiang.pipeline import Result

_SHEETS: Final = frozenset({".csv", ".xlsx", ".xls"})

Paths = Annotated[
    list[Path] | None, typer.Argument(metavar="文件…", help="计划或名册；不写就查当前文件夹的", show_default=False)
]


def validate(
    *,
    paths: Paths = None,
    plan: Plan = None,
    output: Format = TABLE,
    strict: Strict = False,
    allow_outside: AllowOutside = False,
) -> int:
    """Print every finding in the files named, or in those of the current folder."""
    from xiaxiang.pipeline import add_roster, read  # noqa: PLC0415 - not wanted by --help

    named = list(paths or ())
    sheets = [path for path in named if path.suffix.lower() in _SHEETS]
    plans = [path for path in named if path not in sheets] or [plan_file(plan)]
    found = []
    for each in plans:
        result = read(plan_file(each), allow_outside=allow_outside)
        beside = roster_file(plan_file(each), None) if not named or each.is_dir() else None
        for sheet in sheets or ([beside] if beside else []):
            result = add_roster(result, sheet)
        found.append(result)
    _print(found, output)
    diagnostics = [one for result in found for one in result.diagnostics]
    status = status_of(diagnostics, *plans, *sheets, strict=strict)
    if output == TABLE and not status:
        next_steps("xiaxiang 排班", plan=plan or (plans[0] if named and not sheets else None))
    return status


def _print(results: list[Result], output: str) -> None:
    """Print the findings of all the files, and what was read where nothing is wrong."""
    from xiaxiang.render.json_common import validation  # noqa: PLC0415
    from xiaxiang.render.text_diagnostics import diagnostics_text, summary_text  # noqa: PLC0415

    found = [one for result in results for one in result.diagnostics]
    if output == JSON:
        console.say_json(validation(found))
        return
    texts = {file: text for result in results for file, text in result.texts.items()}
    if found:
        console.say(diagnostics_text(found, texts, width=console.width()) + "\n")
    for result in results:
        if result.workspace and not result.has_errors:
            console.say(_what_was_read(result) + "\n")
    console.say(summary_text(found) + "\n")


def _what_was_read(result: Result) -> str:
    workspace = result.workspace
    if workspace is None:
        return ""
    plan = workspace.plan
    people = sum(len(department.people) for department in plan.departments)
    roster = f" · 名册 {len(result.roster.rows)} 行" if result.roster else ""
    counts = f"{len(plan.departments)} 个科室 {people} 人 · {len(plan.recipient_units)} 个受援单位"
    return f"{plan.title}: {counts} · 变动登记 {len(plan.events)} 条{roster}"
