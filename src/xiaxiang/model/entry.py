"""What users write, field by field: one identifier, one Chinese name, and the other names that people type."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from functools import wraps
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from xiaxiang.model.position import NOWHERE, Places
from xiaxiang.model.scalar import (
    ScalarError,
    parse_count,
    parse_day,
    parse_money,
    parse_number,
    parse_yes_no,
)

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


def named(chinese: str, *also: str) -> Any:  # noqa: ANN401 - pydantic's FieldInfo is metadata here, of no use to types
    """Return the metadata of a field: its Chinese name (alias and label) and the other names that people type."""
    return Field(alias=chinese, json_schema_extra={"also": list(also)})


def converter(read: Callable[[Any], T]) -> BeforeValidator:
    """Return a validator that applies `read` and reports its ScalarError with our code, text and hint.

    What reads the text in the end can be asked for with `inspect.unwrap`: the JSON Schema follows from it.
    """

    @wraps(read)
    def convert(value: object) -> object:
        try:
            return read(value)
        except ScalarError as bad:
            # pydantic's own texts are never shown: the code is the stable part, text and hint are ours.
            raise PydanticCustomError(
                "scalar", "{text}", {"code": bad.code, "text": bad.message, "hint": bad.hint}
            ) from None

    return BeforeValidator(convert)


def scalar(parse: Callable[[str], T]) -> BeforeValidator:
    """Return a validator that turns the text a user wrote into a value and passes ready values through."""

    @wraps(parse)
    def read(value: Any) -> Any:  # noqa: ANN401 - text, or a value of the field's own type
        return parse(value) if isinstance(value, str) else value

    return converter(read)


Day = Annotated[date, scalar(parse_day)]
Count = Annotated[int, scalar(parse_count)]
Number = Annotated[Fraction, scalar(parse_number)]
Money = Annotated[int, scalar(parse_money)]
YesNo = Annotated[bool, scalar(parse_yes_no)]


class Entry(BaseModel):
    """A mapping that a user wrote. Frozen; remembers where each of its fields stands (`places`)."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        strict=True,
        validate_by_name=True,
        validate_by_alias=True,
        arbitrary_types_allowed=True,
        defer_build=True,
    )

    # Factories: pydantic copies a plain default deeply, for every entry anew.
    places: Places = Field(default_factory=lambda: NOWHERE, exclude=True, repr=False)
    extra: dict[str, str] = Field(default_factory=dict, exclude=True, repr=False)
    """Columns of a spreadsheet that no rule knows of, under their own names: carried along."""

    @classmethod
    def spellings(cls) -> dict[str, str]:
        """Return every accepted spelling of every field → its identifier, the Chinese name first."""
        table: dict[str, str] = {}
        for identifier, field in cls.model_fields.items():
            if field.alias is None:  # set by the program (places, an event's number), never written by users
                continue
            extra = field.json_schema_extra
            also = extra.get("also") if isinstance(extra, dict) else None
            for spelling in (field.alias, identifier, *(also if isinstance(also, list) else ())):
                table.setdefault(str(spelling), identifier)
        return table

    @classmethod
    def label(cls, identifier: str) -> str:
        """Return the Chinese name of a field: its label in messages, tables and documents."""
        return cls.model_fields[identifier].alias or identifier
