"""Worked cases: each is assessed like any roster, and what came out stands beside what was expected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xiaxiang.assess.appraise import assess
from xiaxiang.assess.ledger import ledger
from xiaxiang.assess.table import assess_table
from xiaxiang.model.appraisal import PENDING
from xiaxiang.model.case import (
    ABSENT,
    CERTIFICATES,
    MONEY_ENDINGS,
    NOTHING,
    RELEASES,
    VERDICTS,
    YES_NO,
    CaseLine,
    CaseResult,
    is_posted,
)
from xiaxiang.model.number import number_text
from xiaxiang.model.scalar import money_text
from xiaxiang.model.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterable

    from xiaxiang.model.appraisal import Appraisal, PersonAppraisal
    from xiaxiang.model.appraisal_table import SubjectAppraisal
    from xiaxiang.model.calendar import WorkCalendar
    from xiaxiang.model.case import Case
    from xiaxiang.model.ledger import ClockResult
    from xiaxiang.model.policy import Policy
    from xiaxiang.model.rank import RankTable


def run_cases(
    policy: Policy, cases: Iterable[Case], calendar: WorkCalendar, ranks: RankTable
) -> tuple[CaseResult, ...]:
    """Return every case with expected and actual values side by side."""
    return tuple(_run(policy, case, calendar, ranks) for case in cases)


def _run(policy: Policy, case: Case, calendar: WorkCalendar, ranks: RankTable) -> CaseResult:
    workspace = Workspace(case.plan, policy, calendar, ranks)
    if not is_posted(policy):
        return _run_of_a_table(workspace, case)
    appraisal, found = assess(workspace, case.roster, None)
    of_person = _of_person(appraisal.people[0]) | _of_clocks(workspace, case)
    own = appraisal.people[0].department
    lines = tuple(
        CaseLine(one, of_person.get(one.key) or _of_department(appraisal, one.department or own, one.key))
        for one in case.expected
    )
    return CaseResult(case, lines, found)


def _of_clocks(workspace: Workspace, case: Case) -> dict[str, str]:
    """Return where the first person's days stand by each clock that the case asks for, in their best year."""
    asked = {one.name for one in workspace.policy.clocks} & {one.key for one in case.expected}
    last = max((row.ends_on for row in case.roster.rows if row.ends_on), default=None)
    if not asked or last is None:
        return {}
    account = ledger(workspace, None, case.roster, as_of=last).accounts[0]
    best: dict[str, ClockResult] = {}
    for one in account.clocks:
        if one.clock.name in asked and (one.clock.name not in best or one.value > best[one.clock.name].value):
            best[one.clock.name] = one
    return {name: result.standing for name, result in best.items()}


def _run_of_a_table(workspace: Workspace, case: Case) -> CaseResult:
    name = case.roster.rows[0].department or case.roster.rows[0].name
    appraisal, found = assess_table(workspace, case.roster, {name: case.earlier})
    subject = appraisal.subjects[0]
    funding = workspace.policy.funding
    names = (*(one.name for one in funding.per_unit), *(one.name for one in funding.funds))
    sums = () if subject.complete else names
    pending = {name + end: PENDING for name in sums for end in ("", *MONEY_ENDINGS)}
    actual = pending | _of_subject(subject)
    lines = tuple(CaseLine(one, actual.get(one.key, ABSENT)) for one in case.expected)
    return CaseResult(case, lines, found)


def _of_subject(subject: SubjectAppraisal) -> dict[str, str]:
    """Return everything a case may expect of a row of a table, by key, in the spelling of expectations."""
    found = {item.name: VERDICTS[item.met] for item in subject.items}
    found |= {f"{item.name}期限": item.due_on.isoformat() for item in subject.items if item.due_on}
    for line in subject.money:
        sums = (line.amount, line.withheld, line.paid)
        found |= {line.name + end: money_text(sum_) for end, sum_ in zip(("", *MONEY_ENDINGS), sums, strict=True)}
    return found | {
        "未完成": PENDING if subject.unmet is None else str(subject.unmet),
        "得分": PENDING if subject.score is None else number_text(subject.score),
        "等级": subject.grade or PENDING,
        "后果": "；".join(reason.text.partition("：")[2] for reason in subject.follows) or NOTHING,
    }


def _of_person(person: PersonAppraisal) -> dict[str, str]:
    """Return everything a case may expect of a person, by key, in the spelling of expectations."""
    allowance = person.allowance
    items = {item.name: VERDICTS[item.met] for item in person.items}
    return items | {
        "未完成": PENDING if person.unmet is None else str(person.unmet),
        "应发": money_text(allowance.due) if allowance else PENDING,
        "扣减": money_text(allowance.deducted) if allowance else PENDING,
        "补助": money_text(allowance.paid) if allowance else PENDING,
        "个人奖励": money_text(person.reward_share),
        "个人处罚": money_text(sum(charge.amount for charge in person.sanctions)),
        "实得": PENDING if person.net is None else money_text(person.net),
        "鉴定表": CERTIFICATES[person.certificate],
        "重新下乡": YES_NO[person.redispatch],
        "发放": RELEASES[person.release.state],
        "待发": "、".join(person.release.missing) or "无",
    }


def _of_department(appraisal: Appraisal, name: str, key: str) -> str:
    department = next((one for one in appraisal.departments if one.name == name), None)
    if department is None:
        return money_text(0)
    if key == "科室处罚":
        return money_text(department.sanction_total)
    return PENDING if department.pending else money_text(department.reward)
