"""核定: approving a batch, and what becomes of it: the approved figures stand, what would be otherwise is told."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Final

from xiaxiang.assess.appraise import assess
from xiaxiang.assess.department import added_up, in_plan_order
from xiaxiang.assess.settlement_basis import basis_of, edits_since
from xiaxiang.assess.settlement_differences import differences
from xiaxiang.assess.totals import parts_of, totals_of
from xiaxiang.model.appraisal import Appraisal, DepartmentAppraisal
from xiaxiang.model.approved import Approval, ApprovedBatch, without_row
from xiaxiang.model.diagnostic import warning

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from xiaxiang.model.appraisal import BatchPart, PersonAppraisal
    from xiaxiang.model.batch import BatchName
    from xiaxiang.model.decision import Reason
    from xiaxiang.model.diagnostic import Diagnostic
    from xiaxiang.model.reading import ReadingUsed
    from xiaxiang.model.roster import Roster
    from xiaxiang.model.schedule import Schedule
    from xiaxiang.model.workspace import Workspace

_NEWCOMER: Final = "这一批已核定，核定里没有此人，金额不出"
_UNREADABLE: Final = "这一批的核定文件读不了，金额不出"


def by_batch(
    workspace: Workspace, roster: Roster, schedule: Schedule | None, whole: Appraisal
) -> dict[BatchName, Appraisal]:
    """Return each batch's part of a result with the readings that it alone rests on, to print beside its figures."""
    found: dict[BatchName, Appraisal] = {}
    for part in whole.parts:
        if part.batch is None:
            continue
        people = whole.people_of(part.batch)
        if part.approval is not None:
            readings = part.approval.readings
        else:
            rows = tuple(one.row for one in people)
            readings = assess(workspace, replace(roster, rows=rows), schedule)[0].readings
        found[part.batch] = Appraisal(whole.policy, people, part.departments, part.totals, readings, (part,))
    return found


def approve(
    workspace: Workspace, computed: Appraisal, batch: BatchName, readings: tuple[ReadingUsed, ...], on: date
) -> ApprovedBatch:
    """Return one batch of a computed result as it is approved; `readings` are those that the batch rests on."""
    people = computed.people_of(batch)
    departments = next((part.departments for part in computed.parts if part.batch == batch), ())
    rests_on = basis_of(workspace, batch, people, [one.setting for one in readings])
    policy = workspace.policy
    return ApprovedBatch(
        name=batch,
        approved_on=on,
        policy=policy.name,
        document=policy.document,
        people=tuple(_settled(person, on) for person in people),
        departments=tuple(replace(one, reward_reasons=_placeless(one.reward_reasons)) for one in departments),
        readings=readings,
        rests_on=rests_on,
    )


def _settled(person: PersonAppraisal, on: date) -> PersonAppraisal:
    """Return a person as the approval keeps them; where an entry stands in a file today is not kept."""
    money = person.allowance
    given = {field.name: getattr(person, field.name) for field in fields(person)}
    given |= {
        "allowance": replace(money, reasons=_placeless(money.reasons)) if money else None,
        "certificate_reasons": _placeless(person.certificate_reasons),
        "redispatch_reasons": _placeless(person.redispatch_reasons),
        "approved_on": on,
    }
    return without_row(**given)


def _placeless(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    return tuple(replace(one, position=None) for one in reasons)


def approval_of(workspace: Workspace, computed: Appraisal, approved: ApprovedBatch) -> Approval:
    """Return that a batch was approved, with what a computed result has otherwise and what was edited since."""
    name, people = approved.name, computed.people_of(approved.name)
    part = next((part.departments for part in computed.parts if part.batch == name), ())
    pairs = _paired(workspace, approved.people, people)
    differs = differences(pairs, _departments(workspace, approved), part)
    basis = basis_of(workspace, name, people, [one.setting for one in approved.readings])
    edits = edits_since(approved, basis) if differs else ()
    file = approved.places.file
    return Approval(name, approved.approved_on, file, approved.readings, differs, edits)


def standing(workspace: Workspace, computed: Appraisal) -> tuple[Appraisal, tuple[Diagnostic, ...]]:
    """Return a result in which approved batches have their approved figures, and a warning for each that differs.

    Papers (发放前提) are always those of the roster. Somebody whom the approval does not know, and everybody of a
    batch whose approval cannot be read, has no money. Where nothing was approved the result is the computed one.
    """
    batches = [part.batch for part in computed.parts]
    unsettled = [batch for batch in batches if {batch, None} & set(workspace.unsettled)]
    approved = {one.name: one for one in workspace.approved if one.name in batches and one.name not in unsettled}
    if not approved and not unsettled:
        return computed, ()
    approvals = {name: approval_of(workspace, computed, one) for name, one in approved.items()}
    people = _people(workspace, computed, approved, unsettled)
    settled = {part.batch: part.departments for part in computed.parts}
    settled |= {name: _departments(workspace, one) for name, one in approved.items()}
    settled |= {
        name: tuple(_without_money(workspace, one, computed.people_of(name)) for one in settled[name])
        for name in unsettled
    }
    parts = tuple(_with_approval(part, approvals) for part in parts_of(people, settled.__getitem__))
    departments = added_up(workspace, (part.departments for part in parts))
    totals = totals_of(people, departments)
    result = replace(computed, people=people, departments=departments, totals=totals, parts=parts)
    return result, tuple(_finding(one, approved[one.batch]) for one in approvals.values() if one.differences)


def _with_approval(part: BatchPart, approvals: Mapping[BatchName, Approval]) -> BatchPart:
    return replace(part, approval=approvals.get(part.batch)) if part.batch else part


def _people(
    workspace: Workspace,
    computed: Appraisal,
    approved: Mapping[BatchName, ApprovedBatch],
    unsettled: Iterable[BatchName | None],
) -> tuple[PersonAppraisal, ...]:
    """Return everybody in the roster's order; behind them those whom an approval has and the roster lacks."""
    stands: dict[int, PersonAppraisal] = {}
    missing: list[PersonAppraisal] = []
    for name, batch in approved.items():
        for kept, now in _paired(workspace, batch.people, computed.people_of(name)):
            if now is None and kept is not None:
                missing.append(kept)
            elif now is not None:
                stands[id(now)] = _standing(kept, now)
    without = set(unsettled)
    found = (stands.get(id(one), one) for one in computed.people)
    return tuple(_open(one, _UNREADABLE) if one.batch in without else one for one in (*found, *missing))


def _standing(kept: PersonAppraisal | None, now: PersonAppraisal) -> PersonAppraisal:
    if kept is None:
        return _open(now, _NEWCOMER)
    return replace(kept, department=now.department, release=now.release, row=now.row)


def _open(person: PersonAppraisal, why: str) -> PersonAppraisal:
    """Return somebody of whom no money is said, and why."""
    return replace(
        person,
        unmet=None,
        complete=False,
        grade=None,
        allowance=None,
        certificate=None,
        certificate_reasons=(),
        redispatch=None,
        redispatch_reasons=(),
        sanctions=(),
        reward_share=0,
        net=None,
        notes=(*person.notes, why),
        grade_reasons=(),
        approved_on=None,
    )


def _without_money(
    workspace: Workspace, one: DepartmentAppraisal, people: Iterable[PersonAppraisal]
) -> DepartmentAppraisal:
    """Return a department that waits for its people; one without any, for the file."""
    mine = (person for person in people if _present(workspace, person.department) == one.name)
    waiting = tuple(f"{person.name}（{one.name}）" for person in mine)
    return DepartmentAppraisal(one.name, one.people, 0, (), (), waiting or (_UNREADABLE,))


def _paired(
    workspace: Workspace, kept: Iterable[PersonAppraisal], now: Iterable[PersonAppraisal]
) -> list[tuple[PersonAppraisal | None, PersonAppraisal | None]]:
    """Return who is who, by 工号, else by name and department; None where one side lacks somebody."""
    left = list(kept)
    by_id = {one.id: one for one in left if one.id}
    by_name = {(_present(workspace, one.department), one.name): one for one in left}
    found: list[tuple[PersonAppraisal | None, PersonAppraisal | None]] = []
    used: set[int] = set()
    for person in now:
        same = by_id.get(person.id) if person.id else None
        same = same or by_name.get((_present(workspace, person.department), person.name))
        same = None if same is None or id(same) in used else same
        used |= {id(same)} if same else set()
        found.append((same, person))
    return [*found, *((one, None) for one in left if id(one) not in used)]


def _departments(workspace: Workspace, approved: ApprovedBatch) -> tuple[DepartmentAppraisal, ...]:
    """Return the approved departments under their present names, in the plan's order."""
    named = [replace(one, name=_present(workspace, one.name)) for one in approved.departments]
    return in_plan_order(workspace, named)


def _present(workspace: Workspace, name: str) -> str:
    department = workspace.plan.department(name)
    return department.name if department else name


def _finding(one: Approval, approved: ApprovedBatch) -> Diagnostic:
    count, day = len(one.differences), one.approved_on.isoformat()
    message = f"{one.batch.label} {day} 已核定，现在算出来有 {count} 处不同，仍以核定的为准"
    hint = f"核定的不用改就不理它；确实要改: xiaxiang 考核 --approve --batch {one.batch} --force"
    return warning("approved-differs", message, hint, approved.places.of("batch"))
