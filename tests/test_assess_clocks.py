from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ledger_support import clock, result, stay

from xiaxiang.assess.spans import after_months, cut, months_in, united, without

if TYPE_CHECKING:
    from xiaxiang.model.ledger import HistoryRow

YEAR = clock("自然年天数", "183", 单次或累计="单次")
SUMMED = clock("自然年天数", "183", 单次或累计="累计")
CAREER = clock("累计天数", "365")
MONTHS = clock("累计月数", "12")


@pytest.mark.parametrize(
    ("first", "last", "year", "counting", "days"),
    [
        ("2024-07-01", "2024-12-31", 2024, "含首尾", 184),
        ("2024-07-01", "2024-12-31", 2024, "按差", 183),
        ("2024-07-02", "2024-12-31", 2024, "按差", 182),
        ("2024-07-01", "2025-01-05", 2024, "含首尾", 184),  # clipped at the year's end
        ("2024-07-01", "2025-01-05", 2024, "按差", 183),
        ("2024-07-01", "2025-01-05", 2025, "含首尾", 5),
        ("2023-12-20", "2024-06-30", 2024, "含首尾", 182),  # clipped at its beginning; a leap year
        ("2023-12-20", "2024-06-30", 2023, "含首尾", 12),
        ("2024-01-01", "2024-12-31", 2024, "含首尾", 366),
        ("2025-01-01", "2025-12-31", 2025, "含首尾", 365),
        ("2026-01-05", "2026-07-05", 2026, "含首尾", 182),  # two terms back to back, one day short
        ("2026-01-05", "2026-07-06", 2026, "含首尾", 183),
    ],
)
def test_days_of_a_year_are_clipped_at_its_ends_and_counted_as_the_clock_says(
    first: str, last: str, year: int, counting: str, days: int
) -> None:
    one = clock("自然年天数", "183", 单次或累计="单次", 计法=counting)
    found = result(one, stay(first, last), window=f"{year}年")

    assert (found.value, found.met, found.short) == (days, days >= 183, max(183 - days, 0))


def test_two_terms_that_follow_each_other_are_two_records_unless_the_clock_adds_them_up() -> None:
    terms = stay("2024-07-01", "2024-10-07"), stay("2024-10-08", "2025-01-05")

    alone, together = (result(one, *terms, window="2024年") for one in (YEAR, SUMMED))
    assert (alone.value, alone.met, alone.short) == (99, False, 84)
    assert (together.value, together.met) == (184, True)
    assert together.met_on == date(2024, 12, 30)


def test_one_record_of_the_same_days_meets_the_clock() -> None:
    found = result(YEAR, stay("2024-07-01", "2025-01-05"), window="2024年")

    assert (found.met, found.met_on) == (True, date(2024, 12, 30))


@pytest.mark.parametrize(("last", "value"), [("2026-01-04", 364), ("2026-01-05", 365)])
def test_a_year_by_days_is_a_day_short_after_fifty_two_weeks(last: str, value: int) -> None:
    found = result(CAREER, stay("2025-01-06", last))

    assert (found.value, found.met, found.short) == (value, value >= 365, 365 - value)


@pytest.mark.parametrize(
    ("first", "last", "value", "odd", "short_days"),
    [
        ("2025-01-06", "2026-01-04", 11, 30, 1),
        ("2025-01-06", "2026-01-05", 12, 0, None),
        ("2024-02-29", "2025-02-27", 11, 30, 1),  # from a leap day: the last month ends with February
        ("2024-02-29", "2025-02-28", 12, 0, None),
        ("2023-03-01", "2024-02-28", 11, 28, 1),  # the last February has 29 days
        ("2023-03-01", "2024-02-29", 12, 0, None),
        ("2024-03-01", "2025-02-28", 12, 0, None),
    ],
)
def test_a_year_by_months_is_exact_to_the_day(
    first: str, last: str, value: int, odd: int, short_days: int | None
) -> None:
    found = result(MONTHS, stay(first, last))

    assert (found.value, found.odd_days, found.short_days) == (value, odd, short_days)
    assert found.met is (value >= 12)


def test_days_that_make_no_month_are_kept_apart_and_not_rounded() -> None:
    found = result(MONTHS, stay("2024-01-01", "2024-02-15"), stay("2024-06-01", "2024-07-15"))

    assert (found.value, found.odd_days, found.short, found.short_days) == (2, 30, 10, None)


def test_stays_that_follow_each_other_day_by_day_count_as_one() -> None:
    found = result(MONTHS, stay("2024-01-01", "2024-02-15"), stay("2024-02-16", "2024-03-31"))

    assert (found.value, found.odd_days) == (3, 0)


def test_what_was_certified_in_months_counts_as_certified() -> None:
    found = result(MONTHS, stay("2023-10-09", "2024-01-01", months=3))

    assert (found.value, found.odd_days) == (3, 0)


def test_days_of_a_quarter_are_counted_quarter_by_quarter() -> None:
    one = clock("季度天数", "6", 单次或累计="累计")
    rows = stay("2024-03-29", "2024-04-05"), stay("2024-04-20", "2024-04-20")

    first, second = (result(one, *rows, window=f"2024年{name}季度") for name in "一二")
    assert (first.value, first.met, first.short) == (3, False, 3)
    assert (second.value, second.met, second.met_on) == (6, True, date(2024, 4, 20))


def test_a_clock_without_a_bound_says_that_it_is_not_set() -> None:
    found = result(clock("累计天数"), stay("2024-01-01", "2024-12-31"))

    assert (found.value, found.required, found.met, found.short) == (366, None, None, 0)


def test_the_bound_in_force_is_the_one_of_the_window() -> None:
    one = clock("自然年天数", None, 单次或累计="累计", 至少={"2024-01-01": "100", "2025-01-01": "200"})  # type: ignore[arg-type]
    row = stay("2023-01-01", "2025-12-31")

    assert [result(one, row, window=f"{year}年").required for year in (2023, 2024, 2025)] == [None, 100, 200]


def test_only_the_days_up_to_the_ledgers_own_are_counted() -> None:
    found = result(CAREER, stay("2024-01-01", "2024-12-31"), as_of="2024-01-10")

    assert (found.value, found.met) == (10, False)
    assert found.outlook is not None
    assert found.outlook.met_on == date(2024, 12, 30)


days = st.integers(0, 1500).map(lambda offset: date(2023, 1, 1) + timedelta(days=offset))
spans = st.tuples(days, st.integers(0, 400)).map(lambda pair: (pair[0], pair[0] + timedelta(days=pair[1])))


def rows_of(given: list[tuple[date, date]]) -> list[HistoryRow]:
    return [stay(first.isoformat(), last.isoformat()) for first, last in given]


@given(st.lists(spans, min_size=1, max_size=6, unique=True))
def test_no_day_is_counted_twice_and_none_is_lost(given: list[tuple[date, date]]) -> None:
    every = {first + timedelta(days=n) for first, last in given for n in range((last - first).days + 1)}
    rows = rows_of(given)

    assert result(CAREER, *rows).value == len(every)
    for year in {day.year for day in every}:
        assert result(SUMMED, *rows, window=f"{year}年").value == sum(day.year == year for day in every)


@given(st.lists(spans, min_size=1, max_size=4, unique=True), st.integers(1, 700))
def test_a_clock_is_met_on_the_first_day_that_reaches_its_bound(given: list[tuple[date, date]], bound: int) -> None:
    every = sorted({first + timedelta(days=n) for first, last in given for n in range((last - first).days + 1)})
    found = result(clock("累计天数", str(bound)), *rows_of(given))

    assert found.met is (len(every) >= bound)
    assert found.met_on == (every[bound - 1] if found.met else None)
    assert found.short == max(bound - len(every), 0)


@given(st.lists(spans, min_size=1, max_size=5, unique=True), days)
def test_months_never_shrink_as_days_go_by(given: list[tuple[date, date]], day: date) -> None:
    before, after = (
        result(MONTHS, *rows_of(given), as_of=one.isoformat()).value for one in (day, day + timedelta(days=1))
    )

    assert before <= after


@given(spans)
def test_months_and_the_days_left_over_make_up_the_span(span: tuple[date, date]) -> None:
    months, odd = months_in(span)

    assert after_months(span[0], months) + timedelta(days=odd) == span[1] + timedelta(days=1)
    assert 0 <= odd < 31


@given(st.lists(spans, max_size=5), spans)
def test_what_is_cut_out_and_what_is_left_are_all_there_was(
    given: list[tuple[date, date]], taken: tuple[date, date]
) -> None:
    def length(several: object) -> int:
        return sum((last - first).days + 1 for first, last in several)  # type: ignore[attr-defined]

    one = united(given)
    assert length(cut(one, taken)) + length(without(one, (taken,))) == length(one)
