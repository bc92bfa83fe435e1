"""State machines: plans lived through as an office lives through them, with events, announcements and second thoughts.

After every step: no turn is lost or doubled, no quota overdrawn, what was announced stands.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from schedule_support import department, events, workspace
from test_schedule_published import announced
from test_schedule_specialties import composed, skilled

from xiaxiang.schedule import compare, publication, schedule

if TYPE_CHECKING:
    from collections.abc import Iterable

    from xiaxiang.model.batch import BatchName
    from xiaxiang.model.schedule import Batch, Schedule
    from xiaxiang.model.workspace import Workspace

YEARS = (2024, 2025)
NAMES = tuple(f"D{n}" for n in range(1, 8))
FIRST_DAY = date(2023, 10, 1)
DAYS = st.integers(0, 800).map(lambda offset: (FIRST_DAY + timedelta(days=offset)).isoformat())
BATCHES = st.tuples(st.sampled_from(YEARS), st.integers(1, 4)).map(lambda pair: f"{pair[0]}-{pair[1]}")
NAME, WHO = st.sampled_from(NAMES), st.sampled_from("甲乙")
RULING = st.sampled_from(["自动后延", "自动后延", "调至最后一批", "不同意"])
READINGS = {
    "自动后延": ["下一批", "对调"],
    "遇节假日": ["顺延", "下一个周一", "提前", "不变"],
    "重新下乡": ["占用下一轮次", "额外增加"],
    "后延计次": ["按科室每轮", "按申请"],
    "拒派处罚": ["每批一次", "每轮一次", "按未派人数"],
    "沟通范围": ["被顶替科室", "下批全部科室"],
}


def used_turns(batches: Iterable[Batch]) -> Counter[tuple[str, str, int]]:
    """Return how many batches used each turn (of each specialty's queue: the person's, where there are several)."""
    used: Counter[tuple[str, str, int]] = Counter()
    for batch in batches:
        first = {one.slot: one for one in reversed(batch.postings)}.values()
        used.update({(one.department, one.cycle) for one in first if one.department and one.cycle})  # type: ignore[misc]
    return used


class Office(RuleBasedStateMachine):
    """One office over two years: what it registers, announces, strikes out and reads otherwise."""

    @initialize(heads=st.integers(1, 4))
    def begin(self, heads: int) -> None:
        self.ws = self.plan(heads)
        self.facts: dict[BatchName, list[tuple[Any, ...]]] = {}
        self.number = 0
        self.seen: tuple[Workspace, Schedule] | None = None

    def plan(self, heads: int) -> Workspace:
        people = [department(name) for name in NAMES]
        return workspace(departments=tuple(people), recipients=({"名称": "甲院", "每批人数": heads},))

    def result(self) -> Schedule:
        if self.seen is None or self.seen[0] is not self.ws:
            self.seen = (self.ws, schedule(self.ws, YEARS))
        return self.seen[1]

    def edit(self, **fields: object) -> None:
        self.ws = replace(self.ws, plan=self.ws.plan.model_copy(update=fields))

    def register(self, **written: str) -> None:
        self.number += 1
        (event,) = events(written)
        added = event.model_copy(update={"number": self.number})
        self.edit(events=(*self.ws.plan.events, added))

    @rule(name=NAME, on=DAYS, ruling=RULING, batch=st.none() | BATCHES)
    def defer(self, name: str, on: str, ruling: str, batch: str | None) -> None:
        self.register(类型="后延", 日期=on, 科室=name, 决定=ruling, **({"批次": batch} if batch else {}))

    @rule(name=NAME, who=WHO, on=DAYS)
    def promote(self, name: str, who: str, on: str) -> None:
        self.register(类型="晋升优先", 日期=on, 科室=name, 人员=f"{name}{who}")

    @rule(name=NAME, on=DAYS, batch=BATCHES)
    def refuse(self, name: str, on: str, batch: str) -> None:
        self.register(类型="拒派", 日期=on, 科室=name, 批次=batch)

    @rule(name=NAME, who=WHO, on=DAYS, batch=BATCHES, kind=st.sampled_from(["指派", "重新下乡"]))
    def send(self, name: str, who: str, on: str, batch: str, kind: str) -> None:
        self.register(类型=kind, 日期=on, 科室=name, 人员=f"{name}{who}", 批次=batch)

    @rule(name=NAME, who=WHO, on=DAYS, batch=BATCHES, other=st.none() | NAME, substitute=st.booleans())
    def accident(self, name: str, who: str, on: str, batch: str, other: str | None, substitute: bool) -> None:  # noqa: FBT001 - drawn
        more = {"接替人员": f"{name}{'乙' if who == '甲' else '甲'}"} if substitute else {}
        if other:
            more = {"接替科室": other}
        self.register(类型="意外", 日期=on, 科室=name, 人员=f"{name}{who}", 批次=batch, **more)

    @precondition(lambda self: self.ws.plan.events)
    @rule(data=st.data())
    def strike_out(self, data: st.DataObject) -> None:
        kept = list(self.ws.plan.events)
        kept.pop(data.draw(st.integers(0, len(kept) - 1)))
        self.edit(events=tuple(kept))

    @rule(order=st.permutations(NAMES), served=st.sets(NAME, max_size=2))
    def reorder(self, order: list[str], served: set[str]) -> None:
        self.edit(dispatch_order=tuple(order), already_served=tuple(sorted(served)))

    @rule(data=st.data(), name=st.sampled_from(sorted(READINGS)))
    def read_otherwise(self, data: st.DataObject, name: str) -> None:
        value = data.draw(st.sampled_from(READINGS[name]))
        self.edit(readings={**self.ws.plan.readings, name: value})

    @rule(many=st.integers(1, 3))
    def announce(self, many: int) -> None:
        for _ in range(many):
            result = self.result()
            left = [batch.name for batch in result.batches if batch.name not in self.facts]
            if not left:
                return
            made = publication(self.ws, result, left[0], date(2024, 1, 1))
            self.ws = replace(self.ws, published=(*self.ws.published, made))
            again = self.result()
            assert again == result, "publishing alone changes nothing"
            self.facts[left[0]] = announced(result.batch(left[0]))

    @precondition(lambda self: self.facts)
    @rule(data=st.data())
    def announce_anew(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(sorted(self.facts)))
        made = publication(self.ws, self.result(), name, date(2024, 6, 1))
        self.ws = replace(self.ws, published=(*(one for one in self.ws.published if one.name != name), made))
        result = self.result()
        assert name not in {one.batch for one in result.notices if one.code == "published-differs"}
        self.facts[name] = announced(result.batch(name))

    @invariant()
    def what_was_announced_stands(self) -> None:
        result = self.result()
        for name, fact in self.facts.items():
            now = announced(result.batch(name))
            assert [_firm(one, was) for one, was in zip(now, fact, strict=True)] == fact

    @invariant()
    def no_turn_is_used_twice(self) -> None:
        assert [turn for turn, times in used_turns(self.result().batches).items() if times > 1] == []

    @invariant()
    def no_turn_is_lost(self) -> None:
        """Every turn of a department up to its latest was used, or waits, or was served before the plan."""
        result = self.result()
        known = {(name, cycle) for name, cycle in used_turns(result.batches)}
        known |= {(name, cycle) for cycle, name in result.batches[-1].waiting}
        known |= {(name, 1) for name in self.ws.plan.already_served}
        for name in NAMES:
            cycles = sorted(cycle for other, cycle in known if other == name)
            assert cycles == list(range(1, len(cycles) + 1))

    @invariant()
    def no_quota_is_overdrawn(self) -> None:
        spent = Counter(
            (one.department, one.message.split("第 ")[1].split(" 轮")[0])
            for one in self.result().notices
            if one.code == "deferral-used"
        )
        assert [key for key, times in spent.items() if times > 1] == []

    @invariant()
    def a_schedule_does_not_differ_from_itself(self) -> None:
        result = self.result()
        assert compare(result, schedule(self.ws, YEARS)).is_empty

    @invariant()
    def a_longer_look_ahead_changes_nothing_before(self) -> None:
        assert schedule(self.ws, YEARS[:1]).batches == self.result().of_year(YEARS[0]).batches


def _firm(now: tuple[Any, ...], was: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return a slot as announced: whom a department chose since for a slot left open is no change."""
    return (*now[:3], "") if len(was) > 3 and not was[3] else now


class SpecialtyOffice(Office):
    """The same under 专业组合: three specialties, each with a queue of its own."""

    def plan(self, heads: int) -> Workspace:
        people = [skilled(name, ("内科", "外科", "检验")[place % 3]) for place, name in enumerate(NAMES)]
        return workspace(departments=tuple(people), policy=composed(内科=1, 外科=min(heads, 2), 检验=1))


TestSpecialtyOffice = SpecialtyOffice.TestCase
TestSpecialtyOffice.settings = settings(max_examples=15, stateful_step_count=10, deadline=None)
TestOffice = Office.TestCase
TestOffice.settings = settings(max_examples=30, stateful_step_count=12, deadline=None)
