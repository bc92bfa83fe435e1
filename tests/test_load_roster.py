"""Spreadsheets: columns under any name and in any order, what Excel does to cells, broken rows left out aloud."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from xiaxiang.load import load_roster, load_workspace
from xiaxiang.load.cells import serial_day
from xiaxiang.load.columns import full_day
from xiaxiang.load.excel import cell_text, read_sheet
from xiaxiang.load.files import Reader
from xiaxiang.load.header import column_name
from xiaxiang.load.tables import read_csv
from xiaxiang.model.batch import BatchName
from xiaxiang.model.scalar import half_width

if TYPE_CHECKING:
    from xiaxiang.model.diagnostic import Diagnostic
    from xiaxiang.model.roster import Roster, RosterRow
    from xiaxiang.model.workspace import Workspace

PLAN = """计划名称: 甲
支援单位: 甲院
受援单位: 乙院
起始日期: 2023-01-01
科室:
  - {名称: 内科, 曾用名: 大内科, 人员: [{姓名: 张三, 工号: '01'}, {姓名: 王五, 工号: '03'}]}
  - {名称: 外科, 人员: [{姓名: 李四}, {姓名: 王五, 工号: '04'}]}
派遣顺序: [内科, 外科]
"""


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    path = tmp_path_factory.mktemp("plan") / "plan.yaml"
    path.write_text(PLAN, encoding="utf-8")
    loaded = load_workspace(path).workspace
    assert loaded is not None
    return loaded


def read(folder: Path, workspace: Workspace, text: str | bytes) -> tuple[Roster, tuple[Diagnostic, ...]]:
    path = folder / "roster.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    roster, findings, _ = load_roster(path, workspace, here=folder)
    assert roster is not None, findings
    return roster, findings


def one_row(folder: Path, workspace: Workspace, text: str) -> RosterRow:
    roster, findings = read(folder, workspace, text)
    assert not any(one.is_error for one in findings), findings
    (row,) = roster.rows
    return row


def test_a_row_is_read_with_typed_values(tmp_path: Path, workspace: Workspace) -> None:
    text = "姓名,工号,科室,批次,授课日期,授课次数,出勤天数,总结日期,职务\n"
    text += "张三,01,大内科,2024年第1批,2024-01-15；2024/1/29、20240219 2024年3月4日,4,58.5,2024.4.2,组长\n"
    row = one_row(tmp_path, workspace, text)

    assert (row.name, row.department, row.id, row.batch, row.row) == ("张三", "内科", "01", BatchName(2024, 1), 2)
    assert row.values == {
        "授课日期": (date(2024, 1, 15), date(2024, 1, 29), date(2024, 2, 19), date(2024, 3, 4)),
        "授课次数": 4,
        "出勤天数": Fraction(117, 2),
        "总结日期": date(2024, 4, 2),
    }
    assert row.extra == {"职务": "组长"}
    at = row.places.of("出勤天数")
    assert text.split("\n")[at.line - 1][at.column - 1 : at.end_column - 1] == "58.5"


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_columns_may_stand_in_any_order_under_other_names(tmp_path: Path, workspace: Workspace, separator: str) -> None:
    text = "下乡名册\n\nbatch,lectures,部门,名 字\n2024-1,3,外科,李四\n".replace(",", separator)
    roster, _ = read(tmp_path, workspace, text)

    assert [(row.name, row.batch, row.values) for row in roster.rows] == [("李四", BatchName(2024, 1), {"授课次数": 3})]
    assert roster.columns == {"batch": "批次", "lectures": "授课次数", "部门": "科室", "名 字": "姓名"}


def test_an_empty_cell_is_absent_and_never_zero(tmp_path: Path, workspace: Workspace) -> None:
    row = one_row(tmp_path, workspace, "姓名,科室,批次,授课次数,出勤天数\n张三,内科,2024-1,,\n")

    assert row.values == {}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_excels_encodings_read_the_same(tmp_path: Path, workspace: Workspace, encoding: str) -> None:
    roster, _ = read(tmp_path, workspace, "姓名,科室,批次\r\n张三,内科,2024-1\r\n".encode(encoding))

    assert [row.name for row in roster.rows] == ["张三"]


def test_a_day_without_a_year_takes_the_postings_and_says_so(tmp_path: Path, workspace: Workspace) -> None:
    text = "姓名,科室,批次,派驻开始,派驻结束,授课日期\n张三,内科,2023-4,,,10月16日；1月5日\n"
    text += "李四,外科,,2024-12-30,2025-02-01,12/31 1/6\n"
    roster, findings = read(tmp_path, workspace, text)

    assert [row.values["授课日期"] for row in roster.rows] == [
        (date(2023, 10, 16), date(2024, 1, 5)),
        (date(2024, 12, 31), date(2025, 1, 6)),
    ]
    assert [(one.code, str(one.position)) for one in findings] == [
        ("year-assumed", "roster.csv:2:16"),
        ("year-assumed", "roster.csv:3:30"),
    ]


def test_a_day_without_a_year_and_without_a_posting_is_an_error(tmp_path: Path, workspace: Workspace) -> None:
    roster, findings = read(tmp_path, workspace, "姓名,科室,授课日期\n张三,内科,1月5日\n")

    assert roster.rows == ()
    assert [(one.code, one.left_out) for one in findings] == [("bad-date", "名册第 2 行（张三）")]


BAD_ROWS = [
    ("张三,内科,2024-1,二,,", "bad-number", "2:14"),
    ("张三,内科,2024-1,,2024-02-30,", "bad-date", "2:15"),
    ("张三,内科,2024-5,,,", "no-such-batch", "2:7"),
    ("张三,内科,春季,,,", "bad-batch", "2:7"),
    ("张三,内科,第1批,,,", "bad-batch", "2:7"),
    ("张三,内课,2024-1,,,", "unknown-department", "2:4"),
    ("张山,内科,2024-1,,,", "unknown-person", "2:1"),
    ("王五,,2024-1,,,", "ambiguous-person", "2:1"),
    (",内科,2024-1,,,", "missing-field", "2:1"),
    ("张三,内科,2024-1,3,2024-01-15,", "count-differs", "2:14"),
    ("张三,内科,2024-1,,,5.1E+17", "ruined-number", "2:16"),
    ("张三,内科,2024/1/1,,,", "ambiguous-batch", "2:7"),
]


@pytest.mark.parametrize(("row", "code", "place"), BAD_ROWS, ids=[code + row for row, code, _ in BAD_ROWS])
def test_a_broken_row_is_left_out_and_the_rest_goes_on(
    tmp_path: Path, workspace: Workspace, row: str, code: str, place: str
) -> None:
    roster, findings = read(
        tmp_path, workspace, f"姓名,科室,批次,授课次数,授课日期,出勤天数\n{row}\n李四,外科,2024-1,4,,60\n"
    )

    assert [one.name for one in roster.rows] == ["李四"]
    assert [(one.code, str(one.position)) for one in findings] == [(code, f"roster.csv:{place}")]
    assert findings[0].left_out.startswith("名册第 2 行")


def test_the_department_may_be_left_out_where_the_name_or_number_settles_it(
    tmp_path: Path, workspace: Workspace
) -> None:
    roster, findings = read(tmp_path, workspace, "姓名,工号,批次\n李四,,2024-1\n王五,04,2024-1\n")

    assert findings == ()
    assert [(row.name, row.department) for row in roster.rows] == [("李四", "外科"), ("王五", "外科")]


def test_a_date_given_twice_agrees_with_either_count(tmp_path: Path, workspace: Workspace) -> None:
    head = "姓名,科室,批次,授课日期,授课次数\n"
    for count in (1, 2):
        assert one_row(tmp_path, workspace, head + f"张三,内科,2024-1,2024-01-15;2024-01-15,{count}\n")


def test_a_second_row_for_a_person_and_batch_is_an_error(tmp_path: Path, workspace: Workspace) -> None:
    roster, findings = read(
        tmp_path, workspace, "姓名,科室,批次\n张三,内科,2024-1\n张三,内科,2024-2\n张三,大内科,2024-1\n"
    )

    assert [row.row for row in roster.rows] == [2, 3]
    assert [(one.code, one.left_out) for one in findings] == [("duplicate-row", "名册第 4 行（张三）")]


@pytest.mark.parametrize("cell", ["2024/2/1", "2024-02-01", "Feb-24", "2024年2月", "45323"])
def test_what_excel_makes_of_a_batch_is_read_back_with_a_note(tmp_path: Path, workspace: Workspace, cell: str) -> None:
    roster, findings = read(tmp_path, workspace, f"姓名,科室,批次\n张三,内科,{cell}\n")

    assert [row.batch for row in roster.rows] == [BatchName(2024, 2)]
    assert [one.code for one in findings] == ["batch-from-date"]


def test_shuffled_rows_give_the_same_rows(tmp_path: Path, workspace: Workspace) -> None:
    head, rows = "姓名,科室,批次,授课次数\n", ["张三,内科,2024-1,4\n", "李四,外科,2024-1,3\n", "王五,外科,2024-1,\n"]
    first, _ = read(tmp_path, workspace, head + "".join(rows))
    second, _ = read(tmp_path, workspace, head + "".join(reversed(rows)))

    def content(roster: Roster) -> set[tuple[str, str, object]]:
        return {(row.department, row.name, str(row.values)) for row in roster.rows}

    assert content(first) == content(second)


def test_every_day_reads_the_same_in_eight_notations() -> None:
    day = date(2019, 1, 1)
    while day <= date(2035, 12, 31):
        year, month, number = day.year, day.month, day.day
        texts = [
            day.isoformat(),
            f"{year}/{month}/{number}",
            f"{year}.{month}.{number}",
            f"{year}年{month}月{number}日",
            f"{year}年{month:02}月{number:02}号",
            f"{year}{month:02}{number:02}",
            "".join(chr(ord(char) + 0xFEE0) if char.isdigit() else char for char in day.isoformat()),
            str((day - date(1899, 12, 30)).days),
        ]
        assert {full_day(text) for text in texts} == {day}
        day += timedelta(days=1)


def test_a_serial_number_is_a_day_only_where_it_can_be_one() -> None:
    assert serial_day("45292") == date(2024, 1, 1)
    assert [serial_day(text) for text in ("4529", "19999", "452920", "45292.5", "")] == [None] * 5


def test_a_quoted_cell_keeps_its_place(tmp_path: Path, workspace: Workspace) -> None:
    text = '姓名,科室,"批 次",授课日期,授课次数\n"张三",内科,"2024-1","2024-01-15,2024-01-22",二\n'
    _, findings = read(tmp_path, workspace, text)

    at = findings[0].position
    assert text.split("\n")[at.line - 1][at.column - 1 : at.end_column - 1] == "二"


def test_a_line_counts_on_after_a_cell_of_two_lines(tmp_path: Path, workspace: Workspace) -> None:
    _, findings = read(tmp_path, workspace, '姓名,科室,备注\n张三,内科,"一\n二"\n张山,内科,\n')

    assert [str(one.position) for one in findings if one.is_error] == ["roster.csv:4:1"]


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    data=st.binary(max_size=120) | st.text(alphabet='姓名科室批次,;"\n\t张三内科2024-1 ', max_size=80).map(str.encode)
)
def test_any_bytes_are_a_roster_or_explained(tmp_path: Path, workspace: Workspace, data: bytes) -> None:
    path = tmp_path / "any.csv"
    path.write_bytes(data)
    roster, findings, _ = load_roster(path, workspace, here=tmp_path)

    assert roster is not None or any(one.is_error for one in findings)


@given(st.text(max_size=100))
def test_any_text_is_rows_of_cells_inside_it(text: str) -> None:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    reader = Reader(root=Path(), here=Path())
    rows = read_csv(reader, text, "x")

    assert rows is not None
    assert all(1 <= row.line <= text.count("\n") + 1 for row in rows)


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def relations(**targets: str) -> str:
    inner = "".join(
        f'<Relationship Id="{kind}" Type="{OFFICE}/{kind}" Target="{target}"/>' for kind, target in targets.items()
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{inner}</Relationships>'


def sheet(rows: str, **parts: bytes) -> bytes:
    """Return a small .xlsx whose first sheet holds `rows` as XML; style 1 is a date."""
    book = '<sheets><sheet name="a" sheetId="1" r:id="worksheet"/></sheets>'
    styles = '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'
    files = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"/>',
        "_rels/.rels": relations(officeDocument="xl/workbook.xml"),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{book}</workbook>',
        "xl/_rels/workbook.xml.rels": relations(worksheet="worksheets/sheet1.xml", styles="styles.xml"),
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}">{styles}</styleSheet>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>',
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
        for name, data in parts.items():
            archive.writestr(f"xl/{name}", data)
    return packed.getvalue()


def text_row(number: int, *cells: str) -> str:
    inner = "".join(
        f'<c r="{chr(65 + i)}{number}" t="inlineStr"><is><t>{cell}</t></is></c>' for i, cell in enumerate(cells)
    )
    return f'<row r="{number}">{inner}</row>'


def test_an_excel_roster_reads_like_a_csv_one(tmp_path: Path, workspace: Workspace) -> None:
    cells = '<c r="A3" t="inlineStr"><is><t>张三</t></is></c><c r="B3" t="inlineStr"><is><t>内科</t></is></c>'
    cells += '<c r="C3" t="inlineStr"><is><t>2024-1</t></is></c><c r="D3" s="1"><v>45306</v></c><c r="E3"><v>58</v></c>'
    rows = text_row(2, "姓名", "科室", "批次", "授课日期", "出勤天数") + f'<row r="3">{cells}</row>'
    path = tmp_path / "名册.xlsx"
    path.write_bytes(sheet(rows + text_row(4, "张山", "内科", "2024-1")))
    roster, findings, texts = load_roster(path, workspace, here=tmp_path)

    assert roster is not None
    assert [row.values for row in roster.rows] == [{"授课日期": (date(2024, 1, 15),), "出勤天数": 58}]
    assert [(one.code, one.position.line) for one in findings] == [("unknown-person", 4)]
    at = findings[0].position
    assert texts[at.file].split("\n")[at.line - 1][at.column - 1 : at.end_column - 1] == "张山"


@pytest.mark.parametrize(
    "data",
    [
        sheet('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row><row r="1"><c r="A1"><v>1</v></c></row>'),
        sheet('<row r="1"><c r="A1"><v>1</v></c></row>', big=b"0" * (130 * 1024 * 1024)),
    ],
    ids=["a stray cell", "a gigabyte in a nutshell"],
)
def test_a_packed_bomb_is_refused_before_it_is_opened(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.xlsx").write_bytes(data)
    reader = Reader(root=tmp_path, here=tmp_path)

    assert read_sheet(reader, tmp_path / "a.xlsx") is None
    assert [one.code for one in reader.findings] == ["too-large"]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "是"),
        (58.0, "58"),
        (0.8, "0.8"),
        (0.1 + 0.2, "0.3"),
        (5.1e17, "5.1E+17"),
        (date(2024, 1, 2), "2024-01-02"),
        (datetime(2024, 1, 2), "2024-01-02"),  # noqa: DTZ001 - what calamine gives
        ("  张\n三 ", "张 三"),
        ("", ""),
    ],
)
def test_a_cell_is_the_text_a_person_would_have_typed(value: object, text: str) -> None:
    assert cell_text(value) == text


def test_column_names_are_compared_without_white_space_and_full_width_signs() -> None:
    from xiaxiang.load.yaml import Scalar  # noqa: PLC0415 - for this test only

    assert column_name(Scalar(" 授 课　日期 ", 1, 1, 2)) == "授课日期"
    assert half_width("（") == "("


@pytest.mark.parametrize(
    ("rows", "bad"),
    [
        ("张三,内科,2024-1,\n张三,内科,,2024-01-02\n", ["roster.csv:3:1"]),
        ("张三,内科,,2024-01-02\n张三,内科,2024-1,\n", ["roster.csv:3:1"]),
        ("张三,内科,2024-1,\n张三,内科,,2024-04-01\n", []),  # the day of the next handover
        ("张三,内科,2024-2,\n张三,内科,,2024-03-31\n", []),
        ("张三,内科,2023-4,\n张三,内科,,2023-12-31\n", ["roster.csv:3:1"]),
        ("张三,内科,2023-4,\n张三,内科,,2024-01-01\n", []),  # the day that the policy names, a holiday
        ("张三,内科,,2024-01-02\n张三,内科,,2024-02-01\n", []),
        ("张三,内科,2024-1,\n李四,内科,,2024-01-02\n", []),
    ],
)
def test_a_posting_named_by_its_batch_and_again_by_its_days_is_one_posting_twice(
    tmp_path: Path, rows: str, bad: list[str]
) -> None:
    plan = "计划名称: 甲\n支援单位: 甲院\n受援单位: 乙院\n起始日期: 2023-01-01\n派遣顺序: [内科]\n"
    plan += "科室: [{名称: 内科, 人员: [{姓名: 张三}, {姓名: 李四}]}]\n"
    (tmp_path / "plan.yaml").write_text(plan, encoding="utf-8")
    (tmp_path / "roster.csv").write_text(f"姓名,科室,批次,派驻开始\n{rows}", encoding="utf-8")
    workspace = load_workspace(tmp_path / "plan.yaml", here=tmp_path).workspace
    assert workspace is not None
    _, found, _ = load_roster(tmp_path / "roster.csv", workspace, here=tmp_path)
    assert [str(one.position) for one in found if one.code == "duplicate-row"] == bad
    assert all("就在两行都写上批次" in one.hint for one in found if one.code == "duplicate-row")


def test_two_levels_of_a_header_are_joined_whether_cells_are_merged_or_not(tmp_path: Path) -> None:
    upper = ["姓名", "科室", "派驻时间", None, "授课情况", None, "教学查房", None, "考勤", None, "带教", None]
    lower = [None, None, "开始", "结束", "日期", "次数", "日期", "次数", "应出勤", "实出勤", "日期", "次数"]
    row = ["张三", "内科", "2024-01-02", "2024-03-31", "1月8日、1月22日", "2", "1月9日", "1", "62", "58", "1月3日", "1"]
    (tmp_path / "plan.yaml").write_text(
        "计划名称: 甲\n支援单位: 甲院\n受援单位: 乙院\n起始日期: 2024-01-01\n派遣顺序: [内科]\n"
        "科室: [{名称: 内科, 人员: [{姓名: 张三}]}]\n",
        encoding="utf-8",
    )
    lines = [[cell or "" for cell in cells] for cells in (["下乡名册"], upper, lower, row)]
    (tmp_path / "平.csv").write_text("\n".join(map(",".join, lines)), encoding="utf-8")
    with xlsxwriter.Workbook(tmp_path / "合并.xlsx") as book:
        page = book.add_worksheet()
        page.merge_range(0, 0, 0, len(row) - 1, "下乡名册")
        for index, name in enumerate(upper):
            if name and lower[index] is None:
                page.merge_range(1, index, 2, index, name)
            elif name:
                page.merge_range(1, index, 1, index + 1, name)
            if lower[index]:
                page.write_string(2, index, lower[index])
            page.write_string(3, index, row[index])
    workspace = load_workspace(tmp_path / "plan.yaml", here=tmp_path).workspace
    assert workspace is not None
    expected = {
        "授课日期": (date(2024, 1, 8), date(2024, 1, 22)),
        "授课次数": 2,
        "查房日期": (date(2024, 1, 9),),
        "查房次数": 1,
        "应出勤天数": 62,
        "出勤天数": 58,
    }
    for name in ("平.csv", "合并.xlsx"):
        roster, found, _ = load_roster(tmp_path / name, workspace, here=tmp_path)
        assert roster is not None
        (read,) = roster.rows
        assert (read.starts_on, read.ends_on, dict(read.values)) == (date(2024, 1, 2), date(2024, 3, 31), expected)
        assert read.extra == {"带教日期": "1月3日", "带教次数": "1"}
        joined = next(one for one in found if one.code == "joined-header")
        assert "“派驻开始”、“派驻结束”、“授课日期”、“授课次数”" in joined.message
        assert {one.code for one in found if one.is_error} == set()
