"""One person's result: items, what follows from them, and the money."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from xiaxiang.assess.allowance import allowance_of
from xiaxiang.assess.applicable import bounds_for
from xiaxiang.assess.attendance_days import posting_days
from xiaxiang.assess.columns import STARTS_ON
from xiaxiang.assess.conclusion import certificate_reasons, consequence_of, redispatch_reasons, unmet_of
from xiaxiang.assess.grade import Graded, Grounds, graded
from xiaxiang.assess.indicator import item_of
from xiaxiang.assess.reward import part_of
from xiaxiang.assess.run import Run, row_label
from xiaxiang.assess.sanctions import conclusion_charge, recall_charges
from xiaxiang.assess.score import total_of
from xiaxiang.model.appraisal import PersonAppraisal

if TYPE_CHECKING:
    from xiaxiang.assess.release import Gate
    from xiaxiang.assess.reward import Part
    from xiaxiang.assess.rules import Bounds, Consequence
    from xiaxiang.assess.subject import Subject
    from xiaxiang.model.appraisal import Allowance, Charge, Item, Release
    from xiaxiang.model.roster import RosterRow


@dataclass(frozen=True, slots=True)
class Assessed:
    """A person's result, with what it brings and costs the department."""

    person: PersonAppraisal
    part: Part | None = None
    department_charges: tuple[Charge, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a person's items come to. `consequence` is None until all that it rests on is known."""

    items: tuple[Item, ...]
    unmet: int | None
    consequence: Consequence | None
    allowance: Allowance | None
    share: int
    charges: tuple[Charge, ...]
    graded: Graded | None = None


def assess_person(run: Run, subject: Subject, gate: Gate) -> Assessed:
    """Return one person's result. Where an item is 未评定, nothing that follows from the items is said."""
    asked = bounds_for(run, subject)
    items = tuple(item_of(run, subject, bounds) for bounds in asked)
    unmet = unmet_of(items)
    found = None if unmet is None else consequence_of(run, subject, unmet)
    allowance, known = _allowance(run, subject, found)
    consequence = found if known else None
    part = part_of(run, subject, unmet if consequence else None)
    charges = recall_charges(run, subject)
    grade = _graded(run, subject, asked, items) if consequence else None
    outcome = Outcome(items, unmet, consequence, allowance, part.share if part else 0, charges.person, grade)
    own = conclusion_charge(subject, consequence) if consequence else ()
    person = _person(subject, outcome, gate.release_of(subject.row, (subject.stint.starts_on, subject.stint.ends_on)))
    if subject.row.attendance:
        person = replace(person, attendance=posting_days(run, subject.row, subject.stint.spans))
    return Assessed(person, part, charges.department + own)


def _person(subject: Subject, outcome: Outcome, release: Release) -> PersonAppraisal:
    consequence, items = outcome.consequence, outcome.items
    return PersonAppraisal(
        name=subject.row.name,
        id=subject.row.id,
        department=subject.department,
        batch=subject.stint.batch,
        starts_on=subject.stint.starts_on,
        ends_on=subject.stint.ends_on,
        items=items,
        unmet=outcome.unmet if consequence else None,
        complete=consequence is not None,
        grade=outcome.graded.grade.name if outcome.graded else None,
        allowance=outcome.allowance,
        release=release,
        certificate=consequence.certificate if consequence else None,
        certificate_reasons=certificate_reasons(consequence, items) if consequence else (),
        redispatch=consequence.redispatch if consequence else None,
        redispatch_reasons=redispatch_reasons(consequence, items) if consequence else (),
        sanctions=outcome.charges,
        reward_share=outcome.share,
        net=_net(outcome) if consequence else None,
        row=subject.row,
        notes=_notes(subject),
        grade_reasons=outcome.graded.reasons + outcome.graded.follows if outcome.graded else (),
    )


def _graded(run: Run, subject: Subject, asked: tuple[Bounds, ...], items: tuple[Item, ...]) -> Graded | None:
    """Return the grade of a posting; None where the policy has none. Years in a row are counted of units only."""
    if run.policy.assessment is None or not run.policy.assessment.grades:
        return None
    score, _ = total_of(items, asked)
    return graded(run.policy, subject.stint.term_from, Grounds(items, asked, score, ()))


def unknown_person(run: Run, row: RosterRow, gate: Gate) -> Assessed:
    """Return the result of a row whose posting is unknown: nothing can be said."""
    person = PersonAppraisal(
        name=row.name,
        id=row.id,
        department=run.department(row.department),
        batch=row.batch,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        items=(),
        unmet=None,
        complete=False,
        grade=None,
        allowance=None,
        release=gate.release_of(row),
        certificate=None,
        certificate_reasons=(),
        redispatch=None,
        redispatch_reasons=(),
        sanctions=(),
        reward_share=0,
        net=None,
        row=row,
        notes=("派驻起止不明",),
    )
    return Assessed(person)


def _allowance(run: Run, subject: Subject, consequence: Consequence | None) -> tuple[Allowance | None, bool]:
    """Return the allowance, and whether it is known: a policy without one pays none, and that is known."""
    if consequence is None:
        return None, False
    rule = subject.rules.allowance
    if rule is not None:
        allowance = allowance_of(run, subject, rule, consequence)
        return allowance, allowance is not None
    why = subject.rules.not_in_force.get("allowance")
    if why is None:
        return None, True
    message = f"个人补助{why}，{row_label(subject.row)}的补助待补"
    where = subject.row.places.of(STARTS_ON)
    run.warn("not-in-force", message, "核对派驻起止，或在制度里补上更早的值", where)
    return None, False


def _net(outcome: Outcome) -> int:
    paid = outcome.allowance.paid if outcome.allowance else 0
    return paid + outcome.share - sum(charge.amount for charge in outcome.charges)


def _notes(subject: Subject) -> tuple[str, ...]:
    """Return what a reader must know about the days served."""
    stint = subject.stint
    if not stint.partial:
        return ()
    return (f"在岗 {stint.days} 天（{stint.label}），全程 {stint.term_days} 天",)
