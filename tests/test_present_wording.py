from __future__ import annotations

import random
from fractions import Fraction

import documents_support as made
import pytest

from xiaxiang.model.indicator import IndicatorKind
from xiaxiang.model.masking import masked
from xiaxiang.present.wording import bound_text, cited, measured, sentence, shortfall


@pytest.mark.parametrize(
    ("fact", "written"),
    [
        ("骨科 孙八 2024-03-22 申请晋升优先", "骨科孙八2024年3月22日申请晋升优先"),
        ("妇产科 钱七 因产检不能成行。", "妇产科钱七因产检不能成行"),
        ("占用本科室第 1 轮名次", "占用本科室第1轮名次"),
        ("5 个工作日 × 40 元 = 200 元", "5个工作日×40元=200元"),
        ("编号 2024-13-45 不是日期", "编号2024-13-45不是日期"),
        ("Mary Smith 来访", "Mary Smith 来访"),
    ],
)
def test_a_fact_is_put_as_papers_put_it(fact: str, written: str) -> None:
    assert sentence(fact, made.workspace()) == written


def test_a_space_within_a_name_is_kept() -> None:
    whole = made.workspace()
    person = made.ZHANG.model_copy(update={"name": "阿依古丽 买买提"})
    departments = (whole.plan.departments[0].model_copy(update={"people": (person,)}),)
    changed = made.replace(whole, plan=whole.plan.model_copy(update={"departments": departments}))
    assert sentence("外科 阿依古丽 买买提 因病离开", changed) == "外科阿依古丽 买买提因病离开"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("手机13812345678。", "手机138****5678。"),
        ("手机138-1234-5678", "手机138****5678"),
        ("+86 13812345678", "+138****5678"),
        ("37010019850615123X", "370100********123X"),
        ("卡号6222021234567890123", "卡号622202********0123"),
        ("电话0000-1234567", "电话0000-1234567"),
        ("执业证号110370000001234", "执业证号110370000001234"),
        ("出勤20240401", "出勤20240401"),
    ],
)
def test_peoples_numbers_are_masked_and_no_others(text: str, shown: str) -> None:
    assert masked(text) == shown


def test_a_thousand_synthetic_numbers_are_all_masked() -> None:
    dice = random.Random(9704)
    for _ in range(1000):
        mobile = f"1{dice.randint(3, 9)}{dice.randint(0, 10**9 - 1):09d}"
        identity = f"{dice.randint(11, 65)}{dice.randint(0, 10**15 - 1):015d}{dice.choice('0123456789X')}"
        shown = masked(f"手机{mobile}，身份证{identity}。")
        assert mobile not in shown
        assert identity not in shown


def test_a_clause_of_another_document_names_it() -> None:
    other = made.Source("民法典", "第1259条")
    assert cited(made.clause("三（一）"), made.workspace()) == "三（一）"
    assert cited(other, made.workspace()) == "《民法典》第1259条"


def test_an_item_says_what_was_measured_and_what_was_asked_for() -> None:
    close = made.items(4, 9, 40, "4 次", "4月8日与4月12日相隔 4 天，少于 7 天", lecture_met=False)
    whole = made.workspace()
    assert [measured(one) for one in close] == ["4次 ×", "9次 √", "40/62 64.5% ×"]
    assert shortfall(close[0], whole) == "授课4次；4月8日与4月12日相隔4天，少于7天（四（二））"
    assert shortfall(close[2], whole) == "考勤40/62 64.5%，要求80%（四（二））"
    few = made.items(2, 9, 60, "2 次", lecture_met=False)
    assert shortfall(few[0], whole) == "授课2次，要求4次（四（二））"


def test_a_bound_has_its_unit() -> None:
    assert bound_text(IndicatorKind.RATE, Fraction(4, 5)) == "80%"
    assert bound_text(IndicatorKind.DAYS, Fraction(90)) == "90天"
    assert bound_text(IndicatorKind.VALUE, Fraction(3, 2)) == "1.5"
