"""check: what does not fit together; what is right raises nothing; what is left when the broken is left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from xiaxiang.check import CHECKS, check, leave_out
from xiaxiang.load import load_workspace

if TYPE_CHECKING:
    from pathlib import Path

    from xiaxiang.model.workspace import Workspace

PLAN = """计划名称: 甲
支援单位: 甲院
受援单位: {名称: 乙镇卫生院, 简称: 乙院}
起始日期: 2024-01-01
科室:
  - {名称: 内科, 曾用名: 大内科, 人员: [{姓名: 张三, 职称: 主治医师}, {姓名: 王五, 工号: '03'}]}
  - {名称: 外科, 人员: [{姓名: 李四, 职称: 主管护师}, {姓名: 王五, 工号: '04'}]}
派遣顺序: [大内科, 外科]
已派科室: [大内科]
变动登记:
"""


def workspace_of(folder: Path, *events: str, plan: str = PLAN) -> Workspace:
    path = folder / "plan.yaml"
    path.write_text(plan + "".join(f"  - {{{event}}}\n" for event in events), encoding="utf-8")
    loaded = load_workspace(path, here=folder)
    assert loaded.workspace is not None, loaded.diagnostics
    assert loaded.diagnostics == ()
    return loaded.workspace


def codes(workspace: Workspace) -> list[str]:
    return [one.code for one in check(workspace)]


GOOD = (
    "类型: 后延, 日期: 2024-02-01, 申请日期: 2024-02-01, 科室: 大内科, 决定: 自动后延",
    "类型: 晋升优先, 日期: 2024-02-01, 人员: 李四, 沟通结果: 同意",
    "类型: 指派, 日期: 2024-02-01, 批次: 二季度, 科室: 内科, 人员: 王五",
    "类型: 意外, 日期: 2024-02-01, 批次: 2024-4, 科室: 内科, 人员: 张三, 接替科室: 外科, 接替人员: '04'",
    "类型: 捐赠, 日期: 2024-02-01, 受援单位: 乙院, 物品: 心电图机",
    "类型: 请假, 日期: 2024-02-01, 人员: 张三, 起: 2024-02-01, 止: 2024-02-03, 天数: 3, 受援单位批准: 是, 书面说明: 是",
    "类型: 请假, 日期: 2024-02-01, 人员: '03', 起: 2024-02-01, 天数: 0.5, 受援单位批准: 是, 电话备案: 是",
)


def test_what_fits_together_raises_nothing(tmp_path: Path) -> None:
    assert codes(workspace_of(tmp_path, *GOOD)) == []


EVENTS = [
    ("类型: 后延, 日期: 2024-02-01, 科室: 骨科, 决定: 不同意", ["unknown-department"]),
    ("类型: 意外, 日期: 2024-02-01, 批次: 2024-1, 科室: 内科, 接替科室: 骨科", ["unknown-department"]),
    ("类型: 意外, 日期: 2024-02-01, 批次: 2024-1, 科室: 内科, 接替人员: 李四", ["unknown-person"]),
    ("类型: 指派, 日期: 2024-02-01, 批次: 2024-1, 科室: 内科, 人员: 李四", ["unknown-person"]),
    ("类型: 晋升优先, 日期: 2024-02-01, 人员: 王五, 沟通结果: 同意", ["ambiguous-person"]),
    ("类型: 晋升优先, 日期: 2024-02-01, 人员: 王五, 科室: 外科, 沟通结果: 同意", []),
    ("类型: 晋升优先, 日期: 2024-02-01, 人员: 李四", ["missing-consent"]),
    ("类型: 进修, 日期: 2024-02-01, 受援单位: 丙院, 姓名: 钱七", ["unknown-recipient"]),
    ("类型: 进修, 日期: 2024-02-01, 受援单位: 乙院, 姓名: 钱七, 起: 2024-03-01, 止: 2024-02-01", ["end-before-start"]),
    ("类型: 调回, 日期: 2024-02-01, 人员: 张三, 起: 2024-02-02, 止: 2024-02-01", ["end-before-start"]),
    ("类型: 后延, 日期: 2024-02-01, 申请日期: 2024-02-02, 科室: 内科, 决定: 不同意", ["dates-out-of-order"]),
    ("类型: 后延, 日期: 2204-02-01, 科室: 内科, 决定: 不同意", ["odd-year"]),
    ("类型: 后延, 日期: 2024-02-01, 科室: 内科, 决定: ", ["undecided-deferral"]),
    ("类型: 拒派, 日期: 2024-02-01, 科室: 内科, 批次: 第5批", ["no-such-batch"]),
    ("类型: 请假, 日期: 2024-02-01, 人员: 张三, 起: 2024-02-01", ["missing-field"]),
]


@pytest.mark.parametrize(("event", "expected"), EVENTS)
def test_an_event_that_does_not_fit_is_found(tmp_path: Path, event: str, expected: list[str]) -> None:
    assert codes(workspace_of(tmp_path, event)) == expected


LEAVES = [
    ("止: 2024-02-02, 电话备案: 是, 受援单位批准: 是", []),
    ("止: 2024-02-02, 书面说明: 是, 受援单位批准: 是", ["leave-papers"]),
    ("止: 2024-02-03, 电话备案: 是, 受援单位批准: 是", ["leave-papers"]),
    ("止: 2024-02-03, 书面说明: 是, 受援单位批准: 是", []),
    ("止: 2024-02-03, 书面说明: 是", ["leave-papers"]),
    ("止: 2024-02-03, 书面说明: 否, 受援单位批准: 否", ["leave-papers"] * 2),
    ("止: 2024-02-03, 天数: 4, 书面说明: 是, 受援单位批准: 是", ["days-differ"]),
    ("止: 2024-02-03, 天数: 2.5, 电话备案: 是, 受援单位批准: 是", []),
    ("止: 2024-02-03, 销假日期: 2024-01-31, 书面说明: 是, 受援单位批准: 是", ["dates-out-of-order"]),
]


@pytest.mark.parametrize(("rest", "expected"), LEAVES)
def test_a_leave_needs_the_papers_of_its_length(tmp_path: Path, rest: str, expected: list[str]) -> None:
    leave = f"类型: 请假, 日期: 2024-02-01, 人员: 张三, 起: 2024-02-01, {rest}"

    assert codes(workspace_of(tmp_path, leave)) == expected


@pytest.mark.parametrize(
    ("readings", "expected"),
    [
        ("以上以下: 含本数", ["leave-papers"]),
        ("以上以下: 不含本数", []),
        ("请假天数: 工作日", ["leave-papers"]),
    ],
)
def test_exactly_three_days_go_by_the_reading(tmp_path: Path, readings: str, expected: list[str]) -> None:
    # Saturday 3 to Monday 5 February 2024 is three days, of which Sunday 4 is a make-up working day.
    leave = "类型: 请假, 日期: 2024-02-01, 人员: 张三, 起: 2024-02-01, 止: 2024-02-03, 电话备案: 是, 受援单位批准: 是"
    if "工作日" in readings:
        leave = leave.replace("起: 2024-02-01, 止: 2024-02-03", "起: 2024-02-03, 止: 2024-02-06")
    plan = PLAN.replace("已派科室", f"口径: {{{readings}}}\n已派科室")

    assert codes(workspace_of(tmp_path, leave, plan=plan)) == expected


def test_a_warning_about_papers_cites_the_clause(tmp_path: Path) -> None:
    leave = "类型: 请假, 日期: 2024-02-01, 人员: 张三, 起: 2024-02-01, 天数: 3, 受援单位批准: 是"
    workspace = workspace_of(tmp_path, leave)

    assert f"《{workspace.policy.document}》" in check(workspace)[0].message


def test_an_entry_written_twice_is_a_warning_on_the_second(tmp_path: Path) -> None:
    found = check(workspace_of(tmp_path, GOOD[0], GOOD[4], GOOD[0]))

    assert [(one.code, one.position.line) for one in found] == [("repeated-event", 13)]


PLANS = [
    ("[大内科, 外科]", "[大内科, 外科, 内科]", ["repeated-in-order"]),
    ("[大内科, 外科]", "[大内科]", ["not-in-order"]),
    ("已派科室: [大内科]", "已派科室: [骨科]", ["unknown-department"]),
    ("{姓名: 李四, 职称: 主管护师}", "{姓名: 王五}, {姓名: 李四}", ["same-name"]),
    ("工号: '04'", "工号: '03'", ["repeated-number"]),
    ("主管护师", "护士长, 职级: 中级", []),
    ("主管护师", "护士长", ["unknown-title"]),
    ("工号: '03'", "工号: '03', 不可派: 2024-03-01至2024-02-01", ["end-before-start"]),
    ("工号: '03'", "工号: '03', 到岗日期: 2024-03-01, 离岗日期: 2024-02-01", ["end-before-start"]),
    ("名称: 外科", "名称: 外科, 曾用名: 大内科", ["repeated-department"]),
]


@pytest.mark.parametrize(("written", "instead", "expected"), PLANS)
def test_a_plan_that_does_not_fit_is_found(tmp_path: Path, written: str, instead: str, expected: list[str]) -> None:
    assert codes(workspace_of(tmp_path, plan=PLAN.replace(written, instead))) == expected


def test_an_unknown_title_is_said_once_with_its_count(tmp_path: Path) -> None:
    plan = PLAN.replace("主治医师", "大夫").replace("主管护师", "大夫")
    (finding,) = check(workspace_of(tmp_path, plan=plan))

    assert "2 人" in finding.message


def test_former_names_become_present_ones(tmp_path: Path) -> None:
    workspace = workspace_of(tmp_path, GOOD[0])
    kept = leave_out(workspace, check(workspace))

    assert kept.plan.dispatch_order == ("内科", "外科")
    assert kept.plan.already_served == ("内科",)
    assert getattr(kept.plan.events[0], "department", None) == "内科"
    assert not kept.is_draft


def test_leaving_out_removes_exactly_the_broken_entries(tmp_path: Path) -> None:
    plan = PLAN.replace("[大内科, 外科]", "[大内科, 骨科, 外科]").replace(
        "{姓名: 李四, 职称: 主管护师}", "{姓名: 赵六}, {姓名: 赵六}"
    )
    plan = plan.replace("已派科室", "口径: {授课间隔: 随便, 期限: 含当日}\n已派科室")
    workspace = workspace_of(tmp_path, EVENTS[0][0], GOOD[2], plan=plan)
    kept = leave_out(workspace, check(workspace))

    assert kept.plan.dispatch_order == ("内科", "外科")
    assert [person.name for person in kept.plan.departments[1].people] == ["赵六", "王五"]
    assert [event.number for event in kept.plan.events] == [2]
    assert kept.plan.readings == {"期限": "含当日"}
    assert set(kept.left_out) == {
        "派遣顺序第 2 个（骨科）",
        "人员 赵六（外科）",
        "变动登记第 1 条（后延）",
        "口径“授课间隔”",
    }
    assert [one for one in check(kept) if one.is_error] == []


def test_every_constraint_is_listed_once_and_named_alike() -> None:
    names = [one.__name__ for one in CHECKS]

    assert len(names) == len(set(names))
    assert all(name.startswith("check_") for name in names)


def test_findings_come_in_the_order_of_the_file(tmp_path: Path) -> None:
    found = check(workspace_of(tmp_path, *(event for event, _ in EVENTS)))

    assert [one.position for one in found] == sorted(one.position for one in found)
