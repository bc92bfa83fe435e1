"""Who is meant by a name in a roster: looked up in the plan, with the nearest name where nobody is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from xiaxiang.model.diagnostic import Diagnostic, error
from xiaxiang.model.similar import nearest_hint

if TYPE_CHECKING:
    from xiaxiang.model.hospital import Department, Person
    from xiaxiang.model.plan import Plan
    from xiaxiang.model.position import Places


_GAP_IN_NAME: Final = re.compile(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])")


def plain_name(name: str) -> str:
    """Return a name without the spaces that align two characters with three (`李　明`)."""
    return _GAP_IN_NAME.sub("", name.strip())


@dataclass(frozen=True, slots=True)
class Directory:
    """Who can be meant by a name or a 工号, looked up once for all rows: department → word → people."""

    plan: Plan
    by_department: dict[str, dict[str, list[Person]]]

    @classmethod
    def of(cls, plan: Plan) -> Directory:
        """Return the directory of a plan."""
        table: dict[str, dict[str, list[Person]]] = {}
        for department in plan.departments:
            words = table.setdefault(department.name, {})
            for person in department.people:
                for word in {person.name, plain_name(person.name), person.id or person.name}:
                    words.setdefault(word, []).append(person)
        return cls(plan, table)

    def find(self, department: Department, who: str) -> list[Person]:
        """Return the people of a department whom a name or a 工号 means."""
        words = self.by_department[department.name]
        return words.get(who) or words.get(plain_name(who), [])


def find_person(
    directory: Directory, name: str, department: str, number: str, places: Places, fields: tuple[str, str, str]
) -> tuple[Department, Person] | Diagnostic:
    """Return the one person whom name, 科室 and 工号 mean (the latter two may be empty), or what is wrong.

    `fields` are the names of person, department and 工号 in `places`.
    """
    plan = directory.plan
    of_person, of_department, of_number = fields
    searched: tuple[Department, ...] = plan.departments
    if department:
        known = plan.department(department)
        if known is None:
            hint = nearest_hint(department, [one.name for one in plan.departments], "科室名称要和计划的“科室”一致")
            return error("unknown-department", f"计划里没有科室“{department}”", hint, places.of(of_department))
        searched = (known,)
    found = [(where, one) for where in searched for one in directory.find(where, name)]
    whole = "计划" if any(one.name for one in plan.departments) else "表"  # a table has people and no departments
    where = f"“{department}”" if department else whole
    if not found:
        names = [one.name for one_department in searched for one in one_department.people]
        hint = nearest_hint(
            name, names, f"姓名、工号要和{whole}里的“人员”一致" if whole == "表" else "姓名、工号要和计划的“人员”一致"
        )
        return error("unknown-person", f"{where}里没有“{name}”", hint, places.of(of_person))
    if number:
        numbers = [one.id for _, one in found]
        found = [pair for pair in found if pair[1].id == number] or [pair for pair in found if not pair[1].id]
        if not found:
            message = f"{where}里“{name}”的工号是 {'、'.join(numbers)}，不是 {number}"
            return error("wrong-number", message, "核对工号，名册和计划的“人员”写成一样", places.of(of_number))
    if len(found) == 1:
        return found[0]
    hint = "写上工号" if department else "写上科室"
    return error("ambiguous-person", f"{where}里不止一个“{name}”", hint, places.of(of_person))
