"""专业组合: a batch of fixed specialties, each with a queue of the departments that have it; the rules hold in each."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from schedule_support import POLICY, codes, department, people, rows, run, workspace

from xiaxiang.load.policies import load_policy
from xiaxiang.model.arrangement import Arrangement, parse_days
from xiaxiang.model.parameter import ALWAYS, Parameter
from xiaxiang.model.scalar import ScalarError

if TYPE_CHECKING:
    from xiaxiang.model.hospital import Department
    from xiaxiang.model.policy import Policy

INSIDE, OUTSIDE, LAB = "内科", "外科", "检验"


def composed(months: tuple[int, ...] = (1, 4, 7, 10), **heads: int) -> Policy:
    """Return the built-in policy with a batch of so many people of each specialty."""
    changed = {
        "arrangement": Parameter(((ALWAYS, Arrangement.SPECIALTIES),), "三（一）"),
        "composition": {name: Parameter(((ALWAYS, count),), "三（一）") for name, count in heads.items()},
        "handover_months": Parameter(((ALWAYS, months),), "三（一）"),
    }
    return POLICY.model_copy(update={"rotation": POLICY.rotation.model_copy(update=changed)})


def skilled(name: str, *specialties: str) -> Department:
    """Return a department of two people of each specialty."""
    listed = ((who, one) for one in specialties for who in "甲乙")
    return department(
        name,
        *(
            {"姓名": f"{name}{who}{'' if len(specialties) == 1 else one}", "职称": "主治医师", "专业": one}
            for who, one in listed
        ),
    )


def hospital() -> tuple[Department, ...]:
    return (
        skilled("N1", INSIDE),
        skilled("N2", INSIDE),
        skilled("W1", OUTSIDE),
        skilled("W2", OUTSIDE),
        skilled("J1", LAB),
    )


FIVE = composed((6,), 内科=1, 外科=1, 检验=1)


def test_each_specialty_goes_through_its_own_departments_year_by_year() -> None:
    result = run(workspace(departments=hospital(), policy=FIVE), 2024, 2025, 2026)
    assert rows(result) == {"2024-1": ["N1", "W1", "J1"], "2025-1": ["N2", "W2", "J1"], "2026-1": ["N1", "W1", "J1"]}
    assert [one.cycle for one in result.batches[2].postings] == [2, 2, 3]
    assert result.batches[0].postings[0].because[0].text == "内科专业派遣顺序第 1 位，第 1 轮轮到"


def test_every_recipient_gets_the_whole_composition_in_its_order() -> None:
    recipients = ({"名称": "甲院"}, {"名称": "乙院"})
    batch = run(workspace(departments=hospital(), recipients=recipients, policy=FIVE)).batches[0]
    assert [(one.slot, one.recipient_unit, one.department) for one in batch.postings] == [
        (1, "甲院", "N1"),
        (2, "甲院", "W1"),
        (3, "甲院", "J1"),
        (4, "乙院", "N2"),
        (5, "乙院", "W2"),
        (6, "乙院", None),
    ]


def test_deferral_refusal_and_accident_move_only_the_queue_of_their_specialty() -> None:
    plain = rows(run(workspace(departments=hospital(), policy=composed(内科=1, 外科=1, 检验=1))))
    assert list(plain.values())[:2] == [["N1", "W1", "J1"], ["N2", "W2", "J1"]]
    for written in (
        {"类型": "后延", "日期": "2023-12-01", "科室": "N1", "决定": "自动后延"},
        {"类型": "拒派", "日期": "2023-12-01", "科室": "N1", "批次": "2024-1"},
        {"类型": "意外", "日期": "2023-12-01", "科室": "N1", "批次": "2024-1"},
    ):
        moved = rows(run(workspace(written, departments=hospital(), policy=composed(内科=1, 外科=1, 检验=1))))
        assert list(moved.values())[:2] == [["N2", "W1", "J1"], ["N1", "W2", "J1"]]


def test_a_promotion_takes_the_slot_of_its_own_specialty_and_names_whom_it_displaces() -> None:
    asked = {"类型": "晋升优先", "日期": "2023-12-01", "科室": "W2", "人员": "W2乙"}
    result = run(workspace(asked, departments=hospital(), policy=composed(内科=1, 外科=1, 检验=1)))
    assert (rows(result)["2024-1"], people(result)["2024-1"][1]) == (["N1", "W2", "J1"], "W2乙")
    assert [("W1" in one.message, "N1" in one.message) for one in result.notices if "沟通" in one.message] == [
        (True, False)
    ]


def test_a_promotion_of_a_specialty_that_is_not_asked_for_says_that_it_waits() -> None:
    asked = {"类型": "晋升优先", "日期": "2023-12-01", "科室": "E1", "人员": "E1乙"}
    listed = (*hospital(), skilled("E1", "儿科"))
    result = run(workspace(asked, departments=listed, policy=composed(内科=1, 外科=1, 检验=1)))
    told = [one.message for one in result.notices if one.code == "event-unused"]
    assert told == ["E1 E1乙 的晋升优先在2024年第1批没有排上（儿科专业不在这一批的组合里），等下一批"]


def test_a_department_of_two_specialties_sends_the_right_people_for_each() -> None:
    both = (skilled("医技", LAB, "放射"),)
    written = {"类型": "指派", "日期": "2023-12-01", "科室": "医技", "批次": "2024-1", "人员": "医技乙放射"}
    result = run(workspace(written, departments=both, policy=composed(检验=1, 放射=1)))
    assert people(result)["2024-1"] == ["医技甲检验", "医技乙放射"]


def test_a_specialty_that_no_department_has_is_an_error_that_says_what_to_look_at() -> None:
    result = run(workspace(departments=hospital(), policy=composed(放射=1)))
    told = next(one for one in result.notices if one.code == "slot-empty")
    assert (rows(result)["2024-1"], told.severity.value) == ([""], "error")
    assert "没有放射专业的科室可派，空缺。核对人员的“专业”（放射）或派遣顺序" in told.message


def test_where_nobody_of_the_specialty_is_free_the_turn_is_used_and_the_slot_stays_empty() -> None:
    away = department("N1", {"姓名": "甲", "职称": "主治医师", "专业": INSIDE, "离岗日期": "2020-01-01"})
    result = run(workspace(departments=(away, skilled("N2", INSIDE)), policy=composed(内科=1)))
    assert (rows(result)["2024-1"], people(result)["2024-1"], rows(result)["2024-2"]) == (["N1"], [""], ["N2"])


def test_an_assignment_without_the_specialty_stands_with_a_warning() -> None:
    odd = department(
        "N1", {"姓名": "甲", "职称": "主治医师", "专业": INSIDE}, {"姓名": "乙", "职称": "主治医师", "专业": "儿科"}
    )
    written = {"类型": "指派", "日期": "2023-12-01", "科室": "N1", "批次": "2024-1", "人员": "乙"}
    result = run(workspace(written, departments=(odd,), policy=composed(内科=1)))
    assert (people(result)["2024-1"], ("2024-1", "specialty-unmet") in codes(result)) == (["乙"], True)


def test_a_policy_file_may_write_a_composition_and_days(tmp_path: Path) -> None:
    text = (Path(__file__).parents[1] / "plans" / "卫生下乡工作制度" / "policy.yaml").read_text(encoding="utf-8")
    more = "  方式: 专业组合\n  组合: {内科: 1, 外科: {值: 2, 依据: 三（二）}}\n  交接日期: [2024-03-04, 2024/9/2]\n"
    (tmp_path / "制度.yaml").write_text(text.replace("轮换:\n", f"轮换:\n{more}"), encoding="utf-8")
    policy, found = load_policy("制度.yaml", tmp_path)
    assert policy is not None, found
    assert policy.rotation is not None
    assert {name: one.on(date(2024, 1, 1)) for name, one in policy.rotation.composition.items()} == {
        "内科": 1,
        "外科": 2,
    }
    assert policy.rotation.days_of(2024) == (date(2024, 3, 4), date(2024, 9, 2))


@pytest.mark.parametrize(
    ("more", "code"),
    [("  方式: 专业组合\n", "missing-field"), ("  方式: 抽签\n", "unknown-word"), ("  交接日期: 明天\n", "bad-date")],
)
def test_a_composition_that_cannot_be_understood_is_said(tmp_path: Path, more: str, code: str) -> None:
    text = (Path(__file__).parents[1] / "plans" / "卫生下乡工作制度" / "policy.yaml").read_text(encoding="utf-8")
    (tmp_path / "制度.yaml").write_text(text.replace("轮换:\n", f"轮换:\n{more}"), encoding="utf-8")
    policy, found = load_policy("制度.yaml", tmp_path)
    assert (policy, [one.code for one in found]) == (None, [code])


def test_no_day_is_a_list_of_days() -> None:
    with pytest.raises(ScalarError):
        parse_days("、")


# Days fixed one by one, and months that change


def with_days(*days: date) -> Policy:
    changed = {"handover_days": Parameter(((ALWAYS, days),), "三（一）")}
    return POLICY.model_copy(update={"rotation": POLICY.rotation.model_copy(update=changed)})


def test_days_fixed_one_by_one_are_numbered_within_their_year_and_the_months_follow_after() -> None:
    ws = workspace(policy=with_days(date(2024, 3, 4), date(2024, 9, 2)))
    result = run(ws, 2024, 2025)
    assert [(str(one.name), str(one.handover_on)) for one in result.batches][:4] == [
        ("2024-1", "2024-03-04"),
        ("2024-2", "2024-09-02"),
        ("2025-1", "2025-01-06"),
        ("2025-2", "2025-04-07"),
    ]


def test_a_fixed_day_that_is_a_day_off_moves_like_any_other() -> None:
    batch = run(workspace(policy=with_days(date(2024, 5, 1), date(2024, 9, 2)))).batches[0]
    assert (str(batch.nominal_on), str(batch.handover_on)) == ("2024-05-01", "2024-05-06")
    assert "5月1日是劳动节，顺延到5月6日（周一）" in batch.handover_because[0].text


def test_months_that_change_within_a_year_never_give_two_batches_one_number() -> None:
    changed = Parameter(((ALWAYS, (1, 4, 7, 10)), (date(2024, 7, 1), (3, 9))), "三（一）")
    rotation = POLICY.rotation.model_copy(update={"handover_months": changed})
    result = run(workspace(policy=POLICY.model_copy(update={"rotation": rotation})), 2024, 2025)
    assert [(str(one.name), one.nominal_on.month) for one in result.batches] == [
        ("2024-1", 1),
        ("2024-2", 4),
        ("2024-3", 9),
        ("2025-1", 3),
        ("2025-2", 9),
    ]
