"""Whom an event means: by name, by 工号, under a former name, or by the schedule's slot."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from assess_support import BATCH, CALENDAR, END, RANKS, YUAN, event, roster, row, run, workspace
from schedule_support import workspace as planned

from xiaxiang.assess import assess
from xiaxiang.model.plan import Plan
from xiaxiang.model.workspace import Workspace
from xiaxiang.schedule import schedule

BACK = event("调回", 人员="张三", 起="2024-05-17", 止="2024-05-17")


def _with_staff(staff: tuple[dict[str, object], ...], **fields: object) -> Workspace:
    ws = workspace(BACK)
    plan = ws.plan.model_dump(by_alias=True) | {"变动登记": ws.plan.events}
    departments = ({"名称": "内科", "人员": staff, **fields},)
    return Workspace(Plan.model_validate({**plan, "科室": departments}), ws.policy, CALENDAR, RANKS)


def _charged(ws: Workspace, *rows: object) -> list[int]:
    appraisal, _ = assess(ws, roster(*rows), None)  # type: ignore[arg-type]
    return [sum(charge.amount for charge in person.sanctions) for person in appraisal.people]


def test_a_number_of_staff_means_the_person_who_has_it() -> None:
    staff = ({"姓名": "张甲", "工号": "张三"}, {"姓名": "李四", "工号": "0002"})
    assert _charged(_with_staff(staff), row("张甲"), row("李四")) == [40 * YUAN, 0]


def test_where_two_share_a_name_their_numbers_tell_them_apart() -> None:
    staff = ({"姓名": "王五", "工号": "张三"}, {"姓名": "王五", "工号": "0002"})
    assert _charged(_with_staff(staff), row("王五", id="张三"), row("王五", id="0002")) == [40 * YUAN, 0]


def test_a_department_under_its_former_name_is_the_same_department() -> None:
    ws = _with_staff(({"姓名": "张三"},), 曾用名=("大内科",))
    appraisal, _ = assess(ws, roster(row("张三", "大内科")), None)
    assert [one.name for one in appraisal.departments] == ["内科"]
    assert appraisal.people[0].department == "内科"
    assert len(appraisal.people[0].sanctions) == 1


def test_somebody_whom_the_plan_does_not_list_is_taken_as_written() -> None:
    ws = workspace(BACK, staff={"内科": ("别人",)})
    appraisal, _ = run(row("张三", "别科"), ws=ws)
    assert len(appraisal.people[0].sanctions) == 1


def test_an_accident_that_names_nobody_is_about_whoever_the_schedule_had_there() -> None:
    names = ("内科", "外科", "骨科", "儿科", "眼科", "口腔科", "皮肤科", "妇产科", "中医科")
    change = event("意外", 批次="第2批", 科室="内科", 接替人员="内科乙")
    ws = planned({**change, "日期": "2024-05-13"}, names=names, starts_on=date(2024, 4, 1))
    rows = tuple(replace(row(name, batch=BATCH), starts_on=None, ends_on=None) for name in ("内科甲", "内科乙"))
    appraisal, found = assess(ws, roster(*rows, columns=("总结日期",)), schedule(ws, (2024,)))
    spans = [(person.starts_on, person.ends_on) for person in appraisal.people]
    assert spans == [(date(2024, 4, 1), date(2024, 5, 12)), (date(2024, 5, 13), END)]
    assert {one.code for one in found} == {"attended-beyond-required", "session-outside"}


@pytest.mark.parametrize("schedules", [False, True])
def test_an_accident_of_nobody_known_changes_nothing(schedules: bool) -> None:  # noqa: FBT001 - a parameter of a test
    ws = planned(event("意外", 批次="2024-3", 科室="外科", 接替人员="外科乙"), names=("内科", "外科", "骨科", "儿科"))
    plan = schedule(ws, (2024,)) if schedules else None
    appraisal, _ = assess(ws, roster(row("外科甲", "外科")), plan)
    assert appraisal.people[0].notes == ()
