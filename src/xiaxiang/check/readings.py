"""口径 of a plan: names and values that the engine knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xiaxiang.model.diagnostic import Diagnostic, error
from xiaxiang.model.reading import SETTINGS, setting
from xiaxiang.model.similar import nearest_hint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xiaxiang.model.workspace import Workspace


def reading_label(name: str) -> str:
    """Return how one 口径 of the plan is named to users."""
    return f"口径“{name}”"


def check_reading_names(workspace: Workspace) -> Iterator[Diagnostic]:
    """Every 口径 of the plan is one that the engine knows."""
    names = [one.name for one in SETTINGS]
    for name in workspace.plan.readings:
        if setting(name) is None:
            hint = nearest_hint(name, names, "口径有 " + "、".join(names))
            at = workspace.plan.places.of(f"readings.{name}.name")
            yield error("unknown-reading", f"没有“{name}”这一口径", hint, at, reading_label(name))


def check_reading_values(workspace: Workspace) -> Iterator[Diagnostic]:
    """Every 口径 of the plan has one of its values, by short name or sentence."""
    for name, text in workspace.plan.readings.items():
        known = setting(name)
        if known is not None and known.value_of(text) is None:
            hint = nearest_hint(text, known.values, "可以写 " + "、".join(known.values))
            at = workspace.plan.places.of(f"readings.{name}")
            message = f"口径“{name}”没有“{text}”这种取法"
            yield error("unknown-reading-value", message, hint, at, reading_label(name))
