"""依据的登记: what an announced batch rested on, in words or as a fingerprint, to find out later what was edited."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Final

from xiaxiang.model.batch import BatchName, BatchRef
from xiaxiang.model.calendar import ONE_DAY
from xiaxiang.model.event import Assignment, Deferral, DeferralRuling, Incident, Promotion, Redispatch, Refusal
from xiaxiang.model.parameter import Parameter
from xiaxiang.model.published import Basis
from xiaxiang.model.rank import Rank

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xiaxiang.model.event import Event
    from xiaxiang.model.hospital import Department
    from xiaxiang.model.published import PublishedBatch
    from xiaxiang.schedule.calendar import BatchDays
    from xiaxiang.schedule.state import Replay

EFFECTIVE: Final[dict[type[Event], tuple[str, ...]]] = {
    Deferral: ("on", "department", "ruling", "batch"),
    Promotion: ("on", "person", "department"),
    Assignment: ("on", "batch", "department", "person"),
    Incident: ("on", "batch", "department", "person", "substitute", "substitute_department"),
    Refusal: ("on", "batch", "department"),
    Redispatch: ("on", "batch", "department", "person"),
}
"""The fields of an event that decide who goes when: its reasons and papers may be written later."""

LABELLED: Final = frozenset({"substitute", "substitute_department"})
READINGS: Final = ("遇节假日", "调休上班日交接", "自动后延", "重新下乡", "后延计次")
"""口径 that decide who goes when; the other ones decide what is said or paid."""

DECIDING: Final = (
    "arrangement",
    "headcount",
    "handover_months",
    "handover_day",
    "handover_days",
    "turns_per_batch",
    "people_per_turn",
    "deferrals_per_cycle",
    "promotion_uses_turn",
)
"""Numbers of 轮换 that decide which department goes when. Ranks decide only who is proposed, and that is left open."""

OF_A_PERSON: Final = ("name", "id", "specialty", "unavailable", "joined_on", "left_on")
PEOPLE: Final = "人员"
CALENDAR: Final = "放假安排"
"""What the labels of fingerprints begin with."""

_FINGERPRINT: Final = 12  # hexadecimal digits: enough to tell two wordings apart
_WINDOW: Final = 31  # days before and after a nominal handover: a handover never moves further


def basis_of(replay: Replay, days: BatchDays) -> tuple[Basis, ...]:
    """Return everything that a batch rests on, events first, in a fixed order."""
    return (*_events(replay, days), *_plan(replay), *_policy(replay, days), *_calendar(replay, days))


def event_line(replay: Replay, event: Event) -> str:
    """Return an event in its own words on one line: 类型, then what decides, e.g. `后延 2024-03-01 外科 自动后延`."""
    words = [event.kind]
    for name in EFFECTIVE[type(event)]:
        value = getattr(event, name)
        if value in {None, ""}:
            continue
        if isinstance(value, BatchRef):
            named = replay.book.batch_of(value, event.on)
            text = str(named) if named else value.text
        elif isinstance(value, DeferralRuling):
            text = value.value
        else:
            text = replay.book.department(str(value)) if name.endswith("department") else str(value)
        words.append(f"{event.label(name)}={text}" if name in LABELLED else text)
    return " ".join(words)


def known_events(replay: Replay, fact: PublishedBatch) -> frozenset[int]:
    """Return the ids of the plan's events that were registered, word for word, when a batch was announced."""
    lines = {present(replay, one.content) for one in fact.rests_on}
    events = (event for event in replay.workspace.plan.events if type(event) in EFFECTIVE)
    return frozenset(id(event) for event in events if event_line(replay, event) in lines)


def event_label(replay: Replay, event: Event) -> str:
    """Return how an event is named whatever its days: `后延 外科`."""
    who = getattr(event, "department", "") or getattr(event, "person", "")
    return f"{event.kind} {replay.book.department(who)}"


def present(replay: Replay, text: str) -> str:
    """Return what was written down then with the departments' present names."""
    lines = ("、".join(replay.book.department(name) for name in word.split("、")) for word in text.split(" "))
    return " ".join(lines)


def relevant_events(replay: Replay, days: BatchDays) -> tuple[Event, ...]:
    """Return the events that a batch may rest on, in file order: of days before it, or about it or earlier ones."""
    return tuple(
        event
        for event in replay.workspace.plan.events
        if type(event) in EFFECTIVE and (event.on < days.handover_on or _names_until(replay, event, days.name))
    )


def _names_until(replay: Replay, event: Event, name: BatchName) -> bool:
    ref = getattr(event, "batch", None)
    named = replay.book.batch_of(ref, event.on) if ref is not None else None
    return named is not None and named <= name


def _events(replay: Replay, days: BatchDays) -> Iterator[Basis]:
    for event in relevant_events(replay, days):
        yield Basis(event_label(replay, event), event_line(replay, event))


def _plan(replay: Replay) -> Iterator[Basis]:
    plan, name_of = replay.workspace.plan, replay.book.department
    yield Basis("起始日期", plan.starts_on.isoformat())
    yield Basis("派遣顺序", "、".join(name_of(name) for name in plan.dispatch_order))
    if plan.already_served:
        yield Basis("已派科室", "、".join(name_of(name) for name in plan.already_served))
    units = (f"{one.name} {one.headcount or ''} {'、'.join(one.specialties)}".split() for one in plan.recipient_units)
    yield Basis("受援单位", "；".join(" ".join(words) for words in units))
    for department in plan.departments:
        yield Basis(people_label(department), _fingerprint(_people(department)))


def people_label(department: Department) -> str:
    """Return how the people of a department are named among what a batch rests on."""
    return f"{PEOPLE}（{department.name}）"


def _people(department: Department) -> str:
    return "\n".join(repr([str(getattr(person, name)) for name in OF_A_PERSON]) for person in department.people)


def _policy(replay: Replay, days: BatchDays) -> Iterator[Basis]:
    """Yield the policy's name, its numbers of 轮换 in force at the handover, and the readings that decide."""
    rules, rotation = replay.rules, replay.rules.rotation
    yield Basis("制度", rules.policy.name)
    for identifier in DECIDING:
        value = getattr(rotation, identifier)
        if isinstance(value, Parameter) and (now := value.on(days.handover_on)) is not None:
            yield Basis(f"制度的{rotation.label(identifier)}", _word(now))
    for specialty, heads in rotation.composition.items():
        yield Basis(f"制度的组合 {specialty}", _word(heads.on(days.handover_on)))
    for name in READINGS:
        yield Basis(f"口径 {name}", replay.workspace.reading(name))


def _word(value: object) -> str:
    if isinstance(value, Rank):
        return value.label
    if isinstance(value, tuple):
        return "、".join(str(one) for one in value)
    if isinstance(value, bool):
        return "是" if value else "否"
    return str(value)


def _calendar(replay: Replay, days: BatchDays) -> Iterator[Basis]:
    """Yield the working days around the handover and around the day after the end, month by month."""
    calendar = replay.workspace.calendar
    for day in (days.nominal_on, days.ends_on + ONE_DAY):
        window = (day + ONE_DAY * offset for offset in range(-_WINDOW, _WINDOW + 1))
        worked = " ".join(one.isoformat() for one in window if calendar.is_working_day(one))
        yield Basis(f"{CALENDAR}（{day.year}年{day.month}月）", _fingerprint(worked))


def _fingerprint(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:_FINGERPRINT]
