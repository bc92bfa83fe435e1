"""The whole story: load → check → leave out → schedule → assess. It wires the verbs and prints nothing."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from xiaxiang.model.diagnostic import error, in_order

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from xiaxiang.model.appraisal import Appraisal, OtherReading
    from xiaxiang.model.batch import BatchName
    from xiaxiang.model.diagnostic import Diagnostic
    from xiaxiang.model.roster import Roster
    from xiaxiang.model.schedule import Schedule
    from xiaxiang.model.workspace import Workspace

LONGEST_REPLAY: Final = 50
"""Years. A schedule is replayed from 起始日期; a mistyped year must not keep anybody waiting."""

WITHOUT_WHICH_NOTHING: Final = frozenset({"no-recipient", "no-dispatch-order"})


@dataclass(frozen=True, slots=True)
class Result:
    """What one run has come to: findings always, and as much of the rest as the input allowed."""

    diagnostics: tuple[Diagnostic, ...]
    texts: Mapping[str, str] = field(default_factory=dict)
    workspace: Workspace | None = None
    year: int | None = None
    schedule: Schedule | None = None
    roster: Roster | None = None
    appraisal: Appraisal | None = None

    @property
    def has_errors(self) -> bool:
        """Whether anything in the input is wrong, so that the result is a draft or missing."""
        return any(one.is_error for one in self.diagnostics)


def read(plan: Path, *, allow_outside: bool = False, despite_slips: bool = False) -> Result:
    """Load and check a plan; broken entries are left out of the workspace and named in it.

    A file with slips of the input method is read as it was meant, so that all else that is wrong is found too; but
    there is no workspace, unless `despite_slips`: nobody's money rests on what a program thinks was meant.
    """
    from xiaxiang.check import check, leave_out  # noqa: PLC0415 - pydantic is not wanted by --help
    from xiaxiang.load import load_workspace  # noqa: PLC0415
    from xiaxiang.load.raw_signs import TRAP_CODES  # noqa: PLC0415

    loaded = load_workspace(plan, allow_outside=allow_outside)
    if loaded.workspace is None:
        return Result(loaded.diagnostics, loaded.texts)
    found = check(loaded.workspace)
    # Without a recipient or an order there is nothing to compute, not even a draft (workspace.md).
    hopeless = any(one.code in WITHOUT_WHICH_NOTHING for one in found)
    hopeless = hopeless or (not despite_slips and any(one.code in TRAP_CODES for one in loaded.diagnostics))
    workspace = None if hopeless else leave_out(loaded.workspace, found)
    return Result(in_order((*loaded.diagnostics, *found)), loaded.texts, workspace)


def add_schedule(result: Result, year: int | None = None, *, strict: bool = False) -> Result:
    """Add the schedule of `year`, or of the year of the first batch. Under `strict` only where nothing is wrong."""
    if result.workspace is None or (strict and result.has_errors):
        return replace(result, year=year)
    scheduled = _schedule(result, (year,) if year else ())
    batches = scheduled.schedule.batches if scheduled.schedule else ()
    first = batches[0].name.year if batches else result.workspace.plan.starts_on.year
    return replace(scheduled, year=year or first)


def add_roster(result: Result, roster: Path) -> Result:
    """Add the roster, row by row; broken rows are left out aloud."""
    from xiaxiang.load import load_roster  # noqa: PLC0415

    if result.workspace is None:
        return result
    rows, found, texts = load_roster(roster, result.workspace)
    return replace(_with(result, found), texts={**result.texts, **texts}, roster=rows)


def add_results(result: Result, *years: int, strict: bool = False) -> Result:
    """Add the schedule from the plan's start to the last of `years` or the roster, and the roster's assessment.

    Under `strict` only where nothing is wrong.
    """
    from xiaxiang.assess import assess  # noqa: PLC0415

    if result.workspace is None or (strict and result.has_errors):
        return result
    rotates = result.workspace.policy.rotation is not None
    scheduled = _schedule(result, _years(result.workspace, result.roster, years)) if rotates else result
    if (rotates and scheduled.schedule is None) or result.roster is None:
        return scheduled
    appraisal, found = assess(result.workspace, result.roster, scheduled.schedule)
    return replace(_with(scheduled, found), appraisal=appraisal)


def batch_by_batch(result: Result) -> dict[BatchName, Appraisal]:
    """Return the assessment of each batch of the roster alone: departments, totals and readings of that batch."""
    from xiaxiang.assess import assess  # noqa: PLC0415

    workspace, roster, whole = result.workspace, result.roster, result.appraisal
    if workspace is None or roster is None or whole is None:
        return {}
    names = sorted({one.batch for one in whole.people if one.batch})
    rows = {name: tuple(one.row for one in whole.people if one.batch == name) for name in names}
    return {name: assess(workspace, replace(roster, rows=rows[name]), result.schedule)[0] for name in names}


def other_readings(result: Result) -> tuple[OtherReading, ...]:
    """Return the same assessment under every other reading that it rests on; nothing where there is none."""
    from xiaxiang.assess import under_other_readings  # noqa: PLC0415

    if result.workspace is None or result.roster is None or result.appraisal is None:
        return ()
    return under_other_readings(result.workspace, result.roster, result.schedule)


def _schedule(result: Result, years: tuple[int, ...]) -> Result:
    """Add the schedule of `years`; of the year of the first batch where none is given."""
    from xiaxiang.schedule import NotInForceError, schedule  # noqa: PLC0415

    workspace = result.workspace
    if workspace is None:
        return result
    first = workspace.plan.starts_on.year
    if workspace.policy.rotation is None:
        what = f"制度“{workspace.policy.name}”没有“轮换”，排不出班"
        place = workspace.plan.places.of("policy")
        return _with(result, (error("no-rotation", what, "换一个有轮换的制度，或在制度里写上“轮换”", place),))
    try:
        if years and max(years) > first + LONGEST_REPLAY:
            what = f"从起始日期到 {max(years)} 年超过 {LONGEST_REPLAY} 年"
            place = workspace.plan.places.of("starts_on")
            return _with(result, (error("too-many-years", what, "改“起始日期”，或换一个年份", place),))
        made = schedule(workspace, years or (first,))
        # The first batch of a plan that starts late in a year belongs to the next one.
        return replace(result, schedule=made if years or made.batches else schedule(workspace, (first + 1,)))
    except NotInForceError as gap:
        place = workspace.plan.places.of("policy")
        return _with(result, (error("not-in-force", str(gap), "在制度里补上这个数，或改“起始日期”", place),))


def _years(workspace: Workspace, roster: Roster | None, asked: tuple[int, ...]) -> tuple[int, ...]:
    """Return every year from the plan's start to the last that is asked for or that the roster can speak of."""
    first = workspace.plan.starts_on.year
    rows = roster.rows if roster else ()
    spoken_of = [row.batch.year for row in rows if row.batch] + [row.ends_on.year for row in rows if row.ends_on]
    reachable = (year for year in spoken_of if year <= first + LONGEST_REPLAY)
    last = max((*asked, *reachable), default=None)
    return () if last is None else tuple(range(first, max(first, last) + 1))


def _with(result: Result, found: tuple[Diagnostic, ...]) -> Result:
    """Add findings, and to the workspace the names of the entries that they leave out."""
    workspace = result.workspace
    if workspace is not None:
        names = (*workspace.left_out, *(one.left_out for one in found if one.left_out))
        workspace = replace(workspace, left_out=tuple(dict.fromkeys(names)))
    return replace(result, workspace=workspace, diagnostics=in_order((*result.diagnostics, *found)))
