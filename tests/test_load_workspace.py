"""A plan with its files → a workspace: spellings, places, what a broken entry leaves out, and speed."""

from __future__ import annotations

import time
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from xiaxiang.load import load_workspace
from xiaxiang.model.event import Deferral, Leave

if TYPE_CHECKING:
    from pathlib import Path

    from xiaxiang.load import Loaded
    from xiaxiang.model.plan import Plan
    from xiaxiang.model.position import Places

PLAN = """计划名称: 甲县人民医院下乡计划
支援单位: 甲县人民医院
受援单位: 乙镇卫生院、丙镇卫生院
起始日期: 2024/1/1
科室:
  - 名称: 内科
    负责人: 钱主任
    人员:
      - {姓名: 张三, 职称: 主治医师, 不可派: 2024-01-01至2024-03-31（产假）}
      - {姓名: "no", 工号: 0123}
  - 部门: 外科
    人员: [{姓名: 李四}]
派遣顺序: 内科、外科
"""


def load(folder: Path, plan: str = PLAN, **files: str) -> Loaded:
    (folder / "plan.yaml").write_text(plan, encoding="utf-8")
    for name, text in files.items():
        (folder / name.replace("_", ".")).write_text(text, encoding="utf-8")
    return load_workspace(folder / "plan.yaml", here=folder)


def plan_of(loaded: Loaded) -> Plan:
    assert loaded.workspace is not None, loaded.diagnostics
    return loaded.workspace.plan


def found(loaded: Loaded) -> list[tuple[str, str, str]]:
    return [(one.code, str(one.position), one.left_out) for one in loaded.diagnostics]


def shown(loaded: Loaded, places: Places, name: str, index: int | None = None) -> str:
    at = places.of(name, index)
    return loaded.texts[at.file].split("\n")[at.line - 1][at.column - 1 : at.end_column - 1]


def test_a_plan_is_read_with_short_forms_and_other_spellings(tmp_path: Path) -> None:
    loaded = load(tmp_path)
    plan = plan_of(loaded)

    assert loaded.diagnostics == ()
    assert [unit.name for unit in plan.recipient_units] == ["乙镇卫生院", "丙镇卫生院"]
    assert plan.starts_on == date(2024, 1, 1)
    assert [(one.name, [person.name for person in one.people]) for one in plan.departments] == [
        ("内科", ["张三", "no"]),
        ("外科", ["李四"]),
    ]
    assert plan.dispatch_order == ("内科", "外科")
    assert plan.departments[0].people[1].id == "0123"
    period = plan.departments[0].people[0].unavailable[0]
    assert (period.from_on, period.until_on, period.reason) == (date(2024, 1, 1), date(2024, 3, 31), "产假")
    assert loaded.workspace is not None
    assert not loaded.workspace.is_draft


def test_every_field_knows_where_it_stands(tmp_path: Path) -> None:
    loaded = load(tmp_path)
    plan = plan_of(loaded)

    assert shown(loaded, plan.places, "starts_on") == "2024/1/1"
    assert [shown(loaded, plan.places, "dispatch_order", index) for index in (0, 1)] == ["内科", "外科"]
    assert shown(loaded, plan.departments[1].places, "name") == "外科"
    assert shown(loaded, plan.departments[0].people[1].places, "id") == "0123"
    assert shown(loaded, plan.departments[0].people[0].places, "") == (
        "{姓名: 张三, 职称: 主治医师, 不可派: 2024-01-01至2024-03-31（产假）}"
    )
    assert plan.places.of("events") == plan.places.of("")


def test_english_keys_read_the_same(tmp_path: Path) -> None:
    english = """title: t
supporting_unit: {name: s}
recipient_units: [{name: r, headcount: 2}]
starts_on: 2024-01-01
departments: [{name: d, people: [{name: p, professional_title: 主治医师}]}]
dispatch_order: [d]
events: [{type: deferral, date: 2024-01-02, department: d, ruling: auto}]
"""
    plan = plan_of(load(tmp_path, english))

    assert (plan.title, plan.recipient_units[0].headcount, plan.events[0].kind) == ("t", 2, "后延")


EVENTS = """变动登记:
  - {类型: 后延, 日期: 2024-02-30, 科室: 内科, 决定: 自动后延}
  - {类型: 顺延, 日期: 2024-02-01, 科室: 内科, 决定: 自动后延, 备注: }
  - {类型: 后延, 科室: 内科}
  - 请假
  - {类型: 请假, 日期: 2024-02-01, 人员: 张三, 起: 2024-02-01, 天数: 3}
"""


def test_a_broken_event_is_left_out_aloud_and_the_rest_goes_on(tmp_path: Path) -> None:
    loaded = load(tmp_path, PLAN + EVENTS)
    plan = plan_of(loaded)

    assert [(type(event), event.number) for event in plan.events] == [(Deferral, 2), (Leave, 5)]
    assert found(loaded) == [
        ("bad-date", "plan.yaml:15:18", "变动登记第 1 条（后延）"),
        ("missing-field", "plan.yaml:17:5", "变动登记第 3 条（后延）"),
        ("wrong-shape", "plan.yaml:18:5", "变动登记第 4 条"),
    ]
    assert loaded.workspace is not None
    assert loaded.workspace.left_out == tuple(one.left_out for one in loaded.diagnostics)


def test_a_broken_person_is_left_out_and_the_department_stays(tmp_path: Path) -> None:
    loaded = load(tmp_path, PLAN.replace("{姓名: 李四}", "{姓名: 李四, 职级: 高高}, {姓名: 王五}"))

    assert [person.name for person in plan_of(loaded).departments[1].people] == ["王五"]
    assert found(loaded) == [("bad-rank", "plan.yaml:12:23", "人员 李四（外科）")]


def test_a_person_with_a_broken_period_is_left_out_rather_than_sent(tmp_path: Path) -> None:
    loaded = load(tmp_path, PLAN.replace("2024-01-01至2024-03-31（产假）", "[{起: 2024-13-01}]"))

    assert [person.name for person in plan_of(loaded).departments[0].people] == ["no"]
    assert [left_out for _, _, left_out in found(loaded)] == ["人员 张三（内科）"]


def test_all_errors_of_a_run_come_at_once(tmp_path: Path) -> None:
    broken = PLAN.replace("姓名: 李四", "姓名: 李四, 到岗日期: 昨天, 离岗日期: 明天, 已服务月数: 多")

    assert [code for code, _, _ in found(load(tmp_path, broken))] == ["bad-date", "bad-date", "bad-number"]


@pytest.mark.parametrize("essential", ["支援单位", "受援单位", "起始日期", "科室", "派遣顺序"])
def test_without_an_essential_there_is_no_workspace(tmp_path: Path, essential: str) -> None:
    typo = load(tmp_path, PLAN.replace(f"\n{essential}:", f"\n{essential}名册表单:"))
    broken = load(tmp_path, PLAN.replace(f"\n{essential}:", f"\n{essential}: 没有.csv\n{essential}错:"))

    assert typo.workspace is None
    assert any(one.is_error for one in typo.diagnostics)
    assert any(one.is_error for one in broken.diagnostics)


def test_a_plan_without_its_title_is_a_draft(tmp_path: Path) -> None:
    loaded = load(tmp_path, PLAN.replace("计划名称: 甲县人民医院下乡计划\n", ""))

    assert plan_of(loaded).title == ""
    assert [left_out for _, _, left_out in found(loaded)] == ["“计划名称”"]


def test_a_misspelled_essential_is_said_once_with_the_right_key(tmp_path: Path) -> None:
    loaded = load(tmp_path, PLAN.replace("起始日期", "起使日期"))

    assert [one.code for one in loaded.diagnostics] == ["unknown-key"]
    assert "“起始日期”" in loaded.diagnostics[0].hint


def test_a_key_given_twice_names_both_places(tmp_path: Path) -> None:
    loaded = load(tmp_path, PLAN.replace("姓名: 李四", "姓名: 李四, 名字: 王五"))

    assert found(loaded) == [("duplicate-key", "plan.yaml:12:19", "人员 李四（外科）")]
    assert "第 12 行第 11 列" in loaded.diagnostics[0].message


STAFF = "工号,姓名,科室,职称\n01,张三,内科,主治医师\n02,李四,外科,住院医师\n03,王五,内科,主任医师\n"
SPLIT = PLAN[: PLAN.index("科室:")] + "科室: 人员.csv\n派遣顺序: [内科, 外科]\n变动登记: 变动.yaml\n"
SPLIT_EVENTS = "- {类型: 后延, 日期: 2024-02-01, 科室: 内科, 决定: 自动后延}\n"


def test_people_and_events_may_stand_in_other_files(tmp_path: Path) -> None:
    loaded = load(tmp_path, SPLIT, 人员_csv=STAFF, 变动_yaml="变动登记:\n" + SPLIT_EVENTS)
    plan = plan_of(loaded)

    assert [(one.name, [person.id for person in one.people]) for one in plan.departments] == [
        ("内科", ["01", "03"]),
        ("外科", ["02"]),
    ]
    assert str(plan.departments[0].people[1].places.of("name")) == "人员.csv:4:4"
    assert shown(loaded, plan.departments[0].people[1].places, "professional_title") == "主任医师"
    assert str(plan.events[0].places.of("department")) == "变动.yaml:2:32"


def test_one_file_or_several_give_the_same_plan(tmp_path: Path) -> None:
    rows = "- {姓名: 张三, 工号: '01', 科室: 内科, 职称: 主治医师}\n"
    rows += "- {姓名: 李四, 工号: '02', 科室: 外科, 职称: 住院医师}\n"
    rows += "- {姓名: 王五, 工号: '03', 科室: 内科, 职称: 主任医师}\n"
    table = "类型,日期,科室,决定\n后延,2024/2/1,内科,自动后延\n"
    first = load(tmp_path, SPLIT, 人员_csv=STAFF, 变动_yaml=SPLIT_EVENTS)
    second = load(
        tmp_path,
        SPLIT.replace("人员.csv", "人员.yaml").replace("变动.yaml", "变动.csv"),
        人员_yaml=rows,
        变动_csv=table,
    )

    assert plan_of(second).model_dump() == plan_of(first).model_dump()
    assert first.diagnostics == second.diagnostics == ()


def test_the_order_of_keys_changes_nothing(tmp_path: Path) -> None:
    blocks = ["计划名称: 甲", "支援单位: 甲院", "受援单位: 乙院", "起始日期: 2024-01-01", "派遣顺序: [内科]"]
    blocks.append("科室: [{名称: 内科, 人员: [{姓名: 张三}]}]")

    forward, backward = load(tmp_path, "\n".join(blocks)), load(tmp_path, "\n".join(reversed(blocks)))
    assert plan_of(forward).model_dump() == plan_of(backward).model_dump()


def test_a_broken_events_file_leaves_out_the_events_only(tmp_path: Path) -> None:
    loaded = load(tmp_path, SPLIT, 人员_csv=STAFF)

    assert plan_of(loaded).events == ()
    assert [left_out for _, _, left_out in found(loaded)] == ["“变动登记”"]


def test_a_row_without_its_department_is_left_out(tmp_path: Path) -> None:
    loaded = load(tmp_path, SPLIT, 人员_csv=STAFF + "04,赵六,,医师\n", 变动_yaml="")

    assert found(loaded) == [("missing-field", "人员.csv:5:7", "“人员.csv”第 5 行")]


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_plan_with_a_changed_stretch_is_read_or_explained(tmp_path: Path, data: st.DataObject) -> None:
    text = PLAN + EVENTS
    start = data.draw(st.integers(0, len(text)))
    stop = data.draw(st.integers(start, min(len(text), start + 12)))
    middle = data.draw(st.text(alphabet="：:,[]{}- \n\t'\"&*!甲20no", max_size=6))
    loaded = load(tmp_path, text[:start] + middle + text[stop:])

    assert loaded.workspace is not None or any(one.is_error for one in loaded.diagnostics)
    if loaded.workspace is not None:
        assert loaded.workspace.is_draft == any(one.is_error for one in loaded.diagnostics)


def test_ten_thousand_people_are_read_within_seconds(tmp_path: Path) -> None:
    person = "      - {{姓名: 张三{0}, 工号: '{0}', 职称: 主治医师, 专业: 内科, 已服务月数: 3}}\n"
    people = "".join(person.format(number) for number in range(10_000))
    plan = PLAN[: PLAN.index("科室:")] + f"科室:\n  - 名称: 内科\n    人员:\n{people}派遣顺序: [内科]\n"
    began = time.perf_counter()
    loaded = load(tmp_path, plan)

    assert len(plan_of(loaded).departments[0].people) == 10_000
    assert time.perf_counter() - began < 5  # some 0.6 s alone on the machine that measured performance.md
