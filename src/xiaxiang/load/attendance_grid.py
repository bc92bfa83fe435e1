"""考勤表: one row a person, one column a day, one sheet a month → what is noted of everybody's days."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from xiaxiang.load.attendance_marks import day_of_header, mark_of, month_of
from xiaxiang.load.cells import place
from xiaxiang.load.files import Reader
from xiaxiang.load.header import HEADER_WITHIN, Row, known_name
from xiaxiang.load.people import Directory, find_person
from xiaxiang.load.tables import EXCEL_SUFFIXES, is_footer, read_csv
from xiaxiang.model.attendance import Attendance, Mark
from xiaxiang.model.diagnostic import Diagnostic, Severity, error, in_order, warning
from xiaxiang.model.position import Places
from xiaxiang.model.record import COLUMNS, DEPARTMENT, ID, NAME, Who
from xiaxiang.model.scalar import ScalarError, short_day_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from xiaxiang.load.yaml import Scalar
    from xiaxiang.model.plan import Plan

Span = tuple[date, date]
_WHO: Final = {word: name for name in (NAME, ID, DEPARTMENT) for word in (name, *COLUMNS[name][1])}
_FEWEST_DAYS: Final = 10
"""Of a row, so that it is the header: a shorter one is some other table."""
_WEEKDAYS: Final = frozenset("一二三四五六日天") | {
    f"{word}{day}" for word in ("周", "星期") for day in "一二三四五六日天"
}
_NAMED: Final = 3


def load_attendance(
    path: Path, plan: Plan, postings: Mapping[Who, Iterable[Span]], *, here: Path | None = None
) -> tuple[dict[Who, Attendance] | None, tuple[Diagnostic, ...], Mapping[str, str]]:
    """Return what the sheets of a file say of the days of everybody who is posted; findings; texts for excerpts.

    None instead of the first where the file has no sheet of attendance at all, or cannot be read. A sign that nobody
    knows, a day outside of the posting and a name without a posting are told cell by cell, and count for nothing.
    """
    reader = Reader(root=path.parent, here=here or Path(), allow_outside=True)
    grid = _Grid(reader, reader.shown(path), Directory.of(plan), {who: tuple(each) for who, each in postings.items()})
    tables = [(name, file, [row for row in rows if not row.is_empty]) for name, file, rows in _sheets(reader, path)]
    is_any = any(_header(rows) for _, _, rows in tables)
    for name, file, rows in tables:
        if header := _header(rows):
            grid.read(name, file, rows, header)
        elif rows:  # a sheet of something else, unless there is no other
            message = f"工作表“{name}”里没有“姓名”和 1 到 31 日的表头，没有读"
            severity, hint = (
                (Severity.NOTE, "不是考勤表就不用管") if is_any else (Severity.ERROR, "表头写 姓名、1、2……31")
            )
            at = place(file, rows[0].cell(0))
            reader.report(Diagnostic("no-day-columns", severity, message, hint, at, "" if is_any else "考勤表"))
    sheets = {who: Attendance(grid.file, marks, is_sheet=True) for who, marks in grid.marks.items()}
    return (sheets if is_any else None), in_order(reader.findings), dict(reader.texts)


def _sheets(reader: Reader, path: Path) -> list[tuple[str, str, list[Row]]]:
    if path.suffix.lower() in EXCEL_SUFFIXES:
        from xiaxiang.load.excel import read_sheets  # noqa: PLC0415 - only where somebody has such a file

        return read_sheets(reader, path) or []
    text, file = reader.text_of(path), reader.shown(path)
    rows = None if text is None else read_csv(reader, text, file)
    return [] if rows is None else [(path.stem, file, rows)]


@dataclass(frozen=True, slots=True)
class _Header:
    """A header: its row's number among the filled rows, who columns by name, and the index of each day's column."""

    at: int
    who: dict[str, int]
    days: dict[int, int]


@dataclass(slots=True)
class _Grid:
    """The sheets of one file while they are read."""

    reader: Reader
    file: str
    directory: Directory
    postings: Mapping[Who, tuple[Span, ...]]
    marks: dict[Who, dict[date, Mark]] = field(default_factory=dict)
    _unknown: dict[tuple[str, str], list[tuple[Scalar, ScalarError]]] = field(default_factory=dict)

    def read(self, name: str, file: str, rows: list[Row], header: _Header) -> None:
        """Take in one sheet."""
        titles = [cell.text for row in rows[: header.at] for cell in row.cells if cell.text]
        month = month_of((name, *titles), (day.replace(day=1) for day in self._days_posted()))
        if month is None:
            message = f"不知道工作表“{name}”是哪一年哪一月的考勤"
            hint = "工作表改名为 2024年4月 这样"
            left_out = f"“{file}”"
            self.reader.report(error("unknown-month", message, hint, place(file, rows[0].cell(0)), left_out))
            return
        for row in rows[header.at + 1 :]:
            self._row(file, row, header, month)
        self._report_unknown(file)

    def _days_posted(self) -> Iterator[date]:
        for spans in self.postings.values():
            for first, last in spans:
                for month in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
                    yield date(month // 12, month % 12 + 1, 1)

    def _row(self, file: str, row: Row, header: _Header, month: date) -> None:
        cells = [(day, row.cell(index)) for day, index in header.days.items()]
        first = next(cell.text for cell in row.cells if cell.text)
        if is_footer(first) or {cell.text for _, cell in cells} - {""} <= _WEEKDAYS:
            return  # signatures, the days of the week, or a name without a single sign
        who = self._who(file, row, header)
        if who is None:
            return
        days = self.marks.setdefault(who, {})
        outside: list[tuple[date, Scalar]] = []
        for number, cell in cells:
            mark = self._mark(file, cell)
            if mark is None:
                continue
            day = _day(month, number)
            if day is None:
                message = f"{month.year} 年 {month.month} 月没有 {number} 日，这一格没有读"
                self.reader.report(error("no-such-day", message, "移到对的那一天，或清空这一格", place(file, cell)))
            elif not any(start <= day <= end for start, end in self.postings[who]):
                outside.append((day, cell))
            elif day in days and days[day] != mark:
                message = f"{who.name} {short_day_text(day)} 前面已经有不同的考勤符号，这一格没有读"
                self.reader.report(error("day-twice", message, "两处改成一样，或只留一处", place(file, cell)))
            else:
                days[day] = mark
        self._report_outside(file, who, outside)

    def _who(self, file: str, row: Row, header: _Header) -> Who | None:
        """Return the posted person of a row; None, reported, for nobody."""
        texts = {name: row.cell(index).text for name, index in header.who.items()}
        spans = {name: (c.line, c.column, c.end_column) for name, i in header.who.items() for c in (row.cell(i),)}
        places = Places(file, {"": (row.line, 1, row.end_column), **spans})
        word = texts.get(NAME) or texts.get(ID, "")
        if not word:
            self.reader.report(
                error(
                    "missing-field",
                    "这一行没有写姓名",
                    "写上姓名，或删去这一行",
                    places.of(NAME),
                    f"“{file}”第 {row.line} 行",
                )
            )
            return None
        fields = (NAME, DEPARTMENT, ID)
        department = texts.get(DEPARTMENT, "") if any(self.directory.by_department) else ""
        found = find_person(self.directory, word, department, texts.get(ID, ""), places, fields)
        if isinstance(found, Diagnostic):
            self.reader.report(
                error(found.code, found.message, found.hint, found.position, f"“{file}”第 {row.line} 行")
            )
            return None
        who = Who(found[0].name, found[1].name, found[1].id)
        if self.postings.get(who):
            return who
        message = f"{who.name}{f'（{who.department}）' if who.department else ''}不在名册里，这一行没有用上"
        self.reader.report(
            warning("attendance-not-in-roster", message, "要考核就加进名册；不考核就不用管", places.of(NAME))
        )
        return None

    def _mark(self, file: str, cell: Scalar) -> Mark | None:
        try:
            return mark_of(cell.text)
        except ScalarError as bad:
            self._unknown.setdefault((file, cell.text), []).append((cell, bad))
            return None

    def _report_unknown(self, file: str) -> None:
        """Say of each unknown sign where it stands first, and how often."""
        for (_, text), cells in self._unknown.items():
            cell, bad = cells[0]
            more = f"；这张表里这样的共 {len(cells)} 格" if len(cells) > 1 else ""
            left_out = f"“{file}”里写“{text}”的 {len(cells)} 格"
            self.reader.report(error(bad.code, bad.message + more, bad.hint, place(file, cell), left_out))
        self._unknown.clear()

    def _report_outside(self, file: str, who: Who, outside: list[tuple[date, Scalar]]) -> None:
        if outside:
            named = "、".join(short_day_text(day) for day, _ in outside[:_NAMED])
            more = f"等 {len(outside)} 天" if len(outside) > _NAMED else ""
            message = f"{who.name} {named}{more}不在派驻期间，没有计入"
            hint = "核对月份和派驻起止；派驻以前或以后的考勤不用管"
            self.reader.report(warning("attendance-outside", message, hint, place(file, outside[0][1])))


def _header(rows: list[Row]) -> _Header | None:
    """Return the header among the first rows: the one with a name's column and most days of a month."""
    best: _Header | None = None
    for at, row in enumerate(rows[:HEADER_WITHIN]):
        days: dict[int, int] = {}
        who: dict[str, int] = {}
        for index, cell in enumerate(row.cells):
            if known := known_name(cell, _WHO):
                who.setdefault(_WHO[known], index)
            elif day := day_of_header(cell.text):
                days.setdefault(day, index)
        has_name = NAME in who or ID in who
        if has_name and len(days) >= _FEWEST_DAYS and (best is None or len(days) > len(best.days)):
            best = _Header(at, who, days)
    return best


def _day(month: date, number: int) -> date | None:
    """Return a day of a month; None where the month has none of that number."""
    try:
        return month.replace(day=number)
    except ValueError:
        return None
