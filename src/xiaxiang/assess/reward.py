"""科室奖励: what each dispatched person brings the department, shared where several served one slot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from xiaxiang.assess.applicable import bounds_for
from xiaxiang.assess.run import Run, row_label
from xiaxiang.model.decision import Reason
from xiaxiang.model.scalar import money_text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from xiaxiang.assess.rules import Rate
    from xiaxiang.assess.subject import Subject
    from xiaxiang.model.batch import BatchName

_BOTH: Final = "科室与个人各一份"
_ONE_A_DEPARTMENT: Final = frozenset({"按科室", _BOTH})
"""Readings under which a department has one reward a batch, however many it sends (ambiguity 02, B and C)."""


@dataclass(frozen=True, slots=True)
class Part:
    """One person's part of the department's reward. `amount` None: pending until the person is assessed."""

    department: str
    batch: BatchName | None
    term_from: date
    who: str
    whole: int
    amount: int | None
    share: int
    text: str
    rate: Rate
    settings: tuple[str, ...] = ()


def part_of(run: Run, subject: Subject, unmet: int | None) -> Part | None:
    """Return what a person's dispatch earns; None where the policy has no reward in force on the posting's first day.

    The reward rests on having been dispatched, so it is earned too while an item is 未评定, unless
    全未完成奖励 makes it depend on the items.
    """
    rate = subject.rules.reward
    if rate is None:
        _report_not_in_force(run, subject)
        return None
    outer = run.note_anew()
    each = run.reading("科室奖励") == _BOTH
    amount, text = _slot_part(run, subject, rate.amount)
    earned: int | None = amount
    met_none = unmet is not None and unmet == len(bounds_for(run, subject)) > 0
    if (met_none or unmet is None) and run.reading("全未完成奖励") == "不发":
        earned = 0 if met_none else None
        text = "各项均未完成，不发" if met_none else "考核待补，暂不计"
    share = earned or 0 if each else 0
    stint, who = subject.stint, row_label(subject.row)
    settings = run.noted_since(outer)
    return Part(subject.department, stint.batch, stint.term_from, who, rate.amount, earned, share, text, rate, settings)


def _report_not_in_force(run: Run, subject: Subject) -> None:
    section = run.policy.funding.department_reward
    if section is not None and "department_reward" in subject.rules.not_in_force:
        message = f"科室奖励{subject.rules.not_in_force['department_reward']}，此前开始的派驻没有奖励"
        run.warn("not-in-force", message, "核对派驻起止，或在制度里补上更早的值", section.places.of("per_person"))


def _slot_part(run: Run, subject: Subject, whole: int) -> tuple[int, str]:
    """Return the part of one slot's reward that the person's time in it earns, by 换人归属.

    By days the parts of one slot are cut at the days of change, so they add up exactly to the whole.
    """
    stint = subject.stint
    replaced = stint.left is not None and stint.left.substitute is not None
    if not (replaced or stint.took_over):
        return whole, ""
    reading = run.reading("换人归属")
    if reading == "原科室":
        return (0, "归原派科室") if stint.took_over else (whole, "归原派科室")
    if reading == "接替科室":
        return (0, "归接替科室") if replaced else (whole, "归接替科室")
    first = (stint.took_over.on - stint.term_from).days if stint.took_over else 0
    last = (stint.left.on - stint.term_from).days if stint.left and replaced else stint.term_days
    amount = whole * last // stint.term_days - whole * first // stint.term_days
    return amount, f"在岗 {last - first}/{stint.term_days} 天"


@dataclass(frozen=True, slots=True)
class Reward:
    """A department's reward over all its batches, with reasons and the people it still waits for."""

    amount: int
    reasons: tuple[Reason, ...]
    pending: tuple[str, ...]
    settings: tuple[str, ...] = ()


def reward_of(run: Run, parts: Sequence[Part]) -> Reward:
    """Return one department's reward, settled for each batch and added up."""
    batches: dict[BatchName | date, list[Part]] = {}
    for part in sorted(parts, key=lambda one: (one.term_from, one.who)):
        batches.setdefault(part.batch or part.term_from, []).append(part)
    flat = bool(parts) and run.reading("科室奖励") in _ONE_A_DEPARTMENT
    amount = 0
    reasons: list[Reason] = []
    pending: list[str] = []
    for group in batches.values():
        earned = sum(part.amount or 0 for part in group)
        waiting = [part.who for part in group if part.amount is None]
        whole = max(part.whole for part in group)
        capped = min(earned, whole) if flat else earned
        if not (flat and capped == whole):
            pending += waiting
        amount += capped
        reasons.append(Reason(_text(group, earned, capped), group[0].rate.source))
    settings = {one for part in parts for one in part.settings}
    return Reward(amount, tuple(reasons), tuple(pending), tuple(sorted(settings)))


def _text(group: Sequence[Part], earned: int, capped: int) -> str:
    """Return how one batch's reward came about: `2024年第2批 2 人 × 1,000 元 = 2,000 元`."""
    plain = [part for part in group if not part.text]
    pieces = [f"{len(plain)} 人 × {money_text(plain[0].whole)} 元"] if plain else []
    pieces += [f"{part.who}{part.text} {money_text(part.amount or 0)} 元" for part in group if part.text]
    total = f" = {money_text(earned)} 元" if plain or len(pieces) > 1 else ""
    label = f"{group[0].batch.label} " if group[0].batch else ""
    text = f"{label}{' + '.join(pieces)}{total}"
    return text if capped == earned else f"{text}，每科一份 {money_text(capped)} 元"
