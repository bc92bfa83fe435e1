"""What clerks copy from the notice of days off: sentences, ranges, lists; what is said twice must agree."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaxiang.load.holidays import HolidayError, days_named
from xiaxiang.model.scalar import short_day_text, weekday_text

YEAR = 2027


def span(month: int, first: int, last: int) -> tuple[date, ...]:
    return tuple(date(YEAR, month, day) for day in range(first, last + 1))


@pytest.mark.parametrize(
    "text",
    [
        "2月5日至2月11日",
        "2月5日至11日",
        "2月5日—11日",
        "2月5日－11日",
        "2月5日到2月11日",
        "2月5-11日",
        "2/5-2/11",
        "2.5~2.11",
        "2027-02-05至2027-02-11",
        "２月５日（周五）至１１日（周四）放假调休，共７天。",
        "2月5日、2月6日、2月7日至2月11日",
        "2027年2月5日（农历腊月二十九、周五）至11日（农历正月初六、周四）放假调休，共7天",
    ],
)
def test_every_usual_way_to_write_a_span_means_the_same_days(text: str) -> None:
    assert days_named(text, YEAR) == (span(2, 5, 11), ())


def test_a_sentence_about_work_names_make_up_days() -> None:
    text = "1月1日（周五）至3日（周日）放假调休，共3天。2月14日（周日）、2月20日（周六）上班。"
    assert days_named(text, YEAR) == (span(1, 1, 3), (date(YEAR, 2, 14), date(YEAR, 2, 20)))


def test_in_the_list_of_working_days_every_day_is_worked() -> None:
    assert days_named("2月14日（周日）", YEAR, worked=True) == ((), (date(YEAR, 2, 14),))


def test_new_years_holiday_may_begin_in_the_year_before() -> None:
    days = (date(2026, 12, 31), date(2027, 1, 1), date(2027, 1, 2))
    assert days_named("2026年12月31日至2027年1月2日", YEAR)[0] == days
    assert days_named("12月31日至1月2日", YEAR)[0] == days


@pytest.mark.parametrize(
    ("text", "code", "part"),
    [
        ("端午节放假", "bad-date", "端午节放假"),
        ("6月9日（周二）", "wrong-weekday", "（周二）"),
        ("10月1日至7日，共8天", "holiday-count", "共8天"),
        ("5月5日至5月1日", "end-before-start", "5月1日"),
        ("6月31日", "bad-date", "6月31日"),
        ("2月5日至", "bad-date", "至"),
        ("至2月5日", "bad-date", "至"),
        ("5日", "bad-date", "5日"),
        ("1月5日至6月5日", "bad-date", "6月5日"),
        ("2028年1月1日", "bad-date", "2028年1月1日"),
        ("放假", "bad-date", "放假"),
    ],
)
def test_what_cannot_be_right_is_pointed_at(text: str, code: str, part: str) -> None:
    with pytest.raises(HolidayError) as caught:
        days_named(text, YEAR)
    assert (caught.value.code, text[caught.value.start : caught.value.end]) == (code, part)
    assert caught.value.hint


@given(st.integers(0, 364), st.integers(0, 20))
def test_a_span_is_read_back_as_its_days(start: int, length: int) -> None:
    first = date(YEAR, 1, 1) + timedelta(days=start)
    last = min(first + timedelta(days=length), date(YEAR, 12, 31))
    text = f"{short_day_text(first)}（{weekday_text(first)}）至{short_day_text(last)}（{weekday_text(last)}）"
    days, worked = days_named(text, YEAR)
    assert (days[0], days[-1], len(set(days)), worked) == (first, last, (last - first).days + 1, ())


@given(st.text(max_size=30))
def test_any_text_is_days_or_an_error(text: str) -> None:
    try:
        days, worked = days_named(text, YEAR)
    except HolidayError as bad:
        days, worked, span = (), (), (bad.start, bad.end)
    else:
        span = (0, 0)
    assert 0 <= span[0] <= span[1] <= len(text)
    assert all(YEAR - 1 <= day.year <= YEAR for day in (*days, *worked))
