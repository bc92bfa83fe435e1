"""核定: `approved/*.yaml` beside the plan → the batches whose results were approved.

What was approved must not change by itself: a file is read whole or not at all, and the money of a batch whose file
cannot be read is not said.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from xiaxiang.load.approved_batch import approved_batch
from xiaxiang.load.approved_entries import WrittenApproval
from xiaxiang.load.approved_sums import misfits
from xiaxiang.load.bind import Binder
from xiaxiang.load.draft import Context
from xiaxiang.load.files import APPROVED_FOLDER, start_of
from xiaxiang.load.published import files_in
from xiaxiang.load.yaml import read_yaml
from xiaxiang.model.batch import BatchName, parse_batch
from xiaxiang.model.diagnostic import error
from xiaxiang.model.scalar import ScalarError

if TYPE_CHECKING:
    from pathlib import Path

    from xiaxiang.load.files import Reader
    from xiaxiang.model.approved import ApprovedBatch

_RESTORE: Final = "恢复原来的文件（.bak），或重新核定: xiaxiang 考核 --approve --batch 批次 --force"


@dataclass(frozen=True, slots=True)
class Approvals:
    """The approved batches by name, and those whose file cannot be read (None: its name says of no batch)."""

    batches: tuple[ApprovedBatch, ...] = ()
    unsettled: tuple[BatchName | None, ...] = ()


def load_approved(reader: Reader, folder: Path) -> Approvals:
    """Return the approved batches in the folder `approved` of the plan's `folder`.

    A file that is damaged is an error (`approved-unreadable`) which stops the money of its batch, and no other's.
    """
    batches: dict[BatchName, ApprovedBatch] = {}
    unsettled: list[BatchName | None] = []
    for path in files_in(reader, folder, APPROVED_FOLDER, "核定过的结果放在这个文件夹里"):
        mark = len(reader.findings)
        one = read_approved(reader, path)
        if one is not None and one.name in batches:
            _report_twice(reader, batches[one.name], one)
            unsettled.append(one.name)
        if one is not None:
            batches[one.name] = one
        if any(found.is_error for found in reader.findings[mark:]):
            unsettled.append(_batch_of(path) if one is None else one.name)
            message = f"“{reader.shown(path)}”是核定过的结果，读不完整：这一批的金额都不出，免得和核定的不一样"
            reader.report(error("approved-unreadable", message, _RESTORE, start_of(reader.shown(path))))
    known = tuple(one for name, one in sorted(batches.items()) if name not in unsettled)
    return Approvals(known, tuple(dict.fromkeys(unsettled)))


def read_approved(reader: Reader, path: Path) -> ApprovedBatch | None:
    """Return what one file of an approved result says; None, with findings, where anything in it is wrong."""
    file = reader.shown(path)
    text = reader.text_of(path)
    if text is None:
        return None
    mark = len(reader.findings)
    tree, found = read_yaml(text, file)
    reader.report(*found)
    if tree is None and not found:
        reader.report(error("missing-field", f"“{file}”里没有内容", _RESTORE, start_of(file)))
    binder = Binder(reader, file, path.parent)
    written = None if tree is None else binder.entry(WrittenApproval, tree, Context(label=file))
    # Nothing is left out of an approved result: it stands as a whole or not at all.
    reader.findings[mark:] = [replace(one, left_out="") for one in reader.findings[mark:]]
    if written is None or any(one.is_error for one in reader.findings[mark:]):
        return None
    name = _name(reader, written, path)
    reader.report(*misfits(written))
    is_broken = any(one.is_error for one in reader.findings[mark:])
    return None if name is None or is_broken else approved_batch(written, name)


def _name(reader: Reader, written: WrittenApproval, path: Path) -> BatchName | None:
    """Return the batch's full name, which is the file's as well."""
    ref, at = written.batch, written.places.of("batch")
    if ref.year is None or ref.number is None:
        reader.report(error("bad-batch", f"“{ref.text}”没有写明年份和第几批", "批次写成 2024-1", at))
        return None
    name = BatchName(ref.year, ref.number)
    if _batch_of(path) != name:
        message = f"文件叫“{path.name}”，里面核定的是{name.label}"
        reader.report(error("approved-misnamed", message, f"文件名改回 {name}.yaml；复制的就删去", at))
        return None
    return name


def _batch_of(path: Path) -> BatchName | None:
    """Return the batch that a file's name says, or None."""
    try:
        ref = parse_batch(path.name.partition(".")[0])
    except ScalarError:
        return None
    return BatchName(ref.year, ref.number) if ref.year is not None and ref.number is not None else None


def _report_twice(reader: Reader, first: ApprovedBatch, second: ApprovedBatch) -> None:
    names = f"“{first.places.file}”和“{second.places.file}”"
    message = f"{second.name.label}核定了两份：{names}"
    reader.report(error("approved-twice", message, "核对后只留一份", second.places.of("batch")))
