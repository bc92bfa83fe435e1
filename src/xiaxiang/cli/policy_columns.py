"""The columns of the table that a policy without postings is assessed from: whose row, which time, what is measured."""

from __future__ import annotations

from dataclasses import dataclass, field
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
    ColumnKind.DAYS: "日期，例如 2024-01-15；2024-01-29",
    ColumnKind.COUNT: "次数；写了日期的空着",
    ColumnKind.NUMBER: "数字；没有写 0，不知道空着",
    ColumnKind.YES_NO: "是 或 否",
    ColumnKind.HANDED_IN: "交来的日期；没有交写 未交",
}
_YEAR_NOTE: Final = "例如 2024；只看一季的改成“季度”一列（2024年一季度），别的时段改成“派驻开始”“派驻结束”两列"
_MONTH_NOTE: Final = "只看一个月的写 6；看全年的空着"
_MEMBER_NOTES: Final = {"职称": "例如 主治医师", "职级": "职称不常见的写 初级、中级、副高、正高；别的空着"}
_YES_NO: Final = ("是", "否")


def sheet_of(policy: Policy) -> Sheet:
    """Return the empty sheet of a policy's table, the columns in the order in which they are filled in."""
    columns = (*_subject(policy), *_period(policy), *_conditions(policy), *_measured(policy))
    first: dict[str, Column] = {}
    for column in columns:
        first.setdefault(column.name, column)
    return Sheet(policy.name, tuple(first.values()), (), tab="考核")


def rows_are(policy: Policy) -> str:
    """Return what a row of the table is: 一个单位, 一支队伍, 一名队员."""
    if policy.subject == TEAM and _members(policy):
        return "一名队员，同一队的队名写一样"
    return {PEOPLE: "一个人", TEAM: "一支队伍"}.get(policy.subject, f"一个{policy.subject}")


def _subject(policy: Policy) -> Iterator[Column]:
    """Yield the columns that say whose row it is; of a team whose members are looked at, who they are too."""
    name = SUBJECTS[policy.subject][0]
    yield Column(name, ColumnKind.TEXT, name if policy.subject == PEOPLE else f"{name}的名称")
    if policy.subject == PEOPLE:
        yield Column(ID, ColumnKind.TEXT, "没有可以空着")
    members = _members(policy) if policy.subject == TEAM else ()
    if members:
        asked = "；".join(asked_of(policy, item) for item in members)
        yield Column(NAME, ColumnKind.TEXT, "队员的姓名", asked=asked)
        yield from (Column(one, ColumnKind.TEXT, note) for one, note in _MEMBER_NOTES.items())
        specialties = tuple(dict.fromkeys(one for item in members for one in item.specialties))
        if specialties:
            yield Column(MEMBER_COLUMNS[-1], ColumnKind.TEXT, f"选 {'、'.join(specialties)}", specialties)


def _members(policy: Policy) -> tuple[Indicator, ...]:
    return tuple(one for one in _items(policy) if one.kind is IndicatorKind.COMPOSITION)


def _period(policy: Policy) -> Iterator[Column]:
    """Yield the columns that say which time a row is about; under a campaign with its own days none is needed."""
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
    said = [one.applies_to for one in _items(policy)] + [one.applies_to for one in policy.funding.per_unit]
    for column, text in (pair for one in said for pair in one.items()):
        if parse_condition(text) is None:
            words.setdefault(column, {}).update(dict.fromkeys(one.strip() for one in text.split("、")))
    for column, known in words.items():
        choices = _YES_NO if set(known) <= set(_YES_NO) else tuple(known)
        yield Column(column, ColumnKind.TEXT, f"选 {'、'.join(choices)}", choices, "看哪几项由它定")


@dataclass(slots=True)
class _Asked:
    """What is asked of one column, while the columns are collected: sentences, and the words to choose from."""

    texts: list[str] = field(default_factory=list)
    choices: tuple[str, ...] = ()


def _measured(policy: Policy) -> Iterator[Column]:
    """Yield the columns that items, grades and sums are worked out from, each with what is asked of it."""
    kinds = value_columns(policy)
    found: dict[str, _Asked] = {}
    for item in _items(policy):
        for column in (*_numbers_in(item), *columns_of(item)):
            one = found.setdefault(column, _Asked())
            if not _is_total(item, column):
                one.texts.append(asked_of(policy, item))
            if item.kind is IndicatorKind.LEVEL:
                one.choices = tuple(level.split("/")[0] for level in item.levels)
    if policy.assessment and policy.assessment.recommended:
        names = tuple(one.name for one in policy.assessment.grades)
        found.setdefault(policy.assessment.recommended, _Asked()).choices = names
    for column, name in _of_sums(policy):
        found.setdefault(column, _Asked()).texts.append(f"算{name}")
    for column, one in found.items():
        kind = kinds[column]
        how = f"选 {'、'.join(one.choices)}" if one.choices else _HOW[kind]
        choices = one.choices or (_YES_NO if kind is ColumnKind.YES_NO else ())
        yield Column(column, kind, how, choices, "；".join(dict.fromkeys(one.texts)))


def _is_total(item: Indicator, column: str) -> bool:
    """Whether a column holds the number of what another column of the item lists day by day: said there."""
    return item.kind in {IndicatorKind.COUNT, IndicatorKind.DAYS} and column == columns_of(item)[-1]


def _numbers_in(part: Indicator | PerUnit) -> tuple[str, ...]:
    """Return the columns whose number decides whether a part is about a row (`应排查隐患: 超过0处`)."""
    return tuple(column for column, text in part.applies_to.items() if parse_condition(text) is not None)


def _of_sums(policy: Policy) -> Iterator[tuple[str, str]]:
    """Yield the columns that sums are worked out from, with the name of the sum."""
    for unit in policy.funding.per_unit:
        yield from ((column, unit.name) for column in (*_numbers_in(unit), unit.column))
    funds = {one.name for one in policy.funding.funds}
    yield from ((one.base, f"{one.name}，单位 元") for one in policy.funding.funds if one.base not in funds)


def _items(policy: Policy) -> tuple[Indicator, ...]:
    return policy.assessment.indicators if policy.assessment else ()
