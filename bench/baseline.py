"""What the same work costs without reasons, models or notices: plain functions, written for comparison only.

`tests/test_bench_baseline.py` keeps them honest: they must give the same answers as the product.
"""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from xiaxiang.model.event import Assignment, Deferral, DeferralRuling, Promotion, Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from xiaxiang.model.calendar import WorkCalendar
    from xiaxiang.model.hospital import Person
    from xiaxiang.model.plan import Plan

Days = tuple[str, date, date, int]
"""Name (`2024-1`), handover and last day of a batch, and the months it counts."""
Slots = list[tuple[str, str]]
"""Department and person ("" for nobody) of each slot of a batch; both "" for a slot that stays empty."""


class Numbers(NamedTuple):
    """The policy's numbers, taken out of it once."""

    months: tuple[int, ...] = (1, 4, 7, 10)
    heads: int = 3
    quota: int = 1
    lowest: int = 2


def timeline(calendar: WorkCalendar, months: tuple[int, ...], starts_on: date, last_year: int) -> list[Days]:
    """Return the batches from `starts_on` on: first Mondays, moved to the next working day."""
    found = []
    for year in range(starts_on.year - 1, last_year + 2):
        for number, month in enumerate(months, 1):
            day = date(year, month, 1)
            nominal = day + timedelta(days=-day.weekday() % 7)
            found.append((year, number, month, nominal, calendar.next_working_day(nominal)))
    return [
        (f"{year}-{number}", start, after[4] - timedelta(days=1), (after[0] - year) * 12 + after[2] - month)
        for (year, number, month, nominal, start), after in pairwise(found)
        if year <= last_year and (nominal >= starts_on or start >= starts_on)
    ]


def replay(  # noqa: C901, PLR0912, PLR0915 - one plain function on purpose: that is what it is compared as
    plan: Plan, calendar: WorkCalendar, ranks: Mapping[str, int], last_year: int, numbers: Numbers
) -> list[Slots]:
    """Return each batch in slot order: queue, deferrals, promotions, refusals, assignments; nothing else.

    Only 自动后延 in the reading 下一批, handovers on the first Monday, one recipient, no 意外 and no 重新下乡.
    """
    _, heads, quota, lowest = numbers
    order = list(plan.dispatch_order)
    queue = [(1, name) for name in order]
    cycle = 1
    people = {one.name: one.people for one in plan.departments}
    months: dict[tuple[str, str], int] = {}
    ended: dict[tuple[str, str], date] = {}
    by_day = sorted(plan.events, key=lambda e: e.on)
    deferrals: dict[str, list[Deferral]] = {}
    for event in by_day:
        if isinstance(event, Deferral) and event.ruling is DeferralRuling.AUTO:
            deferrals.setdefault(event.department, []).append(event)
    promotions = [e for e in by_day if isinstance(e, Promotion)]
    refusals = {(e.batch.text, e.department) for e in plan.events if isinstance(e, Refusal)}
    assigned = {(e.batch.text, e.department): e.person for e in plan.events if isinstance(e, Assignment)}
    done: set[int] = set()
    spent: dict[tuple[int, str], int] = {}
    result: list[Slots] = []

    def key(name: str, one: Person, place: int, year: int) -> tuple[bool, int, bool, int, date, int]:
        rank = one.rank or ranks.get(one.professional_title, 0)
        met = rank >= lowest
        known = (name, one.name)
        waits = one.promotion_until >= year and known not in months
        served = one.served_months + months.get(known, 0)
        return not met, 0 if met else -rank, not waits, served, ended.get(known, date.min), place

    for batch, start, end, length in timeline(calendar, numbers.months, plan.starts_on, last_year):
        taken: set[tuple[str, str]] = set()
        held: Slots = []
        busy: set[str] = set()  # departments that hold a slot or were passed over

        def take(name: str, who: str) -> None:
            held.append((name, who))  # noqa: B023 - called within this turn of the loop only
            busy.add(name)  # noqa: B023
            if who:
                taken.add((name, who))  # noqa: B023
                months[name, who] = months.get((name, who), 0) + length  # noqa: B023
                ended[name, who] = end  # noqa: B023

        if not queue:
            cycle += 1
            queue += [(cycle, name) for name in order]
        for event in promotions:
            name = event.department
            if len(held) == heads or event.on >= start or id(event) in done or name in busy:
                continue
            if any(one.name == event.person and not one.why_unavailable(start, end) for one in people[name]):
                done.add(id(event))
                take(name, event.person)
                turn = next((one for one in queue if one[1] == name), None)
                if turn:
                    queue.remove(turn)
                    done.update(id(e) for e in deferrals.get(name, ()) if e.on < start)
        walk = list(queue)
        while len(held) < heads:
            for turn in walk:
                if len(held) == heads:
                    break
                name = turn[1]
                if name in busy:
                    continue
                waiting = [e for e in deferrals.get(name, ()) if e.on < start and id(e) not in done]
                if waiting and spent.get(turn, 0) < quota:
                    spent[turn] = spent.get(turn, 0) + 1
                    done.add(id(waiting[0]))
                    busy.add(name)
                    continue
                done.update(id(e) for e in waiting)
                if (batch, name) in refusals:
                    busy.add(name)
                    continue
                queue.remove(turn)
                who = assigned.get((batch, name), "")
                if not who or (name, who) in taken:
                    year = int(batch[:4])
                    free = [
                        key(name, one, place, year)
                        for place, one in enumerate(people[name])
                        if (name, one.name) not in taken and not one.why_unavailable(start, end)
                    ]
                    who = people[name][min(free)[-1]].name if free else ""
                take(name, who)
            if len(held) == heads or all(name in busy for name in order):
                break
            cycle += 1
            walk = [(cycle, name) for name in order]
            queue += walk
        result.append([*held, *[("", "")] * (heads - len(held))])
    return result


def appraise(rows: Sequence[tuple[list[date], int, int, int]]) -> list[tuple[int, int]]:
    """Return (unmet items, 元 paid) of (lecture days, rounds, attended, required) rows: counts and comparisons only."""
    result = []
    for lectures, rounds, attended, required in rows:
        days = sorted(set(lectures))
        gaps = [(late - early).days for early, late in pairwise(days)]
        unmet = (
            (len(days) < 4 or min(gaps, default=99) < 7)
            + (rounds < 8)
            + (Fraction(attended, required) < Fraction(4, 5))
        )
        result.append((unmet, 1320 - 440 * min(unmet, 2)))
    return result
