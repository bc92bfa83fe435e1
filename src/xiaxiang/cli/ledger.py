"""`xiaxiang ledger` 台账: what everybody has served over all years, by every clock of the policy."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from xiaxiang.cli import console
from xiaxiang.cli.options import JSON, TABLE, AllowOutside, AsOf, Force, Format, Plan, Strict
from xiaxiang.cli.session import next_steps, plan_file, quoted, roster_file, status_of, tell_findings
from xiaxiang.cli.status import CallError
from xiaxiang.cli.tables import Output, check_output, write_tables

if TYPE_CHECKING:
    from xiaxiang.model.clock import Clock
    from xiaxiang.model.ledger import Ledger
    from xiaxiang.model.workspace import Workspace
    from xiaxiang.pipeline import Result

Person = Annotated[
    str, typer.Option("--person", metavar="姓名", help="只看一个人（姓名或工号），列出每一段", show_default=False)
]
Which = Annotated[
    str, typer.Option("--clock", metavar="计时", help="只看一种计时，例如 晋升；不写就是全部", show_default=False)
]
History = Annotated[
    Path | None,
    typer.Option(
        "--history", metavar="文件", help="计划以前或别处的服务；不写就用计划旁边的 history.csv", show_default=False
    ),
]
Roster = Annotated[
    Path | None,
    typer.Option("--roster", metavar="名册", help="实际派驻的名册；不写就用计划旁边的 roster.csv", show_default=False),
]


def ledger(
    *,
    person: Person = "",
    clock: Which = "",
    as_of: AsOf = None,
    history: History = None,
    roster: Roster = None,
    plan: Plan = None,
    output: Format = TABLE,
    into: Output = None,
    force: Force = False,
    strict: Strict = False,
    allow_outside: AllowOutside = False,
) -> int:
    """Print who has met which clock, who falls short by how much, and who will meet it when."""
    from xiaxiang.pipeline import add_roster, read  # noqa: PLC0415 - not wanted by --help
    from xiaxiang.pipeline_years import add_history, add_ledger  # noqa: PLC0415

    check_output(into, "台账", force=force)
    file = plan_file(plan)
    sheet, past = roster_file(file, roster), _history_file(file, history)
    until = as_of or date.today()  # noqa: DTZ011 - the office's own day
    result = add_history(add_roster(read(file, allow_outside=allow_outside), sheet), past)
    result = add_ledger(result, until, strict=strict)
    made = _narrowed(result, person) if result.ledger else None
    clocks = _chosen(result.workspace, clock) if result.workspace else ()
    if output == JSON:
        _print_json(result, made, clocks, until)
    else:
        _print_table(result, made, clocks, plan, is_one=bool(person))
    if into and made and result.workspace:
        from xiaxiang.render.sheet_ledger import ledger_sheets  # noqa: PLC0415

        write_tables(into, ledger_sheets(result.workspace, made, clocks), force=force)
    return status_of(result.diagnostics, file, *(one for one in (sheet, past) if one), strict=strict)


def _history_file(plan: Path, named: Path | None) -> Path | None:
    """Return the history: the one named, else history.* beside the plan, unless it holds grades of earlier years."""
    from xiaxiang.load.grade_history import has_grades  # noqa: PLC0415 - not wanted by --help

    stems = ("history", "历史记录")
    names = (plan.parent / f"{stem}{ending}" for stem in stems for ending in (".csv", ".xlsx", ".xls"))
    return named or next((one for one in names if one.is_file() and not has_grades(one)), None)


def _narrowed(result: Result, person: str) -> Ledger | None:
    """Return the ledger, of one person alone where one is asked for. Raises CallError where nobody is meant."""
    from xiaxiang.model.similar import nearest_hint  # noqa: PLC0415

    made, workspace = result.ledger, result.workspace
    if made is None or workspace is None or not person:
        return made
    kept = tuple(one for one in made.accounts if person in {one.name, one.id})
    names = [one.name for department in workspace.plan.departments for one in department.people]
    if not kept and person in names:
        raise CallError(f"“{person}”没有下乡记录，也没有排上", "以前在别处的服务写进 history.csv（姓名、科室、起、止）")
    if not kept:
        raise CallError(f"计划里没有“{person}”", nearest_hint(person, names, "姓名、工号要和计划的“人员”一致"))
    return replace(made, accounts=kept, others=0, unknown_rank=tuple(one.label for one in kept if one.rank is None))


def _chosen(workspace: Workspace, wanted: str) -> tuple[Clock, ...]:
    """Return the clocks of that name, or whose name begins with it. Raises CallError where there is none."""
    clocks = workspace.policy.clocks
    found = tuple(one for one in clocks if one.name == wanted) or tuple(
        one for one in clocks if one.name.startswith(wanted)
    )
    if wanted and not found:
        known = "、".join(one.name for one in clocks)
        hint = f"有 {known}" if known else "在制度里加“计时”: xiaxiang 制度 show 卫生下乡工作制度 里有样子"
        raise CallError(f"制度没有设定计时“{wanted}”", hint)
    return found


def _print_json(result: Result, made: Ledger | None, clocks: tuple[Clock, ...], as_of: date) -> None:
    from xiaxiang.render.json_common import with_diagnostics  # noqa: PLC0415
    from xiaxiang.render.json_ledger import empty_ledger, ledger_json  # noqa: PLC0415

    content = ledger_json(result.workspace, made, clocks) if result.workspace and made else empty_ledger(as_of)
    console.say_json(with_diagnostics(content, result.workspace, result.diagnostics))


def _print_table(
    result: Result, made: Ledger | None, clocks: tuple[Clock, ...], plan: Path | None, *, is_one: bool
) -> None:
    from xiaxiang.render.text_ledger import account_text, clock_text, ledger_text  # noqa: PLC0415

    tell_findings(result, with_notes=False)
    workspace, width = result.workspace, console.width()
    if workspace is None or made is None:
        return
    if not workspace.policy.clocks:
        console.say("制度没有设定计时。在制度里加“计时”，样子见 xiaxiang 制度 show 卫生下乡工作制度\n\n")
    if is_one:
        for account in made.accounts:
            console.say(account_text(workspace, made, account, clocks, width=width) + "\n")
    elif len(clocks) < len(workspace.policy.clocks):
        console.say(clock_text(workspace, made, clocks, width=width) + "\n")
    else:
        console.say(ledger_text(workspace, made, width=width) + "\n")
    steps = ["xiaxiang 台账"] if is_one else [f"xiaxiang 台账 --person {quoted(one.name)}" for one in made.accounts[:1]]
    if not is_one and len(clocks) == len(workspace.policy.clocks):
        steps += [f"xiaxiang 台账 --clock {quoted(one.name)}" for one in clocks[-1:]]
    next_steps(*steps, "xiaxiang 台账 -o 台账.xlsx", plan=plan)
