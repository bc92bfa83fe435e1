from __future__ import annotations

import pytest
from schedule_support import codes, department, events, people, rows, run, workspace

from xiaxiang.model.hospital import Unavailable
from xiaxiang.model.schedule import PostingReason


def deferral(department: str, on: str, ruling: str = "自动后延", **more: str) -> dict[str, str]:
    return {"类型": "后延", "日期": on, "科室": department, "决定": ruling, **more}


def test_departments_go_in_their_order_three_at_a_time() -> None:
    assert rows(run(workspace())) == {
        "2024-1": ["D1", "D2", "D3"],
        "2024-2": ["D4", "D5", "D6"],
        "2024-3": ["D7", "D8", "D9"],
        "2024-4": ["D1", "D2", "D3"],
    }


def test_an_automatic_deferral_keeps_the_place_and_goes_first_next_time() -> None:
    result = run(workspace(deferral("D2", "2023-12-20")))
    assert list(rows(result).values())[:3] == [["D1", "D3", "D4"], ["D2", "D5", "D6"], ["D7", "D8", "D9"]]


def test_a_deferral_to_the_last_batch_goes_behind_its_cycle() -> None:
    result = run(workspace(deferral("D2", "2023-12-20", "调至最后一批")))
    assert list(rows(result).values())[:3] == [["D1", "D3", "D4"], ["D5", "D6", "D7"], ["D8", "D9", "D2"]]


def test_under_exchange_the_first_department_outside_the_batch_takes_exactly_that_slot() -> None:
    result = run(workspace(deferral("D2", "2023-12-20"), readings={"自动后延": "对调"}))
    assert list(rows(result).values())[:3] == [["D1", "D4", "D3"], ["D2", "D5", "D6"], ["D7", "D8", "D9"]]


def test_a_second_deferral_in_the_same_cycle_is_rejected_and_names_the_one_that_was_used() -> None:
    result = run(workspace(deferral("D2", "2023-12-20", "调至最后一批"), deferral("D2", "2024-06-20")))
    assert rows(result)["2024-3"] == ["D8", "D9", "D2"]
    rejected = [one for one in result.notices if one.code == "deferral-rejected"]
    assert [(str(one.batch), "2023-12-20" in one.message, one.source.clause) for one in rejected] == [
        ("2024-3", True, "三（二）")
    ]


def test_a_deferral_after_the_turn_was_served_counts_for_the_next_cycle() -> None:
    result = run(workspace(deferral("D2", "2023-12-20"), deferral("D2", "2024-06-20")))
    assert rows(result)["2024-4"] == ["D1", "D3", "D4"]
    assert ("2024-4", "deferral-used") in codes(result)


def test_a_deferral_in_the_last_batch_of_a_cycle_is_first_in_the_next_one() -> None:
    result = run(workspace(deferral("D9", "2024-06-20")))
    assert (rows(result)["2024-3"], rows(result)["2024-4"]) == (["D7", "D8", "D1"], ["D9", "D2", "D3"])


def test_ten_departments_fill_the_fourth_batch_from_the_next_cycle() -> None:
    result = run(workspace(names=tuple(f"D{n}" for n in range(1, 11))))
    assert rows(result)["2024-4"] == ["D10", "D1", "D2"]
    assert [one.cycle for one in result.batches[3].postings] == [1, 2, 2]


def test_a_pending_or_refused_request_has_no_effect() -> None:
    for ruling in ("待定", "不同意", ""):
        assert rows(run(workspace(deferral("D2", "2023-12-20", ruling))))["2024-1"] == ["D1", "D2", "D3"]


def test_a_deferral_on_the_day_of_the_handover_it_names_is_late() -> None:
    on_the_day = run(workspace(deferral("D2", "2024-01-02", 批次="2024-1")))
    day_before = run(workspace(deferral("D2", "2024-01-01", 批次="2024-1")))
    assert (rows(on_the_day)["2024-1"], ("2024-1", "deferral-late") in codes(on_the_day)) == (["D1", "D2", "D3"], True)
    assert rows(day_before)["2024-1"] == ["D1", "D3", "D4"]


def test_a_deferral_that_names_a_batch_is_open_in_that_batch_only() -> None:
    result = run(workspace(deferral("D2", "2023-12-20", 批次="2024-2")))
    assert rows(result)["2024-1"] == ["D1", "D2", "D3"]
    assert ("2024-2", "deferral-unused") in codes(result)


def test_under_by_request_an_unused_deferral_counts_against_the_quota() -> None:
    written = (deferral("D5", "2023-12-01", 批次="2024-1"), deferral("D5", "2024-02-01"))
    assert rows(run(workspace(*written)))["2024-2"] == ["D4", "D6", "D7"]
    assert rows(run(workspace(*written, readings={"后延计次": "按申请"})))["2024-2"] == ["D4", "D5", "D6"]


def test_a_promotion_takes_the_first_slot_and_uses_the_departments_turn() -> None:
    result = run(workspace({"类型": "晋升优先", "日期": "2024-03-20", "科室": "D7", "人员": "D7乙"}))
    assert (rows(result)["2024-2"], rows(result)["2024-3"]) == (["D7", "D4", "D5"], ["D6", "D8", "D9"])
    first = result.batches[1].postings[0]
    assert (first.person.name, first.reason, first.proposed, first.because[0].source.clause) == (
        "D7乙",
        PostingReason.PROMOTION,
        False,
        "三（三）",
    )


def test_a_promotion_without_recorded_consent_names_the_displaced_department() -> None:
    written = {"类型": "晋升优先", "日期": "2024-03-20", "科室": "D7", "人员": "D7乙"}
    texts = [one.message for one in run(workspace(written)).notices if one.code == "promotion-placed"]
    assert [("D6" in text, "D4" in text) for text in texts] == [(False, False), (True, False)]
    agreed = run(workspace({**written, "沟通结果": "同意"}))
    assert len([one for one in agreed.notices if one.code == "promotion-placed"]) == 1


def test_a_promotion_whose_turn_has_come_anyway_displaces_nobody() -> None:
    result = run(workspace({"类型": "晋升优先", "日期": "2024-03-20", "科室": "D4", "人员": "D4乙"}))
    assert [one.message for one in result.notices if "沟通" in one.message] == []


def test_a_promotion_makes_the_open_deferral_of_its_department_lapse() -> None:
    written = ({"类型": "晋升优先", "日期": "2024-03-20", "科室": "D5", "人员": "D5乙"}, deferral("D5", "2024-03-01"))
    result = run(workspace(*written))
    assert (rows(result)["2024-2"], ("2024-2", "deferral-unused") in codes(result)) == (["D5", "D4", "D6"], True)


def test_a_promotion_without_a_turn_left_is_extra_and_says_so() -> None:
    result = run(workspace({"类型": "晋升优先", "日期": "2024-03-20", "科室": "D1", "人员": "D1乙"}))
    assert (rows(result)["2024-2"], ("2024-2", "promotion-extra") in codes(result)) == (["D1", "D4", "D5"], True)


def test_a_promotion_waits_for_a_batch_in_which_the_person_is_free() -> None:
    asked = {"类型": "晋升优先", "日期": "2023-12-20", "科室": "D5", "人员": "戊"}
    away = Unavailable.model_validate({"起": "2024-01-02", "止": "2024-02-01"})
    others = [department(f"D{n}") for n in range(1, 5)]
    busy = department("D5", {"姓名": "戊", "职称": "主治医师", "不可派": (away,)})
    free = department("D5", {"姓名": "戊", "职称": "主治医师"})
    assert rows(run(workspace(asked, departments=(*others, free))))["2024-1"] == ["D5", "D1", "D2"]
    waiting = rows(run(workspace(asked, departments=(*others, busy))))
    assert (waiting["2024-1"], waiting["2024-2"]) == (["D1", "D2", "D3"], ["D5", "D4", "D1"])


def test_a_refusal_keeps_the_turn_and_costs_only_without_a_special_reason() -> None:
    written = {"类型": "拒派", "日期": "2024-03-20", "科室": "D5", "批次": "2024-2"}
    result = run(workspace(written))
    assert (rows(result)["2024-2"], rows(result)["2024-3"]) == (["D4", "D6", "D7"], ["D5", "D8", "D9"])
    assert [(one.department, one.amount, one.source.clause) for one in result.sanctions] == [("D5", 200000, "四（六）")]
    excused = run(workspace({**written, "有无特殊原因": "有"}))
    assert (rows(excused)["2024-2"], excused.sanctions) == (["D4", "D6", "D7"], ())


@pytest.mark.parametrize(("reading", "fines"), [("每批一次", 2), ("每轮一次", 1), ("按未派人数", 2)])
def test_refusing_twice_in_a_cycle_costs_as_the_reading_says(reading: str, fines: int) -> None:
    written = [{"类型": "拒派", "日期": "2024-03-20", "科室": "D5", "批次": f"2024-{batch}"} for batch in (2, 3)]
    assert len(run(workspace(*written, readings={"拒派处罚": reading})).sanctions) == fines


def test_a_refusal_of_a_department_that_does_not_come_up_is_a_warning() -> None:
    result = run(workspace({"类型": "拒派", "日期": "2024-03-20", "科室": "D9", "批次": "2024-2"}))
    assert (("2024-2", "event-unused") in codes(result), result.sanctions) == (True, ())


def test_an_event_before_the_first_batch_is_a_warning() -> None:
    result = run(workspace({"类型": "拒派", "日期": "2023-03-20", "科室": "D9", "批次": "2023-2"}))
    assert ("2024-1", "event-unused") in codes(result)


def test_an_empty_slot_is_an_error_level_notice() -> None:
    result = run(workspace(names=("D1", "D2")))
    assert (rows(result)["2024-1"], ("2024-1", "slot-empty") in codes(result)) == (["D1", "D2", ""], True)


def test_departments_already_served_before_the_plan_come_again_in_the_second_cycle() -> None:
    result = run(workspace(已派科室=("D1", "D2")))
    assert (rows(result)["2024-1"], rows(result)["2024-3"]) == (["D3", "D4", "D5"], ["D9", "D1", "D2"])


def test_slots_go_to_recipients_in_their_order_with_their_own_headcount() -> None:
    recipients = ({"名称": "甲院", "每批人数": 2}, {"名称": "乙院", "每批人数": 1})
    batch = run(workspace(recipients=recipients)).batches[0]
    assert [(one.recipient_unit, one.department) for one in batch.postings] == [
        ("甲院", "D1"),
        ("甲院", "D2"),
        ("乙院", "D3"),
    ]


def test_a_recipient_that_needs_a_specialty_takes_the_first_turn_that_has_it() -> None:
    plain = [department(f"D{n}") for n in range(1, 6)]
    skilled = department("D6", {"姓名": "影甲", "职称": "主治医师", "专业": "影像"})
    recipients = ({"名称": "甲院", "每批人数": 2, "需求专业": ("影像", "儿科")},)
    result = run(workspace(departments=(*plain, skilled), recipients=recipients))
    assert rows(result)["2024-1"] == ["D6", "D1"]
    assert codes(result).count(("2024-1", "specialty-unmet")) == 1


def test_the_order_of_events_of_one_day_is_their_order_in_the_file() -> None:
    first, second = (
        {"类型": "晋升优先", "日期": "2024-03-20", "科室": name, "人员": f"{name}乙"} for name in ("D8", "D7")
    )
    assert rows(run(workspace(first, second)))["2024-2"] == ["D8", "D7", "D4"]
    assert rows(run(workspace(second, first)))["2024-2"] == ["D7", "D8", "D4"]


def test_a_person_is_never_twice_in_one_batch() -> None:
    result = run(workspace(names=("D1", "D2", "D3")), 2024, 2025)
    assert all(len(set(batch)) == len(batch) for batch in people(result).values())


def test_events_keep_their_place_in_the_file_as_their_number() -> None:
    assert [one.number for one in events(deferral("D1", "2024-01-01"), deferral("D2", "2024-01-01"))] == [1, 2]
