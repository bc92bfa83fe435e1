"""`xiaxiang publish` 公布: a batch as announced becomes a file that the rotation goes on from, whatever is edited."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from xiaxiang.cli import console
from xiaxiang.cli.options import JSON, TABLE, AllowOutside, Batch, Force, Format, Plan, read_day, read_year
from xiaxiang.cli.session import next_steps, plan_file, status_of, tell_findings
from xiaxiang.cli.status import WRONG_CALL, WRONG_INPUT

if TYPE_CHECKING:
    from pathlib import Path

    from xiaxiang.cli.publishing import Announcement
    from xiaxiang.pipeline import Result

DryRun = Annotated[bool, typer.Option("--dry-run", help="只显示会公布什么，不写文件")]
PublishedOn = Annotated[
    date | None,
    typer.Option("--published-on", metavar="日期", parser=read_day, help="公布日期；不写就是今天", show_default=False),
]
Year = Annotated[
    int | None,
    typer.Option("--year", metavar="年份", parser=read_year, help="批次没写年份时是哪一年", show_default=False),
]


def publish(
    *,
    batch: Batch = None,
    year: Year = None,
    published_on: PublishedOn = None,
    dry_run: DryRun = False,
    plan: Plan = None,
    output: Format = TABLE,
    force: Force = False,
    allow_outside: AllowOutside = False,
) -> int:
    """Write `published/<batch>.yaml`: from then on that batch is a fact."""
    from xiaxiang.cli.publishing import announce  # noqa: PLC0415 - not wanted by --help
    from xiaxiang.pipeline import read  # noqa: PLC0415

    file = plan_file(plan)
    dry_run = dry_run or batch is None  # what is announced is a fact: it is named before it is written
    result = read(file, allow_outside=allow_outside)
    if output == TABLE:
        tell_findings(result, with_notes=False)
    if result.workspace is None or result.has_errors:
        return _refused(result, file, output)
    made = announce(result, file, batch, year, published_on or date.today())  # noqa: DTZ011 - the clerk's own day
    if output == TABLE:
        _show(made)
    kept = made.before is not None and not force and not made.is_same
    if not dry_run and not kept and not made.is_same:
        _write(made, force=force)
    written = not dry_run and not kept and not made.is_same
    if output == JSON:
        _print_json(result, made, written=written)
    else:
        _conclude(made, plan, written=written, kept=kept)
    if kept and not dry_run:
        return WRONG_CALL
    return status_of(result.diagnostics, file, failed=made.has_errors)


def _refused(result: Result, file: Path, output: str) -> int:
    """Say that nothing is announced from a plan with errors."""
    from xiaxiang.render.json_common import with_diagnostics  # noqa: PLC0415
    from xiaxiang.render.json_published import published_json  # noqa: PLC0415

    if output == JSON:
        content = published_json(None, None, None, written=False)
        console.say_json(with_diagnostics(content, result.workspace, result.diagnostics))
    else:
        console.tell("有错误，什么也没有公布：改好上面的错误再公布。\n")
    return status_of(result.diagnostics, file) or WRONG_INPUT


def _show(made: Announcement) -> None:
    from xiaxiang.render.text_comparison import slot_lines  # noqa: PLC0415
    from xiaxiang.render.text_published import published_text  # noqa: PLC0415

    width = console.width()
    console.say(published_text(made.workspace, made.schedule, made.batch, width=width) + "\n")
    for name in made.skipped:
        console.tell(
            f"提醒: {name.label}还没有公布，之后还可能变动，影响名次。先公布它: xiaxiang 公布 --batch {name}\n"
        )
    if made.before is not None and made.comparison.slots:
        titles = ("公布的", "现在排的")
        lines = slot_lines(made.workspace, made.comparison, titles, width=width)
        console.say(f"{made.before.published_on.isoformat()} 公布过，和现在排的不同：\n" + "\n".join(lines) + "\n\n")


def _write(made: Announcement, *, force: bool) -> None:
    from xiaxiang.render.yaml_published import published_yaml  # noqa: PLC0415
    from xiaxiang.write.files import write_file  # noqa: PLC0415

    write_file(made.path, published_yaml(made.batch), force=force)


def _print_json(result: Result, made: Announcement, *, written: bool) -> None:
    from xiaxiang.render.json_common import with_diagnostics  # noqa: PLC0415
    from xiaxiang.render.json_published import published_json  # noqa: PLC0415

    comparison = made.comparison if made.before is not None else None
    content = published_json(made.batch, made.path.as_posix(), comparison, written=written)
    console.say_json(with_diagnostics(content, result.workspace, result.diagnostics))


def _conclude(made: Announcement, plan: Path | None, *, written: bool, kept: bool) -> None:
    """Say what was written, or why not, and what comes next."""
    name = made.batch.name
    if kept:
        console.tell(f"{name.label}已经公布过，没有改动任何文件。确实要重新公布: 加 --force（原文件留作 .bak）\n")
        return
    if made.is_same:
        console.say(f"{name.label}已经公布过，和现在排的一样，不用再公布。\n")
    elif written:
        console.say(f"已公布，写入 {made.path}。从现在起以它为准，改计划不会改动这一批。\n")
    else:
        console.say("还没有写文件。确定公布这一批，照下面打一遍。\n")
        next_steps(f"xiaxiang 公布 --batch {name}{' --force' if made.before else ''}", plan=plan)
        return
    next_steps(f"xiaxiang 出文 派遣通知 --batch {name} -o 派遣通知.docx", plan=plan)
