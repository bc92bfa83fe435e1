"""One event on one line, word by word: where each word stands, and what the plan knows it as."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from xiaxiang.load.ranks import load_ranks
from xiaxiang.load.yaml import Scalar
from xiaxiang.model.batch import parse_batch
from xiaxiang.model.event import RULING_WORDS
from xiaxiang.model.scalar import ScalarError, half_width, parse_day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xiaxiang.model.hospital import Person
    from xiaxiang.model.plan import Plan

_QUOTED: Final = r'"(?:[^"]|"")*"|“[^”]*”'
_PAIR: Final = re.compile(rf'(?P<label>[^\s"“”=＝:：，；,;]+)[=＝:：](?P<value>{_QUOTED}|[^\s]+)')
_VALUE: Final = re.compile(rf"(?P<value>{_QUOTED}|[^\s]+)")
_WORD: Final = re.compile(rf"(?P<value>{_QUOTED}|[^\s，；,;]+)")
_GAP: Final = re.compile(r"[\s，；,;]*")
_NEEDS_QUOTES: Final = re.compile(r'[\s"“]')
_LIKE_A_DAY: Final = re.compile(r"(?:\d{4}[-/.年])?\d{1,2}[-/.月]\d{1,2}[日号]?|\d{8}|\d{4}年\d{1,2}月\d{1,2}[日号]?")


class Line:
    """The words of one argument from left to right; whoever asks says whether a pair, a word or a value is meant."""

    def __init__(self, text: str, number: int) -> None:
        """Begin at the left. `number` is the line that findings are to name."""
        self.text, self.number = text, number
        self._at = 0

    def pair(self) -> tuple[Scalar, Scalar] | None:
        """Return `标签=值` as two scalars if that comes next."""
        match = self._next(_PAIR)
        return None if match is None else (self._scalar(match, "label"), self._scalar(match, "value"))

    def word(self) -> Scalar | None:
        """Return the next word, None at the end; ，and ； part words as spaces do."""
        match = self._next(_WORD)
        return None if match is None else self._scalar(match, "value")

    def value(self) -> Scalar | None:
        """Return what stands behind a label, up to the next space (or in quotes); None at the end."""
        match = self._next(_VALUE)
        return None if match is None else self._scalar(match, "value")

    def rest(self) -> Iterator[Scalar | tuple[Scalar, Scalar]]:
        """Yield words and pairs up to the end."""
        while (one := self.pair() or self.word()) is not None:
            yield one

    def _next(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        gap = _GAP.match(self.text, self._at)
        match = pattern.match(self.text, gap.end() if gap else self._at)
        if match is not None:
            self._at = match.end()
        return match

    def _scalar(self, match: re.Match[str], group: str) -> Scalar:
        text, (start, end) = match[group], match.span(group)
        quoted = len(text) > 1 and text[0] + text[-1] in {'""', "“”"}
        if quoted:
            text = text[1:-1].replace('""', '"') if text[0] == '"' else text[1:-1]
        return Scalar(text, self.number, start + 1, end + 1, quoted)


def as_value(text: str) -> str:
    """Return `text` as it is typed behind `标签=`: in quotes where it holds spaces or quotes."""
    return '"' + text.replace('"', '""') + '"' if _NEEDS_QUOTES.search(text) else text


@dataclass(frozen=True, slots=True)
class Known:
    """What a plan knows: people by name and by 工号 (each with the department), departments, units, titles."""

    people: dict[str, list[tuple[str, Person]]]
    departments: frozenset[str]
    units: frozenset[str]
    titles: frozenset[str]

    @classmethod
    def of(cls, plan: Plan) -> Known:
        """Collect the names of `plan`."""
        people: dict[str, list[tuple[str, Person]]] = {}
        for department in plan.departments:
            for person in department.people:
                for who in dict.fromkeys((person.name, person.id or person.name)):
                    people.setdefault(who, []).append((department.name, person))
        names = {name for one in plan.departments for name in (one.name, *one.former_names)}
        units = {name for one in plan.recipient_units for name in (one.name, one.short_name) if name}
        return cls(people, frozenset(names), frozenset(units), frozenset(load_ranks().ranks))

    def kind_of(self, word: Scalar, year: int) -> str:
        """Return what a word is by the plan or by its shape: day, batch, department … ; "" for none of them."""
        text = word.text.strip()
        if is_day(text):
            return "day"
        if is_batch(text):
            return "batch"
        for kind, names in (("department", self.departments), ("unit", self.units), ("person", self.people)):
            if text in names:
                return kind
        if text in RULING_WORDS:
            return "ruling"
        if text in self.titles:
            return "title"
        return "day" if is_day(text, year) or _LIKE_A_DAY.fullmatch(half_width(text)) else _by_shape(text)


def _by_shape(text: str) -> str:
    if text in {"有", "无", "没有", "是", "否"}:
        return "yes_no"
    if re.fullmatch(r"\d+(?:\.\d+)?天", half_width(text)):
        return "days"
    return "leave_kind" if text.endswith("假") else ""


def is_day(text: str, year: int | None = None) -> bool:
    """Whether `text` is a day in any notation; with `year` also one without a year."""
    try:
        parse_day(text, year=year)
    except ScalarError:
        return False
    return True


def is_batch(text: str) -> bool:
    """Whether `text` names a batch."""
    try:
        parse_batch(text)
    except ScalarError:
        return False
    return True
