"""为什么是（不是）这个人: one person's postings, and the turns of the department that somebody else took."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xiaxiang.model.decision import Reason
    from xiaxiang.model.hospital import Department, Person
    from xiaxiang.model.why import Held
    from xiaxiang.model.workspace import Workspace


@dataclass(frozen=True, slots=True)
class NotSent:
    """A turn of the department in which somebody else went, or nobody: and why this person did not."""

    held: Held
    reason: Reason


@dataclass(frozen=True, slots=True)
class PersonWhy:
    """One person: where they go and why, and why they did not in the other turns of their department.

    `months` are 已服务月数 and those of the postings, whole as the replay counts them.
    """

    department: Department
    person: Person
    held: tuple[Held, ...]
    not_sent: tuple[NotSent, ...]
    months: int


def people_named(workspace: Workspace, who: str) -> tuple[tuple[Department, Person], ...]:
    """Return everybody whom a name or a 工号 means, in the plan's order."""
    return tuple((one, person) for one in workspace.plan.departments for person in one.find(who))
