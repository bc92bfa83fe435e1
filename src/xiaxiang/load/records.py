"""工作记录: one row per event → a stream of Records. A row that cannot be used is left out aloud, in bulk."""

from __future__ import annotations

from collections import defaultdict, deque
from pathlib import Path
from typing import TYPE_CHECKING, Final

from xiaxiang.load.cells import place
from xiaxiang.load.csv_text import plain_cell
from xiaxiang.load.files import Reader
from xiaxiang.load.record_cells import Cells
from xiaxiang.load.record_faults import Fault, Faults
from xiaxiang.load.record_source import open_source
from xiaxiang.load.rows import columns_of
from xiaxiang.load.tables import is_footer
from xiaxiang.model.diagnostic import Severity, error, in_order, note
from xiaxiang.model.position import Position
from xiaxiang.model.record import (
    AMOUNT,
    DAY,
    ID,
    NAME,
    RECIPIENT,
    TYPE,
    USUAL_TYPES,
    Record,
    RecordFile,
    column_names,
)
from xiaxiang.model.similar import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xiaxiang.load.record_source import Source
    from xiaxiang.model.workspace import Workspace

_HINT: Final = "第一行写列名：姓名、日期、类型，其余可选：数量、受援单位、题目、地点……"


def check_records(path: Path, workspace: Workspace, *, here: Path | None = None) -> RecordFile:
    """Return what a file of records holds and what is wrong in it; read from front to back, never held."""
    records = Records(path, workspace, here=here)
    deque(records, maxlen=0)
    return records.file()


class Records:
    """One file of records: iterate over it once, then ask for its `file`. Rows that are broken are not given."""

    def __init__(self, path: Path, workspace: Workspace, *, here: Path | None = None, at_sight: bool = False) -> None:
        """Open the file and look at its header. `at_sight`: as its beginning is written, so is all (see `stream`)."""
        self._reader = Reader(root=path.parent, here=here or Path(), allow_outside=True)
        self._workspace = workspace
        self._name = self._reader.shown(path)
        self._faults = Faults()
        self._types: defaultdict[str, int] = defaultdict(int)
        self._cells: Cells | None = None
        self._source = open_source(self._reader, path, column_names(), at_sight=at_sight)
        if self._source is not None:
            self._cells = self._look_at_header(self._source)

    def __iter__(self) -> Iterator[Record]:
        """Yield the rows that can be used, in the order of the file.

        This loop runs once for every row of a nation's year: what is rare is done outside.
        """
        if self._source is None or self._cells is None:
            return
        cells, rows, counted = self._cells, self._source.rows, self._types
        people, days, types, amounts, units = cells.people, cells.days, cells.types, cells.amounts, cells.units
        who_of, figures, are_sound, columns = cells.key, cells.figures, cells.sound_figures.issuperset, cells.columns
        at_day, at_type, at_amount, at_unit = columns[DAY], columns[TYPE], columns.get(AMOUNT), columns.get(RECIPIENT)
        width, make, amount = 1 + max(columns.values()), tuple.__new__, amounts[""]
        for row in rows:
            if len(row) < width:
                row.extend([""] * (width - len(row)))
            person, day, of = people[who_of(row)], days[row[at_day]], types[row[at_type]]
            if at_amount is not None:
                amount = amounts[row[at_amount]]
            if (
                person is None
                or day is None
                or of is None
                or amount is None
                or (at_unit is not None and units[row[at_unit]] is None)
                or not (are_sound(figures(row)) or cells.has_sound_figures(row))
            ):
                self._complain(row)
                continue
            on, year, bit = day
            kept = person.days[of, year]
            if kept & bit:
                self._repeated(row, of)
            else:
                person.days[of, year] = kept | bit
            if of not in counted:
                self._first_of(row, of)
            counted[of] += 1
            yield make(Record, (person.who, on, of, amount, row))

    def file(self) -> RecordFile:
        """Return what the file held. To be asked after the last row."""
        if self._source is None or self._cells is None:
            return RecordFile(self._name, {}, 0, {}, in_order(self._reader.findings), dict(self._reader.texts))
        self._say_serial(self._source, self._cells)
        self._report_more(self._cells)
        spans = self._source.rows.resolve(self._reader, self._faults.places())
        header = self._source.table.header
        names = {index: place(self._name, header.cell(index)) for index in self._cells.columns.values()}
        self._faults.report(self._reader, self._name, spans, names)
        found, texts = in_order(self._reader.findings), dict(self._reader.texts)
        rows = sum(self._types.values())
        return RecordFile(self._name, self._cells.columns, rows, dict(self._types), found, texts)

    def _report_more(self, cells: Cells) -> None:
        """Report what only some readers of records look for."""

    def _look_at_header(self, source: Source) -> Cells | None:
        """Return how cells are read; None, with a finding, where a column is missing."""
        labels = column_names()
        known = columns_of(self._reader, source.table, labels).known
        columns: dict[str, int] = {}
        for index, cell in known.items():
            if columns.setdefault(name := labels[cell.text], index) != index:
                message = f"“{name}”这一列有两个"
                self._reader.report(error("duplicate-key", message, "两列只留一列", place(self._name, cell)))
                return None
        missing = [name for name in (DAY, TYPE) if name not in columns]
        missing = [*(() if NAME in columns or ID in columns else (NAME,)), *missing]
        if missing:
            header = source.table.header
            at = Position(self._name, header.line, 1, header.end_column)
            names = "、".join(f"“{name}”" for name in missing)
            self._reader.report(error("missing-column", f"没有{names}这一列", _HINT, at))
            return None
        return Cells(self._workspace.plan, columns, source.table.epoch)

    def _complain(self, row: list[str]) -> None:
        """Keep what is wrong in a row, unless it is empty, or a total."""
        first, index = next(((text, index) for index, cell in enumerate(row) if (text := plain_cell(cell))), ("", 0))
        if self._source is None or self._cells is None or not first:
            return
        line = self._source.rows.line_of(row)
        if is_footer(first):
            message = f"“{first}”这一行是合计或签字，没有读"
            self._faults.add(index, first, line, lambda: Fault("footer-skipped", message, "不用管", Severity.NOTE))
            return
        for index, text, why in self._cells.faults(row):
            self._faults.add(index, text, line, why)

    def _repeated(self, row: list[str], of: str) -> None:
        if self._source is not None and self._cells is not None:
            message = f"同一个人同一天的“{of}”前面已经有一条"
            hint = "重复的删去一条；确实做了两次就不用管，按次数考核时一天计一次"
            why = Fault("repeated-record", message, hint, Severity.WARNING)
            line = self._source.rows.line_of(row)
            self._faults.add(self._cells.columns[TYPE], f"{why.code} {of}", line, lambda: why)

    def _first_of(self, row: list[str], of: str) -> None:
        """Ask of a 类型 that is seen for the first time whether anybody knows it."""
        policy = self._workspace.policy
        items = {one.name for one in policy.assessment.indicators} if policy.assessment else set()
        known = {*USUAL_TYPES, *items}
        if of in known or self._source is None or self._cells is None:
            return
        meant = nearest(of, known)
        near = "或".join(f"“{name}”" for name in meant)
        hint = (f"写错了就改成{near}；" if meant else "") + "没有写错就不用管，按它自己的名称统计"
        why = Fault("unknown-record-type", f"“{of}”不是常见的类型", hint, Severity.WARNING if meant else Severity.NOTE)
        self._faults.add(self._cells.columns[TYPE], f"{why.code} {of}", self._source.rows.line_of(row), lambda: why)

    def _say_serial(self, source: Source, cells: Cells) -> None:
        if cells.serial is not None:
            text, day = cells.serial
            message = f"这一列里有 Excel 的日期序号，例如“{text}”按 {day.isoformat()} 读"
            at = place(self._name, source.table.header.cell(cells.columns[DAY]))
            self._reader.report(note("excel-serial", message, "不对的话，写成 2024-01-02 这样", at))
