"""A value that carries its reasons: explanations are printed from them, never computed again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from xiaxiang.model.position import Position
    from xiaxiang.model.source import Source

T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Reason:
    """One fact with its numbers, the clause it applies, and the entry of the user's file that caused it."""

    text: str
    source: Source | None = None
    position: Position | None = None


@dataclass(frozen=True, slots=True)
class Decision(Generic[T_co]):
    """A value and at least one reason for it. `None` means "not in force on that day", and says so."""

    value: T_co
    reasons: tuple[Reason, ...]
