"""From the words of a call to two schedules side by side: the present one, and the one with the events in it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from xiaxiang.assess.ledger import ledger
from xiaxiang.load.event_line import FILE, event_line, read_event_line
from xiaxiang.load.event_place import event_place, read_events, row_of
from xiaxiang.model.comparison import Comparison
from xiaxiang.model.ledger import service_changes
from xiaxiang.pipeline import add_results, suppose
from xiaxiang.render.text_what_if import sheet_rows, yaml_entries
from xiaxiang.schedule.compare import compare

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from xiaxiang.model.batch import BatchName
    from xiaxiang.model.diagnostic import Diagnostic
    from xiaxiang.model.event import Event
    from xiaxiang.model.ledger import ServiceChange
    from xiaxiang.model.plan import Plan
    from xiaxiang.pipeline import Result


@dataclass(frozen=True, slots=True)
class Supposed:
    """What a call supposes, and what comes of it. `diagnostics` are about the new events alone.

    `events` each with the line that says it; `after` is None where an event is wrong; `comparison` is the part that
    is shown, `later` the years beyond it in which something changes too.
    """

    events: tuple[tuple[str, Event], ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
    after: Result | None = None
    comparison: Comparison = field(default_factory=Comparison)
    later: tuple[int, ...] = ()
    served: tuple[ServiceChange, ...] = ()


def suppose_all(result: Result, lines: tuple[str, ...], file: Path | None, today: date, year: int | None) -> Supposed:
    """Return what the events in `lines` and `file` would change. `today` gives the year of days written without one."""
    if result.workspace is None:
        return Supposed()
    plan = result.workspace.plan
    first = max((event.number for event in plan.events), default=0) + 1
    events, found, texts = _read(result, lines, year or max(today.year, plan.starts_on.year), first)
    if file is not None:
        more, findings, read = read_events(file, first + len(events))
        events, found, texts = (*events, *more), (*found, *findings), {**texts, **read}
    changed = suppose(result, events)
    found = (*found, *changed.diagnostics)
    told = tuple((event_line(event, plan), event) for event in events)
    if any(one.is_error for one in found):
        return Supposed(told, found, texts)
    last = max((_year(event) for event in events), default=plan.starts_on.year)
    return _compared(result, changed, Supposed(told, found, texts), year, last)


def lines_to_add(supposed: Supposed, file: Path) -> str:
    """Return how to write the events down: the very lines for the file in which 变动登记 of the plan stands."""
    after = supposed.after
    if after is None or after.workspace is None:
        return ""
    events = [event for _, event in supposed.events]
    place = event_place(after.workspace.plan, file, after.texts)
    nothing = "\n没有改动任何文件。要登记，"
    if place.columns is None:
        opening = "变动登记:\n" if place.opens else ""
        entries = yaml_entries(events, place.indent)
        where = f"{place.file} 的“变动登记”最后" if place.indent or place.opens else f"{place.file} 最后"
        return f"{nothing}把下面加在 {where}：\n\n{opening}{entries}\n"
    rows = [row_of(event, place.columns) for event in events]
    homeless = dict.fromkeys(label for _, labels in rows for label in labels)
    without = f"表里没有这几列，先加上: {'、'.join(homeless)}\n\n" if homeless else ""
    text = sheet_rows(place.columns, [cells for cells, _ in rows], as_csv=place.file.lower().endswith(".csv"))
    return f"{nothing}在 {place.file} 最后加 {len(rows)} 行（下面第一行是列名，不用抄）：\n\n{text}\n{without}"


def _read(
    result: Result, lines: tuple[str, ...], year: int, first: int
) -> tuple[tuple[Event, ...], tuple[Diagnostic, ...], dict[str, str]]:
    """Return the events of the arguments, what is wrong in them, and the arguments as the text that findings name."""
    plan = _plan(result)
    events: list[Event] = []
    found: list[Diagnostic] = []
    for number, text in enumerate(lines):
        event, findings = read_event_line(
            text,
            plan,
            year=year,
            number=first + number,
            line=number + 1,
            comes_up=lambda department, on: _comes_up(result, department, on),
        )
        found += findings
        events += [event] if event else []
    return tuple(events), tuple(found), {FILE: "\n".join(lines)}


def _plan(result: Result) -> Plan:
    if result.workspace is None:
        raise ValueError(result)
    return result.workspace.plan


def _comes_up(result: Result, department: str, on: date) -> BatchName | None:
    """Return the first batch not over on a day in which a department has a slot."""
    schedule = add_results(result, on.year + 1).schedule
    known = _plan(result).department(department)
    if schedule is None or known is None:
        return None
    named = (one for one in schedule.batches if any(each.department == known.name for each in one.postings))
    return next((one.name for one in named if one.ends_on >= on), None)


def _year(event: Event) -> int:
    """Return the year that an event is about: its batch's where it names one, else its day's."""
    ref = getattr(event, "batch", None)
    return ref.year if ref is not None and ref.year is not None else event.on.year


def _compared(before: Result, after: Result, supposed: Supposed, year: int | None, last: int) -> Supposed:
    """Add the two schedules' differences: of `year`, else up to the `last` year that an event is about."""
    horizon = max(last, year or last) + 1
    before, after = add_results(before, horizon), add_results(after, horizon)
    if before.schedule is None or after.schedule is None:
        return replace(supposed, diagnostics=(*supposed.diagnostics, *after.diagnostics))
    whole = compare(before.schedule, after.schedule)
    years = sorted({name.year for name in whole.batches})
    shown = frozenset({year} if year else {one for one in years if one <= last} or years[:1])
    end = max((batch.ends_on for batch in after.schedule.batches if batch.name.year in shown), default=None)
    return replace(
        supposed,
        texts={**after.texts, **supposed.texts},
        after=after,
        comparison=whole.of_years(shown),
        later=tuple(one for one in years if shown and one > max(shown)),
        served=_served(before, after, end),
    )


def _served(before: Result, after: Result, end: date | None) -> tuple[ServiceChange, ...]:
    """Return whose service comes to something else by the end of a day."""
    if before.workspace is None or after.workspace is None or end is None:
        return ()
    was = ledger(before.workspace, before.schedule, as_of=end)
    return service_changes(was, ledger(after.workspace, after.schedule, as_of=end))
