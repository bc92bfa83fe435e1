"""`explain` for a department's turn, a person, a department: the schedule is made, the reasons are picked out of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from xiaxiang.cli import console
from xiaxiang.cli.options import JSON
from xiaxiang.cli.session import next_steps, quoted, tell_findings
from xiaxiang.cli.status import CallError
from xiaxiang.model.why import outcome_of, postings_of, turn_of, turn_why
from xiaxiang.pipeline import add_outlook, schedule_readings
from xiaxiang.render.json_common import with_diagnostics
from xiaxiang.render.json_why import department_json, nothing_json, person_json, turn_json
from xiaxiang.render.text_why import department_text, person_text, turn_text
from xiaxiang.schedule.why_person import person_why

if TYPE_CHECKING:
    from pathlib import Path

    from xiaxiang.cli.subjects import Subject
    from xiaxiang.model.batch import BatchName, BatchRef
    from xiaxiang.model.schedule import Schedule
    from xiaxiang.model.why import TurnWhy
    from xiaxiang.model.workspace import Workspace
    from xiaxiang.pipeline import Result
    from xiaxiang.render.json_common import Json


@dataclass(frozen=True, slots=True)
class Shown:
    """One explanation: what JSON adds, what the terminal prints, what usually comes next."""

    content: Json
    text: str
    steps: tuple[str, ...]


def explain_subject(result: Result, subject: Subject, year: int | None, output: str, plan: Path | None) -> Result:
    """Print why, for one subject, and return the result it was read from. Raises CallError for an unknown batch."""
    workspace = result.workspace
    name = batch_of(workspace, subject.batch, year) if workspace and subject.batch else None
    made = _scheduled(result, subject, name, year)
    if output != JSON:
        tell_findings(made, with_notes=False)
    shown = None
    if made.workspace is not None and made.schedule is not None:
        shown = _shown(made, made.workspace, made.schedule, subject, name)
    if output == JSON:
        content = nothing_json() | (shown.content if shown else {})
        console.say_json(with_diagnostics(content, made.workspace, made.diagnostics))
    elif shown is not None:
        console.say(f"{shown.text}\n")
        next_steps(*shown.steps, plan=plan)
    return made


def batch_of(workspace: Workspace, ref: BatchRef, year: int | None) -> BatchName:
    """Return the batch that is meant: of the year named, asked for, or of the first year that has it after the start.

    Raises CallError where no year has a batch of that number.
    """
    first = workspace.plan.starts_on.year
    name = ref.named_in(year or first, workspace.policy.months_of(ref.year or year or first))
    if name is None:
        raise CallError(f"没有批次“{ref.text}”", f"批次写成 {first}-1；全部批次: xiaxiang 排班 --year {first}")
    return name


def _scheduled(result: Result, subject: Subject, name: BatchName | None, year: int | None) -> Result:
    """Return the result with a schedule as long as the question needs: up to the department's next turn."""
    workspace = result.workspace
    if workspace is None:
        return result
    until = max([workspace.plan.starts_on.year, *(one.on.year for one in workspace.plan.events), year or 0])
    department = subject.department.name

    def comes_after(schedule: Schedule) -> bool:
        if name is None:
            return True
        here = schedule.batch(name)
        if here is None or any(one.department == department for one in here.postings):
            return True
        return any(one.batch.name > name for one in postings_of(schedule, department))

    return add_outlook(result, name.year if name else until, comes_after)


def _shown(made: Result, workspace: Workspace, schedule: Schedule, subject: Subject, name: BatchName | None) -> Shown:
    order = workspace.policy.rule("派遣顺序")
    department = subject.department.name
    if subject.person is not None:
        person = person_why(workspace, schedule, subject.department, subject.person)
        text = person_text(workspace, person, schedule.readings, width=console.width())
        return Shown({"people": [person_json(person)]}, text, (f"xiaxiang 解释 {quoted(department)}",))
    if name is not None:
        why = _turn(made, schedule, name, department)
        text = turn_text(workspace, why, schedule.readings, width=console.width())
        page = f"xiaxiang 出文 轮次说明 --batch {name} --department {quoted(department)} -o 轮次说明.docx"
        steps: tuple[str, ...] = (page if why.held else f"xiaxiang 解释 {quoted(department)}",)
        return Shown({"turns": [turn_json(why, order)]}, text, steps)
    turns = _turns(schedule, department)
    text = department_text(workspace, department, turns, schedule.readings, width=console.width())
    steps = tuple(f"xiaxiang 解释 {one.batch.name} {quoted(department)}" for one in turns[-1:])
    return Shown({"departments": [department_json(department, turns, order)]}, text, steps)


def _turn(made: Result, schedule: Schedule, name: BatchName, department: str) -> TurnWhy:
    """Return why, with what every other reading makes of the same turn. Raises CallError for an unknown batch."""
    why = turn_why(schedule, name, department)
    if why is None:
        first = schedule.batches[0].name if schedule.batches else None
        raise CallError(f"计划里没有批次“{name}”", f"第一批是 {first}，以后的年份也可以问" if first else "")
    turn = turn_of(why)
    return why if turn is None else replace(why, others=tuple(outcome_of(one, turn) for one in schedule_readings(made)))


def _turns(schedule: Schedule, department: str) -> list[TurnWhy]:
    """Return the batches in which a department went or came up and stayed."""
    found = (turn_why(schedule, batch.name, department) for batch in schedule.batches)
    return [one for one in found if one and (one.held or (one.missed and one.missed.passed))]
