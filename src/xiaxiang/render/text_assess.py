"""考核结果 in the terminal: one table per batch, why something was not met, departments, what is still missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from xiaxiang.model.scalar import money_text
from xiaxiang.render.text_approved import approval_mark, approvals_lines
from xiaxiang.render.text_heading import heading
from xiaxiang.render.text_layout import WIDTH, cited, footnotes, listed, mark, paragraph, table
from xiaxiang.render.text_numbers import value_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from xiaxiang.model.appraisal import Appraisal, Charge, DepartmentAppraisal, Item, PersonAppraisal
    from xiaxiang.model.batch import BatchName
    from xiaxiang.model.workspace import Workspace

MET: Final = {True: " √", False: " ×", None: ""}
NOTHING: Final = "—"


def assess_text(workspace: Workspace, appraisal: Appraisal, *, width: int = WIDTH) -> str:
    """Return the assessment as tables by batch with footnotes, then departments, papers, totals; no next step."""
    notes: list[str] = []
    approvals = {part.batch: part.approval for part in appraisal.parts}
    lines = heading(workspace, "考核", appraisal.readings, width)
    for batch in dict.fromkeys(person.batch for person in appraisal.people):
        people = [person for person in appraisal.people if person.batch == batch]
        rows = _rows(people, workspace, notes)
        verdict = len(rows[0]) - 1
        title = _batch_label(batch) + approval_mark(approvals.get(batch))
        lines += ["", title, *table(rows, width=width, flexible=(verdict,))]
    lines += [""] if notes else []
    for number, note in enumerate(notes, 1):
        lines += paragraph(f"{mark(number)} ", note, width=width)
    lines += _warned(appraisal, width)
    lines += _departments(appraisal, workspace, width)
    lines += _personal(appraisal, workspace, width)
    lines += _held(appraisal, workspace, width)
    lines += _totals(appraisal, width)
    lines += approvals_lines((one for one in approvals.values() if one), width=width)
    return "\n".join(lines) + "\n"


def certificate_text(person: PersonAppraisal) -> str:
    """Return whether the 鉴定表 is filled in, and whether the person has to go again."""
    if person.certificate is None:
        return NOTHING
    return ("可填写" if person.certificate else "不予填写") + (" · 重新下乡" if person.redispatch else "")


def charges_text(charges: Iterable[Charge], workspace: Workspace) -> str:
    """Return sanctions as amounts taken off, each with its reason and clause."""
    return "、".join(
        f"-{money_text(one.amount)}（{one.reason}，{cited(one.source, workspace.policy.document)}）" for one in charges
    )


def _batch_label(batch: BatchName | None) -> str:
    return batch.label if batch else "没有写批次"


def _rows(people: Sequence[PersonAppraisal], workspace: Workspace, notes: list[str]) -> list[tuple[str, ...]]:
    names = tuple(dict.fromkeys(item.name for person in people for item in person.items))
    rows: list[tuple[str, ...]] = [("姓名", "科室", *names, "结论", "补助", "鉴定表")]
    for person in people:
        items = {item.name: item for item in person.items}
        rows.append(
            (
                person.name + footnotes(notes, [f"{person.name}: {text}" for text in person.notes]),
                person.department,
                *(_cell(person, items[name], workspace, notes) if name in items else NOTHING for name in names),
                person.verdict,
                money_text(person.allowance.paid) if person.allowance else NOTHING,
                certificate_text(person).replace(" · ", "\n"),
            )
        )
    return rows


def _cell(person: PersonAppraisal, item: Item, workspace: Workspace, notes: list[str]) -> str:
    """Return value and verdict; what is not met, or cannot be assessed, has its facts in a footnote."""
    texts: list[str] = []
    if item.met is not True and item.facts:
        clause = cited(item.source, workspace.policy.document)
        texts = [f"{person.name} {item.name}: {'；'.join(item.facts)}（{clause}）"]
    return value_text(item) + MET[item.met] + footnotes(notes, texts)


def _warned(appraisal: Appraisal, width: int) -> list[str]:
    """Return who has warnings beside the verdicts; their text is one flag away."""
    texts = []
    for person in appraisal.people:
        names = [item.name for item in person.items if item.warnings]
        if names:
            texts.append(f"{person.name} {'、'.join(names)}")
    return listed("落后于常规（不影响结论）: ", texts, width=width) if texts else []


def _departments(appraisal: Appraisal, workspace: Workspace, width: int) -> list[str]:
    """Return the departments that are only rewarded in one line, those with sanctions in one each."""
    shown = [one for one in appraisal.departments if one.reward or one.sanctions or one.pending]
    rewarded = [_department(one, workspace) for one in shown if not one.sanctions]
    lines = listed("科室: ", rewarded, width=width) if rewarded else []
    for one in shown:
        if one.sanctions:
            lines += paragraph("科室: ", _department(one, workspace), width=width)
    return lines


def _department(one: DepartmentAppraisal, workspace: Workspace) -> str:
    reward = f" +{money_text(one.reward)}" if one.reward else ""
    waiting = f" {len(one.pending)} 人待补" if one.people else " 待补"
    pending = waiting if one.pending else ""
    return f"{one.name}{reward}{pending}" + (f" {charges_text(one.sanctions, workspace)}" if one.sanctions else "")


def _personal(appraisal: Appraisal, workspace: Workspace, width: int) -> list[str]:
    """Return what people get or lose beside the allowance."""
    lines: list[str] = []
    for person in appraisal.people:
        share = f" +{money_text(person.reward_share)}（科室奖励）" if person.reward_share else ""
        charges = f" {charges_text(person.sanctions, workspace)}" if person.sanctions else ""
        if share or charges:
            lines += paragraph("个人: ", f"{person.name}{share}{charges}", width=width)
    return lines


def _held(appraisal: Appraisal, workspace: Workspace, width: int) -> list[str]:
    held = [person for person in appraisal.people if person.release.state == "held"]
    if not held:
        return []
    source = held[0].release.source
    clause = f"（{cited(source, workspace.policy.document)}）" if source else ""
    texts = [f"{person.name} 缺 {'、'.join(person.release.missing)}" for person in held]
    total = appraisal.totals.held
    amount = f" 共 {money_text(total)} 元" if total else ""
    return listed(f"待发 {len(held)} 人{amount}: ", [*texts[:-1], texts[-1] + clause], width=width)


def _totals(appraisal: Appraisal, width: int) -> list[str]:
    totals = appraisal.totals
    amounts = {
        "应发补助": totals.due,
        "扣减": -totals.deducted,
        "实发": totals.paid,
        "个人处罚": -totals.personal_sanctions,
        "个人奖励": totals.reward_shares,
        "科室奖励": totals.department_rewards,
        "科室处罚": -totals.department_sanctions,
    }
    texts = [f"{name} {money_text(amount)}" for name, amount in amounts.items() if amount or name == "实发"]
    pending = [f"{totals.pending} 人待补，没有计入"] if totals.pending else []
    return listed("合计 ", [f"{totals.people} 人", *pending, *texts], width=width)
