"""个人补助: what is due for the days served, less the months deducted, never below zero. Whole 分, with reasons."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from xiaxiang.assess.columns import ATTENDED_DAYS
from xiaxiang.assess.measure import missing, number_of
from xiaxiang.model.appraisal import Allowance
from xiaxiang.model.calendar import ONE_DAY
from xiaxiang.model.decision import Reason
from xiaxiang.model.number import number_text
from xiaxiang.model.scalar import money_text

if TYPE_CHECKING:
    from xiaxiang.assess.leave import ApprovedLeave
    from xiaxiang.assess.rules import AllowanceRule, Consequence
    from xiaxiang.assess.run import Run
    from xiaxiang.assess.stint import Stint
    from xiaxiang.assess.subject import Subject

MONTHS_OF_YEAR: Final = 12


def months_and_days(first: date, days: int) -> tuple[int, int]:
    """Return the full months in `days` days from `first` on, and the days left over.

    A month ends the day before the same day of the next one, or on that month's last day where it has no such day.
    """
    end = first + ONE_DAY * days
    months = (end.year - first.year) * MONTHS_OF_YEAR + end.month - first.month
    if months_after(first, months) > end:
        months -= 1
    return months, (end - months_after(first, months)).days


def months_after(day: date, months: int) -> date:
    """Return the same day of the month `months` later, or that month's last day where it has no such day."""
    year, month = divmod(day.month - 1 + months, MONTHS_OF_YEAR)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def prorated_days(rule: AllowanceRule, stint: Stint) -> int:
    """Return the days paid for by the time served: full months, then days up to 每月天数."""
    months, days = months_and_days(stint.starts_on, stint.days)
    return months * rule.days_per_month + min(days, rule.days_per_month)


def allowance_of(run: Run, subject: Subject, rule: AllowanceRule, consequence: Consequence) -> Allowance | None:
    """Return a person's allowance; None (reported) where the attendance that it rests on is missing."""
    stint = subject.stint
    if stint.partial or subject.leave or run.reading("每月天数") != "定额":
        return _allowance(run, subject, rule, consequence)
    key = (stint.starts_on, stint.ends_on, consequence.unmet)
    allowance = run.allowances.get(key)
    if allowance is None:
        allowance = _allowance(run, subject, rule, consequence)
        if allowance is not None:
            run.allowances[key] = allowance
    return allowance


def _allowance(run: Run, subject: Subject, rule: AllowanceRule, consequence: Consequence) -> Allowance | None:
    outer = run.note_anew()
    found = _settled(run, subject, rule, consequence)
    settings = run.noted_since(outer)
    return None if found is None else replace(found, settings=settings)


def _settled(run: Run, subject: Subject, rule: AllowanceRule, consequence: Consequence) -> Allowance | None:
    days, text = _days_of_posting(run, subject.stint, rule)
    reasons = [Reason(text, rule.source)]
    left = _less_leave(run, subject.leave, Fraction(days), rule, reasons) if subject.leave else Fraction(days)
    paid = _at_most_attended(run, subject, left, rule, reasons) if run.reading("每月天数") == "上限" else left
    if paid is None:
        return None
    due = int(paid * rule.per_day)
    text = f"{number_text(paid)} 天 × {money_text(rule.per_day)} 元 = {money_text(due)} 元"
    reasons.append(Reason(text, rule.source))
    deducted = _deducted(rule, consequence, due, reasons)
    return Allowance(due, deducted, due - deducted, tuple(reasons))


def _days_of_posting(run: Run, stint: Stint, rule: AllowanceRule) -> tuple[int, str]:
    """Return the days to pay for by 补助月数: flat, or by the time served where the posting was cut short."""
    flat = run.reading("补助月数") == "固定三个月"
    if flat and not stint.partial:
        return rule.days, f"每月 {rule.days_per_month} 天 × {rule.months} 个月 = {rule.days} 天"
    months, over = months_and_days(stint.starts_on, stint.days)
    days = prorated_days(rule, stint)
    text = f"在岗 {months} 个整月又 {over} 天，每月 {rule.days_per_month} 天，计 {days} 天"
    if flat and days > rule.days:
        return rule.days, f"{text}，以 {rule.days} 天为限"
    return days, text


def _less_leave(run: Run, leave: ApprovedLeave, days: Fraction, rule: AllowanceRule, reasons: list[Reason]) -> Fraction:
    """Return the days left by 假期补助: approved leave takes its length, as 请假天数 counts it, or nothing."""
    if run.reading("假期补助") == "照发":
        return days
    length = leave.working_days if run.reading("请假天数") == "工作日" else leave.calendar_days
    left = max(days - length, Fraction(0))
    reasons.append(
        Reason(f"批准的假 {number_text(length)} 天（{leave.text}），按天扣，余 {number_text(left)} 天", rule.source)
    )
    return left


def _at_most_attended(
    run: Run, subject: Subject, days: Fraction, rule: AllowanceRule, reasons: list[Reason]
) -> Fraction | None:
    """Return the days capped at those attended; leave that is paid counts as attended. None where not filled in."""
    attended = number_of(run, subject.row, ATTENDED_DAYS)
    if attended is None:
        missing(run, subject.row, ATTENDED_DAYS)
        return None
    text = f"出勤 {number_text(attended)} 天"
    if subject.leave and run.reading("假期补助") == "照发":
        attended += subject.leave.working_days
        text += f"，批准的假 {number_text(subject.leave.working_days)} 天照发"
    reasons.append(Reason(f"{text}，不超过 {number_text(days)} 天", rule.source))
    return min(days, attended)


def _deducted(rule: AllowanceRule, consequence: Consequence, due: int, reasons: list[Reason]) -> int:
    """Return what the unmet items take off: whole months of allowance, never more than is due."""
    if not consequence.months_deducted:
        return 0
    full = consequence.months_deducted * rule.days_per_month * rule.per_day
    text = (
        f"{consequence.unmet} 项未完成，扣 {consequence.months_deducted} 个月 × {rule.days_per_month} 天"
        f" × {money_text(rule.per_day)} 元 = {money_text(full)} 元"
    )
    if full > due:
        text += f"，以应发 {money_text(due)} 元为限"
    reasons.append(Reason(text, consequence.deduction_source))
    return min(full, due)
