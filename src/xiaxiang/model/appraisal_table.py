"""表格考核结果: units, teams, departments or people of a table, each with items, grade and money; no posting behind it.

Money is whole 分. `None` means "cannot be said yet" (待补), never zero and never a pass.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date
    from fractions import Fraction

    from xiaxiang.model.appraisal import Item
    from xiaxiang.model.decision import Reason
    from xiaxiang.model.reading import ReadingUsed
    from xiaxiang.model.roster import RosterRow
    from xiaxiang.model.settlement import FundBalance


@dataclass(frozen=True, slots=True)
class MoneyLine:
    """One sum of one subject: 计付 or 基金. `parts` are its instalments, which add up to what is paid."""

    name: str
    amount: int
    reasons: tuple[Reason, ...]
    withheld: int = 0
    parts: tuple[int, ...] = ()
    put_by: bool = False
    """Whether it is set aside for a fund that receives what is withheld of others: it goes to no subject."""

    @property
    def paid(self) -> int:
        """What is left after what is withheld, in 分."""
        return self.amount - self.withheld


@dataclass(frozen=True, slots=True)
class SubjectAppraisal:
    """One subject of the table. Where `complete` is false, score, grade and money are None or empty."""

    name: str
    label: str
    """The name as people read it, with the period where the table has the name for several."""
    starts_on: date
    ends_on: date
    items: tuple[Item, ...]
    unmet: int | None
    complete: bool
    score: Fraction | None
    score_facts: tuple[str, ...]
    grade: str | None
    grade_reasons: tuple[Reason, ...]
    follows: tuple[Reason, ...]
    money: tuple[MoneyLine, ...]
    row: RosterRow

    @property
    def paid(self) -> int:
        """The sum of what is paid to the subject, in 分; what is put by is not."""
        return sum(line.paid for line in self.money if not line.put_by)


@dataclass(frozen=True, slots=True)
class TableAppraisal:
    """The result of one table, subjects in its order. `kind` is what a row stands for: 人员, 科室, 队伍, 单位.

    `sums` are the totals of each money line by name, in 分: (amount, withheld, paid).
    """

    policy: str
    kind: str
    subjects: tuple[SubjectAppraisal, ...]
    sums: tuple[tuple[str, tuple[int, int, int]], ...]
    readings: tuple[ReadingUsed, ...]
    balance: FundBalance | None = None
    """Where the money of the policy's 基金 went; None where it has none."""
