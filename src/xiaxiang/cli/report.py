"""`xiaxiang report` 出文: official documents, as .docx files or as text in the terminal."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from xiaxiang.cli import console
from xiaxiang.cli.options import AllowOutside, Batch, Force, Month, Plan, Strict, Year  # noqa: TC001 - typer reads them
from xiaxiang.cli.session import next_steps, plan_file, roster_file, status_of, tell_findings
from xiaxiang.cli.status import DONE, CallError

if TYPE_CHECKING:
    from xiaxiang.cli.documents import Wanted
    from xiaxiang.model.batch import BatchName
    from xiaxiang.pipeline import Result
    from xiaxiang.present.kinds import Kind

DISPATCH_NOTICE: Final = "dispatch-notice"

KindName = Annotated[str, typer.Argument(metavar="文种", help="中文或英文名称，例如 派遣通知", show_default=False)]
All = Annotated[bool, typer.Option("--all", help="文种的每一份；不写文种就每种出一份，放进 -o 的文件夹")]
Listing = Annotated[bool, typer.Option("--list", help="列出全部文种和各自需要什么")]
Text = Annotated[bool, typer.Option("--text", help="只在终端显示，不写文件")]
Output = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="位置", help="文件名，或放文件的文件夹", show_default=False)
]
Person = Annotated[str, typer.Option("--person", metavar="人员", help="姓名或工号", show_default=False)]
Department = Annotated[
    str, typer.Option("--department", metavar="科室", help="轮次说明等写明哪个科室", show_default=False)
]
Roster = Annotated[
    Path | None, typer.Option("--roster", metavar="名册", help="不写就用计划旁边的 roster.csv", show_default=False)
]


def report(
    *,
    kind: KindName = "",
    every: All = False,
    listing: Listing = False,
    text: Text = False,
    output: Output = None,
    year: Year = None,
    month: Month = None,
    batch: Batch = None,
    person: Person = "",
    department: Department = "",
    roster: Roster = None,
    plan: Plan = None,
    force: Force = False,
    strict: Strict = False,
    allow_outside: AllowOutside = False,
) -> int:
    """Write the documents wanted, or show them, or list the kinds."""
    from xiaxiang.cli.documents import Wanted  # noqa: PLC0415 - not wanted by --help
    from xiaxiang.pipeline import add_results, add_roster, read  # noqa: PLC0415

    if listing:
        return _list_kinds()
    wanted = Wanted(_kind(kind, every=every), every, year, month, batch, person, department)
    if every and not text and output is None:
        raise CallError("--all 会写多个文件，要写明放在哪里", "加 -o 文件夹")
    if text and output is not None:
        raise CallError("--text 只显示，不写文件", "去掉 --text 或 -o")
    file = plan_file(plan)
    sheet = roster_file(file, roster) if roster or _asks_roster(wanted) else None
    result = read(file, allow_outside=allow_outside)
    years = [one for one in (year, month and month.year, batch and batch.year) if one]
    result = add_results(add_roster(result, sheet), *years, strict=strict)
    tell_findings(result, with_notes=False)
    failed = _report(result, wanted, file.parent, None if text else (output or Path()), plan=plan, force=force)
    return status_of(result.diagnostics, file, *([sheet] if sheet else []), strict=strict, failed=failed)


def _asks_roster(wanted: Wanted) -> bool:
    """Whether the roster matters: for what it holds, or for its last batch where no period is given."""
    is_dated = wanted.year or wanted.month or wanted.batch
    return wanted.kind is None or wanted.kind.needs_roster or wanted.all or not is_dated


def _kind(word: str, *, every: bool) -> Kind | None:
    from xiaxiang.cli.usage import suggestion  # noqa: PLC0415
    from xiaxiang.present.kinds import KINDS, kind_named  # noqa: PLC0415

    if not word:
        if every:
            return None
        raise CallError("少写了文种", "例如 xiaxiang 出文 派遣通知；全部文种: xiaxiang 出文 --list")
    found = kind_named(word)
    if found is None:
        names = [name for kind in KINDS for name in (kind.name, kind.identifier)]
        raise CallError(f"没有文种“{word}”", f"{suggestion(word, names)}全部文种: xiaxiang 出文 --list")
    return found


def _list_kinds() -> int:
    from xiaxiang.present.kinds import KINDS, Scope  # noqa: PLC0415
    from xiaxiang.render.text_layout import table  # noqa: PLC0415

    options = {Scope.BATCH: "--batch", Scope.MONTH: "--month", Scope.YEAR: "--year", Scope.PERSON: "--person"}
    options[Scope.TURN] = "--batch --department"
    rows = [("文种", "英文名", "按", "名册", "内容")]
    rows += [
        (one.name, one.identifier, options[one.scope], "要" if one.needs_roster else "", one.about) for one in KINDS
    ]
    console.say("\n".join(table(rows, width=console.width())) + "\n")
    console.say("不写批次、月份、年份时，用名册里最后一批；没有名册就用第一批。\n")
    return DONE


def _report(
    result: Result, wanted: Wanted, folder: Path, place: Path | None, *, plan: Path | None, force: bool
) -> bool:
    """Write or show what is wanted and return whether anything asked for is missing."""
    from xiaxiang.cli.documents import offer, papers, show, write  # noqa: PLC0415
    from xiaxiang.pipeline import batch_by_batch  # noqa: PLC0415
    from xiaxiang.present.given import Given  # noqa: PLC0415
    from xiaxiang.render.text_diagnostics import diagnostics_text  # noqa: PLC0415
    from xiaxiang.schedule import has_errors  # noqa: PLC0415

    if result.workspace is not None and result.workspace.policy.rotation is None:
        what = f"制度“{result.workspace.policy.name}”没有“轮换”，公文都按排班出"
        raise CallError(what, "换一个有轮换的制度；只考核: xiaxiang 考核")
    if result.workspace is None or result.schedule is None:
        return True
    if wanted.kind and wanted.kind.needs_roster and result.appraisal is None:
        raise CallError(f"{wanted.kind.name}要用名册", "写明 --roster 文件，或把 roster.csv 放在计划旁边")
    given = Given(result.workspace, result.schedule, result.appraisal, settled=batch_by_batch(result))
    offered = offer(given, wanted)
    done = papers(given, offered.requests, folder)
    console.tell(diagnostics_text(done.diagnostics, done.texts, width=console.width()))
    if place is None:
        show(done)
    else:
        write(done, place, into_folder=wanted.all, force=force)
        _offer_to_publish(result, [one.batch for one in offered.requests if one.kind == DISPATCH_NOTICE], plan)
    console.tell("".join(f"{refusal.text}\n" for refusal in (*offered.withheld, *done.refusals)))
    return bool(done.refusals or done.diagnostics) or has_errors(result.schedule)


def _offer_to_publish(result: Result, notified: list[BatchName | None], plan: Path | None) -> None:
    """Say how a batch that was just notified stays as it was notified."""
    published = {one.name for one in result.workspace.published} if result.workspace else set()
    names = [name for name in dict.fromkeys(notified) if name is not None and name not in published]
    if names:
        console.say("通知发出以后，公布这一批：以后改计划，也不会改动通知里写的。\n")
        next_steps(*(f"xiaxiang 公布 --batch {name}" for name in names), plan=plan)
