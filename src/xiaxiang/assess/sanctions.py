"""处罚: unapproved recalls, unmet items, refusals. Each is one charge with its reason and clause, never netted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from xiaxiang.assess.run import Run, row_label
from xiaxiang.assess.stint import days_of, overlap, span_text
from xiaxiang.model.appraisal import Charge
from xiaxiang.model.event import Refusal
from xiaxiang.model.scalar import money_text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from xiaxiang.assess.rules import Consequence, Rate
    from xiaxiang.assess.subject import Subject
    from xiaxiang.model.batch import BatchName
    from xiaxiang.model.event import Recall

PERSON: Final = "个人"
DEPARTMENT: Final = "科室"
RECALL: Final = ("召回处罚",)
REFUSAL: Final = ("拒派处罚",)
"""The 口径 that decide about a charge."""


@dataclass(frozen=True, slots=True)
class RecallCharges:
    """What unapproved recalls of one person cost the person and the department."""

    person: tuple[Charge, ...] = ()
    department: tuple[Charge, ...] = ()


NO_CHARGES: Final = RecallCharges()


def recall_charges(run: Run, subject: Subject) -> RecallCharges:
    """Return the charges for the unapproved recalls within the stint, by working days of the calendar.

    A day that several entries name is charged once; a day that the leaders approved is not charged.
    """
    unapproved = [recall for recall in subject.recalls if not recall.approved]
    if not unapproved:
        return NO_CHARGES
    rate = subject.rules.recall
    if rate is None:
        _report_no_rate(run, subject, unapproved[0])
        return NO_CHARGES
    unapproved.sort(key=lambda one: (one.from_on, one.until_on, one.number))
    charged: set[date] = set()
    found = [_charge(run, subject, one, rate, charged) for one in unapproved]
    return RecallCharges(
        tuple(charges[PERSON] for charges in found if PERSON in charges),
        tuple(charges[DEPARTMENT] for charges in found if DEPARTMENT in charges),
    )


def _charge(run: Run, subject: Subject, recall: Recall, rate: Rate, charged: set[date]) -> dict[str, Charge]:
    """Return who pays how much for one recall: the whole each, or halves that add up to the whole."""
    shared = overlap((recall.from_on, recall.until_on), (subject.stint.starts_on, subject.stint.ends_on))
    worked = [day for day in days_of(shared) if run.is_working_day(day)] if shared else []
    days = [day for day in worked if day not in charged and subject.stint.covers(day)]
    charged.update(days)
    if shared is None or not days:
        return {}
    whole = len(days) * rate.amount
    text = f"{row_label(subject.row)}擅自调回 {span_text(shared)}，{len(days)} 个工作日"
    if len(days) < len(worked):
        text += f"（另 {len(worked) - len(days)} 个已批准或已计）"
    text += f" × {money_text(rate.amount)} 元"
    if PERSON not in rate.on_whom or DEPARTMENT not in rate.on_whom or run.reading("召回处罚") == "各处一份":
        text += f" = {money_text(whole)} 元"
        return {whom: Charge(whole, text, rate.source, RECALL) for whom in rate.on_whom}
    halves = {PERSON: whole // 2, DEPARTMENT: whole - whole // 2}
    text += f" = {money_text(whole)} 元，个人和科室各担一半："
    shared_by = halves.items()
    return {whom: Charge(half, f"{text}{money_text(half)} 元", rate.source, RECALL) for whom, half in shared_by}


def _report_no_rate(run: Run, subject: Subject, recall: Recall) -> None:
    why = subject.rules.not_in_force.get("recall", "制度没有写“擅自召回”的处罚")
    message = f"{row_label(subject.row)}有擅自调回，{why}，没有计处罚"
    run.warn("no-recall-rate", message, "核对日期，或在制度“经费”里写“擅自召回”", recall.places.of("from_on"))


def conclusion_charge(subject: Subject, consequence: Consequence) -> tuple[Charge, ...]:
    """Return what the person's unmet items cost the department."""
    if not consequence.department_sanction:
        return ()
    amount = consequence.department_sanction
    text = f"{row_label(subject.row)}{consequence.unmet} 项未完成，科室处罚 {money_text(amount)} 元"
    return (Charge(amount, text, consequence.sanction_source),)


def refusal_charges(run: Run, batches: Iterable[BatchName]) -> list[tuple[BatchName, str, Charge]]:
    """Return (batch, department, charge) for refusals in the assessed batches: the schedule's, else 变动登记's own."""
    assessed = set(batches)
    if run.schedule is None:
        return _registered_refusals(run, assessed)
    found = [one for one in run.schedule.sanctions if one.batch in assessed and one.department]
    if found:
        run.reading("拒派处罚")
    return [
        (one.batch, one.department, Charge(one.amount, one.reason, one.source, REFUSAL))
        for one in found
        if one.department
    ]


def _registered_refusals(run: Run, assessed: set[BatchName]) -> list[tuple[BatchName, str, Charge]]:
    """Without a schedule nobody knows the cycles: each department pays once for each batch it refused."""
    found: list[tuple[BatchName, str, Charge]] = []
    charged: set[tuple[str, BatchName]] = set()
    for event in run.workspace.plan.events:
        if not isinstance(event, Refusal) or event.special_reason:
            continue
        months = run.policy.months_of(event.batch.year or event.on.year)
        batch = event.batch.named_in(event.on.year, months)
        rate = run.rules(event.on).refusal
        department = run.department(event.department)
        if batch not in assessed or rate is None or (department, batch) in charged:
            continue
        charged.add((department, batch))
        found.append((batch, department, _refusal_charge(run, event, batch, rate)))
    return found


def _refusal_charge(run: Run, event: Refusal, batch: BatchName, rate: Rate) -> Charge:
    rotation = run.policy.rotation
    people = (rotation.people_per_turn.on(event.on) if rotation else None) or 1
    times = people if run.reading("拒派处罚") == "按未派人数" else 1
    amount = rate.amount * times
    counted = f" × {times} 人" if times > 1 else ""
    text = f"{batch.label}无特殊原因拒派，{money_text(rate.amount)} 元{counted} = {money_text(amount)} 元"
    return Charge(amount, text, rate.source, REFUSAL)
