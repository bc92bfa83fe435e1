"""What holds for any roster: totals add up, order does not matter, nobody touches anybody else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

from assess_support import (
    BATCH,
    CALENDAR,
    END,
    POLICY,
    RANKS,
    START,
    assess,
    changed,
    event,
    roster,
    verdicts,
    workspace,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from xiaxiang.model.parameter import ALWAYS, Parameter
from xiaxiang.model.reading import SETTINGS
from xiaxiang.model.roster import Roster, RosterRow
from xiaxiang.model.workspace import Workspace

if TYPE_CHECKING:
    from xiaxiang.model.appraisal import Appraisal
    from xiaxiang.model.policy import Policy

OF_ASSESSMENT = (
    "授课间隔",
    "应出勤",
    "批准的假",
    "科室奖励",
    "召回处罚",
    "请假天数",
    "补助月数",
    "每月天数",
    "中途换人考核",
    "假期补助",
    "全未完成奖励",
    "换人归属",
)
STAFF = {"内科": ("甲", "乙"), "外科": ("丙", "丁"), "骨科": ("戊",)}
PEOPLE = [(name, department) for department, names in STAFF.items() for name in names]

near = st.integers(-10, 100).map(lambda offset: START + timedelta(days=offset))
days = st.lists(near, min_size=1, max_size=7).map(tuple)
readings = st.fixed_dictionaries(
    {}, optional={one.name: st.sampled_from(sorted(one.values)) for one in SETTINGS if one.name in OF_ASSESSMENT}
)
cells = st.fixed_dictionaries(
    {},
    optional={
        "授课日期": days,
        "授课次数": st.integers(0, 6),
        "查房日期": days,
        "查房次数": st.integers(0, 12),
        "出勤天数": st.fractions(0, 95, max_denominator=2),
        "应出勤天数": st.integers(0, 70),
        "总结日期": near,
    },
)


@st.composite
def rows(draw: st.DrawFn) -> tuple[RosterRow, ...]:
    """Return rows of different people, some without a posting, some cut to a part of it."""
    who = draw(st.lists(st.sampled_from(PEOPLE), unique=True, min_size=1))
    return tuple(
        RosterRow(
            name,
            department,
            batch=draw(st.sampled_from((BATCH, None))),
            starts_on=draw(st.sampled_from((START, START, START, None))),
            ends_on=draw(st.sampled_from((END, END, date(2024, 6, 2)))),
            values=draw(cells),
        )
        for name, department in who
    )


@st.composite
def events(draw: st.DrawFn) -> tuple[dict[str, str], ...]:
    """Return leave, recalls and accidents of the people, anywhere about the posting."""
    found = []
    for kind in draw(st.lists(st.sampled_from(("请假", "调回", "意外")), max_size=4)):
        name, department = draw(st.sampled_from(PEOPLE))
        first, last = sorted((draw(near), draw(near)))
        yes_no = draw(st.sampled_from(("是", "否")))
        if kind == "意外":
            other, its_department = draw(st.sampled_from([("", ""), *PEOPLE]))
            fields = {"批次": "2024-2", "科室": department, "人员": name, "接替人员": other, "接替科室": its_department}
        else:
            approval = "受援单位批准" if kind == "请假" else "院领导批准"
            fields = {"人员": name, "起": first.isoformat(), "止": last.isoformat(), approval: yes_no}
        found.append({**event(kind, **fields), "日期": first.isoformat()})
    return tuple(found)


plans = st.tuples(events(), readings)
Plan = tuple[tuple[dict[str, str], ...], dict[str, str]]


def _workspace(plan: Plan) -> Workspace:
    return workspace(*plan[0], staff=STAFF, readings=plan[1])


def _sheet(*given_rows: RosterRow) -> Roster:
    """Return a roster whose columns do not depend on what is filled in."""
    return roster(*given_rows, columns=("总结日期",))


def _run(ws: Workspace, *given_rows: RosterRow) -> Appraisal:
    return assess(ws, _sheet(*given_rows), None)[0]


@given(plans, rows())
def test_totals_add_up(plan: Plan, given_rows: tuple[RosterRow, ...]) -> None:
    result = _run(_workspace(plan), *given_rows)
    totals = result.totals
    complete = [person for person in result.people if person.complete]
    for person in complete:
        assert person.allowance is not None
        assert 0 <= person.allowance.paid == person.allowance.due - person.allowance.deducted
        charged = sum(charge.amount for charge in person.sanctions)
        assert person.net == person.allowance.paid + person.reward_share - charged
    assert totals.paid == totals.due - totals.deducted
    assert totals.personal_net == totals.paid + totals.reward_shares - totals.personal_sanctions
    assert totals.personal_net == sum(person.net or 0 for person in complete)
    assert totals.department_net == totals.department_rewards - totals.department_sanctions
    assert totals.department_net == sum(one.net for one in result.departments)
    assert (totals.people, totals.pending) == (len(given_rows), len(given_rows) - len(complete))


@given(plans, rows())
def test_whoever_is_incomplete_gets_no_figure_that_follows_from_the_items(
    plan: Plan, given_rows: tuple[RosterRow, ...]
) -> None:
    for person in _run(_workspace(plan), *given_rows).people:
        follows = (person.unmet, person.certificate, person.redispatch, person.net, person.allowance)
        assert (None in follows) is (not person.complete)
        if None in verdicts(person).values():
            assert not person.complete


@given(plans, rows(), st.randoms(use_true_random=False))
def test_the_order_of_rows_never_matters(plan: Plan, given_rows: tuple[RosterRow, ...], random: object) -> None:
    shuffled = list(given_rows)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    ws = _workspace(plan)
    one, found = assess(ws, _sheet(*given_rows), None)
    other, others_found = assess(ws, _sheet(*shuffled), None)
    by_name = {(person.name, person.department): person for person in other.people}
    assert [by_name[person.name, person.department] for person in one.people] == list(one.people)
    assert (one.departments, one.totals, one.readings, found) == (
        other.departments,
        other.totals,
        other.readings,
        others_found,
    )


@given(plans, rows(), cells)
def test_one_more_person_never_changes_anybody_elses_result(
    plan: Plan, given_rows: tuple[RosterRow, ...], values: dict[str, object]
) -> None:
    newcomer = RosterRow("己", "儿科", starts_on=START, ends_on=END, values=values)  # type: ignore[arg-type]
    ws = _workspace(plan)
    alone = _run(ws, *given_rows)
    together = _run(ws, newcomer, *given_rows)
    assert together.people[1:] == alone.people
    assert together.departments[: len(alone.departments)] == alone.departments


def _raised(policy: Policy, place: int, by: Fraction) -> Policy:
    assert policy.assessment is not None
    indicators = list(policy.assessment.indicators)
    at_least = indicators[place].at_least
    assert at_least is not None
    higher = Parameter(((ALWAYS, at_least.values[0][1] + by),), "四（二）")
    indicators[place] = indicators[place].model_copy(update={"at_least": higher})
    return changed(policy, assessment=policy.assessment.model_copy(update={"indicators": tuple(indicators)}))


@given(plans, rows(), st.sampled_from(((0, Fraction(1)), (1, Fraction(2)), (2, Fraction(1, 20)))))
def test_raising_a_threshold_never_helps_anybody(
    plan: Plan, given_rows: tuple[RosterRow, ...], step: tuple[int, Fraction]
) -> None:
    ws = _workspace(plan)
    now = _run(ws, *given_rows)
    then = _run(replace(ws, policy=_raised(POLICY, *step)), *given_rows)
    for before, after in zip(now.people, then.people, strict=True):
        for item, raised in zip(before.items, after.items, strict=True):
            assert not (raised.met is True and item.met is not True)
        if before.complete and after.complete:
            assert (before.unmet or 0) <= (after.unmet or 0)
            assert (before.net or 0) >= (after.net or 0)


@given(st.integers(0, 100), st.integers(1, 100))
def test_a_rate_passes_exactly_from_four_fifths_on(attended: int, required: int) -> None:
    given_row = RosterRow(
        "甲", "内科", starts_on=START, ends_on=END, values={"出勤天数": attended, "应出勤天数": required}
    )
    person = _run(workspace(staff=STAFF), given_row).people[0]
    assert verdicts(person)["考勤"] is (5 * attended >= 4 * required)


@given(st.lists(st.integers(1, 20), min_size=3, max_size=3))
def test_four_lectures_pass_exactly_where_no_gap_is_under_seven_days(gaps: list[int]) -> None:
    lectures = [START]
    for gap in gaps:
        lectures.append(lectures[-1] + timedelta(days=gap))
    given_row = RosterRow("甲", "内科", starts_on=START, ends_on=END, values={"授课日期": tuple(lectures)})
    person = _run(workspace(staff=STAFF), given_row).people[0]
    assert verdicts(person)["授课"] is (min(gaps) >= 7)


@settings(max_examples=30)
@given(plans, rows())
def test_the_same_input_gives_the_same_result(plan: Plan, given_rows: tuple[RosterRow, ...]) -> None:
    ws = _workspace(plan)
    again = Workspace(ws.plan, ws.policy, CALENDAR, RANKS)
    assert assess(ws, _sheet(*given_rows), None) == assess(again, _sheet(*given_rows), None)
