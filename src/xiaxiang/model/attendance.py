"""考勤: what a sheet or records say of somebody's days, and each day of a posting told apart. Half days are exact."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

WHOLE: Final = Fraction(1)
NONE: Final = Fraction(0)


class DayKind(StrEnum):
    """What a day, or a part of it, of a posting was."""

    WORKDAY = "工作日"
    MAKE_UP = "调休上班"
    LEAVE = "请假"
    ABSENCE = "缺勤"
    UNRECORDED = "无记录"
    WEEKEND = "周末"
    HOLIDAY = "法定节假日"

    @property
    def english(self) -> str:
        """The key in machine output."""
        return self.name.lower()


WORKED: Final = (DayKind.WORKDAY, DayKind.MAKE_UP)
OFF: Final = (DayKind.WEEKEND, DayKind.HOLIDAY)


class Mark(NamedTuple):
    """What is noted of one day, in parts of it: attended, on leave, absent. What is left over is not recorded."""

    attended: Fraction = NONE
    leave: Fraction = NONE
    absent: Fraction = NONE


@dataclass(frozen=True, slots=True)
class Attendance:
    """The days of one person as noted in `file`.

    In a sheet (`is_sheet`) every day has its cell: nothing in it means that nobody knows. Records are only kept of
    days attended: a day without one was not.
    """

    file: str
    marks: Mapping[date, Mark]
    is_sheet: bool


@dataclass(frozen=True, slots=True)
class PostingDay:
    """One day of a posting: its parts by kind (they add up to 1), and how much of it was attended.

    On a day off the kind says why it is off, also where somebody attended.
    """

    on: date
    parts: Mapping[DayKind, Fraction]
    attended: Fraction

    @property
    def is_off(self) -> bool:
        """Whether the day is a weekend or a holiday."""
        return any(kind in OFF for kind in self.parts)


@dataclass(frozen=True, slots=True)
class PostingDays:
    """Every day of a posting, in order, told apart; `file` and `is_sheet` as in Attendance."""

    file: str
    is_sheet: bool
    days: tuple[PostingDay, ...]

    def sums(self) -> dict[DayKind, Fraction]:
        """Return how many days there are of each kind, in the order of the kinds; together all days."""
        return {kind: _sum(day.parts.get(kind, NONE) for day in self.days) for kind in DayKind}

    def attended(self, *, days_off_too: bool) -> Fraction:
        """Return how many days were attended: working days, or with `days_off_too` every day."""
        return _sum(day.attended for day in self.days if days_off_too or not day.is_off)

    @property
    def attended_off(self) -> Fraction:
        """How many days off were attended."""
        return _sum(day.attended for day in self.days if day.is_off)

    def unrecorded(self, *, days_off_too: bool) -> Fraction:
        """Return how many days nobody knows of; of records none, as a day without one was not attended."""
        if not self.is_sheet:
            return NONE
        off = _sum(WHOLE for day in self.days if day.is_off and not day.attended) if days_off_too else NONE
        return self.sums()[DayKind.UNRECORDED] + off


def _sum(parts: Iterable[Fraction]) -> Fraction:
    return sum(parts, NONE)
