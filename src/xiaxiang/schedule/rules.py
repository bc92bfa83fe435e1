"""The policy as the scheduler asks it: values on a day, clauses, and readings that remember being used."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from xiaxiang.model.parameter import Parameter
    from xiaxiang.model.reading import ReadingUsed
    from xiaxiang.model.source import Source
    from xiaxiang.model.workspace import Workspace

T = TypeVar("T")


_LATER: Final = "在制度里补上这个数，或改“起始日期”"
_FILL_IN: Final = "在自己的制度里补上；每批人数也可以写在计划的受援单位里"


class NotInForceError(ValueError):
    """A number that the schedule cannot do without has no value on the day in question."""

    def __init__(self, name: str, day: date, *, unset: bool = False) -> None:
        """Keep the Chinese `name` of the number and the `day`; `unset` where the policy leaves it blank (未定)."""
        super().__init__(f"{name} 制度里未定" if unset else f"{name} 在 {day.isoformat()} 尚未施行")
        self.name = name
        self.day = day
        self.hint = _FILL_IN if unset else _LATER


class Rules:
    """One policy during one replay. Readings are resolved once; `used` lists those the result rests on."""

    def __init__(self, workspace: Workspace) -> None:
        """Take the policy and the readings of `workspace`."""
        self.policy = workspace.policy
        if workspace.policy.rotation is None:
            message = f"{workspace.policy.name} has no rotation: there is nothing to schedule"
            raise ValueError(message)  # whoever calls asks first: `pipeline` says so to the user
        self.rotation = workspace.policy.rotation
        self.used: dict[str, ReadingUsed] = {}
        self._workspace = workspace
        self._values: dict[str, str] = {}
        self._months: dict[int, tuple[int, ...]] = {}
        self._clauses: dict[str, Source] = {}
        self._rules: dict[str, Source] = {}

    def reading(self, name: str) -> str:
        """Return the value of one 口径 and remember that the result rests on it."""
        value = self._values.get(name)
        if value is None:
            value = self._values[name] = self._workspace.reading(name)
            self.used[name] = self._workspace.reading_used(name, self.reading_source(name))
        return value

    def reading_source(self, name: str) -> Source:
        """Return the clause that one 口径 reads."""
        parameter = self.policy.readings.get(name)
        return self.policy.source(parameter.clause if parameter else "")

    def required(self, identifier: str, parameter: Parameter[T], day: date) -> T:
        """Return the value in force on `day`. Raises NotInForceError where there is none."""
        value = parameter.on(day)
        if value is None:
            raise NotInForceError(self.rotation.label(identifier), day, unset=not parameter.values)
        return value

    def handover_months(self, year: int) -> tuple[int, ...]:
        """Return the month of each handover of a year, in order. Raises NotInForceError where there is none."""
        months = self._months.get(year)
        if months is None:
            months = self._months[year] = self.rotation.months_of(year)
        if not months:
            unset = not self.rotation.handover_months.values
            raise NotInForceError(self.rotation.label("handover_months"), date(year, 12, 31), unset=unset)
        return months

    def clause(self, identifier: str) -> Source:
        """Return the clause of one number of 轮换."""
        found = self._clauses.get(identifier)
        if found is None:
            found = self._clauses[identifier] = self.policy.source(self.rotation.clause_of(identifier))
        return found

    def rule(self, name: str) -> Source:
        """Return the clause of a rule without a number."""
        found = self._rules.get(name)
        if found is None:
            found = self._rules[name] = self.policy.rule(name)
        return found
