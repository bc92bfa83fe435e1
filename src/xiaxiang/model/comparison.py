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
    from xiaxiang.model.source import Source


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

    @property
    def announced(self) -> tuple[Notice, ...]:
        """The new notices that a 质控动态 must print, by its month."""
        found = (one for one in self.new_notices if one.published_on is not None)
        return tuple(sorted(found, key=lambda one: (one.published_on, one.on or one.published_on)))

    @property
    def consents(self) -> tuple[Notice, ...]:
        """The new notices about departments whose consent to a promotion is not recorded."""
        return tuple(one for one in self.new_notices if one.is_about_consents)

    @property
    def batches(self) -> tuple[BatchName, ...]:
        """The batches in which anything differs, in order."""
        notices = (one.batch for one in (*self.new_notices, *self.gone_notices))
        sanctions = (one.batch for one in (*self.new_sanctions, *self.gone_sanctions))
        named = (*(one.batch for one in self.slots), *notices, *sanctions)
        return tuple(sorted({name for name in named if name is not None}))

    def of_years(self, years: frozenset[int]) -> Comparison:
        """Return the part that belongs to `years`; a department's move belongs to the years of its batches."""
        moves = (one for one in self.moves if {name.year for name in {*one.before} ^ {*one.after}} & years)

        def within(batch: BatchName | None) -> bool:
            return batch is None or batch.year in years

        return Comparison(
            tuple(one for one in self.slots if within(one.batch)),
            tuple(moves),
            tuple(one for one in self.new_notices if within(one.batch)),
            tuple(one for one in self.gone_notices if within(one.batch)),
            tuple(one for one in self.new_sanctions if within(one.batch)),
            tuple(one for one in self.gone_sanctions if within(one.batch)),
        )


@dataclass(frozen=True, slots=True)
class ReadingComparison:
    """The same plan under one other value of one 口径, beside the schedule as it is."""

    setting: str
    value: str
    sentence: str
    source: Source
    comparison: Comparison
