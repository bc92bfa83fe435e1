"""工作记录: streamed, checked cell by cell, and told in bulk: how often, where first, what to type."""

from __future__ import annotations

import tracemalloc
from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from xiaxiang.load import load_workspace
from xiaxiang.load.alone import FileKind, kind_of
from xiaxiang.load.records import Records, check_records
from xiaxiang.model.diagnostic import Severity
from xiaxiang.model.record import COLUMNS, Who, column_names

if TYPE_CHECKING:
    from pathlib import Path

    from xiaxiang.model.record import Record, RecordFile
    from xiaxiang.model.workspace import Workspace

PLAN = """计划名称: 甲
支援单位: 甲院
受援单位: [{名称: 河东中心卫生院, 简称: 河东}]
起始日期: 2024-01-01
科室:
  - {名称: 内科, 人员: [{姓名: 张三, 工号: '01'}, {姓名: 李　明, 工号: '02'}]}
  - {名称: 外科, 人员: [{姓名: 张三, 工号: '03'}, {姓名: 王五}]}
派遣顺序: [内科, 外科]
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    (tmp_path / "plan.yaml").write_text(PLAN, encoding="utf-8")
    loaded = load_workspace(tmp_path / "plan.yaml", here=tmp_path)
    assert loaded.workspace is not None
    return loaded.workspace


def read(workspace: Workspace, folder: Path, text: str, encoding: str = "utf-8") -> tuple[list[Record], RecordFile]:
    (folder / "records.csv").write_bytes(text.encode(encoding))
    records = Records(folder / "records.csv", workspace, here=folder)
    return list(records), records.file()


def told(file: RecordFile) -> list[tuple[str, str]]:
    return [(one.code, str(one.position)) for one in file.diagnostics]


def test_rows_become_records_with_whom_day_type_and_amount(workspace: Workspace, tmp_path: Path) -> None:
    text = "姓名,工号,日期,类型,数量,受援单位,诊疗人次\n李明,,2024/4/8,门诊,１２,河东,30\n,03,20240410,授课\n"
    records, file = read(workspace, tmp_path, text + "张三,01,2024年4月9日,手术,1.5,,\n")
    assert [(one.who, one.on, one.type, one.amount) for one in records] == [
        (Who("内科", "李　明", "02"), date(2024, 4, 8), "门诊", 12),
        (Who("外科", "张三", "03"), date(2024, 4, 10), "授课", 1),
        (Who("内科", "张三", "01"), date(2024, 4, 9), "手术", Fraction(3, 2)),
    ]
    assert (file.rows, dict(file.types), file.diagnostics) == (3, {"门诊": 1, "授课": 1, "手术": 1}, ())
    assert records[0].cells[file.columns["诊疗人次"]] == "30"


def test_what_is_wrong_stands_at_its_cell_and_leaves_its_row_out(workspace: Workspace, tmp_path: Path) -> None:
    text = "姓名,科室,日期,类型,数量,受援单位,培训人次\n张三,,2024-04-08,授课,,,\n王五,,2024-02-30,授课,x,河西,两\n"
    text += ",,2024-04-08,授课,,,\n王五,,,授课,,,\n王五,,2024-04-08,,-1,,\n王五,内可,2024-04-08,授课,,,\n"
    records, file = read(workspace, tmp_path, text)
    assert records == []
    assert told(file) == [
        ("ambiguous-person", "records.csv:2:1"),
        ("bad-date", "records.csv:3:5"),
        ("bad-number", "records.csv:3:19"),
        ("unknown-recipient", "records.csv:3:21"),
        ("bad-number", "records.csv:3:24"),
        ("missing-field", "records.csv:4:1"),
        ("missing-field", "records.csv:5:5"),
        ("missing-field", "records.csv:6:16"),
        ("negative-number", "records.csv:6:17"),
        ("unknown-department", "records.csv:7:1"),
    ]
    assert all(one.left_out for one in file.diagnostics)
    assert "最接近的是“内科”" in next(one.hint for one in file.diagnostics if one.code == "unknown-department")


def test_people_unknown_to_the_plan_are_told_in_bulk_with_their_rows(workspace: Workspace, tmp_path: Path) -> None:
    rows = ["王武,2024-04-08,授课", "王五,2024-04-08,授课"] + ["王武,2024-04-09,授课"] * 4
    records, file = read(workspace, tmp_path, "\n".join(["姓名,日期,类型", *rows]))
    assert len(records) == 1
    (one,) = file.diagnostics
    assert (one.code, str(one.position), one.message) == (
        "unknown-person",
        "records.csv:2:1",
        "计划里没有“王武”；共 5 行: 第 2、4、5 行等",
    )
    assert one.hint.startswith("最接近的是“王五”")
    assert one.left_out == "工作记录第 2、4、5 行等"


def test_of_many_different_mistakes_the_first_are_told_and_all_are_counted(
    workspace: Workspace, tmp_path: Path
) -> None:
    rows = [f"某{number},2024-04-08,授课" for number in range(5000)]
    _, file = read(workspace, tmp_path, "\n".join(["姓名,日期,类型", *rows]))
    assert file.diagnostics[0].message == "这一列共 5,000 行有问题，下面只列前 10 种写法"
    assert [one.position.line for one in file.diagnostics] == [1, *range(2, 12)]


def test_the_same_person_day_and_type_twice_is_a_warning_and_both_rows_stay(
    workspace: Workspace, tmp_path: Path
) -> None:
    rows = [
        "王五,2024-04-08,授课",
        "王五,2024.4.8,授课",
        "王五,2024-04-08,查房",
        "王五,2023-04-08,授课",
        "李明,2024-04-08,授课",
    ]
    records, file = read(workspace, tmp_path, "\n".join(["姓名,日期,类型", *rows]))
    assert len(records) == 5
    assert [(one.code, one.severity, one.position.line) for one in file.diagnostics] == [
        ("repeated-record", Severity.WARNING, 3)
    ]


def test_a_type_that_nobody_knows_stands_for_itself_and_one_that_looks_like_a_slip_is_a_warning(
    workspace: Workspace, tmp_path: Path
) -> None:
    records, file = read(workspace, tmp_path, "姓名,日期,类型\n王五,2024-04-08,授棵\n王五,2024-04-08,放映电影\n")
    assert [one.type for one in records] == ["授棵", "放映电影"]
    assert [(one.severity, one.position.line) for one in file.diagnostics] == [
        (Severity.WARNING, 2),
        (Severity.NOTE, 3),
    ]
    assert "授课" in file.diagnostics[0].hint


def test_columns_come_in_any_order_under_usual_names_below_titles(workspace: Workspace, tmp_path: Path) -> None:
    text = "2024年工作台账,,,\n类别,主讲,活动日期,专家姓名\n授课,甲,45390,王五\n\n合计,1,,\n制表人：李四,,,\n"
    records, file = read(workspace, tmp_path, text)
    assert [(one.on, one.type) for one in records] == [(date(2024, 4, 8), "授课")]
    assert [code for code, _ in told(file)] == [
        "columns-mapped",
        "unknown-column",
        "excel-serial",
        "footer-skipped",
        "footer-skipped",
    ]


@pytest.mark.parametrize(
    ("header", "code"),
    [("姓名,日期", "missing-column"), ("日期,类型", "missing-column"), ("姓名,日期,类型,数量,次数", "duplicate-key")],
)
def test_without_its_columns_a_file_is_one_error(workspace: Workspace, tmp_path: Path, header: str, code: str) -> None:
    records, file = read(workspace, tmp_path, f"{header}\n王五,2024-04-08,授课,1,1\n" * 3)
    assert records == []
    assert [one.code for one in file.diagnostics if one.is_error] == [code]


@pytest.mark.parametrize("data", [b"", b"\xff\xfea\0", b"a\0b", b"\xff\xff\n" * 9, "姓名\n".encode("utf-16-le") * 9])
def test_a_file_that_is_no_text_is_one_plain_error(workspace: Workspace, tmp_path: Path, data: bytes) -> None:
    (tmp_path / "records.csv").write_bytes(data)
    file = check_records(tmp_path / "records.csv", workspace, here=tmp_path)
    assert len([one for one in file.diagnostics if one.is_error]) == 1
    assert check_records(tmp_path / "没有.csv", workspace, here=tmp_path).diagnostics[0].code == "cannot-read"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "gb2312"])
def test_every_usual_encoding_and_excel_give_the_same_records(
    workspace: Workspace, tmp_path: Path, encoding: str
) -> None:
    rows = [
        ["姓名", "日期", "类型", "题目"],
        *(["王五", f"2024-04-{day:02}", "授课", "高血压"] for day in range(1, 29)),
    ]
    text = "\r\n".join(map(",".join, rows))
    records, file = read(workspace, tmp_path, text, encoding)
    assert [code for code, _ in told(file)] == ([] if encoding.startswith("utf") else ["read-as-gb18030"])
    with xlsxwriter.Workbook(tmp_path / "records.xlsx") as book:
        page = book.add_worksheet()
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
    excel = list(Records(tmp_path / "records.xlsx", workspace, here=tmp_path))
    assert [one[:4] for one in excel] == [one[:4] for one in records]
    assert len(records) == 28


def test_a_cell_of_several_lines_moves_no_position(workspace: Workspace, tmp_path: Path) -> None:
    text = '姓名,日期,类型,备注\n王五,2024-04-08,授课,"一\n二"\n王五,"2024-13-01",授课,\n王五,2024-04-09,授课,"没有完\n'
    records, file = read(workspace, tmp_path, text)
    assert len(records) == 1
    assert told(file)[0] == ("bad-date", "records.csv:4:4")
    assert [code for code, _ in told(file)] == ["bad-date", "bad-csv"]


def test_memory_does_not_grow_with_the_rows(workspace: Workspace, tmp_path: Path) -> None:
    peaks = []
    for count in (2_000, 40_000):
        days = (date(2023, 1, 1) + timedelta(number % 700) for number in range(count))
        rows = (f"王五,{day},授课,第{number}次,{number % 90}" for number, day in enumerate(days))
        (tmp_path / "records.csv").write_text("\n".join(["姓名,日期,类型,题目,培训人次", *rows]), encoding="utf-8")
        tracemalloc.start()
        assert check_records(tmp_path / "records.csv", workspace, here=tmp_path).rows == count
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 2 * peaks[0] + 4_000_000  # a stretch of the file is held, never the file


CELLS = st.sampled_from(
    ["王五", "张三", "李　明", "", "2024-04-08", "x", "授课", "45390", "-1", "合计", '"', "河东", "0" * 40, "　"]
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.lists(CELLS, max_size=7), max_size=12))
def test_every_row_is_a_record_or_told(workspace: Workspace, tmp_path: Path, rows: list[list[str]]) -> None:
    text = "\n".join(",".join(row) for row in [["姓名", "日期", "类型", "数量", "受援单位", "专家人数"], *rows])
    records, file = read(workspace, tmp_path, text)
    assert file.rows == len(records) == sum(file.types.values())
    silent = not any(one.is_error or one.code == "footer-skipped" for one in file.diagnostics)
    filled = sum(any(cell.strip() for cell in row) for row in rows)
    assert not silent or len(records) == filled


def test_a_file_of_records_is_told_from_events_people_and_rosters(tmp_path: Path) -> None:
    kinds = {
        "姓名,日期,类型,数量": FileKind.RECORDS,
        "工号,日期,类型": FileKind.RECORDS,
        "类型,日期,科室,批次,人员,原因": FileKind.EVENTS,
        "类型,日期,受援单位,姓名,专业,起,止": FileKind.EVENTS,
        "姓名,科室,职称": FileKind.DEPARTMENTS,
        "姓名,科室,批次,授课日期": FileKind.ROSTER,
    }
    for header, kind in kinds.items():
        (tmp_path / "a.csv").write_text(header + "\n", encoding="utf-8")
        assert kind_of(tmp_path / "a.csv") is kind, header


def test_every_spelling_of_a_column_is_of_one_column() -> None:
    words = [word for name, (_, also) in COLUMNS.items() for word in (name, *also)]
    assert len(words) == len(set(words)) == len(column_names())
