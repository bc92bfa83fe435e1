from __future__ import annotations

from dataclasses import replace

import pytest
import samples

from xiaxiang.model.batch import BatchName
from xiaxiang.model.scalar import display_width
from xiaxiang.render.text_assess import assess_text
from xiaxiang.render.text_assess_reasons import assess_reasons_text

TABLE = """\
某县人民医院  考核                                                 依据 样例制度
口径: 遇节假日=顺延

2024年第1批
 姓名      科室    授课     查房     考勤           结论        补助   鉴定表
 张三      内科    4 次 √   10 次 √  58/62 93.5% √  全部完成    1,320  可填写
 赵六      儿科    3 次 ×①  9 次 √   60/62 96.8% √  一项未完成  880    可填写
 欧阳建国  妇产科  2 次 ×②  5 次 ×   40/62 64.5% ×  三项未完成  440    不予填写
                                                                       重新下乡
 郑一      外科    4 次 √   8 次 √   未填           待补        —      —

① 赵六 授课: 4月8日与4月12日相隔 4 天，少于 7 天（四（二））
② 欧阳建国 授课: 只有 2 次（四（二））
科室: 内科 +1,000
科室: 妇产科 +1,000 -500（各项均未完成，四（三））
个人: 欧阳建国 -120（擅自调回 3 天，三（六））
待发 1 人: 赵六 缺 下乡总结（四（四））
合计 4 人 · 1 人待补，没有计入 · 应发补助 3,960 · 扣减 -1,320 · 实发 2,640 ·
     个人处罚 -120 · 科室奖励 2,000 · 科室处罚 -500
"""

ONE_PERSON = """\
欧阳建国  妇产科  2024年第1批  1月2日 至 3月31日  三项未完成
   授课 2 次，要求 4 次 ×（四（二））
     · 次数 2，要求 4 ×
     · 只有 2 次
   查房 5 次，要求 8 次 ×（四（二））
     · 次数 5，要求 8 ×
   考勤 40/62 64.5%，要求 80% ×（四（二））
     · 比率 64.5%，要求 80.0% ×
   补助 440 元 = 应发 1,320 - 扣减 880
     · 每天 20 元 × 22 天 × 3 个月（四（五））
   鉴定表 不予填写 · 重新下乡
     · 两项以上未完成（四（三））
   处罚 -120 元: 擅自调回 3 天（三（六））
"""

ONE_DEPARTMENT = """\
妇产科  1 人  奖励 1,000 - 处罚 500 元
     · 派出 1 人（四（六））
   处罚 -500 元: 各项均未完成（四（三））
"""


def test_a_batch_reads_as_table_footnotes_departments_papers_and_totals() -> None:
    assert assess_text(samples.workspace(), samples.appraisal()) == TABLE


def test_the_reasons_of_a_person_name_facts_checks_money_and_clauses() -> None:
    text = assess_reasons_text(samples.workspace(), samples.appraisal())
    assert ONE_PERSON in text
    assert ONE_DEPARTMENT in text
    assert text.endswith(ONE_DEPARTMENT + "\n外科  0 人  奖励 0 - 处罚 0 元\n")


def test_a_missing_value_is_said_to_be_missing_and_never_a_zero_or_a_pass() -> None:
    line = next(line for line in assess_text(samples.workspace(), samples.appraisal()).split("\n") if "郑一" in line)
    assert line.split() == ["郑一", "外科", "4", "次", "√", "8", "次", "√", "未填", "待补", "—", "—"]
    assert "   考勤 未填，要求 80% 未评定（四（二））" in assess_reasons_text(samples.workspace(), samples.appraisal())


def test_every_batch_has_a_table_of_its_own() -> None:
    whole = samples.appraisal()
    later = replace(whole.people[0], batch=BatchName(2024, 2))
    unknown = replace(whole.people[1], batch=None)
    text = assess_text(samples.workspace(), replace(whole, people=(*whole.people, later, unknown)))
    assert [line for line in text.split("\n") if line in {"2024年第1批", "2024年第2批", "没有写批次"}] == [
        "2024年第1批",
        "2024年第2批",
        "没有写批次",
    ]


def test_a_note_that_several_people_share_word_for_word_keeps_one_number() -> None:
    whole = samples.appraisal()
    twice = replace(whole.people[1], notes=("与轮换表不同",))
    text = assess_text(samples.workspace(), replace(whole, people=(twice, twice)))
    assert text.count("① 赵六: 与轮换表不同") == 1
    assert text.count(" 赵六①") == 2


def test_who_is_behind_the_routine_stands_in_one_line_and_the_details_among_the_reasons() -> None:
    whole = samples.appraisal()
    behind = tuple(replace(one, warnings=(f"{one.name}进度落后",)) for one in whole.people[0].items[:2])
    changed = replace(whole, people=(replace(whole.people[0], items=behind),))
    assert "落后于常规（不影响结论）: 张三 授课、查房\n" in assess_text(samples.workspace(), changed)
    assert "     · 授课进度落后\n" in assess_reasons_text(samples.workspace(), changed)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"unmet": 0}, "全部完成"),
        ({"unmet": 2}, "两项未完成"),
        ({"unmet": 11}, "11项未完成"),
        ({"unmet": 0, "grade": "优秀"}, "优秀"),
        ({"unmet": 0, "complete": False}, "待补"),
        ({"unmet": None}, "待补"),
    ],
)
def test_the_verdict_is_the_grade_or_the_number_of_unmet_items(changes: dict[str, object], expected: str) -> None:
    assert replace(samples.appraisal().people[0], **changes).verdict == expected  # type: ignore[arg-type]


def test_a_share_of_the_reward_is_shown_beside_the_allowance() -> None:
    whole = samples.appraisal()
    text = assess_text(samples.workspace(), replace(whole, people=(replace(whole.people[0], reward_share=100_000),)))
    assert "个人: 张三 +1,000（科室奖励）\n" in text


def test_no_line_is_wider_than_the_screen() -> None:
    text = assess_text(samples.workspace(), samples.appraisal())
    assert max(map(display_width, text.split("\n"))) <= 80
