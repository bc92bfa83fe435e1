"""参数: a number (or word) of a policy: values by date, with the clause that it rests on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import TYPE_CHECKING, Annotated, Any, Final, Generic, TypeVar

from xiaxiang.model.entry import Entry, converter, named
from xiaxiang.model.rank import Rank, parse_rank
from xiaxiang.model.scalar import (
    ScalarError,
    parse_count,
    parse_day,
    parse_money,
    parse_rate,
    parse_yes_no,
)

if TYPE_CHECKING:
    from pydantic import BeforeValidator


T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

VALUE_KEY: Final = "值"
CLAUSE_KEY: Final = "依据"
UNIT_KEY: Final = "单位"
ALWAYS: Final = date.min
UNSET: Final = frozenset({"未定", "未设定"})
"""How a policy says that its source leaves a number blank (20××年): it has no value on any day."""


@dataclass(frozen=True, slots=True)
class Parameter(Generic[T_co]):
    """A number (or word) of a policy: values by date, newest in force wins; unit; clause ("" = its section's).

    In YAML: `6` · `{2012-01-01: 4, 2025-01-01: 6}` · `{值: …, 单位: 次, 依据: 四（二）}` · `未定`: no value on any day
    """

    values: tuple[tuple[date, T_co], ...]
    clause: str = ""
    unit: str = ""

    def on(self, day: date) -> T_co | None:
        """Return the value in force on `day`, or None where it is not in force yet, or 未定 (never zero)."""
        if not self.values:
            return None
        newest_on, newest = self.values[-1]
        if newest_on <= day:
            return newest
        return next((value for from_on, value in reversed(self.values) if from_on <= day), None)

    @property
    def first_on(self) -> date | None:
        """The day the first value comes into force; None where the source leaves it blank (未定)."""
        return self.values[0][0] if self.values else None


def parameter_of(parse: Callable[[str], T]) -> Callable[[object], Parameter[T]]:
    """Return a function that reads a parameter from text or a mapping of texts. Raises ScalarError."""

    @wraps(parse)
    def read(raw: object) -> Parameter[T]:
        if isinstance(raw, Parameter):
            return raw
        if isinstance(raw, str):
            return Parameter(() if raw.strip() in UNSET else ((ALWAYS, parse(raw)),))
        if isinstance(raw, Mapping):
            if VALUE_KEY in raw:
                inner = read(raw[VALUE_KEY])
                return Parameter(inner.values, str(raw.get(CLAUSE_KEY, "")), str(raw.get(UNIT_KEY, "")))
            dated = sorted((parse_day(str(day)), parse(str(value))) for day, value in raw.items())
            if dated:
                return Parameter(tuple(dated))
        raise ScalarError("bad-parameter", "这里要写一个值", "写一个值，或写 {2024-01-01: 值} 按日期分段")

    return read


def parameter(parse: Callable[[str], Any]) -> BeforeValidator:
    """Return a validator that reads a parameter whose single values `parse` reads."""
    return converter(parameter_of(parse))


def parse_words(text: str) -> str:
    """Return text as it stands, trimmed. Raises ScalarError where it is empty."""
    if not text.strip():
        raise ScalarError("empty-value", "这里没有写内容", "写上内容，或删掉这一行")
    return text.strip()


def parse_months(text: str) -> tuple[int, ...]:
    """Return the months 1..12 in `text`, ascending (`1、4、7、10`). Raises ScalarError."""
    words = [word for word in text.replace("、", " ").replace(",", " ").replace("，", " ").split() if word]
    months = tuple(sorted({parse_count(word.removesuffix("月")) for word in words}))
    if not months or months[0] < 1 or months[-1] > 12:  # noqa: PLR2004 - months of a year
        raise ScalarError("bad-month", f"“{text}”不是月份", "写 1 到 12 之间的月份，例如 [1, 4, 7, 10]")
    return months


CountParameter = Annotated[Parameter[int], parameter(parse_count)]
MoneyParameter = Annotated[Parameter[int], parameter(parse_money)]
RateParameter = Annotated[Parameter[Any], parameter(parse_rate)]
YesNoParameter = Annotated[Parameter[bool], parameter(parse_yes_no)]
RankParameter = Annotated[Parameter[Rank], parameter(parse_rank)]
WordParameter = Annotated[Parameter[str], parameter(parse_words)]
MonthsParameter = Annotated[Parameter[tuple[int, ...]], parameter(parse_months)]


class Section(Entry):
    """A part of a policy. Its 依据 is the clause of every number in it that names none of its own."""

    clause: Annotated[str, named("依据", "条款")] = ""

    def clause_of(self, identifier: str) -> str:
        """Return the clause that a field of this section rests on: its own, else the section's."""
        parameter = getattr(self, identifier)
        own = parameter.clause if isinstance(parameter, Parameter) else ""
        return own or self.clause
