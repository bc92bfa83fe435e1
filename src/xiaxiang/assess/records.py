"""工作记录 in place of the roster's counts and dates: what was measured, cut to each row's posting."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from xiaxiang.assess.attendance_days import attended_of
from xiaxiang.assess.changes import changes_of
from xiaxiang.assess.columns import ATTENDED_DAYS, REQUIRED_DAYS, columns_of
from xiaxiang.assess.run import Run, row_label
from xiaxiang.assess.subject import Subjects
from xiaxiang.assess.text import whole_or_exact
from xiaxiang.model.attendance import Attendance, Mark
from xiaxiang.model.diagnostic import Diagnostic, error, warning
from xiaxiang.model.indicator import IndicatorKind
from xiaxiang.model.number import number_text
from xiaxiang.model.record import Who

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from xiaxiang.assess.stint import Span
    from xiaxiang.model.indicator import Indicator
    from xiaxiang.model.policy import Policy
    from xiaxiang.model.record import Tallies
    from xiaxiang.model.roster import CellValue, Roster, RosterRow
    from xiaxiang.model.schedule import Schedule
    from xiaxiang.model.workspace import Workspace

ATTENDANCE: Final = "考勤"
_TIMES, _DAYS = "次数", "天数"
_NAMED: Final = 3
"""People of a finding that are named."""
_COUNTED: Final = frozenset({IndicatorKind.COUNT, IndicatorKind.DAYS})

Amounts = dict["date", "int | Fraction"]
Spans = tuple["Span", ...]


def postings_of(workspace: Workspace, roster: Roster, schedule: Schedule | None) -> tuple[Spans, ...]:
    """Return the days that each row's person served, as spans in order; none where the posting is unknown."""
    run = Run(workspace, roster, schedule)
    subjects = Subjects(run, changes_of(run)).all()
    return tuple(subject.stint.spans if subject else () for subject in subjects)


def by_person(roster: Roster, postings: Sequence[Spans]) -> dict[Who, Spans]:
    """Return the postings of everybody on the roster: those of all their rows together."""
    found: dict[Who, Spans] = {}
    for row, spans in zip(roster.rows, postings, strict=True):
        found[who_of(row)] = found.get(who_of(row), ()) + spans
    return found


def who_of(row: RosterRow) -> Who:
    """Return the person of a row."""
    return Who(row.department, row.name, row.id)


def types_of(policy: Policy) -> tuple[str, ...]:
    """Return the 类型 whose records the items of a policy measure."""
    items = policy.assessment.indicators if policy.assessment else ()
    named = (name for item in items for name in (*_counted_type(item), *(_type(one) for one in _numbers(item))))
    return tuple(dict.fromkeys(name for name in named if name))


def _counted_type(item: Indicator) -> tuple[str, ...]:
    return (item.column or item.name,) if item.kind in _COUNTED else ()


def _numbers(item: Indicator) -> tuple[str, ...]:
    """Return the columns of a rate."""
    return (item.numerator, item.denominator) if item.kind is IndicatorKind.RATE else ()


def _type(column: str) -> str:
    """Return the 类型 whose records give a column of numbers (出勤天数: 考勤; 授课次数: 授课); "" for none."""
    if column in {ATTENDED_DAYS, REQUIRED_DAYS}:  # what is required is no record of anything
        return ATTENDANCE if column == ATTENDED_DAYS else ""
    return next((column.removesuffix(end) for end in (_TIMES, _DAYS) if column.endswith(end)), "")


def with_records(
    policy: Policy, roster: Roster, postings: Sequence[Spans], tallies: Tallies
) -> tuple[Roster, tuple[Diagnostic, ...]]:
    """Return the roster with the counts and dates of the records, and where the roster's own are others.

    An item whose 类型 the file does not have at all, and somebody of whom there is no record at all, keep what the
    roster says: a file that does not speak of something is no zero.
    """
    items = policy.assessment.indicators if policy.assessment else ()
    differing, found = Differing(tallies.file), list[Diagnostic]()
    rows: list[RosterRow] = []
    for row, spans in zip(roster.rows, postings, strict=True):
        own = tallies.people.get(who_of(row))
        if own is None or not spans:
            rows.append(row)
            continue
        amounts = {name: _within(own[name].amounts(), spans) if name in own else {} for name in tallies.types}
        one = _Row(row, amounts, tallies.file, differing)
        for item in items:
            one.take(item)
        found += one.found
        rows.append(one.done())
    return replace(roster, rows=tuple(rows)), (*found, *differing.findings())


def attendance_differs(workspace: Workspace, roster: Roster, postings: Sequence[Spans]) -> tuple[Diagnostic, ...]:
    """Return where the roster's own 出勤天数 is another than the sheets of attendance, or the records, come to."""
    run = Run(workspace, roster, None)
    found: dict[str, Differing] = {}
    for row, spans in zip(roster.rows, postings, strict=True):
        noted, own = attended_of(run, row, spans), row.values.get(ATTENDED_DAYS)
        if noted and isinstance(own, int | Fraction) and own != noted.days:
            told = f"名册 {number_text(own)}、{noted.file} {number_text(noted.days)}"
            found.setdefault(noted.file, Differing(noted.file)).add(row, ATTENDED_DAYS, told)
    return tuple(each for one in found.values() for each in one.findings())


def with_attendance(roster: Roster, sheets: Mapping[Who, Attendance]) -> Roster:
    """Return the roster with what sheets of attendance say of everybody's days."""
    rows = (replace(row, attendance=sheets.get(who_of(row), row.attendance)) for row in roster.rows)
    return replace(roster, rows=tuple(rows))


def _within(amounts: Amounts, spans: Spans) -> Amounts:
    return {day: amount for day, amount in amounts.items() if any(first <= day <= last for first, last in spans)}


class Differing:
    """Where a roster says something else than `file`, in bulk: by column, the first people with both numbers."""

    def __init__(self, file: str) -> None:
        """Begin with no difference."""
        self._file = file
        self._columns: dict[str, list[tuple[RosterRow, str]]] = {}

    def add(self, row: RosterRow, column: str, told: str) -> None:
        """Keep one difference."""
        self._columns.setdefault(column, []).append((row, told))

    def findings(self) -> Iterator[Diagnostic]:
        """Yield a warning for each column, at its first cell."""
        for column, rows in self._columns.items():
            named = "；".join(f"{row_label(row)} {told}" for row, told in rows[:_NAMED])
            more = f"；等 {len(rows):,} 人" if len(rows) > _NAMED else ""
            message = f"{len(rows):,} 人的“{column}”名册和 {self._file} 不同，按后者计算: {named}{more}"
            hint = "核对后改正其中一处；名册这一栏也可以空着"
            yield warning("records-differ", message, hint, rows[0][0].places.of(column))


class _Row:
    """A row of the roster while records take the place of what it says."""

    def __init__(self, row: RosterRow, amounts: Mapping[str, Amounts], file: str, differing: Differing) -> None:
        self._row, self._by_type, self._file, self._differing = row, amounts, file, differing
        self._values = dict(row.values)
        self._amounts: dict[str, Amounts] = {}
        self._attendance = row.attendance
        self.found: list[Diagnostic] = []

    def take(self, item: Indicator) -> None:
        """Take what one item rests on from the records, where they have it."""
        for name in _counted_type(item):
            if name in self._by_type:
                self._take_days(item, self._by_type[name])
        for column in _numbers(item):
            name = _type(column)
            if name == ATTENDANCE and name in self._by_type:
                self._take_attendance(self._by_type[name])
            elif name in self._by_type:
                amounts = self._by_type[name]
                self._take_number(column, len(amounts) if column.endswith(_DAYS) else _total(amounts))

    def done(self) -> RosterRow:
        """Return the row with everything that was taken."""
        return replace(self._row, values=self._values, amounts=self._amounts, attendance=self._attendance)

    def _take_days(self, item: Indicator, amounts: Amounts) -> None:
        dates, number = columns_of(item)
        times = item.kind is IndicatorKind.COUNT
        count = _total(amounts) if times else len(amounts)
        self._differ(dates, number, amounts, count)
        self._values[dates] = tuple(amounts)
        if times and any(amount != 1 for amount in amounts.values()):
            self._amounts[dates] = amounts
        self._set(number, None if amounts else 0)

    def _take_number(self, column: str, count: int | Fraction) -> None:
        self._differ("", column, {}, count)
        self._set(column, count)

    def _take_attendance(self, amounts: Amounts) -> None:
        beyond = [day for day, amount in amounts.items() if amount > 1]
        if beyond:
            message = f"{row_label(self._row)}的考勤记录有一天超过 1: {beyond[0].isoformat()} 数量 {amounts[beyond[0]]}"
            hint = "考勤一天一条，数量不写或写 1，半天写 0.5"
            where = self._row.places.of(ATTENDED_DAYS)
            self.found.append(error("attendance-beyond-day", message, hint, where, f"{row_label(self._row)}的考勤"))
            self._set(ATTENDED_DAYS, None)
            return
        marks = {day: Mark(attended=Fraction(amount)) for day, amount in amounts.items()}
        self._attendance = Attendance(self._file, marks, is_sheet=False)

    def _differ(self, dates: str, number: str, amounts: Amounts, count: int | Fraction) -> None:
        """Keep where the roster gives another number, or other dates, than the records."""
        given, typed = self._row.values.get(number), self._row.values.get(dates)
        if isinstance(given, int | Fraction) and given != count:
            self._differing.add(self._row, number, f"名册 {number_text(given)}、记录 {number_text(count)}")
        elif isinstance(typed, tuple) and set(typed) != set(amounts):
            odd = min(set(typed) ^ set(amounts))
            told = f"{odd.isoformat()} 只有{'名册' if odd in typed else '记录'}有"
            self._differing.add(self._row, dates, told)

    def _set(self, column: str, value: CellValue | None) -> None:
        if value is None:
            self._values.pop(column, None)
        else:
            self._values[column] = value


def _total(amounts: Amounts) -> int | Fraction:
    return whole_or_exact(Fraction(sum(amounts.values())))
