from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaxiang.model.number import amount_in_words, number_text, percent_text


@pytest.mark.parametrize(
    ("fen", "words"),
    [
        (0, "零元整"),
        (132000, "壹仟叁佰贰拾元整"),
        (88000, "捌佰捌拾元整"),
        (1000, "壹拾元整"),
        (10000, "壹佰元整"),
        (10100, "壹佰零壹元整"),
        (100500, "壹仟零伍元整"),
        (101000, "壹仟零壹拾元整"),
        (1000000, "壹万元整"),
        (1000100, "壹万零壹元整"),
        (1010000, "壹万零壹佰元整"),
        (1230000, "壹万贰仟叁佰元整"),
        (10000000, "壹拾万元整"),
        (10005000, "壹拾万零伍拾元整"),
        (100000000000, "壹拾亿元整"),
        (10000000100, "壹亿零壹元整"),
        (10020000000, "壹亿零贰拾万元整"),
        (1000000000000, "壹佰亿元整"),
        (44050, "肆佰肆拾元伍角"),
        (44005, "肆佰肆拾元零伍分"),
        (44055, "肆佰肆拾元伍角伍分"),
        (50, "伍角"),
        (5, "伍分"),
        (55, "伍角伍分"),
        (-20000, "负贰佰元整"),
    ],
)
def test_an_amount_is_written_as_on_a_cheque(fen: int, words: str) -> None:
    expected = words + "整" if words.endswith("角") else words
    assert amount_in_words(fen) == expected


_FIGURES = {char: value for value, char in enumerate("零壹贰叁肆伍陆柒捌玖")}
_PLACES = {"拾": 10, "佰": 100, "仟": 1000}


def read_back(words: str) -> int:
    """The amount in 分 that `words` mean, read figure by figure."""
    total = group = figure = 0
    for char in words.removesuffix("整"):
        if char in _FIGURES:
            figure = _FIGURES[char]
        elif char in _PLACES:
            group, figure = group + figure * _PLACES[char], 0
        elif char in "万亿":
            total, group, figure = (total + group + figure) * (10_000 if char == "万" else 100_000_000), 0, 0
        elif char == "元":
            total, group, figure = (total + group + figure) * 100, 0, 0
        else:
            total, figure = total + figure * (10 if char == "角" else 1), 0
    return total


@given(st.integers(min_value=0, max_value=9_999_999_999))
def test_an_amount_in_words_reads_back_as_the_same_amount(fen: int) -> None:
    # Within one 亿 of 元 the reading is a plain left-to-right sum.
    words = amount_in_words(fen)
    assert read_back(words) == fen
    assert "零零" not in words
    assert words.endswith(("整", "分"))


def test_an_amount_beyond_ten_thousand_times_a_hundred_million_is_a_programmer_error() -> None:
    with pytest.raises(ValueError, match="1"):
        amount_in_words(10**18 * 100)


@pytest.mark.parametrize(
    ("rate", "bound", "text"),
    [
        (Fraction(58, 62), Fraction(4, 5), "93.5%"),
        (Fraction(4, 5), Fraction(4, 5), "80.0%"),
        (Fraction(7999, 10000), Fraction(4, 5), "79.99%"),
        (Fraction(1, 1), None, "100.0%"),
    ],
)
def test_a_rate_never_looks_as_if_it_met_a_bound_that_it_misses(
    rate: Fraction, bound: Fraction | None, text: str
) -> None:
    assert percent_text(rate, bound) == text


@pytest.mark.parametrize(
    ("number", "text"), [(4, "4"), (Fraction(5, 2), "2.5"), (Fraction(7, 3), "7/3"), (Fraction(1, 8), "0.125")]
)
def test_a_number_is_shown_exactly(number: Fraction | int, text: str) -> None:
    assert number_text(number) == text
