"""适用与口径: which parts of a policy are about a row, and which hold under the readings in force."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xiaxiang.assess.rules import Bounds
    from xiaxiang.assess.run import Run
    from xiaxiang.assess.subject import Subject
    from xiaxiang.model.roster import RosterRow

SEPARATOR = "、"


class Conditional(Protocol):
    """What may be about some rows only (适用), or hold under some readings only (口径)."""

    @property
    def applies_to(self) -> Mapping[str, str]:
        """Column → its values."""

    @property
    def under(self) -> Mapping[str, str]:
        """口径 → value."""


def bounds_for(run: Run, subject: Subject) -> tuple[Bounds, ...]:
    """Return the items that a subject is assessed by, in the policy's order."""
    every = subject.rules.bounds
    if not any(one.indicator.applies_to or one.indicator.under for one in every):
        return every
    return tuple(one for one in every if holds(run, one.indicator) and is_about(one.indicator, subject.row))


def holds(run: Run, part: Conditional) -> bool:
    """Whether a part holds under the readings in force; the result then rests on them."""
    values = {name: run.reading(name) for name in part.under}
    return all(values[name] == value.strip() for name, value in part.under.items())


def is_about(part: Conditional, row: RosterRow) -> bool:
    """Whether a row is one of those that a part is about; a row that does not say is not."""
    return all(
        str(row.values.get(column, "")).strip() in {word.strip() for word in words.split(SEPARATOR)}
        for column, words in part.applies_to.items()
    )
