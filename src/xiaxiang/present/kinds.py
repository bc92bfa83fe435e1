"""文种: every kind of document with what it needs; what a request leaves open is completed here, never by the clock."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from xiaxiang.model.document import Content, Offer, Refusal, Request
from xiaxiang.present import (
    allowance_sheet,
    assessment_circular,
    dispatch_notice,
    quality_bulletin,
    rotation_table,
    service_certificate,
    turn_explanation,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from xiaxiang.model.batch import BatchName
    from xiaxiang.model.schedule import Batch
    from xiaxiang.present.given import Given


class Scope(StrEnum):
    """What one document of a kind is about; its option on the command line."""

    BATCH = "批次"
    MONTH = "月份"
    YEAR = "年度"
    PERSON = "人员"
    TURN = "批次和科室"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind: names, what it is about, whether it needs a roster, and the function that makes its content.

    `pastes` says that in the terminal the text is printed alone, to be pasted into another paper.
    """

    identifier: str
    name: str
    scope: Scope
    needs_roster: bool
    about: str
    content: Callable[[Given, Request], Content | Refusal]
    pastes: bool = False


KINDS: Final = (
    Kind(
        *dispatch_notice.NAMES,
        Scope.BATCH,
        needs_roster=False,
        about="一批的派遣人员、交接时间和纪律，附名单",
        content=dispatch_notice.dispatch_notice,
    ),
    Kind(
        *rotation_table.NAMES,
        Scope.YEAR,
        needs_roster=False,
        about="一年的轮换安排，横排表格",
        content=rotation_table.rotation_table,
    ),
    Kind(
        *quality_bulletin.NAMES,
        Scope.MONTH,
        needs_roster=False,
        about="一个月里顺序和人员的变动",
        content=quality_bulletin.quality_bulletin,
        pastes=True,
    ),
    Kind(
        *assessment_circular.NAMES,
        Scope.BATCH,
        needs_roster=True,
        about="一批的考核结果、奖惩和口径，附两张表",
        content=assessment_circular.assessment_circular,
    ),
    Kind(
        *allowance_sheet.NAMES,
        Scope.BATCH,
        needs_roster=True,
        about="一批的补助结算，供签领",
        content=allowance_sheet.allowance_sheet,
    ),
    Kind(
        *service_certificate.NAMES,
        Scope.PERSON,
        needs_roster=True,
        about="一个人的服务鉴定，留三处意见和公章",
        content=service_certificate.service_certificate,
    ),
    Kind(
        *turn_explanation.NAMES,
        Scope.TURN,
        needs_roster=False,
        about="一批为什么轮到一个科室，一页，供科室负责人看",
        content=turn_explanation.turn_explanation,
    ),
)


def kind_named(word: str) -> Kind | None:
    """Return the kind that an identifier or a Chinese name means, or None."""
    return next((kind for kind in KINDS if word.strip() in {kind.identifier, kind.name}), None)


def present(given: Given, request: Request) -> Content | Refusal:
    """Return the content of the document wanted, or why it cannot be written. The kind must be one of KINDS."""
    kind = kind_named(request.kind)
    if kind is None:
        raise KeyError(request.kind)
    return kind.content(given, complete(given, request))


def complete(given: Given, request: Request) -> Request:
    """Return `request` with the period it leaves open: the latest of the roster, else that of the first batch."""
    kind = kind_named(request.kind)
    batch = _latest_batch(given)
    if kind is None:
        raise KeyError(request.kind)
    if kind.scope in {Scope.BATCH, Scope.TURN} and request.batch is None:
        request = replace(request, batch=batch.name if batch else None)
    if kind.scope is Scope.YEAR and request.year is None:
        request = replace(request, year=batch.name.year if batch else None)
    if kind.scope is Scope.MONTH and request.month is None:
        request = replace(request, month=_latest_month(given, batch))
    return replace(request, kind=kind.identifier, file_stem=_file_stem(given, kind, request))


def every(given: Given, word: str) -> Offer:
    """Return every document of one kind that the data allow: one per batch, month, year or person."""
    kind = kind_named(word)
    if kind is None:
        raise KeyError(word)
    return _offer(given, tuple(_candidates(given, kind)))


def available(given: Given) -> Offer:
    """Return one document of each kind that the data allow; withheld certificates are named with their clause."""
    chosen: list[Request] = []
    withheld: list[Refusal] = []
    for kind in KINDS:
        if kind.scope in {Scope.PERSON, Scope.TURN}:
            last = _latest_batch(given)
            wanted = [one for one in _candidates(given, kind) if last is None or one.batch == last.name]
            offer = _offer(given, tuple(wanted))
            chosen += offer.requests[:1]
            withheld += offer.withheld
        elif kind.needs_roster <= (given.appraisal is not None):
            offer = _offer(given, (Request(kind.identifier),))
            chosen += offer.requests
            withheld += offer.withheld
    return Offer(tuple(chosen), tuple(withheld))


def _offer(given: Given, requests: tuple[Request, ...]) -> Offer:
    wanted = [complete(given, one) for one in requests]
    results = [(one, present(given, one)) for one in wanted]
    return Offer(
        tuple(one for one, result in results if isinstance(result, Content)),
        tuple(result for _, result in results if isinstance(result, Refusal)),
    )


def _candidates(given: Given, kind: Kind) -> list[Request]:
    """Return a request for every batch, month, year or person that the data speak of."""
    people = given.appraisal.people if given.appraisal else ()
    batches = [one.name for one in given.schedule.batches]
    identifier = kind.identifier
    if kind.scope is Scope.PERSON:
        return [Request(identifier, one.batch, person=one.id or one.name) for one in people]
    if kind.scope is Scope.MONTH:
        return [Request(identifier, month=month) for month in _months(given)]
    if kind.scope is Scope.YEAR:
        return [Request(identifier, year=year) for year in dict.fromkeys(one.year for one in batches)]
    if kind.scope is Scope.TURN:
        return [Request(identifier, one.name, department=name) for one in given.schedule.batches for name in _sent(one)]
    assessed = {one.batch for one in people}
    return [Request(identifier, one) for one in batches if one in assessed or not kind.needs_roster]


def _latest_batch(given: Given) -> Batch | None:
    """Return the latest batch of the roster, else the first of the schedule."""
    named = max((one.batch for one in given.appraisal.people if one.batch), default=None) if given.appraisal else None
    found = given.schedule.batch(named) if named else None
    return found or next(iter(given.schedule.batches), None)


def _sent(batch: Batch) -> tuple[str, ...]:
    """Return the departments of a batch in slot order, each once."""
    return tuple(dict.fromkeys(one.department for one in batch.postings if one.department))


def _months(given: Given) -> list[date]:
    return sorted({one.published_on for one in given.schedule.notices if one.published_on})


def _latest_month(given: Given, batch: Batch | None) -> date | None:
    """Return the last month with changes up to the batch's end, else the first with changes, else the handover's."""
    months = _months(given)
    if batch is None:
        return months[0] if months else None
    past = [month for month in months if month <= batch.ends_on]
    return past[-1] if past else months[0] if months else batch.handover_on.replace(day=1)


def _file_stem(given: Given, kind: Kind, request: Request) -> str:
    """Return a name for the file: 派遣通知_2024年第2批. Whoever writes it makes it safe."""
    parts: list[str] = [kind.name]
    batch: BatchName | None = request.batch
    if batch is not None:
        parts.append(batch.label)
    if request.month is not None:
        parts.append(f"{request.month.year}年{request.month.month}月")
    if request.year is not None:
        parts.append(f"{request.year}年")
    if request.department:
        parts.append(request.department)
    if request.person:
        people = given.appraisal.people if given.appraisal else ()
        parts.append(next((one.name for one in people if one.id == request.person), request.person))
    return "_".join(parts)
