"""What shape each field of an entry has on paper: one text, a list, a mapping; asked once per class."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from functools import cache
from types import UnionType
from typing import Annotated, Any, Final, Union, get_args, get_origin

from xiaxiang.model.entry import Entry
from xiaxiang.model.hospital import RecipientUnit, Unit
from xiaxiang.model.parameter import Parameter
from xiaxiang.model.plan import Member, Task


class Kind(Enum):
    """How a field is written."""

    TEXT = auto()
    ENTRY = auto()
    ENTRIES = auto()
    TEXTS = auto()
    TEXTS_BY_NAME = auto()
    PARAMETER = auto()
    PARAMETERS = auto()

    @property
    def words(self) -> str:
        """How users are told to write it."""
        if self in {Kind.TEXT, Kind.PARAMETER}:
            return "一个值"
        return "列表，每条前写“- ”" if self in {Kind.ENTRIES, Kind.TEXTS} else "几行“名称: 值”"


@dataclass(frozen=True, slots=True)
class Shape:
    """The kind of a field, and the class of its entries or of its value."""

    kind: Kind
    of: type


SHORT_FORMS: Final[dict[type[Entry], str]] = {Unit: "name", RecipientUnit: "name", Member: "name", Task: "content"}
"""Entries for which text alone will do, and the field that it is."""

PROSE: Final = frozenset({"basis", "goals"})
"""Lists of sentences: a lone text is one sentence, whatever 、 it holds."""


@cache
def spellings(cls: type[Entry]) -> dict[str, str]:
    """Return `cls.spellings()`, computed once."""
    return cls.spellings()


@cache
def words(cls: type[Entry]) -> frozenset[str]:
    """Return every accepted spelling of every field, to look for the nearest among them."""
    return frozenset(spellings(cls))


@cache
def labels(cls: type[Entry]) -> tuple[str, ...]:
    """Return the Chinese names of the fields that users may write, in the order declared."""
    return tuple(field.alias for field in cls.model_fields.values() if field.alias)


@cache
def field_labels(cls: type[Entry]) -> dict[str, str]:
    """Return the Chinese name of every field, by identifier; the identifier itself where it has none."""
    return {name: cls.label(name) for name in cls.model_fields}


@cache
def shapes(cls: type[Entry]) -> dict[str, Shape]:
    """Return the shape of every field that users may write, by identifier."""
    return {name: _shape(field.annotation) for name, field in cls.model_fields.items() if field.alias}


@cache
def text_fields(cls: type[Entry]) -> frozenset[str]:
    """Return the identifiers of the fields that are written as one text."""
    return frozenset(name for name, shape in shapes(cls).items() if shape.kind is Kind.TEXT)


@cache
def required(cls: type[Entry]) -> tuple[str, ...]:
    """Return the identifiers of the fields that must be written."""
    return tuple(name for name, field in cls.model_fields.items() if field.is_required())


@cache
def fields_of(cls: type[Entry], of: type) -> frozenset[str]:
    """Return the identifiers of the fields that hold one value of type `of` (date, BatchRef)."""
    return frozenset(name for name, shape in shapes(cls).items() if shape == Shape(Kind.TEXT, of))


def _shape(annotation: Any) -> Shape:  # noqa: ANN401 - any annotation of a field
    bare = _bare(annotation)
    origin, arguments = get_origin(bare), get_args(bare)
    if origin is tuple:
        item = _bare(arguments[0])
        return Shape(Kind.ENTRIES if issubclass(item, Entry) else Kind.TEXTS, item)
    if origin is dict:
        value = _bare(arguments[1])
        is_parameter = value is Parameter or get_origin(value) is Parameter
        return Shape(Kind.PARAMETERS if is_parameter else Kind.TEXTS_BY_NAME, str)
    if bare is Parameter or origin is Parameter:
        return Shape(Kind.PARAMETER, Parameter)
    if isinstance(bare, type) and issubclass(bare, Entry):
        return Shape(Kind.ENTRY, bare)
    return Shape(Kind.TEXT, bare if isinstance(bare, type) else str)


def _bare(annotation: Any) -> Any:  # noqa: ANN401 - any annotation of a field
    """Return an annotation without Annotated[…] and without `| None`."""
    while True:
        if get_origin(annotation) is Annotated:
            annotation = get_args(annotation)[0]
        elif get_origin(annotation) in {Union, UnionType}:
            kept = [part for part in get_args(annotation) if part is not type(None)]
            if len(kept) > 1:
                return str
            annotation = kept[0]
        else:
            return annotation
