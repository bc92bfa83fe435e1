"""差别: how an office's own list of people (花名册) differs from a plan's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xiaxiang.model.hospital import Person

Named = tuple[str, "Person"]
"""A person with the name of the department."""


@dataclass(frozen=True, slots=True)
class Change:
    """One field of one person that the list has differently; both texts are as they would be typed."""

    department: str
    person: Person
    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Differences:
    """What a list has that a plan has not (new), the other way round (gone), and what changed.

    `moved` are (department, person) of the plan with the department of the list; `back` are people of the list
    whom the plan has as left.
    """

    new: tuple[Named, ...] = ()
    gone: tuple[Named, ...] = ()
    changed: tuple[Change, ...] = ()
    moved: tuple[tuple[str, Person, str], ...] = ()
    back: tuple[Named, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether plan and list agree."""
        return not (self.new or self.gone or self.changed or self.moved or self.back)
