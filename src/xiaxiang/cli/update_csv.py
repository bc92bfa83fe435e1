"""What an update changes in a CSV file of people: cells of a line, and lines after the last of a department."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from xiaxiang.load.people import plain_name
from xiaxiang.load.staff import DEPARTMENT_FIELD, label_of
from xiaxiang.write.csv_edit import CsvEdits
from xiaxiang.write.lines import CannotEditError

if TYPE_CHECKING:
    from xiaxiang.load.staff import Staff
    from xiaxiang.model.difference import Named
    from xiaxiang.model.hospital import Person
    from xiaxiang.model.plan import Plan

Edit = tuple["Person", str, str]


@dataclass(frozen=True, slots=True)
class CsvFile:
    """One CSV file of people: its name, what it holds, and the plan that it belongs to."""

    name: str
    staff: Staff
    plan: Plan

    def possible(self, edits: list[Edit], left: list[str]) -> list[Edit]:
        """Return the edits of columns that the file has; the others are named in `left`. Raises CannotEditError."""
        if not self.staff.fields:
            raise CannotEditError("每个科室一个文件的人员表不能自动改")
        columns = set(self.staff.fields.values())
        without: dict[str, int] = defaultdict(int)
        for _, field, _ in edits:
            without[field] += field not in columns
        for field, count in without.items():
            if count:
                label = label_of(field)
                left.append(f"{self.name} 没有“{label}”这一列，{count} 处没有写：在第一行末尾加上“{label}”再运行")
        return [one for one in edits if one[1] in columns]

    def edits(self, edits: list[Edit], new: tuple[Named, ...]) -> CsvEdits:
        """Return the cells to change and the lines to add."""
        index = {field: index for index, field in self.staff.fields.items()}
        cells = {(person.places.of().line, index[field]): text for person, field, text in edits}
        last = {
            one.name: max(person.places.of().line for person in one.people)
            for one in self.plan.departments
            if one.people
        }
        rows: dict[int, list[list[str]]] = defaultdict(list)
        for department, person in new:
            rows[last.get(department, self.staff.last_line)].append(self._row(department, person))
        return CsvEdits(cells, rows)

    def _row(self, department: str, person: Person) -> list[str]:
        cells = [""] * (max(self.staff.fields) + 1)
        for index, field in self.staff.fields.items():
            if field == DEPARTMENT_FIELD:
                cells[index] = department
            elif field == "name":
                cells[index] = plain_name(person.name)
            else:
                cells[index] = person.text_of(field) if field else person.extra.get(self.staff.names[index], "")
        return cells
