"""Days of a posting that a roster gives without their year: looked for between its first day and its last."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from xiaxiang.model.scalar import ScalarError, parse_day

if TYPE_CHECKING:
    from xiaxiang.model.batch import BatchName
    from xiaxiang.model.workspace import Workspace

_YEAR: Final = timedelta(days=365)
_SAFE_END: Final = 28  # a day that every month has


def span_of_posting(
    workspace: Workspace, batch: BatchName | None, starts_on: date | None, ends_on: date | None
) -> tuple[date, date] | None:
    """Return the days between which the posting lies, as far as the row tells; None where it tells nothing."""
    if starts_on is not None:
        return starts_on, ends_on or min(starts_on, date.max - _YEAR) + _YEAR
    if batch is None or batch.year >= date.max.year:
        return None
    months = workspace.policy.months_of(batch.year)
    first = date(batch.year, months[batch.number - 1], 1)
    if batch.number < len(months):
        return first, date(batch.year, months[batch.number], _SAFE_END)
    return first, date(batch.year + 1, months[0], _SAFE_END)


def day_within(text: str, span: tuple[date, date] | None) -> date | None:
    """Return the day that a text without a year names in the posting's days, else in the year of its start."""
    if span is None:
        return None
    found: list[date] = []
    for year in range(span[0].year, span[1].year + 1):
        try:
            found.append(parse_day(text, year=year))
        except ScalarError:
            continue
    return next((day for day in found if span[0] <= day <= span[1]), found[0] if found else None)
