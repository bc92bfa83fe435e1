"""构成: whether a team has enough members of the rank, and of each specialty."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xiaxiang.assess.text import whole
from xiaxiang.model.appraisal import Check, Item

if TYPE_CHECKING:
    from xiaxiang.assess.rules import Bounds
    from xiaxiang.assess.run import Run
    from xiaxiang.assess.subject import Subject
    from xiaxiang.model.rank import Rank
    from xiaxiang.model.roster import RosterRow

TITLE, RANK, SPECIALTY = "职称", "职级", "专业"


def composition_item(run: Run, subject: Subject, bounds: Bounds) -> Item:
    """Return the verdict on a team's members, one check for their number and one for each specialty.

    Somebody whose title is not in the table has no rank: whether they count is not known, and that is said.
    """
    members = subject.members or (subject.row,)
    low = bounds.lowest_rank
    fit = [one for one in members if _has_rank(run, one, low)]
    unknown = [one for one in members if low is not None and _rank_of(run, one) is None]
    checks: list[Check] = []
    facts = [_counted(members, fit, low)]
    if bounds.members is not None:
        checks.append(_check("人数", len(fit), bounds.members, len(unknown)))
    for specialty, wanted in bounds.specialties.items():
        here = sum(_text(one, SPECIALTY) == specialty for one in fit)
        doubtful = sum(_text(one, SPECIALTY) == specialty for one in unknown)
        checks.append(_check(specialty, here, wanted, doubtful))
        if here < wanted:
            facts.append(f"{specialty}要 {wanted} 人，有 {here} 人")
    for one in unknown:
        message = f"{one.name}的职称“{_text(one, TITLE) or '没有填'}”不知道是哪一级，没有计入"
        run.warn("unknown-title", message, "填上职称，或在“职级”一栏写 初级、中级、副高、正高", one.places.of(TITLE))
    met = False if any(one.met is False for one in checks) else None if any(one.met is None for one in checks) else True
    bound = whole(bounds.members) if bounds.members is not None else None
    indicator = bounds.indicator
    return Item(indicator.name, indicator.kind, whole(len(fit)), bound, met, tuple(checks), bounds.source, tuple(facts))


def _check(name: str, count: int, wanted: int, doubtful: int) -> Check:
    met = True if count >= wanted else None if count + doubtful >= wanted else False
    return Check(name, whole(count), whole(wanted), met)


def _counted(members: tuple[RosterRow, ...], fit: list[RosterRow], low: Rank | None) -> str:
    names = "、".join(one.name for one in fit)
    rank = f"{low.label}以上 {len(fit)} 人" if low is not None else f"{len(fit)} 人"
    return f"{len(members)} 人，其中{rank}：{names}" if low is not None else f"{rank}：{names}"


def _has_rank(run: Run, member: RosterRow, low: Rank | None) -> bool:
    rank = _rank_of(run, member)
    return low is None or (rank is not None and rank >= low)


def _rank_of(run: Run, member: RosterRow) -> Rank | None:
    return run.workspace.ranks.rank_of_words(_text(member, TITLE), _text(member, RANK))


def _text(member: RosterRow, column: str) -> str:
    return str(member.values.get(column, ""))
