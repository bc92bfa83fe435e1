"""考勤表: signs become parts of days; what cannot be used is told at its cell, and counts for nothing."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
import xlsxwriter

from xiaxiang.load import load_workspace
from xiaxiang.load.attendance_grid import load_attendance
from xiaxiang.load.attendance_marks import MARKS, day_of_header, mark_of, month_of
from xiaxiang.model.attendance import NONE, WHOLE, Mark
from xiaxiang.model.diagnostic import Severity
from xiaxiang.model.record import Who
from xiaxiang.model.scalar import ScalarError

if TYPE_CHECKING:
    from pathlib import Path

    from xiaxiang.model.attendance import Attendance
    from xiaxiang.model.diagnostic import Diagnostic

PLAN = """计划名称: 甲
支援单位: 甲院
受援单位: 河东中心卫生院
起始日期: 2024-01-01
科室:
  - {名称: 内科, 人员: [{姓名: 张三, 工号: '01'}, {姓名: 李　明}]}
  - {名称: 外科, 人员: [{姓名: 张三, 工号: '03'}, {姓名: 王五}]}
派遣顺序: [内科, 外科]
"""
LI, ZHANG, OTHER_ZHANG = Who("内科", "李　明", ""), Who("内科", "张三", "01"), Who("外科", "张三", "03")
SPRING = ((date(2024, 4, 1), date(2024, 6, 30)),)
POSTINGS = dict.fromkeys((LI, ZHANG, OTHER_ZHANG), SPRING)
PRESENT, LEAVE, ABSENT = Mark(WHOLE), Mark(leave=WHOLE), Mark(absent=WHOLE)
HALF = Fraction(1, 2)
Rows = list[list[object]]


def write(
    folder: Path, sheets: dict[str, Rows], name: str = "考勤.xlsx"
) -> tuple[dict[Who, Attendance], list[Diagnostic]]:
    (folder / "plan.yaml").write_text(PLAN, encoding="utf-8")
    loaded = load_workspace(folder / "plan.yaml", here=folder)
    assert loaded.workspace is not None
    with xlsxwriter.Workbook(folder / name) as book:
        for title, rows in sheets.items():
            page = book.add_worksheet(title)
            for number, cells in enumerate(rows):
                page.write_row(number, 0, cells)
    found, told, _ = load_attendance(folder / name, loaded.workspace.plan, POSTINGS, here=folder)
    return found or {}, list(told)


def grid(*rows: list[object], month: date = date(2024, 4, 1)) -> Rows:
    length = monthrange(month.year, month.month)[1]
    week = ["一二三四五六日"[month.replace(day=day).weekday()] for day in range(1, length + 1)]
    return [
        ["下乡人员考勤表"],
        ["序号", "姓名", "科室", *range(1, 32), "合计"],
        ["", "", "", *week],
        *([number, *row] for number, row in enumerate(rows, 1)),
        ["制表人：某某"],
    ]


def told(found: list[Diagnostic]) -> list[tuple[str, str]]:
    return [(one.code, str(one.position)) for one in found]


def test_a_month_is_read_below_its_titles_and_days_of_the_week(tmp_path: Path) -> None:
    sheets = {"4月": grid(["李明", "内科", "√", "假", "缺", "半", "", "半假"], ["张三", "外科", "√"])}
    found, diagnostics = write(tmp_path, sheets)
    half_off = {4: Mark(HALF, absent=HALF), 6: Mark(HALF, leave=HALF)}
    assert diagnostics == []
    assert found[LI].marks == {
        date(2024, 4, day): mark for day, mark in {1: PRESENT, 2: LEAVE, 3: ABSENT, **half_off}.items()
    }
    assert found[OTHER_ZHANG].marks == {date(2024, 4, 1): PRESENT}
    assert (found[LI].is_sheet, found[LI].file) == (True, "考勤.xlsx")


@pytest.mark.parametrize(
    ("name", "month"),
    [
        *((name, 4) for name in ("4月", "４月", "2024年4月", "2024-04", "2024.4", "202404", "2024年4月考勤", "4月份")),
        *((name, 6) for name in ("6月", "2024年6月", "2024-06")),
    ],
)
def test_the_name_of_a_sheet_tells_its_month(tmp_path: Path, name: str, month: int) -> None:
    found, diagnostics = write(tmp_path, {name: grid(["李明", "内科", "√"])})
    assert ([*found[LI].marks], diagnostics) == ([date(2024, month, 1)], [])


def test_a_month_without_a_year_is_one_in_which_somebody_is_posted() -> None:
    months = [date(2023, 12, 1), date(2024, 1, 1), date(2024, 2, 1)]
    assert month_of(["1月"], months) == date(2024, 1, 1)
    assert month_of(["12月"], months) == date(2023, 12, 1)
    assert month_of(["5月"], months) is None
    assert month_of(["1月"], [*months, date(2025, 1, 1)]) is None
    assert month_of(["Sheet1", "2024年3月考勤表"], months) == date(2024, 3, 1)
    assert month_of(["Sheet13", "13月"], months) is None


def test_each_sheet_adds_its_month(tmp_path: Path) -> None:
    sheets = {
        "4月": grid(["李明", "内科", "√"]),
        "5月": grid(["李明", "内科", "缺"]),
        "说明": [["√ 出勤"], ["缺 缺勤"]],
    }
    found, diagnostics = write(tmp_path, sheets)
    assert found[LI].marks == {date(2024, 4, 1): PRESENT, date(2024, 5, 1): ABSENT}
    assert [(one.code, one.severity) for one in diagnostics] == [("no-day-columns", Severity.NOTE)]


def test_a_file_without_any_sheet_of_attendance_is_an_error(tmp_path: Path) -> None:
    found, diagnostics = write(tmp_path, {"说明": [["姓名", "出勤天数"], ["李明", 20]]})
    assert (found, [(one.code, one.is_error) for one in diagnostics]) == ({}, [("no-day-columns", True)])


def test_an_unknown_sign_is_told_at_its_first_cell_with_how_often(tmp_path: Path) -> None:
    found, diagnostics = write(tmp_path, {"4月": grid(["李明", "内科", "●", "●", "√", "旷公"])})
    assert found[LI].marks == {date(2024, 4, 3): PRESENT}
    assert [(one.code, one.position.file, one.position.line) for one in diagnostics] == [
        ("unknown-mark", "考勤.xlsx[4月]", 4),
        ("unknown-mark", "考勤.xlsx[4月]", 4),
    ]
    assert diagnostics[0].message == "看不懂考勤符号“●”；这张表里这样的共 2 格"
    assert "最接近的是“旷工”" in diagnostics[1].hint


def test_days_outside_of_the_posting_and_of_no_month_count_for_nothing(tmp_path: Path) -> None:
    march = grid(["李明", "内科", "√", "√"])
    april = grid(["李明", "内科", *["√"] * 31])
    found, diagnostics = write(tmp_path, {"2024年3月": march, "4月": april})
    assert sorted(found[LI].marks) == [date(2024, 4, day) for day in range(1, 31)]
    assert [(one.code, one.position.file) for one in diagnostics] == [
        ("attendance-outside", "考勤.xlsx[2024年3月]"),
        ("no-such-day", "考勤.xlsx[4月]"),
    ]
    assert "3月1日、3月2日不在派驻期间" in diagnostics[0].message


def test_somebody_who_is_not_on_the_roster_is_told_with_the_nearest_name(tmp_path: Path) -> None:
    rows = grid(["王五", "外科", "√"], ["李名", "内科", "√"], ["", "内科", "√"], ["张三", "", "√"])
    found, diagnostics = write(tmp_path, {"4月": rows})
    assert found == {}
    assert told(diagnostics) == [
        ("attendance-not-in-roster", "考勤.xlsx[4月]:4:5"),
        ("unknown-person", "考勤.xlsx[4月]:5:5"),
        ("missing-field", "考勤.xlsx[4月]:6:5"),
        ("ambiguous-person", "考勤.xlsx[4月]:7:5"),
    ]
    assert "最接近的是“李　明”" in diagnostics[1].hint


def test_the_same_day_twice_is_an_error_only_where_the_signs_differ(tmp_path: Path) -> None:
    rows = grid(["李明", "内科", "√", "√"], ["李明", "内科", "√", "缺"])
    found, diagnostics = write(tmp_path, {"4月": rows})
    assert found[LI].marks == {date(2024, 4, 1): PRESENT, date(2024, 4, 2): PRESENT}
    assert [(one.code, one.position.line) for one in diagnostics] == [("day-twice", 5)]


def test_csv_is_one_sheet_whose_month_stands_in_its_title(tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text(PLAN, encoding="utf-8")
    loaded = load_workspace(tmp_path / "plan.yaml", here=tmp_path)
    assert loaded.workspace is not None
    head = "2024年4月考勤表\n姓名," + ",".join(f"{day}日" for day in range(1, 31))
    (tmp_path / "a.csv").write_bytes(f"{head}\n李明,√,假\n".encode("gb18030"))
    found, diagnostics, _ = load_attendance(tmp_path / "a.csv", loaded.workspace.plan, POSTINGS, here=tmp_path)
    assert found is not None
    assert found[LI].marks == {date(2024, 4, 1): PRESENT, date(2024, 4, 2): LEAVE}
    assert [one.code for one in diagnostics] == ["read-as-gb18030"]


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text(PLAN, encoding="utf-8")
    loaded = load_workspace(tmp_path / "plan.yaml", here=tmp_path)
    assert loaded.workspace is not None
    for name in ("没有.xlsx", "没有.csv"):
        found, diagnostics, _ = load_attendance(tmp_path / name, loaded.workspace.plan, POSTINGS, here=tmp_path)
        assert (found, [one.code for one in diagnostics]) == (None, ["cannot-read"])


@pytest.mark.parametrize("text", [" √ ", "出 勤", "Ｖ", "V", "１"])
def test_a_sign_is_read_however_it_was_typed(text: str) -> None:
    assert mark_of(text) == PRESENT


def test_every_sign_is_within_one_day() -> None:
    for mark in MARKS.values():
        assert mark is None or NONE < mark.attended + mark.leave + mark.absent <= WHOLE
    with pytest.raises(ScalarError, match="看不懂"):
        mark_of("?!")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1", 1),
        ("31日", 31),
        ("4/5", 5),
        ("4月5日", 5),
        ("2024-04-09", 9),
        ("０７", 7),
        ("32", 0),
        ("合计", 0),
        ("", 0),
    ],
)
def test_a_cell_of_the_header_names_a_day(text: str, day: int) -> None:
    assert day_of_header(text) == day
