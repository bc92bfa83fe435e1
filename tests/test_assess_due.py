from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaxiang.assess.due import parse_deadline

FIRST, LAST = date(2024, 4, 1), date(2024, 6, 30)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("次月5日", date(2024, 7, 5)),
        ("次月５日前", date(2024, 7, 5)),
        ("当月25日", date(2024, 6, 25)),
        ("次月底", date(2024, 7, 31)),
        ("4月10日", date(2024, 4, 10)),
        ("5月底", date(2024, 5, 31)),
        ("次年1月10日", date(2025, 1, 10)),
        ("次年2月底", date(2025, 2, 28)),
        ("交接日后7天", date(2024, 4, 8)),
        ("开始后0天", date(2024, 4, 1)),
        ("结束后7天", date(2024, 7, 7)),
        ("结束前7天", date(2024, 6, 23)),
        ("2009-05-20", date(2009, 5, 20)),
        ("2009年5月20日", date(2009, 5, 20)),
    ],
)
def test_a_deadline_as_a_rule_writes_it_names_one_day_of_the_period(text: str, day: date) -> None:
    deadline = parse_deadline(text)

    assert deadline is not None
    assert deadline.due_on(FIRST, LAST) == day


@pytest.mark.parametrize("text", ["月初", "尽快", "13月1日", "次月", ""])
def test_words_that_name_no_day_are_no_deadline(text: str) -> None:
    assert parse_deadline(text) is None


def test_a_day_that_a_year_does_not_have_is_refused_and_not_moved() -> None:
    deadline = parse_deadline("2月29日")

    assert deadline is not None
    assert deadline.due_on(FIRST, LAST) == date(2024, 2, 29)
    with pytest.raises(ValueError, match="day is out of range"):
        deadline.due_on(date(2025, 1, 1), date(2025, 12, 31))


@given(end=st.dates(date(2012, 1, 1), date(2030, 12, 31)), day=st.integers(1, 28))
def test_the_fifth_of_the_next_month_is_always_in_the_next_month(end: date, day: int) -> None:
    deadline = parse_deadline(f"次月{day}日")

    assert deadline is not None
    due = deadline.due_on(end - timedelta(days=30), end)
    assert (due.year * 12 + due.month) - (end.year * 12 + end.month) == 1
    assert due.day == day
