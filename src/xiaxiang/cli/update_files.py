"""From differences to the contents of the people files: what can be written, and what is left to the user."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from xiaxiang.load.files import read_bytes
from xiaxiang.load.people import plain_name
from xiaxiang.load.staff import DEPARTMENT_FIELD, Staff, label_of, load_staff
from xiaxiang.model.diagnostic import Diagnostic
from xiaxiang.write.csv_edit import CannotEditError, CsvEdits, edit_csv

if TYPE_CHECKING:
    from datetime import date

    from xiaxiang.model.difference import Differences, Named
    from xiaxiang.model.hospital import Person
    from xiaxiang.model.plan import Plan

_CSV: Final = frozenset({".csv", ".tsv"})
_LEFT_ON: Final = "left_on"


@dataclass(frozen=True, slots=True)
class Staged:
    """The files as they would be, by name, and sentences about what is left to the user."""

    contents: dict[str, bytes]
    left: tuple[str, ...]


def staged_files(plan: Plan, found: Differences, left_on: date | None) -> Staged:
    """Return what the differences make of the people files of a plan. Nothing is written yet."""
    left: list[str] = []
    if found.moved:
        left.append("调科的人没有改：原科室的一条写上离岗日期，新科室另加一条（工号只留在一条里）")
    if found.gone and left_on is None:
        left.append("名单里没有的人没有改：离岗的加 --left-on 日期；名单漏了的不用管")
    files = _files(plan)
    if len(files) != 1 or Path(next(iter(files))).suffix.lower() not in _CSV:
        if found.new or found.changed or (found.gone and left_on):
            left.append(_elsewhere(files))
        return Staged({}, tuple(left))
    name = next(iter(files))
    editor = _Editor(name, load_staff(Path(name)), left)
    gone = found.gone if left_on else ()
    changes = [(one.person, one.field, one.new) for one in found.changed]
    changes += [(person, _LEFT_ON, left_on.isoformat()) for _, person in gone if left_on]
    data = read_bytes(Path(name), name)
    if isinstance(data, Diagnostic):  # gone since it was read
        return Staged({}, (*left, data.message))
    try:
        fresh = edit_csv(data, CsvEdits(editor.cells(changes), editor.rows(plan, found.new)), editor.file.separator)
    except CannotEditError as refused:
        left.append(f"{name}: {refused}")
        return Staged({}, tuple(left))
    return Staged({name: fresh} if fresh != data else {}, tuple(left))


def _files(plan: Plan) -> set[str]:
    """Return the files that people stand in, as findings name them."""
    return {person.places.file for one in plan.departments for person in one.people}


def _elsewhere(files: set[str]) -> str:
    where = "、".join(sorted(files))
    if all(Path(name).suffix.lower() in {".xlsx", ".xls"} for name in files):
        return f"人员在 {where} 里，请在 Excel 里照上面改（--write 只改 .csv）"
    return f"人员在 {where} 里，请照上面自己改；想用 --write，把人员放进一个 .csv（plan.yaml 里写“科室: 人员.csv”）"


@dataclass(frozen=True, slots=True)
class _Editor:
    """What to change in one CSV file of people. `left` collects what has no place in it."""

    name: str
    file: Staff
    left: list[str]

    def _index(self, identifier: str) -> int | None:
        return next((index for index, one in self.file.fields.items() if one == identifier), None)

    def cells(self, changes: list[tuple[Person, str, str]]) -> dict[tuple[int, int], str]:
        """Return the cells to change; columns that the file has not are named."""
        cells: dict[tuple[int, int], str] = {}
        without: dict[str, int] = defaultdict(int)
        for person, identifier, text in changes:
            index = self._index(identifier)
            if index is None:
                without[identifier] += 1
            else:
                cells[person.places.of().line, index] = text
        for identifier, count in without.items():
            label = label_of(identifier)
            self.left.append(f"{self.name} 没有“{label}”这一列，{count} 处没有写：在第一行末尾加上“{label}”再运行")
        return cells

    def rows(self, plan: Plan, new: tuple[Named, ...]) -> dict[int, list[list[str]]]:
        """Return the lines to add, each after the last line of its department."""
        last = {
            one.name: max(person.places.of().line for person in one.people) for one in plan.departments if one.people
        }
        rows: dict[int, list[list[str]]] = defaultdict(list)
        width = max(self.file.fields) + 1
        for department, person in new:
            cells = [""] * width
            for index, identifier in self.file.fields.items():
                cells[index] = self._text(index, identifier, department, person)
            rows[last.get(department, self.file.last_line)].append(cells)
        fresh = dict.fromkeys(department for department, _ in new if department not in plan.dispatch_order)
        self.left.extend(f"新科室“{name}”还不在“派遣顺序”里，不会轮到：在 plan.yaml 里加上" for name in fresh)
        return dict(rows)

    def _text(self, index: int, identifier: str, department: str, person: Person) -> str:
        if identifier == DEPARTMENT_FIELD:
            return department
        if identifier == "name":
            return plain_name(person.name)
        return person.text_of(identifier) if identifier else person.extra.get(self.file.names[index], "")
