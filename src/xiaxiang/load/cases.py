"""cases.yaml: worked cases of a policy → small plans and rosters with what is expected of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
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
from xiaxiang.load.files import Reader, builtin
from xiaxiang.load.values import NodeError, pairs_of, parameter_of, span_of, text_of
from xiaxiang.load.yaml import Mapping, Node, Scalar, Sequence, parse_yaml
from xiaxiang.model.batch import parse_batch
from xiaxiang.model.calendar import ONE_DAY
from xiaxiang.model.case import EXPECTATIONS, OF_DEPARTMENTS, Case, Expectation, expected_text
from xiaxiang.model.diagnostic import Diagnostic, error, in_order
from xiaxiang.model.plan import Plan
from xiaxiang.model.position import Places, Position
from xiaxiang.model.reading import SETTINGS, setting
from xiaxiang.model.roster import Roster, RosterRow
from xiaxiang.model.scalar import ScalarError
from xiaxiang.model.similar import nearest_hint

if TYPE_CHECKING:
    from collections.abc import Iterable

    from xiaxiang.model.batch import BatchName
    from xiaxiang.model.policy import Policy
    from xiaxiang.model.roster import CellValue

CASES_FILE: Final = "cases.yaml"
TITLE, INPUT, EXPECTED = "名称", "输入", "期望"
EVENTS, READINGS, OTHERS = "事件", "口径", "同批"
_DEFAULTS: Final = {NAME: "张三", DEPARTMENT: "内科"}
"""Whose row it is where a case does not say: most cases are about one person, whoever it is."""


def builtin_cases(policy: str) -> Path:
    """Return the file of a built-in policy's cases."""
    return builtin("plans") / policy / CASES_FILE


def load_cases(
    path: Path, policy: Policy, *, here: Path | None = None
) -> tuple[tuple[Case, ...], tuple[Diagnostic, ...], dict[str, str]]:
    """Return the cases in `path`, findings in order, and texts for excerpts. A broken case is left out aloud."""
    reader = Reader(root=path.parent, here=here or Path(), allow_outside=True)
    text = reader.text_of(path)
    file = reader.shown(path)
    tree, problem = parse_yaml(text, file) if text is not None else (None, None)
    if problem is not None:
        reader.report(problem)
    elif text is not None and not isinstance(tree, Sequence):
        at = Position(file, 1, 1, 1)
        reader.report(error("wrong-shape", f"“{file}”里写的不是列表", "每个案例前写“- ”", at))
    items = tree.items if isinstance(tree, Sequence) else []
    cases = [_CaseReader(reader, file, path.parent, policy, number).case(node) for number, node in enumerate(items, 1)]
    return tuple(case for case in cases if case), in_order(reader.findings), dict(reader.texts)


@dataclass(slots=True)
class _CaseReader:
    """Reads one case; every problem is reported, and any makes the case broken."""

    reader: Reader
    file: str
    folder: Path
    policy: Policy
    number: int
    title: str = ""
    columns: dict[str, str] = field(default_factory=dict)
    broken: bool = False

    def case(self, node: Node) -> Case | None:
        """Return the case, or None where it is broken."""
        try:
            parts = {key.text: (key, value) for key, value in pairs_of(node)}
            self.title = text_of(parts[TITLE][1]) if TITLE in parts else ""
            for name, (key, _) in parts.items():
                if name not in {TITLE, INPUT, EXPECTED}:
                    self._unknown(key, (TITLE, INPUT, EXPECTED))
            for name in (TITLE, INPUT, EXPECTED):
                if name not in parts:
                    raise NodeError(node, "missing-field", f"案例少了“{name}”", f"加一行“{name}: ……”")  # noqa: TRY301 - one way out
            expected = self._expected(parts[EXPECTED][1])
            plan, rows = self._input(parts[INPUT][1])
        except NodeError as bad:
            self._report(bad.code, str(bad), bad.hint, bad.node)
            return None
        if self.broken or plan is None:
            return None
        roster = Roster(self.file, dict(self.columns), rows)
        return Case(self.title, plan, roster, expected, self._at(node))

    def _at(self, node: Node) -> Position:
        return Position(self.file, *span_of(node))

    def _report(self, code: str, message: str, hint: str, node: Node) -> None:
        self.broken = True
        left_out = f"案例“{self.title}”" if self.title else f"第 {self.number} 个案例"
        self.reader.report(error(code, message, hint, self._at(node), left_out))

    def _unknown(self, key: Scalar, known: tuple[str, ...]) -> None:
        legal = "这里可以写 " + "、".join(known)
        self._report("unknown-key", f"不认识“{key.text}”", nearest_hint(key.text, known, legal), key)

    def _expected(self, node: Node) -> tuple[Expectation, ...]:
        """Return what the case expects; a department's money may be given department by department."""
        indicators = self.policy.assessment.indicators if self.policy.assessment else ()
        known = (*EXPECTATIONS, *(one.name for one in indicators))
        found: list[Expectation] = []
        for key, value in pairs_of(node):
            if key.text not in known:
                self._unknown(key, known)
                continue
            inner = pairs_of(value) if key.text in OF_DEPARTMENTS and isinstance(value, Mapping) else [(None, value)]
            for department, one in inner:
                try:
                    text = expected_text(key.text, str(parameter_of(one)))
                except ScalarError as bad:
                    self._report(bad.code, f"{key.text}：{bad.message}", bad.hint, one)
                    continue
                found.append(Expectation(key.text, department.text if department else "", text, self._at(one)))
        return tuple(found)

    def _input(self, node: Node) -> tuple[Plan | None, tuple[RosterRow, ...]]:
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
                self._check_readings(value)
            elif key.text == OTHERS:
                others = value.items if isinstance(value, Sequence) else [value]
            else:
                keys.append((key, value))
        own = self._cells(keys)
        # Another person of the batch did the same, except for what is written of them.
        alike = [own | self._cells(pairs_of(other)) for other in others]
        rows = tuple(row for cells in (own, *alike) if (row := self._row(cells, node)))
        return (self._plan(node, rows, events, readings) if rows and not self.broken else None), rows

    def _cells(self, pairs: Iterable[tuple[Scalar, Node]]) -> dict[str, Node]:
        """Return the cells of one person by column, whichever spelling names it."""
        names = column_names(self.policy)
        cells: dict[str, Node] = {}
        for key, value in pairs:
            column = names.get(key.text)
            if column is None:
                self._unknown(key, (EVENTS, READINGS, OTHERS, *sorted(set(names.values()))))
            elif column in cells:
                raise NodeError(key, "duplicate-key", f"“{key.text}”和“{column}”是同一列", "两处只留一处")
            else:
                cells[column] = value
                self.columns[key.text] = column
        return cells

    def _check_readings(self, node: Node) -> None:
        for key, value in pairs_of(node):
            known = setting(key.text)
            if known is None:
                self._unknown(key, tuple(one.name for one in SETTINGS))
            elif known.value_of(text_of(value)) is None:
                hint = "可以写 " + "、".join(known.values)
                self._report("unknown-reading-value", f"口径“{key.text}”没有“{text_of(value)}”这种取法", hint, value)

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
                self._report(bad.code, f"{name}：{bad.message}", bad.hint, cell)
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
            self._report(bad.code, bad.message, bad.hint, node)
            return None
        days = [day for value in values.values() if isinstance(value, tuple) for day in value]
        if STARTS_ON in texts or ENDS_ON in texts or not days:
            self._report("missing-field", "案例没有写派驻起止", f"写上“{STARTS_ON}”和“{ENDS_ON}”", node)
            return None
        return _term_around(self.policy, min(days))

    def _batch(self, text: str, node: Node, term: tuple[date, date] | None) -> BatchName | None:
        if not text or term is None:
            return None
        try:
            batch = parse_batch(text).named_in(term[0].year, self.policy.months_of(term[0].year))
        except ScalarError as bad:
            self._report(bad.code, bad.message, bad.hint, node)
            return None
        if batch is None:
            self._report("no-such-batch", f"没有“{text}”这一批", "批次写成 2024-1 或 2024年第1批", node)
        return batch

    def _plan(self, node: Node, rows: tuple[RosterRow, ...], events: Node, readings: Node) -> Plan | None:
        """Return the smallest plan that the case needs, read the way any plan is read."""
        staff: dict[str, list[RosterRow]] = {}
        for row in rows:
            staff.setdefault(row.department, []).append(row)
        mark = len(self.reader.findings)
        plan = Binder(self.reader, self.file, self.folder).entry(
            Plan, _plan_node(node, staff, events, readings), Context()
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


def _plan_node(node: Node, staff: dict[str, list[RosterRow]], events: Node, readings: Node) -> Mapping:
    span = span_of(node)

    def text(value: str) -> Scalar:
        return Scalar(value, *span)

    def mapping(**pairs: Node) -> Mapping:
        return Mapping(*span, [(text(key), value) for key, value in pairs.items()])

    def department(name: str, rows: list[RosterRow]) -> Node:
        people = Sequence(*span, [mapping(姓名=text(row.name), 工号=text(row.id)) for row in rows])
        return mapping(名称=text(name), 人员=people)

    first = min((row.starts_on for rows in staff.values() for row in rows if row.starts_on), default=date.min)
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
