from __future__ import annotations

import textwrap
from dataclasses import replace
from datetime import date

import pytest
import samples

from xiaxiang.model.hospital import Person
from xiaxiang.model.scalar import display_width
from xiaxiang.model.schedule import Batch, PostingReason, Schedule
from xiaxiang.render.text_schedule import schedule_reasons_text, schedule_text, undecided

TABLE = """\
某县人民医院  2024年轮换表                                         依据 样例制度
口径: 遇节假日=顺延

 批次    交接日        派驻至      科室    人员                   受援单位
 第1批①  1月2日 周二②  3月31日     内科    张三（主治）           河东中心卫生院
                                   儿科    赵六（副主任）         河东中心卫生院
                                   妇产科  建议 钱七（主管护师）  河西乡卫生院
 第4批   10月8日 周二  次年1月5日  外科③   空缺                   河东中心卫生院
                                   —       空缺                   河东中心卫生院
① 外科后延（三（二））
② 首个周一 1月1日是元旦，顺延到 1月2日（三（一））
③ 错误: 外科没有人可派（《另一份文件》五）  plan.yaml:25:5
处罚 眼科 2,000 元: 无特殊原因拒派（四（六））

 2024    一季度     四季度
         第1批      第4批
 内科    ████ 张三
 外科    后延→      ──── 空缺
 儿科    ████ 赵六
 妇产科  □□□□ 钱七
 ██ 派驻 · □□ 建议，由科室确定 · → 轮次留到后面
"""

REASONS = """\
某县人民医院  2024年轮换的理由                                     依据 样例制度
口径: 遇节假日=顺延
草稿  有 1 处写错，没有算进去: 变动登记第 3 条（后延）

2024年第1批  1月2日 周二 交接，派驻至 3月31日
 · 1月1日是元旦，顺延到 1月2日（三（一））
  1 内科 张三（主治） → 河东中心卫生院（第 1 轮）
     · 派遣顺序第 1 位（三（一））
  2 儿科 赵六（副主任） → 河东中心卫生院（第 1 轮）
     · 外科后延（三（二））  plan.yaml:25:5
  3 妇产科 建议 钱七（主管护师） → 河西乡卫生院（第 1 轮）
     · 派遣顺序第 3 位（三（一））

2024年第4批  10月8日 周二 交接，派驻至 次年1月5日
  1 外科 空缺 → 河东中心卫生院（第 1 轮）
     · 派遣顺序第 1 位（三（一））
  2 — 空缺 → 河东中心卫生院
     · 派遣顺序第 2 位（三（一））
"""


def with_postings(*postings: object) -> Schedule:
    whole = samples.schedule()
    first = replace(whole.batches[0], postings=postings)  # type: ignore[arg-type]
    return replace(whole, batches=(first,), notices=(), sanctions=())


def row_of(schedule: Schedule, word: str) -> str:
    lines = schedule_text(samples.workspace(), schedule, 2024).split("\n")
    return next(line for line in lines[4:] if word in line)


def test_a_year_reads_as_table_footnotes_sanctions_and_timeline() -> None:
    assert schedule_text(samples.workspace(), samples.schedule(), 2024) == TABLE


def test_the_reasons_stand_under_each_posting_with_clause_and_place() -> None:
    workspace = samples.workspace("变动登记第 3 条（后延）")
    assert schedule_reasons_text(workspace, samples.schedule(), 2024) == REASONS


def test_only_the_year_asked_for_is_shown() -> None:
    assert schedule_text(samples.workspace(), samples.schedule(), 2025) == textwrap.dedent("""\
        某县人民医院  2025年轮换表                                         依据 样例制度
        口径: 遇节假日=顺延
        """)


def test_a_draft_says_what_it_does_without() -> None:
    text = schedule_text(samples.workspace("内科 张三", "变动登记第 2 条"), samples.schedule(), 2024)
    assert "草稿  有 2 处写错，没有算进去: 内科 张三、变动登记第 2 条\n" in text


def test_a_change_within_a_batch_shows_who_serves_from_and_until_when() -> None:
    schedule = with_postings(
        samples.posting(1, samples.EAST, "内科", samples.ZHANG, ends_on=date(2024, 2, 19)),
        samples.posting(
            1, samples.EAST, "内科", samples.ZHAO, starts_on=date(2024, 2, 20), reason=PostingReason.INCIDENT
        ),
    )
    lines = schedule_text(samples.workspace(), schedule, 2024).split("\n")
    assert [line.strip() for line in lines[5:8]] == ["至2月19日", "内科  赵六（副主任）  河东中心卫生院", "2月20日起"]
    reasons = schedule_reasons_text(samples.workspace(), schedule, 2024)
    assert "  1 内科 张三（主治） 至2月19日 → 河东中心卫生院（第 1 轮）\n" in reasons
    assert "  1 内科 赵六（副主任） 2月20日起 → 河东中心卫生院（第 1 轮）\n" in reasons
    assert " 内科  ████ 张三、赵六△\n" in schedule_text(samples.workspace(), schedule, 2024)


def test_somebody_who_goes_again_is_marked_on_a_line_of_its_own() -> None:
    schedule = with_postings(samples.posting(1, samples.EAST, "内科", samples.ZHANG, reason=PostingReason.REDISPATCH))
    assert "张三（主治）" in row_of(schedule, "张三")
    assert row_of(schedule, "重新下乡").strip() == "重新下乡"


@pytest.mark.parametrize(
    ("title", "shown"), [("医师", "（医师）"), ("主任医师", "（主任）"), ("主治中医师", "（主治中医师）"), ("", "")]
)
def test_titles_are_shortened_as_people_say_them(title: str, shown: str) -> None:
    somebody = Person(name="某某", professional_title=title)
    assert f" 某某{shown}  河东" in row_of(with_postings(samples.posting(1, samples.EAST, "内科", somebody)), "某某")


def test_long_names_wrap_and_the_screen_stays_eighty_cells_wide() -> None:
    somebody = Person(name="阿依古丽·买买提·阿不都热合曼", professional_title="副主任中医师")
    unit = "某某自治州某某自治县某某镇中心卫生院"
    schedule = with_postings(samples.posting(1, unit, "重症医学科", somebody, proposed=True))
    lines = schedule_text(samples.workspace(), schedule, 2024).split("\n")
    assert max(map(display_width, lines)) <= 80
    assert any("重症医学科" in line for line in lines)


def test_a_batch_without_postings_is_shown_as_vacant() -> None:
    whole = samples.schedule()
    empty = Batch(samples.FIRST, samples.START, samples.START, samples.END, ())
    assert "空缺" in row_of(replace(whole, batches=(empty,), notices=()), "第1批")


def test_proposals_are_counted_for_the_year() -> None:
    assert undecided(samples.schedule(), 2024) == 1
    assert undecided(samples.schedule(), 2025) == 0
