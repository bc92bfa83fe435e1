"""重新下乡: the entry of 变动登记 that a result without one item met asks for, ready to paste."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final

from xiaxiang.model.batch import BatchName
from xiaxiang.model.event import Redispatch

if TYPE_CHECKING:
    from xiaxiang.model.appraisal import PersonAppraisal
    from xiaxiang.model.policy import Policy
    from xiaxiang.model.workspace import Workspace

_PLAIN: Final = re.compile(r"[\w·（）]+")


def redispatch_line(person: PersonAppraisal, workspace: Workspace) -> str:
    """Return the YAML line that sends a person again, in the batch after the assessed one.

    Its 日期 is the last day served: the event must be dated before that batch's handover. Raises ValueError
    for a person whose days are unknown; `redispatch` is never true of one.
    """
    if person.starts_on is None or person.ends_on is None:
        raise ValueError(person.name)
    assessed = person.batch or _batch_near(workspace.policy, person.starts_on)
    batch = _next(workspace.policy, assessed)
    department = workspace.plan.department(person.department)
    unique = department is None or len(department.find(person.name)) <= 1
    who = person.name if unique else person.id
    return (
        f"- {{类型: 重新下乡, 日期: {person.ends_on.isoformat()}, 批次: {batch},"
        f" 科室: {_quoted(person.department)}, 人员: {_quoted(who)}}}"
    )


def is_registered(person: PersonAppraisal, workspace: Workspace) -> bool:
    """Whether 变动登记 already has a 重新下乡 of this person from this posting on."""
    department = workspace.plan.department(person.department)
    return any(
        isinstance(event, Redispatch)
        and (person.starts_on is None or event.on >= person.starts_on)
        and workspace.plan.department(event.department) is department
        and event.person in {person.name, person.id}
        for event in workspace.plan.events
    )


def _quoted(text: str) -> str:
    """Return a text as YAML takes it inside braces; digits alone are quoted too, though our reader needs it not."""
    if _PLAIN.fullmatch(text) and not text.isascii():
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _next(policy: Policy, batch: BatchName) -> BatchName:
    months = policy.months_of(batch.year)
    return BatchName(batch.year, batch.number + 1) if batch.number < len(months) else BatchName(batch.year + 1, 1)


def _batch_near(policy: Policy, day: date) -> BatchName:
    """Return the batch whose handover month begins nearest to a posting's first day (a handover may be moved)."""
    found = [
        (abs((day - date(year, month, 1)).days), BatchName(year, number))
        for year in range(max(day.year - 1, 1), day.year + 2)
        for number, month in enumerate(policy.months_of(year), 1)
    ]
    return min(found)[1] if found else BatchName(day.year, 1)
