"""考勤率: numerator and denominator, with what 应出勤 and 批准的假 make of them."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from xiaxiang.assess.allowance import prorated_days
from xiaxiang.assess.attendance_days import attended_of
from xiaxiang.assess.columns import ATTENDED_DAYS, REQUIRED_DAYS
from xiaxiang.assess.measure import missing, number_of
from xiaxiang.assess.run import Run, row_label
from xiaxiang.assess.text import whole
from xiaxiang.model.case import is_posted
from xiaxiang.model.number import decimal_text, number_text, percent_text

if TYPE_CHECKING:
    from xiaxiang.assess.rules import Bounds
    from xiaxiang.assess.subject import Subject
    from xiaxiang.model.indicator import Indicator


@dataclass(frozen=True, slots=True)
class Counted:
    """Numerator and denominator of one person, with the facts they rest on.

    `unknown` is by how much the numerator may be larger: the days of which a sheet of attendance says nothing.
    """

    numerator: Fraction
    denominator: Fraction
    facts: tuple[str, ...]
    unknown: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True)
class RateMeasured:
    """A rate as an exact fraction with the two numbers as counted; all None where it is not known.

    `at_best` is the rate if everything that nobody knows had been attended; empty where everything is known.
    """

    value: Fraction | None
    fraction: tuple[Fraction, Fraction] | None
    facts: tuple[str, ...]
    at_best: tuple[Fraction, ...] = ()


def rate_of(run: Run, subject: Subject, bounds: Bounds) -> RateMeasured:
    """Return the rate of one person, or of everybody who shared the slot and is counted together."""
    if subject.absent:
        return RateMeasured(None, None, ("要合并考核的人员不在名册里",))
    parts = [_counted(run, one, bounds.indicator) for one in (subject, *subject.partners)]
    known = [part for part in parts if part is not None]
    if len(known) < len(parts):
        return RateMeasured(None, None, ("没有填",))
    first = known[0]
    numerator, denominator, facts = first.numerator, first.denominator, first.facts
    for part in known[1:]:
        numerator, denominator, facts = numerator + part.numerator, denominator + part.denominator, facts + part.facts
    if denominator <= 0:
        message = f"{row_label(subject.row)}的“{bounds.indicator.denominator}”是 0，算不出{bounds.indicator.name}"
        hint = "核对派驻起止和请假" if bounds.indicator.denominator == REQUIRED_DAYS else "核对这一栏"
        run.warn("nothing-required", message, hint, subject.row.places.of(bounds.indicator.denominator))
        return RateMeasured(None, None, facts)
    value = numerator / denominator * (bounds.per_units or 1)
    bound = bounds.limits.shown_for(value)
    unknown = sum((part.unknown for part in known), Fraction(0))
    at_best = ((numerator + unknown) / denominator * (bounds.per_units or 1),) if unknown else ()
    if bounds.per_units is not None:
        each = f"每 {number_text(bounds.per_units)} {bounds.indicator.denominator}"
        shown = decimal_text(value, bound)
        told = f"{number_text(numerator)} ÷ {number_text(denominator)}，{each} {shown}"
        return RateMeasured(value, (numerator, denominator), (*facts, told), at_best)
    text = f"{number_text(numerator)} ÷ {number_text(denominator)} = {percent_text(value, bound)}"
    return RateMeasured(value, (numerator, denominator), (*facts, text), at_best)


def _counted(run: Run, subject: Subject, indicator: Indicator) -> Counted | None:
    row = subject.row
    noted = attended_of(run, subject.row, subject.stint.spans) if indicator.numerator == ATTENDED_DAYS else None
    numerator = noted.days if noted else number_of(run, row, indicator.numerator)
    if numerator is None:
        missing(run, row, indicator.numerator)
    denominator, why = _denominator(run, subject, indicator)
    if numerator is None or denominator is None:
        return None
    facts = (
        *(noted.facts if noted else (f"{indicator.numerator} {number_text(numerator)}",)),
        f"{indicator.denominator} {number_text(denominator)}（{why}）",
    )
    unknown = noted.unknown if noted else Fraction(0)
    if indicator.denominator == REQUIRED_DAYS:
        _warn_beyond(run, subject, indicator, numerator, denominator)
        if subject.leave:
            return _with_leave(run, subject, Counted(numerator, denominator, facts, unknown))
    return Counted(numerator, denominator, facts, unknown)


def _denominator(run: Run, subject: Subject, indicator: Indicator) -> tuple[Fraction | None, str]:
    """Return the denominator and where it comes from: the roster's own, else for 应出勤天数 by reading."""
    own = number_of(run, subject.row, indicator.denominator)
    if own is not None:
        return own, "名册填写" if is_posted(run.policy) else "表里填写"
    if indicator.denominator != REQUIRED_DAYS or REQUIRED_DAYS in subject.row.values:
        missing(run, subject.row, indicator.denominator)
        return None, ""
    return _required_days(run, subject)


def _required_days(run: Run, subject: Subject) -> tuple[Fraction | None, str]:
    reading = run.reading("应出勤")
    stint = subject.stint
    if reading == "自然日":
        return whole(stint.days), "派驻期间日历天数"
    if reading == "工作日":
        return whole(sum(run.working_days(*span) for span in stint.spans)), "派驻期间工作日"
    rule = subject.rules.allowance
    if rule is None:
        message = "应出勤按每月天数计算，制度却没有在施行的“个人补助”"
        run.error(
            "no-allowance-rule",
            message,
            "在制度的“经费”里写“个人补助”，或换一种“应出勤”口径",
            subject.row.places.of(""),
        )
        return None, ""
    days = min(rule.days, prorated_days(rule, stint)) if stint.partial else rule.days
    return whole(days), f"每月 {rule.days_per_month} 天"


def _with_leave(run: Run, subject: Subject, counted: Counted) -> Counted:
    """Return the two numbers after 批准的假. Leave is counted in the unit of the denominator's days."""
    leave = subject.leave
    if leave is None:
        return counted
    by_calendar = REQUIRED_DAYS not in subject.row.values and run.reading("应出勤") == "自然日"
    days = leave.calendar_days if by_calendar else leave.working_days
    reading = run.reading("批准的假")
    facts = (*counted.facts, f"批准的假 {number_text(days)} 天（{leave.text}）：{reading}")
    numerator, denominator = counted.numerator, counted.denominator
    if reading == "计出勤":
        numerator = max(numerator, min(numerator + days, denominator))
    elif reading == "不计入应出勤":
        denominator -= days
    return Counted(numerator, denominator, facts, counted.unknown)


def _warn_beyond(run: Run, subject: Subject, indicator: Indicator, numerator: Fraction, denominator: Fraction) -> None:
    if numerator > denominator:
        message = (
            f"{row_label(subject.row)}的“{indicator.numerator}”{number_text(numerator)} 天，"
            f"多于应出勤 {number_text(denominator)} 天"
        )
        where = subject.row.places.of(indicator.numerator)
        run.warn("attended-beyond-required", message, "核对出勤天数；确实加班的不必改", where)
