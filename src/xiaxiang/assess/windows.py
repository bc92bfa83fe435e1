"""每: a bound that must hold in every week, month or quarter anew; which windows are judged, and what is in each."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from xiaxiang.model.calendar import ONE_DAY
from xiaxiang.model.indicator import Window
from xiaxiang.model.scalar import day_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from xiaxiang.assess.stint import Span, Stint

MONTHS: Final = {
    Window.MONTH: 1,
    Window.TWO_MONTHS: 2,
    Window.QUARTER: 3,
    Window.HALF_YEAR: 6,
    Window.YEAR: 12,
}
"""Windows of the calendar, by their months: each begins with a month whose number fits."""

_DAYS: Final = {Window.WEEK: 7, Window.WEEKEND: 7, Window.FORTNIGHT: 14}
_SATURDAY: Final = 5
_QUARTERS: Final = "一二三四"
_MONTHS_OF_YEAR: Final = 12
_QUARTER: Final = 3


def windows_of(window: Window, first: date, last: date) -> Iterator[Span]:
    """Yield the windows that share days with `first`..`last`, in order; the outer ones may reach beyond.

    Weeks run from Monday to Sunday; fortnights from the posting's first day; the others by the calendar. Only
    weekends leave days between them.
    """
    start = _start(window, first)
    while start <= last:
        following = _following(window, start)
        yield start, start + ONE_DAY if window is Window.WEEKEND else following - ONE_DAY
        start = following


def _start(window: Window, first: date) -> date:
    if window is Window.WEEK:
        return first - timedelta(days=first.weekday())
    if window is Window.WEEKEND:
        return first + timedelta(days=_SATURDAY - first.weekday())
    if window is Window.FORTNIGHT:
        return first
    months = MONTHS[window]
    return date(first.year, (first.month - 1) // months * months + 1, 1)


def _following(window: Window, start: date) -> date:
    if window in _DAYS:
        return start + timedelta(days=_DAYS[window])
    year, month = divmod(start.month - 1 + MONTHS[window], _MONTHS_OF_YEAR)
    return date(start.year + year, month + 1, 1)


def judged(window: Window, stint: Stint, *, partial_too: bool) -> tuple[Span, ...]:
    """Return the windows that are judged: those served on every day, or with `partial_too` on any day.

    A window that the person was not posted for counts for nothing.
    """
    found = windows_of(window, stint.starts_on, stint.ends_on)
    if partial_too:
        return tuple(span for span in found if any(_meet(span, served) for served in stint.spans))
    return tuple(span for span in found if any(served[0] <= span[0] and span[1] <= served[1] for served in stint.spans))


def _meet(one: Span, other: Span) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def counts_in(spans: Iterable[Span], days: Sequence[date]) -> tuple[tuple[Span, int], ...]:
    """Return each window with how many of `days` lie in it."""
    return tuple((span, sum(span[0] <= day <= span[1] for day in days)) for span in spans)


def stays_of(days: Sequence[date]) -> tuple[tuple[Span, int], ...]:
    """Return the stays: runs of days that follow one another, each with its length; `days` in order, each once."""
    stays: list[tuple[Span, int]] = []
    for day in days:
        if stays and stays[-1][0][1] + ONE_DAY == day:
            (first, _), length = stays[-1]
            stays[-1] = (first, day), length + 1
        else:
            stays.append(((day, day), 1))
    return tuple(stays)


def window_text(window: Window, span: Span) -> str:
    """Return a window as people call it: `2024年4月`, `2024年一季度`, `4月1日至4月7日`."""
    first, last = span
    if window is Window.MONTH:
        return f"{first.year}年{first.month}月"
    if window is Window.QUARTER:
        return f"{first.year}年{_QUARTERS[(first.month - 1) // _QUARTER]}季度"
    if window is Window.YEAR:
        return f"{first.year}年"
    if window is Window.HALF_YEAR:
        return f"{first.year}年{'上' if first.month == 1 else '下'}半年"
    if window is Window.TWO_MONTHS:
        return f"{first.year}年{first.month}—{last.month}月"
    return f"{first.month}月{first.day}日至{last.month}月{last.day}日"


def period_text(first: date, last: date) -> str:
    """Return a period as people call it: `2014年`, `2014年6月`, `2014年1—3月`; else by its two days."""
    whole_months = first.day == 1 and (last + ONE_DAY).day == 1 and first.year == last.year
    if not whole_months:
        return f"{day_text(first)}至{day_text(last)}"
    if first.month == last.month:
        return f"{first.year}年{first.month}月"
    is_year = last.month - first.month + 1 == _MONTHS_OF_YEAR
    return f"{first.year}年" if is_year else f"{first.year}年{first.month}—{last.month}月"
