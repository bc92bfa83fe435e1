"""`xiaxiang init --from` 新建: a workspace from an office's own list of people."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final

from xiaxiang.cli import console
from xiaxiang.cli.schema import PLAN_SCHEMA, schema_bytes
from xiaxiang.cli.session import next_steps, quoted, status_of, tell_findings
from xiaxiang.cli.status import WRONG_INPUT
from xiaxiang.cli.update import read_staff
from xiaxiang.load.files import builtin
from xiaxiang.load.people import plain_name
from xiaxiang.load.schema import input_schema
from xiaxiang.load.staff import DEPARTMENT_FIELD, label_of
from xiaxiang.write.csv_edit import csv_bytes
from xiaxiang.write.files import write_files
from xiaxiang.write.yaml_edit import yaml_scalar

if TYPE_CHECKING:
    from pathlib import Path

    from xiaxiang.load.staff import Staff

_PLAN, _PEOPLE = "plan.yaml", "人员.csv"
_LAST_QUARTER: Final = 10  # in October and later a new plan is next year's
_TO_FILL: Final = "计划名称、支援单位、受援单位、起始日期、派遣顺序"


def init_from(source: Path, folder: Path, *, force: bool) -> int:
    """Write plan.yaml and 人员.csv from the list in `source`, and say how its columns were understood."""
    staff = read_staff(source)
    if not staff.departments:
        return status_of(staff.diagnostics, source) or WRONG_INPUT
    plan = _plan_text(staff, date.today())  # noqa: DTZ011 - a clerk's day is the day on the wall
    contents = {
        _PLAN: plan.encode(),
        _PEOPLE: csv_bytes(_people_rows(staff)),
        PLAN_SCHEMA: schema_bytes(input_schema("plan") or {}),
    }
    write_files({folder / name: data for name, data in contents.items()}, force=force)
    console.say(_what_was_read(staff, source) + _what_was_written(folder))
    _validate(folder)
    next_steps(f"改好 {folder / _PLAN} 里标“待填”的: {_TO_FILL}", f"xiaxiang 检查 {quoted(folder)}")
    return status_of(staff.diagnostics, source)


def _plan_text(staff: Staff, today: date) -> str:
    year = today.year + (today.month >= _LAST_QUARTER)
    order = "\n".join(f"  - {yaml_scalar(one.name)}" for one in staff.departments)
    text = (builtin("templates") / "init" / "from-list.yaml").read_text(encoding="utf-8")
    values = {"年份": str(year), "起始日期": date(year, 1, 1).isoformat(), "派遣顺序": order}
    return re.sub(r"\{\{(\w+)\}\}", lambda match: values[match[1]], text)


def _people_rows(staff: Staff) -> list[list[str]]:
    """Return the header under Chinese names and one row per person; columns carried along keep their names."""
    columns = list(staff.fields.items())
    rows = [[label_of(name) or staff.names[index] for index, name in columns]]
    for department, person in staff.people:
        texts = {DEPARTMENT_FIELD: department, "name": plain_name(person.name)}
        rows.append(
            [
                (texts.get(name) or person.text_of(name)) if name else person.extra.get(staff.names[index], "")
                for index, name in columns
            ]
        )
    return rows


def _what_was_read(staff: Staff, source: Path) -> str:
    used = [typed if typed == name else f"{name} ← {typed}" for typed, name in staff.mapping if name]
    carried = [typed for typed, name in staff.mapping if not name]
    lines = [
        f"读了 {source}: {len(staff.departments)} 个科室 {len(staff.people)} 人",
        f"  列名      {' · '.join(used)}",
        *([f"  原样保留  {' · '.join(carried)}"] if carried else []),
    ]
    return "\n".join(lines) + "\n"


def _what_was_written(folder: Path) -> str:
    return (
        f"已建立 {folder}/\n"
        f"  {_PLAN}  计划：标“待填”的几处名单里没有；派遣顺序先按名单里出现的先后\n"
        f"  {_PEOPLE}   科室和人员，每人一行，用 Excel 打开即可修改\n"
    )


def _validate(folder: Path) -> None:
    """Read what was written as any plan is read, and tell what is found."""
    from xiaxiang.pipeline import read  # noqa: PLC0415 - after the files are there

    tell_findings(read(folder / _PLAN), with_notes=False)
