"""Options of `assess` that name what people did beside the roster: records, sheets of attendance; one person alone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from xiaxiang.cli import console
from xiaxiang.cli.status import CallError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xiaxiang.model.appraisal import BatchPart, PersonAppraisal
    from xiaxiang.pipeline import Result
    from xiaxiang.pipeline_records import Files


def read_memory(text: str) -> str:
    """Return the size that `text` names; it means nothing without the extra. Raises typer.BadParameter."""
    from xiaxiang.load.scale import is_installed, parse_memory  # noqa: PLC0415 - not wanted by --help

    if not text:
        return text
    try:
        size = parse_memory(text)
    except ValueError:
        raise typer.BadParameter(f"“{text}”不是内存大小，写成 2GB 或 500MB") from None
    if not is_installed():
        raise typer.BadParameter("这台电脑没有装扩展，先运行 pip install 'xiaxiang[scale]'")
    return size


Records = Annotated[
    Path | None,
    typer.Option(
        "--records",
        metavar="文件",
        help="工作记录，一行一件事；次数、日期、出勤以它为准",
        show_default=False,
    ),
]
Attendance = Annotated[
    Path | None,
    typer.Option(
        "--attendance",
        metavar="文件",
        help="按月的考勤表（√ 假 缺 半）；出勤天数以它为准",
        show_default=False,
    ),
]
Memory = Annotated[
    str,
    typer.Option(
        "--memory",
        metavar="大小",
        parser=read_memory,
        help="读大文件最多用多少内存，例如 2GB",
        show_default=False,
    ),
]
Person = Annotated[
    str, typer.Option("--person", metavar="人员", help="只看一个人：理由和每天的考勤（姓名或工号）", show_default=False)
]


def of_one_person(result: Result, who: str) -> Result:
    """Return a result with the people of that name or 工号 alone, added up. Raises CallError where there is nobody."""
    from xiaxiang.assess.totals import totals_of  # noqa: PLC0415 - not wanted by --help
    from xiaxiang.model.similar import nearest_hint  # noqa: PLC0415 - not wanted by --help

    if not who or result.appraisal is None:
        return result
    people = tuple(one for one in result.appraisal.people if who in {one.name, one.id})
    if not people:
        names = [one.name for one in result.appraisal.people]
        raise CallError(f"名册里没有“{who}”", nearest_hint(who, names, "写名册里的姓名或工号"))
    alone = replace(result.appraisal, people=people, departments=(), totals=totals_of(people, ()))
    parts = (_alone(part, alone.people_of(part.batch)) for part in alone.parts)
    return replace(result, appraisal=replace(alone, parts=tuple(part for part in parts if part.totals.people)))


def _alone(part: BatchPart, people: Sequence[PersonAppraisal]) -> BatchPart:
    """Return a batch with these people alone, and what differs of theirs from what was approved."""
    from xiaxiang.assess.totals import totals_of  # noqa: PLC0415 - not wanted by --help

    approval, names = part.approval, {one.name for one in people}
    if approval is not None:
        mine = tuple(one for one in approval.differences if one.person in names)
        approval = replace(approval, differences=mine)
    return replace(part, departments=(), totals=totals_of(people, ()), approval=approval)


def say_taken(files: Files) -> None:
    """Print what the figures were taken from besides the roster."""
    records = [f"次数、日期按 {files.records}"] if files.records else []
    days = [f"出勤按 {files.attendance}"] if files.attendance else []
    if files.named:
        console.say(f"{'，'.join([*records, *days])}；其中没有的人和项目仍按名册\n\n")


def say_attendance(result: Result) -> None:
    """Print the days of everybody's posting, told apart, where records or a sheet of attendance were given."""
    from xiaxiang.render.text_attendance import attendance_text  # noqa: PLC0415 - not wanted by --help

    for person in result.appraisal.people if result.appraisal else ():
        if person.attendance is not None:
            console.say(attendance_text(person, person.attendance, width=console.width()) + "\n")
