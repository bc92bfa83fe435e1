"""What a schedule says about itself: nothing is lost in silence, whichever years are asked for."""

from __future__ import annotations

from datetime import date

from schedule_support import POLICY, codes, department, people, rows, run, workspace
from test_review_rotation import named

from xiaxiang.model.hospital import Unavailable

AWAY = Unavailable.model_validate({"起": "2024-01-01", "止": "2024-06-30", "原因": "产假"})
ASKED = {"类型": "晋升优先", "日期": "2023-12-10", "科室": "D1", "人员": "D1乙"}
AGAIN = {"类型": "重新下乡", "日期": "2024-01-05", "批次": "2024-2", "科室": "D1", "人员": "D1乙"}


def away() -> tuple[object, ...]:
    """Return nine departments; D1乙 is away for the first two batches."""
    first = department(
        "D1", {"姓名": "D1甲", "职称": "主治医师"}, {"姓名": "D1乙", "职称": "主治医师", "不可派": (AWAY,)}
    )
    return (first, *(department(f"D{n}") for n in range(2, 10)))


def test_a_promotion_that_waits_says_so_when_it_begins_to_wait_whichever_years_are_asked_for() -> None:
    ws = workspace(ASKED, departments=away())
    short, long = run(ws, 2024), run(ws, 2024, 2025)
    assert short.notices == long.of_year(2024).notices
    told = [(str(one.batch), one.message) for one in short.notices if one.code == "event-unused"]
    assert told == [
        (
            "2024-1",
            "D1 D1乙 的晋升优先在2024年第1批没有排上（2024-01-01 至 2024-06-30 不可派（产假）），等下一批",
        )
    ]
    assert people(short)["2024-3"][0] == "D1乙"


def test_promotions_beyond_the_slots_of_a_batch_wait_because_it_is_full() -> None:
    asked = [{**ASKED, "科室": f"D{n}", "人员": f"D{n}乙"} for n in range(1, 5)]
    result = run(workspace(*asked))
    assert [one.message for one in result.notices if one.code == "event-unused"] == [
        "D4 D4乙 的晋升优先在2024年第1批没有排上（名额已满），等下一批"
    ]


def test_a_redispatch_for_a_batch_before_the_plan_has_no_effect_and_says_so() -> None:
    result = run(workspace({**AGAIN, "批次": "2023-4"}))
    assert named("event-unused", result) == [("2024-1", "D1", None)]
    assert all(one.reason.value == "queue" for batch in result.batches for one in batch.postings)


def test_a_redispatched_person_who_is_not_free_waits_and_every_batch_says_so() -> None:
    extra = run(workspace(AGAIN, departments=away(), readings={"重新下乡": "额外增加"}))
    assert named("event-unused", extra) == [("2024-2", "D1", "D1乙")]
    assert rows(extra)["2024-3"] == ["D7", "D8", "D9", "D1"]
    turn = run(workspace({**AGAIN, "批次": "2024-1"}, departments=away()))
    assert (named("event-unused", turn), people(turn)["2024-4"][0]) == ([("2024-1", "D1", "D1乙")], "D1乙")


def test_an_assignment_without_the_specialty_asked_for_stands_with_a_warning() -> None:
    first = department(
        "D1", {"姓名": "影甲", "职称": "主治医师", "专业": "影像"}, {"姓名": "内乙", "职称": "主治医师", "专业": "内科"}
    )
    chosen = {"类型": "指派", "日期": "2023-12-20", "批次": "2024-1", "科室": "D1", "人员": "内乙"}
    recipients = ({"名称": "甲院", "每批人数": 2, "需求专业": ("影像",)},)
    listed = (first, *(department(f"D{n}") for n in range(2, 5)))
    plain, result = (run(workspace(*more, departments=listed, recipients=recipients)) for more in ((), (chosen,)))
    assert ("2024-1", "specialty-unmet") not in codes(plain)
    assert (people(result)["2024-1"][0], named("specialty-unmet", result)[0]) == ("内乙", ("2024-1", "D1", "内乙"))


def test_a_batch_is_mainly_of_a_rank_by_who_serves_at_the_handover() -> None:
    def of(title: str) -> tuple[object, ...]:
        return tuple(
            department(
                f"D{n}",
                {"姓名": f"甲{n}", "职称": "主治医师"},
                {"姓名": f"乙{n}", "职称": title},
            )
            for n in range(1, 4)
        )

    gone = [
        {
            "类型": "意外",
            "日期": "2024-02-10",
            "批次": "2024-1",
            "科室": f"D{n}",
            "人员": f"甲{n}",
            "接替人员": f"乙{n}",
        }
        for n in (1, 2, 3)
    ]
    on_the_day = [{**one, "日期": "2024-01-02"} for one in gone]
    later, at_once = (run(workspace(*written, departments=of("住院医师"))) for written in (gone, on_the_day))
    mainly = [
        [
            one.message
            for one in result.notices
            if one.code == "below-rank" and "为主" in one.message and one.batch.number == 1
        ]
        for result in (later, at_once)
    ]
    assert (mainly[0], "3 人中只有 0 人" in mainly[1][0]) == ([], True)


def test_a_policy_without_a_lowest_rank_or_a_quota_says_so_where_it_matters() -> None:
    bare = POLICY.rotation.model_copy(update={"lowest_rank": None, "mainly_rank": None, "deferrals_per_cycle": None})
    written = [
        {"类型": "后延", "日期": day, "科室": "D2", "决定": "自动后延"}
        for day in ("2023-12-01", "2024-02-01", "2024-05-01")
    ]
    result = run(workspace(*written, policy=POLICY.model_copy(update={"rotation": bare})))
    assert [rows(result)[f"2024-{n}"][0] for n in (1, 2, 3, 4)] == ["D1", "D5", "D8", "D2"]
    used = [one.message for one in result.notices if one.code == "deferral-used"]
    assert [text.rpartition("；")[2] for text in used] == [f"第 1 轮已用 {n} 次，制度没有限定次数" for n in (1, 2, 3)]
    assert result.batches[0].postings[0].because[-1].text.endswith("；制度没有规定最低职称")


def test_the_last_batch_before_an_unpublished_year_says_that_its_end_may_move() -> None:
    last = max(workspace().calendar.published)
    result = run(workspace(starts_on=date(last, 1, 1)), last, last + 1)
    told = [(str(one.batch), one.message) for one in result.notices if one.code == "calendar-unpublished"]
    assert [batch for batch, _ in told] == [f"{last}-4", f"{last + 1}-1"]
    assert f"随 {last + 1} 年的交接日而定" in told[0][1]
    assert result.batches[3].ends_on.isoformat() in told[0][1]
