"""统计: figures by group over a span, how far apart the groups are, and why."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from fractions import Fraction

    from xiaxiang.model.decision import Reason


POSTINGS, MONTHS, ODD_DAYS, DAYS = "派驻人次", "月数", "零散天数", "天数"
PEOPLE, ELIGIBLE = "人数", "可派人数"
DEFERRALS, REFUSALS, INCIDENTS, PROMOTIONS = "后延", "拒派", "意外", "晋升优先"
"""The names of the figures that a schedule gives."""


class GroupBy(StrEnum):
    """What the figures are grouped by."""

    DEPARTMENT = "科室"
    PERSON = "人员"
    RANK = "职级"
    SPECIALTY = "专业"

    @property
    def english(self) -> str:
        """The key in machine output."""
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Group:
    """One group: its name (a person's with the department in `department`), its figures by name, and why it differs.

    `because` is filled for the most and the least burdened, and for a group that is asked for by name.
    """

    name: str
    figures: Mapping[str, int]
    department: str = ""
    because: tuple[Reason, ...] = ()
    counts: bool = True
    """Whether the group takes part in the spread: one that owes no service does not."""


@dataclass(frozen=True, slots=True)
class Spread:
    """How far apart the groups are in one figure, exactly: no index."""

    figure: str
    least: int
    most: int
    median: Fraction
    least_names: tuple[str, ...]
    most_names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Statistics:
    """The groups of one kind over a span, both days included. `notes` say what is counted how, and what is not."""

    by: GroupBy
    from_on: date
    until_on: date
    groups: tuple[Group, ...]
    totals: Mapping[str, int]
    spreads: tuple[Spread, ...] = ()
    notes: tuple[Reason, ...] = field(default=())
