"""计付与基金: sums of one row of a table: so much a day or a trip, a share of a grant, less what a grade withholds."""

from __future__ import annotations

from fractions import Fraction
from itertools import takewhile
from typing import TYPE_CHECKING, Final

from xiaxiang.assess.applicable import holds, is_about
from xiaxiang.assess.measure import missing, number_of
from xiaxiang.assess.run import row_label
from xiaxiang.assess.windows import windows_of
from xiaxiang.model.appraisal_table import MoneyLine
from xiaxiang.model.decision import Reason
from xiaxiang.model.indicator import Window
from xiaxiang.model.number import number_text, percent_text
from xiaxiang.model.scalar import day_text, money_text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from xiaxiang.assess.run import Run
    from xiaxiang.assess.subject import Subject
    from xiaxiang.model.funding import Fund, PerUnit
    from xiaxiang.model.source import Source

FEN_PER_YUAN: Final = 100


def lines_of(
    run: Run, subject: Subject, day: date, withheld: Mapping[str, tuple[Fraction, Reason]], *, all_met: bool
) -> tuple[MoneyLine, ...] | None:
    """Return the sums of one row, 计付 first; None (reported) where a number that one rests on is missing."""
    funding = run.policy.funding
    concerned = ((one, is_about(run, one, subject.row)) for one in funding.per_unit if holds(run, one))
    lines = [
        _per_unit(run, subject, one, day, all_met=all_met) if about else None
        for one, about in concerned
        if about is not False
    ]
    known: dict[str, int] = {}
    for fund in funding.funds:
        line = _fund(run, subject, fund, day, known, withheld.get(fund.name))
        if line is not None:
            known[fund.name] = line.amount
        lines.append(line)
    found = tuple(line for line in lines if line is not None)
    return found if len(found) == len(lines) else None


def _source(run: Run, section: PerUnit | Fund, identifier: str) -> Source:
    return run.policy.source(section.clause_of(identifier) or run.policy.funding.clause)


def _per_unit(run: Run, subject: Subject, unit: PerUnit, day: date, *, all_met: bool) -> MoneyLine | None:
    """计付: an amount for each day, trip or month that a column counts."""
    amount = unit.amount.on(day)
    counted = number_of(run, subject.row, unit.column)
    if amount is None or counted is None:
        if amount is None:
            _not_in_force(run, subject, unit, "amount")
        if counted is None:
            missing(run, subject.row, unit.column)
        return None
    source = _source(run, unit, "amount")
    if unit.only_if_met and unit.only_if_met.on(day) and not all_met:
        return MoneyLine(unit.name, 0, (Reason("有项目未完成，不付", source),))
    most = unit.at_most.on(day) if unit.at_most else None
    times = counted if most is None else min(counted, Fraction(most))
    capped = f"{unit.column} {number_text(counted)}，至多计 {most}；" if most is not None and counted > most else ""
    total = _whole_fen(times * amount)
    text = f"{capped}{number_text(times)} × {money_text(amount)} 元 = {money_text(total)} 元"
    return MoneyLine(unit.name, total, (Reason(text, source),))


def _fund(
    run: Run,
    subject: Subject,
    fund: Fund,
    day: date,
    known: Mapping[str, int],
    withheld: tuple[Fraction, Reason] | None,
) -> MoneyLine | None:
    """基金: a share of what a column gives in 元, or of an earlier fund; less what the grade withholds."""
    rate = fund.rate.on(day)
    base = known[fund.base] if fund.base in known else _column_in_fen(run, subject, fund.base)
    if rate is None or base is None:
        if rate is None:
            _not_in_force(run, subject, fund, "rate")
        return None
    before = _share_before(run, fund, day)
    # Shares of one sum are cut off it one after another, so that 70% and 30% are the whole to the last 分.
    amount = _whole_fen(base * (before + rate)) - _whole_fen(base * before)
    source = _source(run, fund, "rate")
    text = f"{fund.base} {money_text(_whole_fen(base))} 元 × {percent_text(rate)} = {money_text(amount)} 元"
    reasons = [Reason(text, source)]
    less = 0
    if withheld is not None:
        share, why = withheld
        less = _whole_fen(amount * share)
        into = f"，归入{fund.goes_to}" if fund.goes_to else ""
        reasons.append(Reason(f"{why.text}，扣减 {percent_text(share)}，{money_text(less)} 元{into}", why.source))
    count = fund.parts.on(day) if fund.parts else None
    if fund.monthly and fund.monthly.on(day):
        count = len(tuple(windows_of(Window.MONTH, subject.stint.term_from, subject.stint.term_until)))
    parts = _parts(amount - less, count) if count else ()
    put_by = any(fund.name == other.goes_to for other in run.policy.funding.funds)
    return MoneyLine(fund.name, amount, tuple(reasons), less, parts, put_by)


def _not_in_force(run: Run, subject: Subject, section: PerUnit | Fund, identifier: str) -> None:
    first = getattr(section, identifier).first_on
    why = f"自 {day_text(first)} 起施行" if first else "制度里未定"
    message = f"{section.name}的{section.label(identifier)}{why}，{row_label(subject.row)}的金额待补"
    hint = "在自己的制度里写上这个数" if first is None else "核对考核的时间，或在制度里补上更早的值"
    run.warn("not-in-force", message, hint, section.places.of(identifier))


def _share_before(run: Run, fund: Fund, day: date) -> Fraction:
    """Return the shares of the same sum that are taken before this one."""
    earlier = takewhile(lambda one: one is not fund, run.policy.funding.funds)
    return sum((one.rate.on(day) or Fraction(0) for one in earlier if one.base == fund.base), Fraction(0))


def _column_in_fen(run: Run, subject: Subject, column: str) -> Fraction | None:
    yuan = number_of(run, subject.row, column)
    if yuan is None:
        missing(run, subject.row, column)
        return None
    return yuan * FEN_PER_YUAN


def _whole_fen(fen: Fraction | int) -> int:
    """Return an exact amount as whole 分, half a 分 rounded up, as accounts do."""
    return int(Fraction(fen) + Fraction(1, 2))


def _parts(amount: int, count: int) -> tuple[int, ...]:
    """Return `count` instalments that add up to `amount`; what does not divide evenly is in the last one."""
    each = amount // count
    return (*(each for _ in range(count - 1)), amount - each * (count - 1))
