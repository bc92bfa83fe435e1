from __future__ import annotations

import re
from random import Random

import pytest

from xiaxiang.model.diagnostic import error
from xiaxiang.model.masking import masked, masked_in_place
from xiaxiang.model.position import Position
from xiaxiang.render.github import github_text
from xiaxiang.render.json_common import diagnostic
from xiaxiang.render.text_diagnostics import diagnostic_text


def test_a_number_is_masked_and_every_other_column_stays_where_it_is() -> None:
    text = "张三,13812345678,110101199003071234,内科"
    assert masked_in_place(text) == "张三,138****5678,110101********1234,内科"
    assert masked("电话 +86 138-1234-5678") == "电话 +138****5678"


@pytest.mark.parametrize("text", ["2024-01-02", "工号 00123", "执业证 110370000000001", "1,320 元", "2024〕12号"])
def test_what_is_no_persons_number_stays(text: str) -> None:
    assert (masked(text), masked_in_place(text)) == (text, text)


def test_a_thousand_numbers_are_shown_by_no_finding() -> None:
    random = Random(2024)
    for _ in range(1000):
        mobile = f"1{random.randint(3, 9)}{random.randrange(10**9):09d}"
        identity = f"{random.randrange(10**5, 10**6)}{random.randint(1950, 2005)}{random.randrange(10**8):08d}"
        line = f"张三,{mobile},{identity},外可"
        column = line.index("外可") + 1
        found = error("x", f"“{mobile}”和“{identity}”", f"写 {identity}", Position("a.csv", 1, column, column + 2))
        shown = diagnostic_text(found, {"a.csv": line}, width=200) + str(diagnostic(found)) + github_text([found])
        assert mobile not in shown
        assert identity not in shown
        caret = next(text for text in shown.splitlines() if re.fullmatch(r"\s*\|\s*\^+", text))
        assert caret.count("^") == 4
