"""时间轴 as data: departments × batches, who is away where, who stayed and why, before it is text, page or sheet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from xiaxiang.model.schedule import Batch, Notice, Posting, Schedule
    from xiaxiang.model.workspace import Workspace

KEEPS_TURN: Final = "→"
"""The turn goes on to a later batch."""

STAYED: Final = {"deferral-used": f"后延{KEEPS_TURN}", "refusal": "拒派", "person-replaced": f"意外{KEEPS_TURN}"}
"""Notice code → why a department whose turn had come is not in the batch."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One department in one batch: its postings, the notices about it, and why it stayed ("" where it did not)."""

    postings: tuple[Posting, ...]
    notices: tuple[Notice, ...]
    stayed: str

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to say of the department in this batch."""
        return not self.postings and not self.notices


@dataclass(frozen=True, slots=True)
class Row:
    """One department over the batches."""

    department: str
    cells: tuple[Cell, ...]

    @property
    def is_idle(self) -> bool:
        """Whether the department neither went nor stayed in any of the batches."""
        return not any(cell.postings or cell.stayed for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Timeline:
    """The batches as columns; the departments in 派遣顺序 as rows, then any other that sent somebody."""

    batches: tuple[Batch, ...]
    rows: tuple[Row, ...]


def timeline(workspace: Workspace, shown: Schedule) -> Timeline:
    """Return departments × batches of the schedule that is shown."""
    posted = [one.department for batch in shown.batches for one in batch.postings if one.department]
    departments = dict.fromkeys((*workspace.plan.dispatch_order, *posted))
    rows = (Row(name, tuple(_cell(shown, batch, name) for batch in shown.batches)) for name in departments)
    return Timeline(shown.batches, tuple(rows))


def _cell(shown: Schedule, batch: Batch, department: str) -> Cell:
    postings = tuple(one for one in batch.postings if one.department == department)
    notices = tuple(one for one in shown.notices if one.batch == batch.name and one.department == department)
    reasons = (STAYED[one.code] for one in notices if one.code in STAYED)
    return Cell(postings, notices, "" if postings else next(reasons, ""))
