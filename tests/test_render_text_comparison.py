from __future__ import annotations

from datetime import date

import samples

from xiaxiang.model.batch import BatchName
from xiaxiang.model.comparison import Comparison, Move, SlotChange
from xiaxiang.model.decision import Reason
from xiaxiang.model.diagnostic import Severity
from xiaxiang.model.scalar import display_width
from xiaxiang.model.schedule import Notice, Sanction
from xiaxiang.render.json_comparison import comparison_json
from xiaxiang.render.text_comparison import announced_lines, comparison_lines, edits_lines

NEXT = BatchName(2024, 2)
MONTH = date(2024, 3, 1)
OLD = Reason("原来就这样", samples.clause("三（一）"))
NEW = Reason("外科后延", samples.clause("三（二）"), samples.DEFERRED_AT)
FIRST_HALF = samples.posting(2, samples.EAST, "儿科", samples.ZHAO, ends_on=date(2024, 2, 9), because=(NEW,))
SECOND_HALF = samples.posting(2, samples.EAST, "儿科", samples.QIAN, starts_on=date(2024, 2, 10), because=())


def notice(code: str, batch: BatchName | None, text: str, published_on: date | None = None) -> Notice:
    who = (batch, "外科", None, date(2024, 3, 5))
    return Notice(code, Severity.NOTE, *who, text, samples.clause("三（二）"), published_on=published_on)


COMPARISON = Comparison(
    slots=(
        SlotChange(
            samples.FIRST,
            1,
            (samples.posting(1, samples.EAST, "外科", samples.ZHANG, because=(OLD,)),),
            (samples.posting(1, samples.EAST, "儿科", samples.ZHAO, proposed=True, because=(OLD, NEW)),),
            (OLD, NEW),
        ),
        SlotChange(samples.FIRST, 2, (), (FIRST_HALF, SECOND_HALF), (NEW,)),
        SlotChange(NEXT, 1, (samples.posting(1, samples.EAST, None, None),), (), ()),
    ),
    moves=(
        Move("外科", (samples.FIRST,), (NEXT,)),
        Move("儿科", (), (samples.FIRST,)),
        Move("内科", (NEXT,), ()),
    ),
    new_notices=(
        notice("deferral-used", NEXT, "外科后延", MONTH),
        notice("promotion-placed", NEXT, "需与 外科 沟通"),
        notice("below-rank", NEXT, "2024年第2批职称不够"),
    ),
    gone_notices=(notice("slot-empty", samples.FIRST, "名额空着"),),
    new_sanctions=(
        Sanction(NEXT, "外科", None, 200_000, date(2024, 3, 5), "无特殊原因拒派", samples.clause("四（六）")),
    ),
)


def test_what_differs_stands_side_by_side_with_new_reasons_only() -> None:
    assert comparison_lines(samples.workspace(), COMPARISON, ("原来", "如果")) == [
        " 批次         原来               如果",
        " 2024年第1批  外科 张三（主治）  儿科 建议 赵六（副主任）①",
        "              —                  儿科 赵六（副主任） 1月2日至2月9日",
        "                                 儿科 钱七（主管护师） 2月10日至3月31日①",
        " 2024年第2批  空缺               —",
        "① 外科后延（三（二））  plan.yaml:25:5",
        " 科室  外科 2024年第1批 → 2024年第2批 · 儿科 另排 2024年第1批 ·",
        "       内科 不再排 2024年第2批",
        " 处罚  新增 2024年第2批 外科 2,000 元: 无特殊原因拒派（四（六））",
        " 说明  新增 2024年第2批职称不够（三（二））",
        " 说明  不再有 2024年第1批 名额空着（三（二））",
    ]


def test_what_has_to_follow_stands_apart_the_bulletins_by_month() -> None:
    assert announced_lines(samples.workspace(), COMPARISON) == [
        " 要沟通  2024年第2批 需与 外科 沟通（三（二））",
        " 要公布  2024年3月质控动态登 1 条",
        "         · 2024年第2批 外科后延（三（二））",
    ]


def test_every_line_fits_on_a_narrow_terminal() -> None:
    for width in (60, 80, 120):
        lines = comparison_lines(samples.workspace(), COMPARISON, ("公布的", "现在排的"), width=width)
        assert max(map(display_width, lines)) <= width


def test_nothing_differs_in_no_lines() -> None:
    nothing = Comparison()
    workspace = samples.workspace()
    assert comparison_lines(workspace, nothing, ("原来", "如果")) == []
    assert announced_lines(workspace, nothing) == []
    assert edits_lines(workspace, nothing) == []


def test_the_edits_are_told_of_the_batches_that_differ() -> None:
    told = notice("published-differs", samples.FIRST, "2024年第1批已公布。原因：新增了一条")
    other = notice("published-differs", BatchName(2025, 1), "2025年第1批已公布")
    comparison = Comparison(slots=COMPARISON.slots, gone_notices=(told, other))
    assert edits_lines(samples.workspace(), comparison) == [" 为什么  2024年第1批已公布。原因：新增了一条（三（二））"]


def test_a_part_by_years_keeps_what_belongs_to_them() -> None:
    later = BatchName(2025, 1)
    whole = Comparison(
        slots=(*COMPARISON.slots, SlotChange(later, 1, (), (), ())),
        moves=(Move("外科", (samples.FIRST, later), (samples.FIRST,)), *COMPARISON.moves[1:]),
        new_notices=(notice("slot-empty", later, "空"), notice("deferral-used", None, "没有批次")),
    )
    part = whole.of_years(frozenset({2024}))
    assert [one.batch for one in part.slots] == [samples.FIRST, samples.FIRST, NEXT]
    assert [one.department for one in part.moves] == ["儿科", "内科"]
    assert [one.message for one in part.new_notices] == ["没有批次"]
    assert whole.batches == (samples.FIRST, NEXT, later)
    assert not whole.is_empty


def test_machines_read_both_sides_and_the_reasons() -> None:
    content = comparison_json(COMPARISON)
    first = content["slots"][0]
    assert (first["batch"], first["before"][0]["person"], first["after"][0]["person"]) == ("2024-1", "张三", "赵六")
    assert [one["text"] for one in first["because"]] == ["原来就这样", "外科后延"]
    assert content["moves"][0] == {"department": "外科", "before": ["2024-1"], "after": ["2024-2"]}
    assert [one["code"] for one in content["new_notices"]] == ["deferral-used", "promotion-placed", "below-rank"]
    assert content["new_sanctions"][0]["amount"] == "2000.00"
