"""check: what does not fit together in a workspace. One constraint, one function; all of them, in this order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from xiaxiang.check.dates import (
    check_event_dates,
    check_event_periods,
    check_event_years,
    check_people_dates,
    check_start,
)
from xiaxiang.check.events import (
    check_batches,
    check_leave_length,
    check_leave_papers,
    check_promotion_consents,
    check_promotion_titles,
    check_repeated_events,
    check_undecided_deferrals,
)
from xiaxiang.check.order import (
    check_departments_not_in_order,
    check_order_departments,
    check_order_given,
    check_order_repeats,
    check_served_departments,
)
from xiaxiang.check.people import (
    check_department_repeats,
    check_names_repeated,
    check_numbers_repeated,
    check_recipients_given,
    check_titles,
)
from xiaxiang.check.readings import check_reading_names, check_reading_values
from xiaxiang.check.references import check_event_departments, check_event_people, check_event_recipients
from xiaxiang.check.remainder import leave_out
from xiaxiang.model.diagnostic import Diagnostic, in_order

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from xiaxiang.model.workspace import Workspace

__all__ = ["CHECKS", "check", "leave_out"]

CHECKS: Final[tuple[Callable[[Workspace], Iterator[Diagnostic]], ...]] = (
    check_start,
    check_recipients_given,
    check_order_given,
    check_order_departments,
    check_order_repeats,
    check_served_departments,
    check_departments_not_in_order,
    check_department_repeats,
    check_names_repeated,
    check_numbers_repeated,
    check_titles,
    check_people_dates,
    check_reading_names,
    check_reading_values,
    check_event_departments,
    check_event_people,
    check_event_recipients,
    check_event_periods,
    check_event_dates,
    check_event_years,
    check_batches,
    check_repeated_events,
    check_promotion_titles,
    check_undecided_deferrals,
    check_promotion_consents,
    check_leave_length,
    check_leave_papers,
)


def check(workspace: Workspace) -> tuple[Diagnostic, ...]:
    """Return everything that does not fit together, by file, line and column."""
    return in_order(finding for one in CHECKS for finding in one(workspace))
