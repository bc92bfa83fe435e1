"""`xiaxiang assess` 考核: what the people on a roster have done, and what follows from it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from xiaxiang.cli import console
from xiaxiang.cli.assess_table import assess_a_table
from xiaxiang.cli.noted import Attendance, Memory, Person, Records, of_one_person, say_attendance, say_taken
from xiaxiang.cli.options import JSON, TABLE, AllowOutside, Batch, Explain, Force, Format, Plan, Strict
from xiaxiang.cli.session import next_steps, plan_file, roster_file, status_of, tell_findings
from xiaxiang.cli.settle import (
    Approve,
    ApprovedOn,
    Departments,
    DryRun,
    Recompute,
    Shown,
    Unmasked,
    of_one_batch,
    write_settlement,
)
from xiaxiang.cli.status import CallError
from xiaxiang.cli.tables import Output, check_output

if TYPE_CHECKING:
    from xiaxiang.model.appraisal import Appraisal
    from xiaxiang.pipeline import Result

Roster = Annotated[
    Path | None, typer.Argument(metavar="名册", help="名册文件；不写就用计划旁边的 roster.csv", show_default=False)
]
PolicyName = Annotated[
    str,
    typer.Option("--policy", metavar="制度", help="不用计划，按这个制度考核一张表（单位、队伍等）", show_default=False),
]
History = Annotated[
    Path | None,
    typer.Option(
        "--history", metavar="文件", help="往年等级：名称、年度、等级；不写就用表旁边的 history.csv", show_default=False
    ),
]
Readings = Annotated[bool, typer.Option("--readings", help="换成其他口径各算一遍，列出谁会变、变多少")]


def assess(
    *,
    roster: Roster = None,
    plan: Plan = None,
    output: Format = TABLE,
    policy: PolicyName = "",
    history: History = None,
    records: Records = None,
    attendance: Attendance = None,
    memory: Memory = "",
    person: Person = "",
    batch: Batch = None,
    explain: Explain = False,
    readings: Readings = False,
    departments: Departments = False,
    into: Output = None,
    unmasked: Unmasked = False,
    approve: Approve = False,
    approved_on: ApprovedOn = None,
    recompute: Recompute = False,
    dry_run: DryRun = False,
    force: Force = False,
    strict: Strict = False,
    allow_outside: AllowOutside = False,
) -> int:
    """Print the assessment of a roster: items, conclusions, money; write the settlement; approve a batch."""
    from xiaxiang.pipeline import add_results, add_roster, read, without_approved  # noqa: PLC0415 - not wanted by --help
    from xiaxiang.pipeline_records import Files, add_records  # noqa: PLC0415

    files = Files(records, attendance, memory)
    check_output(into, "结算", force=force)
    shown = Shown(output, explain, readings, departments, plan, person, roster, files, history, batch)
    _check_together(shown, policy, into, approve=approve, recompute=recompute)
    if policy:
        if roster is None:
            raise CallError("没有写要考核的表", "写明表格文件: xiaxiang 考核 表.xlsx --policy 制度")
        return assess_a_table(roster, policy, history, files, shown, into, force=force, strict=strict)
    file = plan_file(plan, beside=roster)
    sheet, shown = roster_file(file, roster), shown.with_plan(file)
    if sheet is None:
        raise CallError(f"{file.parent} 里没有名册", "写明名册文件: xiaxiang 考核 roster.csv；样例见 xiaxiang 新建")
    given = add_records(add_roster(read(file, allow_outside=allow_outside), sheet), files)
    if approve:
        from xiaxiang.cli.approve import Wanted, approve_batch  # noqa: PLC0415 - not wanted by --help

        on = approved_on or date.today()  # noqa: DTZ011 - the office's own day
        return approve_batch(given, Wanted(file, sheet, shown, on, force, dry_run))
    result = of_one_batch(add_results(without_approved(given) if recompute else given, strict=strict), batch)
    _print(of_one_person(result, person), shown, into)
    if into is not None:
        write_settlement(result, into, shown, unmasked=unmasked, force=force)
    return status_of(result.diagnostics, file, sheet, *files.named, strict=strict)


def _check_together(shown: Shown, policy: str, into: Path | None, *, approve: bool, recompute: bool) -> None:
    """Refuse options of which one would be passed over in silence. Raises CallError."""
    options = {"--approve": approve, "--recompute": recompute, "--departments": shown.departments}
    options |= {"--batch": shown.batch is not None, "--person": bool(shown.person)}
    given = [name for name, is_on in options.items() if is_on]
    if policy and given:
        raise CallError(
            f"--policy 考核一张表，不能同时写 {'、'.join(given)}", "去掉其中一个；按计划和名册考核就不写 --policy"
        )
    if shown.history and not policy:
        raise CallError("--history 要和 --policy 一起写", "xiaxiang 考核 表.xlsx --policy 制度 --history history.csv")
    if approve and (into or shown.person):
        raise CallError(f"--approve 核定整批，不能同时写 {'-o' if into else '--person'}", "先核定，再另打一遍")
    if shown.person and (into or shown.departments):
        what = "-o" if into else "--departments"
        raise CallError(f"--person 只看一个人，不能同时写 {what}", "去掉其中一个")


def _print(result: Result, shown: Shown, into: Path | None) -> None:
    """Print the result as it is asked for; where it goes into a file, of the screen only what was found wrong."""
    if shown.output == JSON:
        _print_json(result, readings=shown.readings)
    elif into is not None:
        tell_findings(result, with_notes=False)
    else:
        _print_table(result, shown)


def _print_json(result: Result, *, readings: bool) -> None:
    from xiaxiang.pipeline import other_readings  # noqa: PLC0415
    from xiaxiang.render.json_assess import assess_json, empty_assessment, other_readings_json  # noqa: PLC0415
    from xiaxiang.render.json_common import with_diagnostics  # noqa: PLC0415

    content = assess_json(result.appraisal) if result.appraisal else empty_assessment()
    if readings:
        content["other_readings"] = other_readings_json(other_readings(result))
    console.say_json(with_diagnostics(content, result.workspace, result.diagnostics))


def _print_table(result: Result, shown: Shown) -> None:
    from xiaxiang.pipeline import other_readings  # noqa: PLC0415
    from xiaxiang.render.text_assess import assess_text  # noqa: PLC0415
    from xiaxiang.render.text_assess_reasons import assess_reasons_text  # noqa: PLC0415
    from xiaxiang.render.text_readings import other_readings_text  # noqa: PLC0415
    from xiaxiang.render.text_settlement import years_text  # noqa: PLC0415

    tell_findings(result, with_notes=False)
    if result.workspace is None or result.appraisal is None:
        return
    in_detail = shown.explain or shown.person
    text = years_text if shown.departments else assess_reasons_text if in_detail else assess_text
    console.say(text(result.workspace, result.appraisal, width=console.width()) + "\n")
    if in_detail:
        say_attendance(result)
    if shown.files:
        say_taken(shown.files)
    if shown.readings:
        console.say(other_readings_text(result.workspace, other_readings(result), width=console.width()) + "\n")
    if not shown.departments:
        _print_redispatches(result)
    _say_next(result.appraisal, shown)


def _say_next(appraisal: Appraisal, shown: Shown) -> None:
    """Print what comes next. A paper knows nothing of records: what they say has to be approved before it."""
    again = f"{shown.call}{shown.batch_option}"
    is_open = any(part.batch and not part.approval for part in appraisal.parts)
    paper = f"xiaxiang 出文 补助发放表{shown.roster_option}{shown.batch_option} -o 补助发放表.docx"
    last = f"{again} --approve" if is_open and shown.files and shown.files.named else paper
    next_steps(*(f"{again} {option}" for option in shown.options_left), f"{again} -o 结算.xlsx", last, plan=shown.plan)


def _print_redispatches(result: Result) -> None:
    """Print the entries that send people again, ready to paste."""
    from xiaxiang.assess import is_registered, redispatch_line  # noqa: PLC0415

    workspace = result.workspace
    if workspace is None or result.appraisal is None:
        return
    due = [one for one in result.appraisal.people if one.redispatch and not is_registered(one, workspace)]
    if due:
        events = workspace.plan.events
        home = events[0].places.file if events else ""
        console.say(f"重新下乡要登记: 把下面的内容加到“变动登记”（{home or '计划文件'}）\n")
        console.say("".join(f"  {redispatch_line(one, workspace)}\n" for one in due) + "\n")
