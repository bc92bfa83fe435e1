"""`xiaxiang update`: the differences first; then, on request, only the cells and lines that must change."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import openpyxl
import pytest
import xlsxwriter

from xiaxiang.cli.app import run

if TYPE_CHECKING:
    from pathlib import Path

PLAN = "计划名称: 甲\n支援单位: 甲院\n受援单位: 乙院\n起始日期: 2024-01-01\n科室: 人员.csv\n派遣顺序: [内科, 外科]\n"
PEOPLE = (
    '工号,姓名,科室,职称,手机,离岗日期,党派\r\n01,"张三",内科,主治医师,00000000001,,\r\n02,李四,内科,住院医师,,,\r\n'
    "03,王五,外科,主治医师,,,\r\n04,赵六,外科,主治医师,,2023-05-01,\r\n"
)
LIST = (
    "职工编号,姓 名,部门,职称,手机号码,党派\n01,张 三,内科,副主任医师,00000000002,\n03,王五,内科,主治医师,,\n"
    "05,孙七,外科,医师,,民盟\n04,赵六,外科,,,\n06,周八,眼科,医师,,\n"
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "plan.yaml").write_text(PLAN, encoding="utf-8")
    (tmp_path / "人员.csv").write_bytes(PEOPLE.encode("gb18030"))
    (tmp_path / "新.csv").write_text(LIST, encoding="utf-8")
    return tmp_path


def test_differences_are_shown_and_nothing_is_touched(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["更新", "--from", "新.csv"]) == 0
    assert capsys.readouterr().out == (
        "  + 新增     外科 孙七（05）\n"
        "  + 新增     眼科 周八（06）\n"
        "  - 名单没有 内科 李四（02）\n"
        "  ~ 变动     内科 张三（01） 职称: 主治医师 → 副主任医师\n"
        "  ~ 变动     内科 张三（01） 手机: ＊＊＊＊＊＊＊＊＊01 → ＊＊＊＊＊＊＊＊＊02\n"
        "  > 调科     外科 王五（03） → 内科\n"
        "  ? 又出现   外科 赵六（04）（计划里写着已离岗）\n"
        "新增 2 人，名单里没有 1 人，变动 2 处\n"
        "调科的人没有改：原科室的一条写上离岗日期，新科室另加一条（工号只留在一条里）\n"
        "名单里没有的人没有改：离岗的加 --left-on 日期；名单漏了的不用管\n"
        "新科室“眼科”还不在“派遣顺序”里，不会轮到：在 plan.yaml 里加上\n"
        "下一步  xiaxiang 更新 --from 新.csv --write\n"
    )
    assert (folder / "人员.csv").read_bytes() == PEOPLE.encode("gb18030")
    assert sorted(path.name for path in folder.iterdir()) == ["plan.yaml", "人员.csv", "新.csv"]


def test_writing_changes_the_cells_and_lines_that_it_must_and_no_other_byte(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["update", "--from", "新.csv", "--write", "--left-on", "2024年3月1日"]) == 0
    assert "已改 人员.csv（原文件留作 人员.csv.bak）" in capsys.readouterr().out
    expected = PEOPLE.replace('"张三",内科,主治医师,00000000001', '"张三",内科,副主任医师,00000000002')
    expected = expected.replace("李四,内科,住院医师,,,", "李四,内科,住院医师,,2024-03-01,")
    expected += "05,孙七,外科,医师,,,民盟\r\n06,周八,眼科,医师,,,\r\n"
    assert (folder / "人员.csv").read_bytes() == expected.encode("gb18030")
    assert (folder / "人员.csv.bak").read_bytes() == PEOPLE.encode("gb18030")
    capsys.readouterr()
    assert run(["update", "--from", "新.csv", "--write"]) == 0  # what is left is only what it never does by itself
    assert "新增 0 人，名单里没有 0 人，变动 0 处" in capsys.readouterr().out
    assert (folder / "人员.csv").read_bytes() == expected.encode("gb18030")


def test_a_list_that_agrees_says_so(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    agreeing = "".join(line for line in PEOPLE.splitlines(keepends=True) if "赵六" not in line)
    (folder / "新.csv").write_text(agreeing, encoding="utf-8")
    assert run(["update", "--from", "新.csv", "--write"]) == 0
    assert capsys.readouterr().out == "计划的人员和“新.csv”一致\n"
    assert not (folder / "人员.csv.bak").exists()


def test_what_would_bring_an_error_is_not_written(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "plan.yaml").write_text(
        PLAN + "变动登记: [{类型: 指派, 日期: 2023-12-01, 批次: 2024-1, 科室: 内科, 人员: 李四}]\n", "utf-8"
    )
    (folder / "新.csv").write_text("工号,姓名,科室\n02,李小四,内科\n", encoding="utf-8")
    assert run(["update", "--from", "新.csv", "--write"]) == 1
    said = capsys.readouterr()
    assert "unknown-person" in said.err
    assert "没有改动任何文件" in said.err
    assert (folder / "人员.csv").read_bytes() == PEOPLE.encode("gb18030")


def test_a_column_that_the_file_lacks_is_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "新.csv").write_text("工号,姓名,科室,学历\n01,张三,内科,本科\n", encoding="utf-8")
    assert run(["update", "--from", "新.csv"]) == 0
    assert "人员.csv 没有“学历”这一列，1 处没有写" in capsys.readouterr().out


WRITTEN = """计划名称: 甲   # 我的计划
支援单位: 甲院
受援单位: 乙院
起始日期: 2024-01-01
科室:
  - 名称: 内科
    人员:
      - {姓名: 张三, 工号: '01', 职称: "主治医师"}   # 老张
      # 下面是新来的
      - {姓名: 李四, 工号: '02'}
  - 名称: 外科
    人员:
      - 姓名: 王五
        职称: 主治医师   # 外科
        工号: '03'
派遣顺序: [内科, 外科]
"""
NEW = "工号,姓名,科室,职称,手机\n01,张三,内科,副主任医师,\n02,李四,内科,,00000000002\n03,王五,外科,,00000000003\n"
NEW += "05,孙七,内科,医师,\n06,周八,外科,,\n07,no: #,内科,,\n"


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_people_in_yaml_change_by_values_pairs_and_lines_and_no_other_byte(folder: Path, ending: str) -> None:
    text = WRITTEN.replace("\n", ending)
    (folder / "plan.yaml").write_bytes(b"\xef\xbb\xbf" + text.encode())
    (folder / "新.csv").write_text(NEW, encoding="utf-8")
    assert run(["update", "--from", "新.csv", "--write", "--left-on", "2024-03-01"]) == 0
    expected = WRITTEN.replace('"主治医师"', "副主任医师").replace("工号: '02'}", "工号: '02', 手机: 00000000002}")
    expected = expected.replace("- 姓名: 王五\n", "- 姓名: 王五\n        手机: 00000000003\n")
    people = "      - {姓名: 孙七, 工号: 05, 职称: 医师}\n" + '      - {姓名: "no: #", 工号: 07}\n'
    expected = expected.replace("00000000002}\n", "00000000002}\n" + people)
    expected = expected.replace("        工号: '03'\n", "        工号: '03'\n      - 姓名: 周八\n        工号: 06\n")
    assert (folder / "plan.yaml").read_bytes() == b"\xef\xbb\xbf" + expected.replace("\n", ending).encode()
    assert (folder / "plan.yaml.bak").read_bytes() == b"\xef\xbb\xbf" + text.encode()


@pytest.mark.parametrize(
    ("people", "words"),
    [
        ("[{姓名: 张三, 工号: '01'}]", "名单写在一行里，新的人没有加"),
        ("\n      - {姓名: 张三,\n         工号: '01'}", "没有改动"),
        ("\n      - {姓名: 张三, 工号: '01', 职称: }", "空着，没有改动"),
    ],
)
def test_yaml_that_cannot_be_edited_safely_is_left_to_the_user(
    folder: Path, capsys: pytest.CaptureFixture[str], people: str, words: str
) -> None:
    plan = PLAN.replace("科室: 人员.csv", f"科室:\n  - 名称: 内科\n    人员: {people}\n  - 名称: 外科")
    (folder / "plan.yaml").write_text(plan, encoding="utf-8")
    assert run(["update", "--from", "新.csv", "--write"]) in {0, 1}
    said = capsys.readouterr()
    assert words in said.out + said.err
    assert (folder / "plan.yaml").read_text(encoding="utf-8") == plan


def write_workbook(path: Path) -> None:
    """Write the people under a title, with a chart beside them, and a sheet that is none of our business."""
    book = xlsxwriter.Workbook(str(path))
    page, other = book.add_worksheet("人员"), book.add_worksheet("别的")
    page.merge_range("A1:F1", "职工花名册")
    rows = [line.split(",")[:6] for line in PEOPLE.replace('"', "").splitlines()]
    for number, cells in enumerate(rows, 1):
        for index, cell in enumerate(cells):
            page.write_string(number, index, cell, book.add_format({"border": 1}))
    chart = book.add_chart({"type": "bar"})
    chart.add_series({"values": "=人员!$A$3:$A$6"})
    page.insert_chart("J2", chart)
    other.write_string("A1", "不动")
    book.close()


def test_people_in_a_workbook_are_changed_cell_by_cell_and_all_else_in_it_stays(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_workbook(folder / "人员.xlsx")
    before = (folder / "人员.xlsx").read_bytes()
    (folder / "plan.yaml").write_text(PLAN.replace("人员.csv", "人员.xlsx"), encoding="utf-8")
    assert run(["update", "--from", "新.csv", "--write", "--left-on", "2024-03-01"]) == 0
    assert "已改 人员.xlsx（原文件留作 人员.xlsx.bak）" in capsys.readouterr().out
    assert (folder / "人员.xlsx.bak").read_bytes() == before
    page = openpyxl.load_workbook(folder / "人员.xlsx")["人员"]
    assert [[cell.value or None for cell in row[:6]] for row in page.iter_rows(min_row=3)] == [
        ["01", "张三", "内科", "副主任医师", "00000000002", None],
        ["02", "李四", "内科", "住院医师", None, "2024-03-01"],
        ["03", "王五", "外科", "主治医师", None, None],
        ["04", "赵六", "外科", "主治医师", None, "2023-05-01"],
        ["05", "孙七", "外科", "医师", None, None],
        ["06", "周八", "眼科", "医师", None, None],
    ]
    with zipfile.ZipFile(io.BytesIO(before)) as old, zipfile.ZipFile(folder / "人员.xlsx") as new:
        changed = [name for name in old.namelist() if old.read(name) != new.read(name)]
    assert changed == ["xl/worksheets/sheet1.xml"]
    assert run(["update", "--from", "新.csv", "--write"]) == 0
    assert "变动 0 处" in capsys.readouterr().out


def test_an_old_workbook_is_left_to_the_user_with_what_to_do(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_workbook(folder / "人员.xls")  # Excel opens it, whatever its name says; we do not write the old format
    (folder / "plan.yaml").write_text(PLAN.replace("人员.csv", "人员.xls"), encoding="utf-8")
    before = (folder / "人员.xls").read_bytes()
    assert run(["update", "--from", "新.csv", "--write"]) == 0
    assert "另存为 .xlsx，并在计划里改文件名" in capsys.readouterr().out
    assert (folder / "人员.xls").read_bytes() == before


SEVERAL = """计划名称: 甲
支援单位: 甲院
受援单位: 乙院
起始日期: 2024-01-01
科室:
  - {名称: 内科, 人员: 内科.csv}
  - {名称: 外科, 人员: 外科.yaml}
  - 名称: 眼科
    人员:
      - {姓名: 周九, 工号: '09'}
派遣顺序: [内科, 外科, 眼科]
"""


@pytest.fixture
def several(folder: Path) -> Path:
    """People in a table of one department, in a list of another, and in the plan itself."""
    (folder / "plan.yaml").write_text(SEVERAL, encoding="utf-8")
    (folder / "内科.csv").write_text("姓名,工号,职称,手机\n张三,01,主治医师,\n李四,02,医师,\n", encoding="utf-8")
    (folder / "外科.yaml").write_text("- {姓名: 王五, 工号: '03'}   # 外科\n", encoding="utf-8")
    text = "工号,姓名,科室,职称\n01,张三,内科,副主任医师\n02,李四,内科,\n03,王五,外科,主治医师\n"
    (folder / "新.csv").write_text(text + "09,周九,眼科,医师\n10,吴十,眼科,医师\n11,郑一,内科,医师\n", encoding="utf-8")
    return folder


def test_people_in_several_files_are_changed_each_where_they_stand(several: Path) -> None:
    assert run(["update", "--from", "新.csv", "--write"]) == 0
    assert (several / "内科.csv").read_text(encoding="utf-8") == (
        "姓名,工号,职称,手机\n张三,01,副主任医师,\n李四,02,医师,\n郑一,11,医师,\n"
    )
    assert (several / "外科.yaml").read_text(encoding="utf-8") == (
        "- {姓名: 王五, 工号: '03', 职称: 主治医师}   # 外科\n"
    )
    assert (several / "plan.yaml").read_text(encoding="utf-8") == SEVERAL.replace(
        "工号: '09'}\n", "工号: '09', 职称: 医师}\n      - {姓名: 吴十, 工号: 10, 职称: 医师}\n"
    )
    assert {path.name for path in several.glob("*.bak")} == {"plan.yaml.bak", "内科.csv.bak", "外科.yaml.bak"}


def test_where_one_of_several_files_cannot_be_changed_none_is(
    several: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (several / "外科.yaml").write_text("- {姓名: 王五,\n   工号: '03'}\n", encoding="utf-8")
    assert run(["update", "--from", "新.csv", "--write"]) == 0
    said = capsys.readouterr().out
    assert "外科.yaml: " in said
    assert "请照上面自己改" in said
    assert list(several.glob("*.bak")) == []


def test_what_new_people_have_and_the_table_lacks_is_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "新.csv").write_text("工号,姓名,科室,学历\n05,孙七,外科,本科\n", encoding="utf-8")
    assert run(["update", "--from", "新.csv"]) == 0
    assert "人员.csv 没有“学历”这一列，1 处没有写" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "status"), [(["--from", "没有.csv"], 2), ([], 2), (["--from", "新.csv", "--left-on", "x"], 2)]
)
def test_a_call_that_cannot_be_carried_out_says_why(
    folder: Path, capsys: pytest.CaptureFixture[str], words: list[str], status: int
) -> None:
    assert run(["update", *words]) == status
    assert "错误" in capsys.readouterr().err
    assert (folder / "人员.csv").exists()
