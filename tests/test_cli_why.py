"""`explain 2024-2 外科`, `explain 张三`, `explain 外科`: read aloud as the head of a department would ask."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from xiaxiang.cli.app import run
from xiaxiang.model.scalar import display_width

if TYPE_CHECKING:
    from collections.abc import Callable

EXAMPLE = Path(__file__).parents[1] / "examples" / "county-hospital"


@pytest.fixture(autouse=True)
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "county-hospital"
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns("expected"))
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    def answer(*words: str, status: int = 0) -> str:
        assert run(["解释", *words]) == status
        shown = capsys.readouterr()
        return shown.err if status else shown.out

    return answer


def test_a_turn_says_why_here_why_not_earlier_and_where_it_is_written(ask: Callable[..., str]) -> None:
    shown = ask("2024-2", "儿科")
    assert "儿科为什么在 2024年第2批" in shown
    assert "派遣顺序第 4 位，第 2 轮轮到（三（一））" in shown
    assert "科室指派 蓝月溪（2024-03-22）（三（一））  变动登记.yaml:51:3" in shown
    assert "为什么不更早" in shown
    assert "变动登记.yaml:42:3" in shown
    assert "换一种口径" in shown
    assert shown.endswith("下一步  xiaxiang 出文 轮次说明 --batch 2024-2 --department 儿科 -o 轮次说明.docx\n")


@pytest.mark.parametrize("words", [("2024年第2批", "儿科"), ("2024-2儿科",), ("儿科", "2024-2"), ("儿科2024-2",)])
def test_a_batch_with_a_department_is_understood_however_it_is_typed(words: str, ask: Callable[..., str]) -> None:
    assert ask(*words) == ask("2024-2", "儿科")


def test_a_batch_without_its_year_is_of_the_year_asked_for_or_the_first(ask: Callable[..., str]) -> None:
    assert "儿科为什么在 2023年第1批" in ask("第1批", "儿科")
    assert "儿科为什么不在 2024年第1批" in ask("第1批", "儿科", "--year", "2024")


def test_somebody_of_the_department_stands_for_it(ask: Callable[..., str]) -> None:
    assert ask("2024-2", "蓝月溪") == ask("2024-2", "儿科")


def test_a_department_that_does_not_go_is_told_when_it_comes(ask: Callable[..., str]) -> None:
    shown = ask("2024-2", "外科")
    assert "外科为什么不在 2024年第2批" in shown
    assert "上一轮已派" in shown
    assert "上一次派出  2024年第1批，贺春来（主治）" in shown
    assert "下一次轮到  按现在的登记排在 2025年第1批" in shown


def test_a_person_is_told_with_postings_months_and_the_batches_of_others(ask: Callable[..., str]) -> None:
    shown = ask("应怀远")
    assert "应怀远（中医科） 主治中医师" in shown
    assert "2024年第4批" in shown
    assert "建议，由科室确定" in shown
    assert "科室派了别人的批次" in shown


def test_a_department_alone_lists_its_turns_and_those_it_did_not_take(ask: Callable[..., str]) -> None:
    shown = ask("儿科")
    assert next(line for line in shown.splitlines() if "2024年第1批" in line).count("—") == 1
    assert "费思远（主治）" in shown
    assert "拒派" in shown


@pytest.mark.parametrize(
    "words", [("2024-2", "儿科"), ("2024-4", "中医科"), ("2024-2", "外科"), ("应怀远",), ("儿科",)]
)
def test_no_line_is_wider_than_eighty_cells(words: tuple[str, ...], ask: Callable[..., str]) -> None:
    wide = [line for line in ask(*words).splitlines() if display_width(line) > 80 and "下一步" not in line]
    assert wide == []


def test_json_carries_the_same_reasons_as_the_schedule(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", "2024-2", "儿科", "--format", "json"]) == 0
    [turn] = json.loads(capsys.readouterr().out)["turns"]
    assert run(["schedule", "--year", "2024", "--format", "json"]) == 0
    batches = json.loads(capsys.readouterr().out)["batches"]
    there = [one for batch in batches if batch["batch"] == "2024-2" for one in batch["postings"]]
    assert turn["postings"] == [one for one in there if one["department"] == "儿科"]
    passed = next(one for one in turn["earlier"] if one["batch"] == "2024-1")
    assert passed["because"]["position"]["line"] == 42


def test_two_people_of_one_name_are_listed_with_what_to_type(desk: Path, ask: Callable[..., str]) -> None:
    plan = (desk / "plan.yaml").read_text(encoding="utf-8")
    (desk / "plan.yaml").write_text(plan.replace("姓名: 应怀远", "姓名: 蓝月溪"), encoding="utf-8")
    shown = ask("蓝月溪", status=2)
    assert "“蓝月溪”不止一个意思" in shown
    assert "xiaxiang 解释 " in shown


def test_what_is_not_known_is_answered_with_the_nearest(ask: Callable[..., str]) -> None:
    assert "是不是 “外科”" in ask("外可", status=2)
    assert "哪个科室" in ask("2024-2", status=2)
    assert "没有批次“2024-9”" in ask("2024-9", "外科", status=2)
    assert "计划里没有批次“2022-1”" in ask("2022-1", "外科", status=2)


def test_a_handover_in_an_unpublished_year_is_provisional(ask: Callable[..., str]) -> None:
    assert "暂定：2027 年的放假安排还没有公布" in ask("2027-1", "外科")


def test_the_schedule_marks_the_days_that_may_move(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["schedule", "--year", "2027"]) == 0
    shown = capsys.readouterr().out
    assert "1月4日 周一*①" in shown
    assert "4月5日*" in shown
    assert "* 暂定: 放假安排还没有公布，公布后可能移动" in shown
    assert run(["schedule", "--year", "2024"]) == 0
    assert "*" not in capsys.readouterr().out
