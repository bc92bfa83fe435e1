"""What is left of a workspace without its broken entries: the rest is computed, and says what it does without."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from xiaxiang.check.events import issue_label
from xiaxiang.check.order import item_label
from xiaxiang.check.readings import reading_label
from xiaxiang.check.references import DEPARTMENT_FIELDS
from xiaxiang.model.hospital import Department, person_label

if TYPE_CHECKING:
    from collections.abc import Iterable

    from xiaxiang.model.diagnostic import Diagnostic
    from xiaxiang.model.event import Event
    from xiaxiang.model.plan import Plan
    from xiaxiang.model.position import Places, Position
    from xiaxiang.model.workspace import Workspace


def leave_out(workspace: Workspace, findings: Iterable[Diagnostic]) -> Workspace:
    """Return the workspace without the entries that error findings name, and with their names in `left_out`.

    Former names of departments become the present ones, so that whoever comes after knows one name for each.
    """
    out: dict[str, set[Position]] = {}
    for finding in findings:
        if finding.is_error and finding.left_out:
            out.setdefault(finding.left_out, set()).add(finding.position)
    plan = _with_present_names(_without(workspace.plan, out))
    return replace(workspace, plan=plan, left_out=tuple(dict.fromkeys((*workspace.left_out, *out))))


def _without(plan: Plan, out: dict[str, set[Position]]) -> Plan:
    if not out:
        return plan
    update: dict[str, Any] = {
        "departments": tuple(
            _with_people_kept(one, out) for one in plan.departments if not _is_out(f"科室“{one.name}”", one.places, out)
        ),
        "events": tuple(one for one in plan.events if not _is_out(one.entry_label, one.places, out)),
        "documents": tuple(one for one in plan.documents if not _is_out(issue_label(one), one.places, out)),
        "readings": {name: text for name, text in plan.readings.items() if reading_label(name) not in out},
    }
    for field in ("dispatch_order", "already_served"):
        names = getattr(plan, field)
        update[field] = tuple(name for index, name in enumerate(names) if item_label(field, index, name) not in out)
    return plan.model_copy(update=update)


def _with_people_kept(department: Department, out: dict[str, set[Position]]) -> Department:
    people = tuple(
        one for one in department.people if not _is_out(person_label(one.name, department.name), one.places, out)
    )
    same = len(people) == len(department.people)
    return department if same else department.model_copy(update={"people": people})


def _is_out(label: str, places: Places, out: dict[str, set[Position]]) -> bool:
    """Whether a finding names this very entry: two people may share a label, but not the place."""
    if label not in out:
        return False
    return any(places.of(name) in out[label] for name in ("", *places.spans))


def _with_present_names(plan: Plan) -> Plan:
    present = {old: one.name for one in plan.departments for old in one.former_names}
    for one in plan.departments:
        present.pop(one.name, None)
    if not present:
        return plan
    update: dict[str, Any] = {
        field: tuple(dict.fromkeys(present.get(name, name) for name in getattr(plan, field)))
        for field in ("dispatch_order", "already_served")
    }
    update["events"] = tuple(_event_with_present_names(event, present) for event in plan.events)
    return plan.model_copy(update=update)


def _event_with_present_names(event: Event, present: dict[str, str]) -> Event:
    update = {field: present[name] for field in DEPARTMENT_FIELDS if (name := getattr(event, field, "")) in present}
    return event.model_copy(update=update) if update else event
