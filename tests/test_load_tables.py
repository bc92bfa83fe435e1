"""Spreadsheets as people bring them: headers found, cells as typed, what Excel ruined flagged, encodings alike."""

from __future__ import annotations

import io
import re
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pytest
import xlsxwriter

from xiaxiang.load import load_roster, load_workspace
from xiaxiang.load.cells import is_ruined
from xiaxiang.load.files import Reader
from xiaxiang.load.include import read_people
from xiaxiang.load.tables import read_csv, read_table
from xiaxiang.load.yaml import Mapping, plain
from xiaxiang.model.scalar import parse_day

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xiaxiang.load import Loaded

HEAD = "计划名称: 甲\n支援单位: 甲院\n受援单位: 乙院\n起始日期: 2024-01-01\n派遣顺序: [内科]\n"


def workbook(rows: Sequence[Sequence[object]], *, epoch_1904: bool = False) -> bytes:
    packed = io.BytesIO()
    book = xlsxwriter.Workbook(packed, {"in_memory": True, "date_1904": epoch_1904})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    page = book.add_worksheet("a")
    for number, row in enumerate(rows):
        for index, value in enumerate(row):
            if isinstance(value, date):
                page.write_datetime(number, index, value, day)
            elif isinstance(value, str):
                page.write_string(number, index, value)
            elif value is not None:
                page.write_number(number, index, value)
    book.close()
    return packed.getvalue()


def load(folder: Path, name: str, data: str | bytes, *, field: str = "科室") -> Loaded:
    plan = HEAD + f"{field}: {name}\n" + ("" if field == "科室" else "科室: [{名称: 内科, 人员: [{姓名: 张三}]}]\n")
    (folder / "plan.yaml").write_text(plan, encoding="utf-8")
    (folder / name).write_bytes(data.encode() if isinstance(data, str) else data)
    return load_workspace(folder / "plan.yaml", here=folder)


def people(loaded: Loaded) -> list[str]:
    assert loaded.workspace is not None, loaded.diagnostics
    return [person.name for one in loaded.workspace.plan.departments for person in one.people]


def found(loaded: Loaded) -> list[tuple[str, str]]:
    return [(one.code, str(one.position)) for one in loaded.diagnostics]


def test_the_header_is_found_below_titles_under_usual_names_with_stars_and_units(tmp_path: Path) -> None:
    text = (
        "某县人民医院职工花名册（2024年，在岗）,,,\n制表日期：2024-01-05,,,\n序号,*职工姓名,所属科室：,手机号码(必填)\n"
    )
    loaded = load(tmp_path, "人员.csv", text + "1,张三,内科,0000\n合计,1人,,\n审核人：李四,,,\n")
    assert people(loaded) == ["张三"]
    assert [code for code, _ in found(loaded)] == ["columns-mapped", "footer-skipped", "footer-skipped"]
    assert loaded.diagnostics[0].message == (
        "列名 “*职工姓名”按“姓名”读，“所属科室：”按“科室”读，“手机号码(必填)”按“手机”读"
    )


def test_columns_under_their_own_names_are_not_talked_about(tmp_path: Path) -> None:
    assert found(load(tmp_path, "人员.csv", "序号,姓 名,科室,出勤\n".replace(",出勤", "") + "1,张三,内科\n")) == []


def test_a_column_that_nobody_knows_is_carried_along_with_the_name_it_may_be_meant_for(tmp_path: Path) -> None:
    loaded = load(tmp_path, "人员.csv", "姓名,科室,政治面貌,职 秤\n张三,内科,党员,主治医师\n李四,内科,,\n")
    assert loaded.workspace is not None
    (department,) = loaded.workspace.plan.departments
    assert [one.extra for one in department.people] == [{"政治面貌": "党员", "职 秤": "主治医师"}, {}]
    (remark,) = loaded.diagnostics
    assert (remark.code, str(remark.position)) == ("unknown-column", "人员.csv:1:7")
    assert "“政治面貌”、“职 秤”（是不是“职称”？）" in remark.message


def test_merged_cells_hold_for_every_row_that_they_span(tmp_path: Path) -> None:
    packed = io.BytesIO()
    book = xlsxwriter.Workbook(packed, {"in_memory": True})
    page = book.add_worksheet("a")
    page.merge_range("A1:C1", "花名册")
    for place, text in {"A2": "科室", "B2": "姓名", "C2": "职称", "B3": "张三", "B4": "李四", "A5": "外科"}.items():
        page.write_string(place, text)
    page.merge_range("A3:A4", "内科")
    page.write_string("B5", "王五")
    book.close()
    loaded = load(tmp_path, "人员.xlsx", packed.getvalue())
    assert loaded.workspace is not None
    assert [(one.name, [person.name for person in one.people]) for one in loaded.workspace.plan.departments] == [
        ("内科", ["张三", "李四"]),
        ("外科", ["王五"]),
    ]


def test_only_the_first_visible_sheet_is_read_and_that_is_said(tmp_path: Path) -> None:
    packed = io.BytesIO()
    book = xlsxwriter.Workbook(packed, {"in_memory": True})
    pages = [book.add_worksheet(name) for name in ("旧", "今年", "去年", "空")]
    for page, name in zip(pages, ("赵六", "张三", "李四"), strict=False):
        for row, cells in enumerate((("姓名", "科室"), (name, "内科"))):
            page.write_row(row, 0, cells)
    pages[1].activate()
    pages[1].set_first_sheet()
    pages[0].hide()
    book.close()
    loaded = load(tmp_path, "人员.xlsx", packed.getvalue())
    assert people(loaded) == ["张三"]
    assert [(one.code, one.message) for one in loaded.diagnostics] == [
        ("other-sheets", "“人员.xlsx”不止一个工作表写了内容，只读第一个“今年”")
    ]


NOTATIONS = (
    lambda day: day.isoformat(),
    lambda day: f"{day.year}/{day.month}/{day.day}",
    lambda day: f"{day.year}.{day.month}.{day.day}",
    lambda day: f"{day.year}年{day.month}月{day.day}日",
    lambda day: f"{day.year}年{day.month:02}月{day.day:02}号",
    lambda day: f"{day:%Y%m%d}",
    lambda day: "".join(chr(ord(char) + 0xFEE0) if char.isdigit() else char for char in day.isoformat()),
    lambda day: str((day - date(1899, 12, 30)).days),
)
DAYS = [date(2019, 1, 1) + timedelta(days=number) for number in range((date(2036, 1, 1) - date(2019, 1, 1)).days)]


def days_in(path: Path) -> tuple[list[date], list[str]]:
    """Return the days of the column 到岗日期 as they are read, and the codes of what is said."""
    reader = Reader(path.parent, path.parent)
    read = read_people(reader, path)
    assert read is not None
    rows = [plain(node) for node in read.nodes if isinstance(node, Mapping)]
    return [parse_day(row["到岗日期"]) for row in rows], [one.code for one in reader.findings]


@pytest.mark.parametrize("number", range(8))
def test_every_day_from_2019_to_2035_is_read_from_each_of_eight_notations(tmp_path: Path, number: int) -> None:
    path = tmp_path / "人员.csv"
    path.write_text("姓名,科室,到岗日期\n" + "".join(f"甲,内科,{NOTATIONS[number](day)}\n" for day in DAYS), "utf-8")
    days, codes = days_in(path)
    assert days == DAYS
    assert codes == (["excel-serial"] if number == 7 else [])


@pytest.mark.parametrize("epoch_1904", [False, True])
def test_both_of_excels_epochs_are_read_as_dates_and_as_bare_numbers(tmp_path: Path, *, epoch_1904: bool) -> None:
    path = tmp_path / "人员.xlsx"
    zero = date(1904, 1, 1) if epoch_1904 else date(1899, 12, 30)
    some = DAYS[::50]
    for cells in (some, [(day - zero).days for day in some], [str((day - zero).days) for day in some]):
        rows = [["甲", "内科", cell] for cell in cells]
        path.write_bytes(workbook([["姓名", "科室", "到岗日期"], *rows], epoch_1904=epoch_1904))
        assert days_in(path)[0] == some


def test_a_column_of_serial_numbers_is_one_note_with_its_count(tmp_path: Path) -> None:
    loaded = load(tmp_path, "人员.csv", "姓名,科室,到岗日期\n张三,内科,44927\n李四,内科,2024-1-5\n王五,内科,44928\n")
    (remark,) = loaded.diagnostics
    assert (str(remark.position), remark.message) == (
        "人员.csv:2:7",
        "“44927”是 Excel 的日期序号，按 2023-01-01 读；这一列这样的共 2 格",
    )


def id_number(random: Random) -> str:
    digits = f"{random.randint(110000, 659999)}{random.randint(1950, 2005)}{random.randint(1, 12):02}"
    digits += f"{random.randint(1, 28):02}{random.randint(1, 999):03}"
    check = sum(int(digit) * 2**power for digit, power in zip(digits, range(17, 0, -1), strict=True))
    return digits + "10X98765432"[check % 11]


def test_a_hundred_ruined_numbers_are_flagged_in_csv_and_in_excel(tmp_path: Path) -> None:
    random = Random(7)
    whole = [id_number(random).replace("X", "1") for _ in range(100)]
    ruined = [f"{float(number):.{digits}E}" for number, digits in zip(whole, [1, 4, 11, 14] * 25, strict=True)]
    text = "姓名,科室,身份证号\n" + "".join(f"甲{i},内科,{cell}\n" for i, cell in enumerate(ruined))
    in_csv = load(tmp_path, "人员.csv", text)
    rows = [[f"甲{i}", "内科", float(number)] for i, number in enumerate(whole)]
    in_excel = load(tmp_path, "人员.xlsx", workbook([["姓名", "科室", "身份证号"], *rows]))
    for loaded in (in_csv, in_excel):
        flagged = [one for one in loaded.diagnostics if one.code == "ruined-number"]
        assert [one.position.line for one in flagged] == list(range(2, 102))
        assert all("文本" in one.hint for one in flagged)


def test_a_number_cut_to_fifteen_digits_is_ruined_and_a_sound_one_is_not() -> None:
    random = Random(8)
    whole = [id_number(random) for _ in range(300)]
    assert not any(map(is_ruined, whole))
    assert all(is_ruined(number[:15] + "000") for number in whole if not is_sound_zero(number))
    assert not is_ruined("6222020000000080")  # a bank card of zeros with a right check digit


def is_sound_zero(number: str) -> bool:
    """Whether the number cut down happens to be sound (one in eleven)."""
    digits = number[:15] + "00"
    return sum(int(digit) * 2**power for digit, power in zip(digits, range(17, 0, -1), strict=True)) % 11 == 1


ODD = ["no", "null", "yes", "on", "off", "true", "~", "1e3", "1E5", "0123", "0x1F", "12:30", "1_000", ".5", "-1", "+86"]
ODD += [
    "=cmd|' /C calc'!A0",
    "@SUM(A1)",
    "+1+1",
    "-2+3",
    "=1+1",
    '=HYPERLINK("a")',
    "阿依古丽·买买提",
    "𠮷田",
    "㐂",
    "李　明",
]
ODD += [
    "510101199001011234",
    "62220212345678901",
    "00000000000000000000",
    "a,b",
    'a"b',
    "a;b",
    "'x",
    "<b>",
    "a&b",
    "{{ x }}",
]
ODD += [
    "#N/A",
    "—",
    "½",
    "Ⅷ",
    "①",
    "Ａ１２",
    "😀",
    "é",
    "e\u0301",
    "ABC DEF",
    "a | b",
    "BEGIN:VEVENT",
    "${x}",
    "%s",
    "\\n",
]
ODD += [
    f"{prefix}{number}"
    for number in range(10)
    for prefix in ("0", "00", "1e", "N", "第", "2024-1-", "1/", "3.1", "-", "'", "A")
]
ODD += [
    f"张{char}"
    for char in "一二三四五六七八九十百千万亿零壹贰叁肆伍陆柒捌玖拾甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"
]


def test_two_hundred_odd_scalars_come_through_yaml_unchanged(tmp_path: Path) -> None:
    names = [name for name in dict.fromkeys(ODD) if '"' not in name and "\\" not in name]
    plain_ones = [name for name in names if re.fullmatch(r"[\w.+~·-]+", name) and name != "-"]
    quoted = [f'      - {{姓名: "{name}"}}\n' for name in names]
    bare = [f"      - {{姓名: {name}, 工号: b{i}}}\n" for i, name in enumerate(plain_ones)]
    plan = HEAD + "科室:\n  - 名称: 内科\n    人员:\n" + "".join(quoted + bare)
    (tmp_path / "plan.yaml").write_text(plan, encoding="utf-8")
    assert people(load_workspace(tmp_path / "plan.yaml", here=tmp_path)) == names + plain_ones
    assert len(names) >= 200
    assert len(plain_ones) >= 100


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_two_hundred_odd_scalars_come_through_unchanged(tmp_path: Path, ending: str) -> None:
    names = list(dict.fromkeys(ODD))
    assert len(names) >= 200
    cells = [["姓名", "科室", "工号"], *([name, "内科", f"{i}"] for i, name in enumerate(names))]
    if ending == "xlsx":
        data = workbook(cells)
    else:
        data = "".join(
            ",".join(f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row) + "\n" for row in cells
        ).encode()
    assert people(load(tmp_path, f"人员.{ending}", data)) == names


ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "gbk", "gb2312")
SIZES = (1, 3, 20, 60)
COMMON = "内外妇儿骨眼科张王李赵陈杨主治医师副任护药技县镇卫生院人民联通，。；（）"


def test_five_encodings_at_four_sizes_are_read_the_same_eight_hundred_times(tmp_path: Path) -> None:
    random = Random(11)
    same = 0
    for size in SIZES:
        for _ in range(40):
            rows = [["姓名", "科室", "备注"]]
            rows += [
                ["".join(random.choices(COMMON[:15], k=3)), "内科", "".join(random.choices(COMMON, k=8))]
                for _ in range(size)
            ]
            text = "\r\n".join(",".join(row) for row in rows) + random.choice(("", "\r\n"))
            for encoding in ENCODINGS:
                path = tmp_path / "a.csv"
                path.write_bytes(text.encode(encoding))
                reader = Reader(tmp_path, tmp_path)
                table = read_table(reader, path, dict(zip(rows[0], rows[0], strict=True)))
                assert table is not None
                same += [[cell.text for cell in row.cells] for row in (table.header, *table.rows)] == rows
    assert same == 800


WHOLE = "姓名,科室,备注\r\n张三,内科,甲\r\n李四,外科,乙\r\n"
BOOK = workbook([["姓名", "科室"], ["张三", "内科"]])
CORRUPT: dict[str, tuple[str, bytes]] = {
    "empty": ("csv", b""),
    "one NUL": ("csv", b"\0"),
    "NULs in between": ("csv", WHOLE.encode().replace(b",", b"\0")),
    "cut in a character of UTF-8": ("csv", WHOLE.encode()[:-4]),
    "cut in a character of GBK": ("csv", WHOLE.encode("gbk")[:-3]),
    "GBK with a bad pair": ("csv", WHOLE.encode("gbk").replace(b"\r", b"\x80\xff", 1)),
    "UTF-8 and GBK mixed": ("csv", WHOLE.encode() + WHOLE.encode("gbk")),
    "a mark and GBK": ("csv", b"\xef\xbb\xbf" + WHOLE.encode("gbk")),
    "a mark alone": ("csv", b"\xef\xbb\xbf"),
    "UTF-16 with a mark": ("csv", WHOLE.encode("utf-16")),
    "UTF-16 without a mark": ("csv", WHOLE.encode("utf-16-le")),
    "UTF-16 cut to an odd length": ("csv", WHOLE.encode("utf-16")[:-1]),
    "UTF-32": ("csv", WHOLE.encode("utf-32")),
    "a quote that never ends": ("csv", WHOLE.replace("张三", '"张三').encode()),
    "quotes in the middle": ("csv", WHOLE.replace("张三", '张"三"x').encode()),
    "a picture": ("csv", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4),
    "no workbook at all": ("xlsx", WHOLE.encode()),
    "half a workbook": ("xlsx", BOOK[: len(BOOK) // 2]),
    "a workbook without its end": ("xlsx", BOOK[:-30]),
    "a workbook with a hole": ("xlsx", BOOK[:200] + bytes(400) + BOOK[600:]),
    "a web page": ("xls", b"<html><table><tr><td>x</td></tr></table></html>"),
}


@pytest.mark.parametrize("name", CORRUPT)
def test_twenty_corrupt_files_are_each_told_in_chinese_and_none_raises(tmp_path: Path, name: str) -> None:
    ending, data = CORRUPT[name]
    loaded = load(tmp_path, f"人员.{ending}", data)
    wrong = [one for one in loaded.diagnostics if one.is_error]
    assert wrong or (loaded.workspace is not None and name == "quotes in the middle"), loaded.diagnostics
    assert all(re.search("[一-鿿]", one.message) and re.search("[一-鿿]", one.hint) for one in wrong)
    assert len(CORRUPT) >= 20


def test_the_separator_is_what_the_rows_have_and_not_what_a_title_has() -> None:
    rows = read_csv(Reader(Path(), Path()), "花名册，内科，外科\n姓名\t科室\n张三\t内科\n李四\t外科，内科\n", "x")
    assert rows is not None
    assert [len(row.cells) for row in rows] == [1, 2, 2, 2]


def test_an_export_that_keeps_excel_off_a_number_is_read_as_the_number(tmp_path: Path) -> None:
    loaded = load(tmp_path, "人员.csv", '姓名,科室,工号\n张三,内科,"=""0012"""\n')
    assert loaded.workspace is not None
    assert loaded.workspace.plan.departments[0].people[0].id == "0012"


EVENTS = "类型,日期,科室,批次,人员,决定,原因\n"


def test_events_and_issues_may_stand_in_spreadsheets(tmp_path: Path) -> None:
    rows = [EVENTS.strip().split(","), ["指派", date(2023, 12, 20), "内科", "2024-1", "张三", None, None]]
    loaded = load(tmp_path, "变动登记.xlsx", workbook(rows), field="变动登记")
    assert loaded.workspace is not None
    (event,) = loaded.workspace.plan.events
    assert (event.kind, event.on, event.places.of("batch").line) == ("指派", date(2023, 12, 20), 2)
    issues = "公文,批次,文号,成文日期\n派遣通知,2024年第1批,甲〔2024〕1号,45292\n"
    loaded = load(tmp_path, "发文登记.csv", issues, field="发文登记")
    assert loaded.workspace is not None
    (issue,) = loaded.workspace.plan.documents
    assert (issue.kind, issue.number, issue.issued_on) == ("派遣通知", "甲〔2024〕1号", date(2024, 1, 1))


def test_what_a_row_lacks_is_missed_at_its_empty_cell(tmp_path: Path) -> None:
    loaded = load(
        tmp_path, "变动.csv", EVENTS + "后延,,内科,,,自动后延,\n指派,2024-1-5,内科,2024-2,\n", field="变动登记"
    )
    assert found(loaded) == [("missing-field", "变动.csv:2:4"), ("missing-field", "变动.csv:3:23")]
    loaded = load(tmp_path, "人员.csv", "科室,姓名,工号\n内科,,01\n内科,张三,02\n,李四,03\n")
    assert found(loaded) == [("missing-field", "人员.csv:2:4"), ("missing-field", "人员.csv:4:1")]


def test_people_without_a_column_for_the_department_are_one_error(tmp_path: Path) -> None:
    loaded = load(tmp_path, "人员.csv", "姓名,工号\n" + "张三,01\n" * 5)
    assert found(loaded) == [("missing-column", "人员.csv:1:1")]


def test_a_roster_row_points_at_the_cell_that_is_wrong_or_empty(tmp_path: Path) -> None:
    loaded = load(tmp_path, "人员.csv", "姓名,工号,科室\n张三,01,内科\n李明,02,内科\n")
    assert loaded.workspace is not None
    text = "姓名,工号,科室,批次,授课次数\n张三,99,内科,2024-1,\n,,内科,2024-1,4\n"
    text += "李　明,02,内科,2024-2,\n,01,内科,2024-3,4\n"
    (tmp_path / "roster.csv").write_text(text, encoding="utf-8")
    roster, findings, _ = load_roster(tmp_path / "roster.csv", loaded.workspace, here=tmp_path)
    assert [(one.code, str(one.position)) for one in findings] == [
        ("wrong-number", "roster.csv:2:4"),
        ("missing-field", "roster.csv:3:1"),
    ]
    assert roster is not None
    assert [(row.name, str(row.places.of("授课次数"))) for row in roster.rows] == [
        ("李明", "roster.csv:4:18"),
        ("张三", "roster.csv:5:15"),
    ]
