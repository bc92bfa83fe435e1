"""Why a person is sent, or is not, in the turns of their department: how they stood beside the one who went."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from xiaxiang.model.decision import Reason
from xiaxiang.model.why import Held, postings_of
from xiaxiang.model.why_person import NotSent, PersonWhy

if TYPE_CHECKING:
    from xiaxiang.model.hospital import Department, Person
    from xiaxiang.model.schedule import Candidacy, Schedule
    from xiaxiang.model.workspace import Workspace


def person_why(workspace: Workspace, schedule: Schedule, department: Department, person: Person) -> PersonWhy:
    """Return why a person is sent when they are, and why not in the department's other turns."""
    source = workspace.policy.rule("人员派遣")
    every = [Held(batch, one) for batch in schedule.batches for one in batch.postings]
    held = tuple(one for one in every if one.posting.person is person)
    batches = {one.batch.name: one.batch.months for one in held}
    not_sent = tuple(
        NotSent(one, Reason(_why_not(workspace, department, person, one), source))
        for one in postings_of(schedule, department.name)
        if one.batch.name not in batches and one.posting.starts_on == one.batch.handover_on
    )
    return PersonWhy(department, person, held, not_sent, person.served_months + sum(batches.values()))


def _why_not(workspace: Workspace, department: Department, person: Person, held: Held) -> str:
    """Return why somebody else went: the person was away, or stood behind, or the department chose otherwise."""
    batch, posting = held.batch, held.posting
    away = person.why_unavailable(batch.handover_on, batch.ends_on)
    if away:
        return away
    if not posting.candidates:
        return posting.because[-1].text if posting.because else "没有人可派"
    place = next((index for index, one in enumerate(department.people) if one is person), None)
    mine = next((one for one in posting.candidates if one[-1] == place), None)
    if mine is None:
        return _not_asked(workspace, person, batch.handover_on)
    first = posting.candidates[0]
    other = department.people[first[-1]]
    behind = _lower(workspace, person, other, batch.handover_on) or _behind(mine, first, other.name)
    return f"可派 {len(posting.candidates)} 人，排第 {posting.candidates.index(mine) + 1}：{behind}"


def _not_asked(workspace: Workspace, person: Person, day: date) -> str:
    rank, rotation = workspace.ranks.rank_of(person), workspace.policy.rotation
    lowest = rotation.lowest_rank.on(day) if rotation and rotation.lowest_rank else None
    if lowest is not None and (rank is None or rank < lowest):
        return f"职称不到{lowest.label}，有{lowest.label}以上的人可派时不建议"
    return "变动登记写明这一批不能成行，或已在这一批"


def _lower(workspace: Workspace, person: Person, first: Person, day: date) -> str:
    """Return that a person's rank put them behind: it does where nobody free has the lowest rank asked for."""
    rotation, ranks = workspace.policy.rotation, workspace.ranks
    lowest = rotation.lowest_rank.on(day) if rotation and rotation.lowest_rank else None
    mine, other = ranks.rank_of(person), ranks.rank_of(first)
    if lowest is None or (other is not None and other >= lowest) or mine == other or other is None:
        return ""
    return f"都不到{lowest.label}，{first.name} 职级更高（{other.label}）"


def _behind(mine: Candidacy, first: Candidacy, name: str) -> str:
    """Return in which respect a person stood behind the one who was proposed: the first that differs."""
    is_not_waiting, months, ended_on, _ = mine
    first_is_not_waiting, first_months, first_ended_on, _ = first
    if is_not_waiting != first_is_not_waiting:
        return f"{name} 拟晋升，还没有派过，先派"
    if months != first_months:
        return f"已服务 {months} 个月，{name} {first_months} 个月"
    if ended_on != first_ended_on:
        before = "还没有下过乡" if first_ended_on == date.min else f"上次 {first_ended_on.isoformat()} 结束，隔得更久"
        return f"同为 {months} 个月，{name} {before}"
    return f"同为 {months} 个月，名单里在 {name} 后面"
