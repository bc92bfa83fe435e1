"""派遣顺序 and 已派科室: every name a department of the plan, each once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xiaxiang.model.diagnostic import Diagnostic, error, warning
from xiaxiang.model.plan import Plan
from xiaxiang.model.similar import nearest_hint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xiaxiang.model.hospital import Department
    from xiaxiang.model.workspace import Workspace


def item_label(field: str, index: int, name: str) -> str:
    """Return how one item of 派遣顺序 or 已派科室 is named to users: `派遣顺序第 3 个（心内科）`."""
    return f"{Plan.label(field)}第 {index + 1} 个（{name}）"


def check_order_given(workspace: Workspace) -> Iterator[Diagnostic]:
    """派遣顺序 names at least one department, where the policy rotates departments."""
    if workspace.policy.rotation and not workspace.plan.dispatch_order:
        hint = "在“派遣顺序”下按先后写科室名称，每行前写“- ”"
        yield error(
            "no-dispatch-order", "“派遣顺序”是空的", hint, workspace.plan.places.of("dispatch_order"), "派遣顺序"
        )


def check_order_departments(workspace: Workspace) -> Iterator[Diagnostic]:
    """Every name in 派遣顺序 is a department, by its present or a former name."""
    yield from _unknown(workspace.plan, "dispatch_order")


def check_served_departments(workspace: Workspace) -> Iterator[Diagnostic]:
    """Every name in 已派科室 is a department, by its present or a former name."""
    yield from _unknown(workspace.plan, "already_served")


def check_order_repeats(workspace: Workspace) -> Iterator[Diagnostic]:
    """No department stands twice in 派遣顺序, under whatever name."""
    plan = workspace.plan
    known = _by_name(plan)
    seen: dict[str, int] = {}
    for index, name in enumerate(plan.dispatch_order):
        department = known.get(name)
        present = department.name if department else name
        if seen.setdefault(present, index) != index:
            message = f"科室“{name}”在派遣顺序里第 {seen[present] + 1} 个已经有了"
            at = plan.places.of("dispatch_order", index)
            yield error("repeated-in-order", message, "只留一处", at, item_label("dispatch_order", index, name))


def check_departments_not_in_order(workspace: Workspace) -> Iterator[Diagnostic]:
    """Every department that has people stands in 派遣顺序; one that does not never goes."""
    plan = workspace.plan
    known = _by_name(plan)
    ordered = {known[name].name for name in plan.dispatch_order if name in known}
    for department in plan.departments:
        if department.people and department.name not in ordered:
            message = f"科室“{department.name}”有人员，但不在“派遣顺序”里，不会轮到"
            at = department.places.of("name")
            yield warning("not-in-order", message, f"要轮到它，在“派遣顺序”里加一行“- {department.name}”", at)


def _by_name(plan: Plan) -> dict[str, Department]:
    """Return the department of every name, present or former; where two share one, the first, as the plan does."""
    known: dict[str, Department] = {}
    for department in plan.departments:
        for name in (department.name, *department.former_names):
            known.setdefault(name, department)
    return known


def _unknown(plan: Plan, field: str) -> Iterator[Diagnostic]:
    known = _by_name(plan)
    for index, name in enumerate(getattr(plan, field)):
        if name not in known:
            message = f"科室“{name}”没有在“科室”中登记"
            hint = nearest_hint(name, [one.name for one in plan.departments], "新科室先在“科室”中加一条")
            at = plan.places.of(field, index)
            yield error("unknown-department", message, hint, at, item_label(field, index, name))
