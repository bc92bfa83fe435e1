"""结论: what follows from the number of unmet items. A number that the policy does not name is an error."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xiaxiang.assess.columns import STARTS_ON
from xiaxiang.assess.rules import Consequence
from xiaxiang.assess.run import Run, row_label
from xiaxiang.model.decision import Reason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xiaxiang.assess.subject import Subject
    from xiaxiang.model.appraisal import Item


def unmet_of(items: Sequence[Item]) -> int | None:
    """Return how many items are not met, or None where any is 未评定."""
    met = [item.met for item in items]
    return None if None in met else met.count(False)


def consequence_of(run: Run, subject: Subject, unmet: int) -> Consequence | None:
    """Return what follows from `unmet` items; None (reported) where the policy does not say, or not yet.

    From a policy that concludes nothing from any number, nothing follows.
    """
    if run.policy.assessment is None or not run.policy.assessment.conclusions:
        return _nothing_follows(run, unmet)
    found = subject.rules.consequences.get(unmet)
    if found is None:
        label = row_label(subject.row)
        where = run.policy.places.of("assessment")
        message = f"制度没有写 {unmet} 项未完成的结论，{label}考核待补"
        run.error("no-conclusion", message, f"在制度“结论”里加一条 未完成: {unmet}", where, label)
        return None
    if found.not_in_force:
        message = f"{unmet} 项未完成的结论{found.not_in_force}，{row_label(subject.row)}考核待补"
        run.warn("not-in-force", message, "核对派驻起止，或在制度里补上更早的值", subject.row.places.of(STARTS_ON))
        return None
    return found


def _nothing_follows(run: Run, unmet: int) -> Consequence:
    """Return the consequence of a policy that has none: nothing is deducted, certified or sanctioned."""
    source = run.policy.source("")
    return Consequence(
        unmet=unmet,
        months_deducted=0,
        deduction_source=source,
        certificate=None,
        certificate_source=source,
        redispatch=False,
        redispatch_source=source,
        department_sanction=0,
        sanction_source=source,
        not_in_force="",
    )


def unmet_text(items: Sequence[Item]) -> str:
    """Return which items are not met: `2 项未完成（授课、查房）`, or `各项均完成`."""
    names = [item.name for item in items if item.met is False]
    return f"{len(names)} 项未完成（{'、'.join(names)}）" if names else "各项均完成"


def certificate_reasons(consequence: Consequence, items: Sequence[Item]) -> tuple[Reason, ...]:
    """Return why the certificate is or is not filled in; nothing where the 结论 does not speak of it."""
    if consequence.certificate is None:
        return ()
    verdict = "可以填写鉴定表" if consequence.certificate else "不予填写鉴定表"
    return (Reason(f"{unmet_text(items)}，{verdict}", consequence.certificate_source),)


def redispatch_reasons(consequence: Consequence, items: Sequence[Item]) -> tuple[Reason, ...]:
    """Return why the person is to be dispatched again; nothing where they are not."""
    if not consequence.redispatch:
        return ()
    return (Reason(f"{unmet_text(items)}，安排重新下乡", consequence.redispatch_source),)
