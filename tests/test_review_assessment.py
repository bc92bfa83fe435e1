"""Found in review of assessment against its specification; and the whole of a plain posting reckoned a second way."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from assess_support import (
    BATCH,
    CALENDAR,
    E1,
    END,
    POLICY,
    START,
    YUAN,
    assess,
    changed,
    days,
    event,
    one,
    roster,
    row,
    run,
    verdicts,
    workspace,
)
from hypothesis import given
from hypothesis import strategies as st
from schedule_support import workspace as planned

from xiaxiang.assess import under_other_readings
from xiaxiang.model.batch import BatchName
from xiaxiang.model.indicator import Indicator
from xiaxiang.model.parameter import Parameter
from xiaxiang.model.reading import SETTINGS
from xiaxiang.render.json_assess import assess_json
from xiaxiang.schedule import schedule

if TYPE_CHECKING:
    from xiaxiang.model.appraisal import Appraisal, PersonAppraisal
    from xiaxiang.model.roster import RosterRow

NAMES = ("内科", "外科", "骨科", "儿科", "眼科", "口腔科", "皮肤科", "妇产科", "中医科")
BACK = event("调回", 人员="张三", 起="2024-05-20", 止="2024-05-24")
LEAVE = event("请假", 人员="张三", 起="2024-04-08", 止="2024-04-19", 受援单位批准="是")
PARTLY = {"授课日期": days("04-08", "04-22"), "查房次数": 4, "出勤天数": 20}


def _change(on: str, person: str, substitute: str, **fields: str) -> dict[str, str]:
    change = event("意外", 批次="2024-2", 科室="内科", 人员=person, 接替人员=substitute, **fields)
    return {**change, "日期": f"2024-{on}"}


def _scheduled(*events: dict[str, str], rows: tuple[RosterRow, ...], **readings: str) -> tuple[Appraisal, list[str]]:
    ws = planned(*events, names=NAMES, starts_on=date(2024, 4, 1), readings=readings)
    appraisal, found = assess(ws, roster(*rows, columns=("总结日期",)), schedule(ws, (2024,)))
    return appraisal, [one.code for one in found]


def _rewards(appraisal: Appraisal) -> dict[str, int]:
    return {one.name: one.reward // YUAN for one in appraisal.departments}


# Items


def test_two_items_of_one_name_are_each_held_to_their_own_bound() -> None:
    assert POLICY.assessment is not None
    second = Indicator.model_validate({"名称": "授课", "算法": "次数", "至少": "2", "依据": "四"})
    both = POLICY.assessment.model_copy(update={"indicators": (*POLICY.assessment.indicators, second)})
    person, _, _ = one(row(授课日期=E1[:3]), policy=changed(POLICY, assessment=both))
    assert [item.met for item in person.items] == [False, True, True, True]
    assert person.unmet == 1


@pytest.mark.parametrize(
    ("start", "bound"), [("2011-12-31", None), ("2012-01-01", 4), ("2024-12-31", 4), ("2025-01-01", 6)]
)
def test_a_value_by_date_holds_from_its_first_day_on(start: str, bound: int | None) -> None:
    assert POLICY.assessment is not None
    lecture, *rest = POLICY.assessment.indicators
    values = ((date(2012, 1, 1), Fraction(4)), (date(2025, 1, 1), Fraction(6)))
    dated = lecture.model_copy(update={"at_least": Parameter(values, "四（二）")})
    policy = changed(POLICY, assessment=POLICY.assessment.model_copy(update={"indicators": (dated, *rest)}))
    first = date.fromisoformat(start)
    lectures = tuple(first + timedelta(14 * place) for place in range(5))
    person, _, _ = one(row(starts_on=first, ends_on=first + timedelta(90), 授课日期=lectures), policy=policy)
    assert (person.items[0].bound, person.items[0].met) == (bound, None if bound is None else bound <= 5)


# Recalls: a working day is charged once


@pytest.mark.parametrize(
    ("others", "working_days"),
    [
        ((BACK,), 5),
        (({**BACK, "起": "2024-05-22", "止": "2024-05-28"},), 7),
        (({**BACK, "起": "2024-05-24", "止": "2024-05-27"}, {**BACK, "起": "2024-05-13", "止": "2024-05-20"}), 11),
        (({**BACK, "起": "2024-05-22", "止": "2024-05-26", "院领导批准": "是"},), 2),
    ],
)
def test_a_day_that_several_recalls_name_is_charged_once_and_an_approved_one_not_at_all(
    others: tuple[dict[str, str], ...], working_days: int
) -> None:
    for events in ((BACK, *others), (*others, BACK)):
        person, appraisal, _ = one(row(), *events)
        assert sum(charge.amount for charge in person.sanctions) == 40 * YUAN * working_days
        assert appraisal.departments[0].sanction_total == 40 * YUAN * working_days


def test_a_charge_that_leaves_days_out_says_how_many() -> None:
    person, _, _ = one(row(), BACK, {**BACK, "起": "2024-05-22", "止": "2024-05-28"})
    assert [charge.reason for charge in person.sanctions] == [
        "张三（内科）擅自调回 5月20日至5月24日，5 个工作日 × 40 元 = 200 元",
        "张三（内科）擅自调回 5月22日至5月28日，2 个工作日（另 3 个已批准或已计） × 40 元 = 80 元",
    ]


def test_a_long_posting_cut_by_a_day_is_not_paid_more_than_a_whole_one() -> None:
    away = {**BACK, "起": "2024-08-05", "止": "2024-08-05", "院领导批准": "是"}
    given_row = row(starts_on=date(2024, 7, 1), ends_on=date(2024, 10, 6), 授课日期=None, 授课次数=0)
    person, _, _ = one(given_row, away)
    assert person.allowance is not None
    assert person.allowance.due == 1320 * YUAN
    assert person.allowance.reasons[0].text == "在岗 3 个整月又 5 天，每月 22 天，计 71 天，以 66 天为限"


# Leave


def test_two_halves_of_one_day_are_a_day_of_leave() -> None:
    half = event("请假", 人员="张三", 起="2024-04-12", 天数="0.5", 受援单位批准="是")
    readings = {"批准的假": "不计入应出勤", "假期补助": "按天扣"}
    person, _, _ = one(row(), half, {**half, "原因": "下午"}, **readings)
    assert person.allowance is not None
    assert (person.items[2].fraction, person.allowance.due) == ((60, 61), 1300 * YUAN)


def test_half_a_day_within_a_longer_leave_adds_nothing() -> None:
    half = event("请假", 人员="张三", 起="2024-04-08", 天数="0.5", 受援单位批准="是")
    person, _, _ = one(row(), half, LEAVE, 批准的假="不计入应出勤")
    assert person.items[2].fraction == (60, 62 - 10)


@pytest.mark.parametrize(("returned", "leave"), [("2024-04-15", 5), ("2024-04-19", 10), ("2024-04-22", 10)])
def test_whoever_reports_back_early_was_on_leave_up_to_the_day_before(returned: str, leave: int) -> None:
    person, _, _ = one(row(出勤天数=46), {**LEAVE, "销假日期": returned}, 批准的假="计出勤")
    assert person.items[2].fraction == (46 + leave, 62)


# Rows


def test_a_flat_reward_is_one_a_batch_also_where_first_days_differ() -> None:
    ws = workspace(staff={"内科": ("张三", "李四")}, readings={"科室奖励": "按科室"})
    appraisal, _ = run(row(batch=BATCH), row("李四", batch=BATCH, starts_on=date(2024, 4, 2)), ws=ws)
    assert _rewards(appraisal) == {"内科": 1000}


@pytest.mark.parametrize("second", [{}, {"starts_on": date(2024, 6, 30), "ends_on": date(2024, 9, 30)}])
def test_one_posting_in_two_rows_is_paid_to_nobody_and_reported(second: dict[str, date]) -> None:
    appraisal, found = run(row(batch=BATCH), row(**second), row("李四", "外科", batch=BATCH))
    assert [person.complete for person in appraisal.people] == [False, False, True]
    assert {one.code for one in found if one.is_error} == {"posting-overlaps"}
    assert _rewards(appraisal) == {"外科": 1000}


def test_two_batches_of_one_person_may_meet_on_the_day_of_the_handover() -> None:
    later = row(batch=BatchName(2024, 3), starts_on=date(2024, 7, 1), ends_on=date(2024, 9, 30))
    appraisal, found = run(row(batch=BATCH, ends_on=date(2024, 7, 1)), later)
    assert [person.complete for person in appraisal.people] == [True, True]
    assert [one.code for one in found if one.is_error] == []
    assert _rewards(appraisal) == {"内科": 2000}


def test_a_recall_of_somebody_whom_two_departments_may_mean_charges_neither() -> None:
    rows = (row("王一", "儿科"), row("王一", "骨科"))
    appraisal, found = run(*rows, ws=workspace({**BACK, "人员": "王一"}))
    assert [person.sanctions for person in appraisal.people] == [(), ()]
    assert [one.code for one in found if one.is_error] == ["ambiguous-person"]


# Accidents within a batch


@pytest.mark.parametrize("reading", ["按在岗周数折算", "不折算", "与前任合并"])
def test_whoever_takes_over_on_the_day_of_the_handover_serves_the_whole_posting(reading: str) -> None:
    change = _change("04-01", "内科甲", "内科乙")
    appraisal, found = _scheduled(change, rows=(row("内科乙", batch=BATCH),), 中途换人考核=reading)
    person = appraisal.people[0]
    assert (person.unmet, person.net, person.notes, found) == (0, 1320 * YUAN, (), [])


def test_an_accident_after_the_batch_changes_nothing_in_it() -> None:
    change = _change("07-01", "内科甲", "内科乙")
    appraisal, _ = _scheduled(change, rows=(row("内科甲", batch=BATCH),), 换人归属="接替科室")
    assert (appraisal.people[0].notes, _rewards(appraisal)) == ((), {"内科": 1000})


def test_an_accident_of_somebody_who_had_left_has_no_effect_and_its_substitute_stays_open() -> None:
    events = (_change("05-01", "内科甲", "内科乙"), _change("06-01", "内科甲", "内科丙"))
    rows = tuple(row(f"内科{name}", batch=BATCH, **PARTLY) for name in "甲乙丙")
    ws = workspace(*events, staff={"内科": ("内科甲", "内科乙", "内科丙")})
    appraisal, found = run(*rows, ws=ws)
    assert [person.complete for person in appraisal.people] == [True, True, False]
    assert [person.ends_on for person in appraisal.people[:2]] == [date(2024, 4, 30), END]
    assert _rewards(appraisal) == {"内科": 1000}
    assert {"event-unused", "never-served"} <= {one.code for one in found}


def test_a_chain_of_accidents_may_be_registered_in_any_order() -> None:
    events = (_change("05-13", "内科甲", "内科乙"), _change("06-03", "内科乙", "内科丙"))
    rows = tuple(row(f"内科{name}", batch=BATCH, **PARTLY) for name in "甲乙丙")
    staff = {"内科": ("内科甲", "内科乙", "内科丙")}
    outcome = [run(*rows, ws=workspace(*order, staff=staff))[0] for order in (events, events[::-1])]
    assert outcome[0] == outcome[1]
    assert [person.starts_on for person in outcome[0].people] == [START, date(2024, 5, 13), date(2024, 6, 3)]
    assert _rewards(outcome[0]) == {"内科": 1000}


def test_partners_of_one_name_are_all_counted_together() -> None:
    events = (
        _change("05-13", "张三", "张三", 接替科室="外科"),
        {**_change("06-03", "张三", "张三", 接替科室="骨科"), "科室": "外科"},
    )
    staff = dict.fromkeys(("内科", "外科", "骨科"), ("张三",))
    ws = workspace(*events, staff=staff, readings={"中途换人考核": "与前任合并"})
    lectures = {"内科": days("04-08"), "外科": days("05-20"), "骨科": days("06-10")}
    rows = [row("张三", name, batch=BATCH, **{**PARTLY, "授课日期": lectures[name]}) for name in staff]
    appraisal, _ = run(*rows, ws=ws)
    assert [person.items[0].value for person in appraisal.people] == [3, 3, 3]
    assert [person.items[2].fraction for person in appraisal.people] == [(60, 62)] * 3


# Working days that nobody has published


def test_working_days_of_an_unpublished_year_are_said_to_be_inferred() -> None:
    year = max(CALENDAR.published) + 1
    given_row = row(starts_on=date(year, 4, 5), ends_on=date(year, 7, 4), 授课日期=None, 授课次数=0)
    person, _, found = one(given_row)
    assert (person.complete, found) == (True, ["calendar-unpublished"])


def test_an_unpublished_year_does_not_matter_where_the_sheet_has_the_required_days() -> None:
    year = max(CALENDAR.published) + 1
    given_row = row(starts_on=date(year, 4, 5), ends_on=date(year, 7, 4), 授课日期=None, 授课次数=0, 应出勤天数=62)
    assert one(given_row)[2] == []


# Other readings, and the figures that machines read

OF_A_PERSON = (
    "授课间隔",
    "应出勤",
    "批准的假",
    "科室奖励",
    "召回处罚",
    "请假天数",
    "每月天数",
    "假期补助",
    "全未完成奖励",
)
VALUES = {setting.name: tuple(setting.values) for setting in SETTINGS}


def _outcome(person: PersonAppraisal) -> tuple[object, ...]:
    return person.unmet, person.net, person.certificate, person.redispatch, verdicts(person)


def test_what_another_reading_would_change_is_what_it_changes_in_the_plan() -> None:
    events = (LEAVE, BACK, {**_change("05-27", "张三", "李四"), "接替科室": "外科"})
    rows = (
        row(batch=BATCH, **PARTLY),
        row("李四", "外科", batch=BATCH, **{**PARTLY, "授课日期": days("06-03", "06-05")}),
    )
    now, _ = run(*rows, ws=workspace(*events))
    others = under_other_readings(workspace(*events), roster(*rows), None)
    assert {"中途换人考核", "换人归属", "批准的假", "召回处罚", "授课间隔"} <= {other.setting for other in others}
    for other in others:
        then, _ = run(*rows, ws=workspace(*events, readings={other.setting: other.value}))
        pairs = list(zip(now.people, then.people, strict=True))
        changed_people = [(a.name, a.net, b.net) for a, b in pairs if _outcome(a) != _outcome(b)]
        departments = zip(now.departments, then.departments, strict=True)
        changed_units = [(a.name, a.net, b.net) for a, b in departments if a.net != b.net]
        assert [(one.person or one.department, *one.net) for one in other.changes] == changed_people + changed_units


def test_the_figures_that_machines_read_add_up_to_their_totals() -> None:
    rows = (row(**PARTLY), row("李四", "外科", 出勤天数=None), row("王五", "外科", 总结日期=END))
    appraisal, _ = run(*rows, ws=workspace(BACK, readings={"科室奖励": "科室与个人各一份", "召回处罚": "合计一份"}))
    read = assess_json(appraisal)
    complete = [person for person in read["people"] if person["complete"]]
    for name in ("due", "deducted", "paid"):
        assert Decimal(read["totals"][name]) == sum(Decimal(person["allowance"][name]) for person in complete)
    assert Decimal(read["totals"]["personal_net"]) == sum(Decimal(person["net"]) for person in complete)
    assert Decimal(read["totals"]["department_net"]) == sum(Decimal(one["net"]) for one in read["departments"])
    assert [person["net"] for person in read["people"]] == ["1340.00", None, "2320.00"]


# A whole posting reckoned a second way, day by day

spans = st.tuples(st.integers(-8, 92), st.sampled_from((0, 0, 1, 3, 7, 20))).map(
    lambda pair: (START + timedelta(pair[0]), START + timedelta(sum(pair)))
)
lectures_of = st.lists(st.sampled_from((0, 3, 6, 7, 8, 14, 20)), max_size=6).map(
    lambda gaps: tuple(START + timedelta(2 + sum(gaps[:place])) for place in range(len(gaps) + 1))
)
Spans = list[tuple[date, date]]


def _named(found: Spans) -> set[date]:
    named = {first + timedelta(offset) for first, last in found for offset in range((last - first).days + 1)}
    return {day for day in named if START <= day <= END}


def _far_enough(lectures: list[date], reading: str) -> bool:
    gaps = [(after - before).days for before, after in pairwise(lectures)]
    if reading == "剔除过近":
        kept = lectures[:1]
        for day in lectures[1:]:
            kept += [day] if (day - kept[-1]).days >= 7 else []
        return len(kept) >= 4
    return len(lectures) >= 4 and (min if reading == "任一间隔" else max)(gaps) >= 7


def _rate(attended: Fraction, leave: set[date], worked: set[date], readings: dict[str, str]) -> Fraction | None:
    required = Fraction({"工作日": 62, "每月天数": 66, "自然日": 91}[readings["应出勤"]])
    length = len(leave if readings["应出勤"] == "自然日" else worked)
    if readings["批准的假"] == "不计入应出勤":
        required -= length
    elif readings["批准的假"] == "计出勤" and attended < required:
        attended = min(attended + length, required)
    return attended / required if required > 0 else None


def _reckoned(
    lectures: tuple[date, ...], rounds: int, attended: Fraction, leaves: Spans, recalls: Spans, readings: dict[str, str]
) -> tuple[object, ...]:
    """Return unmet, due, deducted, net, the department's reward and its sanctions; (None,) where it is open."""
    leave = _named(leaves)
    worked = {day for day in leave if CALENDAR.is_working_day(day)}
    rate = _rate(attended, leave, worked, readings)
    if rate is None:
        return (None,)
    held = sorted({day for day in lectures if START <= day <= END})
    unmet = [_far_enough(held, readings["授课间隔"]), rounds >= 8, rate >= Fraction(4, 5)].count(False)
    paid = Fraction(66)
    if readings["假期补助"] == "按天扣":
        paid = max(paid - len(worked if readings["请假天数"] == "工作日" else leave), Fraction(0))
    if readings["每月天数"] == "上限":
        paid = min(paid, attended + (len(worked) if readings["假期补助"] == "照发" else 0))
    due = int(paid * 20 * YUAN)
    deducted = min(due, min(unmet, 2) * 440 * YUAN)
    fine = sum(CALENDAR.is_working_day(day) for day in _named(recalls)) * 40 * YUAN
    reward = 0 if unmet == 3 and readings["全未完成奖励"] == "不发" else 1000 * YUAN
    share = reward if readings["科室奖励"] == "科室与个人各一份" else 0
    own = fine if readings["召回处罚"] == "各处一份" else fine // 2
    theirs = fine if readings["召回处罚"] == "各处一份" else fine - fine // 2
    return unmet, due, deducted, due - deducted + share - own, reward, theirs + (500 * YUAN if unmet == 3 else 0)


@given(
    lectures_of,
    st.sampled_from((0, 7, 8, 13)),
    st.sampled_from([Fraction(half, 2) for half in (0, 80, 98, 99, 100, 105, 106, 124, 145, 146)]),
    st.lists(spans, max_size=2),
    st.lists(spans, max_size=2),
    st.fixed_dictionaries({name: st.sampled_from(VALUES[name]) for name in OF_A_PERSON}),
)
def test_a_whole_posting_comes_to_what_a_second_reckoning_says(
    lectures: tuple[date, ...], rounds: int, attended: Fraction, leaves: Spans, recalls: Spans, readings: dict[str, str]
) -> None:
    events = [event("请假", 人员="张三", 起=str(a), 止=str(b), 受援单位批准="是") for a, b in leaves]
    events += [event("调回", 人员="张三", 起=str(a), 止=str(b)) for a, b in recalls]
    given_row = row(授课日期=lectures, 查房次数=rounds, 出勤天数=attended)
    person, appraisal, _ = one(given_row, *events, **readings)
    unit, money = appraisal.departments[0], person.allowance
    outcome: tuple[object, ...] = (None,)
    if money is not None:
        outcome = person.unmet, money.due, money.deducted, person.net, unit.reward, unit.sanction_total
    assert outcome == _reckoned(lectures, rounds, attended, leaves, recalls, readings)
