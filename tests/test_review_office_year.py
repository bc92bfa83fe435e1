"""An office's year read aloud: what one command says, no other contradicts; every next step can be typed as it is."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

import pytest
from schedule_support import department, people, run, workspace
from test_schedule_published import DEFERRAL, FIRST, announce, differs, edited

from xiaxiang.cli.app import run as type_in
from xiaxiang.model.scalar import display_width
from xiaxiang.model.schedule import PostingReason
from xiaxiang.render.text_layout import listed
from xiaxiang.render.text_schedule_readings import schedule_readings_text
from xiaxiang.schedule import other_readings

if TYPE_CHECKING:
    from xiaxiang.model.workspace import Workspace

EXAMPLE = Path(__file__).parents[1] / "examples" / "county-hospital"
WAITING = {"类型": "晋升优先", "日期": "2023-12-10", "科室": "D9", "人员": "D9甲"}
ANSWERED = {**WAITING, "沟通科室": ("D3",), "沟通结果": "同意，改到下一批", "医务部意见": "优先安排"}
WIDTH = 80


class Told(NamedTuple):
    status: int
    out: str
    err: str


class Call(Protocol):
    def __call__(self, *words: str) -> Told: ...


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("plan.yaml", "变动登记.yaml", "roster.csv"):
        shutil.copy(EXAMPLE / name, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def call(folder: Path, capsys: pytest.CaptureFixture[str]) -> Call:
    assert folder.is_dir()

    def _call(*words: str) -> Told:
        capsys.readouterr()
        status = type_in(words)
        return Told(status, *capsys.readouterr())

    return _call


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_a_quarter_means_the_same_batch_on_paper_also_where_the_plan_starts_in_october(
    folder: Path, call: Call
) -> None:
    change(folder / "plan.yaml", "起始日期: 2023-01-01", "起始日期: 2022-09-15")
    told = call("出文", "派遣通知", "--batch", "2023年一季度", "--text").out
    assert "派遣2023年第1批卫生下乡人员" in told
    asked = call("解释", "2023年一季度", "外科").out.splitlines()[0]
    assert "2023年第1批" in asked


def test_a_place_that_an_accident_left_empty_is_empty_on_paper_as_on_the_screen(folder: Path, call: Call) -> None:
    """耳鼻喉科 has nobody who stands in: nobody is to be named any more, so no paper says 由科室确定."""
    change(folder / "变动登记.yaml", "  接替人员: 路平川\n  接替科室: 急诊科 ", "  # 无人接替")
    screen = call("排班", "--year", "2024").out
    paper = call("出文", "轮换表", "--year", "2024", "--text").out
    assert re.search(r"耳鼻喉科\s+空缺", screen)
    assert re.search(r"耳鼻喉科\s+空缺\s+意外接替", paper)
    assert not re.search(r"耳鼻喉科\s+由科室确定", paper)


def test_what_was_answered_to_a_promotion_is_told_wherever_the_promotion_is() -> None:
    result = run(workspace(ANSWERED))
    answers = "与 D3 沟通，沟通结果“同意，改到下一批”；医务部意见“优先安排”"
    assert result.batches[0].postings[0].because[0].text.endswith(answers)
    placed = next(one for one in result.notices if one.code == "promotion-placed")
    assert placed.message.endswith(answers)
    assert placed.published_on is not None
    unanswered = run(workspace({**WAITING, "沟通科室": ("D3",)})).notices
    assert any("与 D3 沟通，没有登记沟通结果" in one.message for one in unanswered)


def test_papers_print_the_answers_to_a_promotion_and_the_consent_that_is_missing(folder: Path, call: Call) -> None:
    bulletin = ("出文", "质控动态", "--month", "2023-06", "--text")
    answers = "与放射科沟通，沟通结果“放射科同意，改到第4批”；医务部意见“同意优先安排”"
    assert answers in call(*bulletin).out
    table = ("出文", "轮换表", "--year", "2023", "--text")
    assert answers in call(*table).out
    events = folder / "变动登记.yaml"
    text = re.sub(r"  沟通科室: .*\n  沟通结果: .*\n", "", events.read_text(encoding="utf-8"))
    events.write_text(text, encoding="utf-8")
    missing = "戚雨眠晋升优先，需与放射科沟通，变动登记里没有沟通结果"
    assert missing in call(*bulletin).out
    assert missing in call(*table).out


def readings_told(ws: Workspace) -> str:
    return schedule_readings_text(ws, other_readings(ws, (2024,)), 2024)


def test_a_reading_that_asks_for_other_consents_is_not_said_to_change_nothing() -> None:
    told = readings_told(workspace(WAITING))
    assert " 要沟通  2024年第1批 D9甲 晋升优先，需与 D1、D2 沟通" in told
    assert "沟通范围" not in told.split("这一年不变")[-1]


def test_a_reading_that_only_doubts_the_people_sent_is_not_said_to_change_nothing() -> None:
    junior = department("D1", {"姓名": "小甲", "职称": "住院医师"})
    told = readings_told(workspace(departments=(junior, *(department(f"D{n}") for n in range(2, 10)))))
    assert " 中级为主=全部: " in told
    assert "提醒  2024年第1批 3 人中只有 2 人是中级以上" in told


ACCIDENT = {"类型": "意外", "日期": "2023-12-27", "批次": "2024-1", "科室": "D1", "人员": "D1甲", "原因": "骨折"}


def test_whom_an_accident_names_before_the_handover_goes_for_a_slot_announced_as_open() -> None:
    """Also where another edit makes the batch stand as announced: both ways of replay give the same person."""
    three = [{"姓名": f"D1{who}", "职称": "主治医师"} for who in "甲乙丙"]
    ws = workspace(departments=(department("D1", *three), *(department(f"D{n}") for n in range(2, 10))))
    told = announce(ws, FIRST)
    named = {**ACCIDENT, "接替人员": "D1丙"}
    alone, beside = run(edited(told, named)), run(edited(told, named, DEFERRAL))
    assert differs(alone) == []
    assert [batch for batch, _ in differs(beside)] == ["2024-1"]
    for result in (alone, beside):
        first = result.batches[0].postings[0]
        assert (first.department, first.person.name if first.person else "", first.proposed) == ("D1", "D1丙", False)
        assert first.reason is PostingReason.INCIDENT
        assert any(one.message == "D1 D1甲 因骨折，行前由本科室 D1丙 接替" for one in result.notices)
        assert not any(one.code == "event-unused" for one in result.notices)
    assert people(run(edited(told, DEFERRAL, ACCIDENT)))["2024-1"][0] == "D1乙"


def test_a_renamed_department_is_no_edit_of_its_people() -> None:
    told = announce(workspace(), FIRST)
    first, *others = told.plan.departments
    renamed = first.model_copy(update={"name": "新科", "former_names": ("D1",)})
    order = ("新科", *told.plan.dispatch_order[1:])
    ws = edited(told, DEFERRAL, departments=(renamed, *others), dispatch_order=order)
    ((_, message),) = differs(run(ws))
    assert "变动登记第 1 条（后延）" in message
    assert "人员（" not in message


def test_a_policy_without_rotation_is_no_fault_of_the_program(folder: Path, call: Call) -> None:
    assert call("制度", "new", "义诊办法").status == 0
    change(folder / "plan.yaml", "制度: 卫生下乡工作制度", "制度: 义诊办法/policy.yaml")
    (folder / "roster.csv").unlink()
    assert call("检查").status in {0, 1}
    for command in (("排班",), ("出文", "派遣通知", "--batch", "2024-1", "--text")):
        told = call(*command)
        assert told.status in {1, 2}
        assert "没有“轮换”" in told.err + told.out


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    "words",
    [
        ("统计",),
        ("统计", "--by", "人员"),
        ("台账", "--as-of", "2026-11-22"),
        ("台账", "--clock", "晋升"),
        ("公布", "--batch", "2024-1", "--dry-run"),
        ("解释", "2024-1", "儿科"),
        ("排班", "--year", "2024"),
    ],
    ids=" ".join,
)
def test_every_next_step_can_be_typed_as_it_stands_and_no_line_is_too_wide(words: tuple[str, ...], call: Call) -> None:
    told = call(*words)
    assert told.status == 0
    assert [line for line in told.out.splitlines() if display_width(line) > WIDTH] == []
    steps = re.findall(r"^(?:下一步  |        )xiaxiang (.+)$", told.out, re.MULTILINE)
    assert steps
    for step in steps:
        assert call(*shlex.split(step)).status == 0, step


def test_a_list_leaves_room_for_the_mark_at_the_end_of_a_line() -> None:
    lines = listed("名单: ", ["一二三四"] * 9, width=24, separator="、")
    assert max(display_width(line) for line in lines) <= 24
    assert "".join(line.strip() for line in lines) == "名单: " + "、".join(["一二三四"] * 9)


def test_a_name_that_many_people_share_is_answered_with_a_few_choices(folder: Path, call: Call) -> None:
    plan = folder / "plan.yaml"
    text = re.sub(r"姓名: (柳静宜|倪舒扬|施映雪|费思远|庄致和|左明澈|焦听雨)", "姓名: 张伟", plan.read_text("utf-8"))
    plan.write_text(text, encoding="utf-8")
    told = call("解释", "张伟")
    assert told.status == 2
    assert told.err.count("xiaxiang 解释 ") == 5
    assert "共 7 个" in told.err
