"""What the same work costs without reasons, models or notices: plain functions, written for comparison only.

`tests/test_bench_baseline.py` keeps them honest: they must give the same answers as the product.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from xiaxiang.model.event import Assignment, Deferral, DeferralRuling, Incident, Promotion, Redispatch, Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from xiaxiang.model.calendar import WorkCalendar
    from xiaxiang.model.hospital import Person
    from xiaxiang.model.plan import Plan

Days = tuple[str, date, date, int]
"""Name (`2024-1`), handover and last day of a batch, and the months it counts."""
Row = tuple[str, str, "Person | None", int, date, date]
"""Recipient, department, person, cycle (0: none) and days of one slot; no department: it stays empty."""


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
) -> list[list[Row]]:
    """Return each batch in slot order under the default readings, with every kind of event that moves the rotation.

    Left out: handovers on other days than the first Monday, needed specialties, more than one person a turn.
    """
    _, heads, quota, lowest = numbers
    order = plan.dispatch_order
    queue = [(1, name) for name in order]
    cycle = 1
    people = {one.name: one.people for one in plan.departments}
    slots = [unit.name for unit in plan.recipient_units for _ in range(unit.headcount or heads)]
    months: dict[tuple[str, int], int] = {}
    ended: dict[tuple[str, int], date] = {}
    deferrals: dict[str, list[Deferral]] = {}
    incidents: dict[tuple[str, str], list[Incident]] = {}
    promotions: list[Promotion] = []
    again: list[Redispatch] = []
    refusals: set[tuple[str, str]] = set()
    for event in sorted(plan.events, key=lambda e: e.on):
        if isinstance(event, Deferral) and event.ruling in {DeferralRuling.AUTO, DeferralRuling.LAST}:
            deferrals.setdefault(event.department, []).append(event)
        elif isinstance(event, Incident):
            incidents.setdefault((event.batch.text, event.department), []).append(event)
        elif isinstance(event, Promotion):
            promotions.append(event)
        elif isinstance(event, Redispatch):
            again.append(event)
        elif isinstance(event, Refusal):
            refusals.add((event.batch.text, event.department))
    again.sort(key=lambda e: e.batch.text)
    assigned = {(e.batch.text, e.department): e.person for e in plan.events if isinstance(e, Assignment)}
    done: set[int] = set()
    spent: dict[tuple[int, str], int] = {}
    result: list[list[Row]] = []
    batches = timeline(calendar, numbers.months, plan.starts_on, last_year)

    def find(name: str, who: str) -> int | None:
        return next((place for place, one in enumerate(people[name]) if who in {one.name, one.id or one.name}), None)

    def other_of(event: Incident, own: str) -> str | None:
        if event.substitute_department:
            return None if event.substitute_department == own else event.substitute_department
        if not event.substitute or find(own, event.substitute) is not None:
            return None
        others = [name for name in people if find(name, event.substitute) is not None]
        return others[0] if len(others) == 1 else None

    def key(name: str, one: Person, place: int) -> tuple[bool, int, bool, int, date, int]:
        rank = one.rank or ranks.get(one.professional_title, 0)
        met = rank >= lowest
        known = (name, place)
        waits = one.promotion_until >= year and known not in months
        served = one.served_months + months.get(known, 0)
        return not met, 0 if met else -rank, not waits, served, ended.get(known, date.min), place

    def take(name: str, place: int) -> None:
        taken.add((name, place))
        months[name, place] = months.get((name, place), 0) + length
        ended[name, place] = end

    def propose(name: str) -> Person | None:
        free = [
            key(name, one, place)
            for place, one in enumerate(people[name])
            if (name, place) not in taken and (name, place) not in gone and not one.why_unavailable(start, end)
        ]
        if not free:
            return None
        take(name, min(free)[-1])
        return people[name][min(free)[-1]]

    def is_free(name: str, place: int | None) -> bool:
        if place is None or (name, place) in taken or (name, place) in gone:
            return False
        return not people[name][place].why_unavailable(start, end)

    def choose(name: str) -> Person | None:
        who = assigned.get((batch, name))
        place = find(name, who) if who else None
        if place is not None:
            if (name, place) in taken or (name, place) in gone:
                return propose(name)
            take(name, place)
            return people[name][place]
        for event in again:
            if event.department == name and batches[0][0] <= event.batch.text <= batch and id(event) not in done:
                place = find(name, event.person)
                if place is not None and is_free(name, place):
                    done.add(id(event))
                    take(name, place)
                    return people[name][place]
        for event in incidents.get((batch, name), ()):
            place = find(name, event.person) if event.person and start <= event.on <= end else None
            if place is not None and (name, place) not in taken:
                take(name, place)
                return people[name][place]
        return propose(name)

    def substitute(name: str, who: str) -> Person | None:
        place = find(name, who) if who else None
        if place is None:
            return None
        if (name, place) not in taken:
            take(name, place)
        return people[name][place]

    def sit(name: str, who: Person | None, turn: tuple[int, str] | None) -> None:
        rows.append((slots[len(rows)], name, who, turn[0] if turn else 0, start, end))
        held.add(name)
        if turn:
            queue.remove(turn)

    def earliest(name: str) -> tuple[int, str] | None:
        return next((one for one in queue if one[1] == name), None)

    def open_for(name: str) -> list[Deferral]:
        return [
            e
            for e in deferrals.get(name, ())
            if e.on < start and id(e) not in done and (e.batch is None or e.batch.text == batch)
        ]

    def happened(turn: tuple[int, str], event: Incident) -> None:
        name, other = turn[1], other_of(event, turn[1])
        assigned.pop((batch, name), None)
        if other is None and (who := substitute(name, event.substitute)):
            sit(name, who, turn)
            return
        passed.add(name)
        if other is not None and other not in held:
            sit(other, substitute(other, event.substitute) or choose(other), earliest(other))

    def consider(turn: tuple[int, str]) -> None:
        name = turn[1]
        waiting = open_for(name)
        if waiting and spent.get(turn, 0) < quota:
            spent[turn] = spent.get(turn, 0) + 1
            done.add(id(waiting[0]))
            passed.add(name)
            if waiting[0].ruling is DeferralRuling.LAST:
                last = max(place for place, other in enumerate(queue) if other[0] == turn[0])
                queue.remove(turn)
                queue.insert(last, turn)
            return
        done.update(id(e) for e in waiting)
        if (batch, name) in refusals:
            passed.add(name)
            return
        told = [e for e in incidents.get((batch, name), ()) if e.on < start]
        if told:
            happened(turn, told[-1])
        else:
            sit(name, choose(name), turn)

    def split(row: Row) -> list[Row]:
        parts = [row]
        for event in incidents.get((batch, row[1]), ()):
            if not start <= event.on <= end or id(event) in done:
                continue
            unit, name, who, turn, since, until = parts[-1]
            place = find(name, event.person) if event.person else None
            named = people[name][place] if place is not None else None
            was_here = who is None and any(one[2] is named for one in parts)
            if named is not None and named is not who and not was_here:
                continue
            done.add(id(event))
            other = other_of(event, name)
            now = substitute(other or name, event.substitute)
            if now is None and other is not None:
                now = propose(other)
            parts.pop()
            if event.on > since:
                parts.append((unit, name, who, turn, since, event.on - timedelta(days=1)))
            parts.append((unit, other or name, now, turn, event.on, until))
        return parts

    for batch, start, end, length in batches:  # noqa: B007 - the functions above read them
        year = int(batch[:4])
        taken: set[tuple[str, int]] = set()
        held: set[str] = set()
        passed: set[str] = set()
        rows: list[Row] = []
        gone = {
            (name, place)
            for (named, name), listed in incidents.items()
            if named == batch
            for event in listed
            if event.person and event.on < start and (place := find(name, event.person)) is not None
        }
        if not queue:
            cycle += 1
            queue += [(cycle, name) for name in order]
        for event in promotions:
            if len(rows) == len(slots) or event.on >= start:
                break
            name = event.department or next(name for name in people if find(name, event.person) is not None)
            place = find(name, event.person)
            if id(event) in done or name in held or place is None or not is_free(name, place):
                continue
            done.add(id(event))
            take(name, place)
            turn = earliest(name)
            sit(name, people[name][place], turn)
            if turn:
                done.update(id(e) for e in open_for(name))
        walk = list(queue)
        while len(rows) < len(slots):
            for turn in walk:
                if len(rows) == len(slots):
                    break
                if turn[1] not in held and turn[1] not in passed:
                    consider(turn)
            if len(rows) == len(slots) or all(name in held or name in passed for name in order):
                break
            cycle += 1
            walk = [(cycle, name) for name in order]
            queue += walk
        rows += [(unit, "", None, 0, start, end) for unit in slots[len(rows) :]]
        result.append([part for row in rows for part in (split(row) if row[1] else [row])])
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


class RecordFigures(NamedTuple):
    """What one person's records come to: lectures, the smallest gap between two in days, rounds, days attended."""

    lectures: int
    gap: int | None
    rounds: int
    attended: int

    @classmethod
    def of(cls, lectures: int, rounds: int, attended: int) -> RecordFigures:
        """Return the figures of three sets of days, given as bits."""
        gap, before, left = None, -1, lectures
        while left:
            place = (left & -left).bit_length()
            if before >= 0 and (gap is None or place - before < gap):
                gap = place - before
            before, left = place, left & left - 1
        return cls(lectures.bit_count(), gap, rounds.bit_count(), attended.bit_count())


class Bits(dict[str, int]):
    """ISO days as bits, each found out once."""

    def __missing__(self, text: str) -> int:
        bit = self[text] = 1 << date.fromisoformat(text).toordinal() - date(2024, 1, 1).toordinal()
        return bit


def record_figures(path: Path) -> dict[str, RecordFigures]:
    """Return everybody's figures by 工号: columns as they stand, no name, day, duplicate or posting looked at."""
    days = Bits()
    people: defaultdict[str, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
    with path.open(encoding="utf-8", newline="") as stream:
        rows = csv.reader(stream)
        next(rows)
        for _, number, day, kind, _ in rows:
            people[number][kind] |= days[day]
    return {number: RecordFigures.of(own["授课"], own["查房"], own["考勤"]) for number, own in people.items()}
