"""依据的登记: what an approved batch was computed from, in words, to find out later what was edited."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from xiaxiang.assess.columns import paper_column
from xiaxiang.model.approved import Edit
from xiaxiang.model.clause import numbers_of
from xiaxiang.model.event import Incident, Leave, Recall, Refusal
from xiaxiang.model.number import number_text
from xiaxiang.model.published import Basis

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from fractions import Fraction

    from xiaxiang.model.appraisal import PersonAppraisal
    from xiaxiang.model.approved import ApprovedBatch
    from xiaxiang.model.batch import BatchName
    from xiaxiang.model.event import Event
    from xiaxiang.model.workspace import Workspace

_PERSONAL: Final = (Leave, Recall)
_OF_A_BATCH: Final = (Incident, Refusal)
_DECIDING: Final = ("考核", "经费")
"""The sections of a policy that figures rest on."""


def basis_of(
    workspace: Workspace, batch: BatchName, people: Sequence[PersonAppraisal], settings: Iterable[str]
) -> tuple[Basis, ...]:
    """Return everything that the figures of a batch rest on: rows, events, readings, numbers, working days."""
    return (
        *_rows(workspace, people),
        *_events(workspace, batch, people),
        *(Basis(f"口径 {name}", workspace.reading(name)) for name in settings),
        *_numbers(workspace),
        *_working_days(workspace, people),
    )


def edits_since(before: ApprovedBatch, now: Iterable[Basis]) -> tuple[Edit, ...]:
    """Return what was edited since a batch was approved; of what has one label the old and the new stand together."""
    old, new = _unlike(before.rests_on, now), _unlike(now, before.rests_on)
    found = []
    for label in dict.fromkeys((*old, *new)):
        then, after = old.get(label, []), new.get(label, [])
        for place in range(max(len(then), len(after))):
            pair = (one[place] if place < len(one) else "" for one in (then, after))
            found.append(Edit(label, *pair))
    return tuple(found)


def _unlike(some: Iterable[Basis], others: Iterable[Basis]) -> dict[str, list[str]]:
    """Return label → contents of `some` that `others` do not have."""
    known = set(others)
    found: dict[str, list[str]] = {}
    for one in some:
        if one not in known:
            found.setdefault(one.label, []).append(one.content)
    return found


def _rows(workspace: Workspace, people: Iterable[PersonAppraisal]) -> Iterator[Basis]:
    """Yield every cell of the people's rows but those of the papers: they come in later and change no amount."""
    gate = workspace.policy.funding.release_gate
    papers = {paper_column(paper) for paper in gate.papers} if gate else set()
    for person in people:
        who = f"{person.name}（{person.department}）"
        if person.starts_on and person.ends_on:
            yield Basis(f"派驻起止 {who}", f"{person.starts_on.isoformat()} 至 {person.ends_on.isoformat()}")
        for column, value in person.row.values.items():
            if column in papers:
                continue
            yield Basis(f"名册 {who} {column}", _cell(value))


def _cell(value: int | Fraction | date | tuple[date, ...] | str) -> str:
    """Return what stands in a cell of the roster."""
    if isinstance(value, tuple):
        return "、".join(day.isoformat() for day in value)
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, str) else number_text(value)


def _events(workspace: Workspace, batch: BatchName, people: Sequence[PersonAppraisal]) -> Iterator[Basis]:
    """Yield the leave and recalls of the batch's people within their postings, and what happened to the batch."""
    for event in workspace.plan.events:
        if _happened_to(workspace, event, batch) or _is_about(event, people):
            who = getattr(event, "person", "") or getattr(event, "department", "")
            written = (f"{label}={_word(value)}" for label, value in event.written().items())
            yield Basis(f"变动登记 {event.kind} {who}", " ".join(written))


def _happened_to(workspace: Workspace, event: Event, batch: BatchName) -> bool:
    if not isinstance(event, _OF_A_BATCH):
        return False
    year = event.batch.year or event.on.year
    return event.batch.named_in(year, workspace.policy.months_of(year)) == batch


def _is_about(event: Event, people: Iterable[PersonAppraisal]) -> bool:
    if not isinstance(event, _PERSONAL):
        return False
    until_on = event.until_on or date.max
    return any(
        event.person in {one.name, one.id}
        and one.starts_on is not None
        and one.ends_on is not None
        and event.from_on <= one.ends_on
        and until_on >= one.starts_on
        for one in people
    )


def _word(value: str | int | date | tuple[str, ...]) -> str:
    return "、".join(value) if isinstance(value, tuple) else str(value)


def _numbers(workspace: Workspace) -> Iterator[Basis]:
    """Yield the numbers of the policy that assessment and money rest on, as people read them."""
    for number, _ in numbers_of(workspace.policy):
        if number.section.startswith(_DECIDING):
            yield Basis(f"制度 {number.section} {number.name}", "；".join(number.values))


def _working_days(workspace: Workspace, people: Iterable[PersonAppraisal]) -> Iterator[Basis]:
    spans = {(one.starts_on, one.ends_on) for one in people if one.starts_on and one.ends_on}
    for first, last in sorted(spans):
        days = workspace.calendar.working_days(first, last)
        yield Basis(f"工作日 {first.isoformat()} 至 {last.isoformat()}", f"{days} 天")
