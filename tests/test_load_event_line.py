from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xiaxiang.load import load_workspace
from xiaxiang.load.event_line import FILE, event_line, read_event_line
from xiaxiang.model.batch import BatchName
from xiaxiang.model.event import (
    Assignment,
    Deferral,
    DeferralRuling,
    Donation,
    Incident,
    Leave,
    Promotion,
    Recall,
    Redispatch,
    Refusal,
    Trainee,
    event_class,
)
from xiaxiang.model.scalar import display_width
from xiaxiang.render.text_diagnostics import diagnostic_text

if TYPE_CHECKING:
    from xiaxiang.model.diagnostic import Diagnostic
    from xiaxiang.model.event import Event

PLAN = """\
计划名称: 甲县人民医院下乡计划
支援单位: 甲县人民医院
受援单位: [乙镇卫生院]
起始日期: 2024-01-01
派遣顺序: [内科, 外科, 妇产科]
科室:
  - {名称: 内科, 人员: [{姓名: 张三, 工号: "0101", 职称: 主治医师}, {姓名: 王芳, 工号: "0102", 职称: 主治医师}]}
  - {名称: 外科, 曾用名: [普外科], 人员: [{姓名: 李四, 职称: 主治医师}, {姓名: 王芳, 工号: "0202", 职称: 主治医师}]}
  - {名称: 妇产科, 人员: [{姓名: 钱七, 职称: 主治医师}, {姓名: 钱七, 工号: "0302", 职称: 主管护师}]}
"""


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory):  # noqa: ANN201 - a Plan
    file = tmp_path_factory.mktemp("plan") / "plan.yaml"
    file.write_text(PLAN, encoding="utf-8")
    loaded = load_workspace(file)
    assert loaded.workspace is not None, loaded.diagnostics
    return loaded.workspace.plan


def read(plan, text: str, year: int = 2024) -> Event:  # noqa: ANN001 - a Plan
    event, found = read_event_line(text, plan, year=year)
    assert event is not None, found
    return event


def faults(plan, text: str) -> tuple[Diagnostic, ...]:  # noqa: ANN001 - a Plan
    event, found = read_event_line(text, plan, year=2024)
    assert event is None
    return found


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("后延 外科 2024-03-01 自动后延", {"日期": date(2024, 3, 1), "科室": "外科", "决定": "自动后延"}),
        ("deferral 自动后延 2024年3月1日 外科", {"日期": date(2024, 3, 1), "科室": "外科", "决定": "自动后延"}),
        ("DEFERRAL 外科 20240301 last", {"日期": date(2024, 3, 1), "科室": "外科", "决定": "调至最后一批"}),
        ("后延　外科，２０２４/３/１；决定＝自动后延", {"日期": date(2024, 3, 1), "科室": "外科", "决定": "自动后延"}),
        (
            '拒派 2024-2 2024-03-20 普外科 有 原因="人手 紧，忙"',
            {
                "日期": date(2024, 3, 20),
                "批次": "2024-2",
                "科室": "普外科",
                "有无特殊原因": "有",
                "原因": "人手 紧，忙",
            },
        ),
        (
            "意外 2024-05-20 第2批 外科 李四 接替 张三 原因 “车祸 住院”",
            {
                "日期": date(2024, 5, 20),
                "批次": "第2批",
                "科室": "外科",
                "人员": "李四",
                "接替人员": "张三",
                "接替科室": "内科",
                "原因": "车祸 住院",
            },
        ),
        (
            "换人 2024-05-20 2024-2 外科 李四 接替 内科",
            {"日期": date(2024, 5, 20), "批次": "2024-2", "科室": "外科", "人员": "李四", "接替科室": "内科"},
        ),
        (
            "指派 2024-2 2024-03-25 0202",
            {"日期": date(2024, 3, 25), "批次": "2024-2", "科室": "外科", "人员": "0202"},
        ),
        (
            "晋升优先 2024-03-22 李四 副主任医师 沟通科室=内科、妇产科",
            {
                "日期": date(2024, 3, 22),
                "人员": "李四",
                "晋升职称": "副主任医师",
                "沟通科室": ("内科", "妇产科"),
            },
        ),
        (
            "请假 2024-05-05 张三 2024-05-06 2024-05-08 2.5天 病假 电话备案 是",
            {
                "日期": date(2024, 5, 5),
                "人员": "张三",
                "起": date(2024, 5, 6),
                "止": date(2024, 5, 8),
                "天数": "2.5",
                "假别": "病假",
                "电话备案": "是",
            },
        ),
        (
            "进修 2024-03-01 乙镇卫生院 李小明",
            {"日期": date(2024, 3, 1), "受援单位": "乙镇卫生院", "姓名": "李小明"},
        ),
    ],
)
def test_words_are_known_in_any_order_by_their_shape_or_by_the_plan(plan, text: str, written: dict) -> None:  # noqa: ANN001
    event = read(plan, text)
    assert event.written() == {"类型": event.kind, **written}


def test_a_day_without_a_year_is_taken_in_the_year_in_question_and_said(plan) -> None:  # noqa: ANN001
    event, found = read_event_line("后延 外科 9月1日", plan, year=2025)
    assert event is not None
    assert event.on == date(2025, 9, 1)
    assert [(one.code, one.message) for one in found] == [("year-assumed", "“9月1日”没有写年份，按 2025 年算")]


def test_a_batch_that_is_not_named_is_where_the_department_comes_up_and_said(plan) -> None:  # noqa: ANN001
    asked = []

    def comes_up(department: str, on: date) -> BatchName:
        asked.append((department, on))
        return BatchName(2024, 3)

    event, found = read_event_line("意外 2024-06-20 李四", plan, year=2024, comes_up=comes_up)
    assert isinstance(event, Incident)
    assert (event.batch.text, asked) == ("2024-3", [("外科", date(2024, 6, 20))])
    assert [one.code for one in found] == ["batch-assumed"]


@pytest.mark.parametrize(
    ("text", "code", "under", "says"),
    [
        ("后言 外科 2024-03-01", "unknown-event-type", "后言", "最接近的是“后延”"),
        ("后延 外可 2024-03-01", "unplaced-word", "外可", "最接近的是“外科”"),
        ("后延 外科 2024-02-30", "bad-date", "2024-02-30", "日期写成"),
        ("后延 外科 2024-03-01 2024-03-05", "unplaced-word", "2024-03-05", "申请日期=2024-03-05"),
        ("后延 外科 2024-03-01 原困=忙", "unknown-key", "原困", "最接近的是“原因”"),
        ("后延 外科 2024-03-01 决定=自动", "bad-ruling", "自动", "自动后延"),
        ("指派 2024-2 2024-03-01 王芳", "ambiguous-person", "王芳", "写上科室"),
        ("指派 2024-2 2024-03-01 妇产科 钱七", "ambiguous-person", "钱七", "工号"),
        ("指派 外科", "missing-field", "指派", "写成  指派 外科 2024-03-01 2024-2 人员=……"),
        ("   ", "missing-field", "", "先写类型"),
    ],
)
def test_what_cannot_be_read_is_shown_under_its_characters_with_the_cure(
    plan,  # noqa: ANN001
    text: str,
    code: str,
    under: str,
    says: str,
) -> None:
    (found,) = faults(plan, text)
    assert found.code == code
    assert text[found.position.column - 1 : found.position.end_column - 1] == under
    assert says in found.hint
    shown = diagnostic_text(found, {FILE: text})
    if under:
        assert "^" * display_width(under) in shown


def test_an_ambiguous_name_lists_everybody_who_has_it(plan) -> None:  # noqa: ANN001
    (found,) = faults(plan, "请假 2024-05-05 王芳 2024-05-06 2024-05-08")
    assert found.message == "有 2 个“王芳”：内科 王芳（工号 0102）、外科 王芳（工号 0202）"


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=8)
PROSE = st.lists(WORDS, min_size=1, max_size=3).map(" ".join)
DAYS = st.dates(date(2019, 1, 1), date(2035, 12, 31))
BATCHES = st.sampled_from(["2024-1", "2024年第2批", "第3批", "四季度"])
DEPARTMENTS = st.sampled_from(["内科", "外科", "普外科", "妇产科", "没有的科"])
PEOPLE = st.sampled_from(["张三", "李四", "0202", "谁也不是"])
YES = st.sampled_from(["是", "否"])
COMMON = {"日期": DAYS.map(str), "原因": PROSE}


def written(kind: str, always: dict, perhaps: dict) -> st.SearchStrategy[Event]:
    fields = st.fixed_dictionaries({"日期": DAYS.map(str), **always}, optional={"备注": PROSE, **perhaps})
    cls = event_class(kind)
    assert cls is not None
    return fields.map(cls.model_validate)


EVENTS = st.one_of(
    written(
        "后延",
        {"科室": DEPARTMENTS},
        {
            "原因": PROSE,
            "申请日期": DAYS.map(str),
            "决定": st.sampled_from([one.value for one in DeferralRuling]),
            "批次": BATCHES,
        },
    ),
    written(
        "晋升优先",
        {"人员": st.sampled_from(["张三", "李四"])},
        {"科室": DEPARTMENTS, "晋升职称": WORDS, "沟通科室": st.just(("内科", "外科")), "沟通结果": PROSE},
    ),
    written("指派", {"批次": BATCHES, "科室": DEPARTMENTS, "人员": PEOPLE}, {}),
    written(
        "意外",
        {"批次": BATCHES, "科室": DEPARTMENTS},
        {"人员": PEOPLE, "接替人员": WORDS, "接替科室": DEPARTMENTS, "原因": PROSE},
    ),
    written(
        "拒派",
        {"批次": BATCHES, "科室": DEPARTMENTS},
        {"有无特殊原因": st.sampled_from(["有", "无"]), "原因": PROSE, "处理意见": PROSE},
    ),
    written("重新下乡", {"批次": BATCHES, "科室": DEPARTMENTS, "人员": PEOPLE}, {}),
    written(
        "请假",
        {"人员": PEOPLE, "起": DAYS.map(str)},
        {"止": DAYS.map(str), "天数": st.sampled_from(["3", "2.5", "0.5"]), "电话备案": YES},
    ),
    written("调回", {"人员": PEOPLE, "起": DAYS.map(str), "止": DAYS.map(str)}, {"院领导批准": YES, "原因": PROSE}),
    written("捐赠", {"受援单位": WORDS}, {"物品": PROSE, "数量": st.sampled_from(["1", "20"]), "价值": WORDS}),
    written("进修", {"受援单位": WORDS, "姓名": WORDS}, {"专业": WORDS, "起": DAYS.map(str)}),
)
KINDS = (Deferral, Promotion, Assignment, Incident, Refusal, Redispatch, Leave, Recall, Donation, Trainee)


@settings(max_examples=300, deadline=timedelta(seconds=2))
@given(event=EVENTS)
def test_every_event_can_be_said_on_one_line_that_reads_as_the_same_event(plan, event: Event) -> None:  # noqa: ANN001
    line = event_line(event, plan)
    assert "\n" not in line
    assert read(plan, line, year=1999).written() == event.written()


@settings(max_examples=300, deadline=timedelta(seconds=2))
@given(text=st.text(max_size=60) | st.lists(WORDS | DEPARTMENTS | PEOPLE | BATCHES, max_size=6).map(" ".join))
def test_any_words_at_all_are_an_event_or_findings_within_the_line(plan, text: str) -> None:  # noqa: ANN001
    for words in (text, f"后延 {text}", f"意外 外科 2024-03-01 {text}"):
        event, found = read_event_line(words, plan, year=2024)
        assert (event is None) == any(one.is_error for one in found)
        for one in found:
            assert one.position.file == FILE
            assert 1 <= one.position.column <= one.position.end_column <= len(words) + 2


def test_the_example_plan_can_be_said_line_by_line() -> None:
    example = Path(__file__).parents[1] / "examples" / "county-hospital" / "plan.yaml"
    workspace = load_workspace(example).workspace
    assert workspace is not None
    assert len({type(event) for event in workspace.plan.events} & set(KINDS)) > 5
    for event in workspace.plan.events:
        again, _ = read_event_line(event_line(event, workspace.plan), workspace.plan, year=1999)
        assert again is not None
        assert again.written() == event.written()
