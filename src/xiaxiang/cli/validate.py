"""`xiaxiang validate` 检查: say everything that is wrong in the files, where, and what to type instead; or type it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from xiaxiang.cli import console
from xiaxiang.cli.options import JSON, TABLE, AllowOutside, Force, Plan, Strict, read_format
from xiaxiang.cli.session import next_steps, status_of

if TYPE_CHECKING:
    from xiaxiang.cli.examine import Examined
    from xiaxiang.model.diagnostic import Diagnostic

GITHUB: Final = "github"


def read_output(text: str) -> str:
    """Return the output format that `text` names. Raises typer.BadParameter."""
    return GITHUB if text.strip().lower() == GITHUB else read_format(text)


Paths = Annotated[
    list[Path] | None,
    typer.Argument(metavar="文件…", help="计划、名册、制度或各种表；不写就查当前文件夹的", show_default=False),
]
Output = Annotated[
    str, typer.Option("--format", metavar="格式", parser=read_output, help="table（默认）、json、github")
]
Fix = Annotated[bool, typer.Option("--fix", help="代改全角标点、缩进等（原文件留作 .bak）")]
Marked = Annotated[
    Path | None, typer.Option("--marked", metavar="文件", help="把问题标在表格的副本上（.xlsx）", show_default=False)
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="只列出会怎样改，不写文件")]


def validate(
    *,
    paths: Paths = None,
    plan: Plan = None,
    output: Output = TABLE,
    strict: Strict = False,
    fix: Fix = False,
    dry_run: DryRun = False,
    marked: Marked = None,
    force: Force = False,
    allow_outside: AllowOutside = False,
) -> int:
    """Print every finding in the files named, or in those of the current folder; heal what has only one cure."""
    from xiaxiang.cli.examine import examine  # noqa: PLC0415 - not wanted by --help

    named = list(paths or ())
    examined = examine(named, plan, allow_outside=allow_outside)
    if (fix or dry_run) and _heal(_found(examined), output, dry_run=dry_run):
        examined = examine(named, plan, allow_outside=allow_outside)
    _print(examined, output)
    if marked is not None:
        from xiaxiang.cli.marking import write_marked  # noqa: PLC0415

        console.tell(write_marked(examined, named, marked, force=force))
    found, plans = _found(examined), {one.path for one in examined if one.is_plan}
    status = status_of(found, *named, *plans, strict=strict)
    if output == TABLE and not status and plans:
        next_steps("xiaxiang 排班", plan=plan or next((one for one in named if one.is_dir() or one in plans), None))
    return status


def _found(examined: list[Examined]) -> list[Diagnostic]:
    return [diagnostic for one in examined for diagnostic in one.diagnostics]


def _heal(found: list[Diagnostic], output: str, *, dry_run: bool) -> bool:
    """Show the changes, make them unless only asked to show, and return whether any file is another now."""
    from xiaxiang.cli.healing import diff_text, healable, write_healed  # noqa: PLC0415 - not wanted by --help

    # The diff is beside the result where the result is for a machine.
    speak = console.say if output == TABLE else console.tell
    files = healable(found)
    if not files:
        speak("没有可以代改的写法。\n\n")
        return False
    speak(diff_text(files) + "\n")
    if dry_run:
        speak("没有改动任何文件。照上面改: 去掉 --dry-run，写 --fix\n\n")
        return False
    speak(write_healed(files) + "\n")
    return True


def _print(examined: list[Examined], output: str) -> None:
    """Print the findings of all the files, and what was read where nothing is wrong."""
    from xiaxiang.render.github import github_text  # noqa: PLC0415 - not wanted by --help
    from xiaxiang.render.json_common import validation  # noqa: PLC0415
    from xiaxiang.render.text_diagnostics import diagnostics_text, summary_text  # noqa: PLC0415

    found = _found(examined)
    if output == JSON:
        console.say_json(validation(found))
        return
    if output == GITHUB:
        console.say(github_text(found))
        return
    texts = {file: text for one in examined for file, text in one.texts.items()}
    if found:
        console.say(diagnostics_text(found, texts, width=console.width()) + "\n")
    console.say("".join(f"{one.summary}\n" for one in examined if one.summary))
    console.say(summary_text(found) + "\n")
