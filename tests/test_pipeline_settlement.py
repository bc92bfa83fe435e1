"""One query feeds all: screen, JSON, workbook and document of a run show the same money, approved batches too."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xiaxiang.assess.settlement import approve
from xiaxiang.model.document import Content, Request
from xiaxiang.model.scalar import money_text
from xiaxiang.pipeline import Result, add_results, add_roster, batch_by_batch, read, without_approved
from xiaxiang.present.given import Given
from xiaxiang.present.kinds import present
from xiaxiang.render.json_assess import assess_json
from xiaxiang.render.sheet_settlement import settlement_tabs
from xiaxiang.render.text_assess import assess_text
from xiaxiang.render.xlsx_settlement import settlement_xlsx

if TYPE_CHECKING:
    from xiaxiang.model.appraisal import Appraisal
    from xiaxiang.model.batch import BatchName
    from xiaxiang.model.roster import RosterRow

EXAMPLE = Path(__file__).parents[1] / "examples" / "county-hospital"
WIDE = 400  # cells: nothing wraps
DAY = date(2024, 7, 10)
Money = dict[str, tuple[str | None, str | None]]
"""Person → what is paid, and what they get after shares and sanctions; None where it is open."""


@pytest.fixture(scope="module")
def example() -> Result:
    return add_roster(read(EXAMPLE / "plan.yaml"), EXAMPLE / "roster.csv")


def yuan(value: object) -> str | None:
    return None if value in {None, ""} else money_text(round(Fraction(str(value)) * 100))


def on_screen(result: Result, appraisal: Appraisal) -> tuple[Money, dict[str, str]]:
    """Return what the list shows as 补助, and the figures of its last line."""
    text = assess_text(result.workspace, appraisal, width=WIDE)
    lines = [re.split(r" {2,}", line.strip()) for line in text.split("\n")]
    head = next(line for line in lines if line[0] == "姓名")
    names = {person.name for person in appraisal.people}
    rows = [line for line in lines if line[0].rstrip("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮") in names and len(line) >= len(head)]
    column = head.index("补助")
    paid = {line[0].rstrip("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮"): line[column] for line in rows}
    last = next(line for line in text.split("\n") if line.startswith("合计 "))
    sums = dict(part.rsplit(" ", 1) for part in last.removeprefix("合计 ").split(" · ") if part.count(" ") == 1)
    return {name: (None if value == "—" else value, None) for name, value in paid.items()}, sums


def in_json(appraisal: Appraisal) -> tuple[Money, dict[str, str]]:
    content = assess_json(appraisal)
    people = {
        one["name"]: (yuan(one["allowance"]["paid"] if one["allowance"] else None), yuan(one["net"]))
        for one in content["people"]
    }
    return people, content["totals"]


def in_workbook(result: Result, appraisal: Appraisal) -> tuple[Money, dict[str, object]]:
    book = openpyxl.load_workbook(io.BytesIO(settlement_xlsx("结算", settlement_tabs(result.workspace, appraisal))))
    head, *rows = book["结算"].iter_rows(values_only=True)
    people = [dict(zip(head, row, strict=True)) for row in rows]
    last = next(place for place, one in enumerate(people) if one["工号"] == "合计")
    return {one["姓名"]: (yuan(one["实发"]), yuan(one["实得"])) for one in people[:last]}, people[last]


def in_document(given_: Given, batch: BatchName) -> tuple[Money, object]:
    content = present(given_, Request("allowance-sheet", batch))
    assert isinstance(content, Content)
    rows = [[cell.text for cell in row.cells] for row in content.tables["补助"].rows[:-1]]
    open_as_none = [[None if text == "待补" else text for text in row] for row in rows]
    return {row[1]: (row[8], row[10]) for row in open_as_none}, content.values["合计"]


def check_all_four(result: Result) -> None:
    """Hold the four outputs of every batch, and of the whole, together."""
    settled = batch_by_batch(result)
    papers = Given(result.workspace, result.schedule, result.appraisal, settled=settled)
    for batch, appraisal in settled.items():
        people, totals = in_json(appraisal)
        book, book_totals = in_workbook(result, appraisal)
        screen, sums = on_screen(result, appraisal)
        paper, paper_totals = in_document(papers, batch)
        assert book == people
        assert paper == people
        assert {name: paid for name, (paid, _) in screen.items()} == {name: paid for name, (paid, _) in people.items()}
        assert yuan(totals["paid"]) == yuan(book_totals["实发"]) == paper_totals["实发"] == sums["实发"]
        assert yuan(totals["personal_net"]) == yuan(book_totals["实得"]) == paper_totals["净额"]
        assert yuan(totals["held"]) == paper_totals["待发"]
    check_whole(result)


def check_whole(result: Result) -> None:
    """The batches add up to the whole: people, departments, the year, every sum."""
    whole = result.appraisal
    content, parts = assess_json(whole), batch_by_batch(result).values()
    for name, amount in content["totals"].items():
        of_parts = [assess_json(one)["totals"][name] for one in parts]
        assert sum(map(Fraction, of_parts)) == Fraction(amount), name
    years = content["department_years"]
    for name, total in (("reward", "department_rewards"), ("sanctions", "department_sanctions")):
        of_years = sum(Fraction(year["totals"][name]) for year in years)
        assert of_years == Fraction(content["totals"][total])
        for year in years:
            rows = [one[name] for one in year["departments"]]
            assert sum(map(Fraction, rows)) == Fraction(year["totals"][name])
            assert all(
                sum(Fraction(part[name]) for part in one["batches"]) == Fraction(one[name])
                for one in year["departments"]
            )
    book = openpyxl.load_workbook(io.BytesIO(settlement_xlsx("结算", settlement_tabs(result.workspace, whole))))
    head, *rows = book["科室奖惩"].iter_rows(values_only=True)
    lines = [dict(zip(head, row, strict=True)) for row in rows]
    for column, total in (("奖励", "department_rewards"), ("处罚", "department_sanctions")):
        items = sum(Fraction(str(one[column] or 0)) for one in lines if one["事项"] in {"奖励", "处罚"})
        sums = sum(Fraction(str(one[column] or 0)) for one in lines if one["事项"] == "小计")
        assert items == sums == Fraction(content["totals"][total])


def test_the_four_outputs_of_the_example_show_the_same_money(example: Result) -> None:
    check_all_four(add_results(example))


cells = st.fixed_dictionaries(
    {},
    optional={
        "授课次数": st.integers(0, 6),
        "查房次数": st.integers(0, 12),
        "出勤天数": st.integers(0, 62),
        "总结日期": st.just(date(2024, 7, 1)),
        "审核日期": st.just(date(2024, 7, 5)),
    },
)
changes = st.lists(st.one_of(st.none(), cells), min_size=7, max_size=7)


def edited(rows: tuple[RosterRow, ...], given_changes: list[dict[str, object] | None]) -> tuple[RosterRow, ...]:
    """Return rows with other cells; a row for which None is drawn stays as it is."""
    return tuple(
        row if change is None else replace(row, values=change) for row, change in zip(rows, given_changes, strict=True)
    )


def with_rows(example: Result, rows: tuple[RosterRow, ...]) -> Result:
    return replace(example, roster=replace(example.roster, rows=rows))


def with_approved(result: Result) -> Result:
    """Approve every batch in which nobody is open."""
    computed = add_results(without_approved(result))
    approved = tuple(
        approve(computed.workspace, appraisal, name, appraisal.readings, DAY)
        for name, appraisal in batch_by_batch(computed).items()
        if not appraisal.totals.pending
    )
    return replace(result, workspace=replace(result.workspace, approved=approved))


@settings(max_examples=12, deadline=None)
@given(changes, changes)
def test_the_four_outputs_agree_for_any_roster_and_approved_batches_keep_their_figures(
    before: list[dict[str, object] | None], after: list[dict[str, object] | None]
) -> None:
    given_example = add_roster(read(EXAMPLE / "plan.yaml"), EXAMPLE / "roster.csv")
    rows = given_example.roster.rows
    approved = with_approved(with_rows(given_example, edited(rows, before)))
    then = add_results(with_rows(approved, edited(rows, after)))
    check_all_four(then)
    settled = batch_by_batch(then)
    for one in approved.workspace.approved:
        kept = {person.name: (person.unmet, person.allowance, person.net) for person in one.people}
        shown = {person.name: (person.unmet, person.allowance, person.net) for person in settled[one.name].people}
        assert shown == kept
        assert settled[one.name].departments == one.departments


@settings(max_examples=12, deadline=None)
@given(changes)
def test_nothing_differs_from_an_approval_while_nothing_was_edited(drawn: list[dict[str, object] | None]) -> None:
    given_example = add_roster(read(EXAMPLE / "plan.yaml"), EXAMPLE / "roster.csv")
    approved = with_approved(with_rows(given_example, edited(given_example.roster.rows, drawn)))
    then = add_results(approved)
    assert [part.approval.differences for part in then.appraisal.parts if part.approval] == [
        () for _ in approved.workspace.approved
    ]
    assert "approved-differs" not in {one.code for one in then.diagnostics}
