"""名册: one row per dispatched person and batch → Roster. A broken row is left out aloud."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from xiaxiang.load.cells import Remarks, place, read_back, serial_day, serial_note
from xiaxiang.load.columns import (
    BATCH,
    COUNT_ENDING,
    DAYS_ENDING,
    DEPARTMENT,
    ENDS_ON,
    FIXED,
    ID,
    NAME,
    STARTS_ON,
    column_names,
    full_day,
    parse_cell,
    value_columns,
)
from xiaxiang.load.files import Reader, collector_at_rest
from xiaxiang.load.handovers import batch_running, handover_test
from xiaxiang.load.header import Row, known_name
from xiaxiang.load.people import Directory, find_person
from xiaxiang.load.roster_days import day_within, span_of_posting
from xiaxiang.load.rows import COUNTING, RowError, missing_columns, report_mapped, report_unknown
from xiaxiang.load.tables import Table, read_table
from xiaxiang.model.batch import BatchName, parse_batch
from xiaxiang.model.diagnostic import Diagnostic, error, in_order, note
from xiaxiang.model.position import Places
from xiaxiang.model.roster import CellValue, Roster, RosterRow
from xiaxiang.model.scalar import ScalarError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from xiaxiang.load.yaml import Scalar
    from xiaxiang.model.sheet import ColumnKind
    from xiaxiang.model.workspace import Workspace


def load_roster(
    path: Path, workspace: Workspace, *, here: Path | None = None
) -> tuple[Roster | None, tuple[Diagnostic, ...], Mapping[str, str]]:
    """Return the roster in `path` (None where it cannot be read), findings in order, and texts for excerpts."""
    reader = Reader(root=path.parent, here=here or Path(), allow_outside=True)
    reader.is_handover = handover_test(workspace.policy, workspace.calendar)
    with collector_at_rest():
        roster = _read(reader, path, workspace)
    return roster, in_order(reader.findings), dict(reader.texts)


def _read(reader: Reader, path: Path, workspace: Workspace) -> Roster | None:
    names = column_names(workspace.policy)
    table = read_table(reader, path, names)
    if table is None:
        return None
    columns = _columns(reader, table, names)
    if columns is None:
        return None
    header = table.header.cells
    unknown = {i: cell.text for i, cell in enumerate(header) if i not in columns and cell.text not in {"", *COUNTING}}
    report_mapped(reader, table, columns)
    report_unknown(reader, table, [header[index] for index in unknown], names)
    remarks = Remarks(table.file, table.epoch)
    directory, kinds = Directory.of(workspace.plan), value_columns(workspace.policy)
    sheet = _Sheet(reader, table, remarks, workspace, directory, columns, unknown, kinds)
    rows = sheet.rows()
    remarks.report(reader)
    return Roster(table.file, {header[index].text: name for index, name in columns.items()}, rows)


def _columns(reader: Reader, table: Table, names: Mapping[str, str]) -> dict[int, str] | None:
    """Return which column each cell of the header begins; None where the sheet cannot be read by them."""
    columns: dict[int, str] = {}
    for index, cell in enumerate(table.header.cells):
        name = names.get(known_name(cell, names))
        if name is not None and name in columns.values():
            message = f"“{name}”这一列有两个"
            reader.report(error("duplicate-key", message, "两列只留一列", place(table.file, cell)))
            return None
        if name is not None:
            columns[index] = name
    if NAME not in columns.values():
        reader.report(missing_columns(table, [NAME], "第一行写列名：姓名、科室、批次、授课日期……"))
        return None
    return columns


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One roster while its rows are read. `columns` and `unknown` map a cell's index to its column."""

    reader: Reader
    table: Table
    remarks: Remarks
    workspace: Workspace
    directory: Directory
    columns: dict[int, str]
    unknown: dict[int, str]
    kinds: dict[str, ColumnKind]

    def rows(self) -> tuple[RosterRow, ...]:
        """Return the rows that can be used; the others are left out aloud."""
        rows: list[RosterRow] = []
        seen: dict[object, int] = {}
        for row in self.table.rows:
            try:
                read = self._row(row)
                self._ask_once(read, seen)
            except RowError as bad:
                self.reader.report(replace(bad.finding, left_out=self._label(row)))
                continue
            rows.append(read)
        return tuple(rows)

    def _ask_once(self, read: RosterRow, seen: dict[object, int]) -> None:
        """Raise RowError where an earlier row is about the same posting, named by its batch or only by its days."""
        who = read.department, read.name, read.id
        batch, told = read.batch, ""
        if batch is None and read.starts_on is not None:
            batch = batch_running(self.workspace.policy, self.reader.is_handover, read.starts_on)
            told = f"（{read.starts_on} 派驻，算{batch.label}）" if batch else ""
        exact = (*who, read.batch, None if read.batch else read.starts_on)
        other_way = (*who, batch, read.batch is None)
        line = seen.get(exact) or seen.get(other_way)
        if line is not None:
            message = f"{read.name}的这一批在第 {line} 行已经有了{told if exact not in seen else ''}"
            hint = "两行合成一行" + ("；不是同一批，就在两行都写上批次" if exact not in seen else "")
            raise RowError(error("duplicate-row", message, hint, read.places.of()))
        seen[exact] = read.row
        if batch is not None:
            seen.setdefault((*who, batch, read.batch is not None), read.row)

    def _label(self, row: Row) -> str:
        name = next(row.cell(i).text for i, column in self.columns.items() if column == NAME)
        return f"名册第 {row.line} 行" + (f"（{name}）" if name else "")

    def _row(self, row: Row) -> RosterRow:
        """Return one row. Raises RowError."""
        places = self._places(row)
        cells = self._cells(row)
        if NAME not in cells and ID not in cells:
            raise RowError(error("missing-field", "这一行没有写姓名", "写上姓名，或删去这一行", places.of(NAME)))
        starts_on, ends_on = (self._day(column, cells.get(column)) for column in (STARTS_ON, ENDS_ON))
        if starts_on and ends_on and ends_on < starts_on:
            raise RowError(error("end-before-start", "派驻结束早于派驻开始", "改正其中一个日期", places.of(ENDS_ON)))
        batch = self._batch(cells.get(BATCH), starts_on)
        span = span_of_posting(self.workspace, batch, starts_on, ends_on)
        texts = {name: cell.text for name, cell in cells.items() if name in FIXED}
        found = find_person(
            self.directory,
            texts.get(NAME) or texts[ID],
            texts.get(DEPARTMENT, ""),
            texts.get(ID, ""),
            places,
            (NAME, DEPARTMENT, ID),
        )
        if isinstance(found, Diagnostic):
            raise RowError(found)
        values = {name: self._value(name, cell, span) for name, cell in cells.items() if name in self.kinds}
        self._agree(values, places)
        extra = {name: row.cell(i).text for i, name in self.unknown.items() if row.cell(i).text}
        department, person = found
        return RosterRow(
            person.name, department.name, person.id, batch, starts_on, ends_on, values, extra, row.line, places
        )

    def _places(self, row: Row) -> Places:
        """Return where the cells of a row stand, empty ones too: what is missing is missing there."""
        spans = {"": (row.line, 1, row.end_column)}
        for index, name in self.columns.items():
            cell = row.cell(index)
            spans[name] = cell.line, cell.column, cell.end_column
        return Places(self.table.file, spans)

    def _cells(self, row: Row) -> dict[str, Scalar]:
        cells: dict[str, Scalar] = {}
        for index, name in self.columns.items():
            if row.cell(index).text:
                cell = read_back(self.reader, self.remarks, name, row.cell(index), is_batch=name == BATCH)
                if isinstance(cell, Diagnostic):
                    raise RowError(cell)
                cells[name] = cell
        return cells

    def _bad(self, cell: Scalar, bad: ScalarError, label: str = "") -> RowError:
        return RowError(error(bad.code, label + bad.message, bad.hint, place(self.table.file, cell)))

    def _full_day(self, name: str, cell: Scalar, text: str) -> date:
        """Return the day that a text with its year names; of a serial number with a note. Raises ScalarError."""
        day = serial_day(text, self.table.epoch)
        if day is None:
            return full_day(text)
        self.remarks.add(name, serial_note(self.table.file, cell, text, day))
        return day

    def _day(self, name: str, cell: Scalar | None) -> date | None:
        if cell is None:
            return None
        try:
            return self._full_day(name, cell, cell.text)
        except ScalarError as bad:
            raise self._bad(cell, bad) from None

    def _batch(self, cell: Scalar | None, starts_on: date | None) -> BatchName | None:
        if cell is None:
            return None
        try:
            ref = parse_batch(cell.text)
        except ScalarError as bad:
            raise self._bad(cell, bad) from None
        year = ref.year or (starts_on.year if starts_on else None)
        if year is None:
            no_year = ScalarError("bad-batch", f"“{cell.text}”没有写年份", "批次写成 2024-1 或 2024年第1批")
            raise self._bad(cell, no_year)
        months = self.workspace.policy.months_of(year)
        name = ref.named_in(year, months)
        if name is None:
            none_such = ScalarError(
                "no-such-batch", f"没有“{cell.text}”这一批", f"{year} 年有第 1 到第 {len(months)} 批"
            )
            raise self._bad(cell, none_such)
        return name

    def _value(self, name: str, cell: Scalar, span: tuple[date, date] | None) -> CellValue:
        assumed: list[date] = []

        def day(text: str) -> date:
            try:
                return self._full_day(name, cell, text)
            except ScalarError:
                found = day_within(text, span)
                if found is None:
                    raise
                assumed.append(found)
                return found

        try:
            value = parse_cell(cell.text, self.kinds[name], day)
        except ScalarError as bad:
            raise self._bad(cell, bad, label=name) from None
        if assumed:
            years = "、".join(str(year) for year in sorted({one.year for one in assumed}))
            message = f"{name}没有写年份，按派驻的 {years} 年读"
            self.reader.report(note("year-assumed", message, "不对的话，日期里写上年份", place(self.table.file, cell)))
        return value

    def _agree(self, values: Mapping[str, CellValue], places: Places) -> None:
        """Raise RowError where dates and a count of the same thing differ; a date given twice may count once."""
        for name, days in values.items():
            count_name = name.removesuffix(DAYS_ENDING) + COUNT_ENDING
            count = values.get(count_name)
            if isinstance(days, tuple) and count is not None and count not in {len(days), len(set(days))}:
                message = f"{name}写了 {len(days)} 个，{count_name}写的是 {count}"
                raise RowError(error("count-differs", message, "改正其中一个，或只留日期", places.of(count_name)))
