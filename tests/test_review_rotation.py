"""Corners of rotation.md: events that meet each other, forms of rotation beside the quarterly one, names and months."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from schedule_support import POLICY, codes, department, people, rows, run, workspace

from xiaxiang.model.hospital import Department
from xiaxiang.model.parameter import ALWAYS, Parameter
from xiaxiang.render.json_schedule import schedule_json

if TYPE_CHECKING:
    from xiaxiang.model.policy import Policy
    from xiaxiang.model.schedule import Schedule


def policy(**rotation: object) -> Policy:
    """Return the built-in policy with other numbers of 轮换, in force always; a tuple of pairs is by date."""
    changed = {
        name: value if isinstance(value, Parameter) else Parameter(((ALWAYS, value),), "三（一）")
        for name, value in rotation.items()
    }
    return POLICY.model_copy(update={"rotation": POLICY.rotation.model_copy(update=changed)})


def deferral(name: str, on: str, ruling: str = "自动后延", **more: str) -> dict[str, str]:
    return {"类型": "后延", "日期": on, "科室": name, "决定": ruling, **more}


def promotion(name: str, on: str, who: str = "") -> dict[str, str]:
    return {"类型": "晋升优先", "日期": on, "科室": name, "人员": who or f"{name}乙", "沟通结果": "同意"}


def accident(name: str, on: str, batch: str, **more: str) -> dict[str, str]:
    return {"类型": "意外", "日期": on, "科室": name, "批次": batch, **more}


def named(code: str, result: Schedule) -> list[tuple[str, str | None, str | None]]:
    return [(str(one.batch), one.department, one.person) for one in result.notices if one.code == code]


def two_a_turn() -> dict[str, object]:
    """Return what makes a plan of six slots in which a turn sends two people."""
    return {"recipients": ({"名称": "甲院", "每批人数": 6},), "policy": policy(people_per_turn=2)}


# Handover days and batches


def test_half_yearly_batches_are_numbered_by_their_month_and_count_six_months() -> None:
    listed = (
        department("D1", {"姓名": "甲", "职称": "主治医师"}, {"姓名": "乙", "职称": "主治医师", "已服务月数": "5"}),
    )
    ws = workspace(
        departments=listed, recipients=({"名称": "甲院", "每批人数": 1},), policy=policy(handover_months=(3, 9))
    )
    result = run(ws, 2024, 2025)
    assert [(str(b.name), str(b.nominal_on), str(b.ends_on)) for b in result.batches][:2] == [
        ("2024-1", "2024-03-04", "2024-09-01"),
        ("2024-2", "2024-09-02", "2025-03-02"),
    ]
    # 甲 0 → 6 months, then 乙 at 5 → 11, then 甲 at 6 → 12, then 乙 at 11.
    assert [batch[0] for batch in people(result).values()] == ["甲", "乙", "甲", "乙"]


def test_a_plan_that_starts_after_the_first_half_year_begins_with_the_second_batch() -> None:
    ws = workspace(starts_on=date(2024, 3, 5), policy=policy(handover_months=(3, 9)))
    assert list(rows(run(ws))) == ["2024-2"]


@pytest.mark.parametrize(
    ("ref", "deferred_in"), [("一季度", "2024-1"), ("2024年三季度", "2024-2"), ("第2批", "2024-2")]
)
def test_a_quarter_names_the_half_yearly_batch_whose_month_lies_in_it(ref: str, deferred_in: str) -> None:
    name = {"2024-1": "D2", "2024-2": "D5"}[deferred_in]
    result = run(workspace(deferral(name, "2024-02-01", 批次=ref), policy=policy(handover_months=(3, 9))))
    assert named("deferral-used", result) == [(deferred_in, name, None)]


def test_a_yearly_batch_runs_to_the_next_years_handover_and_counts_twelve_months() -> None:
    listed = (
        department("D1", {"姓名": "甲", "职称": "主治医师"}, {"姓名": "乙", "职称": "主治医师", "已服务月数": "11"}),
    )
    ws = workspace(
        departments=listed, recipients=({"名称": "甲院", "每批人数": 1},), policy=policy(handover_months=(1,))
    )
    result = run(ws, 2024, 2025)
    assert [(str(b.handover_on), str(b.ends_on)) for b in result.batches] == [
        ("2024-01-02", "2025-01-05"),
        ("2025-01-06", "2026-01-04"),
    ]
    assert [batch[0] for batch in people(result).values()] == ["甲", "乙"]


@pytest.mark.parametrize(
    ("rule", "nominal", "moved"),
    [
        ("首个工作日", ["2024-01-02", "2024-04-01", "2024-07-01", "2024-10-08"], ["01-02", "04-01", "07-01", "10-08"]),
        ("6", ["2024-01-06", "2024-04-06", "2024-07-06", "2024-10-06"], ["01-08", "04-07", "07-08", "10-08"]),
    ],
)
def test_the_handover_may_be_the_first_working_day_or_a_day_of_the_month(
    rule: str, nominal: list[str], moved: list[str]
) -> None:
    batches = run(workspace(policy=policy(handover_day=rule))).batches
    assert [str(b.nominal_on) for b in batches] == nominal
    assert [str(b.handover_on)[5:] for b in batches] == moved


def test_a_handover_moved_into_december_still_belongs_to_the_year_of_its_nominal_day() -> None:
    first = run(workspace(readings={"遇节假日": "提前"})).batches[0]
    assert (str(first.name), str(first.handover_on)) == ("2024-1", "2023-12-29")


def test_a_policy_in_force_from_the_plans_first_month_on_is_enough() -> None:
    months = Parameter(((date(2024, 3, 1), (1, 4, 7, 10)),), "三（一）")
    refused = {"类型": "拒派", "日期": "2023-03-20", "科室": "D9", "批次": "2023-2"}
    result = run(workspace(refused, starts_on=date(2024, 4, 1), policy=policy(handover_months=months)))
    assert (list(rows(result)), named("event-unused", result)) == (
        ["2024-2", "2024-3", "2024-4"],
        [("2024-2", "D9", None)],
    )


# Named batches and years


def test_a_batch_without_its_year_means_the_same_whichever_years_are_asked_for() -> None:
    ws = workspace(deferral("D1", "2024-09-20", 批次="第1批"))
    assert rows(run(ws, 2024)) == {name: row for name, row in rows(run(ws, 2024, 2025)).items() if name < "2025"}


def test_notices_and_sanctions_shown_are_those_of_the_year() -> None:
    written = [
        {"类型": "拒派", "日期": f"{year}-03-20", "科室": "D5", "批次": f"{year}-{batch}"}
        for year, batch in ((2024, 2), (2025, 1))
    ]
    result = run(workspace(*written), 2024, 2025)
    for year in (2024, 2025):
        shown = schedule_json(result, year)
        assert {one["batch"][:4] for key in ("notices", "sanctions", "batches") for one in shown[key]} == {str(year)}
        assert len(shown["sanctions"]) == 1


@pytest.mark.parametrize(
    "written",
    [
        {"类型": "指派", "日期": "2024-03-20", "科室": "D9", "批次": "2024-2", "人员": "D9甲"},
        accident("D9", "2024-03-20", "2024-2", 人员="D9甲"),
        accident("D9", "2024-05-20", "2024-2", 人员="D9甲"),
        accident("D4", "2024-08-20", "2024-2", 人员="D4乙", 接替人员="D4甲"),
    ],
)
def test_an_event_for_a_department_that_does_not_come_up_or_of_a_day_beyond_is_a_warning(
    written: dict[str, str],
) -> None:
    result, plain = run(workspace(written)), run(workspace())
    assert (named("event-unused", result), people(result)) == ([("2024-2", written["科室"], None)], people(plain))


def test_a_reading_is_printed_only_where_the_result_rests_on_it() -> None:
    def settings(*written: dict[str, str]) -> set[str]:
        return {one.setting for one in run(workspace(*written)).readings}

    always = {"遇节假日", "中级为主"}
    assert settings() == always
    assert settings(deferral("D2", "2023-12-20")) == {*always, "自动后延"}
    assert settings(deferral("D2", "2023-12-20", "调至最后一批")) == always
    assert settings({"类型": "拒派", "日期": "2024-03-20", "科室": "D5", "批次": "2024-2"}) == {*always, "拒派处罚"}


# Accidents


def test_a_promotion_waits_where_an_accident_before_the_handover_names_the_person() -> None:
    result = run(workspace(promotion("D7", "2024-03-01"), accident("D7", "2024-03-20", "2024-2", 人员="D7乙")))
    assert (rows(result)["2024-2"], people(result)["2024-3"]) == (["D4", "D5", "D6"], ["D7乙", "D8甲", "D9甲"])
    assert named("person-replaced", result) == [("2024-2", "D7", "D7乙")]


def test_the_last_of_two_accidents_before_the_handover_decides_and_both_are_announced() -> None:
    first = accident("D1", "2023-11-20", "2024-1", 人员="D1甲", 接替人员="D1乙")
    result = run(workspace(first, accident("D1", "2023-12-25", "2024-1", 人员="D1乙")))
    assert rows(result)["2024-1"] == ["D2", "D3", "D4"]
    assert [str(one.published_on) for one in result.notices if one.code == "person-replaced"] == [
        "2023-11-01",
        "2023-12-01",
    ]


def test_an_accident_is_announced_in_its_own_month_also_where_its_batch_is_far_ahead() -> None:
    result = run(workspace(accident("D7", "2023-12-20", "2024-3", 人员="D7甲")))
    assert [str(one.published_on) for one in result.notices if one.published_on] == ["2023-12-01"]


def test_a_stand_in_department_that_already_holds_a_slot_is_a_warning_and_the_queue_goes_on() -> None:
    result = run(workspace(accident("D2", "2023-12-28", "2024-1", 接替科室="D1")))
    assert (rows(result)["2024-1"], rows(result)["2024-2"][0]) == (["D1", "D3", "D4"], "D2")
    assert named("event-unused", result) == [("2024-1", "D2", None)]


def test_a_successor_found_later_fills_the_slot_that_an_accident_left_vacant() -> None:
    gone = accident("D2", "2024-01-20", "2024-1", 人员="D2甲")
    found = accident("D2", "2024-02-20", "2024-1", 人员="D2甲", 接替人员="D2乙")
    parts = [one for one in run(workspace(gone, found)).batches[0].postings if one.slot == 2]
    assert [(one.person.name if one.person else None, str(one.starts_on), str(one.ends_on)) for one in parts] == [
        ("D2甲", "2024-01-02", "2024-01-19"),
        (None, "2024-01-20", "2024-02-19"),
        ("D2乙", "2024-02-20", "2024-03-31"),
    ]


def test_an_accident_within_the_batch_may_name_somebody_who_was_only_not_proposed() -> None:
    result = run(workspace(accident("D2", "2024-02-10", "2024-1", 人员="D2乙", 接替人员="D2甲")))
    parts = [one for one in result.batches[0].postings if one.slot == 2]
    assert [(one.person.name, one.proposed) for one in parts if one.person] == [("D2乙", False), ("D2甲", False)]


# Names


def test_people_who_share_a_name_are_told_apart_by_number_and_shown_by_name() -> None:
    twins = department("D1", *({"姓名": "甲", "职称": "主治医师", "工号": number} for number in ("11", "12")))
    others = [department(f"D{n}") for n in range(2, 5)]
    written = (
        promotion("D1", "2023-12-01", "12"),
        accident("D1", "2024-02-10", "2024-1", 人员="12", 接替人员="11", 原因="骨折"),
    )
    result = run(workspace(*written, departments=(twins, *others)))
    ids = [one.person.id for one in result.batches[0].postings if one.slot == 1 and one.person]
    assert (ids, named("promotion-placed", result)) == (["12", "11"], [("2024-1", "D1", "甲")])
    replaced = [one for one in result.notices if one.code == "person-replaced"]
    assert [(one.person, one.message) for one in replaced] == [
        ("甲", "D1 甲 自 2024-02-10 起因骨折离开，由 D1 甲 接替到批次结束")
    ]


def test_a_former_name_means_the_department_and_its_present_name_is_printed() -> None:
    renamed = Department.model_validate(
        {"名称": "新科", "曾用名": ("旧科",), "人员": ({"姓名": "甲", "职称": "主治医师"},)}
    )
    written = (
        deferral("旧科", "2024-01-02", 批次="2024-1"),
        {"类型": "拒派", "日期": "2024-03-20", "科室": "旧科", "批次": "2024-2"},
        {"类型": "拒派", "日期": "2023-03-20", "科室": "旧科", "批次": "2023-2"},
    )
    result = run(workspace(*written, departments=(renamed, *(department(f"D{n}") for n in range(2, 8)))))
    told = {(one.code, one.department) for one in result.notices if one.department}
    assert told == {("deferral-late", "新科"), ("event-unused", "新科")}


# Several slots: exchange, 每轮人数, 每科每批, specialties


def test_under_exchange_each_deferred_slot_keeps_its_recipient() -> None:
    written = [deferral(name, "2023-12-01") for name in ("D1", "D2", "D4")]
    recipients = ({"名称": "甲院", "每批人数": 2}, {"名称": "乙院", "每批人数": 1})
    result = run(workspace(*written, recipients=recipients, readings={"自动后延": "对调"}))
    assert [(one.department, one.recipient_unit) for one in result.batches[0].postings] == [
        ("D5", "甲院"),
        ("D6", "甲院"),
        ("D3", "乙院"),
    ]
    assert rows(result)["2024-2"] == ["D1", "D2", "D4"]


def test_under_exchange_a_turn_of_two_people_keeps_both_slots() -> None:
    ws = workspace(deferral("D2", "2023-12-01"), readings={"自动后延": "对调"}, **two_a_turn())
    assert rows(run(ws))["2024-1"] == ["D1", "D1", "D4", "D4", "D3", "D3"]


def test_a_turn_of_two_people_stays_whole_where_somebody_stands_in() -> None:
    listed = [
        department(f"D{n}", *({"姓名": f"D{n}{who}", "职称": "主治医师"} for who in "甲乙丙")) for n in range(1, 7)
    ]
    own = workspace(
        accident("D2", "2023-12-28", "2024-1", 人员="D2甲", 接替人员="D2丙"), departments=tuple(listed), **two_a_turn()
    )
    assert people(run(own))["2024-1"][2:4] == ["D2丙", "D2乙"]
    other = workspace(accident("D2", "2023-12-28", "2024-1", 接替科室="D5"), departments=tuple(listed), **two_a_turn())
    assert rows(run(other))["2024-1"] == ["D1", "D1", "D5", "D5", "D3", "D3"]


def test_a_part_of_a_turn_is_a_turn() -> None:
    # D3's promotion takes one of its two slots; its second-cycle turn, already in the queue, must not come too.
    written = (deferral("D3", "2023-12-01"), promotion("D3", "2024-03-01"))
    ws = workspace(*written, names=("D1", "D2", "D3", "D4"), **two_a_turn())
    result = run(ws)
    assert [one.cycle for one in result.batches[1].postings if one.department == "D3"] == [1]


def test_a_department_may_hold_two_turns_where_the_policy_says_so() -> None:
    ws = workspace(deferral("D4", "2024-03-20"), names=("D1", "D2", "D3", "D4"), policy=policy(turns_per_batch=2))
    assert [(one.department, one.cycle) for one in run(ws).batches[2].postings] == [("D4", 1), ("D4", 2), ("D1", 3)]


def specialists(*written: dict[str, str], **more: object) -> Schedule:
    """Return the schedule of four departments of which only D1 has the specialty that 甲院 asks for."""
    first = department("D1", *({"姓名": who, "职称": "主治医师", "专业": "影像"} for who in ("影甲", "影乙")))
    recipients = ({"名称": "甲院", "每批人数": 2, "需求专业": ("影像",)},)
    others = [department(f"D{n}") for n in range(2, 5)]
    return run(workspace(*written, departments=(first, *others), recipients=recipients, **more))


def test_a_needed_specialty_refills_the_queue_and_turns_passed_over_stay_in_front() -> None:
    result = specialists()
    assert [[(one.department, one.cycle) for one in batch.postings] for batch in result.batches][:3] == [
        [("D1", 1), ("D2", 1)],
        [("D1", 2), ("D3", 1)],
        [("D1", 3), ("D4", 1)],
    ]


def test_a_deferral_met_in_the_refill_for_a_specialty_is_used_on_that_turn() -> None:
    result = specialists(deferral("D1", "2024-03-01"))
    assert (rows(result)["2024-2"], rows(result)["2024-3"]) == (["D3", "D4"], ["D1", "D2"])
    assert ("2024-2", "specialty-unmet") in codes(result)
    assert "第 2 轮" in next(one.message for one in result.notices if one.code == "deferral-used")


# Promotions


def test_a_promotion_dated_on_the_handover_waits_for_the_next_batch() -> None:
    assert rows(run(workspace(promotion("D7", "2024-04-01"))))["2024-2"] == ["D4", "D5", "D6"]
    assert rows(run(workspace(promotion("D7", "2024-03-31"))))["2024-2"] == ["D7", "D4", "D5"]


def test_a_second_promotion_of_a_department_waits_for_the_next_batch() -> None:
    written = (promotion("D7", "2024-03-01", "D7甲"), promotion("D7", "2024-03-02", "D7乙"))
    result = run(workspace(*written))
    assert (people(result)["2024-2"][0], people(result)["2024-3"][0]) == ("D7甲", "D7乙")
    assert named("promotion-extra", result) == [("2024-3", "D7", "D7乙")]


def test_where_the_policy_says_so_a_promotion_uses_no_turn_and_leaves_deferrals_open() -> None:
    written = (promotion("D7", "2024-03-20"), deferral("D7", "2024-03-01"))
    result = run(workspace(*written, policy=policy(promotion_uses_turn=False)))
    assert (rows(result)["2024-2"], rows(result)["2024-3"]) == (["D7", "D4", "D5"], ["D6", "D8", "D9"])
    assert (named("deferral-used", result), result.batches[1].postings[0].cycle) == ([("2024-3", "D7", None)], None)


def test_a_promotion_looks_at_no_refusal() -> None:
    refused = {"类型": "拒派", "日期": "2024-03-20", "科室": "D7", "批次": "2024-2"}
    result = run(workspace(promotion("D7", "2024-03-20"), refused))
    assert (rows(result)["2024-2"][0], result.sanctions) == ("D7", ())


# Quota


def test_without_any_quota_left_every_open_deferral_is_rejected_and_the_department_goes() -> None:
    written = [deferral("D2", day) for day in ("2023-12-01", "2024-02-01", "2024-02-02")]
    result = run(workspace(*written))
    assert (rows(result)["2024-2"][0], named("deferral-rejected", result)) == ("D2", [("2024-2", "D2", None)] * 2)
    assert all("2023-12-01 的后延已用掉" in one.message for one in result.notices if one.code == "deferral-rejected")
