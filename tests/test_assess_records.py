"""工作记录 and 考勤表 in an assessment: counts, dates and days attended come from them, and differences are told."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from assess_support import (
    BATCH,
    CALENDAR,
    END,
    POLICY,
    START,
    changed,
    one,
    paid,
    roster,
    row,
    run,
    verdicts,
    workspace,
)
from hypothesis import given
from hypothesis import strategies as st

from xiaxiang.assess.records import attendance_differs, postings_of, types_of, who_of, with_attendance, with_records
from xiaxiang.model.attendance import NONE, WHOLE, Attendance, DayKind, Mark
from xiaxiang.model.record import Tallies, Tally, Who

if TYPE_CHECKING:
    from collections.abc import Iterable

    from xiaxiang.model.appraisal import PersonAppraisal
    from xiaxiang.model.attendance import PostingDays
    from xiaxiang.model.diagnostic import Diagnostic
    from xiaxiang.model.roster import RosterRow

ZHANG = Who("内科", "张三", "")
PRESENT, LEAVE, ABSENT, HALF = (
    Mark(attended=WHOLE),
    Mark(leave=WHOLE),
    Mark(absent=WHOLE),
    Mark(attended=Fraction(1, 2), absent=Fraction(1, 2)),
)
WORKED = tuple(
    day for offset in range((END - START).days + 1) if CALENDAR.is_working_day(day := START + timedelta(offset))
)


def tally(*days: str | date, more: dict[int | Fraction, tuple[str, ...]] | None = None) -> Tally:
    def bits(listed: Iterable[str | date]) -> int:
        on = (one if isinstance(one, date) else date.fromisoformat(f"2024-{one}") for one in listed)
        return sum(1 << (day - START).days for day in on)

    return Tally(START, bits(days), {amount: bits(listed) for amount, listed in (more or {}).items()})


def tallies(**types: Tally) -> Tallies:
    return Tallies("记录.csv", tuple(types), {ZHANG: dict(types)})


def measured(given: RosterRow, found: Tallies) -> tuple[PersonAppraisal, list[tuple[str, str]]]:
    """Return the result of one row with records in place of what it says, and what was found, papers aside."""
    ws = workspace()
    listed = roster(given)
    postings = postings_of(ws, listed, None)
    taken, told = with_records(ws.policy, listed, postings, found)
    appraisal, more = run(*taken.rows, ws=ws)
    codes = [(one.code, one.message) for one in (*told, *more, *attendance_differs(ws, taken, postings))]
    return appraisal.people[0], [pair for pair in codes if pair[0] != "release-unknown"]


LECTURES = ("04-08", "04-22", "05-06", "05-20")
ROUNDS = tuple(f"04-{day:02}" for day in range(8, 16))


def test_counts_dates_and_days_attended_come_from_the_records() -> None:
    empty = row(授课日期=None, 查房次数=None, 出勤天数=None)
    person, found = measured(empty, tallies(授课=tally(*LECTURES), 查房=tally(*ROUNDS), 考勤=tally(*WORKED[:50])))
    assert verdicts(person) == {"授课": True, "查房": True, "考勤": True}
    assert [item.value for item in person.items] == [4, 8, Fraction(50, len(WORKED))]
    assert (paid(person), found) == (1320, [])


def test_an_interval_that_the_records_show_too_short_counts_as_on_a_roster() -> None:
    close = tallies(授课=tally("04-08", "04-12", "05-06", "05-20"))
    person, _ = measured(row(授课日期=None), close)
    by_roster, _, _ = one(row(授课日期=tuple(close.people[ZHANG]["授课"].amounts())))
    assert verdicts(person)["授课"] is False
    assert person.items[0] == by_roster.items[0]


def test_what_the_records_do_not_speak_of_stays_as_the_roster_has_it() -> None:
    person, found = measured(row(查房次数=9), tallies(授课=tally(*LECTURES)))
    assert person.items[1].value == 9
    assert found == []


def test_somebody_of_whom_there_is_no_record_at_all_keeps_the_roster_and_is_no_zero() -> None:
    nobody = Tallies("记录.csv", ("授课",), {})
    assert measured(row(), nobody)[0].items[0].value == 4
    person, found = measured(row(授课日期=None), nobody)
    assert (person.complete, [code for code, _ in found]) == (False, ["missing-value"])


def test_somebody_with_other_records_only_has_none_of_this_kind() -> None:
    found = Tallies("记录.csv", ("授课", "查房"), {ZHANG: {"查房": tally(*ROUNDS)}})
    person, _ = measured(row(授课日期=None, 查房次数=None), found)
    assert (person.items[0].value, person.items[0].met) == (0, False)


def test_where_roster_and_records_differ_both_numbers_are_named_and_the_records_count() -> None:
    person, found = measured(
        row(查房次数=10, 授课日期=None, 授课次数=5), tallies(授课=tally(*LECTURES), 查房=tally(*ROUNDS))
    )
    assert [item.value for item in person.items[:2]] == [4, 8]
    assert found == [
        ("records-differ", "1 人的“授课次数”名册和 记录.csv 不同，按后者计算: 张三（内科） 名册 5、记录 4"),
        ("records-differ", "1 人的“查房次数”名册和 记录.csv 不同，按后者计算: 张三（内科） 名册 10、记录 8"),
    ]
    assert measured(row(查房次数=8, 授课次数=4), tallies(授课=tally(*LECTURES), 查房=tally(*ROUNDS)))[1] == []


def test_other_dates_of_the_same_number_differ_too() -> None:
    _, found = measured(row(), tallies(授课=tally("04-08", "04-22", "05-06", "05-21")))
    assert [message for _, message in found] == [
        "1 人的“授课日期”名册和 记录.csv 不同，按后者计算: 张三（内科） 2024-05-20 只有名册有"
    ]


def test_differences_are_told_in_bulk() -> None:
    ws = workspace(staff={"内科": tuple(f"人员{n}" for n in range(9))})
    listed = roster(*(row(f"人员{n}", 查房次数=1) for n in range(9)))
    found = Tallies("记录.csv", ("查房",), {who_of(one): {"查房": tally(*ROUNDS)} for one in listed.rows})
    _, told = with_records(ws.policy, listed, postings_of(ws, listed, None), found)
    assert len(told) == 1
    assert told[0].message.startswith("9 人的“查房次数”")
    assert told[0].message.endswith("；等 9 人")


def test_the_amounts_of_a_day_add_up_and_its_date_counts_once_for_intervals() -> None:
    person, _ = measured(row(授课日期=None), tallies(授课=tally(*LECTURES[:2], more={2: LECTURES[:1]})))
    lectures = person.items[0]
    assert (lectures.value, lectures.met) == (3, False)
    assert lectures.facts[0] == "3 次，要求至少 4 次：4月8日、4月22日"
    assert lectures.checks[1].value == 14


def test_only_days_within_the_row_s_own_posting_count() -> None:
    first = row(batch=BATCH, ends_on=date(2024, 5, 1))
    second = row(batch=None, starts_on=date(2024, 5, 2))
    ws = workspace()
    listed = roster(first, second)
    taken, _ = with_records(ws.policy, listed, postings_of(ws, listed, None), tallies(授课=tally(*LECTURES)))
    assert [len(one.values["授课日期"]) for one in taken.rows] == [2, 2]  # type: ignore[arg-type]


def test_a_day_recorded_as_more_than_one_day_attended_is_no_number_of_days() -> None:
    person, found = measured(row(), tallies(考勤=tally("04-30", more={22: ("04-30",)})))
    assert (person.complete, [code for code, _ in found]) == (False, ["attendance-beyond-day", "missing-value"])


def test_a_policy_asks_for_the_records_of_its_items() -> None:
    assert types_of(POLICY) == ("授课", "查房", "考勤")
    assert types_of(changed(POLICY, assessment=None)) == ()


def sheet(marks: dict[date, Mark], *, is_sheet: bool = True) -> Attendance:
    return Attendance("考勤.xlsx", marks, is_sheet=is_sheet)


def attended(
    marks: dict[date, Mark], *, own: int | None = None, is_sheet: bool = True, **readings: str
) -> tuple[PersonAppraisal, tuple[Diagnostic, ...]]:
    ws = workspace(readings=readings)
    listed = with_attendance(roster(row(出勤天数=own)), {ZHANG: sheet(marks, is_sheet=is_sheet)})
    appraisal, found = run(*listed.rows, ws=ws)
    return appraisal.people[0], (*found, *attendance_differs(ws, listed, postings_of(ws, listed, None)))


def told_apart(person: PersonAppraisal) -> PostingDays:
    assert person.attendance is not None
    return person.attendance


def all_present() -> dict[date, Mark]:
    return dict.fromkeys(WORKED, PRESENT)


def test_each_day_of_a_posting_is_told_apart() -> None:
    marks = all_present() | {WORKED[0]: LEAVE, WORKED[1]: ABSENT, WORKED[2]: HALF, date(2024, 4, 13): PRESENT}
    del marks[WORKED[5]]
    person, _ = attended(marks)
    days = told_apart(person)
    kinds = {day.on: set(day.parts) for day in days.days}
    assert kinds[date(2024, 4, 4)] == {DayKind.HOLIDAY}  # 清明
    assert kinds[date(2024, 4, 7)] == {DayKind.MAKE_UP}
    assert kinds[date(2024, 4, 13)] == {DayKind.WEEKEND}
    assert kinds[WORKED[2]] == {DayKind.WORKDAY, DayKind.ABSENCE}
    assert days.sums() == {
        DayKind.WORKDAY: len(WORKED) - 4 - 3 + Fraction(1, 2),
        DayKind.MAKE_UP: 3,
        DayKind.LEAVE: 1,
        DayKind.ABSENCE: Fraction(3, 2),
        DayKind.UNRECORDED: 1,
        DayKind.WEEKEND: sum(kind == {DayKind.WEEKEND} for kind in kinds.values()),
        DayKind.HOLIDAY: sum(kind == {DayKind.HOLIDAY} for kind in kinds.values()),
    }
    assert days.attended_off == 1


def test_the_rate_is_exact_to_the_half_day_at_its_bound() -> None:
    required = len(WORKED)
    at_least = POLICY.assessment.indicators[2].at_least.on(START)  # type: ignore[union-attr]
    missing = required - required * at_least  # days that may be missed: exactly at the bound the rate is met
    whole = dict.fromkeys(WORKED[: int(missing)], ABSENT)
    half = {WORKED[int(missing)]: HALF}
    assert missing - int(missing) < Fraction(1, 2)
    assert attended(all_present() | whole)[0].items[2].met is True
    person, _ = attended(all_present() | whole | half)
    assert (person.items[2].value, person.items[2].met) == (1 - (int(missing) + Fraction(1, 2)) / required, False)


def test_attendance_on_a_day_off_stands_in_for_no_working_day_but_is_told() -> None:
    person, _ = attended(all_present() | {WORKED[0]: ABSENT, date(2024, 4, 13): PRESENT})
    assert person.items[2].fraction == (len(WORKED) - 1, len(WORKED))
    assert "休息日出勤 1 天，没有计入" in person.items[2].facts


def test_under_calendar_days_every_day_attended_counts() -> None:
    everyday = {START + timedelta(offset): PRESENT for offset in range((END - START).days + 1)}
    person, _ = attended(everyday, 应出勤="自然日")
    assert (person.items[2].value, person.items[2].met) == (1, True)


@pytest.mark.parametrize(("blank", "met"), [(5, True), (30, None)])
def test_days_that_nobody_knows_of_leave_the_rate_open_only_where_they_would_decide(blank: int, met: object) -> None:
    person, _ = attended(dict.fromkeys(WORKED[blank:], PRESENT))
    assert (person.items[2].met, person.complete) == (met, met is not None)
    assert f"无记录 {blank}" in person.items[2].facts


def test_a_rate_that_fails_whatever_the_unknown_days_were_has_failed() -> None:
    person, _ = attended(dict.fromkeys(WORKED[1:], ABSENT))
    assert person.items[2].met is False


def test_of_records_a_day_without_one_was_not_attended() -> None:
    person, _ = attended(dict.fromkeys(WORKED[30:], PRESENT), is_sheet=False)
    assert person.items[2].met is False


def test_another_number_on_the_roster_is_told_beside_the_sheet_s() -> None:
    person, found = attended(all_present(), own=50)
    assert person.items[2].fraction == (len(WORKED), len(WORKED))
    assert [one.message for one in found if one.code == "records-differ"] == [
        f"1 人的“出勤天数”名册和 考勤.xlsx 不同，按后者计算: 张三（内科） 名册 50、考勤.xlsx {len(WORKED)}"
    ]


MARK = st.sampled_from([PRESENT, LEAVE, ABSENT, HALF, Mark(attended=Fraction(1, 2), leave=Fraction(1, 2))])
DAY = st.integers(0, (END - START).days).map(lambda offset: START + timedelta(offset))


@given(marks=st.dictionaries(DAY, MARK))
def test_the_kinds_of_days_add_up_to_the_posting_and_marking_a_day_attended_never_lowers_the_rate(
    marks: dict[date, Mark],
) -> None:
    person, _ = attended(marks)
    days = told_apart(person)
    assert sum(days.sums().values(), NONE) == (END - START).days + 1
    assert all(sum(day.parts.values(), NONE) == 1 for day in days.days)
    better, _ = attended(marks | {WORKED[7]: PRESENT})
    assert better.items[2].value >= person.items[2].value  # type: ignore[operator]
