"""`xiaxiang schedule --diff`: what was announced beside what the rules would give now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xiaxiang.cli import console
from xiaxiang.cli.session import next_steps, tell_findings

if TYPE_CHECKING:
    from pathlib import Path

    from xiaxiang.model.batch import BatchName
    from xiaxiang.model.comparison import Comparison
    from xiaxiang.pipeline import Result


def print_diff(result: Result, year: int | None, plan: Path | None, *, as_json: bool) -> Result:
    """Print how the announced batches of `year` (of all years, without one) differ from what the rules give now.

    Returns the input with everything that was found on the way.
    """
    from xiaxiang.pipeline import add_results, without_published  # noqa: PLC0415 - not wanted by --help
    from xiaxiang.schedule.compare import compare  # noqa: PLC0415

    published = result.workspace.published if result.workspace else ()
    names = tuple(one.name for one in published if year in {None, one.name.year})
    comparison = None
    if names:
        years = frozenset(name.year for name in names)
        beyond = max(years) + 1  # where a department goes that leaves the announced batches
        after = add_results(without_published(result), beyond).schedule
        result = add_results(result, beyond)
        comparison = compare(result.schedule, after).of_years(years) if result.schedule and after else None
    if as_json:
        _print_json(result, names, comparison)
    else:
        tell_findings(result, with_notes=False)
        _print_text(result, names, comparison, plan)
    return result


def _print_json(result: Result, names: tuple[BatchName, ...], comparison: Comparison | None) -> None:
    from xiaxiang.render.json_common import with_diagnostics  # noqa: PLC0415 - not wanted by --help
    from xiaxiang.render.json_what_if import diff_json  # noqa: PLC0415

    console.say_json(with_diagnostics(diff_json(names, comparison), result.workspace, result.diagnostics))


def _print_text(result: Result, names: tuple[BatchName, ...], comparison: Comparison | None, plan: Path | None) -> None:
    from xiaxiang.render.text_comparison import edits_lines, slot_lines  # noqa: PLC0415 - as above
    from xiaxiang.render.text_heading import heading  # noqa: PLC0415

    if result.workspace is not None and not names:
        console.say("还没有公布过批次，没有可比的。\n")
        next_steps("xiaxiang 公布", plan=plan)
    if result.workspace is None or result.schedule is None or comparison is None:
        return
    width = console.width()
    lines = heading(result.workspace, f"公布过的 {len(names)} 批和现在排的", result.schedule.readings, width)
    if not (comparison.slots or comparison.new_sanctions or comparison.gone_sanctions):
        console.say("\n".join([*lines, "", f"公布的和现在排的一样（{'、'.join(map(str, names))}）。"]) + "\n")
    else:
        lines += ["", *slot_lines(result.workspace, comparison, ("公布的", "现在排的"), width=width)]
        lines += edits_lines(result.workspace, comparison, width=width)
        console.say("\n".join(lines) + "\n\n以公布的为准。公布错了的，改好计划以后重新公布。\n")
        changed = next((name for name in comparison.batches if name in names), names[-1])
        next_steps(f"xiaxiang 公布 --batch {changed} --force", plan=plan)
