"""`xiaxiang roster` 名册: the sheet of a batch, ready to type into."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from xiaxiang.cli import console
from xiaxiang.cli.options import AllowOutside, Batch, Force, Plan, Strict  # noqa: TC001 - typer reads them
from xiaxiang.cli.session import next_steps, plan_file, quoted, status_of, tell_findings
from xiaxiang.cli.status import WRONG_INPUT, CallError

if TYPE_CHECKING:
    from xiaxiang.model.batch import BatchRef
    from xiaxiang.model.policy import Policy
    from xiaxiang.model.schedule import Batch as BatchMade
    from xiaxiang.model.schedule import Schedule

_SUFFIXES: Final = (".xlsx", ".csv")

Output = Annotated[
    Path, typer.Option("--output", "-o", metavar="文件", help=".xlsx（有下拉和批注）或 .csv；不写就是 名册.xlsx")
]


def roster(
    *,
    batch: Batch = None,
    output: Output = Path("名册.xlsx"),
    plan: Plan = None,
    force: Force = False,
    strict: Strict = False,
    allow_outside: AllowOutside = False,
) -> int:
    """Write the roster of a batch with names, dates and 应出勤 filled in."""
    from xiaxiang.cli.roster_sheet import roster_sheet, sheet_bytes  # noqa: PLC0415 - not wanted by --help
    from xiaxiang.pipeline import add_schedule, read  # noqa: PLC0415
    from xiaxiang.write.files import check_targets, write_file  # noqa: PLC0415

    if output.suffix.lower() not in _SUFFIXES:
        raise CallError(f"“{output.name}”不是表格的文件名", "写成 名册.xlsx 或 名册.csv")
    if batch is None:
        raise CallError("没有写哪一批", "例如 xiaxiang 名册 --batch 2024-1")
    check_targets([output], force=force)
    file = plan_file(plan)
    result = add_schedule(read(file, allow_outside=allow_outside), batch.year, strict=strict)
    tell_findings(result, with_notes=False)
    if result.workspace is None or result.schedule is None:
        return status_of(result.diagnostics, file, strict=strict) or WRONG_INPUT
    wanted = _batch(result.schedule, result.workspace.policy, batch, result.year)
    sheet = roster_sheet(result.workspace, result.schedule, wanted)
    write_file(output, sheet_bytes(sheet, output.suffix.lower()), force=force)
    console.say(f"已写 {output}: {wanted.name.label} {len(sheet.rows)} 人；姓名、派驻起止、应出勤天数已经填好\n")
    proposed = sum(one.proposed and one.person is not None for one in wanted.postings)
    if proposed:
        console.say(f"{proposed} 人是建议人选，由科室确定：核对姓名；定了就在变动登记里加一条“指派”\n")
    next_steps(f"填好后 xiaxiang 检查 {quoted(output)}", f"xiaxiang 考核 {quoted(output)}", plan=plan)
    return status_of(result.diagnostics, file, strict=strict)


def _batch(schedule: Schedule, policy: Policy, wanted: BatchRef, year: int | None) -> BatchMade:
    """Return the batch that is meant. Raises CallError where the schedule has none."""
    year = wanted.year or year or 0
    name = wanted.named_in(year, policy.months_of(year)) if year else None
    found = schedule.batch(name) if name else None
    if found is None:
        names = "、".join(str(one.name) for one in schedule.batches)
        raise CallError(f"轮换表里没有“{wanted.text}”", f"有 {names}" if names else "先 xiaxiang 排班 看看有哪几批")
    return found
