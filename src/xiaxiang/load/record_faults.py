"""What is wrong in a file of records, in bulk: one finding per column and text, with how often and in which rows."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from xiaxiang.model.diagnostic import Diagnostic, Severity, note
from xiaxiang.model.position import Position

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from xiaxiang.load.files import Reader

SHOWN: Final = 10
"""Texts of one column that are told one by one; of the others the rows are counted."""
LINES: Final = 3
"""Rows of a finding that are named."""

Place = tuple[int, int]
"""A row's line and the index of a cell."""
Span = tuple[int, int, int]
"""Line, column and exclusive end column."""


class Fault(NamedTuple):
    """What is wrong with a text wherever it stands in a column: a code, a sentence, what to do."""

    code: str
    message: str
    hint: str
    severity: Severity = Severity.ERROR


@dataclass(slots=True)
class _Group:
    fault: Fault
    index: int
    lines: list[int] = field(default_factory=list)
    count: int = 0


@dataclass(slots=True)
class Faults:
    """The faults of one file while it is read. Memory does not grow with the number of faults."""

    _groups: dict[tuple[int, str], _Group] = field(default_factory=dict)
    _shown: Counter[int] = field(default_factory=Counter)
    _hidden: Counter[int] = field(default_factory=Counter)

    def add(self, index: int, text: str, line: int, why: Callable[[], Fault]) -> None:
        """Count the text of a cell that cannot be used; `why` is asked only where that will be shown."""
        group = self._groups.get((index, text))
        if group is None and self._shown[index] >= SHOWN:
            self._hidden[index] += 1
            return
        if group is None:
            group = self._groups[index, text] = _Group(why(), index)
            self._shown[index] += 1
        group.count += 1
        if len(group.lines) < LINES:
            group.lines.append(line)

    def add_all(self, index: int, text: str, lines: list[int], count: int, fault: Fault) -> None:
        """Keep one finding about many rows: the first lines of them and how many there are. It is always told."""
        told = fault._replace(message=f"{fault.message}（{_rows_text(lines, count)}）")
        self._groups[index, text] = _Group(told, index, lines, 1)

    def places(self) -> set[Place]:
        """Return the cells at which something will be said."""
        return {(group.lines[0], group.index) for group in self._groups.values()}

    def report(self, reader: Reader, file: str, spans: Mapping[Place, Span], header: Mapping[int, Position]) -> None:
        """Hand over the findings: of each column how many are not shown, then the others at their first cells."""
        for group in self._groups.values():
            at = Position(file, *spans[group.lines[0], group.index])
            rows = _rows_text(group.lines, group.count)
            left_out = f"工作记录{rows}" if group.fault.severity is Severity.ERROR else ""
            more = f"；共 {group.count:,} 行: {rows}" if group.count > 1 else ""
            message = group.fault.message + more
            reader.report(Diagnostic(group.fault.code, group.fault.severity, message, group.fault.hint, at, left_out))
        for index, count in self._hidden.items():
            told = sum(group.count for group in self._groups.values() if group.index == index)
            name = header[index]
            message = f"这一列共 {told + count:,} 行有问题，下面只列前 {SHOWN} 种写法"
            reader.report(note("more-rows", message, "先改列出来的，再检查一次", name))


def _rows_text(lines: Iterable[int], count: int) -> str:
    numbers = "、".join(str(line) for line in lines)
    return f"第 {numbers} 行" + ("等" if count > LINES else "")
