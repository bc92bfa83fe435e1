"""公布: `published/*.yaml` beside the plan → the batches that were announced. One wrong word and nothing is computed.

What was announced must not change by itself, so these files are read whole or not at all: no entry is left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Final

from xiaxiang.load.files import PUBLISHED_FOLDER, start_of
from xiaxiang.load.frozen import files_in, name_of, read_frozen
from xiaxiang.model.batch import BatchRef, parse_batch
from xiaxiang.model.diagnostic import error, warning
from xiaxiang.model.entry import Count, Day, Entry, YesNo, named, scalar
from xiaxiang.model.event import DeferralRuling, parse_ruling
from xiaxiang.model.published import REASON_WORDS, Basis, PassedOver, PublishedBatch, PublishedPosting
from xiaxiang.model.scalar import ScalarError
from xiaxiang.model.schedule import PostingReason
from xiaxiang.model.similar import nearest_hint

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from xiaxiang.load.files import Reader
    from xiaxiang.model.batch import BatchName
    from xiaxiang.model.plan import Plan

_RESTORE: Final = "恢复原来的文件，或重新公布这一批"


def parse_posting_reason(text: str) -> PostingReason:
    """Return the 缘由 that `text` names, in either language. Raises ScalarError."""
    word = text.strip()
    found = next((reason for reason in PostingReason if word in {REASON_WORDS[reason], reason.value}), None)
    if found is not None:
        return found
    legal = tuple(REASON_WORDS.values())
    raise ScalarError(
        "bad-posting-reason", f"“{text}”认不出来", nearest_hint(text, legal, "缘由只有 " + "、".join(legal))
    )


class WrittenPosting(Entry):
    """派驻: one slot as it was announced."""

    slot: Annotated[Count, named("名额")]
    recipient_unit: Annotated[str, named("受援单位")]
    department: Annotated[str, named("科室")] = ""
    person: Annotated[str, named("人员")] = ""
    person_id: Annotated[str, named("工号")] = ""
    cycle: Annotated[Count | None, named("轮次")] = None
    reason: Annotated[PostingReason, scalar(parse_posting_reason), named("缘由")] = PostingReason.QUEUE
    is_open: Annotated[YesNo, named("由科室确定")] = False


class WrittenPassedOver(Entry):
    """没有派出: a turn that came up and stayed in the queue."""

    department: Annotated[str, named("科室")]
    cycle: Annotated[Count, named("轮次")]
    kind: Annotated[str, named("类型")]
    on: Annotated[Day, named("日期")]
    ruling: Annotated[DeferralRuling | None, scalar(parse_ruling), named("决定")] = None


class WrittenBasis(Entry):
    """依据的登记: one thing that the announced batch rested on."""

    name: Annotated[str, named("名称")]
    content: Annotated[str, named("内容")] = ""


class WrittenBatch(Entry):
    """公布: one announced batch, as `xiaxiang publish` writes it."""

    batch: Annotated[BatchRef, scalar(parse_batch), named("批次")]
    published_on: Annotated[Day, named("公布日期")]
    nominal_on: Annotated[Day, named("名义交接日")]
    handover_on: Annotated[Day, named("交接日")]
    ends_on: Annotated[Day, named("派驻至")]
    postings: Annotated[tuple[WrittenPosting, ...], named("派驻")]
    passed_over: Annotated[tuple[WrittenPassedOver, ...], named("没有派出")] = ()
    rests_on: Annotated[tuple[WrittenBasis, ...], named("依据的登记")] = ()


@dataclass(frozen=True, slots=True)
class _Announced:
    """One file read: its name as users know it, and what it says."""

    file: str
    written: WrittenBatch
    batch: PublishedBatch


def load_published(reader: Reader, folder: Path, plan: Plan) -> tuple[PublishedBatch, ...]:
    """Return the announced batches in the folder `published` of the plan's `folder`, by name.

    Where one of them cannot be read, `published-unreadable` says that nothing may be computed. Somebody whom the
    plan no longer lists is a warning: the announcement stands.
    """
    mark = len(reader.findings)
    files = files_in(reader, folder, PUBLISHED_FOLDER, "公布过的批次放在这个文件夹里")
    read = [one for path in files if (one := read_published(reader, path)) is not None]
    _report_twice(reader, read)
    if not any(one.is_error for one in reader.findings):  # a person whose entry is broken is not missed twice
        for one in read:
            _report_unknown(reader, one, plan)
    for file in dict.fromkeys(one.position.file for one in reader.findings[mark:] if one.is_error):
        message = f"“{file}”是公布过的批次，读不完整：公布过的不能变，所以什么都没有排"
        hint = "照别处的错误改好；或恢复原来的文件（.bak），再运行一次"
        reader.report(error("published-unreadable", message, hint, start_of(file)))
    return tuple(sorted((one.batch for one in read), key=lambda one: one.name))


def read_published(reader: Reader, path: Path) -> _Announced | None:
    """Return what one file of announced batches says; None, with findings, where anything in it is wrong."""
    written = read_frozen(reader, path, WrittenBatch, _RESTORE)
    name = None if written is None else _name(reader, written, path)
    return None if written is None or name is None else _Announced(reader.shown(path), written, _batch(written, name))


def _name(reader: Reader, written: WrittenBatch, path: Path) -> BatchName | None:
    """Return the batch's full name, where its days can be true."""
    name = name_of(reader, written.batch, written.places.of("batch"), path, "published-misnamed")
    if name is not None and written.ends_on < written.handover_on:
        at = written.places.of("ends_on")
        reader.report(error("end-before-start", "“派驻至”早于“交接日”", _RESTORE, at))
        return None
    return name


def _batch(written: WrittenBatch, name: BatchName) -> PublishedBatch:
    return PublishedBatch(
        name=name,
        published_on=written.published_on,
        nominal_on=written.nominal_on,
        handover_on=written.handover_on,
        ends_on=written.ends_on,
        postings=tuple(
            PublishedPosting(
                one.slot,
                one.recipient_unit,
                one.department,
                one.person,
                one.person_id,
                one.cycle,
                one.reason,
                is_open=one.is_open,
            )
            for one in written.postings
        ),
        passed_over=tuple(
            PassedOver(one.department, one.cycle, one.kind, one.on, one.ruling) for one in written.passed_over
        ),
        rests_on=tuple(Basis(one.name, one.content) for one in written.rests_on),
        places=written.places,
    )


def _report_twice(reader: Reader, read: Iterable[_Announced]) -> None:
    seen: dict[BatchName, str] = {}
    for one in read:
        first = seen.setdefault(one.batch.name, one.file)
        if first != one.file:
            message, at = f"{one.batch.name.label}公布了两份：“{first}”和“{one.file}”", one.written.places.of("batch")
            reader.report(error("published-twice", message, "核对后只留一份", at))


def _report_unknown(reader: Reader, one: _Announced, plan: Plan) -> None:
    """Say whom the announcement names and the plan does not: people who left and old names stay in a plan."""
    for posting in one.written.postings:
        department = plan.department(posting.department)
        if posting.department and department is None:
            message = f"公布过的科室“{posting.department}”不在计划的“科室”里"
            hint = nearest_hint(
                posting.department, [each.name for each in plan.departments], "改了名的，在计划里写上“曾用名”"
            )
            reader.report(warning("unknown-department", message, hint, posting.places.of("department")))
        elif department and posting.person and not department.find(posting.person_id or posting.person):
            message = f"公布过的人员“{posting.person}”不在计划的科室“{department.name}”里"
            hint = "人员走了不要删，填“离岗日期”；改了姓名或工号的，这里也改"
            reader.report(warning("unknown-person", message, hint, posting.places.of("person")))
