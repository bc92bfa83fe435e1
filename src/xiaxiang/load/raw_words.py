"""The words that can stand before a colon, and what they say about the value: prose, or something to be read exactly.

A full-width sign is a slip only where the grammar of the file needs a sign: `姓名：张三` is one,
`备注: 见：二楼` is not.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from xiaxiang.load.shapes import PROSE, Kind, shapes, spellings
from xiaxiang.model.event import EVENT_KINDS
from xiaxiang.model.parameter import CLAUSE_KEY, UNIT_KEY, VALUE_KEY
from xiaxiang.model.plan import Plan
from xiaxiang.model.policy import RULES, Policy
from xiaxiang.model.reading import SETTINGS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xiaxiang.model.entry import Entry

_FREE: Final = PROSE | {
    *("reason", "remark", "content", "indicator", "target", "every", "opinion", "consent", "item", "value", "title"),
    *("document", "routine", "office", "duty", "copied_to", "specialty", "education", "contact", "papers"),
}
"""Fields that hold free text, by identifier: whatever signs stand in them are meant."""


_OF_A_PARAMETER: Final = frozenset({VALUE_KEY, UNIT_KEY, CLAUSE_KEY, "value", "unit", "clause"})


@cache
def keys() -> frozenset[str]:
    """Return every word that is a key somewhere in a plan, in a file that a plan names, or in a policy."""
    words = {word for cls in _classes() for word in spellings(cls)}
    return frozenset(words | _OF_A_PARAMETER | set(RULES) | {one.name for one in SETTINGS})


def is_free(word: str) -> bool:
    """Whether the value of a key is free text, as far as anybody knows: nothing in it is a slip."""
    return word in _prose() or (word != "" and word not in keys())


@cache
def _prose() -> frozenset[str]:
    strict, free, lists, prose = set[str](), set[str](), set[str](), set[str]()
    for cls in _classes():
        for word, name in spellings(cls).items():
            if name in PROSE:
                prose.add(word)
            is_list = shapes(cls)[name].kind is Kind.ENTRIES
            (free if name in _FREE else lists if is_list else strict).add(word)
    # A list of sentences here may be one of entries there (目标): what stands in the entries has keys of its own.
    return frozenset((free | prose) - strict - (lists - prose))


@cache
def texts() -> frozenset[str]:
    """Return the keys whose value is a list of texts and never a list of mappings."""
    found: dict[str, set[bool]] = {}
    for cls in _classes():
        for word, name in spellings(cls).items():
            found.setdefault(word, set()).add(shapes(cls)[name].kind is Kind.TEXTS)
    return frozenset(word for word, kinds in found.items() if kinds == {True})


@cache
def _classes() -> tuple[type[Entry], ...]:
    found: dict[type[Entry], None] = {}
    waiting: list[type[Entry]] = [Plan, Policy, *EVENT_KINDS]
    while waiting:
        cls = waiting.pop()
        if cls not in found:
            found[cls] = None
            waiting.extend(_inside(cls))
    return tuple(found)


def _inside(cls: type[Entry]) -> Iterator[type[Entry]]:
    for shape in shapes(cls).values():
        if shape.kind in {Kind.ENTRY, Kind.ENTRIES}:
            yield shape.of
