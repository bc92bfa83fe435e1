"""派驻 of one roster row: which days the person served, as the sheet, the schedule and 变动登记 have it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import MAXYEAR
from typing import TYPE_CHECKING, Final

from xiaxiang.assess.changes import Change, Changes, PersonKey, about
from xiaxiang.assess.columns import ENDS_ON, STARTS_ON
from xiaxiang.assess.run import Run, row_label
from xiaxiang.model.calendar import ONE_DAY
from xiaxiang.model.scalar import short_day_text

if TYPE_CHECKING:
    from datetime import date

    from xiaxiang.model.batch import BatchName
    from xiaxiang.model.roster import RosterRow
    from xiaxiang.model.schedule import Batch, Posting

LONGEST_DAYS: Final = 3660
"""Ten years: a longer posting is a slip of the pen, and its days are not worth counting one by one."""

Span = tuple["date", "date"]
"""First and last day, both included."""


@dataclass(frozen=True, slots=True)
class Stint:
    """The days one person served, of the whole posting that was theirs to serve; all days included.

    `away` are the approved recalls within it. A stint is `partial` where an approved change cut it short.
    `follows` and `followed_by` are the people served after and before, None where there are none.
    """

    batch: BatchName | None
    starts_on: date
    ends_on: date
    term_from: date
    term_until: date
    away: tuple[Span, ...] = ()
    partial: bool = False
    took_over: Change | None = None
    left: Change | None = None

    @property
    def days(self) -> int:
        """Calendar days served."""
        return days_in((self.starts_on, self.ends_on)) - sum(map(days_in, self.away))

    @property
    def term_days(self) -> int:
        """Calendar days of the whole posting."""
        return days_in((self.term_from, self.term_until))

    @property
    def spans(self) -> tuple[Span, ...]:
        """The days served, as spans in order, without the approved recalls."""
        found: list[Span] = []
        start = self.starts_on
        for from_on, until_on in self.away:
            if start < from_on:
                found.append((start, from_on - ONE_DAY))
            start = until_on + ONE_DAY
        if start <= self.ends_on:
            found.append((start, self.ends_on))
        return tuple(found)

    def covers(self, day: date) -> bool:
        """Whether the person served on `day`."""
        return self.starts_on <= day <= self.ends_on and not any(first <= day <= last for first, last in self.away)

    @property
    def label(self) -> str:
        """The span as people read it: `4月1日至6月30日`."""
        return span_text((self.starts_on, self.ends_on))


def days_in(span: Span) -> int:
    """Return how many calendar days a span has."""
    return (span[1] - span[0]).days + 1


def span_text(span: Span) -> str:
    """Return a span as people read it; one day alone as that day."""
    first, last = map(short_day_text, span)
    return first if span[0] == span[1] else f"{first}至{last}"


def days_of(span: Span) -> list[date]:
    """Return the days of a span, in order."""
    return [span[0] + ONE_DAY * offset for offset in range(days_in(span))]


def overlap(one: Span, other: Span) -> Span | None:
    """Return the days that two spans share, or None."""
    first, last = max(one[0], other[0]), min(one[1], other[1])
    return (first, last) if first <= last else None


class Stints:
    """Stints of the rows of one run. A row's own days come first, then the schedule's; 变动登记 cuts both."""

    def __init__(self, run: Run, changes: Changes) -> None:
        """Index the schedule's postings and the roster's rows once."""
        self._run = run
        self._changes = changes
        self._shared: dict[tuple[BatchName | None, date, date], Stint] = {}
        self._postings: dict[tuple[str, str], list[tuple[Batch, Posting]]] = {}
        self._batches = {batch.name: batch for batch in (run.schedule.batches if run.schedule else ())}
        for batch in self._batches.values():
            for posting in batch.postings:
                if posting.department and posting.person:
                    key = (posting.department, posting.person.name)
                    self._postings.setdefault(key, []).append((batch, posting))
        self._rows: dict[tuple[str, str], list[RosterRow]] = {}
        if changes.left:
            for row in run.roster.rows:
                for who in {row.name, row.id} - {""}:
                    self._rows.setdefault((run.department(row.department), who), []).append(row)

    def of(self, row: RosterRow) -> Stint | None:
        """Return the days served, or None (reported) where neither sheet nor schedule gives them."""
        department = self._run.department(row.department)
        posted = self._posted(row, department)
        base = self._base(row, posted)
        if base is None:
            self._report_unknown(row)
            return None
        if days_in(base) > LONGEST_DAYS or base[1].year == MAXYEAR:
            message = f"{row_label(row)}派驻 {base[0].isoformat()} 至 {base[1].isoformat()} 超过十年，考核待补"
            self._run.error("posting-too-long", message, "改对派驻起止的年份", row.places.of(ENDS_ON), row_label(row))
            return None
        batch = self._batch(row, posted, base)
        stint = self._cut(row, department, batch, base)
        if stint is not None and stint.days <= 0:
            stint = None
        if stint is None:
            message = f"{row_label(row)}按变动登记没有在岗的日子，考核待补"
            self._run.warn("never-served", message, "核对派驻起止和变动登记", row.places.of(""))
            return None
        self._compare(row, posted, stint)
        return stint

    def sharing(self, batch: BatchName | None, left: Change | None, took_over: Change | None) -> list[RosterRow]:
        """Return the rows of everybody who served in the slot of these changes, in the order of serving."""
        change = took_over or left
        return [row for key in (self._changes.slot(change) if change else ()) for row in self.rows_of(key, batch)]

    def absent(self, stint: Stint) -> tuple[str, ...]:
        """Return who served in the same slot and has no row in the roster."""
        change = stint.took_over or stint.left
        keys = self._changes.slot(change) if change else ()
        return tuple(key[1] for key in keys if not self.rows_of(key, stint.batch))

    def rows_of(self, key: PersonKey, batch: BatchName | None) -> list[RosterRow]:
        """Return a person's rows in a batch."""
        return [row for row in self._rows.get(key, ()) if row.batch is None or batch is None or row.batch == batch]

    def _posted(self, row: RosterRow, department: str) -> tuple[Batch, Posting] | None:
        """Return the schedule's posting of the row's person: of its batch, else the one that its days overlap."""
        found = [
            (batch, posting)
            for batch, posting in self._postings.get((department, row.name), ())
            if (row.batch is None or row.batch == batch.name) and _same_person(row, posting)
        ]
        if len(found) > 1 and row.starts_on:
            until = row.ends_on or row.starts_on
            found = [pair for pair in found if overlap((row.starts_on, until), (pair[1].starts_on, pair[1].ends_on))]
        return found[0] if len(found) == 1 else None

    def _base(self, row: RosterRow, posted: tuple[Batch, Posting] | None) -> Span | None:
        batch = self._batches.get(row.batch) if row.batch else None
        starts_on = row.starts_on or (posted[1].starts_on if posted else batch.handover_on if batch else None)
        ends_on = row.ends_on or (posted[1].ends_on if posted else batch.ends_on if batch else None)
        return (starts_on, ends_on) if starts_on and ends_on and starts_on <= ends_on else None

    def _batch(self, row: RosterRow, posted: tuple[Batch, Posting] | None, base: Span) -> BatchName | None:
        if row.batch or posted:
            return row.batch or (posted[0].name if posted else None)
        held = self._batches.values()
        return next((batch.name for batch in held if batch.handover_on <= base[0] <= batch.ends_on), None)

    def _cut(self, row: RosterRow, department: str, batch: BatchName | None, base: Span) -> Stint | None:
        """Return the stint that the registered changes leave of `base`; None where they leave nothing."""
        if not self._changes.concern(row, department):
            return self._whole(batch, base)
        left = _change(about(self._changes.left, row, department), batch, (base[0], base[1] + ONE_DAY))
        took_over = _change(about(self._changes.took_over, row, department), batch, base)
        if not took_over and _change(about(self._changes.adrift, row, department), batch, base):
            return None
        recalls = [one for one in about(self._changes.recalls, row, department) if one.approved]
        if not (left or took_over or recalls):
            return self._whole(batch, base)
        term = self._term(batch, base, left, took_over)
        approved = [shared for one in recalls if (shared := overlap((one.from_on, one.until_on), term))]
        if not (left or took_over or approved):
            return self._whole(batch, base)
        starts_on = max(base[0], took_over.on) if took_over else base[0]
        ends_on = min(base[1], left.on - ONE_DAY) if left else base[1]
        if starts_on > ends_on:
            return None
        away = _merged([inside for span in approved if (inside := overlap(span, (starts_on, ends_on)))])
        return Stint(batch, starts_on, ends_on, *term, away, partial=True, took_over=took_over, left=left)

    def _whole(self, batch: BatchName | None, base: Span) -> Stint:
        """Return a whole posting; everybody who served the same days shares one."""
        key = (batch, *base)
        stint = self._shared.get(key)
        if stint is None:
            stint = self._shared[key] = Stint(batch, *base, *base)
        return stint

    def _term(self, batch: BatchName | None, base: Span, left: Change | None, took_over: Change | None) -> Span:
        """Return the whole posting: the batch's days, else what the row and its counterparts span together."""
        scheduled = self._batches.get(batch) if batch else None
        if scheduled:
            return min(base[0], scheduled.handover_on), max(base[1], scheduled.ends_on)
        spans = [base]
        spans += [
            (row.starts_on, row.ends_on)
            for row in self.sharing(batch, left, took_over)
            if row.starts_on and row.ends_on
        ]
        return min(first for first, _ in spans), max(last for _, last in spans)

    def _compare(self, row: RosterRow, posted: tuple[Batch, Posting] | None, stint: Stint) -> None:
        """Warn where the sheet differs from the schedule; the sheet is what happened."""
        if self._run.schedule is None:
            return
        if posted is None:
            where = stint.batch.label if stint.batch else "轮换表"
            message = f"{where}没有安排 {row_label(row)}，按名册计算"
            hint = "核对姓名、科室、批次；换了人的登记“指派”或“意外”"
            self._run.warn("roster-differs", message, hint, row.places.of(""))
            return
        planned = (posted[1].starts_on, posted[1].ends_on)
        if not stint.partial and planned != (stint.starts_on, stint.ends_on):
            message = f"{row_label(row)}名册写派驻 {stint.label}，轮换表是 {span_text(planned)}，按名册计算"
            self._run.warn("roster-differs", message, "提前结束的登记“意外”或“调回”", row.places.of(STARTS_ON))

    def _report_unknown(self, row: RosterRow) -> None:
        message = f"不知道 {row_label(row)}的派驻起止，考核待补"
        hint = "在名册里填“派驻开始”和“派驻结束”，或填与轮换表一致的“批次”"
        self._run.warn("posting-unknown", message, hint, row.places.of(""))


def _same_person(row: RosterRow, posting: Posting) -> bool:
    return not row.id or posting.person is None or posting.person.id in {"", row.id}


def _change(changes: list[Change], batch: BatchName | None, days: Span) -> Change | None:
    """Return the change of this batch that falls on these days; of several the earliest."""
    here = [
        one
        for one in changes
        if days[0] <= one.on <= days[1] and (one.batch is None or batch is None or one.batch == batch)
    ]
    return min(here, key=lambda one: one.on, default=None)


def _merged(spans: list[Span]) -> tuple[Span, ...]:
    """Return spans in order, overlapping and adjoining ones made one."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span[0] <= merged[-1][1] + ONE_DAY:
            merged[-1] = (merged[-1][0], max(merged[-1][1], span[1]))
        else:
            merged.append(span)
    return tuple(merged)
