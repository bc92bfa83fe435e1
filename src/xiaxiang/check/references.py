"""变动登记: every department, person and recipient unit that an event names is one of the plan's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xiaxiang.model.diagnostic import Diagnostic, error
from xiaxiang.model.event import Assignment, Donation, Event, Incident, Leave, Promotion, Recall, Redispatch, Trainee
from xiaxiang.model.similar import nearest_hint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xiaxiang.model.plan import Plan
    from xiaxiang.model.workspace import Workspace

DEPARTMENT_FIELDS = ("department", "substitute_department")


def check_event_departments(workspace: Workspace) -> Iterator[Diagnostic]:
    """Every 科室 and 接替科室 of an event is a department, by its present or a former name."""
    plan = workspace.plan
    names = [one.name for one in plan.departments]
    for event in plan.events:
        for field in DEPARTMENT_FIELDS:
            name = getattr(event, field, "")
            if name and plan.department(name) is None:
                message = f"科室“{name}”没有在“科室”中登记"
                hint = nearest_hint(name, names, "新科室先在“科室”中加一条")
                yield error("unknown-department", message, hint, event.places.of(field), event.entry_label)


def check_event_people(workspace: Workspace) -> Iterator[Diagnostic]:
    """Every person an event names is one person of its department (of all, where it names none)."""
    for event in workspace.plan.events:
        if isinstance(event, (Assignment, Redispatch, Promotion, Leave, Recall)):
            yield from _person(workspace.plan, event, "person", event.department)
        elif isinstance(event, Incident):
            yield from _person(workspace.plan, event, "person", event.department)
            yield from _person(workspace.plan, event, "substitute", event.substitute_department or event.department)


def check_event_recipients(workspace: Workspace) -> Iterator[Diagnostic]:
    """Every 受援单位 an event names is one of the plan's, by its name or 简称."""
    units = workspace.plan.recipient_units
    known = {name for unit in units for name in (unit.name, unit.short_name) if name}
    for event in workspace.plan.events:
        if isinstance(event, (Donation, Trainee)) and event.recipient_unit not in known:
            message = f"受援单位“{event.recipient_unit}”没有在计划里登记"
            hint = nearest_hint(event.recipient_unit, known, "要和计划的“受援单位”一致")
            yield error("unknown-recipient", message, hint, event.places.of("recipient_unit"), event.entry_label)


def _person(plan: Plan, event: Event, field: str, department: str) -> Iterator[Diagnostic]:
    """Yield what is wrong with one name; nothing where its department is unknown, which is said elsewhere."""
    who = getattr(event, field)
    known = plan.department(department) if department else None
    if not who or (department and known is None):
        return
    searched = (known,) if known else plan.departments
    found = [one.name for one in searched for _ in one.find(who)]
    if len(found) == 1:
        return
    at, where = event.places.of(field), f"科室“{known.name}”" if known else "计划"
    if found:
        hint = "把姓名换成工号" if known else "加一行“科室: ……”，说明是哪个科室的"
        yield error("ambiguous-person", f"{where}里不止一个“{who}”", hint, at, event.entry_label)
        return
    elsewhere = [one.name for one in plan.departments if one.find(who)]
    names = [person.name for one in searched for person in one.people]
    hint = nearest_hint(who, names, "新来的人先在“人员”中加一条")
    if elsewhere:
        hint = f"“{who}”在科室“{elsewhere[0]}”，改正科室或姓名"
    yield error("unknown-person", f"{where}里没有“{who}”", hint, at, event.entry_label)
