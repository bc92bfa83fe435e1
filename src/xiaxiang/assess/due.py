"""期限 as a rule writes it: a fixed day, one of a year, one of a month, or days from the start or the end."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from xiaxiang.model.scalar import ScalarError, half_width, parse_day

_MONTHS_OF_YEAR: Final = 12
_IN_MONTH: Final = re.compile(r"(?P<which>当月|次月|本月|下月)(?:(?P<day>\d{1,2})[日号]|(?P<end>底|末))前?")
_IN_YEAR: Final = re.compile(r"(?P<next>次年)?(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})[日号]?|(?P<end>底|末))前?")
_FROM: Final = re.compile(r"(?P<what>开始|派驻开始|交接日|结束|派驻结束)(?P<way>前|后)(?P<days>\d{1,3})[天日]")


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day as a rule gives it: a fixed one, one of a year, one of a month, or days from the start or the end."""

    text: str
    fixed: date | None = None
    month: int = 0
    """Month 1..12 of the year in which the period ends (0: none)."""
    months_on: int | None = None
    """Months after the one in which the period ends (次月: 1)."""
    years_on: int = 0
    day: int = 0
    """Day of that month; 0 is its last day."""
    from_start: bool = False
    days: int | None = None
    """Days after the start or the end; before, where negative."""

    def due_on(self, starts_on: date, ends_on: date) -> date:
        """Return the day meant for a period, before any rule for days off. Raises ValueError for a day that is none."""
        if self.fixed is not None:
            return self.fixed
        if self.days is not None:
            return (starts_on if self.from_start else ends_on) + timedelta(days=self.days)
        year, month = ends_on.year + self.years_on, self.month
        if self.months_on is not None:
            over, place = divmod(ends_on.month - 1 + self.months_on, _MONTHS_OF_YEAR)
            year, month = ends_on.year + over, place + 1
        return date(year, month, self.day or monthrange(year, month)[1])


def parse_deadline(text: str) -> Deadline | None:
    """Return the deadline that `text` names (`次月5日`, `4月10日`, `交接日后7天`, a day), or None."""
    plain = half_width(text).strip().replace(" ", "")
    if match := _FROM.fullmatch(plain):
        days = int(match["days"]) * (1 if match["way"] == "后" else -1)
        return Deadline(text, from_start=match["what"] in {"开始", "派驻开始", "交接日"}, days=days)
    if match := _IN_MONTH.fullmatch(plain):
        return Deadline(text, months_on=int(match["which"] in {"次月", "下月"}), day=int(match["day"] or 0))
    if (match := _IN_YEAR.fullmatch(plain)) and 1 <= int(match["month"]) <= _MONTHS_OF_YEAR:
        return Deadline(text, month=int(match["month"]), years_on=int(bool(match["next"])), day=int(match["day"] or 0))
    try:
        return Deadline(text, fixed=parse_day(plain))
    except ScalarError:
        return None
