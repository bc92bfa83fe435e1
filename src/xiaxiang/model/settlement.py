"""结算: the same money seen from the other side: departments by batch over a year, funds that balance. Whole 分."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from xiaxiang.model.appraisal import Appraisal, DepartmentAppraisal
    from xiaxiang.model.batch import BatchName
    from xiaxiang.model.reading import ReadingUsed


def decided_by(settings: Iterable[str], readings: Iterable[ReadingUsed]) -> str:
    """Return the readings in force among `settings`: `应出勤=工作日、批准的假=计缺勤`; "" where none is."""
    wanted = set(settings)
    return "、".join(f"{one.setting}={one.value}" for one in readings if one.setting in wanted)


@dataclass(frozen=True, slots=True)
class DepartmentYear:
    """One department over the batches of a year: (batch, what it brought and cost), in the order of batches."""

    name: str
    batches: tuple[tuple[BatchName | None, DepartmentAppraisal], ...]

    @property
    def reward(self) -> int:
        """The sum of the rewards, in 分."""
        return sum(one.reward for _, one in self.batches)

    @property
    def sanctions(self) -> int:
        """The sum of the sanctions, in 分, positive."""
        return sum(one.sanction_total for _, one in self.batches)

    @property
    def net(self) -> int:
        """Rewards less sanctions, in 分."""
        return self.reward - self.sanctions

    @property
    def pending(self) -> tuple[str, ...]:
        """People whose part of the reward cannot be said yet; `reward` is without it."""
        return tuple(who for _, one in self.batches for who in one.pending)


@dataclass(frozen=True, slots=True)
class YearSummary:
    """科室奖惩汇总: every department concerned over the batches of one year (None: rows without a batch)."""

    year: int | None
    batches: tuple[BatchName | None, ...]
    departments: tuple[DepartmentYear, ...]

    @property
    def reward(self) -> int:
        """The sum over the departments, in 分."""
        return sum(one.reward for one in self.departments)

    @property
    def sanctions(self) -> int:
        """The sum over the departments, in 分, positive."""
        return sum(one.sanctions for one in self.departments)

    @property
    def net(self) -> int:
        """Rewards less sanctions, in 分."""
        return self.reward - self.sanctions


def years_of(appraisal: Appraisal) -> tuple[YearSummary, ...]:
    """Return the departments' year, for each year of the run in order; rows without a batch come last."""
    years: dict[int | None, list[BatchName | None]] = {}
    for part in appraisal.parts:
        years.setdefault(part.batch.year if part.batch else None, []).append(part.batch)
    return tuple(_year(appraisal, year, tuple(batches)) for year, batches in years.items())


def _year(appraisal: Appraisal, year: int | None, batches: tuple[BatchName | None, ...]) -> YearSummary:
    order = [one.name for one in appraisal.departments]
    found: dict[str, list[tuple[BatchName | None, DepartmentAppraisal]]] = {}
    for part in appraisal.parts:
        if part.batch in batches:
            for one in part.departments:
                found.setdefault(one.name, []).append((part.batch, one))
    departments = (DepartmentYear(name, tuple(found[name])) for name in order if name in found)
    return YearSummary(year, batches, tuple(departments))


Period = tuple["date", "date"]


@dataclass(frozen=True, slots=True)
class FundLine:
    """One 基金 of one unit ("": of all) in one period: what comes in, and where it goes.

    `amount` = `paid` (to the unit) + `withheld` (by its grade) + `kept` (put by, where the fund itself receives what
    is withheld of others).
    """

    period: Period
    label: str
    """The period as people call it: 2014年, 2014年1—6月."""
    unit: str
    fund: str
    amount: int
    paid: int
    withheld: int
    kept: int = 0


@dataclass(frozen=True, slots=True)
class Pool:
    """A fund that receives what is withheld of others. `own` is what was put by for it from the start."""

    name: str
    own: int
    received: int

    @property
    def total(self) -> int:
        """What lies in it, in 分."""
        return self.own + self.received


@dataclass(frozen=True, slots=True)
class FundBalance:
    """资金平衡: what comes in is paid out, lies in a fund, or (where the policy names no fund) stays with the payer.

    `lines` are those of every unit, in the table's order; `sums` those of all units, by period and fund.
    """

    lines: tuple[FundLine, ...]
    sums: tuple[FundLine, ...]
    pools: tuple[Pool, ...]
    unassigned: int
    """Withheld, and no fund is named that takes it."""
    pending: int = 0
    """Units that are not assessed yet and stand in none of the sums."""

    @property
    def amount(self) -> int:
        """All that comes in, in 分."""
        return sum(one.amount for one in self.lines)

    @property
    def paid(self) -> int:
        """All that is paid to units, in 分."""
        return sum(one.paid for one in self.lines)

    @property
    def is_balanced(self) -> bool:
        """Whether all that comes in has gone somewhere."""
        return self.amount == self.paid + sum(one.total for one in self.pools) + self.unassigned
