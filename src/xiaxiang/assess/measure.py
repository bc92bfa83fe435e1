"""What a row says happened: sessions of a kind, and numbers. Nothing is guessed; an empty cell is no zero."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from xiaxiang.assess.columns import DATES_SUFFIX, columns_of
from xiaxiang.assess.run import Run, row_label
from xiaxiang.assess.text import short_day, whole, whole_or_exact
from xiaxiang.model.case import is_posted
from xiaxiang.model.indicator import IndicatorKind
from xiaxiang.model.scalar import ScalarError, parse_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from xiaxiang.assess.stint import Stint
    from xiaxiang.model.indicator import Indicator
    from xiaxiang.model.roster import RosterRow


@dataclass(frozen=True, slots=True)
class Sessions:
    """Sessions counted: their days in order (None where only a number is known) and how many.

    `amounts` are filled where records say that more, or less, than one was done on some day.
    """

    days: tuple[date, ...] | None
    count: int | Fraction
    amounts: Mapping[date, int | Fraction] = field(default_factory=dict)

    def count_on(self, days: Iterable[date]) -> int | Fraction:
        """Return how many sessions some of the days have."""
        return whole_or_exact(sum((Fraction(self.amounts.get(day, 1)) for day in days), Fraction(0)))


def sessions_of(run: Run, row: RosterRow, stint: Stint, indicator: Indicator) -> Sessions | None:
    """Return the sessions of an item within the stint; None (reported) where they are missing or contradict."""
    dates_column, number_column = columns_of(indicator)
    if row.values.get(dates_column) == () and row.values.get(number_column) == 0:
        return Sessions((), 0)  # records speak of the person, and of none of these
    typed = _days(run, row, dates_column)
    number = number_of(run, row, number_column)
    if typed is None and number is None:
        missing(run, row, dates_column if run.has_column(dates_column) else number_column)
        return None
    if typed is None:
        return _counted(run, row, number_column, number)
    days = _served_days(run, row, stint, indicator.name, typed)
    if (amounts := row.amounts.get(dates_column)) and indicator.kind is IndicatorKind.COUNT:
        sessions = Sessions(days, 0, amounts)
        return replace(sessions, count=sessions.count_on(days))
    if number is not None and number not in {len(typed), len(set(typed)), len(days)}:
        message = f"{row_label(row)}的“{dates_column}”有 {len(set(typed))} 天，“{number_column}”却是 {number}"
        left_out = f"{row_label(row)}的{indicator.name}"
        run.error("count-differs", message, "改对其中一栏，或只留日期", row.places.of(number_column), left_out)
        return None
    return Sessions(days, len(days))


def _counted(run: Run, row: RosterRow, column: str, number: Fraction | None) -> Sessions | None:
    if number is None or number.denominator != 1:
        message = f"{row_label(row)}的“{column}”不是整数"
        run.error("not-whole", message, "这里要写整数，例如 3", row.places.of(column), f"{row_label(row)}的{column}")
        return None
    return Sessions(None, number.numerator)


def _days(run: Run, row: RosterRow, column: str) -> tuple[date, ...] | None:
    """Return the days in a cell as typed, or None where the cell is empty or holds no days (reported)."""
    value = row.values.get(column)
    if value is None or value == ():
        return None
    if isinstance(value, tuple):
        return value
    if isinstance(value, date):
        return (value,)
    message = f"{row_label(row)}的“{column}”写的“{value}”不是日期"
    hint = "日期写成 2024-04-08、2024-04-22 这样"
    run.error("bad-date", message, hint, row.places.of(column), f"{row_label(row)}的{column}")
    return None


def _served_days(run: Run, row: RosterRow, stint: Stint, name: str, typed: tuple[date, ...]) -> tuple[date, ...]:
    """Return the days that count, in order: each once, none outside the posting. What is not counted is a warning."""
    days = sorted(set(typed))
    if len(days) < len(typed):
        twice = "、".join(short_day(day) for day in days if typed.count(day) > 1)
        message = f"{row_label(row)}的{name}日期 {twice} 写了不止一次，只计一次"
        run.warn("session-repeated", message, "删掉重复的日期", row.places.of(name + DATES_SUFFIX))
    if stint.starts_on <= days[0] and days[-1] <= stint.ends_on and not stint.away:
        return tuple(days)
    outside = [day for day in days if not stint.covers(day)]
    if outside:
        listed = "、".join(day.isoformat() for day in outside)
        message = f"{row_label(row)}的{name}日期 {listed} 不在派驻期间（{stint.label}），不计"
        run.warn("session-outside", message, "核对日期的年份和月份", row.places.of(name + DATES_SUFFIX))
    return tuple(day for day in days if stint.covers(day))


def number_of(run: Run, row: RosterRow, column: str) -> Fraction | None:
    """Return the exact number in a cell, or None where it is empty or holds no number (reported)."""
    value = row.values.get(column)
    if value is None:
        return None
    if isinstance(value, int):
        return whole(value)
    if isinstance(value, Fraction):
        return value
    try:
        return parse_number(str(value))
    except ScalarError as bad:
        message = f"{row_label(row)}的“{column}”：{bad.message}"
        run.error(bad.code, message, bad.hint, row.places.of(column), f"{row_label(row)}的{column}")
        return None


def missing(run: Run, row: RosterRow, column: str) -> None:
    """Report a cell that an item needs and that is empty: not zero, not a pass."""
    if column in row.values:  # something stands there, and what is wrong with it has been said
        return
    message = f"{row_label(row)}的“{column}”没有填，考核待补"
    table = "名册" if is_posted(run.policy) else "表里"
    where = f"第 {row.row} 行" if row.row else ""
    run.warn("missing-value", message, f"在{table}{where}“{column}”一栏填上", row.places.of(column))
