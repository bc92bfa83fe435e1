"""The rows of an approved result → the same people and departments that were approved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xiaxiang.model.appraisal import Allowance, Charge, Check, DepartmentAppraisal, Item, PersonAppraisal, Release
from xiaxiang.model.approved import UNKNOWN_PAPERS, ApprovedBatch, Uses
from xiaxiang.model.decision import Reason
from xiaxiang.model.published import Basis
from xiaxiang.model.reading import ReadingUsed
from xiaxiang.model.roster import RosterRow
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
