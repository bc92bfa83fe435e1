"""Departments, people and units: each can be told from the others, and every title has a rank."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from xiaxiang.model.diagnostic import Diagnostic, error, warning
from xiaxiang.model.hospital import person_label
from xiaxiang.model.similar import nearest_hint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xiaxiang.model.hospital import Department, Person
    from xiaxiang.model.workspace import Workspace


def check_recipients_given(workspace: Workspace) -> Iterator[Diagnostic]:
    """There is at least one 受援单位."""
    if not workspace.plan.recipient_units:
        at = workspace.plan.places.of("recipient_units")
        yield error("no-recipient", "没有写受援单位", "在“受援单位”下至少写一个，每行前写“- ”", at, "受援单位")


def check_department_repeats(workspace: Workspace) -> Iterator[Diagnostic]:
    """No two departments share a name, present or former."""
    seen: dict[str, int] = {}
    for number, department in enumerate(workspace.plan.departments, 1):
        taken = [
            name for name in (department.name, *department.former_names) if seen.setdefault(name, number) != number
        ]
        if taken:
            message = f"科室“{taken[0]}”在第 {seen[taken[0]]} 个科室处已经登记过"
            hint = "同一科室合成一条；改过名的，旧名只写在“曾用名”里"
            yield error("repeated-department", message, hint, department.places.of("name"), f"科室“{department.name}”")


def check_names_repeated(workspace: Workspace) -> Iterator[Diagnostic]:
    """People of one department who share a name have a 工号 each."""
    for department in workspace.plan.departments:
        if len({person.name for person in department.people}) == len(department.people):
            continue
        sharing: dict[str, list[Person]] = defaultdict(list)
        for person in department.people:
            sharing[person.name].append(person)
        for name, people in sharing.items():
            without = [person for person in people if not person.id]
            # Where nobody has a 工号 the first may keep the name; where some have, the name alone means nobody.
            for person in without[1:] if len(without) == len(people) else without:
                message = f"科室“{department.name}”里有 {len(people)} 个“{name}”，分不清是谁"
                label = person_label(name, department.name)
                yield error("same-name", message, "给每个人写上“工号”", person.places.of("name"), label)


def check_numbers_repeated(workspace: Workspace) -> Iterator[Diagnostic]:
    """No two people share a 工号."""
    seen: dict[str, tuple[Department, Person]] = {}
    for department in workspace.plan.departments:
        for person in department.people:
            if not person.id:
                continue
            whose, first = seen.setdefault(person.id, (department, person))
            if first is not person:
                message = f"工号“{person.id}”已经是“{whose.name} {first.name}”的"
                label = person_label(person.name, department.name)
                yield error("repeated-number", message, "核对工号，改正其中一个", person.places.of("id"), label)


def check_titles(workspace: Workspace) -> Iterator[Diagnostic]:
    """Every 职称 stands in the table of ranks, or the person's 职级 is given: one finding per title, with its count."""
    first: dict[str, Person] = {}
    count: dict[str, int] = defaultdict(int)
    for department in workspace.plan.departments:
        for person in department.people:
            title = person.professional_title
            if title and workspace.ranks.rank_of(person) is None:
                first.setdefault(title, person)
                count[title] += 1
    for title, person in first.items():
        message = f"职称“{title}”不在职称表里，{count[title]} 人没有职级，推荐人员时排在最后"
        hint = nearest_hint(title, workspace.ranks.ranks, "或给这些人写上“职级”，例如  职级: 中级")
        yield warning("unknown-title", message, hint, person.places.of("professional_title"))
