"""台账: every day that people served, and what the same days come to by each 计时 of the policy."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from xiaxiang.model.position import NOWHERE, Places

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from xiaxiang.model.batch import BatchName
    from xiaxiang.model.clock import Clock
    from xiaxiang.model.decision import Reason
    from xiaxiang.model.diagnostic import Diagnostic
    from xiaxiang.model.position import Position
    from xiaxiang.model.rank import Rank
    from xiaxiang.model.source import Source

Span = tuple["date", "date"]
"""First and last day, both included."""

PersonKey = tuple[str, str]
"""A department's present name with a person's name, or with the 工号 where the name is not unique there."""


MET, NOT_SET = "已满", "未设定"
"""Words for a clock that is met, and for one without a bound."""


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One row of history.csv: service before the plan or elsewhere, both days included.

    `months` is what the office certified for it, None where the calendar decides.
    """

    name: str
    department: str
    id: str
    from_on: date
    until_on: date
    months: int | None = None
    recipient_unit: str = ""
    remark: str = ""
    places: Places = NOWHERE


@dataclass(frozen=True, slots=True)
class BrokenRow:
    """A row of history.csv that cannot be counted, and why; it is said wherever its person is counted."""

    name: str
    department: str
    why: str
    position: Position


@dataclass(frozen=True, slots=True)
class History:
    """history.csv as it was read: rows in file order, and those that cannot be counted."""

    rows: tuple[HistoryRow, ...] = ()
    broken: tuple[BrokenRow, ...] = ()


class Origin(StrEnum):
    """Where a record of service comes from."""

    SCHEDULE = "schedule"
    ROSTER = "roster"
    HISTORY = "history"

    @property
    def label(self) -> str:
        """The word that users read."""
        return {"schedule": "轮换表", "roster": "名册", "history": "历史记录"}[self.value]


@dataclass(frozen=True, slots=True)
class Service:
    """One record of service: the days served as spans in order (an approved recall leaves a gap).

    `months` is what the record counts in whole months: a whole batch counts from its nominal month to the next,
    whatever its days; None where the calendar decides. `term` is the whole batch, None outside of batches.
    `nominal_on` is the day by which the record belongs to a year.
    """

    spans: tuple[Span, ...]
    origin: Origin
    nominal_on: date
    batch: BatchName | None = None
    recipient_unit: str = ""
    months: int | None = None
    term: Span | None = None
    proposed: bool = False
    position: Position | None = None
    remark: str = ""

    @property
    def from_on(self) -> date:
        """The first day."""
        return self.spans[0][0]

    @property
    def until_on(self) -> date:
        """The last day."""
        return self.spans[-1][1]

    @property
    def label(self) -> str:
        """How the record is named to users: its batch, else where it comes from."""
        return self.batch.label if self.batch else self.origin.label


@dataclass(frozen=True, slots=True, order=True)
class Tally:
    """What service comes to: whole months with the days that make no month, and days; nothing counted twice."""

    months: int = 0
    odd_days: int = 0
    days: int = 0


@dataclass(frozen=True, slots=True)
class Outlook:
    """When a clock that is not met yet will be: on which day, by which record, planned or only if sent.

    `if_sent` is the batch in which the person is not planned and with which the clock would be met.
    """

    met_on: date
    batch: BatchName | None
    if_sent: bool = False


@dataclass(frozen=True, slots=True)
class ClockResult:
    """One clock for one person, over one window (a year, a quarter, a batch; the whole career where there is none).

    `value` and `required` are in the clock's unit. `met` is None where no bound is set. `short` is what is missing;
    `short_days` how many days more of the last record would be enough, where less than a month is missing.
    `undated_months` are 已服务月数 that no clock of days can count, so that what is short may be less.
    """

    clock: Clock
    source: Source
    window: str
    span: Span | None
    value: int
    odd_days: int
    required: int | None
    met: bool | None
    met_on: date | None = None
    short: int = 0
    short_days: int | None = None
    undated_months: int = 0
    outlook: Outlook | None = None

    @property
    def standing(self) -> str:
        """Where the person stands, as exactly as it can be said: 已满, 差 1 天, 差 3 个月, 未设定."""
        if self.met is None:
            return NOT_SET
        if self.met:
            return MET
        return f"差 {self.short_days} 天" if self.short_days is not None else f"差 {self.short} {self.clock.kind.unit}"


class NoteKind(StrEnum):
    """What a note on an account is about."""

    UNDATED = "undated"
    DIFFERS = "differs"
    SHARED = "shared"
    PROPOSED = "proposed"
    ABSENT = "absent"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Note:
    """Something that must be said where a person's service is counted."""

    kind: NoteKind
    reason: Reason


@dataclass(frozen=True, slots=True)
class Account:
    """Everything one person served. `tally` and the clocks end with the ledger's day; `services` may go beyond.

    `served_months` is 已服务月数 as far as it is counted; `notes` say what was found on the way.
    """

    department: str
    name: str
    id: str
    professional_title: str
    rank: Rank | None
    services: tuple[Service, ...]
    served_months: int
    tally: Tally
    clocks: tuple[ClockResult, ...]
    notes: tuple[Note, ...] = ()

    @property
    def label(self) -> str:
        """The person with the department: 张三（内科）."""
        return f"{self.name}（{self.department}）"


@dataclass(frozen=True, slots=True)
class Ledger:
    """The accounts of everybody who served or is going to, in the plan's order; `others` never did.

    `as_of` is the last day that counts. `unknown_rank` names people whose 职称 settles no rank; `notes` are about
    records that could not be counted. `findings` are the diagnostics of the way.
    """

    as_of: date
    clocks: tuple[Clock, ...]
    accounts: tuple[Account, ...]
    others: int
    unknown_rank: tuple[str, ...] = ()
    next_batch: BatchName | None = None
    notes: tuple[Reason, ...] = ()
    findings: tuple[Diagnostic, ...] = ()

    def tallies(self) -> Mapping[PersonKey, Tally]:
        """Return what each person's service comes to, by department and name (with the 工号 where there is one)."""
        return {(one.department, f"{one.name} {one.id}".strip()): one.tally for one in self.accounts}


@dataclass(frozen=True, slots=True)
class ServiceChange:
    """One person whose service comes to something else; `met` and `unmet` name the clocks that this decides."""

    department: str
    name: str
    id: str
    before: Tally
    after: Tally
    met: tuple[str, ...] = ()
    unmet: tuple[str, ...] = ()


def service_changes(before: Ledger, after: Ledger) -> tuple[ServiceChange, ...]:
    """Return whose service differs between two ledgers of one plan, in the order of the plan."""
    was, now = (
        {(one.department, one.name, one.id): (one.tally, _met(one)) for one in ledger.accounts}
        for ledger in (before, after)
    )
    nothing = (Tally(), frozenset[str]())
    pairs = {key: (was.get(key, nothing), now.get(key, nothing)) for key in dict.fromkeys((*was, *now))}
    return tuple(
        ServiceChange(*key, tally, then, tuple(sorted(will - did)), tuple(sorted(did - will)))
        for key, ((tally, did), (then, will)) in pairs.items()
        if tally != then
    )


def _met(account: Account) -> frozenset[str]:
    """Return the clocks over the whole career that an account meets."""
    return frozenset(one.clock.name for one in account.clocks if one.span is None and one.met)
