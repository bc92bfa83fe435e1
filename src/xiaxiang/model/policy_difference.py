"""两个制度的差别: numbers, readings and clauses that one policy has otherwise than another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from xiaxiang.model.clause import numbers_of

if TYPE_CHECKING:
    from xiaxiang.model.policy import Policy


@dataclass(frozen=True, slots=True)
class Difference:
    """One line: where it stands (`考核 项目 授课`), its name, and either side as people read it ("": not there).

    `clauses` are those on which the two sides rest.
    """

    section: str
    name: str
    before: str
    after: str
    clauses: tuple[str, str]


def differences(before: Policy, after: Policy) -> tuple[Difference, ...]:
    """Return what differs, numbers in the first policy's order and then the second's new ones, then readings."""
    one, other = _lines(before), _lines(after)
    keys = dict.fromkeys((*one, *other))
    nothing = ("", "")
    found = []
    for key in keys:
        (old, old_clause), (new, new_clause) = one.get(key, nothing), other.get(key, nothing)
        if old != new or (old_clause != new_clause and old and new):
            found.append(Difference(*key, old, new, (old_clause, new_clause)))
    return tuple(found)


def _lines(policy: Policy) -> dict[tuple[str, str], tuple[str, str]]:
    """Return (section, name) → (values, clause) of every number and reading."""
    lines = {(number.section, number.name): ("；".join(number.values), clause) for number, clause in numbers_of(policy)}
    for name, parameter in policy.readings.items():
        lines["口径", name] = "；".join(value for _, value in parameter.values), parameter.clause
    return lines
