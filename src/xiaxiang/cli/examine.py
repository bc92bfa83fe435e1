"""What `validate` reads: every path as the kind of file that it is, with the plan around it where one is needed."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from xiaxiang.cli.session import plan_file, roster_file
from xiaxiang.cli.status import CallError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from xiaxiang.load.alone import FileKind
    from xiaxiang.model.diagnostic import Diagnostic
    from xiaxiang.model.record import RecordFile
    from xiaxiang.pipeline import Result

_TYPES_NAMED: Final = 6


@dataclass(frozen=True, slots=True)
class Examined:
    """One file that was read: findings, texts for excerpts, what it holds in one line ("" where something is wrong)."""

    path: Path
    diagnostics: tuple[Diagnostic, ...]
    texts: Mapping[str, str] = field(default_factory=dict)
    summary: str = ""
    is_plan: bool = False


def examine(paths: Iterable[Path], plan: Path | None, *, allow_outside: bool) -> list[Examined]:
    """Return what is in the files named, or in the plan of the current folder and the roster beside it.

    Raises CallError where a plan is needed and there is none.
    """
    named = list(paths)
    plans, rosters, records, others = _by_kind(named)
    around = [*rosters, *records]
    if not plans and (around or not named):
        plans = [_plan_around(around[0] if around else None, plan)]
    found = []
    for each in plans:
        file = plan_file(each)
        beside = roster_file(file, None) if not named or each.is_dir() else None
        beside_it = rosters or ([beside] if beside else [])
        found.append(_plan(file, beside_it, records, allow_outside=allow_outside))
    return found + [_other(path, kind, plan, allow_outside=allow_outside) for path, kind in others.items()]


def _by_kind(paths: list[Path]) -> tuple[list[Path], list[Path], list[Path], dict[Path, FileKind]]:
    """Return the plans, the rosters and the records among the files named, and the others with what they are.

    A folder, or a file with a plan's name, is a plan whatever it holds.
    """
    from xiaxiang.load.files import PLAN_NAMES  # noqa: PLC0415 - not wanted by --help

    unclear = [path for path in paths if path.name.lower() not in PLAN_NAMES and not path.is_dir()]
    if not unclear:
        return paths, [], [], {}
    from xiaxiang.load.alone import FileKind, kind_of  # noqa: PLC0415 - most calls name a plan, or nothing

    kinds = {path: kind_of(path) if path in unclear else FileKind.PLAN for path in paths}
    plans, rosters, records = (
        [path for path in paths if kinds[path] is kind] for kind in (FileKind.PLAN, FileKind.ROSTER, FileKind.RECORDS)
    )
    others = {path: kind for path, kind in kinds.items() if path not in {*plans, *rosters, *records}}
    return plans, rosters, records, others


def _plan_around(file: Path | None, plan: Path | None) -> Path:
    return plan_file(plan, beside=file)


def _plan(file: Path, rosters: list[Path], records: list[Path], *, allow_outside: bool) -> Examined:
    from xiaxiang.pipeline import add_roster, read  # noqa: PLC0415 - not wanted by --help

    result = read(file, allow_outside=allow_outside, despite_slips=True)
    for roster in rosters:
        result = add_roster(result, roster)
    files = _records(records, result)
    found = (*result.diagnostics, *(each for one in files for each in one.diagnostics))
    texts = {**result.texts, **{name: text for one in files for name, text in one.texts.items()}}
    wrong = any(one.is_error for one in found)
    summary = "" if wrong else "\n".join([_summary(result), *map(_summary_of_records, files)])
    return Examined(file, found, texts, summary, is_plan=True)


def _records(paths: list[Path], result: Result) -> list[RecordFile]:
    """Return what is in files of records, held against a plan; nothing where the plan cannot be used."""
    if not paths or result.workspace is None:
        return []
    from xiaxiang.load.records import check_records  # noqa: PLC0415 - most calls name no records

    return [check_records(one, result.workspace) for one in paths]


def _summary_of_records(records: RecordFile) -> str:
    types = sorted(records.types.items(), key=lambda one: (-one[1], one[0]))
    named = "、".join(f"{name} {count:,}" for name, count in types[:_TYPES_NAMED])
    more = f"等 {len(types)} 类" if len(types) > _TYPES_NAMED else ""
    return f"{records.file}: 工作记录 {records.rows:,} 行" + (f" · {named}{more}" if named else "")


def _summary(result: Result) -> str:
    workspace = result.workspace
    if workspace is None:
        return ""
    plan = workspace.plan
    people = sum(len(department.people) for department in plan.departments)
    roster = f" · 名册 {len(result.roster.rows)} 行" if result.roster else ""
    counts = f"{len(plan.departments)} 个科室 {people} 人 · {len(plan.recipient_units)} 个受援单位"
    return f"{plan.title}: {counts} · 变动登记 {len(plan.events)} 条{roster}"


def _other(path: Path, kind: FileKind, plan: Path | None, *, allow_outside: bool) -> Examined:
    """Return a policy, cases or a list: a list within the plan that names it, where there is one."""
    from xiaxiang.load.alone import FileKind, read_alone  # noqa: PLC0415 - not wanted by --help

    if kind not in {FileKind.POLICY, FileKind.CASES} and (within := _within_plan(path, plan, allow_outside)):
        return within
    alone = read_alone(path, kind, allow_outside=allow_outside)
    if any(one.is_error for one in alone.diagnostics):
        return Examined(path, alone.diagnostics, alone.texts)
    if kind is FileKind.POLICY:
        return Examined(path, alone.diagnostics, alone.texts, f"{path}: 制度，可以用")
    apart = "" if kind is FileKind.CASES else "；没有计划用到它，名称没有核对"
    return Examined(path, alone.diagnostics, alone.texts, f"{path}: {kind.value} {alone.count} 条{apart}")


def _within_plan(path: Path, plan: Path | None, allow_outside: bool) -> Examined | None:
    """Return what the plan around a list says of it; None where there is no plan, or one that does not name it."""
    from xiaxiang.load.files import Reader  # noqa: PLC0415
    from xiaxiang.pipeline import read  # noqa: PLC0415

    try:
        around = _plan_around(path, plan)
    except CallError:
        return None
    result = read(around, allow_outside=allow_outside, despite_slips=True)
    name = Reader(root=path.parent, here=Path()).shown(path)
    if name not in result.texts or not path.is_file():
        return None
    found = tuple(one for one in result.diagnostics if one.position.file == name)
    wrong = any(one.is_error for one in found)
    return Examined(path, found, result.texts, "" if wrong else f"{path}: 已和 {around} 核对")
