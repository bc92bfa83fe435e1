"""What the commands share between parsing and printing: finding the plan, telling findings, choosing the status."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from xiaxiang.cli import console
from xiaxiang.cli.status import DONE, WRONG_CALL, WRONG_INPUT, CallError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from xiaxiang.model.diagnostic import Diagnostic
    from xiaxiang.model.position import Position
    from xiaxiang.pipeline import Result


def plan_file(named: Path | None, *, beside: Path | None = None) -> Path:
    """Return the plan to work on: the one named, the current folder's, or the one `beside` another file.

    A folder means the plan in it. Raises CallError where there is none.
    """
    from xiaxiang.load.files import find_plan  # noqa: PLC0415 - not wanted by --help

    if named is not None and not named.is_dir():
        return named
    folders = [named or Path(), *([beside.parent] if beside and not named else [])]
    found = next((plan for folder in folders if (plan := find_plan(folder))), None)
    if found is None:
        where = "当前文件夹" if named is None else f"文件夹 {named} "
        hint = "进入计划所在的文件夹再运行，或写明 --plan 文件；还没有计划: xiaxiang 新建 文件夹"
        raise CallError(f"{where}里没有 plan.yaml", hint)
    return found


def roster_file(plan: Path, named: Path | None) -> Path | None:
    """Return the roster: the one named, else the first roster.* or 名册.* beside the plan."""
    if named is not None:
        return named
    names = (f"{stem}{ending}" for stem in ("roster", "名册", "下乡名册") for ending in (".csv", ".xlsx", ".xls"))
    return next((plan.parent / name for name in names if (plan.parent / name).is_file()), None)


def tell_findings(result: Result, *, with_notes: bool = True) -> None:
    """Print the findings on stderr, with their excerpts and, where anything is wrong, the count."""
    from xiaxiang.model.diagnostic import Severity  # noqa: PLC0415
    from xiaxiang.render.text_diagnostics import diagnostics_text, summary_text  # noqa: PLC0415

    found = [one for one in result.diagnostics if with_notes or one.severity is not Severity.NOTE]
    if found:
        console.tell(diagnostics_text(found, result.texts, width=console.width()) + "\n")
    if any(one.severity is not Severity.NOTE for one in found):
        console.tell(summary_text(found) + "\n\n")


def status_of(found: Iterable[Diagnostic], *named: Path, strict: bool = False, failed: bool = False) -> int:
    """Return the exit status: 2 where a named file cannot be read, 1 for errors (or `failed`), else 0.

    Under `strict` a warning counts as an error.
    """
    from xiaxiang.load.files import UNREADABLE  # noqa: PLC0415
    from xiaxiang.model.diagnostic import Severity  # noqa: PLC0415

    findings = list(found)
    # Where a file is named inside another one, the finding stands at that place and is an error in the input.
    if any(one.code in UNREADABLE and one.position in {_start_of(path) for path in named} for one in findings):
        return WRONG_CALL
    failing = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    return WRONG_INPUT if failed or any(one.severity in failing for one in findings) else DONE


def next_steps(*commands: str, plan: Path | None = None) -> None:
    """Print the commands that usually come next, one a line, with the --plan that was given."""
    tail = f" --plan {quoted(plan)}" if plan else ""
    for index, command in enumerate(commands):
        console.say(("        " if index else "下一步  ") + command + tail + "\n")


def quoted(word: Path | str) -> str:
    """Return a path or a name as it is typed in a terminal."""
    text = str(word)
    return f'"{text}"' if " " in text else text


def _start_of(path: Path) -> Position:
    from xiaxiang.load.files import Reader, start_of  # noqa: PLC0415

    return start_of(Reader(root=path.parent, here=Path()).shown(path))
