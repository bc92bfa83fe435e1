"""From the words of a call to the batch that is to be announced, and how it differs from an earlier announcement."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from xiaxiang.cli.status import CallError
from xiaxiang.load.files import PUBLISHED_FOLDER
from xiaxiang.model.comparison import Comparison
from xiaxiang.model.position import NOWHERE
from xiaxiang.pipeline import add_results, without_published
from xiaxiang.schedule.compare import compare
from xiaxiang.schedule.publication import publication

if TYPE_CHECKING:
    from datetime import date

    from xiaxiang.model.batch import BatchName, BatchRef
    from xiaxiang.model.published import PublishedBatch
    from xiaxiang.model.schedule import Batch, Schedule
    from xiaxiang.model.workspace import Workspace
    from xiaxiang.pipeline import Result


@dataclass(frozen=True, slots=True)
class Announcement:
    """A batch as it would be announced now, with its file; `before` is what was announced, if anything.

    `comparison` is what differs from that in the batch's year. `skipped` are earlier batches, not over yet, that
    nobody announced.
    """

    workspace: Workspace
    schedule: Schedule
    batch: PublishedBatch
    path: Path
    before: PublishedBatch | None
    comparison: Comparison
    skipped: tuple[BatchName, ...]

    @property
    def is_same(self) -> bool:
        """Whether just this was announced before."""
        return self.before is not None and _content(self.before) == _content(self.batch)

    @property
    def has_errors(self) -> bool:
        """Whether the batch carries an error-level notice (an empty slot, nobody to send)."""
        from xiaxiang.schedule import has_errors  # noqa: PLC0415

        mine = tuple(one for one in self.schedule.notices if one.batch == self.batch.name)
        return has_errors(replace(self.schedule, notices=mine))


def announce(result: Result, file: Path, ref: BatchRef | None, year: int | None, today: date) -> Announcement:
    """Return the batch that `ref` names (the next one not announced, where it is None). Raises CallError."""
    last = max(today.year, year or 0, (ref.year or 0) if ref else 0) + 1
    present = _scheduled(result, last)
    workspace = _workspace(present)
    name = _name(present, ref, year, today)
    before = next((one for one in workspace.published if one.name == name), None)
    fresh = present if before is None else _scheduled(without_published(result, name), last)
    schedule = _schedule(fresh)
    comparison = Comparison()
    if before is not None:
        comparison = compare(_schedule(present), schedule).of_years(frozenset({name.year}))
    path = file.parent / PUBLISHED_FOLDER / f"{name}.yaml" if before is None else Path(before.places.file)
    published = {one.name for one in workspace.published}
    skipped = (
        one.name for one in schedule.batches if one.name < name and one.name not in published and one.ends_on >= today
    )
    made = publication(_workspace(fresh), schedule, name, today)
    return Announcement(_workspace(fresh), schedule, made, path, before, comparison, tuple(skipped))


def _scheduled(result: Result, year: int) -> Result:
    """Return the schedule from the plan's start to `year`. Raises CallError where there is none."""
    made = add_results(result, year)
    if made.schedule is None:
        hint = next((f"{one.message}；{one.hint}" for one in made.diagnostics if one.is_error), "")
        raise CallError("排不出班，没有公布", hint)
    return made


def _schedule(result: Result) -> Schedule:
    if result.schedule is None:
        raise ValueError(result)
    return result.schedule


def _workspace(result: Result) -> Workspace:
    if result.workspace is None:
        raise ValueError(result)
    return result.workspace


def _name(result: Result, ref: BatchRef | None, year: int | None, today: date) -> BatchName:
    """Return the batch meant: in the year given, else the next that is not over; without a name not announced yet."""
    workspace, batches = _workspace(result), _schedule(result).batches
    published = {one.name for one in workspace.published}

    def is_meant(one: Batch) -> bool:
        if year is not None and one.name.year != year:
            return False
        if ref is None:
            return one.name not in published and (one.ends_on >= today or year is not None)
        months = workspace.policy.months_of(one.name.year)
        named = year is not None or ref.year is not None or one.ends_on >= today
        return named and ref.named_in(one.name.year, months) == one.name

    found = next((one.name for one in batches if is_meant(one)), None)
    if found is not None:
        return found
    known = "、".join(str(one.name) for one in batches if one.name not in published and one.ends_on >= today)
    hint = f"还没有公布的有 {known}" if known else "用 --batch 写明哪一批，例如 2024-2"
    raise CallError(f"没有批次“{ref.text}”" if ref else "没有要公布的批次", hint)


def _content(one: PublishedBatch) -> PublishedBatch:
    """Return what was announced, without when, on what grounds and where it is written."""
    return replace(one, published_on=one.handover_on, rests_on=(), places=NOWHERE)
