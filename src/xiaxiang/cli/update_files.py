"""From differences to the contents of the people's files: what can be written, and what is left to the user."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from xiaxiang.cli.update_table import WORKBOOK, PeopleTable
from xiaxiang.cli.update_yaml import yaml_edits
from xiaxiang.load.files import read_bytes
from xiaxiang.load.include import YAML_SUFFIXES
from xiaxiang.model.diagnostic import Diagnostic
from xiaxiang.write.lines import CannotEditError
from xiaxiang.write.yaml_edit import edit_yaml

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from xiaxiang.model.difference import Differences, Named
    from xiaxiang.model.hospital import Person
    from xiaxiang.model.plan import Plan
    from xiaxiang.model.position import Position

_TABLES: Final = frozenset({".csv", ".tsv", WORKBOOK})
_YAML: Final = YAML_SUFFIXES | {".txt"}
_LEFT_ON: Final = "left_on"

Edit = tuple["Person", str, str]
"""A person, the field to change, and its new text."""


@dataclass(frozen=True, slots=True)
class Staged:
    """Files as they would be, by name; what that changes; and sentences about what is left to the user."""

    files: Mapping[str, bytes] = field(default_factory=dict)
    edits: tuple[Edit, ...] = ()
    new: tuple[Named, ...] = ()
    left: tuple[str, ...] = ()


def staged(plan: Plan, found: Differences, left_on: date | None) -> Staged:
    """Return what the differences make of the files in which a plan's people stand. Nothing is written yet.

    All or nothing: where one file cannot be changed, none is.
    """
    left = list(_left(found, left_on))
    edits: dict[str, list[Edit]] = {}
    for person, name, text in [
        *((one.person, one.field, one.new) for one in found.changed),
        *((person, _LEFT_ON, left_on.isoformat()) for _, person in found.gone if left_on),
    ]:
        edits.setdefault(person.places.file, []).append((person, name, text))
    new = _placed(plan, found.new, left)
    files: dict[str, bytes] = {}
    made: list[Edit] = []
    for name in sorted({*edits, *new}):
        try:
            data, done = _changed(plan, name, edits.get(name, []), new.get(name, []), left)
        except CannotEditError as refused:
            return Staged(left=(*left, f"{name}: {refused}。请照上面自己改"))
        made += done
        files |= data
    added = tuple(one for people in new.values() for one in people)
    left += [f"新科室“{name}”还不在“派遣顺序”里，不会轮到：在 plan.yaml 里加上" for name in _unordered(plan, added)]
    return Staged(files, tuple(made), added, tuple(left))


def _changed(
    plan: Plan, name: str, edits: list[Edit], new: list[Named], left: list[str]
) -> tuple[dict[str, bytes], list[Edit]]:
    """Return one file as it would be (nothing where it stays), and the edits that were made. Raises CannotEditError."""
    suffix = Path(name).suffix.lower()
    if suffix not in _TABLES | _YAML:
        raise CannotEditError("这种文件不能自动改，用 Excel 另存为 .xlsx，并在计划里改文件名")
    data = read_bytes(Path(name), name)
    if isinstance(data, Diagnostic):  # gone since it was read
        raise CannotEditError(data.message)
    if suffix in _YAML:
        fresh = edit_yaml(data, yaml_edits(plan, edits, tuple(new)))
    else:
        table = PeopleTable.of(name, plan)
        edits = table.possible(edits, new, left)
        fresh = table.edited(data, edits, new)
    return ({name: fresh} if fresh != data else {}), edits


def _left(found: Differences, left_on: date | None) -> list[str]:
    """Return what is never done without being told."""
    left = []
    if found.moved:
        left.append("调科的人没有改：原科室的一条写上离岗日期，新科室另加一条（工号只留在一条里）")
    if found.gone and left_on is None:
        left.append("名单里没有的人没有改：离岗的加 --left-on 日期；名单漏了的不用管")
    return left


def _placed(plan: Plan, people: tuple[Named, ...], left: list[str]) -> dict[str, list[Named]]:
    """Return new people by the file they go to: that of their department, or the one table that names departments."""
    homes = {one.name: one.people[-1].places.file for one in plan.departments if one.people}
    files = set(homes.values())
    lone = files.pop() if len(files) == 1 else ""
    takes_any = Path(lone).suffix.lower() in _TABLES and PeopleTable.of(lone, plan).sheet.names_departments
    placed: dict[str, list[Named]] = {}
    for department, person in people:
        known = plan.department(department)
        home = homes.get(known.name if known else department) or (lone if takes_any else "")
        if home:
            placed.setdefault(home, []).append((department, person))
            continue
        sentence = f"科室“{department}”在计划里还没有人，新的人没有加：先在“科室”里加上这个科室和第一个人"
        left.extend([sentence] if sentence not in left else [])
    return placed


def _unordered(plan: Plan, new: tuple[Named, ...]) -> list[str]:
    return list(dict.fromkeys(department for department, _ in new if department not in plan.dispatch_order))


def is_faithful(before: Plan, after: Plan, change: Staged) -> bool:
    """Whether `after` is `before` with the staged changes and nothing else: every field of everybody compared."""
    apart = {"departments"}
    if before.model_dump(exclude=apart) != after.model_dump(exclude=apart):
        return False
    edits = {(person.places.of(), name): text for person, name, text in change.edits}
    fresh = list(after.departments)
    if [one.name for one in before.departments] != [one.name for one in fresh[: len(before.departments)]]:
        return False
    added = sum(len(one.people) for one in fresh) - sum(len(one.people) for one in before.departments)
    return added == len(change.new) and all(
        _is_edited(person, read, edits)
        for old, new in zip(before.departments, fresh, strict=False)
        for person, read in zip(old.people, new.people, strict=False)
    )


def _is_edited(before: Person, after: Person, edits: dict[tuple[Position, str], str]) -> bool:
    return all(
        after.text_of(name) == edits.get((before.places.of(), name), before.text_of(name))
        for name in type(before).spellings().values()
    )
