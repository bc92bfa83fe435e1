"""`xiaxiang update` 更新: how an office's own list of people differs from the plan's, and taking it over."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from xiaxiang.cli import console
from xiaxiang.cli.options import AllowOutside, Plan  # noqa: TC001 - typer reads the annotations when it runs
from xiaxiang.cli.session import next_steps, plan_file, quoted, status_of, tell_findings
from xiaxiang.cli.status import WRONG_INPUT, CallError
from xiaxiang.model.scalar import ScalarError, parse_day

if TYPE_CHECKING:
    from xiaxiang.load.staff import Staff


def read_day(text: str) -> date:
    """Return the day that `text` names. Raises typer.BadParameter."""
    try:
        return parse_day(text)
    except ScalarError as bad:
        raise typer.BadParameter(f"{bad.message}，{bad.hint}") from None


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
    from xiaxiang.cli.update_files import staged_files  # noqa: PLC0415 - not wanted by --help
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
    staged = staged_files(result.workspace.plan, found, left_on)
    for sentence in staged.left:
        console.say(f"{sentence}\n")
    if write and staged.contents:
        _write(file, staged.contents, allow_outside=allow_outside)
        next_steps("xiaxiang 检查", plan=plan)
    elif staged.contents:
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


def _write(file: Path, contents: dict[str, bytes], *, allow_outside: bool) -> None:
    """Check the plan as it would be, then write; nothing is written where that would bring new errors."""
    from xiaxiang.check import check  # noqa: PLC0415
    from xiaxiang.load import load_workspace  # noqa: PLC0415
    from xiaxiang.pipeline import read  # noqa: PLC0415
    from xiaxiang.render.text_diagnostics import diagnostics_text  # noqa: PLC0415
    from xiaxiang.write.files import write_files  # noqa: PLC0415

    known = {(one.code, one.message) for one in read(file, allow_outside=allow_outside).diagnostics}
    loaded = load_workspace(file, allow_outside=allow_outside, staged=contents)
    found = (*loaded.diagnostics, *(check(loaded.workspace) if loaded.workspace else ()))
    fresh = [one for one in found if one.is_error and (one.code, one.message) not in known]
    if fresh or loaded.workspace is None:
        console.tell(diagnostics_text(fresh, loaded.texts, width=console.width()) + "\n")
        raise CallError("改了以后会有上面的错误，没有改动任何文件", "先改花名册，或自己改人员文件", WRONG_INPUT)
    write_files({Path(name): data for name, data in contents.items()}, force=True)
    console.say("".join(f"已改 {name}（原文件留作 {name}.bak）\n" for name in contents))
