"""history.csv: service before the plan or elsewhere, one row per stay → History. A row left out is kept aloud."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from xiaxiang.load.cells import Remarks, place, read_back
from xiaxiang.load.files import Reader, collector_at_rest
from xiaxiang.load.people import Directory, find_person
from xiaxiang.load.rows import RowError, columns_of, missing_columns
from xiaxiang.load.tables import Table, read_table
from xiaxiang.model.diagnostic import Diagnostic, error, in_order
from xiaxiang.model.ledger import BrokenRow, History, HistoryRow
from xiaxiang.model.position import Places, Position
from xiaxiang.model.scalar import ScalarError, parse_count, parse_day

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from xiaxiang.load.header import Row
    from xiaxiang.load.yaml import Scalar
    from xiaxiang.model.workspace import Workspace

NAME, ID, DEPARTMENT, FROM, UNTIL, MONTHS = "姓名", "工号", "科室", "起", "止", "月数"
UNIT, REMARK = "受援单位", "备注"
COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    NAME: ("name", "名字", "人员", "人员姓名", "医师姓名"),
    ID: ("id", "编号", "职工号", "员工号", "工作证号"),
    DEPARTMENT: ("department", "部门", "科室名称", "所在科室"),
    FROM: ("from_on", "开始日期", "自", "派驻开始", "服务开始", "开始时间"),
    UNTIL: ("until_on", "结束日期", "至", "派驻结束", "服务结束", "结束时间"),
    MONTHS: ("months", "认定月数", "服务月数"),
    UNIT: ("recipient_unit", "受援医院", "服务单位", "服务地点"),
    REMARK: ("remark", "说明"),
}
"""The columns of history.csv with their other spellings. 月数 is what was certified; most records have none."""

_LABELS: Final = {word: name for name, also in COLUMNS.items() for word in (name, *also)}


def load_history(
    path: Path, workspace: Workspace, *, here: Path | None = None
) -> tuple[History | None, tuple[Diagnostic, ...], Mapping[str, str]]:
    """Return the history in `path` (None where it cannot be read), findings in order, and texts for excerpts."""
    reader = Reader(root=path.parent, here=here or Path(), allow_outside=True)
    with collector_at_rest():
        history = _read(reader, path, workspace)
    return history, in_order(reader.findings), dict(reader.texts)


def _read(reader: Reader, path: Path, workspace: Workspace) -> History | None:
    table = read_table(reader, path, _LABELS)
    if table is None:
        return None
    columns = {index: _LABELS[cell.text] for index, cell in columns_of(reader, table, _LABELS).known.items()}
    names = set(columns.values())
    missing = [name for name in (FROM, UNTIL) if name not in names] + ([] if names & {NAME, ID} else [NAME])
    if missing:
        reader.report(missing_columns(table, missing, "第一行写列名：姓名、科室、起、止、受援单位"))
        return None
    remarks = Remarks(table.file, table.epoch)
    history = _Sheet(reader, table, remarks, columns, Directory.of(workspace.plan)).history()
    remarks.report(reader)
    return history


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One history while its rows are read. `columns` maps a cell's index to its column."""

    reader: Reader
    table: Table
    remarks: Remarks
    columns: dict[int, str]
    directory: Directory

    def history(self) -> History:
        rows: list[HistoryRow] = []
        broken: list[BrokenRow] = []
        seen: dict[object, int] = {}
        for row in self.table.rows:
            try:
                read = self._row(row)
                key = read.department, read.name, read.id, read.from_on, read.until_on
                if seen.setdefault(key, row.line) != row.line:
                    message = f"{read.name}的这一段在第 {seen[key]} 行已经有了"
                    raise RowError(error("duplicate-row", message, "两行只留一行", read.places.of()))  # noqa: TRY301 - one way out for every broken row
            except RowError as bad:
                broken.append(self._broken(row, bad.finding))
                continue
            rows.append(read)
        return History(tuple(rows), tuple(broken))

    def _broken(self, row: Row, finding: Diagnostic) -> BrokenRow:
        """Report a row that is not counted, and keep whose it was."""
        texts = {name: row.cell(index).text for index, name in self.columns.items()}
        name = texts.get(NAME) or texts.get(ID, "")
        label = f"历史记录第 {row.line} 行" + (f"（{name}）" if name else "")
        self.reader.report(replace(finding, left_out=label))
        department, person = self._meant(texts, name)
        return BrokenRow(person, department, f"{finding.message}（{label}）", finding.position)

    def _meant(self, texts: Mapping[str, str], name: str) -> tuple[str, str]:
        """Return the department and name of whoever a broken row is about, as written where that is not known."""
        places = Places(self.table.file)
        department = texts.get(DEPARTMENT, "")
        found = find_person(self.directory, name, department, texts.get(ID, ""), places, (NAME, DEPARTMENT, ID))
        return (department, name) if isinstance(found, Diagnostic) else (found[0].name, found[1].id or found[1].name)

    def _row(self, row: Row) -> HistoryRow:
        """Return one row. Raises RowError."""
        spans = {"": (row.line, 1, row.end_column)}
        cells: dict[str, Scalar] = {}
        for index, name in self.columns.items():
            cell = row.cell(index)
            spans[name] = cell.line, cell.column, cell.end_column
            if cell.text:
                read = read_back(self.reader, self.remarks, name, cell, is_day=name in {FROM, UNTIL})
                if isinstance(read, Diagnostic):
                    raise RowError(read)
                cells[name] = read
        places = Places(self.table.file, spans)
        texts = {name: cell.text for name, cell in cells.items()}
        if NAME not in texts and ID not in texts:
            raise RowError(error("missing-field", "这一行没有写姓名", "写上姓名，或删去这一行", places.of(NAME)))
        who = texts.get(NAME) or texts[ID]
        number = texts.get(ID, "")
        found = find_person(self.directory, who, texts.get(DEPARTMENT, ""), number, places, (NAME, DEPARTMENT, ID))
        if isinstance(found, Diagnostic):
            raise RowError(found)
        from_on, until_on = self._day(FROM, cells, places), self._day(UNTIL, cells, places)
        if until_on < from_on:
            raise RowError(error("end-before-start", "止早于起", "改正其中一个日期", places.of(UNTIL)))
        months = self._months(cells.get(MONTHS))
        unit, remark = texts.get(UNIT, ""), texts.get(REMARK, "")
        department, person = found
        return HistoryRow(person.name, department.name, person.id, from_on, until_on, months, unit, remark, places)

    def _day(self, name: str, cells: Mapping[str, Scalar], places: Places) -> date:
        cell = cells.get(name)
        if cell is None:
            raise RowError(error("missing-field", f"这一行没有写“{name}”", f"在“{name}”这一列填日期", places.of(name)))
        try:
            return parse_day(cell.text)
        except ScalarError as bad:
            raise RowError(error(bad.code, bad.message, bad.hint, place(self.table.file, cell))) from None

    def _months(self, cell: Scalar | None) -> int | None:
        try:
            return parse_count(cell.text) if cell else None
        except ScalarError as bad:
            at = place(self.table.file, cell) if cell else Position(self.table.file, 1, 1, 1)
            raise RowError(error(bad.code, f"月数{bad.message}", bad.hint, at)) from None
