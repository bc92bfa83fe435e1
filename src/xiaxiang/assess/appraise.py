"""The whole of an assessment: subjects, people, departments, totals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xiaxiang.assess.changes import changes_of
from xiaxiang.assess.department import Ledger, added_up
from xiaxiang.assess.person import assess_person, unknown_person
from xiaxiang.assess.release import Gate
from xiaxiang.assess.run import Run
from xiaxiang.assess.sanctions import refusal_charges
from xiaxiang.assess.subject import Subjects
from xiaxiang.assess.totals import parts_of, totals_of
from xiaxiang.model.appraisal import Appraisal
from xiaxiang.model.diagnostic import Diagnostic, in_order

if TYPE_CHECKING:
    from xiaxiang.assess.person import Assessed
    from xiaxiang.model.roster import Roster
    from xiaxiang.model.schedule import Schedule
    from xiaxiang.model.workspace import Workspace


def assess(workspace: Workspace, roster: Roster, schedule: Schedule | None) -> tuple[Appraisal, tuple[Diagnostic, ...]]:
    """Return the result of a roster, people in its order, with what was found wrong on the way.

    The schedule gives postings that the roster leaves out and the refusals' sanctions; None where there is none.
    """
    run = Run(workspace, roster, schedule)
    subjects = Subjects(run, changes_of(run)).all()
    gate = Gate(run)
    ledger = Ledger()
    found: list[Assessed] = []
    for row, subject in zip(roster.rows, subjects, strict=True):
        one = unknown_person(run, row, gate) if subject is None else assess_person(run, subject, gate)
        if subject is not None:
            ledger.dispatched(one.person.batch, subject.department, one.part)
            ledger.charge(one.person.batch, subject.department, one.department_charges)
        found.append(one)
    people = tuple(one.person for one in found)
    for batch, department, charge in refusal_charges(run, (person.batch for person in people if person.batch)):
        ledger.charge(batch, department, (charge,))
    parts = parts_of(people, lambda batch: ledger.of_batch(run, batch))
    departments = added_up(workspace, (part.departments for part in parts))
    totals = totals_of(people, departments)
    appraisal = Appraisal(run.policy.name, people, departments, totals, run.readings_used(), parts)
    return appraisal, in_order(run.findings)
