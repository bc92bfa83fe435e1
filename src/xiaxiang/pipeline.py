"""The whole story: load → check → leave out → schedule → assess. It wires the verbs and prints nothing."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from xiaxiang.model.diagnostic import error, in_order

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from xiaxiang.model.appraisal import Appraisal, OtherReading, ReadingChange
    from xiaxiang.model.batch import BatchName
    from xiaxiang.model.comparison import ReadingComparison
    from xiaxiang.model.diagnostic import Diagnostic
    from xiaxiang.model.event import Event
    from xiaxiang.model.ledger import History, Ledger
    from xiaxiang.model.policy import Policy
    from xiaxiang.model.roster import Roster
    from xiaxiang.model.schedule import Schedule
    from xiaxiang.model.statistics import Statistics
    from xiaxiang.model.workspace import Workspace

LOOK_AHEAD: Final = 10
"""Years in which a department's next turn is looked for."""

LONGEST_REPLAY: Final = 50
"""Years. A schedule is replayed from 起始日期; a mistyped year must not keep anybody waiting."""

WITHOUT_WHICH_NOTHING: Final = frozenset({"no-recipient", "no-dispatch-order", "published-unreadable"})


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
    history: History | None = None
    ledger: Ledger | None = None
    statistics: Statistics | None = None

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
    # Without a recipient or an order there is nothing to compute, not even a draft (workspace.md); and what was
    # announced must not change because its file is damaged.
    hopeless = any(one.code in WITHOUT_WHICH_NOTHING for one in (*loaded.diagnostics, *found))
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


def add_roster(result: Result, roster: Path | None) -> Result:
    """Add the roster, where there is one, row by row; broken rows are left out aloud."""
    from xiaxiang.load import load_roster  # noqa: PLC0415

    if result.workspace is None or roster is None:
        return result
    rows, found, texts = load_roster(roster, result.workspace)
    return replace(with_findings(result, found), texts={**result.texts, **texts}, roster=rows)


def add_schedule_of_roster(result: Result, *years: int) -> Result:
    """Add the schedule from the plan's start to the last of `years` or the roster; none where nobody rotates."""
    if result.workspace is None or result.workspace.policy.rotation is None:
        return result
    return add_schedule_until(result, *years)


def add_schedule_until(result: Result, *years: int) -> Result:
    """Add the schedule from the plan's start to the last of `years` or the roster; an error where nobody rotates."""
    if result.workspace is None:
        return result
    return _schedule(result, _years(result.workspace, result.roster, years))


def add_results(result: Result, *years: int, strict: bool = False) -> Result:
    """Add the schedule from the plan's start to the last of `years` or the roster, and the roster's assessment.

    Approved batches have their approved figures. Under `strict` only where nothing is wrong.
    """
    from xiaxiang.assess import assess, standing  # noqa: PLC0415
    from xiaxiang.load.files import collector_at_rest  # noqa: PLC0415

    if result.workspace is None or (strict and result.has_errors):
        return result
    scheduled = add_schedule_of_roster(result, *years)
    if (result.workspace.policy.rotation and scheduled.schedule is None) or result.roster is None:
        return scheduled
    with collector_at_rest():  # a hundred thousand results would be walked through again and again
        computed, found = assess(result.workspace, result.roster, scheduled.schedule)
    appraisal, differing = standing(result.workspace, computed)
    return replace(with_findings(scheduled, (*found, *differing)), appraisal=appraisal)


def add_outlook(result: Result, year: int, is_enough: Callable[[Schedule], bool]) -> Result:
    """Add the schedule from the plan's start to `year`, and as many years beyond as `is_enough` asks for (a few)."""
    if result.workspace is None:
        return result
    first = result.workspace.plan.starts_on.year
    last = max(first, year)
    found = _schedule(result, tuple(range(first, last + 1)))
    for further in range(last + 1, last + LOOK_AHEAD + 1):
        if found.schedule is None or is_enough(found.schedule):
            break
        found = _schedule(result, tuple(range(first, further + 1)))
    return found


def schedule_readings(result: Result) -> tuple[ReadingComparison, ...]:
    """Return what each other reading that the schedule rests on would change in it."""
    from xiaxiang.schedule import other_readings  # noqa: PLC0415

    workspace, made = result.workspace, result.schedule
    if workspace is None or made is None or not made.batches:
        return ()
    return other_readings(workspace, tuple(range(workspace.plan.starts_on.year, made.batches[-1].name.year + 1)))


def suppose(result: Result, events: tuple[Event, ...]) -> Result:
    """Return the plan as it would be with `events` at the end of 变动登记, checked like the file's own.

    The findings are those about the new events alone; what is wrong in one of them leaves it out.
    """
    from xiaxiang.check import check, leave_out  # noqa: PLC0415 - pydantic is not wanted by --help

    workspace = result.workspace
    if workspace is None:
        return result
    plan = workspace.plan.model_copy(update={"events": (*workspace.plan.events, *events)})
    added = replace(workspace, plan=plan)
    files = {event.places.file for event in events}
    found = tuple(one for one in check(added) if one.position.file in files)
    return Result(found, result.texts, leave_out(added, found), result.year)


def without_published(result: Result, *names: BatchName) -> Result:
    """Return the same input as if the batches `names` (all, where none is named) had not been announced."""
    workspace = result.workspace
    if workspace is None:
        return result
    kept = tuple(one for one in workspace.published if names and one.name not in names)
    return Result(result.diagnostics, result.texts, replace(workspace, published=kept), result.year)


def without_approved(result: Result) -> Result:
    """Return the same input as if nothing had been approved: its results are those computed now."""
    if result.workspace is None:
        return result
    return replace(result, workspace=replace(result.workspace, approved=(), unsettled=()))


def batch_by_batch(result: Result) -> dict[BatchName, Appraisal]:
    """Return each batch's part of the one assessment: its people, departments and totals, and its own readings."""
    from xiaxiang.assess import by_batch  # noqa: PLC0415

    if result.workspace is None or result.roster is None or result.appraisal is None:
        return {}
    return by_batch(result.workspace, result.roster, result.schedule, result.appraisal)


def under_two_policies(
    plan: Path, roster: Path, before: Policy, after: Policy, *, allow_outside: bool = False
) -> tuple[ReadingChange, ...]:
    """Return whose result is another under the second policy, with the same plan and roster."""
    from xiaxiang.assess.readings import changes  # noqa: PLC0415

    loaded = read(plan, allow_outside=allow_outside)
    if loaded.workspace is None:
        return ()
    under = (replace(loaded, workspace=replace(loaded.workspace, policy=policy)) for policy in (before, after))
    now, then = (add_results(add_roster(one, roster)).appraisal for one in under)
    return () if now is None or then is None else changes(now, then)


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
        return with_findings(result, (error("no-rotation", what, "换一个有轮换的制度，或在制度里写上“轮换”", place),))
    try:
        if years and max(years) > first + LONGEST_REPLAY:
            what = f"从起始日期到 {max(years)} 年超过 {LONGEST_REPLAY} 年"
            place = workspace.plan.places.of("starts_on")
            return with_findings(result, (error("too-many-years", what, "改“起始日期”，或换一个年份", place),))
        made = schedule(workspace, years or (first,))
        # The first batch of a plan that starts late in a year belongs to the next one.
        return replace(result, schedule=made if years or made.batches else schedule(workspace, (first + 1,)))
    except NotInForceError as gap:
        place = workspace.plan.places.of("policy")
        return with_findings(result, (error("not-in-force", str(gap), gap.hint, place),))


def _years(workspace: Workspace, roster: Roster | None, asked: tuple[int, ...]) -> tuple[int, ...]:
    """Return every year from the plan's start to the last that is asked for or that the roster can speak of."""
    first = workspace.plan.starts_on.year
    rows = roster.rows if roster else ()
    spoken_of = [row.batch.year for row in rows if row.batch] + [row.ends_on.year for row in rows if row.ends_on]
    reachable = (year for year in spoken_of if year <= first + LONGEST_REPLAY)
    last = max((*asked, *reachable), default=None)
    return () if last is None else tuple(range(first, max(first, last) + 1))


def with_findings(result: Result, found: tuple[Diagnostic, ...]) -> Result:
    """Add findings, and to the workspace the names of the entries that they leave out."""
    workspace = result.workspace
    if workspace is not None:
        names = (*workspace.left_out, *(one.left_out for one in found if one.left_out))
        workspace = replace(workspace, left_out=tuple(dict.fromkeys(names)))
    return replace(result, workspace=workspace, diagnostics=in_order((*result.diagnostics, *found)))
