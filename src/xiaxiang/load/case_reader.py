"""One worked case of cases.yaml → a small plan and roster with what is expected of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Final

from xiaxiang.load.bind import Binder
from xiaxiang.load.columns import (
    BATCH,
    DEPARTMENT,
    ENDS_ON,
    ID,
    NAME,
    STARTS_ON,
    column_names,
    full_day,
    parse_cell,
    value_columns,
)
from xiaxiang.load.draft import Context
from xiaxiang.load.values import NodeError, pairs_of, parameter_of, span_of, text_of
from xiaxiang.load.yaml import Mapping, Node, Scalar, Sequence
from xiaxiang.model.batch import parse_batch
from xiaxiang.model.calendar import ONE_DAY
from xiaxiang.model.case import EXPECTATIONS, OF_DEPARTMENTS, Case, Expectation, expected_text, standing_text
from xiaxiang.model.diagnostic import error
from xiaxiang.model.plan import Plan
from xiaxiang.model.position import Places, Position
from xiaxiang.model.reading import SETTINGS, setting
from xiaxiang.model.roster import Roster, RosterRow
from xiaxiang.model.scalar import ScalarError
from xiaxiang.model.similar import nearest_hint

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from xiaxiang.load.files import Reader
    from xiaxiang.model.batch import BatchName
    from xiaxiang.model.indicator import Indicator
    from xiaxiang.model.policy import Policy
    from xiaxiang.model.roster import CellValue

TITLE, INPUT, EXPECTED = "名称", "输入", "期望"
EVENTS, READINGS, OTHERS = "事件", "口径", "同批"
_SOME_DAY: Final = date(2000, 1, 1)  # of a plan that sends nobody
_DEFAULTS: Final = {NAME: "张三", DEPARTMENT: "内科"}
"""Whose row it is where a case does not say: most cases are about one person, whoever it is."""


@dataclass(slots=True)
class CaseReader:
    """Reads one case; every problem is reported, and any makes the case broken."""

    reader: Reader
    file: str
    folder: Path
    policy: Policy
    number: int
    title: str = ""
    columns: dict[str, str] = field(default_factory=dict)
    broken: bool = False
    earlier: dict[int, str] = field(default_factory=dict)
    """Year → grade of the years before, for cases about grades."""

    def items(self) -> tuple[Indicator, ...]:
        """Return the items of the policy."""
        return self.policy.assessment.indicators if self.policy.assessment else ()

    def expectable(self) -> tuple[str, ...]:
        """Return what a case may expect."""
        return (*EXPECTATIONS, *(one.name for one in self.items()), *(one.name for one in self.policy.clocks))

    def expected_text(self, key: str, text: str) -> str:
        """Return an expectation in its one spelling. Raises ScalarError."""
        is_clock = key in {one.name for one in self.policy.clocks}
        return standing_text(text) if is_clock else expected_text(key, text)

    def case(self, node: Node) -> Case | None:
        """Return the case, or None where it is broken."""
        try:
            parts = {key.text: (key, value) for key, value in pairs_of(node)}
            self.title = text_of(parts[TITLE][1]) if TITLE in parts else ""
            for name, (key, _) in parts.items():
                if name not in {TITLE, INPUT, EXPECTED}:
                    self.unknown(key, (TITLE, INPUT, EXPECTED))
            for name in (TITLE, INPUT, EXPECTED):
                if name not in parts:
                    raise NodeError(node, "missing-field", f"案例少了“{name}”", f"加一行“{name}: ……”")  # noqa: TRY301 - one way out
            expected = self._expected(parts[EXPECTED][1])
            plan, rows = self.input(parts[INPUT][1])
        except NodeError as bad:
            self.report(bad.code, str(bad), bad.hint, bad.node)
            return None
        if self.broken or plan is None:
            return None
        roster = Roster(self.file, dict(self.columns), rows)
        return Case(self.title, plan, roster, expected, self._at(node), self.earlier)

    def _at(self, node: Node) -> Position:
        return Position(self.file, *span_of(node))

    def report(self, code: str, message: str, hint: str, node: Node) -> None:
        """Report what is wrong with the case: it is left out."""
        self.broken = True
        left_out = f"案例“{self.title}”" if self.title else f"第 {self.number} 个案例"
        self.reader.report(error(code, message, hint, self._at(node), left_out))

    def unknown(self, key: Scalar, known: tuple[str, ...]) -> None:
        """Report a key that a case does not have."""
        legal = "这里可以写 " + "、".join(known)
        self.report("unknown-key", f"不认识“{key.text}”", nearest_hint(key.text, known, legal), key)

    def _expected(self, node: Node) -> tuple[Expectation, ...]:
        """Return what the case expects; a department's money may be given department by department."""
        known = self.expectable()
        found: list[Expectation] = []
        for key, value in pairs_of(node):
            if key.text not in known:
                self.unknown(key, known)
                continue
            inner = pairs_of(value) if key.text in OF_DEPARTMENTS and isinstance(value, Mapping) else [(None, value)]
            for department, one in inner:
                try:
                    text = self.expected_text(key.text, str(parameter_of(one)))
                except ScalarError as bad:
                    self.report(bad.code, f"{key.text}：{bad.message}", bad.hint, one)
                    continue
                found.append(Expectation(key.text, department.text if department else "", text, self._at(one)))
        return tuple(found)

    def input(self, node: Node) -> tuple[Plan | None, tuple[RosterRow, ...]]:
        """Return the small plan and the rows: the person's own first, then the others of the batch."""
        keys: list[tuple[Scalar, Node]] = []
        events: Node = Sequence(*span_of(node))
        readings: Node = Mapping(*span_of(node))
        others: list[Node] = []
        for key, value in pairs_of(node):
            if key.text == EVENTS:
                events = value
            elif key.text == READINGS:
                readings = value
                self.check_readings(value)
            elif key.text == OTHERS:
                others = value.items if isinstance(value, Sequence) else [value]
            else:
                keys.append((key, value))
        own = self._cells(keys)
        # Another person of the batch did the same, except for what is written of them.
        alike = [own | self._cells(pairs_of(other)) for other in others]
        rows = tuple(row for cells in (own, *alike) if (row := self._row(cells, node)))
        return (self.plan(node, rows, events, readings) if rows and not self.broken else None), rows

    def _cells(self, pairs: Iterable[tuple[Scalar, Node]]) -> dict[str, Node]:
        """Return the cells of one person by column, whichever spelling names it."""
        names = column_names(self.policy)
        cells: dict[str, Node] = {}
        for key, value in pairs:
            column = names.get(key.text)
            if column is None:
                self.unknown(key, (EVENTS, READINGS, OTHERS, *sorted(set(names.values()))))
            elif column in cells:
                raise NodeError(key, "duplicate-key", f"“{key.text}”和“{column}”是同一列", "两处只留一处")
            else:
                cells[column] = value
                self.columns[key.text] = column
        return cells

    def check_readings(self, node: Node) -> None:
        """Report readings and values that nobody knows."""
        for key, value in pairs_of(node):
            known = setting(key.text)
            if known is None:
                self.unknown(key, tuple(one.name for one in SETTINGS))
            elif known.value_of(text_of(value)) is None:
                hint = "可以写 " + "、".join(known.values)
                self.report("unknown-reading-value", f"口径“{key.text}”没有“{text_of(value)}”这种取法", hint, value)

    def _row(self, cells: dict[str, Node], node: Node) -> RosterRow | None:
        """Return one row. Without 派驻开始 its term is the one between handover months that its first day lies in."""
        kinds = value_columns(self.policy)
        texts = dict(_DEFAULTS)
        values: dict[str, CellValue] = {}
        for name, cell in cells.items():
            text = str(parameter_of(cell))
            texts[name] = text
            try:
                if name in kinds and text.strip():
                    values[name] = parse_cell(text, kinds[name], full_day)
            except ScalarError as bad:
                self.report(bad.code, f"{name}：{bad.message}", bad.hint, cell)
        term = None if self.broken else self._term(texts, values, node)
        spans = {"": span_of(node)} | {name: span_of(cell) for name, cell in cells.items()}
        places = Places(self.file, spans)
        batch = self._batch(texts.get(BATCH, ""), cells.get(BATCH, node), term)
        if self.broken or term is None:
            return None
        line = span_of(node)[0]
        return RosterRow(
            texts[NAME], texts[DEPARTMENT], texts.get(ID, ""), batch, *term, values=values, row=line, places=places
        )

    def _term(self, texts: dict[str, str], values: dict[str, CellValue], node: Node) -> tuple[date, date] | None:
        try:
            if STARTS_ON in texts and ENDS_ON in texts:
                return full_day(texts[STARTS_ON]), full_day(texts[ENDS_ON])
        except ScalarError as bad:
            self.report(bad.code, bad.message, bad.hint, node)
            return None
        days = [day for value in values.values() if isinstance(value, tuple) for day in value]
        if STARTS_ON in texts or ENDS_ON in texts or not days:
            self.report("missing-field", "案例没有写派驻起止", f"写上“{STARTS_ON}”和“{ENDS_ON}”", node)
            return None
        return _term_around(self.policy, min(days))

    def _batch(self, text: str, node: Node, term: tuple[date, date] | None) -> BatchName | None:
        if not text or term is None:
            return None
        try:
            batch = parse_batch(text).named_in(term[0].year, self.policy.months_of(term[0].year))
        except ScalarError as bad:
            self.report(bad.code, bad.message, bad.hint, node)
            return None
        if batch is None:
            self.report("no-such-batch", f"没有“{text}”这一批", "批次写成 2024-1 或 2024年第1批", node)
        return batch

    def plan(self, node: Node, rows: tuple[RosterRow, ...], events: Node, readings: Node) -> Plan | None:
        """Return the smallest plan that the case needs, read the way any plan is read."""
        staff: dict[str, list[RosterRow]] = {}
        for row in rows:
            staff.setdefault(row.department, []).append(row)
        mark = len(self.reader.findings)
        plan = Binder(self.reader, self.file, self.folder).entry(
            Plan, plan_node(node, staff, events, readings), Context()
        )
        self.broken = len(self.reader.findings) > mark
        self.reader.leave_out_since(mark, f"案例“{self.title}”")
        return plan


def _term_around(policy: Policy, day: date) -> tuple[date, date]:
    """Return the days from the handover month in which `day`'s term begins to the day before the next one."""
    firsts = sorted(
        date(year, month, 1) for year in range(day.year - 1, day.year + 2) for month in policy.months_of(year)
    )
    begins = max(first for first in firsts if first <= day)
    return begins, min(first for first in firsts if first > day) - ONE_DAY


def plan_node(node: Node, staff: dict[str, list[RosterRow]], events: Node, readings: Node) -> Mapping:
    """Return the smallest plan with these people, events and readings, as YAML nodes."""
    span = span_of(node)

    def text(value: str) -> Scalar:
        return Scalar(value, *span)

    def mapping(**pairs: Node) -> Mapping:
        return Mapping(*span, [(text(key), value) for key, value in pairs.items()])

    def department(name: str, rows: list[RosterRow]) -> Node:
        people = Sequence(*span, [mapping(姓名=text(row.name), 工号=text(row.id)) for row in rows])
        return mapping(名称=text(name), 人员=people)

    first = min((row.starts_on for rows in staff.values() for row in rows if row.starts_on), default=_SOME_DAY)
    return mapping(
        计划名称=text("案例"),
        支援单位=text("支援单位"),
        受援单位=text("受援单位"),
        起始日期=text(first.isoformat()),
        科室=Sequence(*span, [department(name, rows) for name, rows in staff.items()]),
        派遣顺序=Sequence(*span, [text(name) for name in staff]),
        变动登记=events,
        口径=readings,
    )
