from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
import samples
import schedule_support as support

from xiaxiang.model.batch import BatchName
from xiaxiang.model.scalar import display_width
from xiaxiang.model.schedule import Batch, PostingReason, Schedule
from xiaxiang.render.schedule_words import period_text, years_text
from xiaxiang.render.text_timeline import timeline_lines
from xiaxiang.render.timeline import timeline


def batch(number: int, handover: date, ends_on: date, *postings: object) -> Batch:
    return Batch(BatchName(handover.year, number), handover, handover, ends_on, postings)  # type: ignore[arg-type]


def first_with(*postings: object) -> Schedule:
    whole = samples.schedule()
    return replace(whole, batches=(replace(whole.batches[0], postings=postings),), notices=())  # type: ignore[arg-type]


def lines(schedule: Schedule, width: int = 80) -> list[str]:
    return timeline_lines(samples.workspace(), schedule, "2024", width=width)


def test_every_department_of_the_order_has_its_row_and_every_batch_its_column() -> None:
    whole = timeline(samples.workspace(), samples.schedule())
    assert [row.department for row in whole.rows] == ["内科", "外科", "儿科", "妇产科"]
    assert {len(row.cells) for row in whole.rows} == {len(whole.batches)} == {2}
    assert [[cell.stayed for cell in row.cells] for row in whole.rows][1] == ["后延→", ""]


def test_every_posting_with_a_department_is_in_exactly_one_cell() -> None:
    result = support.run(support.workspace(), 2024, 2025)
    whole = timeline(support.workspace(), result)
    shown = [id(one) for row in whole.rows for cell in row.cells for one in cell.postings]
    assert sorted(shown) == sorted(id(one) for each in result.batches for one in each.postings if one.department)


def test_a_department_that_refuses_is_there_with_that_word_and_the_next_goes() -> None:
    refusal = {"类型": "拒派", "日期": "2024-01-01", "科室": "D2", "批次": "2024-1"}
    workspace = support.workspace(refusal)
    rows = {row.department: row for row in timeline(workspace, support.run(workspace)).rows}
    assert (rows["D2"].cells[0].stayed, rows["D2"].cells[1].stayed) == ("拒派", "")
    assert [bool(rows[name].cells[0].postings) for name in ("D1", "D2", "D3", "D4")] == [True, False, True, True]


def test_a_bar_fills_only_the_part_of_the_batch_that_somebody_serves() -> None:
    ends, starts = date(2024, 2, 14), date(2024, 2, 15)
    schedule = first_with(
        samples.posting(1, samples.EAST, "内科", samples.ZHANG, ends_on=ends),
        samples.posting(1, samples.EAST, "儿科", samples.ZHAO, starts_on=starts, reason=PostingReason.INCIDENT),
    )
    assert lines(schedule)[2:] == [
        " 内科  ██── 张三",
        " 儿科  ──██ 赵六△",
        " ██ 派驻 · △ 意外接替",
        " 没有轮到: 外科、妇产科",
    ]


def test_promotion_and_redispatch_are_marked_and_the_marks_explained() -> None:
    schedule = first_with(
        samples.posting(1, samples.EAST, "内科", samples.ZHANG, reason=PostingReason.PROMOTION),
        samples.posting(2, samples.EAST, "儿科", samples.ZHAO, reason=PostingReason.REDISPATCH),
    )
    assert lines(schedule)[2:5] == [
        " 内科  ████ 张三▲",
        " 儿科  ████ 赵六◆",
        " ██ 派驻 · ▲ 晋升优先 · ◆ 重新下乡",
    ]


@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize("batches", [1, 2, 4, 12, 40])
def test_the_timeline_stays_within_its_width_and_loses_no_batch(width: int, batches: int) -> None:
    names = tuple(f"重症医学与急危重症救治中心{n}" for n in range(1, 6))
    workspace = support.workspace(names=names)
    years = range(2024, 2024 + batches // 4 + 1)
    whole = support.run(workspace, *years)
    shown = replace(whole, batches=whole.batches[:batches])
    text = timeline_lines(workspace, shown, "", width=width)
    assert max(map(display_width, text)) <= width
    heads = [word for line in text for word in line.split() if word[:4].isdigit() or word.startswith("第")]
    labels = {one.name.short_label for one in shown.batches} if batches <= 4 else {str(n.name) for n in shown.batches}
    assert set(heads) >= labels or all(one.name.short_label in heads for one in shown.batches)


@pytest.mark.parametrize(
    ("handover", "ends_on", "expected"),
    [
        (date(2024, 1, 2), date(2024, 3, 31), "一季度"),
        (date(2024, 10, 8), date(2025, 1, 5), "四季度"),
        (date(2024, 1, 2), date(2024, 6, 30), "上半年"),
        (date(2024, 7, 1), date(2025, 1, 5), "下半年"),
        (date(2024, 3, 4), date(2024, 9, 1), "3月起"),
        (date(2024, 1, 2), date(2025, 1, 5), "全年"),
        (date(2024, 2, 5), date(2024, 5, 5), "2月起"),
    ],
)
def test_a_batch_is_called_by_the_part_of_the_year_that_it_is(handover: date, ends_on: date, expected: str) -> None:
    assert period_text(batch(1, handover, ends_on)) == expected


def test_the_years_of_a_schedule_are_named_once_or_from_to() -> None:
    result = support.run(support.workspace(), 2024, 2025, 2026)
    assert [years_text(result.of_year(2025)), years_text(result), years_text(result.of_year(1999))] == [
        "2025年",
        "2024—2026年",
        "",
    ]
