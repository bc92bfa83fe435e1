"""条款: what in a policy rests on one of its clauses: rules without a number, numbers by date, readings."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final, get_args

from xiaxiang.model.indicator import Conclusion, Indicator, IndicatorKind
from xiaxiang.model.number import number_text
from xiaxiang.model.parameter import ALWAYS, MoneyParameter, Parameter, Section
from xiaxiang.model.rank import Rank
from xiaxiang.model.reading import setting
from xiaxiang.model.scalar import half_width, money_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xiaxiang.model.policy import Policy

_PERCENT: Final = 100
_SHARES: Final = frozenset({"rate", "withheld", "weight"})
"""Fields that hold shares of a whole."""
_SHARE_UNITS: Final = frozenset({"比率", "比例"})
"""Units that say no more than that a number is a share of a whole."""
_DIGITS: Final = "零一二三四五六七八九"
_ORDINAL: Final = re.compile(r"^第(.+?)[条章]")
_IN_BRACKETS: Final = re.compile(r"[(.、-]\s*([一二三四五六七八九十]+)\)?")


@dataclass(frozen=True, slots=True)
class Number:
    """One number (or word) of a policy: where it stands (`经费 个人补助`), its name, its values as people read them."""

    section: str
    name: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """One 口径 in the policy: its value with its sentence, what it decides, and the other values it could have."""

    name: str
    decides: str
    value: str
    sentence: str
    others: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ClauseUse:
    """Everything in a policy that rests on one clause."""

    clause: str
    rules: tuple[str, ...]
    numbers: tuple[Number, ...]
    readings: tuple[Reading, ...]


def clause_named(text: str) -> str:
    """Return a clause as policies write it: `三(二)`, `3.2`, `第三条第二款` are 三（二）."""
    plain = "".join(half_width(text).split())
    plain = "".join(_DIGITS[int(char)] if char.isascii() and char.isdigit() else char for char in plain)
    plain = re.sub(r"第([^第条章款]+)款$", r"(\1)", _ORDINAL.sub(r"\1", plain))
    return _IN_BRACKETS.sub(r"（\1）", plain)


def clauses_of(policy: Policy) -> tuple[str, ...]:
    """Return every clause on which something in the policy rests, in order."""
    found = {clause for _, _, clause, _ in _numbers(policy)} | set(policy.clauses.values())
    found |= {parameter.clause for parameter in policy.readings.values()}
    return tuple(sorted(found - {""}, key=_order))


def resting_on(policy: Policy, clause: str) -> ClauseUse:
    """Return everything in the policy that rests on `clause`, as the policy writes it."""
    rules = tuple(name for name, where in policy.clauses.items() if where == clause)
    numbers = tuple(
        Number(section, name, values) for section, name, where, values in _numbers(policy) if where == clause
    )
    readings = (_reading(name, one) for name, one in policy.readings.items() if one.clause == clause)
    return ClauseUse(clause, rules, numbers, tuple(one for one in readings if one))


def numbers_of(policy: Policy) -> tuple[tuple[Number, str], ...]:
    """Return every number of a policy with its clause, in the policy's order."""
    return tuple((Number(section, name, values), clause) for section, name, clause, values in _numbers(policy))


def _order(clause: str) -> tuple[int, ...]:
    figures = "零一二三四五六七八九十"
    return tuple(figures.find(char) for char in clause if char in figures) or (len(figures),)


def _numbers(policy: Policy) -> Iterator[tuple[str, str, str, tuple[str, ...]]]:
    for label, section, inherited in _sections(policy, "", ""):
        for name in type(section).model_fields:
            value = getattr(section, name)
            is_text_list = isinstance(value, tuple) and all(isinstance(item, str) for item in value)
            if name in section.model_fields_set and (isinstance(value, Parameter) or (is_text_list and value)):
                yield (
                    label,
                    type(section).label(name),
                    section.clause_of(name) or inherited,
                    values_of(section, name, value),
                )
            for key, one in value.items() if isinstance(value, dict) else ():
                if isinstance(one, Parameter):
                    said = f"{type(section).label(name)} {key}"
                    yield label, said, one.clause or section.clause or inherited, values_of(section, name, one)


def _sections(entry: Any, label: str, inherited: str) -> Iterator[tuple[str, Section, str]]:  # noqa: ANN401 - any Entry, asked for its fields
    if isinstance(entry, Section):
        yield label, entry, inherited
        inherited = entry.clause or inherited
    for name in type(entry).model_fields:
        value = getattr(entry, name)
        for item in value if isinstance(value, tuple) else (value,):
            if isinstance(item, Section):
                yield from _sections(item, f"{label} {type(entry).label(name)}{_own_name(item)}".strip(), inherited)


def _own_name(section: Section) -> str:
    if isinstance(section, Conclusion):
        return "（未完成 " + "、".join(str(value) for _, value in section.unmet.values) + " 项）"
    name = getattr(section, "name", "") or getattr(section, "units", "")
    return f" {name}" if name else ""


def values_of(section: Section, name: str, value: Parameter[Any] | tuple[str, ...]) -> tuple[str, ...]:
    """Return the values of a section's field as people read them, each with its unit and from when on it holds."""
    if isinstance(value, tuple):
        return ("、".join(value),)
    if not value.values:
        return ("未定",)
    is_share = name in _SHARES or value.unit in _SHARE_UNITS or (_is_rate(section) and not value.unit)
    unit = "" if is_share else value.unit or ("元" if _is_money(section, name) else "")
    texts = ((day, _text(section, name, one, is_share=is_share)) for day, one in value.values)
    return tuple(
        (f"自 {day.isoformat()} 起 " if day != ALWAYS else "") + f"{text} {unit}".strip() for day, text in texts
    )


def _is_rate(section: Section) -> bool:
    """Whether a section is a plain rate, whose bounds are shares; of one per so many inhabitants they are not."""
    return isinstance(section, Indicator) and section.kind is IndicatorKind.RATE and section.per_units is None


def _text(section: Section, name: str, value: object, *, is_share: bool) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Rank):
        return value.label
    if isinstance(value, tuple):
        return "、".join(map(str, value))
    if _is_money(section, name) and isinstance(value, int):
        return money_text(value)
    if isinstance(value, Fraction):
        return f"{number_text(value * _PERCENT)}%" if is_share else number_text(value)
    return str(value)


def _is_money(section: Section, name: str) -> bool:
    """Whether a field is declared as money: then its values are 分."""
    declared = type(section).model_fields[name]
    marks = [
        *declared.metadata,
        *(mark for part in get_args(declared.annotation) for mark in getattr(part, "__metadata__", ())),
    ]
    return any(mark is get_args(MoneyParameter)[1] for mark in marks)


def _reading(name: str, parameter: Parameter[str]) -> Reading | None:
    known = setting(name)
    value = known.value_of(parameter.values[-1][1]) if known else None
    if known is None or value is None:
        return None
    others = tuple((short, sentence) for short, sentence in known.values.items() if short != value)
    return Reading(name, known.decides, value, known.values[value], others)
