"""The county hospital of examples/: every output that the program gives for it is kept in expected/.

After a wanted change of an output, write the files again and read the difference before keeping it:

    XIAXIANG_UPDATE_EXPECTED=1 python -m pytest -q tests/test_examples.py && git diff examples
"""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from xiaxiang.cli.app import run
from xiaxiang.load import load_roster, load_workspace
from xiaxiang.model.event import Deferral
from xiaxiang.schedule import schedule

EXAMPLE = Path(__file__).parents[1] / "examples" / "county-hospital"
EXPECTED = EXAMPLE / "expected"
UPDATE = "XIAXIANG_UPDATE_EXPECTED"

OUTPUTS = {
    "validate.txt": ("validate",),
    "schedule-2023.txt": ("schedule", "--year", "2023"),
    "schedule-2024.txt": ("schedule", "--year", "2024"),
    "schedule-2024-explain.txt": ("schedule", "--year", "2024", "--explain"),
    "schedule-2024.json": ("schedule", "--year", "2024", "--format", "json"),
    "assess.txt": ("assess", "roster.csv"),
    "assess-explain.txt": ("assess", "roster.csv", "--explain"),
    "assess.json": ("assess", "roster.csv", "--format", "json"),
    "dispatch-notice.txt": ("report", "dispatch-notice", "--text"),
    "rotation-table.txt": ("report", "rotation-table", "--text"),
    "quality-bulletin.txt": ("report", "quality-bulletin", "--text"),
    "assessment-circular.txt": ("report", "assessment-circular", "--text"),
    "allowance-sheet.txt": ("report", "allowance-sheet", "--text"),
    "allowance-sheet-2024-1.txt": ("report", "allowance-sheet", "--batch", "2024-1", "--text"),
    "service-certificate.txt": ("report", "service-certificate", "--person", "桑榆晚", "--text"),
}
"""File in expected/ → the command whose stdout it keeps, typed in the example's folder."""

DOCUMENTS = {"派遣通知", "轮换表", "质控动态", "考核通报", "补助发放表", "服务鉴定表", "轮次说明"}


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the example in which one stands, as a clerk would, and into which the program may write."""
    folder = tmp_path / "county-hospital"
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns("expected"))
    monkeypatch.chdir(folder)
    return folder


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("name", OUTPUTS)
def test_an_output_of_the_example_is_the_one_that_was_read_and_kept(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    status = run(OUTPUTS[name])
    printed = capsys.readouterr().out
    kept = EXPECTED / name
    if os.environ.get(UPDATE):
        kept.parent.mkdir(exist_ok=True)
        kept.write_text(printed, encoding="utf-8", newline="\n")
    assert status == 0
    assert kept.read_text(encoding="utf-8") == printed


def test_nothing_is_kept_that_no_command_prints() -> None:
    assert {file.name for file in EXPECTED.iterdir()} == set(OUTPUTS)


@pytest.mark.usefixtures("desk")
def test_the_example_has_no_error_and_no_warning_and_one_note_of_a_request_still_to_be_decided(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(("validate", "--format", "json")) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["errors"], found["warnings"]) == (0, 0)
    assert [one["code"] for one in found["diagnostics"]] == ["undecided-deferral"]


def test_the_example_has_twelve_departments_sixty_people_and_eight_full_batches() -> None:
    workspace = load_workspace(EXAMPLE / "plan.yaml").workspace
    plan = workspace.plan
    assert (len(plan.departments), sum(len(one.people) for one in plan.departments)) == (12, 60)
    assert [(one.name, one.headcount) for one in plan.recipient_units] == [("河东中心卫生院", 2), ("河西乡卫生院", 1)]
    assert {workspace.ranks.rank_of(person).label for one in plan.departments for person in one.people} == {
        "初级",
        "中级",
        "副高",
        "正高",
    }
    batches = schedule(workspace, (2023, 2024)).batches
    assert [str(one.name) for one in batches] == [f"{year}-{number}" for year in (2023, 2024) for number in range(1, 5)]
    assert all(len({posting.slot for posting in batch.postings if posting.person}) == 3 for batch in batches)


def test_every_kind_of_change_of_the_example_has_its_effect_in_the_batch_where_it_belongs() -> None:
    workspace = load_workspace(EXAMPLE / "plan.yaml").workspace
    result = schedule(workspace, (2023, 2024))
    # By hand: 内科 served before the plan, so cycle 1 begins with 外科; a turn that is put off keeps its place
    # (妇产科, 儿科, 中医科) or goes behind its cycle (眼科, once).
    assert {str(one.name): [posting.department for posting in one.postings] for one in result.batches} == {
        "2023-1": ["外科", "儿科", "骨科"],
        "2023-2": ["妇产科", "耳鼻喉科", "口腔科"],
        "2023-3": ["检验科", "中医科", "急诊科"],
        "2023-4": ["放射科", "眼科", "内科"],
        "2024-1": ["外科", "妇产科", "骨科"],
        "2024-2": ["儿科", "眼科", "耳鼻喉科", "急诊科"],
        "2024-3": ["口腔科", "放射科", "急诊科"],
        "2024-4": ["中医科", "检验科", "内科"],
    }
    assert [(str(one.batch), one.code, one.department) for one in result.notices if one.department] == [
        ("2023-1", "deferral-used", "妇产科"),
        ("2023-2", "deferral-used", "眼科"),
        ("2023-3", "promotion-placed", "检验科"),
        ("2023-4", "deferral-rejected", "眼科"),
        ("2024-1", "refusal", "儿科"),
        ("2024-2", "person-replaced", "耳鼻喉科"),
        ("2024-3", "person-replaced", "中医科"),
    ]
    assert {one.ruling.value for one in workspace.plan.events if isinstance(one, Deferral)} == {
        "自动后延",
        "调至最后一批",
        "不同意",
        "待定",
    }
    open_places = [str(batch.name) for batch in result.batches for posting in batch.postings if posting.proposed]
    assert open_places == ["2024-4"] * 3


def test_the_handovers_of_the_example_are_those_of_the_published_calendar() -> None:
    result = schedule(load_workspace(EXAMPLE / "plan.yaml").workspace, (2023, 2024))
    assert [one.handover_on.isoformat() for one in result.batches] == [
        "2023-01-03",
        "2023-04-03",
        "2023-07-03",
        "2023-10-07",  # a Saturday that is worked
        "2024-01-02",
        "2024-04-01",
        "2024-07-01",
        "2024-10-08",
    ]


def test_the_roster_of_the_example_is_a_file_as_excel_writes_it() -> None:
    data = (EXAMPLE / "roster.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\n") == data.count(b"\r\n") == 8
    roster, found, _ = load_roster(EXAMPLE / "roster.csv", load_workspace(EXAMPLE / "plan.yaml").workspace)
    assert (len(roster.rows), found) == (7, ())


@pytest.mark.usefixtures("desk")
def test_every_outcome_occurs_in_the_example_and_its_money_is_the_sum_done_by_hand(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(("assess", "roster.csv", "--format", "json")) == 0
    result = json.loads(capsys.readouterr().out)
    assert {
        one["name"]: (one["unmet"], (one["allowance"] or {}).get("paid"), one["certificate"], one["redispatch"])
        for one in result["people"]
    } == {
        "贺春来": (0, "1320.00", True, False),
        "骆清荷": (1, "880.00", True, False),  # two lectures four days apart
        "齐沐阳": (2, "440.00", False, False),
        "蓝月溪": (3, "440.00", False, True),
        "桑榆晚": (0, "1320.00", True, False),  # exactly at every bound
        "舒百川": (None, None, None, None),  # attendance not filled in
        "路平川": (0, "660.00", True, False),  # one whole month and 11 days: (22 + 11) × 20
    }
    assert {one["name"]: one["net"] for one in result["people"] if one["sanctions"]} == {"桑榆晚": "1120.00"}
    assert [(one["name"], one["release"]["missing"]) for one in result["people"] if one["release"]["missing"]] == [
        ("骆清荷", ["下乡总结", "医务部审核"]),
        ("舒百川", ["医务部审核"]),
    ]
    assert {
        one["name"]: (one["reward"], one["sanctions"]) for one in result["departments"] if one["reward"] != "0.00"
    } == {
        "外科": ("1000.00", "0.00"),
        "妇产科": ("1000.00", "0.00"),
        "儿科": ("1000.00", "2500.00"),  # refused one batch, and three items not met in the next
        "骨科": ("1000.00", "0.00"),
        "眼科": ("1000.00", "200.00"),  # recalled for five working days
        "耳鼻喉科": ("538.46", "0.00"),  # 49 of 91 days
        "急诊科": ("461.54", "0.00"),
    }


def test_all_writes_one_of_each_kind_and_each_is_registered_with_its_number(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(("report", "--all", "-o", "公文")) == 0
    assert {file.name.partition("_")[0] for file in (desk / "公文").iterdir()} == DOCUMENTS
    assert all(file.suffix == ".docx" for file in (desk / "公文").iterdir())
    assert "待编号" not in "".join(capsys.readouterr())


@pytest.mark.usefixtures("desk")
def test_the_certificate_of_somebody_with_three_items_unmet_is_refused_with_its_clause(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(("report", "service-certificate", "--person", "蓝月溪", "--text")) == 1
    assert "四（三）" in "".join(capsys.readouterr())


@pytest.mark.usefixtures("desk")
def test_the_circular_of_one_batch_speaks_of_no_department_that_only_another_batch_sent(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(("report", "assessment-circular", "--batch", "2024-2", "--text")) == 0
    assert "骨科" not in capsys.readouterr().out
