from __future__ import annotations

import pytest
from schedule_support import codes, department, people, rows, run, workspace

from xiaxiang.model.hospital import Department, Unavailable


def one(*listed: dict[str, object]) -> tuple[Department, ...]:
    return (department("D1", *listed),)


def first(*listed: dict[str, object], **more: object) -> str:
    """Return who is proposed in the first batch of a plan with this one department."""
    return people(run(workspace(departments=one(*listed), **more)))["2024-1"][0]


def test_a_person_of_the_lowest_rank_goes_before_one_below_it() -> None:
    assert first({"姓名": "甲", "职称": "住院医师"}, {"姓名": "乙", "职称": "主治医师", "已服务月数": "9"}) == "乙"


def test_a_person_marked_for_promotion_goes_before_one_who_served_less() -> None:
    waiting = {"姓名": "乙", "职称": "主治医师", "已服务月数": "9", "拟晋升": "2024"}
    assert first({"姓名": "甲", "职称": "主治医师"}, waiting) == "乙"
    assert first({"姓名": "甲", "职称": "主治医师"}, {**waiting, "拟晋升": "2023"}) == "甲"
    assert first({"姓名": "甲", "职称": "主治医师"}, {**waiting, "拟晋升": "是"}) == "乙"


def test_the_one_who_served_fewest_months_goes_first_then_the_order_of_the_file() -> None:
    assert first({"姓名": "甲", "职称": "主治医师", "已服务月数": "3"}, {"姓名": "乙", "职称": "主治医师"}) == "乙"
    assert first({"姓名": "甲", "职称": "主治医师"}, {"姓名": "乙", "职称": "主治医师"}) == "甲"


def test_a_posting_counts_three_months_and_the_end_of_the_last_service_breaks_ties() -> None:
    listed = ({"姓名": "甲", "职称": "主治医师"}, {"姓名": "乙", "职称": "主治医师", "已服务月数": "3"})
    # 甲 goes first (0 < 3 months), then both stand at 3: 乙 never served in this replay, so 乙, then 甲 again at 3 < 6.
    found = people(run(workspace(departments=one(*listed), recipients=({"名称": "甲院", "每批人数": 1},))))
    assert [batch[0] for batch in found.values()] == ["甲", "乙", "甲", "乙"]


def test_who_is_away_for_one_day_of_the_batch_is_not_proposed() -> None:
    listed = ({"姓名": "甲", "职称": "主治医师"}, {"姓名": "乙", "职称": "主治医师"})

    def with_away(from_on: str, until_on: str) -> str:
        away = Unavailable.model_validate({"起": from_on, "止": until_on})
        return first({**listed[0], "不可派": (away,)}, listed[1])

    assert with_away("2024-03-31", "2024-03-31") == "乙"  # the last day of the batch
    assert with_away("2024-04-01", "2024-05-31") == "甲"  # the day after
    assert with_away("2023-12-01", "2024-01-02") == "乙"  # the handover itself
    assert with_away("2023-12-01", "2024-01-01") == "甲"


@pytest.mark.parametrize(
    ("field", "day", "goes"),
    [
        ("到岗日期", "2024-01-02", True),
        ("到岗日期", "2024-01-03", False),
        ("离岗日期", "2024-04-01", True),
        ("离岗日期", "2024-03-31", False),
    ],
)
def test_a_person_must_be_at_work_on_every_day_of_the_batch(field: str, day: str, goes: bool) -> None:  # noqa: FBT001 - a case
    listed = ({"姓名": "甲", "职称": "主治医师", field: day}, {"姓名": "乙", "职称": "主治医师"})
    assert first(*listed) == ("甲" if goes else "乙")


def test_below_the_rank_the_higher_rank_goes_and_a_warning_says_so() -> None:
    ws = workspace(departments=one({"姓名": "甲"}, {"姓名": "乙", "职称": "住院医师"}))
    result = run(ws)
    assert people(result)["2024-1"][0] == "乙"
    assert ("2024-1", "below-rank") in codes(result)


def test_where_nobody_is_free_the_turn_is_used_and_the_slot_keeps_its_department() -> None:
    result = run(workspace(departments=(department("D1", {"姓名": "甲", "离岗日期": "2020-01-01"}), department("D2"))))
    assert (rows(result)["2024-1"][:2], people(result)["2024-1"][:2]) == (["D1", "D2"], ["", "D2甲"])
    told = [notice for notice in result.notices if notice.code == "nobody-available"]
    assert (told[0].severity.value, "2020-01-01 离岗" in told[0].message) == ("error", True)


def test_an_assignment_decides_and_is_no_proposal() -> None:
    result = run(workspace({"类型": "指派", "日期": "2023-12-25", "批次": "2024-1", "科室": "D1", "人员": "D1乙"}))
    posting = result.batches[0].postings[0]
    assert (posting.person.name, posting.proposed, result.batches[0].postings[1].proposed) == ("D1乙", False, True)


def test_the_later_of_two_assignments_decides_with_a_warning() -> None:
    written = [
        {"类型": "指派", "日期": "2023-12-25", "批次": "2024-1", "科室": "D1", "人员": who} for who in ("D1乙", "D1甲")
    ]
    result = run(workspace(*written))
    assert (people(result)["2024-1"][0], codes(result).count(("2024-1", "assignment-warning"))) == ("D1甲", 1)


def test_an_assignment_of_somebody_below_the_rank_stands_with_a_warning() -> None:
    listed = one({"姓名": "甲", "职称": "主治医师"}, {"姓名": "乙", "职称": "住院医师"})
    written = {"类型": "指派", "日期": "2023-12-25", "批次": "2024-1", "科室": "D1", "人员": "乙"}
    result = run(workspace(written, departments=listed))
    assert (people(result)["2024-1"][0], ("2024-1", "assignment-warning") in codes(result)) == ("乙", True)


def test_an_accident_before_the_handover_sends_the_substitute_of_the_same_department() -> None:
    written = {"类型": "意外", "日期": "2023-12-28", "批次": "2024-1", "科室": "D1", "人员": "D1甲", "接替人员": "D1乙"}
    result = run(workspace(written))
    assert (rows(result)["2024-1"], people(result)["2024-1"][0]) == (["D1", "D2", "D3"], "D1乙")
    assert rows(result)["2024-4"][0] == "D1"


def test_an_assignment_that_an_accident_overtakes_is_no_unused_event() -> None:
    written = (
        {"类型": "指派", "日期": "2023-12-21", "批次": "2024-1", "科室": "D1", "人员": "D1甲"},
        {"类型": "意外", "日期": "2023-12-28", "批次": "2024-1", "科室": "D1", "人员": "D1甲", "接替人员": "D1乙"},
    )
    result = run(workspace(*written))
    assert (people(result)["2024-1"][0], [code for code in codes(result) if code[1] == "event-unused"]) == ("D1乙", [])


def test_an_accident_before_the_handover_sends_another_department_and_keeps_the_turn_in_front() -> None:
    written = {"类型": "意外", "日期": "2023-12-28", "批次": "2024-1", "科室": "D1", "人员": "D1甲", "接替科室": "D5"}
    found = list(rows(run(workspace(written))).values())
    assert found[:3] == [["D5", "D2", "D3"], ["D1", "D4", "D6"], ["D7", "D8", "D9"]]


def test_an_accident_without_successor_passes_the_department_over_without_a_sanction() -> None:
    result = run(workspace({"类型": "意外", "日期": "2023-12-28", "批次": "2024-1", "科室": "D1", "原因": "骨折"}))
    assert list(rows(result).values())[:2] == [["D2", "D3", "D4"], ["D1", "D5", "D6"]]
    assert (result.sanctions, ("2024-1", "person-replaced") in codes(result)) == ((), True)


def test_an_accident_uses_up_no_deferral() -> None:
    written = (
        {"类型": "意外", "日期": "2023-12-28", "批次": "2024-1", "科室": "D1"},
        {"类型": "后延", "日期": "2024-03-01", "科室": "D1", "决定": "自动后延"},
    )
    assert list(rows(run(workspace(*written))).values())[:3] == [
        ["D2", "D3", "D4"],
        ["D5", "D6", "D7"],
        ["D1", "D8", "D9"],
    ]


def test_an_accident_within_the_batch_splits_the_posting_at_its_day() -> None:
    written = {"类型": "意外", "日期": "2024-02-10", "批次": "2024-1", "科室": "D2", "人员": "D2甲", "接替人员": "D2乙"}
    parts = [one for one in run(workspace(written)).batches[0].postings if one.slot == 2]
    assert [(one.person.name, str(one.starts_on), str(one.ends_on), one.reason.value) for one in parts] == [
        ("D2甲", "2024-01-02", "2024-02-09", "queue"),
        ("D2乙", "2024-02-10", "2024-03-31", "incident"),
    ]


def test_a_successor_who_already_serves_or_is_away_stands_with_a_warning() -> None:
    base = {"类型": "意外", "日期": "2024-02-10", "批次": "2024-1", "科室": "D2", "人员": "D2甲"}
    twice = run(workspace({**base, "接替科室": "D3", "接替人员": "D3甲"}))
    assert codes(twice).count(("2024-1", "assignment-warning")) == 1
    free = run(workspace({**base, "接替人员": "D2乙"}))
    assert codes(free).count(("2024-1", "assignment-warning")) == 0


def test_without_a_successor_the_slot_is_vacant_from_the_day_of_the_accident() -> None:
    written = {"类型": "意外", "日期": "2024-02-10", "批次": "2024-1", "科室": "D2", "人员": "D2甲"}
    result = run(workspace(written))
    parts = [one for one in result.batches[0].postings if one.slot == 2]
    assert [one.person.name if one.person else None for one in parts] == ["D2甲", None]
    assert (("2024-1", "slot-vacant") in codes(result), rows(result)["2024-2"]) == (True, ["D4", "D5", "D6"])


def test_an_accident_on_the_day_of_the_handover_counts_as_within_the_batch() -> None:
    written = {"类型": "意外", "日期": "2024-01-02", "批次": "2024-1", "科室": "D2", "人员": "D2甲", "接替人员": "D2乙"}
    parts = [one for one in run(workspace(written)).batches[0].postings if one.slot == 2]
    assert [(one.person.name, str(one.starts_on)) for one in parts] == [("D2乙", "2024-01-02")]


def test_redispatch_takes_the_departments_next_turn_or_an_extra_slot_as_the_reading_says() -> None:
    written = {"类型": "重新下乡", "日期": "2024-04-05", "批次": "2024-3", "科室": "D2", "人员": "D2甲"}
    result = run(workspace(written))
    again = result.batches[3].postings[1]
    assert (again.person.name, again.reason.value, again.proposed) == ("D2甲", "redispatch", False)
    extra = run(workspace(written, readings={"重新下乡": "额外增加"})).batches[2].postings
    assert [(one.slot, one.department, one.reason.value) for one in extra][3:] == [(4, "D2", "redispatch")]


@pytest.mark.parametrize(
    ("written", "month"),
    [
        ({"类型": "后延", "日期": "2023-12-20", "科室": "D2", "决定": "自动后延"}, "2023-12-01"),
        ({"类型": "后延", "日期": "2024-01-02", "科室": "D4", "决定": "自动后延"}, "2024-01-01"),
        ({"类型": "后延", "日期": "2023-12-20", "科室": "D7", "决定": "自动后延"}, "2024-07-01"),
        ({"类型": "晋升优先", "日期": "2024-03-20", "科室": "D7", "人员": "D7乙"}, "2024-03-01"),
        ({"类型": "拒派", "日期": "2024-03-20", "科室": "D5", "批次": "2024-2"}, "2024-03-01"),
        ({"类型": "意外", "日期": "2024-05-10", "科室": "D5", "批次": "2024-2", "人员": "D5甲"}, "2024-05-01"),
    ],
)
def test_a_change_is_announced_in_the_month_of_its_day_or_of_a_later_handover(
    written: dict[str, str], month: str
) -> None:
    announced = [str(one.published_on) for one in run(workspace(written)).notices if one.published_on]
    assert announced == [month]
