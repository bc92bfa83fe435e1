"""The same rules for OR-Tools CP-SAT: one hospital, 20 departments × 10 years, departments and people of every batch.

The solver gets the order, the slots, the deferrals with their quota, the refusals, the promotions (to which the
others have consented) and the order among a department's people as constraints; reasons and notices are left out.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from baseline import Numbers, timeline
from measure import heading, in_turn
from peers import has_package
from rotation import YEARS, hospital

from xiaxiang.model.event import Deferral, Promotion, Refusal
from xiaxiang.schedule import schedule

if TYPE_CHECKING:
    from xiaxiang.model.workspace import Workspace

NUMBERS = Numbers()
AT_LEAST, WORKERS, SPARE_CYCLES, MONTHS_A_BATCH = 100, 2, 2, 3
Linear = Any  # a variable of the solver, a number, or a sum of them


def eventful() -> Workspace:
    """Return the hospital of rotation.py with, beside its deferrals, a promotion and a refusal every year."""
    workspace = hospital()
    order = workspace.plan.dispatch_order
    events = list(workspace.plan.events)
    for place, year in enumerate(YEARS):
        promoted, refusing = order[(7 * place + 3) % len(order)], order[(12 * place + 4) % len(order)]
        person, batch = f"{promoted}0", f"{year}-{place % 4 + 1}"
        events += [
            Promotion.model_validate({"日期": date(year, 2, 1), "科室": promoted, "人员": person, "沟通结果": "同意"}),
            Refusal.model_validate({"日期": date(year, 1, 1), "科室": refusing, "批次": batch}),
        ]
    return replace(workspace, plan=workspace.plan.model_copy(update={"events": tuple(events)}))


class Given:
    """What the rules start from, as plain numbers: departments and batches count from 0."""

    def __init__(self, workspace: Workspace) -> None:
        """Take the order and the events; each promotion is alone in its batch, so that its place is known."""
        plan = workspace.plan
        self.departments = plan.dispatch_order
        members = {one.name: one.people for one in plan.departments}
        ranks = workspace.ranks.ranks
        self.people = [
            [one.name for one in members[name] if ranks.get(one.professional_title, 0) >= NUMBERS.lowest]
            for name in self.departments
        ]
        """Who may be proposed: everybody of the lowest rank or above; all are there on every day."""
        days = timeline(workspace.calendar, NUMBERS.months, plan.starts_on, YEARS[-1])
        self.batches = [name for name, *_ in days]
        self.promoted: dict[int, tuple[int, str]] = {}
        self.refused: set[tuple[int, int]] = set()
        self.asked = [[0] * len(days) for _ in self.departments]
        """How many deferrals of a department are open from a batch on."""
        for event in plan.events:
            if not isinstance(event, (Deferral, Promotion, Refusal)):
                continue
            place = self.departments.index(event.department)
            first = next((number for number, (_, start, *_) in enumerate(days) if start > event.on), None)
            if isinstance(event, Refusal):
                self.refused.add((self.batches.index(event.batch.text), place))
            elif first is not None and isinstance(event, Deferral):
                self.asked[place][first] += 1
            elif first is not None:
                self.promoted[first] = (place, event.person)


class Standing(NamedTuple):
    """How a department stands before a batch: turns used, open deferrals, deferrals used on the turn that is next."""

    turns: Linear = 0
    waiting: Linear = 0
    spent: Linear = 0


class Service(NamedTuple):
    """How a person stands before a batch: months served and the number of the last batch, counted from 1."""

    months: Linear = 0
    last: Linear = 0


class Rules:
    """The constraints. A turn has the key (cycle, place in the order); a batch looks at those up to its last pick."""

    def __init__(self, given: Given) -> None:
        """Write the constraints of every batch."""
        from ortools.sat.python.cp_model import CpModel  # noqa: PLC0415 - installed for the benchmarks only

        self.given = given
        self.model = CpModel()
        self.count = len(given.departments)
        self.most = NUMBERS.heads * len(given.batches) // self.count + SPARE_CYCLES
        self.sent: list[dict[str, Linear]] = []
        """Of each batch: person → whether that person goes."""
        self._services = [[Service() for _ in people] for people in given.people]
        standings = [Standing() for _ in given.departments]
        cycles: Linear = 1
        for batch in range(len(given.batches)):
            standings, cycles = self._batch(batch, standings, cycles)

    def _number(self, most: int) -> Linear:
        return self.model.new_int_var(0, most, "")

    def _whether(self, condition: Linear, otherwise: Linear) -> Linear:
        """Return a literal that is true where `condition` holds and false where `otherwise`, its contrary, does."""
        literal = self.model.new_bool_var("")
        self.model.add(condition).only_enforce_if(literal)
        self.model.add(otherwise).only_enforce_if(~literal)
        return literal

    def _both(self, *literals: Linear) -> Linear:
        literal = self.model.new_bool_var("")
        self.model.add_bool_and(*literals).only_enforce_if(literal)
        self.model.add_bool_or(literal, *(~one for one in literals))
        return literal

    def _batch(self, batch: int, standings: list[Standing], cycles: Linear) -> tuple[list[Standing], Linear]:
        """Write one batch; return how the departments stand after it, and how many cycles have begun."""
        model, (promoted, person) = self.model, self.given.promoted.get(batch, (None, ""))
        fewest = self._number(self.most)
        model.add_min_equality(fewest, [one.turns for one in standings])
        begun = self._number(self.most)
        model.add(begun == cycles + self._whether(fewest >= cycles, fewest < cycles))  # an empty queue is refilled
        last = self._number(self.most * self.count)
        after, picks, is_last = [], [], []
        self.sent.append({})
        for place, standing in enumerate(standings):
            if place == promoted:
                used = self._whether(standing.turns < begun, standing.turns >= begun)
                self._sends(batch, place, person)
                after.append(self._promoted(batch, place, standing, used))
                continue
            key = standing.turns * self.count + place
            comes_up = self._whether(key <= last, key > last)
            pick, stands = self._considered(batch, place, standing, comes_up)
            self._sends(batch, place, pick)
            picks.append(pick)
            after.append(stands)
            is_last.append(model.new_bool_var(""))
            model.add_implication(is_last[-1], pick)
            model.add(last == key).only_enforce_if(is_last[-1])
        model.add_exactly_one(is_last)
        model.add(sum(picks) == NUMBERS.heads - (promoted is not None))
        reached = self._number(self.most)
        model.add_division_equality(reached, last, self.count)
        now = self._number(self.most)
        model.add_max_equality(now, [begun, reached + 1])
        return after, now

    def _considered(self, batch: int, place: int, standing: Standing, comes_up: Linear) -> tuple[Linear, Standing]:
        """Write what becomes of a department's next turn if it comes up: deferred, refused or picked."""
        model = self.model
        open_now = self._open(batch, place, standing)
        deferred = self._both(
            comes_up,
            self._whether(open_now >= 1, open_now == 0),
            self._whether(standing.spent < NUMBERS.quota, standing.spent >= NUMBERS.quota),
        )
        goes = self._both(comes_up, ~deferred)  # its other open deferrals are rejected
        pick = 0 if (batch, place) in self.given.refused else goes
        turns, waiting, spent = (
            self._number(self.most),
            self._number(len(self.given.batches)),
            self._number(NUMBERS.quota),
        )
        model.add(turns == standing.turns + pick)
        model.add(waiting == 0).only_enforce_if(goes)
        model.add(waiting == open_now - deferred).only_enforce_if(~goes)
        if pick is not goes:
            model.add(spent == standing.spent + deferred)
        else:
            model.add(spent == 0).only_enforce_if(goes)
            model.add(spent == standing.spent + deferred).only_enforce_if(~goes)
        return pick, Standing(turns, waiting, spent)

    def _promoted(self, batch: int, place: int, standing: Standing, used: Linear) -> Standing:
        """Write a promotion: it uses the earliest turn in the queue, if there is one; open deferrals then lapse."""
        open_now = self._open(batch, place, standing)
        turns, waiting, spent = (
            self._number(self.most),
            self._number(len(self.given.batches)),
            self._number(NUMBERS.quota),
        )
        self.model.add(turns == standing.turns + used)
        for variable, kept in ((waiting, open_now), (spent, standing.spent)):
            self.model.add(variable == 0).only_enforce_if(used)
            self.model.add(variable == kept).only_enforce_if(~used)
        return Standing(turns, waiting, spent)

    def _sends(self, batch: int, place: int, pick: Linear | str) -> None:
        """Write whom a department sends: who is named, else whoever served least, longest ago, first in the list."""
        model, services, names = self.model, self._services[place], self.given.people[place]
        most = MONTHS_A_BATCH * len(self.given.batches)
        goes = [model.new_bool_var("") for _ in services]
        keys = [(one.months * most + one.last) * len(names) + number for number, one in enumerate(services)]
        if isinstance(pick, str):
            for name, one in zip(names, goes, strict=True):
                model.add(one == (name == pick))
        else:
            least = self._number(most * most * len(names))
            model.add_min_equality(least, keys)
            model.add(sum(goes) == pick)
            for key, one in zip(keys, goes, strict=True):
                model.add(key == least).only_enforce_if(one)
        for number, (one, service) in enumerate(zip(goes, services, strict=True)):
            months, last = self._number(most), self._number(most)
            model.add(months == service.months + MONTHS_A_BATCH * one)
            model.add(last == batch + 1).only_enforce_if(one)
            model.add(last == service.last).only_enforce_if(~one)
            services[number] = Service(months, last)
        self.sent[batch].update(zip(names, goes, strict=True))

    def _open(self, batch: int, place: int, standing: Standing) -> Linear:
        number = self._number(len(self.given.batches))
        self.model.add(number == standing.waiting + self.given.asked[place][batch])
        return number

    def solved(self) -> list[set[str]]:
        """Return the people of every batch as the solver finds them."""
        from ortools.sat.python.cp_model import OPTIMAL, CpSolver  # noqa: PLC0415

        solver = CpSolver()
        solver.parameters.num_workers = WORKERS
        status = solver.solve(self.model)
        if status != OPTIMAL:
            message = f"CP-SAT found no plan: {solver.status_name(status)}"
            raise SystemExit(message)
        return [{name for name, goes in sent.items() if solver.value(goes)} for sent in self.sent]


def main() -> None:
    """Print both times and their ratio, after checking that both send the same people in every batch."""
    heading([f"求解器：同样的规则写成 CP-SAT 约束，20 个科室 × {len(YEARS)} 年"])
    if not has_package("ortools"):
        return
    workspace = eventful()
    given = Given(workspace)
    found = Rules(given).solved()
    wanted = [
        {slot.person.name for slot in batch.postings if slot.person} for batch in schedule(workspace, YEARS).batches
    ]
    if found != wanted:
        message = "CP-SAT sends other people than the product: the comparison means nothing"
        raise SystemExit(message)
    # Not in turn: our run would pay for sweeping up what the solver leaves behind.
    (ours,) = in_turn(lambda: schedule(workspace, YEARS), runs=31)
    (theirs,) = in_turn(lambda: Rules(given).solved(), runs=3)
    print(
        f"排班（含全部理由）: {ours * 1000:.1f} 毫秒   CP-SAT（建模并求解）: {theirs:.2f} 秒   "
        f"快 {theirs / ours:,.0f} 倍   （要求 ≥ {AT_LEAST} 倍）",
        flush=True,
    )


if __name__ == "__main__":
    main()
