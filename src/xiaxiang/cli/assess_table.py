"""`xiaxiang assess FILE --policy NAME`: a table of units, teams, departments or people, without a plan."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from xiaxiang.cli import console
from xiaxiang.cli.options import JSON
from xiaxiang.cli.session import next_steps, quoted, status_of
from xiaxiang.cli.settle import write_table_settlement
from xiaxiang.cli.status import CallError

_PEOPLE: Final = "人员"

if TYPE_CHECKING:
    from xiaxiang.cli.settle import Shown
    from xiaxiang.model.diagnostic import Diagnostic
    from xiaxiang.model.policy import Policy
    from xiaxiang.pipeline_records import Files
    from xiaxiang.pipeline_table import TableResult


def assess_a_table(
    file: Path,
    name: str,
    history: Path | None,
    files: Files,
    shown: Shown,
    into: Path | None,
    *,
    force: bool,
    strict: bool,
) -> int:
    """Print the assessment of a table under a policy, or write it `into` a file, and return the exit status."""
    from xiaxiang.pipeline_records import assess_people  # noqa: PLC0415 - not wanted by --help
    from xiaxiang.pipeline_table import add_other_readings, assess_file  # noqa: PLC0415

    policy = _policy(name)
    if files.named and policy.subject != _PEOPLE:
        what = f"制度“{policy.name}”考核的是{policy.subject}，工作记录和考勤表说的是人员"
        raise CallError(what, "去掉 --records 和 --attendance，或换一个考核人员的制度")
    if history is None and policy.assessment and policy.assessment.grades:
        history = _grades_beside(file.parent)
    if files.named:
        result = assess_people(file, policy, history, files, strict=strict)
    else:
        result = assess_file(file, policy, history, strict=strict)
    if shown.readings and (into is None or shown.output == JSON):
        result = add_other_readings(result)
    if shown.output == JSON:
        _print_json(result, readings=shown.readings)
    elif into is not None:
        _tell(result.diagnostics, result.texts)
    else:
        _print_table(result, name, shown)
    if into is not None:
        write_table_settlement(result, into, shown, force=force)
    named = (file, *files.named, *([history] if history else []))
    return status_of(result.diagnostics, *named, strict=strict)


def _grades_beside(folder: Path) -> Path | None:
    """Return the file beside the table that holds the grades of earlier years; None where there is none."""
    from xiaxiang.load.grade_history import has_grades  # noqa: PLC0415 - not wanted by --help

    stems = ("往年等级", "grades", "history")
    names = (folder / f"{stem}{ending}" for stem in stems for ending in (".csv", ".xlsx", ".xls"))
    return next((one for one in names if one.is_file() and has_grades(one)), None)


def _policy(name: str) -> Policy:
    """Return the policy of that name or file. Raises CallError where there is none."""
    from xiaxiang.load.policies import builtin_policies, load_policy  # noqa: PLC0415

    policy, found = load_policy(name, Path())
    if policy is None:
        _tell(found, {})
        hint = f"内置制度有 {'、'.join(builtin_policies())}；自己的写文件名。一览: xiaxiang 制度 list"
        raise CallError(f"没有可用的制度“{name}”", hint)
    return policy


def _print_json(result: TableResult, *, readings: bool) -> None:
    from xiaxiang.render.json_assess import other_readings_json  # noqa: PLC0415
    from xiaxiang.render.json_common import with_diagnostics  # noqa: PLC0415
    from xiaxiang.render.json_subjects import subjects_json  # noqa: PLC0415

    content = subjects_json(result.appraisal)
    if readings:
        content["other_readings"] = other_readings_json(result.others)
    console.say_json(with_diagnostics(content, result.workspace, result.diagnostics))


def _print_table(result: TableResult, name: str, shown: Shown) -> None:
    from xiaxiang.render.text_readings import other_readings_text  # noqa: PLC0415
    from xiaxiang.render.text_settlement import balance_lines  # noqa: PLC0415
    from xiaxiang.render.text_subjects import subjects_text  # noqa: PLC0415

    _tell(result.diagnostics, result.texts)
    if result.appraisal is None or result.workspace is None:
        return
    document = result.workspace.policy.document
    console.say(subjects_text(document, result.appraisal, explain=shown.explain, width=console.width()) + "\n")
    if result.appraisal.balance is not None and result.appraisal.balance.lines:
        console.say("\n".join(balance_lines(result.appraisal.balance, width=console.width())) + "\n\n")
    if shown.readings:
        console.say(other_readings_text(result.workspace, result.others, width=console.width()) + "\n")
    again = f"{shown.call} --policy {quoted(name)}"
    more = [f"{again} {one}" for one in shown.options_left if result.appraisal.readings or one != "--readings"]
    next_steps(*more, f"{again} -o 结算.xlsx", f"xiaxiang 制度 show {name}")


def _tell(found: tuple[Diagnostic, ...], texts: object) -> None:
    from xiaxiang.model.diagnostic import Severity  # noqa: PLC0415
    from xiaxiang.render.text_diagnostics import diagnostics_text  # noqa: PLC0415

    shown = [one for one in found if one.severity is not Severity.NOTE and one.position.file]
    if shown:
        console.tell(diagnostics_text(shown, texts if isinstance(texts, dict) else {}, width=console.width()) + "\n")
