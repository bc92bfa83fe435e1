"""What one run of `assess` shares: readings resolved once, rules by day, working days by span, findings."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from xiaxiang.assess.rules import Bounds, Rules, rules_on
from xiaxiang.model.diagnostic import Diagnostic, error, note, warning
from xiaxiang.model.position import Position
from xiaxiang.model.reading import SETTINGS, ReadingUsed

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from xiaxiang.model.appraisal import Allowance, Item
    from xiaxiang.model.policy import Policy
    from xiaxiang.model.roster import Roster, RosterRow
    from xiaxiang.model.schedule import Schedule
    from xiaxiang.model.workspace import Workspace


@dataclass(slots=True)
class Run:
    """The inputs of one run and what is remembered while it goes; nothing of it outlives the run."""

    workspace: Workspace
    roster: Roster
    schedule: Schedule | None
    findings: list[Diagnostic] = field(default_factory=list)
    items: dict[tuple[object, ...], Item] = field(default_factory=dict)
    """Items by everything that they rest on; people with the same numbers share one."""
    asked: dict[tuple[int, str], tuple[tuple[Bounds, ...], bool]] = field(default_factory=dict)
    """Items by set of rules and 对象, with whether any of them is conditional."""
    allowances: dict[tuple[object, ...], Allowance] = field(default_factory=dict)
    """Allowances of whole postings without leave, by days and number of unmet items."""
    _readings: dict[str, str] = field(default_factory=dict)
    _noted: set[str] = field(default_factory=set)
    _rules: dict[date, Rules] = field(default_factory=dict)
    _working_days: dict[tuple[date, date], int] = field(default_factory=dict)
    _unpublished: set[int] = field(default_factory=set)
    _departments: dict[str, str] | None = None
    _columns: frozenset[str] | None = None

    @property
    def policy(self) -> Policy:
        """The policy that the run applies."""
        return self.workspace.policy

    def reading(self, name: str) -> str:
        """Return the value of a 口径 and remember that the result rests on it."""
        value = self._readings.get(name)
        if value is None:
            value = self._readings[name] = self.workspace.reading(name)
        self._noted.add(name)
        return value

    def note_anew(self) -> set[str]:
        """Begin to collect the 口径 that one figure rests on; return those collected so far, for `noted_since`."""
        outer, self._noted = self._noted, set()
        return outer

    def noted_since(self, outer: set[str]) -> tuple[str, ...]:
        """Return the 口径 that were asked for since `note_anew` gave `outer`, and go on collecting for that."""
        inner, self._noted = self._noted, outer
        outer |= inner
        return tuple(sorted(inner))

    def readings_used(self) -> tuple[ReadingUsed, ...]:
        """Return the readings that were asked for, in the order of the table."""
        return tuple(self._reading_used(one.name) for one in SETTINGS if one.name in self._readings)

    def _reading_used(self, name: str) -> ReadingUsed:
        parameter = self.policy.readings.get(name)
        return self.workspace.reading_used(name, self.policy.source(parameter.clause if parameter else ""))

    def rules(self, day: date) -> Rules:
        """Return the rules for postings that begin on `day`; their own problems are reported once."""
        rules = self._rules.get(day)
        if rules is None:
            rules = self._rules[day] = rules_on(self.policy, day)
            self.findings.extend(rules.problems)
        return rules

    def working_days(self, from_on: date, until_on: date) -> int:
        """Return how many days of a span, both ends included, are worked."""
        key = (from_on, until_on)
        count = self._working_days.get(key)
        if count is None:
            count = self._working_days[key] = self.workspace.calendar.working_days(from_on, until_on)
            self._need_published(range(from_on.year, until_on.year + 1))
            for one in self.workspace.calendar.corrections(from_on, until_on):
                if one.position is not None:
                    self.note("calendar-corrected", one.text, "应出勤、工作日已照此计算", one.position)
        return count

    def is_working_day(self, day: date) -> bool:
        """Whether a day is worked."""
        self._need_published((day.year,))
        return self.workspace.calendar.is_working_day(day)

    def _need_published(self, years: Iterable[int]) -> None:
        """Say once for each year that its working days are inferred, where its days off are not published."""
        for year in years:
            if year not in self.workspace.calendar.published and year not in self._unpublished:
                self._unpublished.add(year)
                message = f"{year} 年的放假安排尚未公布：周末、法定假日和 10 月 1 日至 7 日按休息计"
                self.warn("calendar-unpublished", message, "公布后再考核一次", Position(self.roster.file, 1, 1, 1))

    def department(self, name: str) -> str:
        """Return a department's present name; a name that the plan does not know stays as it is."""
        if self._departments is None:
            self._departments = _present_names(self.workspace)
        return self._departments.get(name, name)

    def has_column(self, column: str) -> bool:
        """Whether the roster has a column of that Chinese name."""
        if self._columns is None:
            self._columns = frozenset(self.roster.columns.values())
        return column in self._columns

    def error(self, code: str, message: str, hint: str, position: Position, left_out: str = "") -> None:
        """Report what makes the result a draft."""
        self.findings.append(error(code, message, hint, position, left_out))

    def warn(self, code: str, message: str, hint: str, position: Position) -> None:
        """Report what the reader must know."""
        self.findings.append(warning(code, message, hint, position))

    def note(self, code: str, message: str, hint: str, position: Position) -> None:
        """Report what explains the result."""
        self.findings.append(note(code, message, hint, position))


def _present_names(workspace: Workspace) -> dict[str, str]:
    names: dict[str, str] = {}
    for department in workspace.plan.departments:
        for former in department.former_names:
            names.setdefault(former, department.name)
    names.update({department.name: department.name for department in workspace.plan.departments})
    return names


def row_label(row: RosterRow) -> str:
    """How a row is named to users: `郑一（口腔科）`; the name alone where there is no department, or it is a team's."""
    return f"{row.name}（{row.department}）" if row.department not in {"", row.name} else row.name
