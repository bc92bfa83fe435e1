"""名册: the people to assess, one row per person and batch, as they stand in the sheet."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from xiaxiang.model.position import NOWHERE, Places

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xiaxiang.model.attendance import Attendance
    from xiaxiang.model.batch import BatchName

CellValue = int | Fraction | date | tuple[date, ...] | str


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One row of the sheet.

    `batch` and the posting's days are None where the sheet leaves them out (the schedule then gives them).
    `values` maps a column's Chinese name (授课日期, 出勤天数, 总结日期, …) to its value: several days, one day,
    an exact number, or text; an empty cell is absent, never zero. `extra` are columns no rule knows of.
    Where records were given, `amounts` maps a column of days to how much was done on each, where that is not always
    one; `attendance` is what records or a sheet of attendance say of the days.
    """

    name: str
    department: str
    id: str = ""
    batch: BatchName | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    values: Mapping[str, CellValue] = field(default_factory=dict)
    extra: Mapping[str, str] = field(default_factory=dict)
    row: int = 0
    places: Places = NOWHERE
    amounts: Mapping[str, Mapping[date, int | Fraction]] = field(default_factory=dict)
    attendance: Attendance | None = None


@dataclass(frozen=True, slots=True)
class Roster:
    """The whole sheet: its file, its columns as mapped (typed name → Chinese name) and its rows in file order."""

    file: str
    columns: Mapping[str, str]
    rows: tuple[RosterRow, ...]
