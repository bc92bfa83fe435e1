from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaxiang.model.condition import parse_condition


@pytest.mark.parametrize(
    ("text", "below", "at", "above"),
    [
        ("1000人以下", "yes", "yes", "no"),
        ("１,０００ 以下", "yes", "yes", "no"),
        ("1000人以上", "no", "yes", "yes"),
        ("低于1000", "yes", "no", "no"),
        ("不足1000人", "yes", "no", "no"),
        ("超过1000人", "no", "no", "yes"),
        ("不是1000人以下", "no", "no", "yes"),
        ("不是超过1000人", "yes", "yes", "no"),
    ],
)
def test_the_number_itself_belongs_to_what_is_above_and_below_but_not_to_less_or_more(
    text: str, below: str, at: str, above: str
) -> None:
    condition = parse_condition(text)
    assert condition is not None
    holds = [condition.holds(condition.bound + step, included=True) for step in (-1, 0, 1)]

    assert ["yes" if one else "no" for one in holds] == [below, at, above]


@pytest.mark.parametrize("text", ["1000人以下", "1000人以上"])
def test_a_reading_can_leave_the_number_itself_out(text: str) -> None:
    condition = parse_condition(text)
    assert condition is not None

    assert condition.holds(condition.bound, included=False) is False


@given(st.integers(0, 3000) | st.just(1000))
def test_every_number_is_on_one_side_of_a_condition_and_its_opposite(number: int) -> None:
    one, other = parse_condition("1000人以下"), parse_condition("不是1000人以下")
    assert one is not None
    assert other is not None

    for included in (True, False):
        sides = [side.holds(Fraction(number), included=included) for side in (one, other)]
        assert sorted(sides) == [False, True]


@pytest.mark.parametrize("text", ["市直医院、县级医院", "中级以上", "是", "", "二级以下医院"])
def test_words_are_no_condition_on_a_number(text: str) -> None:
    assert parse_condition(text) is None
