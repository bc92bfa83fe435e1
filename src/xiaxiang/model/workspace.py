"""工作区: everything that was read, joined: the one input of `check`, `schedule`, `assess` and `present`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from xiaxiang.model.reading import SETTINGS, ReadingUsed
from xiaxiang.model.reading import setting as find_setting

if TYPE_CHECKING:
    from xiaxiang.model.approved import ApprovedBatch
    from xiaxiang.model.batch import BatchName
    from xiaxiang.model.calendar import WorkCalendar
    from xiaxiang.model.plan import Plan
    from xiaxiang.model.policy import Policy
    from xiaxiang.model.published import PublishedBatch
    from xiaxiang.model.rank import RankTable
    from xiaxiang.model.source import Source


@dataclass(frozen=True, slots=True)
class Workspace:
    """A plan, the policy it follows, the calendar and the table of ranks.

    `left_out` names broken entries; `published` are the batches already announced, `approved` those whose results
    were approved, by name. `unsettled` are batches whose approval cannot be read (None: nobody knows which): no money
    is said of them.
    """

    plan: Plan
    policy: Policy
    calendar: WorkCalendar
    ranks: RankTable
    left_out: tuple[str, ...] = ()
    published: tuple[PublishedBatch, ...] = ()
    approved: tuple[ApprovedBatch, ...] = ()
    unsettled: tuple[BatchName | None, ...] = ()

    @property
    def is_draft(self) -> bool:
        """Whether something broken was left out, so that every output must be marked 草稿."""
        return bool(self.left_out)

    def reading(self, name: str) -> str:
        """Return the value in force of one 口径: the plan's, else the policy's, else the first in the table."""
        known = find_setting(name)
        if known is None:
            raise KeyError(name)
        for text in (self.plan.readings.get(name), self._policy_reading(name)):
            value = known.value_of(text) if text else None
            if value is not None:
                return value
        return next(iter(known.values))

    def reading_used(self, name: str, source: Source) -> ReadingUsed:
        """Return one 口径 as a result prints it, with the clause that it reads."""
        value = self.reading(name)
        known = next(one for one in SETTINGS if one.name == name)
        return ReadingUsed(name, value, known.values[value], source, chosen_by_plan=name in self.plan.readings)

    def _policy_reading(self, name: str) -> str | None:
        parameter = self.policy.readings.get(name)
        return parameter.on(self.plan.starts_on) if parameter else None
