"""The rows of an approved result → the same people and departments that were approved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xiaxiang.model.appraisal import Allowance, Charge, Check, DepartmentAppraisal, Item, PersonAppraisal
from xiaxiang.model.approved import ApprovedBatch, Use, without_row
from xiaxiang.model.decision import Reason
from xiaxiang.model.published import Basis
from xiaxiang.model.reading import ReadingUsed
from xiaxiang.model.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterable

    from xiaxiang.load.approved_entries import (
        Cited,
        WrittenApproval,
        WrittenCharge,
        WrittenDepartment,
        WrittenItem,
        WrittenPerson,
        WrittenReading,
        WrittenReason,
    )
    from xiaxiang.model.batch import BatchName


def approved_batch(written: WrittenApproval, name: BatchName) -> ApprovedBatch:
    """Return the approved batch that a whole and sound file says."""
    return ApprovedBatch(
        name=name,
        approved_on=written.approved_on,
        policy=written.policy,
        document=written.document,
        people=tuple(_person(written, one, name) for one in written.people),
        departments=tuple(_department(written, one) for one in written.departments),
        readings=tuple(_reading(written, one) for one in written.readings),
        rests_on=tuple(Basis(one.name, one.content) for one in written.rests_on),
        places=written.places,
    )


def _person(written: WrittenApproval, one: WrittenPerson, name: BatchName) -> PersonAppraisal:
    why = [each for each in written.reasons if each.person == one.number]
    allowance = None
    if one.due is not None and one.deducted is not None and one.paid is not None:
        allowance = Allowance(one.due, one.deducted, one.paid, _reasons(written, why, Use.ALLOWANCE), one.settings)
    return without_row(
        name=one.name,
        id=one.id,
        department=one.department,
        batch=name,
        starts_on=one.starts_on,
        ends_on=one.ends_on,
        items=tuple(_item(written, each) for each in written.items if each.person == one.number),
        unmet=one.unmet,
        grade=one.grade or None,
        allowance=allowance,
        certificate=one.certificate,
        certificate_reasons=_reasons(written, why, Use.CERTIFICATE),
        redispatch=one.redispatch,
        redispatch_reasons=_reasons(written, why, Use.REDISPATCH),
        sanctions=_charges(written, (each for each in written.charges if each.person == one.number)),
        reward_share=one.share,
        net=one.net,
        notes=one.notes,
        approved_on=written.approved_on,
    )


def _item(written: WrittenApproval, one: WrittenItem) -> Item:
    counted = None
    if one.numerator is not None and one.denominator is not None:
        counted = one.numerator, one.denominator
    checks = (each for each in written.checks if (each.person, each.item) == (one.person, one.name))
    return Item(
        name=one.name,
        kind=one.kind,
        value=one.value,
        bound=one.bound,
        met=one.met,
        checks=tuple(Check(each.name, each.value, each.bound, each.met) for each in checks),
        source=_source(written, one),
        facts=one.facts,
        warnings=one.warnings,
        fraction=counted,
        due_on=one.due_on,
        settings=one.settings,
    )


def _department(written: WrittenApproval, one: WrittenDepartment) -> DepartmentAppraisal:
    mine = (each for each in written.reasons if each.person is None and each.department == one.name)
    charges = (each for each in written.charges if each.person is None and each.department == one.name)
    reasons = _reasons(written, mine, Use.REWARD)
    sanctions = _charges(written, charges)
    return DepartmentAppraisal(one.name, one.people, one.reward, reasons, sanctions, settings=one.settings)


def _charges(written: WrittenApproval, found: Iterable[WrittenCharge]) -> tuple[Charge, ...]:
    return tuple(Charge(one.amount, one.reason, _source(written, one), one.settings) for one in found)


def _reasons(written: WrittenApproval, found: Iterable[WrittenReason], use: Use) -> tuple[Reason, ...]:
    return tuple(
        Reason(one.text, _source(written, one) if one.clause or one.document else None)
        for one in found
        if one.about is use
    )


def _reading(written: WrittenApproval, one: WrittenReading) -> ReadingUsed:
    return ReadingUsed(one.name, one.value, one.sentence, _source(written, one), one.chosen_by_plan)


def _source(written: WrittenApproval, one: Cited) -> Source:
    return Source(one.document or written.document, one.clause)
