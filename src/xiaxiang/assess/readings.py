"""--readings: the same run under the other readings beside it: who changes, and by how much."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from xiaxiang.assess.appraise import assess
from xiaxiang.model.appraisal import OtherReading, ReadingChange
from xiaxiang.model.reading import setting

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xiaxiang.model.appraisal import Appraisal, DepartmentAppraisal, PersonAppraisal
    from xiaxiang.model.reading import ReadingUsed
    from xiaxiang.model.roster import Roster
    from xiaxiang.model.schedule import Schedule
    from xiaxiang.model.workspace import Workspace

OF_THE_SCHEDULE: Final = frozenset({"拒派处罚"})
"""Readings that the schedule has already applied: a new schedule would be needed to vary them."""


def under_other_readings(workspace: Workspace, roster: Roster, schedule: Schedule | None) -> tuple[OtherReading, ...]:
    """Return, for each reading that the run rests on and each other value of it, what would change."""
    now, _ = assess(workspace, roster, schedule)
    return tuple(
        _other(workspace, roster, schedule, now, used, value)
        for used in now.readings
        if schedule is None or used.setting not in OF_THE_SCHEDULE
        for value in _other_values(used)
    )


def _other_values(used: ReadingUsed) -> tuple[str, ...]:
    known = setting(used.setting)
    return tuple(value for value in known.values if value != used.value) if known else ()


def _other(
    workspace: Workspace,
    roster: Roster,
    schedule: Schedule | None,
    now: Appraisal,
    used: ReadingUsed,
    value: str,
) -> OtherReading:
    readings = {**workspace.plan.readings, used.setting: value}
    varied = replace(workspace, plan=workspace.plan.model_copy(update={"readings": readings}))
    then, _ = assess(varied, roster, schedule)
    known = setting(used.setting)
    sentence = known.values[value] if known else value
    return OtherReading(used.setting, value, sentence, used.source, changes(now, then))


def changes(now: Appraisal, then: Appraisal) -> tuple[ReadingChange, ...]:
    """Return who and which departments come out otherwise, people first, in the roster's order."""
    return (*_people(now, then), *_departments(now, then))


def _people(now: Appraisal, then: Appraisal) -> Iterator[ReadingChange]:
    for before, after in zip(now.people, then.people, strict=True):
        if _outcome(before) != _outcome(after):
            verdicts = {item.name: item.met for item in before.items}
            items = tuple(
                (item.name, verdicts.get(item.name), item.met)
                for item in after.items
                if item.met != verdicts.get(item.name)
            )
            unmet, net = (before.unmet, after.unmet), (before.net, after.net)
            yield ReadingChange(before.department, before.name, unmet, net, items)


def _outcome(person: PersonAppraisal) -> tuple[object, ...]:
    return person.unmet, person.net, person.certificate, person.redispatch, tuple(item.met for item in person.items)


def _departments(now: Appraisal, then: Appraisal) -> Iterator[ReadingChange]:
    after = {department.name: department for department in then.departments}
    for before in now.departments:
        other = after.get(before.name)
        net = _net(before), _net(other) if other else None
        if net[0] != net[1]:
            yield ReadingChange(before.name, "", (None, None), net)


def _net(department: DepartmentAppraisal) -> int | None:
    """Return a department's net in 分; None while its reward waits for somebody's assessment."""
    return None if department.pending else department.net
