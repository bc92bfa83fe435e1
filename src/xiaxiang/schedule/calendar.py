"""Handover days: nominal, moved off a day off, and what each batch is called."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from typing import TYPE_CHECKING, Final

from xiaxiang.model.batch import BatchName
from xiaxiang.model.calendar import ONE_DAY, WorkCalendar
from xiaxiang.model.decision import Decision, Reason
from xiaxiang.model.scalar import parse_count, short_day_text, weekday_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xiaxiang.schedule.rules import Rules

FIRST_MONDAY: Final = "首个周一"
FIRST_WORKING_DAY: Final = "首个工作日"
MONTHS: Final = 12  # of a year


@dataclass(frozen=True, slots=True)
class BatchDays:
    """One batch's name, nominal and moved handover, last day, and whole months to the next nominal month."""

    name: BatchName
    nominal_on: date
    handover_on: date
    ends_on: date
    months: int
    because: tuple[Reason, ...]
    is_gone: bool = False
    """Whether the batch was announced and the plan's handover months no longer give it."""


def nominal_day(year: int, month: int, rule: str, calendar: WorkCalendar) -> date:
    """Return the nominal handover of a month (轮换.交接日: 首个周一 · 首个工作日 · a day of the month).

    Raises ScalarError for any other rule, ValueError for a day that the month does not have.
    """
    first = date(year, month, 1)
    if rule == FIRST_MONDAY:
        return first + timedelta(days=-first.weekday() % 7)
    if rule == FIRST_WORKING_DAY:
        return calendar.next_working_day(first)
    return first.replace(day=parse_count(rule.removesuffix("日")))


def moved_day(nominal: date, rule: str, rules: Rules, calendar: WorkCalendar) -> Decision[date]:
    """Return the handover that `nominal` becomes under 口径.遇节假日, with the reason where it moves.

    `rule` is the 轮换.交接日 that gave the day; "" where the policy names it itself.
    """
    named = f"{rule}{short_day_text(nominal)}" if rule.startswith("首个") else short_day_text(nominal)
    if calendar.is_working_day(nominal) and _may_be_handover(nominal, rules, calendar):
        stays = Reason(f"交接日为{named}（{weekday_text(nominal)}）", rules.clause("handover_day"))
        return Decision(nominal, (stays,))
    reading = rules.reading("遇节假日")
    moved = _move(nominal, reading, calendar, make_up=True)
    if not _may_be_handover(moved, rules, calendar):
        moved = _move(nominal, reading, calendar, make_up=False)
    why = "调休上班日" if calendar.is_working_day(nominal) else calendar.why_off(nominal)
    verb = {"顺延": "顺延到", "下一个周一": "改到下一个上班的周一", "提前": "提前到"}.get(reading, "仍为")
    worked = "，调休上班" if moved in calendar.make_up_days else ""
    text = f"{named}是{why}，{verb}{short_day_text(moved)}（{weekday_text(moved)}{worked}）"
    return Decision(moved, (Reason(text, rules.reading_source("遇节假日")),))


def _may_be_handover(day: date, rules: Rules, calendar: WorkCalendar) -> bool:
    """Whether a working day may be a handover: any weekday; a make-up day only if 口径.调休上班日交接 says so."""
    return day not in calendar.make_up_days or rules.reading("调休上班日交接") == "是"


def _move(nominal: date, reading: str, calendar: WorkCalendar, *, make_up: bool) -> date:
    if reading == "不变":
        return nominal
    if reading == "提前":
        return calendar.previous_working_day(nominal, make_up=make_up)
    if reading == "下一个周一":
        day = nominal + timedelta(days=-nominal.weekday() % 7)
        while not calendar.is_working_day(day):
            day += timedelta(days=7)
        return day
    return calendar.next_working_day(nominal, make_up=make_up)


def batch_days(rules: Rules, calendar: WorkCalendar, starts_on: date, last_year: int) -> Iterator[BatchDays]:
    """Yield every batch from the first (nominal or moved handover on or after `starts_on`) through `last_year`."""
    ahead = (
        (name, nominal, moved_day(nominal, rule, rules, calendar))
        for name, nominal, rule in _nominal_days(rules, calendar, starts_on)
    )
    this = next(ahead)
    while this[1] < starts_on and this[2].value < starts_on:
        this = next(ahead)
    while this[0].year <= last_year:
        following = next(ahead)
        (name, nominal, handover), (_, next_nominal, next_handover) = this, following
        months = (next_nominal.year - nominal.year) * MONTHS + next_nominal.month - nominal.month
        yield BatchDays(name, nominal, handover.value, next_handover.value - ONE_DAY, months, handover.reasons)
        this = following


def _nominal_days(rules: Rules, calendar: WorkCalendar, starts_on: date) -> Iterator[tuple[BatchName, date, str]]:
    """Yield the nominal handovers from the month before `starts_on`, without end, numbered within their year.

    Each comes with the 交接日 that gives it, "" where 交接日期 names the day. Earlier months cannot hold the first
    batch, and the policy need not have been in force in them.
    """
    rotation = rules.rotation
    starts_in = starts_on.year * MONTHS + starts_on.month - 1
    for year in count(max((starts_in - 1) // MONTHS, 1)):
        if year < starts_on.year and not rotation.months_of(year):
            continue
        fixed = rotation.days_of(year)
        for number, month in enumerate(rules.handover_months(year), 1):
            place, first = year * MONTHS + month - 1, date(year, month, 1)
            if place < starts_in - 1 or (place < starts_in and not fixed and rotation.handover_day.on(first) is None):
                continue
            if fixed:
                yield BatchName(year, number), fixed[number - 1], ""
            else:
                rule = rules.required("handover_day", rotation.handover_day, first)
                yield BatchName(year, number), nominal_day(year, month, rule, calendar), rule
