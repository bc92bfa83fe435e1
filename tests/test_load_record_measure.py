"""工作记录 measured: bits of days, in the loop and in bulk, with the same figures and the same findings."""

from __future__ import annotations

import csv
import io
import tempfile
import tracemalloc
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from xiaxiang.load import load_workspace, record_measure
from xiaxiang.load.record_measure import measure_records
from xiaxiang.load.scale import database, literal, parse_memory
from xiaxiang.model.diagnostic import Severity
from xiaxiang.model.record import Tally, Who

if TYPE_CHECKING:
    from collections.abc import Iterable

    from xiaxiang.model.diagnostic import Diagnostic
    from xiaxiang.model.record import Tallies
    from xiaxiang.model.workspace import Workspace

PLAN = """计划名称: 甲
支援单位: 甲院
受援单位: [{名称: 河东中心卫生院, 简称: 河东}]
起始日期: 2024-01-01
科室:
  - {名称: 内科, 人员: [{姓名: 张三, 工号: '01'}, {姓名: 李　明, 工号: '02'}, {姓名: 郑十}]}
  - {名称: 外科, 人员: [{姓名: 张三, 工号: '03'}, {姓名: 王五}]}
派遣顺序: [内科, 外科]
"""
LI, ZHANG, WANG = Who("内科", "李　明", "02"), Who("内科", "张三", "01"), Who("外科", "王五", "")
SPRING = ((date(2024, 4, 1), date(2024, 6, 30)),)
POSTINGS = {
    LI: SPRING,
    ZHANG: SPRING,
    WANG: ((date(2024, 4, 1), date(2024, 4, 30)), (date(2024, 6, 1), date(2024, 6, 9))),
}
TYPES = ("授课", "查房", "考勤", "教学")
NEEDS_DUCKDB = pytest.mark.skipif(
    find_spec("duckdb") is None, reason="the extra xiaxiang[scale] (duckdb) is not installed: nothing to compare with"
)


@cache
def the_workspace() -> Workspace:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "plan.yaml").write_text(PLAN, encoding="utf-8")
        loaded = load_workspace(Path(folder) / "plan.yaml")
    assert loaded.workspace is not None
    return loaded.workspace


@pytest.fixture
def workspace() -> Workspace:
    return the_workspace()


def measured(
    workspace: Workspace, folder: Path, name: str = "records.csv", memory: str = ""
) -> tuple[Tallies, tuple[Diagnostic, ...]]:
    tallies, found, _ = measure_records(folder / name, workspace, POSTINGS, TYPES, here=folder, memory=memory)
    assert tallies is not None
    return tallies, found


def read(workspace: Workspace, folder: Path, text: str) -> tuple[Tallies, tuple[Diagnostic, ...]]:
    (folder / "records.csv").write_text(text, encoding="utf-8")
    return measured(workspace, folder)


def figures(tallies: Tallies) -> dict[tuple[str, str], dict[str, Any]]:
    return {
        (who.department, who.name): {
            name: {day.isoformat(): amount for day, amount in tally.amounts().items()} for name, tally in own.items()
        }
        for who, own in sorted(tallies.people.items())
    }


def april(*days: int) -> dict[str, int]:
    return {f"2024-04-{day:02}": 1 for day in days}


def test_each_day_of_a_type_counts_once_with_its_amount(workspace: Workspace, tmp_path: Path) -> None:
    text = "姓名,工号,日期,类型,数量\n李明,02,2024-04-08,授课,\n李明,02,2024年4月9日,授课,1\n王五,,2024.4.10,查房,3\n"
    tallies, found = read(workspace, tmp_path, text + "王五,,45393,考勤,0.5\n王五,,2024-04-11,门诊,30\n")
    assert figures(tallies) == {
        ("内科", "李　明"): {"授课": april(8, 9)},
        ("外科", "王五"): {"查房": {"2024-04-10": 3}, "考勤": {"2024-04-11": Fraction(1, 2)}},
    }
    assert tallies.types == ("授课", "查房", "考勤")  # 教学: the file does not speak of it
    assert [one.code for one in found] == ["excel-serial"]


@pytest.mark.parametrize(
    "amounts", [("1", "3"), ("3", "1"), ("", "3"), ("3", "", "1"), ("0.5", "", "3"), ("", "", "3")]
)
def test_of_several_rows_of_a_day_the_largest_amount_counts_whatever_their_order(
    workspace: Workspace, tmp_path: Path, amounts: tuple[str, ...]
) -> None:
    rows = [f"王五,2024-04-08,授课,{amount}" for amount in amounts]
    tallies, found = read(workspace, tmp_path, "\n".join(["姓名,日期,类型,数量", *rows]))
    assert figures(tallies) == {("外科", "王五"): {"授课": {"2024-04-08": 3}}}
    assert [(one.code, one.severity) for one in found] == [("repeated-record", Severity.WARNING)]


def test_an_amount_of_zero_is_no_record_of_that_day(workspace: Workspace, tmp_path: Path) -> None:
    tallies, found = read(workspace, tmp_path, "姓名,日期,类型,数量\n王五,2024-04-08,授课,0\n")
    assert (figures(tallies), found) == ({("外科", "王五"): {}}, ())


def test_days_outside_of_the_posting_are_told_in_bulk_and_do_not_count(workspace: Workspace, tmp_path: Path) -> None:
    outside = [f"王五,2024-05-{day:02},授课" for day in range(1, 7)]
    rows = ["姓名,日期,类型", "李明,2024-07-01,查房", "王五,2024-04-30,授课", *outside, "王五,2024-06-01,授课"]
    tallies, found = read(workspace, tmp_path, "\n".join([*rows, "李明,1990-01-01,查房"]))
    assert figures(tallies)["外科", "王五"] == {"授课": {"2024-04-30": 1, "2024-06-01": 1}}
    (one,) = found
    assert (one.code, one.severity, str(one.position)) == ("record-outside", Severity.WARNING, "records.csv:2:4")
    assert one.message == (
        "8 条记录的日期不在派驻期间，没有计入: 李　明（内科） 2 条、王五（外科） 6 条（第 2、4、5 行等）"
    )


def test_people_of_the_plan_who_are_not_on_the_roster_are_told_in_bulk(workspace: Workspace, tmp_path: Path) -> None:
    tallies, found = read(workspace, tmp_path, "姓名,日期,类型\n郑十,2024-04-08,授课\n郑十,2024-04-08,授课\n")
    assert [(one.code, str(one.position)) for one in found] == [("record-not-in-roster", "records.csv:2:1")]
    assert found[0].message == "2 条记录的人员不在名册里，没有计入: 郑十（内科） 2 条（第 2、3 行）"
    assert figures(tallies) == {("内科", "郑十"): {}}


def test_records_of_what_nothing_measures_are_held_against_no_posting(workspace: Workspace, tmp_path: Path) -> None:
    text = "姓名,日期,类型\n郑十,2024-04-08,门诊\n王五,2024-05-08,门诊\n王五,2024-05-08,门诊\n"
    tallies, found = read(workspace, tmp_path, text)
    assert (tallies.types, set(tallies.people), found) == ((), {Who("内科", "郑十", ""), WANG}, ())


def test_a_file_that_turns_out_to_be_gb18030_late_is_read_as_such(workspace: Workspace, tmp_path: Path) -> None:
    data = "\n".join(["id,date,type", *["02,2024-04-08,other"] * 90_000]).encode() + "\n02,2024-04-09,授课\n".encode(
        "gb18030"
    )
    (tmp_path / "records.csv").write_bytes(data)
    tallies, found = measured(workspace, tmp_path)
    assert len(data) > 1024 * 1024  # its beginning does not show it
    assert figures(tallies) == {("内科", "李　明"): {"授课": april(9)}}
    assert "read-as-gb18030" in {one.code for one in found}


def test_excel_gives_the_figures_of_csv(workspace: Workspace, tmp_path: Path) -> None:
    rows = [["姓名", "日期", "类型"], *(["王五", f"2024-04-{day:02}", "授课"] for day in range(1, 29))]
    with xlsxwriter.Workbook(tmp_path / "records.xlsx") as book:
        page = book.add_worksheet()
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
    assert figures(measured(workspace, tmp_path, "records.xlsx")[0]) == {
        ("外科", "王五"): {"授课": april(*range(1, 29))}
    }


def test_memory_does_not_grow_with_the_rows(workspace: Workspace, tmp_path: Path) -> None:
    peaks = []
    for count in (2_000, 60_000):
        days = (date(2024, 4, 1) + timedelta(number % 91) for number in range(count))
        rows = (f"李明,{day},门诊,第{number}次" for number, day in enumerate(days))
        (tmp_path / "records.csv").write_text("\n".join(["姓名,日期,类型,题目", *rows]), encoding="utf-8")
        tracemalloc.start()
        measured(workspace, tmp_path)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 2 * peaks[0] + 4_000_000  # a stretch of the file is held, never the file


@given(
    days=st.dictionaries(
        st.integers(0, 800), st.lists(st.sampled_from([1, 2, 5, Fraction(1, 2)]), min_size=1), max_size=40
    )
)
def test_a_tally_gives_back_each_day_with_its_largest_amount(days: dict[int, list[int | Fraction]]) -> None:
    first = date(2023, 12, 31)
    more: dict[int | Fraction, int] = {}
    for day, amounts in days.items():
        for amount in amounts if len(amounts) > 1 or amounts[0] != 1 else []:
            more[amount] = more.get(amount, 0) | 1 << day
    tally = Tally(first, sum(1 << day for day in days), more)
    assert tally.amounts() == {first + timedelta(day): max(amounts) for day, amounts in days.items()}
    assert list(tally.amounts()) == sorted(tally.amounts())


WHO = st.sampled_from(
    [
        *(("李明", "02"), ("李　明", ""), ("张三", "01"), ("张三", "03"), ("张三", ""), ("王五", ""), ("王五", "9")),
        *(("郑十", ""), ("王武", ""), ("", ""), ("合计", ""), ("", "02")),
    ]
)
DAY = st.sampled_from(
    [
        "2024-04-08",
        "2024/4/8",
        "45390",
        "2024-04-09 08:30",
        "2024-06-30",
        "2024-05-15",
        "2024-07-01",
        "1990-1-1",
        "x",
        "",
    ]
)
KIND = st.sampled_from(["授课", "授课", "查房", "考勤", "门诊", "授棵", "放映", ""])
AMOUNT = st.sampled_from(["", "", "1", "1", "3", "0.5", "0", "-1", "二"])
UNIT = st.sampled_from(["", "", "河东", "河西"])
TITLE = st.sampled_from(["", "高血压", "a,b", '"引号"', " "])
ISO = st.sampled_from(
    ["2024-04-08", "2024-04-09", "2024-05-15", "2024-06-30", "2024-07-01", "1990-01-01", "2024-03-30"]
)
ROWS = st.sampled_from([DAY, ISO, ISO]).flatmap(
    lambda days: st.lists(st.tuples(WHO, days, KIND, AMOUNT, UNIT, TITLE), max_size=25)
)


def table(rows: Iterable[tuple[tuple[str, str], str, str, str, str, str]]) -> list[list[str]]:
    header = ["姓名", "工号", "日期", "类型", "数量", "受援单位", "题目"]
    return [header, *([*who, *cells] for who, *cells in rows)]


def told(found: tuple[Diagnostic, ...]) -> list[tuple[str, str, str, int]]:
    """Return the findings without columns: of a parquet file a row is all that there is of a place."""
    return sorted((one.code, one.message, one.left_out, one.position.line) for one in found)


def same(one: tuple[Tallies, tuple[Diagnostic, ...]], other: tuple[Tallies, tuple[Diagnostic, ...]]) -> None:
    assert (one[0].types, figures(one[0])) == (other[0].types, figures(other[0]))
    assert told(one[1]) == told(other[1])


@NEEDS_DUCKDB
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS)
def test_in_bulk_a_text_gives_the_figures_and_findings_of_the_loop(
    tmp_path: Path, rows: list[tuple[tuple[str, str], str, str, str, str, str]]
) -> None:
    text = io.StringIO()
    csv.writer(text).writerows(table(rows))
    (tmp_path / "records.csv").write_text(text.getvalue(), encoding="utf-8")
    same(measured(the_workspace(), tmp_path), measured(the_workspace(), tmp_path, memory="200MB"))


@NEEDS_DUCKDB
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS.filter(bool))
def test_in_bulk_parquet_gives_the_figures_and_findings_of_the_loop_over_the_same_rows(
    tmp_path: Path, rows: list[tuple[tuple[str, str], str, str, str, str, str]]
) -> None:
    text = io.StringIO()
    csv.writer(text).writerows(table(rows))
    (tmp_path / "records.csv").write_text(text.getvalue(), encoding="utf-8")
    write_parquet(tmp_path / "records.parquet", table(rows))
    loop, bulk = measured(the_workspace(), tmp_path), measured(the_workspace(), tmp_path, "records.parquet")
    same((loop[0], tuple(one for one in loop[1] if one.code != "empty-row")), bulk)


def write_parquet(path: Path, rows: list[list[str]]) -> None:
    names, *values = rows
    cells = ", ".join("(" + ", ".join(map(literal, row)) + ")" for row in values)
    columns = ", ".join(f'"{name}"' for name in names)
    copy_to(path, f"SELECT * FROM (VALUES {cells}) t({columns})")  # noqa: S608 - texts of ours


def copy_to(path: Path, rows: str) -> None:
    with database("") as connection:
        connection.execute(f"COPY ({rows}) TO {literal(str(path))} (FORMAT parquet)")


@NEEDS_DUCKDB
def test_parquet_with_days_and_numbers_of_its_own_kinds_is_read(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "记录[1].parquet"  # no pattern of file names
    days = "'王五' AS 姓名, DATE '2024-04-08' + n::INT AS 日期, '授课' AS 类型, 2.0::DOUBLE AS 数量"
    copy_to(path, f"SELECT {days} FROM range(3) t(n)")  # noqa: S608 - texts of ours
    (tmp_path / "记录1.parquet").write_bytes(b"")  # what the pattern would find
    tallies, found = measured(workspace, tmp_path, path.name)
    assert figures(tallies) == {("外科", "王五"): {"授课": {f"2024-04-{day:02}": 2 for day in (8, 9, 10)}}}
    assert found == ()


@NEEDS_DUCKDB
def test_a_broken_parquet_file_is_one_plain_error(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "records.parquet").write_bytes(b"PAR1" + b"\0" * 90 + b"PAR1")
    tallies, found, _ = measure_records(tmp_path / "records.parquet", workspace, POSTINGS, TYPES, here=tmp_path)
    assert (tallies, [one.code for one in found]) == (None, ["bad-parquet"])


@NEEDS_DUCKDB
def test_a_text_that_is_not_regular_is_read_by_the_loop(workspace: Workspace, tmp_path: Path) -> None:
    text = '姓名,日期,类型,题目\n王五,2024-04-08,授课,"一\n二"\n\n王五,2024-04-09,授课,x,多一格\n王五,2024-04-32,授课\n'
    (tmp_path / "records.csv").write_text(text, encoding="utf-8")
    same(measured(workspace, tmp_path), measured(workspace, tmp_path, memory="200MB"))


def test_without_the_extra_a_parquet_file_is_refused_with_what_to_install(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "records.parquet").write_bytes(b"PAR1")
    monkeypatch.setattr("xiaxiang.load.scale.find_spec", lambda _: None)
    tallies, found, _ = measure_records(tmp_path / "records.parquet", workspace, POSTINGS, TYPES, here=tmp_path)
    assert (tallies, [one.code for one in found]) == (None, ["needs-scale"])
    assert "pip install 'xiaxiang[scale]'" in found[0].hint
    assert record_measure.is_large(tmp_path / "records.parquet")


@NEEDS_DUCKDB
def test_the_database_installs_and_loads_nothing_by_itself() -> None:
    with database("200MB") as connection:
        names = ("autoinstall_known_extensions", "autoload_known_extensions")
        assert [connection.execute(f"SELECT current_setting('{name}')").fetchone() for name in names] == [(False,)] * 2


@pytest.mark.parametrize(("text", "size"), [("2GB", "2GB"), ("２g", "2GB"), ("500 mb", "500MB"), ("1.5GiB", "1.5GB")])
def test_a_size_is_read_as_people_write_it(text: str, size: str) -> None:
    assert parse_memory(text) == size


@pytest.mark.parametrize("text", ["2", "很多", "-1GB", "0MB", "2TB"])
def test_what_is_no_size_is_said(text: str) -> None:
    with pytest.raises(ValueError, match=text):
        parse_memory(text)


@NEEDS_DUCKDB
def test_a_cap_of_memory_that_is_too_small_is_said(workspace: Workspace, tmp_path: Path) -> None:
    copy_to(
        tmp_path / "records.parquet", "SELECT '王五' 姓名, '2024-04-08' 日期, '第' || n 类型 FROM range(200000) t(n)"
    )
    tallies, found, _ = measure_records(
        tmp_path / "records.parquet", workspace, POSTINGS, TYPES, here=tmp_path, memory="1MB"
    )
    assert (tallies, [one.code for one in found]) == (None, ["memory-too-small"])
