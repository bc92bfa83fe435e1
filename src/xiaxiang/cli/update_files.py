"""From differences to the contents of the people file: what can be written, and what is left to the user."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from xiaxiang.cli.update_csv import CsvFile
from xiaxiang.cli.update_yaml import yaml_edits
from xiaxiang.load.files import read_bytes
from xiaxiang.load.include import YAML_SUFFIXES
from xiaxiang.load.staff import load_staff
from xiaxiang.model.diagnostic import Diagnostic
from xiaxiang.write.csv_edit import edit_csv
from xiaxiang.write.lines import CannotEditError
from xiaxiang.write.yaml_edit import edit_yaml

if TYPE_CHECKING:
    from datetime import date

    from xiaxiang.model.difference import Differences, Named
    from xiaxiang.model.hospital import Person
    from xiaxiang.model.plan import Plan
    from xiaxiang.model.position import Position

_CSV: Final = frozenset({".csv", ".tsv"})
_YAML: Final = YAML_SUFFIXES | {".txt"}
_LEFT_ON: Final = "left_on"

Edit = tuple["Person", str, str]
"""A person, the field to change, and its new text."""


@dataclass(frozen=True, slots=True)
class Staged:
    """The file as it would be ("" for none), what that changes, and sentences about what is left to the user."""

    file: str = ""
    data: bytes = b""
    edits: tuple[Edit, ...] = ()
    new: tuple[Named, ...] = ()
    left: tuple[str, ...] = ()


def staged(plan: Plan, found: Differences, left_on: date | None) -> Staged:
    """Return what the differences make of the file in which a plan's people stand. Nothing is written yet."""
    left = list(_left(found, left_on))
    edits = [(one.person, one.field, one.new) for one in found.changed]
    edits += [(person, _LEFT_ON, left_on.isoformat()) for _, person in found.gone if left_on]
    if not edits and not found.new:
        return Staged(left=tuple(left))
    files = sorted({person.places.file for one in plan.departments for person in one.people})
    suffix = Path(files[0]).suffix.lower() if len(files) == 1 else ""
    if suffix not in _CSV | _YAML:
        return Staged(
            left=(*left, f"人员在 {'、'.join(files)} 里，请照上面自己改（--write 只改一个 .csv 或 .yaml 文件）")
        )
    name = files[0]
    data = read_bytes(Path(name), name)
    if isinstance(data, Diagnostic):  # gone since it was read
        return Staged(left=(*left, data.message))
    try:
        if suffix in _CSV:
            table = CsvFile(name, load_staff(Path(name)), plan)
            edits, new = table.possible(edits, left), found.new
            fresh = edit_csv(data, table.edits(edits, new), table.staff.separator)
        else:
            new = tuple(one for one in found.new if _has_people(plan, one[0], left))
            fresh = edit_yaml(data, yaml_edits(plan, edits, new))
    except CannotEditError as refused:
        return Staged(left=(*left, f"{name}: {refused}。请照上面自己改"))
    left += [f"新科室“{name}”还不在“派遣顺序”里，不会轮到：在 plan.yaml 里加上" for name in _unordered(plan, new)]
    return Staged(name if fresh != data else "", fresh, tuple(edits), new, tuple(left))


def _left(found: Differences, left_on: date | None) -> list[str]:
    """Return what is never done without being told."""
    left = []
    if found.moved:
        left.append("调科的人没有改：原科室的一条写上离岗日期，新科室另加一条（工号只留在一条里）")
    if found.gone and left_on is None:
        left.append("名单里没有的人没有改：离岗的加 --left-on 日期；名单漏了的不用管")
    return left


def _has_people(plan: Plan, department: str, left: list[str]) -> bool:
    known = plan.department(department)
    if known is not None and known.people:
        return True
    sentence = f"科室“{department}”在计划里还没有人，新的人没有加：先在“科室”里加上这个科室和第一个人"
    left.extend([sentence] if sentence not in left else [])
    return False


def _unordered(plan: Plan, new: tuple[Named, ...]) -> list[str]:
    return list(dict.fromkeys(department for department, _ in new if department not in plan.dispatch_order))


def is_faithful(before: Plan, after: Plan, change: Staged) -> bool:
    """Whether `after` is `before` with the staged changes and nothing else: every field of everybody compared."""
    apart = {"departments"}
    if before.model_dump(exclude=apart) != after.model_dump(exclude=apart):
        return False
    edits = {(person.places.of(), field): text for person, field, text in change.edits}
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
        after.text_of(field) == edits.get((before.places.of(), field), before.text_of(field))
        for field in type(before).spellings().values()
    )
