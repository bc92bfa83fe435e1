"""拒派: what a refusal without a special reason costs the department (口径.拒派处罚)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xiaxiang.model.scalar import money_text

if TYPE_CHECKING:
    from xiaxiang.model.event import Refusal
    from xiaxiang.schedule.calendar import BatchDays
    from xiaxiang.schedule.queue import Turn
    from xiaxiang.schedule.state import Replay


def charge(replay: Replay, days: BatchDays, turn: Turn, event: Refusal) -> str:
    """Record the sanction for a refusal without special reason and return how it is told."""
    rules = replay.rules
    funding = rules.policy.funding.refusal
    amount = funding.per_department.on(days.handover_on) if funding else None
    if funding is None or amount is None:
        return "；本制度没有规定处罚金额"
    reading = rules.reading("拒派处罚")
    if reading == "每轮一次" and turn in replay.refused:
        return "；本轮已处罚过"
    replay.refused.append(turn)
    if reading == "按未派人数":
        amount *= rules.required("people_per_turn", rules.rotation.people_per_turn, days.handover_on)
    source = rules.policy.source(funding.clause_of("per_department"))
    reason = f"{days.name.label}无特殊原因拒派（{reading}）"
    replay.journal.sanction(turn.department, amount, reason, source, event.on)
    return f"；无特殊原因，处罚科室 {money_text(amount)} 元"
