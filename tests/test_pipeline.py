from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from xiaxiang.load.files import builtin
from xiaxiang.pipeline import LONGEST_REPLAY, add_results, add_roster, add_schedule, other_readings, read

if TYPE_CHECKING:
    from pathlib import Path

POLICY = "卫生下乡工作制度"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("plan.yaml", "roster.csv"):
        shutil.copy(builtin("templates") / "init" / name, tmp_path / name)
    return tmp_path


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_each_stage_adds_to_what_the_one_before_has_found(folder: Path) -> None:
    checked = read(folder / "plan.yaml")
    assert (checked.workspace is None, checked.schedule, checked.diagnostics) == (False, None, ())
    with_roster = add_roster(checked, folder / "roster.csv")
    assert with_roster.roster is not None
    done = add_results(with_roster)
    assert done.schedule is not None
    assert done.appraisal is not None
    assert [one.code for one in done.diagnostics] == ["missing-value"]
    assert {name.rpartition("/")[2] for name in done.texts} == {"plan.yaml", "policy.yaml", "roster.csv"}
    assert other_readings(done)


def test_without_a_workspace_every_stage_passes_the_findings_on(folder: Path) -> None:
    broken = read(folder / "nothing.yaml")
    assert broken.has_errors
    assert add_schedule(broken, 2026).diagnostics == broken.diagnostics
    assert add_results(add_roster(broken, folder / "roster.csv")) == broken
    assert other_readings(broken) == ()


def test_documents_without_a_roster_speak_of_the_first_year_alone(folder: Path) -> None:
    done = add_results(read(folder / "plan.yaml"))
    assert done.schedule is not None
    assert {batch.name.year for batch in done.schedule.batches} == {2026}
    assert done.appraisal is None


def test_the_schedule_reaches_as_far_as_the_roster_and_the_call_but_not_into_nonsense(folder: Path) -> None:
    change(folder / "roster.csv", "钱芳,妇产科,2026年第1批", "钱芳,妇产科,2028年第1批")
    with_roster = add_roster(read(folder / "plan.yaml"), folder / "roster.csv")
    for asked, last in (((), 2028), ((2030,), 2030)):
        done = add_results(with_roster, *asked)
        assert done.schedule is not None
        assert max(batch.name.year for batch in done.schedule.batches) == last
    far = add_results(with_roster, 2026 + LONGEST_REPLAY + 1)
    assert (far.schedule, [one.code for one in far.diagnostics]) == (None, ["too-many-years"])


def test_a_number_that_is_not_in_force_yet_is_a_finding_at_the_plan_and_never_a_zero(folder: Path) -> None:
    policy = folder / "制度.yaml"
    shutil.copy(builtin("plans") / POLICY / "policy.yaml", policy)
    change(policy, "每批人数: {值: 3, 单位: 人}", "每批人数: {值: {2030-01-01: 3}, 单位: 人}")
    change(folder / "plan.yaml", f"制度: {POLICY}", "制度: 制度.yaml")
    change(folder / "plan.yaml", "每批人数: 1, ", "")
    result = add_schedule(read(folder / "plan.yaml"))
    assert (result.schedule, result.year) == (None, 2026)
    assert [(one.code, one.message) for one in result.diagnostics] == [
        ("not-in-force", "每批人数 在 2026-01-05 尚未施行")
    ]
    assert add_schedule(read(folder / "plan.yaml"), 2031).schedule is None


def test_a_broken_roster_row_is_left_out_of_everything_that_follows(folder: Path) -> None:
    change(folder / "roster.csv", "赵强,外科", "赵强,外可")
    done = add_results(add_roster(read(folder / "plan.yaml"), folder / "roster.csv"))
    assert done.workspace is not None
    assert done.workspace.is_draft
    assert done.appraisal is not None
    assert [person.name for person in done.appraisal.people] == ["张明", "钱芳"]
    assert add_results(add_roster(read(folder / "plan.yaml"), folder / "roster.csv"), strict=True).appraisal is None


def test_a_policy_without_rotation_schedules_nobody_and_says_so_but_people_are_assessed(folder: Path) -> None:
    own = folder / "制度.yaml"
    text = (builtin("plans") / POLICY / "policy.yaml").read_text(encoding="utf-8")
    start, end = text.index("\n轮换:"), text.index("\n请假:")
    own.write_text(text[:start] + text[end:], encoding="utf-8")
    change(folder / "plan.yaml", f"制度: {POLICY}", "制度: 制度.yaml")

    scheduled = add_schedule(read(folder / "plan.yaml"), 2026)
    assert scheduled.schedule is None
    assert {one.code for one in scheduled.diagnostics} == {"no-rotation", "no-such-batch"}

    change(folder / "roster.csv", "2026年第1批", "")
    assessed = add_results(add_roster(read(folder / "plan.yaml"), folder / "roster.csv"))
    assert assessed.appraisal is not None
    assert "no-rotation" not in {one.code for one in assessed.diagnostics}
