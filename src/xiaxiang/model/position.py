"""Where something stands in a file that a user wrote."""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003 - pydantic resolves the annotations of Places when it runs
from dataclasses import dataclass, field
from typing import Final


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A span on one line of a file.

    `line`, `column` and `end_column` are 1-based and count Unicode characters (a tab is one);
    `end_column` is exclusive. In a spreadsheet `line` is the row and the columns span the cell.
    """

    file: str
    line: int
    column: int
    end_column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Places:
    """The spans of one entry's fields, so that a finding can point at the very value it is about.

    `spans` maps a field's identifier (or "" for the entry itself) to (line, column, end_column).
    A list-valued field also has one span per item under "identifier.0", "identifier.1", ….
    """

    file: str
    spans: Mapping[str, tuple[int, int, int]] = field(default_factory=dict)

    def of(self, name: str = "", index: int | None = None) -> Position:
        """Return where field `name` (or its item `index`) stands; the entry's own place if that is not known."""
        span = self.spans.get(name if index is None else f"{name}.{index}") or self.spans.get(name)
        line, column, end_column = span or self.spans.get("", (1, 1, 1))
        return Position(self.file, line, column, end_column)

    def known(self, name: str = "") -> Position | None:
        """Return where field `name` stands, None for an entry that was not read from a file."""
        return self.of(name) if self.file else None


COMMAND_LINE: Final = "命令行"
"""The file that words typed after a command stand in: findings point into it, results need not."""

NOWHERE = Places("")
"""Places of an entry that was not read from a file (built in a test, or proposed by the program)."""
