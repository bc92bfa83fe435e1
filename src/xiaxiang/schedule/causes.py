"""published-differs: which edit it is that an announced batch differs by, found by leaving edits out."""

from __future__ import annotations

from dataclasses import replace
from functools import reduce
from typing import TYPE_CHECKING, Final

from xiaxiang.model.scalar import day_text
from xiaxiang.schedule.edits import edits_since
from xiaxiang.schedule.engine import prepare, run
from xiaxiang.schedule.rules import NotInForceError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from xiaxiang.model.published import PublishedBatch
    from xiaxiang.model.schedule import Notice
    from xiaxiang.model.workspace import Workspace
    from xiaxiang.schedule.edits import Edit
    from xiaxiang.schedule.engine import Outcome

_TRIED: Final = 8  # edits that can be left out: each costs two replays, and with more nobody is helped by a choice


def explain_differences(workspace: Workspace, outcome: Outcome) -> None:
    """Write into the notices of announced batches that differ which edit it was, and what can be done."""
    facts = {one.name: one for one in workspace.published}
    notices = outcome.replay.journal.notices
    for name, place in outcome.replay.differing.items():
        notices[place] = _explained(workspace, facts[name], outcome.differences[name].says, notices[place])


def _explained(workspace: Workspace, fact: PublishedBatch, says: tuple[str, ...], notice: Notice) -> Notice:
    edits = _edits(workspace, fact)
    mattering = _mattering(workspace, fact, edits, says)
    position = next((one.position for one in mattering if one.position), None)
    named = "；".join(one.text for one in mattering) or (
        "公布以后没有找到改动，核对公布的文件" if fact.rests_on else "公布的文件没有记下当时的依据，说不出是哪一处改动"
    )
    text = (
        f"{fact.name.label}已于 {day_text(fact.published_on)}公布，照公布的执行。{'；'.join(says)}。"
        f"原因：{named}。要改公布的：xiaxiang 公布 --batch {fact.name} --force"
    )
    place = position or (fact.places.of() if fact.places.file else None)
    return replace(notice, message=text, position=place)


def _edits(workspace: Workspace, fact: PublishedBatch) -> tuple[Edit, ...]:
    if not fact.rests_on:
        return ()
    replay, timeline = prepare(workspace, fact.name.year)
    days = next(one for one in timeline if one.name == fact.name)
    return edits_since(replay, fact, days)


def _mattering(
    workspace: Workspace, fact: PublishedBatch, edits: tuple[Edit, ...], says: tuple[str, ...]
) -> tuple[Edit, ...]:
    """Return the edits without which the batch would be another: all of them where that cannot be tried out.

    One that cannot be left out matters where the batch differs without all the others; one that can, where the
    difference is another without it, or is there with it alone.
    """
    undoable = [one for one in edits if one.undo]
    if len(edits) <= 1 or not undoable or len(undoable) > _TRIED:
        return edits
    rest = _differs(workspace, fact, undoable)
    matters = {id(one) for one in edits if not one.undo and rest}
    for edit in undoable:
        others = [one for one in undoable if one is not edit]
        if _differs(workspace, fact, [edit]) != says or _differs(workspace, fact, others) != rest:
            matters.add(id(edit))
    return tuple(one for one in edits if id(one) in matters) or edits


def _differs(workspace: Workspace, fact: PublishedBatch, undone: Iterable[Edit]) -> tuple[str, ...]:
    """Return how the announced batch would differ without some edits."""
    varied = reduce(lambda one, edit: edit.undo(one) if edit.undo else one, undone, workspace)
    try:
        found = run(varied, fact.name.year).differences.get(fact.name)
    except NotInForceError as gap:
        return (str(gap),)
    return found.says if found else ()
