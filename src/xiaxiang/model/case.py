"""案例: a sentence of a policy with input and expected output, as a clerk writes it in cases.yaml."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from xiaxiang.model.appraisal import PENDING
from xiaxiang.model.ledger import MET, NOT_SET
from xiaxiang.model.number import number_text
from xiaxiang.model.policy import PEOPLE
from xiaxiang.model.scalar import (
    ScalarError,
    half_width,
    money_text,
    parse_count,
    parse_day,
    parse_money,
    parse_number,
    parse_yes_no,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from xiaxiang.model.diagnostic import Diagnostic
    from xiaxiang.model.plan import Plan
    from xiaxiang.model.policy import Policy
    from xiaxiang.model.position import Position
    from xiaxiang.model.roster import Roster

ABSENT: Final = "不适用"
"""What comes out where the row is not asked for it."""
NOTHING: Final = "无"
VERDICTS: Final = {True: "合格", False: "不合格", None: "未评定"}
CERTIFICATES: Final = {True: "填写", False: "不予填写", None: PENDING}
RELEASES: Final = {"ready": "可发", "held": "待发", "unknown": "不明"}
YES_NO: Final = {True: "是", False: "否", None: PENDING}


def _count(text: str) -> str:
    return str(parse_count(text))


def _money(text: str) -> str:
    plain = half_width(text).strip()
    return money_text(-parse_money(plain[1:]) if plain.startswith("-") else parse_money(plain))


def _yes_no(text: str) -> str:
    return YES_NO[parse_yes_no(text)]


def _papers(text: str) -> str:
    return "、".join(word for word in text.replace("，", "、").replace(",", "、").split("、") if word.strip())


def _word_of(*words: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text.strip() in words:
            return text.strip()
        raise ScalarError("unknown-word", f"“{text}”不是这里能写的结果", "可以写 " + "、".join(words))

    return read


EXPECTATIONS: Final[dict[str, Callable[[str], str]]] = {
    "未完成": _count,
    "应发": _money,
    "扣减": _money,
    "补助": _money,
    "个人奖励": _money,
    "个人处罚": _money,
    "实得": _money,
    "鉴定表": _word_of("填写", "不予填写"),
    "重新下乡": _yes_no,
    "发放": _word_of(*RELEASES.values()),
    "待发": _papers,
    "科室奖励": _money,
    "科室处罚": _money,
}
"""What a case may expect beside the verdict of each item, and how its text is read into one spelling."""

OF_DEPARTMENTS: Final = frozenset({"科室奖励", "科室处罚"})
"""Expectations that may also be given department by department."""


def expected_text(key: str, text: str) -> str:
    """Return an expectation in its one spelling (`1320元` → `1,320`). Raises ScalarError.

    A key outside EXPECTATIONS is the name of an item. 待补 may be expected of anything.
    """
    if text.strip() == PENDING:
        return PENDING
    return EXPECTATIONS.get(key, _word_of(*VERDICTS.values()))(text)


_SHORT: Final = re.compile(r"差\s*(\d+)\s*(天|个?月)")


def standing_text(text: str) -> str:
    """Return what is expected of a clock in its one spelling: 已满, 未设定, 差 1 天, 差 3 个月. Raises ScalarError."""
    plain = half_width(text).strip()
    if match := _SHORT.fullmatch(plain):
        return f"差 {int(match[1])} {'天' if match[2] == '天' else '个月'}"
    return _word_of(MET, NOT_SET, "差 1 天")(plain)


MONEY_ENDINGS: Final = ("扣减", "实付")
"""What may be expected of a sum beside its amount: what is withheld of it, and what is left."""

TABLE_EXPECTATIONS: Final[dict[str, Callable[[str], str]]] = {
    "未完成": _count,
    "得分": lambda text: number_text(parse_number(text)),
    "等级": str.strip,
    "后果": str.strip,
}
"""What a case about a row of a table may expect beside verdicts, deadlines and sums."""


def table_expected_text(key: str, text: str, items: Collection[str], sums: Collection[str]) -> str:
    """Return an expectation about a row of a table in its one spelling. Raises ScalarError."""
    if text.strip() == PENDING:
        return PENDING
    if key in TABLE_EXPECTATIONS:
        return TABLE_EXPECTATIONS[key](text)
    if key in items:
        return _word_of(*VERDICTS.values(), ABSENT)(text)
    if key in {f"{name}{end}" for name in sums for end in ("", *MONEY_ENDINGS)}:
        return ABSENT if text.strip() == ABSENT else _money(text)
    return parse_day(text).isoformat()  # an item's 期限


def is_posted(policy: Policy) -> bool:
    """Whether a policy assesses people by their postings: its cases are rows of a roster, not of a table.

    A policy may send people and assess somebody else (对象: 科室, 队伍): then its cases are rows of a table.
    """
    return policy.rotation is not None and policy.subject == PEOPLE


@dataclass(frozen=True, slots=True)
class Expectation:
    """One expected value: the key, the department it is about ("": the first person's), the text in one spelling."""

    key: str
    department: str
    text: str
    position: Position


@dataclass(frozen=True, slots=True)
class Case:
    """One worked case: a small plan and roster; what is expected is about the roster's first person."""

    name: str
    plan: Plan
    roster: Roster
    expected: tuple[Expectation, ...]
    position: Position
    earlier: Mapping[int, str] = field(default_factory=dict)
    """Year → grade of the years before."""


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One expectation beside what came out, both in one spelling."""

    expectation: Expectation
    actual: str

    @property
    def holds(self) -> bool:
        """Whether what came out is what was expected."""
        return self.expectation.text == self.actual


@dataclass(frozen=True, slots=True)
class CaseResult:
    """A case that was run. `diagnostics` are what the assessment found on the way."""

    case: Case
    lines: tuple[CaseLine, ...]
    diagnostics: tuple[Diagnostic, ...]

    @property
    def holds(self) -> bool:
        """Whether every expectation holds."""
        return all(line.holds for line in self.lines)
