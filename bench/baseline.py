"""What the same work costs without reasons, models or notices: plain functions, written for comparison only.

`tests/test_bench_baseline.py` keeps them honest: they must give the same answers as the product.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from xiaxiang.model.event import Deferral, DeferralRuling, Promotion, Refusal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from xiaxiang.model.plan import Plan

Days = tuple[str, "date", "date"]
"""Name (`2024-1`), handover and last day of a batch."""


def replay(  # noqa: C901, PLR0915 - one plain function on purpose: that is what it is compared as
    plan: Plan, days: Sequence[Days], heads: int, quota: int, lowest: dict[str, int]
) -> list[list[str]]:
    """Return the people of each batch in slot order: queue, deferrals, promotions, refusals; nothing else.

    `lowest` maps a title to 1 where it reaches the lowest rank, else 0. Only 自动后延 in the reading 下一批.
    """
    order = list(plan.dispatch_order)
    queue = [(1, name) for name in order]
    cycle = 1
    people = {one.name: one.people for one in plan.departments}
    months: dict[tuple[str, str], int] = {}
    ended: dict[tuple[str, str], int] = {}
    deferrals = [e for e in sorted(plan.events, key=lambda e: e.on) if isinstance(e, Deferral)]
    promotions = [e for e in sorted(plan.events, key=lambda e: e.on) if isinstance(e, Promotion)]
    refusals = {(e.batch.text, e.department) for e in plan.events if isinstance(e, Refusal)}
    done: set[int] = set()
    spent: dict[tuple[int, str], int] = {}
    result: list[list[str]] = []

    def choose(name: str, taken: set[tuple[str, str]], start: date, end: date) -> str:
        free = [
            (
                not lowest.get(one.professional_title, 0),
                one.served_months + months.get((name, one.name), 0),
                ended.get((name, one.name), -1),
                place,
            )
            for place, one in enumerate(people[name])
            if (name, one.name) not in taken and not one.why_unavailable(start, end)
        ]
        return people[name][min(free)[3]].name if free else ""

    for number, (batch, start, end) in enumerate(days):
        taken: set[tuple[str, str]] = set()
        held: list[str] = []
        passed: set[str] = set()

        def take(name: str, who: str) -> None:
            held.append(name)  # noqa: B023 - called within this turn of the loop only
            if who:
                taken.add((name, who))  # noqa: B023
                months[name, who] = months.get((name, who), 0) + 3
                ended[name, who] = number  # noqa: B023

        if not queue:
            cycle += 1
            queue += [(cycle, name) for name in order]
        for event in promotions:
            if len(held) < heads and event.on < start and id(event) not in done and event.department not in held:
                done.add(id(event))
                take(event.department, event.person)
                turn = next((one for one in queue if one[1] == event.department), None)
                if turn:
                    queue.remove(turn)
        refilled = False
        walk = list(queue)
        while len(held) < heads:
            for turn in walk:
                if len(held) == heads:
                    break
                name = turn[1]
                if name in held or name in passed:
                    continue
                waiting = [
                    e
                    for e in deferrals
                    if e.department == name and e.on < start and id(e) not in done and e.ruling is DeferralRuling.AUTO
                ]
                if waiting and spent.get(turn, 0) < quota:
                    spent[turn] = spent.get(turn, 0) + 1
                    done.add(id(waiting[0]))
                    passed.add(name)
                    continue
                done.update(id(e) for e in waiting)
                if (batch, name) in refusals:
                    passed.add(name)
                    continue
                queue.remove(turn)
                take(name, choose(name, taken, start, end))
            if len(held) == heads or refilled or not any(n not in held and n not in passed for n in order):
                break
            refilled = len(held) == 0
            cycle += 1
            walk = [(cycle, name) for name in order]
            queue += walk
        result.append([*held, *[""] * (heads - len(held))])
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
