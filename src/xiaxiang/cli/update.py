"""`xiaxiang update` 更新: how an office's own list of people differs from the plan's, and taking it over."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from xiaxiang.cli import console
from xiaxiang.cli.options import AllowOutside, Plan, read_day
from xiaxiang.cli.session import next_steps, plan_file, quoted, status_of, tell_findings
from xiaxiang.cli.status import WRONG_INPUT, CallError

if TYPE_CHECKING:
    from xiaxiang.cli.update_files import Staged
    from xiaxiang.load.staff import Staff
    from xiaxiang.pipeline import Result

From = Annotated[Path, typer.Option("--from", metavar="花名册", help="单位自己的名单（.xlsx、.xls、.csv）")]
Write = Annotated[bool, typer.Option("--write", help="写进人员文件（原文件留作 .bak）；不写就只列出差别")]
LeftOn = Annotated[
    date | None,
    typer.Option(
        "--left-on", metavar="日期", parser=read_day, help="名单里没有的人在这一天离岗，同时登记", show_default=False
    ),
]


def update(
    *,
    source: From,
    write: Write = False,
    left_on: LeftOn = None,
    plan: Plan = None,
    allow_outside: AllowOutside = False,
) -> int:
    """Print who is new, gone, changed; write what can be written where asked."""
    from xiaxiang.cli.update_files import staged  # noqa: PLC0415 - not wanted by --help
    from xiaxiang.load.staff import compare  # noqa: PLC0415
    from xiaxiang.pipeline import read  # noqa: PLC0415
    from xiaxiang.render.text_differences import differences_text  # noqa: PLC0415

    file = plan_file(plan)
    result = read(file, allow_outside=allow_outside)
    tell_findings(result, with_notes=False)
    staff = read_staff(source)
    if result.workspace is None or not staff.fields:
        return status_of((*result.diagnostics, *staff.diagnostics), file, source) or WRONG_INPUT
    found = compare(result.workspace.plan, staff)
    console.say(differences_text(found, str(source)))
    change = staged(result.workspace.plan, found, left_on)
    console.say("".join(f"{sentence}\n" for sentence in change.left))
    if write and change.files:
        _write(file, result, change, allow_outside=allow_outside)
        next_steps("xiaxiang 检查", plan=plan)
    elif change.files:
        leaving = f" --left-on {left_on}" if left_on else ""
        next_steps(f"xiaxiang 更新 --from {quoted(source)}{leaving} --write", plan=plan)
    return status_of((*result.diagnostics, *staff.diagnostics), file, source)


def read_staff(source: Path) -> Staff:
    """Return the list in `source`; its findings have been told."""
    from xiaxiang.load.staff import load_staff  # noqa: PLC0415
    from xiaxiang.pipeline import Result  # noqa: PLC0415

    staff = load_staff(source)
    tell_findings(Result(staff.diagnostics, staff.texts))
    return staff


def _write(file: Path, before: Result, change: Staged, *, allow_outside: bool) -> None:
    """Read and check the plan as it would be, then write. Raises CallError where anything else would change."""
    from xiaxiang.check import check  # noqa: PLC0415
    from xiaxiang.cli.update_files import is_faithful  # noqa: PLC0415
    from xiaxiang.load import load_workspace  # noqa: PLC0415
    from xiaxiang.render.text_diagnostics import diagnostics_text  # noqa: PLC0415
    from xiaxiang.write.files import BACKUP, write_files  # noqa: PLC0415

    loaded = load_workspace(file, allow_outside=allow_outside, staged=change.files)
    found = (*loaded.diagnostics, *(check(loaded.workspace) if loaded.workspace else ()))
    known = {(one.code, one.message) for one in before.diagnostics}
    fresh = [one for one in found if one.is_error and (one.code, one.message) not in known]
    if fresh:
        console.tell(diagnostics_text(fresh, loaded.texts, width=console.width()) + "\n")
        raise CallError("改了以后会有上面的错误，没有改动任何文件", "先改花名册，或自己改人员文件", WRONG_INPUT)
    as_it_is = load_workspace(file, allow_outside=allow_outside).workspace
    if not loaded.workspace or not as_it_is or not is_faithful(as_it_is.plan, loaded.workspace.plan, change):
        names = "、".join(change.files)
        raise CallError(f"{names} 的写法不好自动改，没有改动任何文件", "照上面自己改", WRONG_INPUT)
    write_files({Path(name): data for name, data in change.files.items()}, force=True)
    console.say("".join(f"已改 {name}（原文件留作 {Path(name).name}{BACKUP}）\n" for name in change.files))
