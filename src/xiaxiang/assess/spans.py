"""Arithmetic of days: spans cut, joined and taken apart; calendar months. Both ends of a span are included."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from xiaxiang.model.calendar import ONE_DAY

if TYPE_CHECKING:
    from collections.abc import Iterable

    from xiaxiang.model.ledger import Span

_MONTHS: Final = 12  # of a year


def cut(spans: Iterable[Span], window: Span) -> tuple[Span, ...]:
    """Return what of the spans lies within `window`."""
    bounded = ((max(first, window[0]), min(last, window[1])) for first, last in spans)
    return tuple((first, last) for first, last in bounded if first <= last)


def united(spans: Iterable[Span], *, adjoining: bool = False) -> tuple[Span, ...]:
    """Return the spans in order, overlapping ones made one; with `adjoining`, those that follow each other too."""
    gap = ONE_DAY if adjoining else ONE_DAY * 0
    found: list[Span] = []
    for first, last in sorted(spans):
        if found and first <= found[-1][1] + gap:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return tuple(found)


def without(spans: Iterable[Span], taken: Iterable[Span]) -> tuple[Span, ...]:
    """Return what of the spans lies outside of all that is `taken`."""
    left = list(spans)
    for first, last in taken:
        left = [
            piece
            for one in left
            for piece in ((one[0], min(one[1], first - ONE_DAY)), (max(one[0], last + ONE_DAY), one[1]))
            if piece[0] <= piece[1]
        ]
    return united(left)


def after_months(day: date, months: int) -> date:
    """Return the first day after a period of `months` that begins on `day`.

    Where the month has no such day, the period ends with the month: a month from 31 January ends on its February's
    last day (民法典第二百零二条).
    """
    year, month = divmod(day.year * _MONTHS + day.month - 1 + months, _MONTHS)
    try:
        return date(year, month + 1, day.day)
    except ValueError:
        return after_months(date(year, month + 1, 1), 1)


def months_in(span: Span) -> tuple[int, int]:
    """Return the whole calendar months of a span, from its first day on, and the days that are left."""
    first, end = span[0], span[1] + ONE_DAY
    months = (end.year - first.year) * _MONTHS + end.month - first.month
    while after_months(first, months) > end:
        months -= 1
    return months, (end - after_months(first, months)).days
