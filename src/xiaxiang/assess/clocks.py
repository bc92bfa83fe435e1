"""计时: the same days of service, counted as each clock of the policy says. Every count grows with the days."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from xiaxiang.assess.spans import after_months, cut, months_in, united, without
from xiaxiang.model.calendar import ONE_DAY
from xiaxiang.model.clock import Clock, ClockKind, Counting, Records
from xiaxiang.model.ledger import ClockResult, Outlook, Span, Tally

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from xiaxiang.model.batch import BatchName
    from xiaxiang.model.ledger import Service
    from xiaxiang.model.source import Source

    Measure = Callable[[Sequence[Service], date], "Count"]
    """What some records come to up to and including a day."""

_QUARTERS: Final = "一二三四"
_MONTHS_OF_QUARTER: Final = 3


class Count(NamedTuple):
    """What a clock has counted: its value, days that make no month, days of the last record still to a month."""

    value: int
    odd_days: int = 0
    to_next: int | None = None


@dataclass(frozen=True, slots=True)
class Serving:
    """One person's records, 已服务月数, and the record that the next batch would add (None: it cannot)."""

    services: tuple[Service, ...]
    served_months: int = 0
    next: Service | None = None


@dataclass(frozen=True, slots=True)
class Window:
    """The time over which a clock counts: how it is named, its days, its bound."""

    label: str
    span: Span | None
    required: int | None
    measure: Measure


def run_clock(clock: Clock, source: Source, serving: Serving, as_of: date) -> tuple[ClockResult, ...]:
    """Return one clock's results, one per window; nothing for a clock of batches where there was none."""
    return tuple(_result(clock, source, window, serving, as_of) for window in _windows(clock, serving, as_of))


def tally(serving: Serving, as_of: date) -> Tally:
    """Return what a person's service comes to: months as 累计月数 has them, days with both ends, none twice."""
    months = _months(serving.services, serving.served_months, as_of)
    days = _summed(_until(serving.services, as_of), Counting.BOTH_ENDS)
    return Tally(months.value, months.odd_days, days)


def shared_days(services: Sequence[Service]) -> tuple[tuple[Service, Service, Span], ...]:
    """Return the days that stand in two records, with both of them: they are counted once."""
    return tuple(
        (one, other, span)
        for index, one in enumerate(services)
        for other in services[index + 1 :]
        for window in other.spans
        for span in cut(one.spans, window)
    )


def _windows(clock: Clock, serving: Serving, as_of: date) -> Iterator[Window]:
    if clock.kind is ClockKind.CAREER_MONTHS:
        bound = clock.at_least.on(as_of) if clock.at_least else None
        yield Window("累计", None, bound, lambda services, day: _months(services, serving.served_months, day))
    elif clock.kind is ClockKind.CAREER_DAYS:
        bound = clock.at_least.on(as_of) if clock.at_least else None
        yield Window("累计", None, bound, lambda services, day: Count(_summed(_until(services, day), clock.counting)))
    elif clock.kind is ClockKind.TERM:
        yield from _terms(serving, as_of)
    else:
        of = _year if clock.kind is ClockKind.YEAR_DAYS else _quarter
        days = [as_of, *(day for one in serving.services for span in one.spans for day in _days_told(span, as_of))]
        for label, span in sorted({of(day) for day in days}, key=lambda window: window[1]):
            bound = clock.at_least.on(span[1]) if clock.at_least else None
            yield Window(label, span, bound, _within(clock, span))


def _days_told(span: Span, as_of: date) -> Iterator[date]:
    """Yield days of a span up to `as_of`, close enough to touch every quarter of it."""
    day = span[0]
    while day <= min(span[1], as_of):
        yield day
        day = after_months(day.replace(day=1), 1)


def _year(day: date) -> tuple[str, Span]:
    return f"{day.year}年", (date(day.year, 1, 1), date(day.year, 12, 31))


def _quarter(day: date) -> tuple[str, Span]:
    number = (day.month - 1) // _MONTHS_OF_QUARTER
    first = date(day.year, number * _MONTHS_OF_QUARTER + 1, 1)
    return f"{day.year}年{_QUARTERS[number]}季度", (first, after_months(first, _MONTHS_OF_QUARTER) - ONE_DAY)


def _terms(serving: Serving, as_of: date) -> Iterator[Window]:
    """Yield each batch that has begun: the posting is measured against the batch's own days."""
    terms = {one.label: one.term for one in serving.services if one.batch and one.term and one.term[0] <= as_of}
    for label, term in terms.items():

        def measure(services: Sequence[Service], day: date, term: Span = term) -> Count:
            spans = [span for one in services if one.term == term for span in one.spans]
            return Count(_counted(united(cut(spans, (term[0], min(term[1], day)))), Counting.BOTH_ENDS))

        yield Window(label, term, _counted((term,), Counting.BOTH_ENDS), measure)


def _within(clock: Clock, span: Span) -> Measure:
    """Return how days within a year or a quarter are counted: clipped at its ends, one record alone or summed."""

    def measure(services: Sequence[Service], day: date) -> Count:
        window = (span[0], min(span[1], day))
        records = [cut(one.spans, window) for one in services]
        if clock.records is Records.SINGLE:
            return Count(max((_counted(spans, clock.counting) for spans in records), default=0))
        return Count(_summed(records, clock.counting))

    return measure


def _until(services: Iterable[Service], day: date) -> list[tuple[Span, ...]]:
    return [cut(one.spans, (date.min, day)) for one in services]


def _summed(records: Iterable[Iterable[Span]], counting: Counting) -> int:
    """Return the days of all records together; days that stand in two of them count once."""
    return _counted(united(span for spans in records for span in spans), counting)


def _counted(spans: Iterable[Span], counting: Counting) -> int:
    both = 1 if counting is Counting.BOTH_ENDS else 0
    return sum((last - first).days + both for first, last in spans)


def _months(services: Sequence[Service], served_months: int, day: date) -> Count:
    """Return whole months up to a day: batches as they are numbered, everything else by the calendar.

    Batches never overlap each other in months, so each counts once, whatever its days; what else lies on days
    already counted is left out. Records that follow each other day by day are counted as one.
    """
    months, taken, loose = served_months, list[Span](), list[Span]()
    seen: set[object] = set()
    for one in sorted(services, key=lambda service: (service.batch is None, service.months is None, service.from_on)):
        spans = cut(one.spans, (date.min, day))
        is_whole = one.months is not None and one.until_on <= day
        if is_whole and (one.batch not in seen if one.batch else not _meet(spans, taken)):
            months += one.months or 0
            seen.add(one.batch)
        else:
            part = months_in((spans[0][0], spans[-1][1]))[0] if one.months is not None and spans else 0
            if one.months is not None and part >= one.months:  # a long batch, not over yet: it makes no month more
                months += one.months
            else:
                loose += without(spans, taken)
        taken += spans
    pieces = [(span, months_in(span)) for span in united(loose, adjoining=True)]
    total = months + sum(whole for _, (whole, _) in pieces)
    last = pieces[-1] if pieces else None
    to_next = (after_months(last[0][0], last[1][0] + 1) - last[0][1]).days - 1 if last and last[1][1] else None
    return Count(total, sum(odd for _, (_, odd) in pieces), to_next)


def _meet(spans: Iterable[Span], taken: Sequence[Span]) -> bool:
    return any(cut(taken, span) for span in spans)


def _result(clock: Clock, source: Source, window: Window, serving: Serving, as_of: date) -> ClockResult:
    count = window.measure(serving.services, as_of)
    required = window.required
    met = None if required is None else count.value >= required
    result = ClockResult(clock, source, window.label, window.span, count.value, count.odd_days, required, met)
    if clock.kind is ClockKind.CAREER_DAYS:
        result = replace(result, undated_months=serving.served_months)
    if required is None:
        return result
    if met:
        return replace(result, met_on=_first_day(window, serving.services, required, as_of))
    missing = required - count.value
    days = count.to_next if missing == 1 and clock.kind is ClockKind.CAREER_MONTHS else None
    return replace(result, short=missing, short_days=days, outlook=_outlook(window, serving, required, as_of))


def _outlook(window: Window, serving: Serving, required: int, as_of: date) -> Outlook | None:
    """Return when the bound will be met: with what is planned, else with the next batch if the person is sent."""
    end = window.span[1] if window.span else date.max
    if end <= as_of:
        return None
    for extra in ((), (serving.next,) if serving.next else None):
        if extra is None:
            continue
        services = (*serving.services, *extra)
        last = min(end, max((one.until_on for one in services), default=as_of))
        if window.measure(services, last).value >= required:
            day = _first_day(window, services, required, last)
            if day is not None:
                return Outlook(day, _batch_on(services, day), if_sent=bool(extra))
    return None


def _first_day(window: Window, services: Sequence[Service], required: int, until: date) -> date | None:
    """Return the first day on which the bound is reached; None where it was before any record."""
    if not services or window.measure((), until).value >= required:
        return None
    first = min(one.from_on for one in services)
    offsets = range((until - first).days + 1)
    place = bisect_left(
        offsets,
        required,
        key=lambda offset: window.measure(services, first + timedelta(days=offset)).value,
    )
    return first + timedelta(days=place)


def _batch_on(services: Iterable[Service], day: date) -> BatchName | None:
    return next((one.batch for one in services if any(first <= day <= last for first, last in one.spans)), None)
