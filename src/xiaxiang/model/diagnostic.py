"""诊断信息: what is wrong in the input, where, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from xiaxiang.model.position import Position


class Severity(StrEnum):
    """How much a finding matters: an error leaves its entry out, a warning and a note leave nothing out."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def label(self) -> str:
        """The word that users read."""
        return {"error": "错误", "warning": "提醒", "note": "说明"}[self.value]


_ORDER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding.

    `code` is kebab-case and stable; `message` is one Chinese sentence; `hint` says what to type.
    `left_out` names, for an error, the entry that the result does without ("变动登记第 3 条").
    """

    code: str
    severity: Severity
    message: str
    hint: str
    position: Position
    left_out: str = ""

    @property
    def is_error(self) -> bool:
        """Whether this finding makes the result a draft."""
        return self.severity is Severity.ERROR


def error(code: str, message: str, hint: str, position: Position, left_out: str = "") -> Diagnostic:
    """Return an error-level finding."""
    return Diagnostic(code, Severity.ERROR, message, hint, position, left_out)


def warning(code: str, message: str, hint: str, position: Position) -> Diagnostic:
    """Return a warning-level finding."""
    return Diagnostic(code, Severity.WARNING, message, hint, position)


def note(code: str, message: str, hint: str, position: Position) -> Diagnostic:
    """Return a note-level finding."""
    return Diagnostic(code, Severity.NOTE, message, hint, position)


def in_order(findings: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return the findings without repeats, by file, line and column, errors before the rest at one place."""
    table = {_place(one): one for one in findings}
    return tuple(table[place] for place in sorted(table))


def _place(one: Diagnostic) -> tuple[str | int, ...]:
    """Return what a finding is ordered and told apart by: plain values, which Python compares the fastest."""
    at = one.position
    place = (at.file, at.line, at.column, at.end_column)
    return (*place, _ORDER[one.severity], one.code, one.message, one.hint, one.left_out)
