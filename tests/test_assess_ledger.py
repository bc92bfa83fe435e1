from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from ledger_support import DOCTOR, account, clock, stay, whole, with_clocks
from schedule_support import department, run, workspace

from xiaxiang.model.batch import BatchName
from xiaxiang.model.ledger import NoteKind, Origin, Tally
from xiaxiang.model.roster import Roster, RosterRow

if TYPE_CHECKING:
    from xiaxiang.model.clock import Clock
    from xiaxiang.model.workspace import Workspace

MONTHS, DAYS = clock("累计月数", "12"), clock("累计天数", "365")
TERM = clock("本期")
ONE_SLOT = ({"名称": "河东卫生院", "每批人数": 1},)


def alone(*clocks: Clock, starts_on: date = date(2025, 1, 1), **given: object) -> Workspace:
    """Return a workspace in which 王五 of the only department goes in every batch."""
    return with_clocks(*clocks, recipients=ONE_SLOT, starts_on=starts_on, **given)  # type: ignore[arg-type]


def row(batch: str, first: str, last: str, name: str = "王五", home: str = "D1") -> RosterRow:
    year, number = map(int, batch.split("-"))
    days = date.fromisoformat(first), date.fromisoformat(last)
    return RosterRow(name, home, batch=BatchName(year, number), starts_on=days[0], ends_on=days[1])


def roster(*rows: RosterRow) -> Roster:
    return Roster("roster.csv", {}, rows)


def test_four_batches_of_thirteen_weeks_are_twelve_months_and_one_day_short_of_a_year() -> None:
    ws = alone(MONTHS, DAYS)
    # 2025: 1 月 6 日、4 月 7 日、7 月 7 日; the holiday moves the fourth to 10 月 9 日, the next is 2026-01-05
    found = account(ws, as_of="2026-01-04", schedule=run(ws, 2025, 2026))

    assert found.tally == Tally(12, 0, 364)
    months, days = found.clocks
    assert (months.value, months.met, months.met_on) == (12, True, date(2026, 1, 4))
    assert (days.value, days.met, days.short) == (364, False, 1)
    assert days.outlook is not None
    assert (days.outlook.met_on, days.outlook.batch) == (date(2026, 1, 5), BatchName(2026, 1))


def test_a_day_later_the_year_by_days_is_met_too() -> None:
    ws = alone(MONTHS, DAYS)
    found = account(ws, as_of="2026-01-05", schedule=run(ws, 2025, 2026))

    assert [one.met for one in found.clocks] == [True, True]


def test_a_batch_that_is_running_counts_its_days_so_far_and_no_month_too_many() -> None:
    ws = alone(MONTHS)
    plan = run(ws, 2025)
    last = account(ws, as_of="2025-04-06", schedule=plan).tally
    assert (account(ws, as_of="2025-04-05", schedule=plan).tally, last) == (Tally(3, 0, 90), Tally(3, 0, 91))
    # The third batch of 2025 has ninety-four days: more than three calendar months, and counts three.
    assert account(ws, as_of="2025-10-08", schedule=plan).tally == Tally(9, 0, 276)


def test_the_next_batch_that_would_do_is_named_planned_or_only_if_sent() -> None:
    people = ({"姓名": "王五", "职称": "主治医师", "已服务月数": "9"}, {"姓名": "赵六", "职称": "主治医师"})
    ws = alone(MONTHS, departments=(department("D1", *people),))
    plan = run(ws, 2025)
    book = whole(ws, as_of="2025-01-01", schedule=plan)
    wang = next(one for one in book.accounts if one.name == "王五")

    sent = [batch.postings[0].person.name for batch in plan.batches]  # type: ignore[union-attr]
    assert sent[0] == "赵六"
    outlook = wang.clocks[0].outlook
    assert outlook is not None
    assert (book.next_batch, outlook.batch) == (BatchName(2025, 1), plan.batches[sent.index("王五")].name)
    without = replace(plan, batches=plan.batches[:1])
    outlook = (
        next(one for one in whole(ws, as_of="2025-01-01", schedule=without).accounts if one.name == "王五")
        .clocks[0]
        .outlook
    )
    assert outlook is not None
    assert (outlook.batch, outlook.if_sent) == (BatchName(2025, 1), True)


def test_nobody_who_cannot_go_is_told_that_the_next_batch_would_do() -> None:
    away = {"姓名": "王五", "职称": "主治医师", "已服务月数": "9", "离岗日期": date(2024, 12, 31)}
    ws = alone(MONTHS, departments=(department("D1", away, {"姓名": "赵六", "职称": "主治医师"}),))
    found = account(ws, as_of="2025-01-01", schedule=run(ws, 2025))

    assert (found.name, found.clocks[0].short, found.clocks[0].outlook) == ("王五", 3, None)


def test_months_without_days_count_by_months_and_are_said_to_be_missing_by_days() -> None:
    person = {**DOCTOR, "已服务月数": "9"}
    found = account(with_clocks(MONTHS, DAYS, departments=(department("D1", person),)), as_of="2025-01-01")

    months, days = found.clocks
    assert (months.value, days.value, days.undated_months) == (9, 0, 9)
    assert [one.kind for one in found.notes] == [NoteKind.UNDATED]


def test_history_before_the_plan_takes_the_place_of_the_months_without_days() -> None:
    person = {**DOCTOR, "已服务月数": "9"}
    ws = with_clocks(MONTHS, DAYS, departments=(department("D1", person),))
    same = account(ws, stay("2022-01-01", "2022-09-30"), as_of="2025-01-01")
    other = account(ws, stay("2022-01-01", "2022-06-30"), as_of="2025-01-01")

    assert (same.tally, same.notes) == (Tally(9, 0, 273), ())
    assert (other.tally, [one.kind for one in other.notes]) == (Tally(6, 0, 181), [NoteKind.DIFFERS])


def test_days_in_two_records_count_once_and_that_is_said() -> None:
    ws = alone(MONTHS, DAYS)
    found = account(ws, stay("2025-03-30", "2025-04-10"), as_of="2025-04-06", schedule=run(ws, 2025))

    assert found.tally == Tally(3, 0, 91)
    said = [one.reason.text for one in found.notes if one.kind is NoteKind.SHARED]
    assert [text.startswith("2025-03-30 至 2025-04-06") for text in said][:1] == [True]


def test_what_the_roster_says_is_what_happened() -> None:
    ws = alone(MONTHS, DAYS, departments=(department("D1", DOCTOR, {"姓名": "赵六", "职称": "主治医师"}),))
    plan = run(ws, 2025)
    sheet = roster(row("2025-1", "2025-01-06", "2025-03-31", "赵六"))
    book = whole(ws, as_of="2025-04-06", schedule=plan, roster=sheet)
    wang, zhao = book.accounts

    assert [(one.origin, one.batch) for one in zhao.services[:1]] == [(Origin.ROSTER, BatchName(2025, 1))]
    assert zhao.tally == Tally(2, 26, 85)  # six days short of the batch: by the calendar
    assert (wang.tally, [one.kind for one in wang.notes]) == (Tally(), [NoteKind.ABSENT])


def test_a_posting_is_measured_against_the_days_of_its_batch() -> None:
    ws = alone(TERM)
    plan = run(ws, 2025)
    full = account(ws, as_of="2025-04-06", schedule=plan).clocks
    cut_short = roster(row("2025-1", "2025-01-06", "2025-04-05"))
    short = account(ws, as_of="2025-04-06", schedule=plan, roster=cut_short).clocks

    assert [(one.window, one.value, one.required, one.met) for one in full] == [("2025年第1批", 91, 91, True)]
    assert [(one.value, one.required, one.met, one.short) for one in short] == [(90, 91, False, 1)]


def test_whoever_leaves_within_a_batch_and_whoever_takes_over_share_its_days() -> None:
    change = {
        "类型": "意外",
        "日期": "2025-02-06",
        "批次": "2025-1",
        "科室": "D1",
        "人员": "王五",
        "接替人员": "赵六",
        "原因": "病",
    }
    staff = department("D1", DOCTOR, {"姓名": "赵六", "职称": "主治医师"})
    ws = workspace(change, departments=(staff,), recipients=ONE_SLOT, starts_on=date(2025, 1, 1))
    wang, zhao = whole(ws, as_of="2025-04-06", schedule=run(ws, 2025)).accounts

    assert (wang.tally, zhao.tally) == (Tally(1, 0, 31), Tally(2, 1, 60))


def test_people_without_a_rank_are_counted_aloud_and_those_who_never_served_are_numbered() -> None:
    staff = department("D1", {"姓名": "王五", "职称": "导医"}, {"姓名": "赵六", "职称": "主治医师"})
    book = whole(with_clocks(DAYS, departments=(staff,)), stay("2024-01-01", "2024-12-31"), as_of="2025-01-01")

    assert (book.unknown_rank, book.others) == (("王五（D1）",), 1)
    assert book.accounts[0].clocks[0].met is True


def test_the_months_of_everybody_can_be_compared() -> None:
    ws = alone(MONTHS)
    book = whole(ws, as_of="2025-04-06", schedule=run(ws, 2025))

    assert book.tallies() == {("D1", "王五"): Tally(3, 0, 91)}
