"""核定: the entries of `approved/2024-2.yaml`, as `xiaxiang assess --approve` writes them. Flat rows, tied by 序号."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Annotated, Final

from xiaxiang.model.approved import Use
from xiaxiang.model.batch import BatchRef, parse_batch
from xiaxiang.model.entry import Count, Day, Entry, Money, YesNo, named, scalar
from xiaxiang.model.indicator import IndicatorKind, parse_indicator_kind
from xiaxiang.model.scalar import ScalarError, parse_money, parse_number

_RATIO: Final = re.compile(r"(\d+)/(\d+)")


def parse_exact(text: str) -> Fraction:
    """Return an exact number ≥ 0: `4`, `2.5`, `20/31`. Raises ScalarError."""
    ratio = _RATIO.fullmatch(text.strip())
    if ratio is None:
        return parse_number(text)
    if not int(ratio[2]):
        raise ScalarError("bad-number", f"“{text}”的分母是 0", "恢复原来的文件（.bak）")
    return Fraction(int(ratio[1]), int(ratio[2]))


def parse_balance(text: str) -> int:
    """Return an amount that may be below zero, given in 元, as whole 分. Raises ScalarError."""
    plain = text.strip()
    return -parse_money(plain[1:]) if plain.startswith("-") else parse_money(plain)


def parse_use(text: str) -> Use:
    """Return what a reason is given for. Raises ScalarError."""
    try:
        return Use(text.strip())
    except ValueError:
        hint = f"“用于”只有 {'、'.join(Use)}；恢复原来的文件（.bak）"
        raise ScalarError("unknown-word", f"“{text}”认不出来", hint) from None


Exact = Annotated[Fraction, scalar(parse_exact)]
Balance = Annotated[int, scalar(parse_balance)]


class Cited(Entry):
    """A row that rests on a clause: of the policy's document where 文件 is not written."""

    document: Annotated[str, named("文件")] = ""
    clause: Annotated[str, named("依据")] = ""


class WrittenPerson(Entry):
    """人员: one person's figures as approved, in 元."""

    number: Annotated[Count, named("序号")]
    name: Annotated[str, named("姓名")]
    id: Annotated[str, named("工号")] = ""
    department: Annotated[str, named("科室")] = ""
    starts_on: Annotated[Day | None, named("派驻开始")] = None
    ends_on: Annotated[Day | None, named("派驻结束")] = None
    unmet: Annotated[Count, named("未完成")]
    grade: Annotated[str, named("等级")] = ""
    due: Annotated[Money | None, named("应发")] = None
    deducted: Annotated[Money | None, named("扣减")] = None
    paid: Annotated[Money | None, named("实发")] = None
    share: Annotated[Money, named("科室奖励")] = 0
    sanctions: Annotated[Money, named("处罚")] = 0
    net: Annotated[Balance, named("实得")]
    certificate: Annotated[YesNo | None, named("可填鉴定表")] = None
    redispatch: Annotated[YesNo | None, named("重新下乡")] = None
    notes: Annotated[tuple[str, ...], named("说明")] = ()
    settings: Annotated[tuple[str, ...], named("补助口径")] = ()


class WrittenItem(Cited):
    """项目: one item of one person."""

    person: Annotated[Count, named("人员")]
    name: Annotated[str, named("名称")]
    kind: Annotated[IndicatorKind, scalar(parse_indicator_kind), named("算法")]
    value: Annotated[Exact | None, named("数值")] = None
    bound: Annotated[Exact | None, named("要求")] = None
    met: Annotated[YesNo, named("完成")]
    numerator: Annotated[Exact | None, named("分子")] = None
    denominator: Annotated[Exact | None, named("分母")] = None
    due_on: Annotated[Day | None, named("期限")] = None
    facts: Annotated[tuple[str, ...], named("事实")] = ()
    warnings: Annotated[tuple[str, ...], named("提醒")] = ()
    settings: Annotated[tuple[str, ...], named("口径")] = ()


class WrittenCheck(Entry):
    """比较: one comparison inside an item."""

    person: Annotated[Count, named("人员")]
    item: Annotated[str, named("项目")]
    name: Annotated[str, named("名称")]
    value: Annotated[Exact | None, named("数值")] = None
    bound: Annotated[Exact | None, named("要求")] = None
    met: Annotated[YesNo | None, named("完成")] = None


class CitedAbout(Cited):
    """A row about one person, or about a department."""

    person: Annotated[Count | None, named("人员")] = None
    department: Annotated[str, named("科室")] = ""


class WrittenReason(CitedAbout):
    """理由: why a figure is what it is: of a person (补助, 鉴定表, 重新下乡) or a department (奖励)."""

    about: Annotated[Use, scalar(parse_use), named("用于")]
    text: Annotated[str, named("内容")]


class WrittenCharge(CitedAbout):
    """处罚: one sanction on a person or a department."""

    amount: Annotated[Money, named("金额")]
    reason: Annotated[str, named("原因")]
    settings: Annotated[tuple[str, ...], named("口径")] = ()


class WrittenDepartment(Entry):
    """科室: what a department gets and owes."""

    name: Annotated[str, named("名称")]
    people: Annotated[Count, named("人数")]
    reward: Annotated[Money, named("奖励")]
    sanctions: Annotated[Money, named("处罚")]
    net: Annotated[Balance, named("净额")]
    settings: Annotated[tuple[str, ...], named("奖励口径")] = ()


class WrittenReading(Cited):
    """口径: a reading that the figures rest on."""

    name: Annotated[str, named("名称")]
    value: Annotated[str, named("取法")]
    sentence: Annotated[str, named("说明")] = ""
    chosen_by_plan: Annotated[YesNo, named("计划所选")] = False


class WrittenSums(Entry):
    """合计: the sums over the batch, so that a row that was lost is noticed."""

    people: Annotated[Count, named("人数")]
    paid: Annotated[Money, named("实发")]
    net: Annotated[Balance, named("实得")]
    rewards: Annotated[Money, named("科室奖励")]
    sanctions: Annotated[Money, named("科室处罚")]


class WrittenGround(Entry):
    """依据的登记: one thing that the figures were computed from."""

    name: Annotated[str, named("名称")]
    content: Annotated[str, named("内容")] = ""


class WrittenApproval(Entry):
    """核定: one approved batch."""

    batch: Annotated[BatchRef, scalar(parse_batch), named("批次")]
    approved_on: Annotated[Day, named("核定日期")]
    policy: Annotated[str, named("制度")]
    document: Annotated[str, named("文件")]
    people: Annotated[tuple[WrittenPerson, ...], named("人员")]
    departments: Annotated[tuple[WrittenDepartment, ...], named("科室")] = ()
    sums: Annotated[WrittenSums, named("合计")]
    items: Annotated[tuple[WrittenItem, ...], named("项目")] = ()
    checks: Annotated[tuple[WrittenCheck, ...], named("比较")] = ()
    charges: Annotated[tuple[WrittenCharge, ...], named("处罚")] = ()
    reasons: Annotated[tuple[WrittenReason, ...], named("理由")] = ()
    readings: Annotated[tuple[WrittenReading, ...], named("口径")] = ()
    rests_on: Annotated[tuple[WrittenGround, ...], named("依据的登记")] = ()
