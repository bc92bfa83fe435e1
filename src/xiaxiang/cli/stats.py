"""`xiaxiang stats` 统计: who carried how much over a span, and why it is not the same for all."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from xiaxiang.cli import console
from xiaxiang.cli.options import JSON, TABLE, AllowOutside, Force, Format, Plan, Strict, read_day, read_year
from xiaxiang.cli.session import next_steps, plan_file, quoted, roster_file, status_of, tell_findings
from xiaxiang.cli.status import CallError
from xiaxiang.cli.tables import Output, check_output, write_tables

if TYPE_CHECKING:
    from pathlib import Path

    from xiaxiang.model.statistics import GroupBy
    from xiaxiang.pipeline import Result

Names = Annotated[
    list[str] | None,
    typer.Argument(metavar="名称…", help="问哪几个科室（或人员、职级、专业）的原因", show_default=False),
]
By = Annotated[str, typer.Option("--by", metavar="科室|人员|职级|专业", help="按什么统计；不写就按科室")]
Year = Annotated[
    int | None,
    typer.Option("--year", metavar="年份", parser=read_year, help="只看哪一年", show_default=False),
]
From = Annotated[
    date | None,
    typer.Option("--from", metavar="日期", parser=read_day, help="从哪天起；不写就是起始日期", show_default=False),
]
Until = Annotated[
    date | None,
    typer.Option(
        "--to", metavar="日期", parser=read_day, help="到哪天为止（含）；不写就到今年年底", show_default=False
    ),
]


def stats(
    *,
    names: Names = None,
    by: By = "科室",
    from_on: From = None,
    until_on: Until = None,
    year: Year = None,
    plan: Plan = None,
    output: Format = TABLE,
    into: Output = None,
    force: Force = False,
    strict: Strict = False,
    allow_outside: AllowOutside = False,
) -> int:
    """Print postings, months, deferrals and refusals by group, how far apart the groups are, and why."""
    from xiaxiang.pipeline import add_roster, read  # noqa: PLC0415 - not wanted by --help
    from xiaxiang.pipeline_years import add_statistics  # noqa: PLC0415

    check_output(into, "统计", force=force)
    group = _group(by)
    file = plan_file(plan)
    sheet = roster_file(file, None)
    result = add_roster(read(file, allow_outside=allow_outside), sheet)
    span = _span(result, year, from_on, until_on)
    result = add_statistics(result, group, *span, strict=strict) if span else result
    asked = _asked(result, names or [])
    if output == JSON:
        _print_json(result, group, span)
    else:
        _print_table(result, asked, plan, group)
    if into and result.statistics and result.workspace:
        from xiaxiang.render.sheet_stats import stats_sheets  # noqa: PLC0415

        write_tables(into, stats_sheets(result.workspace, result.statistics), force=force)
    return status_of(result.diagnostics, file, *([sheet] if sheet else []), strict=strict)


def _group(by: str) -> GroupBy:
    from xiaxiang.model.statistics import GroupBy  # noqa: PLC0415

    found = next((one for one in GroupBy if by.strip() in {one.value, one.english}), None)
    if found is None:
        raise CallError(f"不能按“{by}”统计", "--by 可以写 " + "、".join(GroupBy))
    return found


def _span(result: Result, year: int | None, from_on: date | None, until_on: date | None) -> tuple[date, date] | None:
    """Return the days asked for: a year, or from–to; else all from the plan's start to the end of this year."""
    if result.workspace is None:
        return None
    if year and (from_on or until_on):
        raise CallError("--year 和 --from、--to 只写一样", "例如 xiaxiang 统计 --year 2024")
    if year:
        return date(year, 1, 1), date(year, 12, 31)
    start = from_on or result.workspace.plan.starts_on
    today = date.today()  # noqa: DTZ011 - the office's own day
    end = until_on or date(max(today.year, start.year), 12, 31)
    if end < start:
        raise CallError(f"到 {end.isoformat()} 为止早于从 {start.isoformat()} 起", "改正 --from 或 --to")
    return start, end


def _asked(result: Result, names: list[str]) -> list[str]:
    """Return the names of groups asked for. Raises CallError for one that is none."""
    from xiaxiang.model.similar import nearest_hint  # noqa: PLC0415

    known = [one.name for one in result.statistics.groups] if result.statistics else names
    for name in names:
        if name not in known:
            raise CallError(f"这份统计里没有“{name}”", nearest_hint(name, known, "有 " + "、".join(known)))
    return names


def _print_json(result: Result, group: GroupBy, span: tuple[date, date] | None) -> None:
    from xiaxiang.render.json_common import with_diagnostics  # noqa: PLC0415
    from xiaxiang.render.json_stats import empty_stats, stats_json  # noqa: PLC0415

    content = stats_json(result.statistics) if result.statistics else empty_stats(group, *(span or (None, None)))
    console.say_json(with_diagnostics(content, result.workspace, result.diagnostics))


def _print_table(result: Result, asked: list[str], plan: Path | None, group: GroupBy) -> None:
    from xiaxiang.render.text_stats import stats_text  # noqa: PLC0415

    tell_findings(result, with_notes=False)
    if result.workspace is None or result.statistics is None:
        return
    console.say(stats_text(result.workspace, result.statistics, asked, width=console.width()) + "\n")
    others = "人员" if group.value == "科室" else "科室"
    first = [] if asked else result.statistics.groups[:1]
    why = [f"xiaxiang 统计 {quoted(one.name)} --by {group.value}" for one in first]
    next_steps(*why, f"xiaxiang 统计 --by {others}", plan=plan)
