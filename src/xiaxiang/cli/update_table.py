"""What an update changes in a table of people, CSV or Excel: cells of rows, and rows after others."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from xiaxiang.load.people import plain_name
from xiaxiang.load.staff import DEPARTMENT_FIELD, label_of, sheet_of
from xiaxiang.write.csv_edit import TableEdits, edit_csv
from xiaxiang.write.lines import CannotEditError
from xiaxiang.write.xlsx_edit import edit_xlsx

if TYPE_CHECKING:
    from xiaxiang.load.staff import PeopleSheet
    from xiaxiang.model.difference import Named
    from xiaxiang.model.hospital import Person
    from xiaxiang.model.plan import Plan

Edit = tuple["Person", str, str]
WORKBOOK = ".xlsx"


@dataclass(frozen=True, slots=True)
class PeopleTable:
    """One table of people: its name, how it is laid out, and the plan that it belongs to."""

    name: str
    sheet: PeopleSheet
    plan: Plan

    @classmethod
    def of(cls, name: str, plan: Plan) -> PeopleTable:
        """Return the table in a file. Raises CannotEditError where it cannot be read any more."""
        sheet = sheet_of(Path(name))
        if sheet is None:
            raise CannotEditError("读不了了，没有改动")
        return cls(name, sheet, plan)

    def possible(self, edits: list[Edit], new: list[Named], left: list[str]) -> list[Edit]:
        """Return the edits of columns that the table has; the others, and what new people lack, are named in `left`."""
        columns = set(self.sheet.fields.values())
        given = [field for _, field, _ in edits]
        given += [
            field for _, one in new for field in dict.fromkeys(type(one).spellings().values()) if one.text_of(field)
        ]
        for field, count in Counter(given).items():
            if field not in columns:
                label = label_of(field)
                left.append(f"{self.name} 没有“{label}”这一列，{count} 处没有写：在列名那一行末尾加上“{label}”再运行")
        return [one for one in edits if one[1] in columns]

    def edited(self, data: bytes, edits: list[Edit], new: list[Named]) -> bytes:
        """Return the file with the edits made. Raises CannotEditError."""
        index = {field: index for index, field in self.sheet.fields.items()}
        cells = {(person.places.of().line, index[field]): text for person, field, text in edits}
        if Path(self.name).suffix.lower() == WORKBOOK:
            rows = {self.sheet.last_line: [self._row(*one) for one in new]} if new else {}
            return edit_xlsx(data, TableEdits(cells, rows))
        return edit_csv(data, TableEdits(cells, self._after_their_departments(new)), self.sheet.separator)

    def _after_their_departments(self, new: list[Named]) -> dict[int, list[list[str]]]:
        """Return the rows of new people by the line after which they go: the last of their department."""
        last = {
            one.name: max(person.places.of().line for person in one.people)
            for one in self.plan.departments
            if one.people
        }
        rows: dict[int, list[list[str]]] = defaultdict(list)
        for department, person in new:
            rows[last.get(department, self.sheet.last_line)].append(self._row(department, person))
        return rows

    def _row(self, department: str, person: Person) -> list[str]:
        cells = [""] * (max(self.sheet.fields) + 1)
        for index, field in self.sheet.fields.items():
            if field == DEPARTMENT_FIELD:
                cells[index] = department
            elif field == "name":
                cells[index] = plain_name(person.name)
            else:
                cells[index] = person.text_of(field) if field else person.extra.get(self.sheet.names[index], "")
        return cells
