"""比较: two schedules of the same plan side by side: what was announced, or what is, against what would be.

Used by `schedule --diff` (published against computed), `what-if` (present against supposed) and other readings.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xiaxiang.model.batch import BatchName
    from xiaxiang.model.decision import Reason
    from xiaxiang.model.schedule import Notice, Posting, Sanction


@dataclass(frozen=True, slots=True)
class SlotChange:
    """One slot that differs. Either side is empty where the slot is not there; `because` says why the new side is."""

    batch: BatchName
    slot: int
    before: tuple[Posting, ...]
    after: tuple[Posting, ...]
    because: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Move:
    """A department whose postings moved: the batches it held before and holds after, within the span compared."""

    department: str
    before: tuple[BatchName, ...]
    after: tuple[BatchName, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that differs between two schedules, in order of batch and slot; empty where nothing does."""

    slots: tuple[SlotChange, ...] = ()
    moves: tuple[Move, ...] = ()
    new_notices: tuple[Notice, ...] = ()
    gone_notices: tuple[Notice, ...] = ()
    new_sanctions: tuple[Sanction, ...] = ()
    gone_sanctions: tuple[Sanction, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether the two schedules say the same."""
        return not (self.slots or self.new_notices or self.gone_notices or self.new_sanctions or self.gone_sanctions)
