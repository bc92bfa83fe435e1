"""A table of units, teams, departments or people to assess without a plan → Roster. A broken row is left out aloud."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from xiaxiang.load.cells import Remarks, place, read_back, serial_day, serial_note
from xiaxiang.load.columns import ENDS_ON, FIXED, ID, NAME, STARTS_ON, column_names, full_day, parse_cell, value_columns
from xiaxiang.load.files import Reader, collector_at_rest
from xiaxiang.load.header import known_name
from xiaxiang.load.rows import COUNTING, missing_columns, report_mapped, report_unknown
from xiaxiang.load.tables import read_table
from xiaxiang.model.diagnostic import Diagnostic, error, in_order
from xiaxiang.model.position import Places
from xiaxiang.model.roster import CellValue, Roster, RosterRow
from xiaxiang.model.scalar import ScalarError, half_width, parse_count, parse_month

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from xiaxiang.load.header import Row
    from xiaxiang.load.tables import Table
    from xiaxiang.load.yaml import Scalar
    from xiaxiang.model.policy import Policy
    from xiaxiang.model.sheet import ColumnKind

YEAR, MONTH, QUARTER = "年度", "月份", "季度"
TEAM: Final = "队伍"
SUBJECTS: Final[dict[str, tuple[str, tuple[str, ...]]]] = {
    "人员": (NAME, FIXED[NAME]),
    "科室": ("科室", FIXED["科室"]),
    TEAM: (TEAM, ("团队", "服务团队", "小组", "队伍名称", "团队名称")),
    "单位": ("单位", ("名称", "单位名称", "机构", "机构名称", "医院", "卫生院")),
}
"""对象 → the column that names a subject, with its other spellings."""

_PERIODS: Final = {YEAR: ("年", "年份", "考核年度"), MONTH: ("月", "考核月份"), QUARTER: ("季",)}
_QUARTERS: Final = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_MONTHS: Final = 3  # of a quarter

Period = tuple[date, date]
T = TypeVar("T")


def subject_columns(policy: Policy) -> dict[str, str]:
    """Return every spelling of every column of such a table → its Chinese name."""
    name, also = SUBJECTS.get(policy.subject, SUBJECTS["人员"])
    spellings = {word: column for word, column in column_names(policy).items() if column not in {NAME, "科室", "批次"}}
    spellings |= dict.fromkeys((name, *also), name)
    if policy.subject == TEAM:
        spellings |= dict.fromkeys((NAME, *FIXED[NAME]), NAME)
    for period, others in _PERIODS.items():
        spellings |= dict.fromkeys((period, *others), period)
    return spellings | {column: column for column in value_columns(policy)}


def load_subjects(
    path: Path, policy: Policy, *, here: Path | None = None
) -> tuple[Roster | None, tuple[Diagnostic, ...], Mapping[str, str]]:
    """Return the rows to assess in `path`, each with its period; findings in order, and texts for excerpts.

    A row's `name` is its subject; of a team, `department` is the team and `name` the member.
    """
    reader = Reader(root=path.parent, here=here or Path(), allow_outside=True)
    with collector_at_rest():
        roster = _read(reader, path, policy)
    return roster, in_order(reader.findings), dict(reader.texts)


def _read(reader: Reader, path: Path, policy: Policy) -> Roster | None:
    names = subject_columns(policy)
    table = read_table(reader, path, names)
    if table is None:
        return None
    header = table.header.cells
    columns = {index: names[known] for index, cell in enumerate(header) if (known := known_name(cell, names)) in names}
    subject = SUBJECTS.get(policy.subject, SUBJECTS["人员"])[0]
    if subject not in columns.values():
        hint = f"“{policy.name}”考核的是{policy.subject}，第一行写列名；空表: xiaxiang 制度 sheet 制度 -o 空表.xlsx"
        reader.report(missing_columns(table, [subject], hint))
        return None
    unknown = [cell for i, cell in enumerate(header) if i not in columns and cell.text not in {"", *COUNTING}]
    report_mapped(reader, table, columns)
    report_unknown(reader, table, unknown, names)
    rows = _Rows(reader, table, policy, subject, columns, Remarks(table.file, table.epoch)).all()
    return Roster(table.file, {header[index].text: name for index, name in columns.items()}, rows)


@dataclass(frozen=True, slots=True)
class _Rows:
    """One table while its rows are read. `columns` maps a cell's index to its column."""

    reader: Reader
    table: Table
    policy: Policy
    subject: str
    columns: dict[int, str]
    remarks: Remarks

    def all(self) -> tuple[RosterRow, ...]:
        """Return the rows that can be used; the others are left out aloud."""
        kinds = value_columns(self.policy)
        found: list[RosterRow] = []
        lines: dict[tuple[str, ...], int] = {}
        for row in self.table.rows:
            mark = len(self.reader.findings)
            one = self._row(row, kinds)
            if one is not None and self._is_first(one, lines):
                found.append(one)
            else:
                self.reader.leave_out_since(mark, f"“{self.table.file}”第 {row.line} 行")
        self.remarks.report(self.reader)
        return tuple(found)

    def _is_first(self, one: RosterRow, lines: dict[tuple[str, ...], int]) -> bool:
        """Whether no row above is about the same subject and period: its money would be counted twice."""
        key = (one.department, one.name, one.id, str(one.starts_on), str(one.ends_on))
        first = lines.setdefault(key, one.row)
        if first != one.row:
            message = f"{one.name}的这一期在第 {first} 行已经有了"
            hint = "两行合成一行；不是同一期的，改对年度、月份"
            self.reader.report(error("duplicate-row", message, hint, one.places.of(self.subject)))
        return first == one.row

    def _row(self, row: Row, kinds: Mapping[str, ColumnKind]) -> RosterRow | None:
        cells: dict[str, Scalar] = {}
        spans = {"": (row.line, 1, row.end_column)}
        for index, name in self.columns.items():
            cell = row.cell(index)
            spans[name] = cell.line, cell.column, cell.end_column
            if cell.text.strip():
                back = read_back(self.reader, self.remarks, name, cell)
                if isinstance(back, Diagnostic):
                    self.reader.report(back)
                    return None
                cells[name] = back
        places = Places(self.table.file, spans)
        if self.subject not in cells:
            hint = f"写上{self.subject}，或删去这一行"
            self.reader.report(error("missing-field", f"这一行没有写{self.subject}", hint, places.of(self.subject)))
            return None
        period = self._period(cells, places)
        values = self._values(cells, kinds)
        if period is None or values is None:
            return None
        name = cells[self.subject].text.strip()
        member = cells[NAME].text.strip() if self.subject == TEAM and NAME in cells else name
        own_id = cells[ID].text.strip() if ID in cells else ""
        return RosterRow(
            member,
            name if self.subject == TEAM else "",
            own_id,
            None,
            *period,
            values=values,
            row=row.line,
            places=places,
        )

    def _values(self, cells: Mapping[str, Scalar], kinds: Mapping[str, ColumnKind]) -> dict[str, CellValue] | None:
        values: dict[str, CellValue] = {}
        for name, cell in cells.items():
            if name in kinds:
                value = self._read(cell, name, partial(parse_cell, kind=kinds[name], day=self._day(name)))
                if value is None:
                    return None
                values[name] = value
        return values

    def _day(self, name: str) -> Callable[[str], date]:
        def read(text: str) -> date:
            day = serial_day(text, self.table.epoch)
            if day is None:
                return full_day(text)
            at = self.table.header.cells[next(i for i, one in self.columns.items() if one == name)]
            self.remarks.add(name, serial_note(self.table.file, at, text, day))
            return day

        return read

    def _period(self, cells: Mapping[str, Scalar], places: Places) -> Period | None:
        """Return the first and last day that the row speaks of: its own days, else its 月份, 季度 or 年度."""
        if STARTS_ON in cells and ENDS_ON in cells:
            days = [self._read(cells[name], name, self._day(name)) for name in (STARTS_ON, ENDS_ON)]
            first, last = days
            if not isinstance(first, date) or not isinstance(last, date):
                return None
            if last < first:
                found = error("end-before-start", "结束早于开始", "改正其中一个日期", places.of(ENDS_ON))
                self.reader.report(found)
                return None
            return first, last
        year = cells[YEAR].text if YEAR in cells else ""
        for name, read in ((MONTH, month_period), (QUARTER, quarter_period), (YEAR, year_period)):
            if name in cells:
                return self._read(cells[name], name, partial(read, year=year))
        campaign = self.policy.programme.period if self.policy.programme else None
        first, last = (campaign.from_on.on(date.max), campaign.until_on.on(date.max)) if campaign else (None, None)
        if first and last:
            return first, last
        hint = f"加一列“{YEAR}”（例如 2024），或“{MONTH}”“{QUARTER}”，或“{STARTS_ON}”和“{ENDS_ON}”"
        self.reader.report(error("missing-field", "不知道这一行考核的是哪一段时间", hint, places.of()))
        return None

    def _read(self, cell: Scalar, name: str, read: Callable[[str], T]) -> T | None:
        """Return what a cell says; None, reported, where it says nothing that its column takes."""
        try:
            return read(cell.text)
        except ScalarError as bad:
            self.reader.report(error(bad.code, f"{name}：{bad.message}", bad.hint, place(self.table.file, cell)))
            return None


def year_period(text: str, year: str) -> Period:
    """Return the year that `text` (or else `year`) names, as its first and last day. Raises ScalarError."""
    return whole_year(parse_count(half_width(text or year).strip().removesuffix("年度").removesuffix("年")))


def whole_year(year: int) -> Period:
    """Return a year's first and last day. Raises ScalarError for a number that is no year."""
    try:
        return date(year, 1, 1), date(year, 12, 31)
    except ValueError:
        raise ScalarError("bad-date", f"“{year}”不是年份", "年度写成 2024") from None


def month_period(text: str, year: str) -> Period:
    """Return the first and last day of the month that `text` names (in `year` if it names none). Raises ScalarError."""
    plain = half_width(text).strip()
    if year and plain.removesuffix("月份").removesuffix("月").isdigit():
        plain = f"{half_width(year).strip().removesuffix('年度').removesuffix('年')}-{plain.rstrip('月份')}"
    first = parse_month(plain)
    return first, first.replace(day=monthrange(first.year, first.month)[1])


def quarter_period(text: str, year: str) -> Period:
    """Return the first and last day of the quarter that `text` names (else of `year`). Raises ScalarError."""
    plain = half_width(text).strip()
    given, _, rest = plain.rpartition("年")
    number = _QUARTERS.get(rest.removesuffix("度").removesuffix("季").removeprefix("第"))
    digits = half_width(given or year).strip().removesuffix("年度").removesuffix("年")
    if number is None or not digits.isdigit():
        raise ScalarError("bad-date", f"“{text}”不是季度", "季度写成 2024年一季度，或另有“年度”一列")
    last = number * _MONTHS
    return date(int(digits), last - _MONTHS + 1, 1), date(int(digits), last, monthrange(int(digits), last)[1])
