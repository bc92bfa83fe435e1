"""A case about a row of a table (a unit, a team, somebody without a posting) and what is expected of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final

from xiaxiang.load.case_reader import READINGS, CaseReader
from xiaxiang.load.columns import ENDS_ON, NAME, STARTS_ON, full_day, parse_cell, value_columns
from xiaxiang.load.subject_table import (
    MONTH,
    QUARTER,
    SUBJECTS,
    TEAM,
    YEAR,
    month_period,
    quarter_period,
    subject_columns,
    whole_year,
    year_period,
)
from xiaxiang.load.values import pairs_of, parameter_of, span_of, text_of
from xiaxiang.load.yaml import Mapping, Node, Sequence
from xiaxiang.model.case import MONEY_ENDINGS, TABLE_EXPECTATIONS, table_expected_text
from xiaxiang.model.position import Places
from xiaxiang.model.roster import CellValue, RosterRow
from xiaxiang.model.scalar import ScalarError, parse_count

if TYPE_CHECKING:
    from xiaxiang.load.subject_table import Period
    from xiaxiang.load.yaml import Scalar
    from xiaxiang.model.plan import Plan

MEMBERS, EARLIER = "成员", "往年"
_PERIODS: Final = {MONTH: month_period, QUARTER: quarter_period, YEAR: year_period}
_SUBJECT: Final = "甲"
"""Whose row it is where a case does not say."""


@dataclass(slots=True)
class TableCaseReader(CaseReader):
    """Reads one case about a row of a table: its columns, 成员 of a team, 往年 (year → grade), 口径."""

    def expectable(self) -> tuple[str, ...]:
        """Return what such a case may expect: verdicts, deadlines, score, grade, what follows, sums."""
        items = [one.name for one in self.items()]
        sums = self._sums()
        deadlines = [f"{name}期限" for name in items]
        return (*TABLE_EXPECTATIONS, *items, *deadlines, *(name + end for name in sums for end in ("", *MONEY_ENDINGS)))

    def expected_text(self, key: str, text: str) -> str:
        """Return an expectation in its one spelling: sums, days, the score, words. Raises ScalarError."""
        return table_expected_text(key, text, {one.name for one in self.items()}, self._sums())

    def _sums(self) -> tuple[str, ...]:
        funding = self.policy.funding
        return (*(one.name for one in funding.per_unit), *(one.name for one in funding.funds))

    def input(self, node: Node) -> tuple[Plan | None, tuple[RosterRow, ...]]:
        """Return a plan with the readings alone, and the rows of the subject."""
        readings: Node = Mapping(*span_of(node))
        members: list[Node] = []
        cells: dict[str, Node] = {}
        names = subject_columns(self.policy)
        for key, value in pairs_of(node):
            if key.text == READINGS:
                readings = value
                self.check_readings(value)
            elif key.text == MEMBERS:
                members = value.items if isinstance(value, Sequence) else [value]
            elif key.text == EARLIER:
                self._read_earlier(value)
            elif key.text not in names:
                self.unknown(key, (READINGS, MEMBERS, EARLIER, *sorted(set(names.values()))))
            else:
                cells[names[key.text]] = value
                self.columns[key.text] = names[key.text]
        period = self._period(cells, node)
        if period is None or self.broken:
            return None, ()
        rows = self._rows(cells, members, period, node)
        empty: Node = Sequence(*span_of(node))
        plan = self.plan(node, (), empty, readings)
        return plan, rows

    def _rows(self, cells: dict[str, Node], members: list[Node], period: Period, node: Node) -> tuple[RosterRow, ...]:
        """Return one row, or one for each member; every member has the team's own values too."""
        column = SUBJECTS[self.policy.subject][0] if self.policy.subject in SUBJECTS else NAME
        name = text_of(cells[column]) if column in cells else _SUBJECT
        values = self._values({key: one for key, one in cells.items() if key != column})
        own = {key: one for key, one in cells.items() if key in values}
        spans = {"": span_of(node)} | {key: span_of(one) for key, one in own.items()}
        places = Places(self.file, spans)
        line = span_of(node)[0]
        team = name if self.policy.subject == TEAM else ""
        if not members:
            return (RosterRow(name, team, "", None, *period, values=values, row=line, places=places),)
        rows = []
        for number, member in enumerate(members, 1):
            given = {key.text: one for key, one in pairs_of(member)}
            who = text_of(given.pop(NAME)) if NAME in given else f"{number}号"
            count = self._count(given.pop("人数")) if "人数" in given else 1
            own_values = values | self._values(given)
            rows += [
                RosterRow(who, team, "", None, *period, values=own_values, row=line, places=places)
                for _ in range(count)
            ]
        return tuple(rows)

    def _count(self, node: Node) -> int:
        try:
            return parse_count(text_of(node))
        except ScalarError as bad:
            self.report(bad.code, f"人数：{bad.message}", bad.hint, node)
            return 0

    def _values(self, cells: dict[str, Node]) -> dict[str, CellValue]:
        kinds = value_columns(self.policy)
        values: dict[str, CellValue] = {}
        for name, cell in cells.items():
            text = str(parameter_of(cell))
            if name in kinds and text.strip():
                try:
                    values[name] = parse_cell(text, kinds[name], full_day)
                except ScalarError as bad:
                    self.report(bad.code, f"{name}：{bad.message}", bad.hint, cell)
        return values

    def _read_earlier(self, node: Node) -> None:
        for key, value in pairs_of(node):
            year = self._year(key)
            if year:
                self.earlier[year] = text_of(value).strip()

    def _year(self, key: Scalar) -> int:
        try:
            return parse_count(key.text.removesuffix("年"))
        except ScalarError as bad:
            self.report(bad.code, f"往年：{bad.message}", bad.hint, key)
            return 0

    def _period(self, cells: dict[str, Node], node: Node) -> Period | None:
        """Return the row's period: its days, 月份, 季度 or 年度; else the campaign, or the year of its first day."""
        year = text_of(cells[YEAR]) if YEAR in cells else ""
        try:
            if STARTS_ON in cells and ENDS_ON in cells:
                return full_day(text_of(cells[STARTS_ON])), full_day(text_of(cells[ENDS_ON]))
            for name, read in _PERIODS.items():
                if name in cells:
                    return partial(read, year=year)(text_of(cells[name]))
        except ScalarError as bad:
            self.report(bad.code, bad.message, bad.hint, node)
            return None
        campaign = self.policy.programme.period if self.policy.programme else None
        first, last = (campaign.from_on.on(date.max), campaign.until_on.on(date.max)) if campaign else (None, None)
        if first and last:
            return first, last
        days = [day for value in self._values(cells).values() for day in _days(value)]
        if days:
            return whole_year(min(days).year)
        self.report("missing-field", "案例没有写是哪一段时间", f"写上“{YEAR}”“{MONTH}”或派驻起止", node)
        return None


def _days(value: CellValue) -> tuple[date, ...]:
    return value if isinstance(value, tuple) else (value,) if isinstance(value, date) else ()
