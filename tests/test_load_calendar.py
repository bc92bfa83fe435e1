"""calendar.yaml: a year newly announced counts as published, single days are corrected and said."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from schema_support import faults

from xiaxiang.check import check
from xiaxiang.cli import checkup
from xiaxiang.cli.app import run
from xiaxiang.load import load_workspace, published_calendar
from xiaxiang.load.alone import FileKind, kind_of
from xiaxiang.load.calendar import CALENDAR_NAMES
from xiaxiang.load.schema import input_schema
from xiaxiang.load.yaml import parse_yaml, plain
from xiaxiang.model.calendar import YearOff
from xiaxiang.model.position import Position
from xiaxiang.schedule import schedule

if TYPE_CHECKING:
    from pathlib import Path

    from xiaxiang.load import Loaded
    from xiaxiang.model.calendar import WorkCalendar

PLAN = """计划名称: 甲县人民医院下乡计划
支援单位: 甲县人民医院
受援单位: 乙镇卫生院
起始日期: {start}
科室:
  - {{名称: 内科, 人员: [{{姓名: 张三, 职称: 主治医师}}]}}
  - {{名称: 外科, 人员: [{{姓名: 李四, 职称: 主治医师}}]}}
  - {{名称: 儿科, 人员: [{{姓名: 赵六, 职称: 主治医师}}]}}
派遣顺序: [内科, 外科, 儿科]
"""
NOTICE = """2027年:
  放假:
    元旦: 1月1日（周五）至3日（周日）放假调休，共3天。
    春节: 2月5日至2月11日
    清明节: 4月3日—5日
    劳动节: 5月1日至5日
    端午节: 6月9日
    中秋节: 9月15日
    国庆节: 10月1-7日
  上班: [2月14日, 2月20日（周六）]
  依据: 国办发明电〔2026〕8号
  完整: 是
"""
NEW_YEAR = date(2027, 1, 4)


def loaded(folder: Path, text: str, start: str = "2027-01-01", name: str = "calendar.yaml") -> Loaded:
    (folder / "plan.yaml").write_text(PLAN.format(start=start), encoding="utf-8")
    (folder / name).write_text(text, encoding="utf-8")
    return load_workspace(folder / "plan.yaml", here=folder)


def calendar(folder: Path, text: str, **more: str) -> WorkCalendar:
    found = loaded(folder, text, **more)
    assert found.workspace is not None
    assert [one.code for one in found.diagnostics] == []
    return found.workspace.calendar


@pytest.mark.parametrize("name", CALENDAR_NAMES)
def test_a_year_given_completely_counts_as_published(name: str, tmp_path: Path) -> None:
    made = calendar(tmp_path, NOTICE, name=name)
    assert made.knows(NEW_YEAR)
    assert made.own_years == {2027}
    assert made.corrections(date(2026, 1, 1), date(2027, 12, 31)) == ()
    assert not made.is_working_day(date(2027, 2, 11))
    assert made.is_working_day(date(2027, 2, 14))
    assert made.why_off(date(2027, 6, 9)) == "端午节"


def test_its_schedule_has_no_notice_that_the_year_is_unpublished(tmp_path: Path) -> None:
    result = loaded(tmp_path, NOTICE)
    assert result.workspace is not None
    made = schedule(result.workspace, (2027,))
    assert [one.code for one in made.notices if one.batch and one.batch.number < 4] == ["handover-moved"]
    assert [one.is_provisional for one in made.batches] == [False] * 4
    # The last day of the last batch follows the first handover of 2028, which nobody has announced.
    assert [one.ends_provisionally for one in made.batches] == [False, False, False, True]


def test_without_a_calendar_the_handovers_of_an_unpublished_year_are_provisional(tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text(PLAN.format(start="2027-01-01"), encoding="utf-8")
    result = load_workspace(tmp_path / "plan.yaml", here=tmp_path)
    assert result.workspace is not None
    assert [one.is_provisional for one in schedule(result.workspace, (2027,)).batches] == [True] * 4


def test_a_corrected_day_moves_the_handover_and_is_said_with_its_place(tmp_path: Path) -> None:
    result = loaded(tmp_path, "2024:\n  放假: {县庆: 4月1日}\n  依据: 县府〔2024〕1号\n", start="2024-01-01")
    assert result.workspace is not None
    made = schedule(result.workspace, (2024,))
    assert made.batches[1].handover_on == date(2024, 4, 2)
    [told] = [one for one in made.notices if one.code == "calendar-corrected"]
    assert told.message == "2024-04-01 按工作区的日历休息（县府〔2024〕1号）"
    assert str(told.position) == "calendar.yaml:2:12"
    assert result.workspace.calendar.knows(date(2024, 4, 1))


def test_a_correction_that_changes_nothing_is_not_told(tmp_path: Path) -> None:
    made = calendar(tmp_path, "2024:\n  放假: {元旦: 1月1日}\n")
    assert dict(made.corrected) == {}


def test_a_holiday_can_be_made_a_working_day_in_a_published_and_in_an_inferred_year(tmp_path: Path) -> None:
    made = calendar(tmp_path, "2024: {上班: [10月7日]}\n2030: {上班: [10月7日], 完整: 否}\n")
    for day in (date(2024, 10, 7), date(2030, 10, 7)):
        assert not published_calendar().is_working_day(day)
        assert made.is_working_day(day)
        assert day not in made.make_up_days
    assert not made.knows(date(2030, 10, 7))


def test_a_broken_year_is_left_out_and_the_others_stand(tmp_path: Path) -> None:
    result = loaded(tmp_path, NOTICE + "2028:\n  放假: {元旦: 13月1日}\n")
    assert result.workspace is not None
    assert [(one.code, str(one.position), one.left_out) for one in result.diagnostics] == [
        ("bad-date", "calendar.yaml:14:12", "日历 2028年")
    ]
    assert result.workspace.left_out == ("日历 2028年",)
    assert result.workspace.calendar.knows(NEW_YEAR)


@pytest.mark.parametrize(
    ("text", "code", "at"),
    [
        ("元旦: 1月1日\n", "unknown-key", "calendar.yaml:1:1"),
        ("2027: {完整: 否}\n2027年: {完整: 否}\n", "duplicate-key", "calendar.yaml:2:1"),
        ("# 空的\n", "missing-field", "calendar.yaml:1:1"),
        ("- 2027\n", "missing-field", "calendar.yaml:1:1"),
        ("2027: {休假: {元旦: 1月1日}, 完整: 否}\n", "unknown-key", "calendar.yaml:1:8"),
        ("2027: {放假: {元旦: '13月1日'}, 完整: 否}\n", "bad-date", "calendar.yaml:1:18"),
    ],
)
def test_what_is_wrong_stands_at_its_place(text: str, code: str, at: str, tmp_path: Path) -> None:
    found = loaded(tmp_path, text).diagnostics
    assert [(one.code, str(one.position)) for one in found] == [(code, at)]


def test_a_complete_year_without_a_statutory_day_is_doubted(tmp_path: Path) -> None:
    [found] = loaded(tmp_path, NOTICE.replace("    端午节: 6月9日\n", "")).diagnostics
    assert found.code == "calendar-doubt"
    assert "端午" in found.message
    assert "6月9日" in found.message


def test_an_editor_takes_the_file_and_refuses_a_key_that_is_no_year() -> None:
    schema = input_schema("calendar")
    assert schema is not None
    assert faults(schema, plain(parse_yaml(NOTICE, "")[0])) == []
    assert faults(schema, {"元旦": "1月1日"}) != []
    assert faults(schema, {"2027": {"休假": "1月1日"}}) != []


def test_validate_knows_the_file_by_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "日历.yaml").write_text(NOTICE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert kind_of(tmp_path / "日历.yaml") is FileKind.CALENDAR
    assert run(["检查", "日历.yaml"]) == 0
    assert "日历.yaml: 日历 1 条" in capsys.readouterr().out


def test_doctor_names_the_years_that_the_workspace_gives() -> None:
    found = checkup.calendar(frozenset({2026, 2027}), date(2026, 12, 3), frozenset({2027}))
    assert found.ok
    assert "2027 年来自工作区的日历" in found.message
    missing = checkup.calendar(frozenset({2026}), date(2026, 12, 3))
    assert "calendar.yaml" in missing.hint


def test_checks_take_the_year_as_known(tmp_path: Path) -> None:
    result = loaded(tmp_path, NOTICE)
    assert result.workspace is not None
    assert check(result.workspace) == ()


DAYS = st.dates(date(2024, 1, 1), date(2024, 12, 31))


@given(st.sets(DAYS, max_size=8), st.sets(DAYS, max_size=8))
def test_what_a_workspace_says_of_a_day_holds_and_every_other_day_stays(off: set[date], worked: set[date]) -> None:
    worked = worked - off
    place = Position("calendar.yaml", 1, 1, 5)
    year = YearOff(
        2024, dict.fromkeys(off, "节"), frozenset(worked), is_complete=False, basis="", place=place, places={}
    )
    before = published_calendar()
    after = before.changed([year])
    assert all(not after.is_working_day(day) for day in off)
    assert all(after.is_working_day(day) for day in worked)
    every = [date.fromordinal(date(2024, 1, 1).toordinal() + place) for place in range(366)]
    differing = {day for day in every if before.is_working_day(day) != after.is_working_day(day)}
    assert set(after.corrected) == differing
    assert differing <= off | worked
