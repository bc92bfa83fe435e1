from __future__ import annotations

from fractions import Fraction

import samples

from xiaxiang.render.text_numbers import bound_text, value_text


def test_a_value_is_shown_with_its_unit_and_a_rate_as_it_was_counted() -> None:
    assert value_text(samples.item("授课", 4, 4)) == "4 次"
    assert value_text(samples.item("授课", None, 4)) == "未填"
    assert value_text(samples.attendance(58, 62)) == "58/62 93.5%"


def test_a_bound_is_shown_as_the_policy_writes_it() -> None:
    assert bound_text(samples.item("授课", 4, 4), Fraction(4)) == "4 次"
    assert bound_text(samples.attendance(58, 62), Fraction(4, 5)) == "80%"
