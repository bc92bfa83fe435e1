"""The queue of turns: who is owed next. A turn that is passed over keeps its place."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from xiaxiang.model.decision import Reason


@dataclass(slots=True, eq=False)
class Turn:
    """轮次: the one duty of a department in a cycle, with what has happened to it so far."""

    cycle: int
    department: str
    history: list[Reason] = field(default_factory=list)


class Queue:
    """Turns in order. Cycle 1 starts without the departments that were already served before the plan."""

    def __init__(self, order: tuple[str, ...], already_served: Iterable[str]) -> None:
        """Start with cycle 1's turns in `order`, less `already_served`."""
        served = set(already_served)
        self.order = order
        self.cycle = 1
        self._turns = [Turn(1, name) for name in order if name not in served]

    def __iter__(self) -> Iterator[Turn]:
        """Yield the turns front to back, as they stand now."""
        return iter(tuple(self._turns))

    def __len__(self) -> int:
        return len(self._turns)

    def waiting(self) -> tuple[tuple[int, str], ...]:
        """Return cycle and department of every turn, front to back."""
        return tuple([(turn.cycle, turn.department) for turn in self._turns])

    def refill(self) -> tuple[Turn, ...]:
        """Append the next cycle's turns in order and return them."""
        self.cycle += 1
        added = [Turn(self.cycle, name) for name in self.order]
        self._turns.extend(added)
        return tuple(added)

    def use(self, turn: Turn) -> None:
        """Take a turn out: it has been served."""
        self._turns.remove(turn)

    def move_behind_cycle(self, turn: Turn) -> None:
        """Move a turn behind every turn of its cycle that is in the queue (调至最后一批)."""
        last = max(place for place, other in enumerate(self._turns) if other.cycle == turn.cycle)
        self._turns.remove(turn)
        self._turns.insert(last, turn)

    def earliest(self, department: str) -> Turn | None:
        """Return a department's earliest turn in the queue, or None."""
        return next((turn for turn in self._turns if turn.department == department), None)
