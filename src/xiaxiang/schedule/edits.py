"""What was edited since a batch was announced: its 依据的登记 beside what the plan now says."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from xiaxiang.schedule.basis import (
    CALENDAR,
    PEOPLE,
    basis_of,
    event_label,
    event_line,
    people_label,
    present,
    relevant_events,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from xiaxiang.model.event import Event
    from xiaxiang.model.position import Position
    from xiaxiang.model.published import Basis, PublishedBatch
    from xiaxiang.model.workspace import Workspace
    from xiaxiang.schedule.calendar import BatchDays
    from xiaxiang.schedule.state import Replay

_SHORT: Final = 40  # characters: longer contents are not repeated in a sentence
_FIELDS: Final = {
    "起始日期": "starts_on",
    "派遣顺序": "dispatch_order",
    "已派科室": "already_served",
    "受援单位": "recipient_units",
}


@dataclass(frozen=True, slots=True)
class Edit:
    """One edit: how it is told, where it stands now, and the workspace without it (where that can be had back)."""

    text: str
    position: Position | None = None
    undo: Callable[[Workspace], Workspace] | None = None


def edits_since(replay: Replay, fact: PublishedBatch, days: BatchDays) -> tuple[Edit, ...]:
    """Return what differs between what an announced batch rested on and what the plan now says, events first."""
    return (*_events(replay, fact, days), *_others(replay, fact, days))


def _is_event(one: Basis) -> bool:
    """Whether a line is an event's: its content begins with the 类型 that its label begins with."""
    return one.content.split(" ")[0] == one.label.split(" ")[0] and " " in one.content


def _events(replay: Replay, fact: PublishedBatch, days: BatchDays) -> Iterator[Edit]:
    then = [(present(replay, one.label), present(replay, one.content)) for one in fact.rests_on if _is_event(one)]
    left = Counter(line for _, line in then)
    added: list[Event] = []
    for event in relevant_events(replay, days):
        line = event_line(replay, event)
        if left[line]:
            left[line] -= 1
        else:
            added.append(event)
    gone = [(label, line) for label, line in then if left[line] and not left.subtract([line])]
    for event in added:
        label, line = event_label(replay, event), event_line(replay, event)
        former = next((one for one in gone if one[0] == label), None)
        if former is not None:
            gone.remove(former)
            yield Edit(f"{event.entry_label}由“{former[1]}”改成了“{line}”", event.places.known())
        else:
            yield Edit(f"新增了{event.entry_label}“{line}”", event.places.known(), _without(event))
    for _, line in gone:
        yield Edit(f"删去了变动登记“{line}”")


def _without(event: Event) -> Callable[[Workspace], Workspace]:
    def undo(workspace: Workspace) -> Workspace:
        return _with(workspace, events=tuple(one for one in workspace.plan.events if one is not event))

    return undo


def _others(replay: Replay, fact: PublishedBatch, days: BatchDays) -> Iterator[Edit]:
    then = {_label(replay, one.label): present(replay, one.content) for one in fact.rests_on if not _is_event(one)}
    now = {one.label: one.content for one in basis_of(replay, days) if not _is_event(one)}
    if not then:
        return
    for label in dict.fromkeys((*then, *now)):
        before, after = then.get(label), now.get(label)
        if before == after or (label.startswith(CALENDAR) and None in {before, after}):
            continue  # another month of the calendar: the days themselves are compared
        yield Edit(_told(label, before or "空", after or "空"), _where(replay, label), _undo(label, before))


def _label(replay: Replay, label: str) -> str:
    """Return what was written down then as it is called now: a department may have been renamed since."""
    lead, end = f"{PEOPLE}（", "）"
    if not label.startswith(lead):
        return label
    return lead + replay.book.department(label.removeprefix(lead).removesuffix(end)) + end


def _told(label: str, before: str, after: str) -> str:
    """Return how a change is told: with both contents where they are words, and short."""
    is_short = len(before) + len(after) <= _SHORT and not label.startswith((CALENDAR, PEOPLE))
    return f"{label}由“{before}”改成了“{after}”" if is_short else f"{label}有改动"


def _where(replay: Replay, label: str) -> Position | None:
    """Return where in the plan something stands; None for what stands in a policy or a calendar."""
    plan = replay.workspace.plan
    if label in _FIELDS:
        return plan.places.known(_FIELDS[label])
    if label.startswith("口径 "):
        name = label.removeprefix("口径 ")
        return plan.places.known(f"readings.{name}" if name in plan.readings else "readings")
    found = next((one for one in plan.departments if people_label(one) == label), None)
    return found.places.known() if found else None


def _undo(label: str, before: str | None) -> Callable[[Workspace], Workspace] | None:
    """Return how to have back what a label said, where its words are all there is to it."""
    if label in {"派遣顺序", "已派科室"}:
        names = tuple(name for name in (before or "").split("、") if name)
        return lambda workspace: _with(workspace, **{_FIELDS[label]: names})
    if before is None:
        return None
    if label == "起始日期":
        return lambda workspace: _with(workspace, starts_on=date.fromisoformat(before))
    if label.startswith("口径 "):
        name = label.removeprefix("口径 ")
        return lambda workspace: _with(workspace, readings={**workspace.plan.readings, name: before})
    return None


def _with(workspace: Workspace, **update: Any) -> Workspace:  # noqa: ANN401 - fields of a plan
    return replace(workspace, plan=workspace.plan.model_copy(update=update))
