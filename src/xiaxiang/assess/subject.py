"""One person to assess: the row, the days served, the rules in force, the leave, and who shared the slot."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from xiaxiang.assess.changes import Changes, about
from xiaxiang.assess.leave import ApprovedLeave, approved_leave
from xiaxiang.assess.run import row_label
from xiaxiang.assess.stint import Stint, Stints, overlap
from xiaxiang.model.policy import PEOPLE

if TYPE_CHECKING:
    from xiaxiang.assess.rules import Rules
    from xiaxiang.assess.run import Run
    from xiaxiang.model.event import Recall
    from xiaxiang.model.roster import RosterRow


@dataclass(frozen=True, slots=True)
class Subject:
    """A row with everything that its assessment needs.

    `partners` shared the slot before or after and are filled in only where 中途换人考核 counts them together;
    `absent` are such people whose rows the roster lacks, or whose posting is unknown.
    """

    row: RosterRow
    department: str
    stint: Stint
    rules: Rules
    leave: ApprovedLeave | None = None
    recalls: tuple[Recall, ...] = ()
    partners: tuple[Subject, ...] = ()
    absent: tuple[str, ...] = ()
    members: tuple[RosterRow, ...] = ()
    """The rows of a team (队伍), for 构成; none where the subject is one row."""
    kind: str = PEOPLE
    """What the subject is (对象): somebody posted is one of 人员, a row of a table what its policy assesses."""


class Subjects:
    """Makes the subjects of one run."""

    def __init__(self, run: Run, changes: Changes) -> None:
        """Keep the run, its registered changes and its stints."""
        self._run = run
        self._changes = changes
        self._stints = Stints(run, changes)

    def all(self) -> list[Subject | None]:
        """Return the subject of each row, None (reported) where its posting is unknown or stands in two rows."""
        subjects = [self._of(row) for row in self._run.roster.rows]
        by_person: dict[tuple[str, str, str], list[Subject]] = {}
        for subject in subjects:
            if subject:
                by_person.setdefault((subject.department, subject.row.name, subject.row.id), []).append(subject)
        twice = [one for rows in by_person.values() if len(rows) > 1 for one in rows if _meets_another(one, rows)]
        for one in twice:
            message = f"{row_label(one.row)}的派驻 {one.stint.label} 在名册里不止一行，考核待补"
            hint = "同一次派驻合成一行；不是同一次的，改对批次和派驻起止"
            self._run.error("posting-overlaps", message, hint, one.row.places.of(""), row_label(one.row))
        doubled = {id(one) for one in twice}
        return [None if id(subject) in doubled else subject for subject in subjects]

    def _of(self, row: RosterRow) -> Subject | None:
        alone = self._alone(row)
        stint = alone.stint if alone else None
        if alone is None or stint is None or not (stint.left or stint.took_over):
            return alone
        others = [one for one in self._stints.sharing(stint.batch, stint.left, stint.took_over) if one is not row]
        absent = self._stints.absent(stint)
        if absent:
            message = f"名册里没有与 {row_label(row)}先后派驻的 {'、'.join(absent)}"
            self._run.warn("partner-missing", message, "在名册里加上同一批次的这一行", row.places.of(""))
        if self._run.reading("中途换人考核") != "与前任合并":
            return alone
        found = [(other.name, self._alone(other)) for other in others]
        unknown = (*absent, *(name for name, partner in found if partner is None))
        partners = tuple(partner for _, partner in found if partner)
        return replace(alone, partners=partners, absent=unknown)

    def _alone(self, row: RosterRow) -> Subject | None:
        stint = self._stints.of(row)
        if stint is None:
            return None
        department, rules = self._run.department(row.department), self._run.rules(stint.term_from)
        if not self._changes.concern(row, department):
            return Subject(row, department, stint, rules)
        leaves = about(self._changes.leaves, row, department)
        leave = approved_leave(self._run, stint, leaves) if leaves else None
        return Subject(row, department, stint, rules, leave, tuple(about(self._changes.recalls, row, department)))


def _meets_another(one: Subject, rows: list[Subject]) -> bool:
    """Whether the same person's days stand in another row too; of two batches the days of change may meet."""
    return any(
        overlap((one.stint.starts_on, one.stint.ends_on), (other.stint.starts_on, other.stint.ends_on)) is not None
        and (one.stint.batch == other.stint.batch or None in {one.stint.batch, other.stint.batch})
        for other in rows
        if other is not one
    )
