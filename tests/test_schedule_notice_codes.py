"""Every notice code of a schedule: the smallest plan that gives it, and what is then printed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from schedule_support import department, run, workspace
from test_review_rotation import accident, deferral, promotion
from test_schedule_published import FIRST, announce, edited

from xiaxiang.load.explanations import load_explanations
from xiaxiang.model.hospital import Department
from xiaxiang.render.text_schedule import schedule_text

if TYPE_CHECKING:
    from xiaxiang.model.workspace import Workspace

OTHERS = tuple(department(f"D{n}") for n in range(2, 10))
JUNIOR = (department("D1", {"姓名": "D1甲", "职称": "住院医师"}), *OTHERS)
NOBODY = (Department.model_validate({"名称": "D1"}), *OTHERS)
CHOSEN = {"类型": "指派", "日期": "2023-12-22", "批次": "2024-1", "科室": "D1", "人员": "D1甲"}
DEFERRAL = deferral("D2", "2023-12-20")


def refusal(name: str) -> dict[str, str]:
    return {"类型": "拒派", "日期": "2023-12-22", "科室": name, "批次": "2024-1"}


EXAMPLES: dict[str, tuple[Workspace, str]] = {
    "handover-moved": (workspace(), "首个周一1月1日是元旦，顺延到1月2日（周二）"),
    "calendar-unpublished": (
        workspace(starts_on=date(2031, 1, 1)),
        "提醒: 2031 年的放假安排尚未公布：周末、法定假日和 10 月 1 日至 7 日按休息计，公布后请重新排",
    ),
    "deferral-used": (
        workspace(DEFERRAL),
        "D2 2023-12-20 批准后延，自动后延：保留名次，下一批最先派出；第 1 轮已用 1 次，共 1 次（三（二））",
    ),
    "deferral-rejected": (
        workspace(DEFERRAL, deferral("D2", "2024-03-20")),
        "提醒: D2 2024-03-20 的后延不予采纳：第 1 轮可后延 1 次，2023-12-20 的后延已用掉（三（二））",
    ),
    "deferral-late": (
        workspace(deferral("D2", "2024-01-02", 批次="2024-1")),
        "提醒: D2 的后延登记于 2024-01-02，已到或已过交接日 2024-01-02，不起作用（三（二））",
    ),
    "deferral-unused": (
        workspace(deferral("D7", "2023-12-20", 批次="2024-1")),
        "提醒: D7 的后延指明2024年第1批，但该科室这一批没有轮到，没有用上（三（二））",
    ),
    "promotion-placed": (
        workspace(promotion("D9", "2023-12-20")),
        "D9 D9乙 2023-12-20 申请晋升优先，占用本科室第 1 轮名次；沟通结果“同意”（三（三））",
    ),
    "promotion-extra": (
        workspace(promotion("D1", "2023-12-20"), 已派科室=("D1",)),
        "D1 D1乙 2023-12-20 申请晋升优先，本科室已没有轮次，作额外派出；沟通结果“同意”（三（三））",
    ),
    "refusal": (
        workspace(refusal("D2")),
        "D2 拒派，轮次保留，由下一科室派员；无特殊原因，处罚科室 2,000 元（四（六））",
    ),
    "event-unused": (
        workspace(refusal("D7")),
        "提醒: 变动登记第 1 条（拒派）指明2024年第1批 D7，但该科室这一批没有轮到，没有起作用（三（一））",
    ),
    "below-rank": (
        workspace(departments=JUNIOR),
        "提醒: D1 建议 D1甲，但没有中级以上职称的人可派（三（一））",
    ),
    "nobody-available": (
        workspace(departments=NOBODY),
        "错误: D1没有登记人员。名额空着，请科室另定人选（三（一））",
    ),
    "slot-empty": (
        workspace(names=("D1", "D2")),
        "错误: 第 3 个名额（河东卫生院）没有科室可派，空缺。请增加派遣顺序里的科室，或减少每批人数（三（一））",
    ),
    "slot-vacant": (
        workspace(accident("D1", "2024-02-01", "2024-1", 人员="D1甲", 原因="骨折")),
        "D1 D1甲 自 2024-02-01 起因骨折离开，名额空缺，轮次已使用（三（四））",
    ),
    "specialty-unmet": (
        workspace(recipients=({"名称": "河东卫生院", "需求专业": ("外科",)},)),
        "提醒: 河东卫生院 需要外科专业，没有可派的人，改派其他专业（三（一））",
    ),
    "person-replaced": (
        workspace(accident("D1", "2023-12-27", "2024-1", 人员="D1甲", 接替人员="D1乙", 原因="骨折")),
        "D1 D1甲 因骨折，行前由本科室 D1乙 接替（三（四））",
    ),
    "assignment-warning": (
        workspace(CHOSEN, departments=JUNIOR),
        "提醒: D1 指派 D1甲，但职称不到中级。指派照办（三（一））",
    ),
    "published-differs": (
        edited(announce(workspace(), FIRST), DEFERRAL),
        (
            "提醒: 2024年第1批已于 2023年12月25日公布，照公布的执行。第 2 个名额公布的是D2，现在会是D3；"
            "第 3 个名额公布的是D3，现在会是D4。原因：新增了变动登记第 1 条（后延）“后延 2023-12-20 D2 自动后延”。"
            "要改公布的：xiaxiang 公布 --batch 2024-1 --force（三（一））"
        ),
    ),
}


@pytest.mark.parametrize("code", EXAMPLES)
def test_a_notice_is_printed_with_its_words_and_its_clause(code: str) -> None:
    ws, sentence = EXAMPLES[code]
    year = ws.plan.starts_on.year
    result = run(ws, year)
    assert code in {one.code for one in result.notices}
    assert squeezed(sentence) in squeezed(schedule_text(ws, result, year))


def squeezed(text: str) -> str:
    """Return a text without what wraps it."""
    return "".join(text.split())


def test_every_notice_code_has_an_example_here() -> None:
    explained = {one.code for one in load_explanations().values() if one.group == "排班"}
    assert explained - {"calendar-corrected"} == EXAMPLES.keys()  # calendar-corrected: test_load_calendar
