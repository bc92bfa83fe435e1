"""公布: an announced batch is a fact. It stands through any later edit, and the notice names the edit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from schedule_support import codes, department, events, people, rows, run, workspace
from test_review_rotation import policy
from test_schedule_properties import Case, cases

from xiaxiang.model.batch import BatchName
from xiaxiang.model.position import Places
from xiaxiang.model.schedule import PostingReason
from xiaxiang.schedule import publication, schedule
from xiaxiang.schedule.basis import event_line
from xiaxiang.schedule.engine import prepare

if TYPE_CHECKING:
    from xiaxiang.model.schedule import Batch, Schedule
    from xiaxiang.model.workspace import Workspace

TODAY = date(2023, 12, 25)
FIRST, SECOND, THIRD = (BatchName(2024, number) for number in (1, 2, 3))


def announce(ws: Workspace, *names: BatchName) -> Workspace:
    """Announce batches one after the other, each as the workspace then gives it."""
    for name in names:
        made = publication(ws, run(ws, name.year), name, TODAY)
        ws = replace(ws, published=(*ws.published, made))
    return ws


def edited(ws: Workspace, *written: dict[str, str], **fields: object) -> Workspace:
    """Return the workspace after an edit: events added at the end, and other fields of the plan."""
    kept: Any = fields.get("events", ws.plan.events)
    update = {**fields, "events": (*kept, *events(*written))}
    return replace(ws, plan=ws.plan.model_copy(update=update))


def announced(batch: Batch | None) -> list[tuple[Any, ...]]:
    """Return what was announced of a batch: days, and per slot recipient, department and person unless open."""
    assert batch is not None
    first = {one.slot: one for one in reversed(batch.postings)}
    slots = [
        (slot, one.recipient_unit, one.department, "" if one.proposed or one.person is None else one.person.name)
        for slot, one in sorted(first.items())
    ]
    return [(batch.nominal_on, batch.handover_on, batch.ends_on), *slots]


def differs(result: Schedule) -> list[tuple[str, str]]:
    return [(str(one.batch), one.message) for one in result.notices if one.code == "published-differs"]


DEFERRAL = {"类型": "后延", "日期": "2023-12-20", "科室": "D2", "决定": "自动后延"}
REFUSAL = {"类型": "拒派", "日期": "2024-03-20", "科室": "D5", "批次": "2024-2"}


def test_publishing_without_an_edit_changes_nothing() -> None:
    ws = workspace(DEFERRAL, REFUSAL)
    assert run(announce(ws, FIRST, SECOND, THIRD), 2024, 2025) == run(ws, 2024, 2025)


@settings(max_examples=40, deadline=None)
@given(cases())
def test_publishing_never_changes_a_schedule_that_nobody_edits(case: Case) -> None:
    ws = case.workspace()
    plain = schedule(ws, (2024, 2025))
    told = announce(ws, *(batch.name for batch in plain.batches[:5]))
    assert schedule(told, (2024, 2025)) == plain


def test_what_is_written_down_is_what_the_notice_says() -> None:
    chosen = {"类型": "指派", "日期": "2023-12-22", "批次": "2024-1", "科室": "D1", "人员": "D1乙"}
    ws = workspace(DEFERRAL, chosen)
    made = publication(ws, run(ws), FIRST, TODAY)
    assert [(one.department, one.person, one.is_open, one.cycle) for one in made.postings] == [
        ("D1", "D1乙", False, 1),
        ("D3", "", True, 1),
        ("D4", "", True, 1),
    ]
    assert [(one.department, one.cycle, one.kind, str(one.on), one.ruling) for one in made.passed_over] == [
        ("D2", 1, "后延", "2023-12-20", "自动后延")
    ]
    assert (made.handover_on, made.ends_on, made.published_on) == (date(2024, 1, 2), date(2024, 3, 31), TODAY)
    assert [one.content for one in made.rests_on][:2] == [
        "后延 2023-12-20 D2 自动后延",
        "指派 2023-12-22 2024-1 D1 D1乙",
    ]


def test_a_deferral_registered_after_the_announcement_leaves_the_batch_as_it_was_and_is_named() -> None:
    ws = announce(workspace(), FIRST)
    result = run(edited(ws, DEFERRAL))
    assert (rows(result)["2024-1"], rows(result)["2024-2"]) == (["D1", "D2", "D3"], ["D4", "D5", "D6"])
    ((batch, message),) = differs(result)
    assert batch == "2024-1"
    assert "第 2 个名额公布的是D2，现在会是D3；第 3 个名额公布的是D3，现在会是D4。" in message
    assert "原因：新增了变动登记第 1 条（后延）“后延 2023-12-20 D2 自动后延”" in message
    assert message.endswith("要改公布的：xiaxiang 公布 --batch 2024-1 --force")
    assert rows(result)["2024-4"] == ["D1", "D2", "D3"]  # it came too late for its turn, and puts off no other


def test_a_deferral_struck_out_after_the_announcement_stays_used() -> None:
    ws = announce(workspace(DEFERRAL), FIRST)
    again = {"类型": "后延", "日期": "2024-03-01", "科室": "D2", "决定": "自动后延"}
    result = run(edited(ws, again, events=()))
    assert (rows(result)["2024-1"], rows(result)["2024-2"]) == (["D1", "D3", "D4"], ["D2", "D5", "D6"])
    assert ("2024-2", "deferral-rejected") in codes(result)
    assert "原因：删去了变动登记“后延 2023-12-20 D2 自动后延”" in differs(result)[0][1]


def test_a_turn_moved_to_the_last_batch_stays_there() -> None:
    last = {**DEFERRAL, "决定": "调至最后一批"}
    result = run(edited(announce(workspace(last), FIRST), events=()))
    assert list(rows(result).values())[:3] == [["D1", "D3", "D4"], ["D5", "D6", "D7"], ["D8", "D9", "D2"]]


def test_a_changed_entry_is_told_with_what_it_said_before() -> None:
    ws = announce(workspace(DEFERRAL), FIRST)
    changed = edited(ws, {**DEFERRAL, "决定": "不同意"}, events=())
    message = differs(run(changed))[0][1]
    assert "变动登记第 1 条（后延）由“后延 2023-12-20 D2 自动后延”改成了“后延 2023-12-20 D2 不同意”" in message


def test_of_several_edits_only_those_that_matter_are_named() -> None:
    ws = announce(workspace(), FIRST, SECOND)
    later = {"类型": "后延", "日期": "2024-03-01", "科室": "D9", "决定": "自动后延"}
    result = run(edited(ws, later, REFUSAL, readings={"自动后延": "对调"}))
    ((batch, message),) = differs(result)
    assert (batch, "拒派 2024-03-20 2024-2 D5" in message, "D9" in message, "口径" in message) == (
        "2024-2",
        True,
        False,
        False,
    )


def test_an_edit_of_the_order_is_named_and_the_announced_turns_stay_used() -> None:
    ws = announce(workspace(), FIRST)
    order = ("D9", *(f"D{n}" for n in range(1, 9)))
    result = run(edited(ws, dispatch_order=order))
    assert (rows(result)["2024-1"], rows(result)["2024-2"]) == (["D1", "D2", "D3"], ["D9", "D4", "D5"])
    assert "原因：派遣顺序" in differs(result)[0][1]


def test_a_department_counted_as_served_only_afterwards_is_named_as_the_edit() -> None:
    result = run(edited(announce(workspace(), FIRST), already_served=("D2",)))
    assert (rows(result)["2024-1"], rows(result)["2024-2"]) == (["D1", "D2", "D3"], ["D4", "D5", "D6"])
    assert "原因：已派科室由“空”改成了“D2”" in differs(result)[0][1]


def test_nothing_that_is_written_down_is_empty() -> None:
    made = publication(workspace(), run(workspace()), FIRST, TODAY)
    assert [one.label for one in made.rests_on if not one.content.strip()] == []


def test_the_notice_points_at_the_entry_that_was_added() -> None:
    added = events(DEFERRAL)[0].model_copy(update={"places": Places("变动登记.yaml", {"": (7, 3, 9)})})
    ws = announce(workspace(), FIRST)
    result = run(edited(ws, events=(added,)))
    (notice,) = [one for one in result.notices if one.code == "published-differs"]
    assert (str(notice.position), notice.severity.value) == ("变动登记.yaml:7:3", "warning")


def test_the_departments_choice_of_a_slot_announced_as_open_is_no_difference() -> None:
    chosen = {"类型": "指派", "日期": "2023-12-28", "批次": "2024-1", "科室": "D1", "人员": "D1乙"}
    result = run(edited(announce(workspace(), FIRST), chosen))
    posting = result.batches[0].postings[0]
    assert (posting.person.name, posting.proposed, differs(result)) == ("D1乙", False, [])


def test_another_choice_of_a_person_who_was_announced_by_name_is_a_difference() -> None:
    chosen = {"类型": "指派", "日期": "2023-12-22", "批次": "2024-1", "科室": "D1", "人员": "D1乙"}
    ws = announce(workspace(chosen), FIRST)
    result = run(edited(ws, {**chosen, "日期": "2023-12-28", "人员": "D1甲"}))
    assert (people(result)["2024-1"][0], len(differs(result))) == ("D1乙", 1)
    assert "第 1 个名额公布的是D1（D1乙），现在会是D1（D1甲）" in differs(result)[0][1]
    assert ("2024-1", "event-unused") not in codes(result)


def test_an_announced_person_whom_the_plan_no_longer_lists_appears_by_name() -> None:
    chosen = {"类型": "指派", "日期": "2023-12-22", "批次": "2024-1", "科室": "D1", "人员": "D1乙"}
    ws = announce(workspace(chosen), FIRST)
    rest = (department("D1", {"姓名": "新人", "职称": "主治医师"}), *ws.plan.departments[1:])
    result = run(edited(ws, departments=rest))
    assert (people(result)["2024-1"][0], "人员（D1）有改动" in differs(result)[0][1]) == ("D1乙", True)


def test_who_serves_counts_for_later_proposals_as_announced() -> None:
    chosen = {"类型": "指派", "日期": "2023-12-22", "批次": "2024-1", "科室": "D1", "人员": "D1甲"}
    names = tuple(f"D{n}" for n in range(1, 4))
    ws = announce(workspace(chosen, names=names), FIRST)
    result = run(edited(ws, {**DEFERRAL, "科室": "D1"}))
    assert [batch[0] for batch in people(result).values()][:2] == ["D1甲", "D1乙"]


def test_an_accident_after_the_handover_still_splits_an_announced_posting() -> None:
    gone = {"类型": "意外", "日期": "2024-02-10", "批次": "2024-1", "科室": "D1", "人员": "D1甲", "接替人员": "D1乙"}
    ws = announce(workspace(), FIRST)
    alone, beside = run(edited(ws, gone)), run(edited(ws, gone, DEFERRAL))
    for result in (alone, beside):
        parts = [(one.person.name, str(one.starts_on)) for one in result.batches[0].postings if one.slot == 1]
        assert parts == [("D1甲", "2024-01-02"), ("D1乙", "2024-02-10")]
    assert (differs(alone), len(differs(beside))) == ([], 1)


def test_a_promotion_registered_too_late_for_an_announced_batch_waits_for_the_next() -> None:
    asked = {"类型": "晋升优先", "日期": "2023-12-10", "科室": "D7", "人员": "D7乙"}
    result = run(edited(announce(workspace(), FIRST), asked))
    assert (rows(result)["2024-1"], people(result)["2024-2"][0]) == (["D1", "D2", "D3"], "D7乙")


def test_an_announced_promotion_stands_and_is_not_placed_twice() -> None:
    asked = {"类型": "晋升优先", "日期": "2023-12-10", "科室": "D7", "人员": "D7乙"}
    result = run(edited(announce(workspace(asked), FIRST), DEFERRAL))
    assert (rows(result)["2024-1"], rows(result)["2024-3"]) == (["D7", "D1", "D2"], ["D6", "D8", "D9"])
    assert result.batches[0].postings[0].reason is PostingReason.PROMOTION
    assert [str(one.published_on) for one in result.notices if one.code == "promotion-placed"][:1] == ["2023-12-01"]


def test_announced_days_stay_and_the_difference_names_them() -> None:
    ws = announce(workspace(), FIRST)
    result = run(edited(ws, readings={"遇节假日": "提前"}))
    assert (str(result.batches[0].handover_on), str(result.batches[0].nominal_on)) == ("2024-01-02", "2024-01-01")
    message = differs(result)[0][1]
    assert "交接日公布的是 2024年1月2日，现在会是 2023年12月29日" in message
    assert "原因：口径 遇节假日由“顺延”改成了“提前”" in message


def test_a_refusal_of_an_announced_batch_is_charged_as_long_as_it_is_registered() -> None:
    ws = announce(workspace(REFUSAL), FIRST, SECOND)
    order = ("D9", *(f"D{n}" for n in range(1, 9)))
    kept, struck = run(edited(ws, dispatch_order=order)), run(edited(ws, events=()))
    assert [(one.department, one.amount) for one in kept.sanctions] == [("D5", 200000)]
    assert (rows(struck)["2024-2"], rows(struck)["2024-3"][0], struck.sanctions) == (["D4", "D6", "D7"], "D5", ())


def test_a_hole_between_announced_batches_is_filled_by_the_rules_and_no_turn_is_used_twice() -> None:
    ws = announce(workspace(), FIRST, SECOND, THIRD)
    hole = replace(ws, published=tuple(one for one in ws.published if one.name != SECOND))
    result = run(edited(hole, {**REFUSAL, "科室": "D4"}), 2024, 2025)
    assert (rows(result)["2024-2"], rows(result)["2024-3"]) == (["D5", "D6", "D7"], ["D7", "D8", "D9"])
    used = [(one.department, one.cycle) for batch in result.batches for one in batch.postings if one.cycle]
    assert len(used) == len(set(used))


def test_an_announced_batch_that_the_handover_months_no_longer_give_stands_at_its_days() -> None:
    ws = announce(workspace(), FIRST, SECOND, THIRD)
    result = run(replace(ws, policy=policy(handover_months=(1, 7))))
    assert [str(one.name) for one in result.batches] == ["2024-1", "2024-2", "2024-3"]
    assert [announced(one) for one in result.batches] == [
        announced(run(ws).batch(name)) for name in (FIRST, SECOND, THIRD)
    ]
    assert [batch for batch, _ in differs(result)] == ["2024-1", "2024-2", "2024-3"]
    assert "制度的交接月份由“1、4、7、10”改成了“1、7”" in differs(result)[0][1]


def test_announced_batches_before_the_plan_are_one_note() -> None:
    ws = announce(workspace(), FIRST, SECOND)
    result = run(edited(ws, starts_on=date(2024, 6, 1)))
    notes = [one for one in result.notices if one.code == "published-differs"]
    assert [(one.severity.value, "2024年第1批、2024年第2批已公布" in one.message) for one in notes] == [("note", True)]
    assert rows(result)["2024-3"] == ["D1", "D2", "D3"]


def test_announcing_a_batch_anew_takes_what_the_rules_now_give() -> None:
    ws = edited(announce(workspace(), FIRST), DEFERRAL)
    made = publication(ws, run(ws), FIRST, TODAY)
    again = replace(ws, published=(made,))
    assert (rows(run(again))["2024-1"], differs(run(again))) == (["D1", "D3", "D4"], [])


def test_a_batch_that_is_not_in_the_schedule_cannot_be_announced() -> None:
    ws = workspace()
    with pytest.raises(ValueError, match="2025-9"):
        publication(ws, run(ws), BatchName(2025, 9), TODAY)


def test_a_renamed_department_is_no_difference() -> None:
    ws = announce(workspace(DEFERRAL), FIRST, SECOND)
    renamed = ws.plan.departments[1].model_copy(update={"name": "新科", "former_names": ("D2",)})
    result = run(edited(ws, departments=(ws.plan.departments[0], renamed, *ws.plan.departments[2:])))
    assert (rows(result)["2024-2"][0], differs(result)) == ("新科", [])


def test_an_event_is_told_in_its_own_words_with_its_batch_in_full() -> None:
    written = {"类型": "意外", "日期": "2023-12-28", "批次": "第1批", "科室": "D1", "人员": "D1甲", "接替科室": "D5"}
    replay, _ = prepare(workspace({**written, "原因": "骨折"}), 2024)
    assert event_line(replay, replay.workspace.plan.events[0]) == "意外 2023-12-28 2024-1 D1 D1甲 接替科室=D5"
