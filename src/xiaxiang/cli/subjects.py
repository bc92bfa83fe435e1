"""What the words of `explain` may mean in a workspace: a department's turn in a batch, a person, a department."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from xiaxiang.model.batch import BatchRef, parse_batch
from xiaxiang.model.scalar import ScalarError
from xiaxiang.model.why_person import people_named

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xiaxiang.model.hospital import Department, Person
    from xiaxiang.model.plan import Plan
    from xiaxiang.model.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Subject:
    """One thing to explain: a department, in one batch where `batch` is given; or a person of it."""

    department: Department
    batch: BatchRef | None = None
    person: Person | None = None

    @property
    def words(self) -> str:
        """How it is typed so that nothing else is meant."""
        if self.person is not None:
            return self.person.id or f"{self.person.name} {self.department.name}"
        return f"{self.batch.text} {self.department.name}" if self.batch else self.department.name


def subjects(workspace: Workspace, words: list[str]) -> tuple[Subject, ...]:
    """Return everything the words may mean: a batch with a department (or somebody of it), else people, else one."""
    plan = workspace.plan
    with_batch = tuple(_in_batch(workspace, words))
    if with_batch:
        return with_batch
    joined = "".join(words)
    people = [Subject(home, person=one) for home, one in people_named(workspace, joined)]
    for place in range(1, len(words)):
        ends = ("".join(words[:place]), "".join(words[place:]))
        for who, where in (ends, ends[::-1]):
            if home := plan.department(where):
                people += [Subject(home, person=one) for one in home.find(who)]
    department = plan.department(joined)
    return (*people, *([Subject(department)] if department else []))


def batch_named(words: list[str]) -> BatchRef | None:
    """Return the batch that the words name and nothing else, or None."""
    try:
        return parse_batch("".join(words))
    except ScalarError:
        return None


def known_words(plan: Plan) -> list[str]:
    """Return the names of departments and people: what somebody may have meant."""
    return [name for one in plan.departments for name in (one.name, *(person.name for person in one.people))]


def _in_batch(workspace: Workspace, words: list[str]) -> Iterator[Subject]:
    """Yield what a batch in front of or behind the rest of the words means (2024-2 外科, 外科2024-2)."""
    joined = "".join(words)
    for place in range(1, len(joined)):
        for named, rest in ((joined[:place], joined[place:]), (joined[place:], joined[:place])):
            batch = batch_named([named])
            if batch is None:
                continue
            homes = [one for one in (workspace.plan.department(rest),) if one]
            homes += [home for home, _ in people_named(workspace, rest)] if not homes else []
            yield from (Subject(home, batch) for home in homes)
