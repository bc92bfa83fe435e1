"""The columns of the table that a policy without postings is assessed from: whose row, which time, what is measured."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from xiaxiang.assess.columns import columns_of
from xiaxiang.assess.due import parse_deadline
from xiaxiang.load.columns import ID, MEMBER_COLUMNS, NAME, value_columns
from xiaxiang.load.subject_table import MONTH, SUBJECTS, TEAM, YEAR
from xiaxiang.model.asked import asked_of
from xiaxiang.model.condition import parse_condition
from xiaxiang.model.indicator import IndicatorKind, Window
from xiaxiang.model.policy import PEOPLE
from xiaxiang.model.sheet import Column, ColumnKind, Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xiaxiang.model.funding import PerUnit
    from xiaxiang.model.indicator import Indicator
    from xiaxiang.model.policy import Policy

_HOW: Final = {
    ColumnKind.TEXT: "",
    ColumnKind.DAYS: "几个日期之间用“；”隔开，例如 2024-01-15；2024-01-29。",
    ColumnKind.COUNT: "写次数。写了日期的空着；没有写 0，不知道空着。",
    ColumnKind.NUMBER: "写数字。没有写 0，不知道空着（待补）。",
    ColumnKind.YES_NO: "写 是 或 否。",
    ColumnKind.HANDED_IN: "写交来的日期；没有交写 未交。",
}
_YEAR_NOTE: Final = "例如 2024。只看一段的，这一列改成“季度”（2024年一季度），或“派驻开始”“派驻结束”两列。"
_MONTH_NOTE: Final = "只看一个月的写 6；看全年的空着。"
_CAMPAIGN_NOTE: Final = "不写就是整个活动期间。"
_MEMBER_NOTES: Final = {
    "职称": "例如 主治医师。",
    "职级": "职称不在职称表里的写 初级、中级、副高、正高；在的空着。",
}
_YES_NO: Final = ("是", "否")


def sheet_of(policy: Policy) -> Sheet:
    """Return the empty sheet of a policy's table, the columns in the order in which they are filled in."""
    columns = [*_subject(policy), *_period(policy), *_conditions(policy), *_measured(policy)]
    first = {column.name: column for column in reversed(columns)}
    names = dict.fromkeys(column.name for column in columns)
    return Sheet(policy.name, tuple(first[name] for name in names), (), tab="考核")


def _subject(policy: Policy) -> Iterator[Column]:
    """Yield the columns that say whose row it is; of a team whose members are looked at, who they are too."""
    name = SUBJECTS[policy.subject][0]
    members = [one for one in _items(policy) if one.kind is IndicatorKind.COMPOSITION]
    yield Column(name, ColumnKind.TEXT, "同一队的人，一人一行，队名写一样。" if members else "名称，各写各的。")
    if policy.subject == PEOPLE:
        yield Column(ID, ColumnKind.TEXT, "没有可以空着。")
    if policy.subject == TEAM and members:
        yield Column(NAME, ColumnKind.TEXT, "队员的姓名。")
        specialties = tuple(dict.fromkeys(one for item in members for one in item.specialties))
        for column in MEMBER_COLUMNS:
            if column in _MEMBER_NOTES:
                yield Column(column, ColumnKind.TEXT, _MEMBER_NOTES[column])
            elif specialties:
                yield Column(column, ColumnKind.TEXT, "选一个专业。", specialties)


def _period(policy: Policy) -> Iterator[Column]:
    """Yield the columns that say which time a row is about. A campaign's own days need none, but a year may stand."""
    campaign = policy.programme.period if policy.programme else None
    if campaign and campaign.from_on.values and campaign.until_on.values:
        return
    yield Column(YEAR, ColumnKind.COUNT, _YEAR_NOTE)
    if any(_is_monthly(one) for one in _items(policy)):
        yield Column(MONTH, ColumnKind.COUNT, _MONTH_NOTE)


def _is_monthly(item: Indicator) -> bool:
    """Whether an item is about single months: counted in each, or due in the next."""
    windows = [window for _, window in item.per.values] if item.per else []
    deadlines = [parse_deadline(text) for _, text in item.not_after.values] if item.not_after else []
    return Window.MONTH in windows or any(one is not None and one.months_on is not None for one in deadlines)


def _conditions(policy: Policy) -> Iterator[Column]:
    """Yield the columns that say which items a row is about (适用), with the words to choose from."""
    words: dict[str, dict[str, None]] = {}
    for part in (*_items(policy), *policy.funding.per_unit):
        for column, text in part.applies_to.items():
            if parse_condition(text) is None:
                words.setdefault(column, {}).update(dict.fromkeys(one.strip() for one in text.split("、")))
    for column, known in words.items():
        choices = _YES_NO if set(known) <= set(_YES_NO) else tuple(known)
        yield Column(column, ColumnKind.TEXT, f"写 {'、'.join(choices)}。看哪几项由它定。", choices)


def _measured(policy: Policy) -> Iterator[Column]:
    """Yield the columns that items, grades and sums are worked out from, each with what is asked of it."""
    kinds = value_columns(policy)
    asked: dict[str, list[str]] = {}
    choices: dict[str, tuple[str, ...]] = {}
    for item in _items(policy):
        for column in (*_numbers_in(item), *columns_of(item)):
            asked.setdefault(column, []).append(asked_of(policy, item))
        if item.kind is IndicatorKind.LEVEL:
            choices[item.column or item.name] = tuple(one.split("/")[0] for one in item.levels)
    if policy.assessment and policy.assessment.recommended:
        choices[policy.assessment.recommended] = tuple(one.name for one in policy.assessment.grades)
        asked.setdefault(policy.assessment.recommended, [])
    for column, name in _of_sums(policy):
        asked.setdefault(column, []).append(name)
    for column, texts in asked.items():
        kind = kinds[column]
        listed = choices.get(column, _YES_NO if kind is ColumnKind.YES_NO else ())
        how = f"选 {'、'.join(listed)}。" if column in choices else _HOW[kind]
        yield Column(column, kind, how + "；".join(dict.fromkeys(texts)), listed)


def _numbers_in(part: Indicator | PerUnit) -> tuple[str, ...]:
    """Return the columns whose number decides whether a part is about a row (`应排查隐患: 超过0处`)."""
    return tuple(column for column, text in part.applies_to.items() if parse_condition(text) is not None)


def _of_sums(policy: Policy) -> Iterator[tuple[str, str]]:
    """Yield the columns that sums are worked out from, with the name of the sum."""
    for unit in policy.funding.per_unit:
        yield from ((column, unit.name) for column in (*_numbers_in(unit), unit.column))
    funds = {one.name for one in policy.funding.funds}
    yield from ((fund.base, f"{fund.name}的基数，单位 元") for fund in policy.funding.funds if fund.base not in funds)


def _items(policy: Policy) -> tuple[Indicator, ...]:
    return policy.assessment.indicators if policy.assessment else ()
