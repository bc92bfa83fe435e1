"""核定: `approved/*.yaml` beside the plan → the batches whose results were approved.

What was approved must not change by itself: a file is read whole or not at all, and the money of a batch whose file
cannot be read is not said.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from xiaxiang.load.approved_batch import approved_batch
from xiaxiang.load.approved_entries import WrittenApproval
from xiaxiang.load.approved_sums import misfits
from xiaxiang.load.files import APPROVED_FOLDER, start_of
from xiaxiang.load.frozen import batch_of, files_in, name_of, read_frozen
from xiaxiang.model.diagnostic import error

if TYPE_CHECKING:
    from pathlib import Path

    from xiaxiang.load.files import Reader
    from xiaxiang.model.approved import ApprovedBatch
    from xiaxiang.model.batch import BatchName

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
        if _has_errors(reader, mark):
            unsettled.append(batch_of(path) if one is None else one.name)
            message = f"“{reader.shown(path)}”是核定过的结果，读不完整：这一批的金额都不出，免得和核定的不一样"
            reader.report(error("approved-unreadable", message, _RESTORE, start_of(reader.shown(path))))
    known = tuple(one for name, one in sorted(batches.items()) if name not in unsettled)
    return Approvals(known, tuple(dict.fromkeys(unsettled)))


def read_approved(reader: Reader, path: Path) -> ApprovedBatch | None:
    """Return what one file of an approved result says; None, with findings, where anything in it is wrong."""
    mark = len(reader.findings)
    written = read_frozen(reader, path, WrittenApproval, _RESTORE)
    if written is None or _has_errors(reader, mark):
        return None
    name = name_of(reader, written.batch, written.places.of("batch"), path, "approved-misnamed")
    reader.report(*misfits(written))
    return None if name is None or _has_errors(reader, mark) else approved_batch(written, name)


def _has_errors(reader: Reader, mark: int) -> bool:
    """Whether any finding since the first `mark` of them is an error."""
    return any(found.is_error for found in reader.findings[mark:])


def _report_twice(reader: Reader, first: ApprovedBatch, second: ApprovedBatch) -> None:
    names = f"“{first.places.file}”和“{second.places.file}”"
    message = f"{second.name.label}核定了两份：{names}"
    reader.report(error("approved-twice", message, "核对后只留一份", second.places.of("batch")))
