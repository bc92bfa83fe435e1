from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaxiang.assess.stint import Stint
from xiaxiang.assess.windows import counts_in, judged, period_text, stays_of, window_text, windows_of
from xiaxiang.model.indicator import Window, parse_window

ONE = timedelta(days=1)
CALENDAR = [window for window in Window if window not in {Window.STAY, Window.WEEKEND}]
days = st.dates(date(2012, 1, 1), date(2030, 12, 31))


def stint(first: date, last: date, *away: tuple[date, date]) -> Stint:
    return Stint(None, first, last, first, last, away)


@given(window=st.sampled_from(CALENDAR), first=days, length=st.integers(0, 800))
def test_windows_follow_one_another_and_cover_every_day_of_a_posting(window: Window, first: date, length: int) -> None:
    last = first + ONE * length
    found = list(windows_of(window, first, last))

    assert found[0][0] <= first
    assert found[-1][0] <= last <= found[-1][1]
    assert all(one[1] + ONE == other[0] for one, other in pairwise(found))


@given(window=st.sampled_from(CALENDAR), first=days, length=st.integers(0, 800))
def test_only_windows_served_on_every_day_are_judged_unless_parts_count_too(
    window: Window, first: date, length: int
) -> None:
    last = first + ONE * length
    served = stint(first, last)
    whole, all_ = judged(window, served, partial_too=False), judged(window, served, partial_too=True)

    assert [one for one in all_ if first <= one[0] and one[1] <= last] == list(whole)
    assert list(all_) == list(windows_of(window, first, last))


def test_a_window_broken_by_an_approved_recall_counts_for_nothing() -> None:
    served = stint(date(2024, 4, 1), date(2024, 6, 30), (date(2024, 5, 6), date(2024, 5, 10)))

    assert [window_text(Window.MONTH, one) for one in judged(Window.MONTH, served, partial_too=False)] == [
        "2024年4月",
        "2024年6月",
    ]
    assert len(judged(Window.MONTH, served, partial_too=True)) == 3


@pytest.mark.parametrize(
    ("window", "first", "names"),
    [
        (Window.MONTH, date(2024, 2, 10), ["2024年2月", "2024年3月"]),
        (Window.TWO_MONTHS, date(2024, 2, 10), ["2024年1—2月", "2024年3—4月"]),
        (Window.QUARTER, date(2024, 2, 10), ["2024年一季度", "2024年二季度"]),
        (Window.HALF_YEAR, date(2024, 2, 10), ["2024年上半年", "2024年下半年"]),
        (Window.YEAR, date(2024, 2, 10), ["2024年", "2025年"]),
        (Window.WEEK, date(2024, 2, 10), ["2月5日至2月11日", "2月12日至2月18日"]),
        (Window.FORTNIGHT, date(2024, 2, 10), ["2月10日至2月23日", "2月24日至3月8日"]),
    ],
)
def test_windows_have_the_names_that_people_use(window: Window, first: date, names: list[str]) -> None:
    found = windows_of(window, first, first + ONE * 700)

    assert [window_text(window, next(found)) for _ in names] == names


@given(first=days, length=st.integers(0, 60))
def test_weekends_are_each_saturday_with_its_sunday(first: date, length: int) -> None:
    last = first + ONE * length
    found = list(windows_of(Window.WEEKEND, first, last))
    served = [first + ONE * n for n in range(length + 1)]

    assert all((one.weekday(), other - one) == (5, ONE) for one, other in found)
    assert [day for day in served if day.weekday() > 4] == [
        day for day in served if any(one <= day <= other for one, other in found)
    ]


@given(st.lists(days, unique=True, max_size=60))
def test_stays_are_runs_of_days_and_lose_none(typed: list[date]) -> None:
    stays = stays_of(sorted(typed))

    assert sum(length for _, length in stays) == len(typed)
    assert all((last - first).days + 1 == length for (first, last), length in stays)
    assert all(one[0][1] + ONE < other[0][0] for one, other in pairwise(stays))


@given(st.lists(days, unique=True, max_size=60))
def test_every_session_is_counted_in_exactly_one_window(typed: list[date]) -> None:
    spans = tuple(windows_of(Window.QUARTER, date(2012, 1, 1), date(2030, 12, 31)))

    assert sum(count for _, count in counts_in(spans, sorted(typed))) == len(typed)


@pytest.mark.parametrize(
    ("text", "window"),
    [
        ("月", Window.MONTH),
        ("每月", Window.MONTH),
        ("每个月", Window.MONTH),
        ("季度", Window.QUARTER),
        ("每季", Window.QUARTER),
        ("两周", Window.FORTNIGHT),
        ("每2个月", Window.TWO_MONTHS),
        ("年度", Window.YEAR),
        ("次", Window.STAY),
    ],
)
def test_the_usual_words_for_a_window_are_read(text: str, window: Window) -> None:
    assert parse_window(text) is window


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (date(2014, 1, 1), date(2014, 12, 31), "2014年"),
        (date(2014, 6, 1), date(2014, 6, 30), "2014年6月"),
        (date(2014, 1, 1), date(2014, 6, 30), "2014年1—6月"),
        (date(2014, 3, 20), date(2014, 12, 31), "2014年3月20日至2014年12月31日"),
        (date(2014, 12, 1), date(2015, 11, 30), "2014年12月1日至2015年11月30日"),
    ],
)
def test_a_period_is_named_as_people_call_it(first: date, last: date, text: str) -> None:
    assert period_text(first, last) == text
