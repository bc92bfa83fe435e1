"""Dates that cannot be: ends before starts, decisions before requests, years that nobody meant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from xiaxiang.model.diagnostic import Diagnostic, error, warning
from xiaxiang.model.event import Leave, Recall, Trainee
from xiaxiang.model.hospital import person_label

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from xiaxiang.model.hospital import Department, Person
    from xiaxiang.model.workspace import Workspace

_YEARS_AHEAD: Final = 10  # plans run for a few years; a date further ahead is a slip of the finger
_SWAPPED: Final = "两个日期是不是写反了？改正其中一个"


def check_start(workspace: Workspace) -> Iterator[Diagnostic]:
    """起始日期 lies in years that a plan can be about."""
    day = workspace.plan.starts_on
    if not _is_likely(day, workspace):
        at = workspace.plan.places.of("starts_on")
        yield warning("odd-year", f"起始日期在 {day.year} 年，不像是真的", "核对年份", at)


def check_event_years(workspace: Workspace) -> Iterator[Diagnostic]:
    """Every event has a 日期 in years that a plan can be about."""
    for event in workspace.plan.events:
        if not _is_likely(event.on, workspace):
            yield warning("odd-year", f"日期在 {event.on.year} 年，不像是真的", "核对年份", event.places.of("on"))


def check_people_dates(workspace: Workspace) -> Iterator[Diagnostic]:
    """不可派 ends after it begins, and nobody leaves before they came."""
    for department in workspace.plan.departments:
        for person in department.people:
            if person.unavailable or person.left_on is not None:
                yield from _person(person, department)


def check_event_periods(workspace: Workspace) -> Iterator[Diagnostic]:
    """请假, 调回 and 进修 end on or after the day they begin."""
    for event in workspace.plan.events:
        if not isinstance(event, (Leave, Recall, Trainee)) or event.from_on is None or event.until_on is None:
            continue
        if event.until_on < event.from_on:
            at = event.places.of("until_on")
            yield error("end-before-start", "“止”早于“起”", _SWAPPED, at, event.entry_label)


def check_event_dates(workspace: Workspace) -> Iterator[Diagnostic]:
    """Nothing is decided before it is asked for, and nobody is back before they went."""
    for event in workspace.plan.events:
        applied_on = getattr(event, "applied_on", None)
        if applied_on is not None and applied_on > event.on:
            at = event.places.of("applied_on")
            yield error("dates-out-of-order", "“申请日期”晚于“日期”", _SWAPPED, at, event.entry_label)
        if isinstance(event, Leave) and event.returned_on is not None and event.returned_on < event.from_on:
            at = event.places.of("returned_on")
            yield error("dates-out-of-order", "“销假日期”早于“起”", _SWAPPED, at, event.entry_label)


def _person(person: Person, department: Department) -> Iterator[Diagnostic]:
    label = person_label(person.name, department.name)
    for index, time in enumerate(person.unavailable):
        if time.until_on is not None and time.until_on < time.from_on:
            at = person.places.of("unavailable", index)
            yield error("end-before-start", f"{person.name}的“不可派”止早于起", _SWAPPED, at, label)
    if person.joined_on is not None and person.left_on is not None and person.left_on < person.joined_on:
        at = person.places.of("left_on")
        yield error("end-before-start", f"{person.name}的“离岗日期”早于“到岗日期”", _SWAPPED, at, label)


def _is_likely(day: date, workspace: Workspace) -> bool:
    published = workspace.calendar.published
    return not published or min(published) <= day.year <= max(published) + _YEARS_AHEAD
