"""结算.xlsx and .csv: one line a person, amounts as numbers, text as text, room to sign; same input, same bytes."""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path

import openpyxl
import pytest

from xiaxiang.cli.app import run
from xiaxiang.model.masking import masked_account
from xiaxiang.model.sheet import Column, ColumnKind, Sheet
from xiaxiang.render.xlsx_settlement import Tab, settlement_xlsx, text_rows

EXAMPLE = Path(__file__).parents[1] / "examples" / "county-hospital"
ACCOUNT = "6222 0212 3456 7890 123"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("plan.yaml", "变动登记.yaml", "roster.csv"):
        shutil.copy(EXAMPLE / name, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def give_account(folder: Path) -> None:
    plan = (folder / "plan.yaml").read_text(encoding="utf-8")
    (folder / "plan.yaml").write_text(
        plan.replace("        姓名: 骆清荷\n", f'        姓名: 骆清荷\n        银行卡号: "{ACCOUNT}"\n'),
        encoding="utf-8",
    )


def book_of(folder: Path, *options: str) -> openpyxl.Workbook:
    assert run(("考核", "-o", "结算.xlsx", "--force", *options)) == 0
    return openpyxl.load_workbook(folder / "结算.xlsx")


def rows_of(book: openpyxl.Workbook, tab: str) -> list[dict[str, object]]:
    head, *rows = book[tab].iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_the_tabs_are_people_departments_the_year_and_the_reasons(folder: Path) -> None:
    assert book_of(folder).sheetnames == ["结算", "科室奖惩", "科室汇总2024", "依据"]


def test_a_person_has_one_line_with_amounts_in_figures_and_in_words_and_what_the_money_waits_for(folder: Path) -> None:
    people = {one["姓名"]: one for one in rows_of(book_of(folder), "结算")}
    held = people["骆清荷"]
    assert {key: held[key] for key in ("工号", "批次", "派驻起止", "授课", "考勤", "应发", "扣减", "实发", "实得")} == {
        "工号": "0302",
        "批次": "2024-1",
        "派驻起止": "2024-01-02\n至 2024-03-31",
        "授课": "5 次 ×",
        "考勤": "57/61 93.4% √",
        "应发": 1320,
        "扣减": 440,
        "实发": 880,
        "实得": 880,
    }
    assert (held["实得（大写）"], held["发放"]) == ("捌佰捌拾元整", "待发：缺下乡总结、医务部审核")
    assert (people["桑榆晚"]["处罚"], people["桑榆晚"]["实得"]) == (200, 1120)
    assert [people["舒百川"][key] for key in ("应发", "实得", "发放")] == [None, None, "待补"]
    assert list(people["贺春来"])[-1] == "签名"


def test_what_stands_under_the_table_is_the_sum_in_words_and_who_signs(folder: Path) -> None:
    column = [row[0] for row in book_of(folder)["结算"].iter_rows(values_only=True)]
    assert column[-5:-1] == [
        "合计",
        "实发合计（大写）：人民币伍仟零陆拾元整（5,060 元）",
        "实得合计（大写）：人民币肆仟捌佰陆拾元整（4,860 元）",
        "实发中现在可发 4,180 元，待发 880 元，材料齐全后发放",
    ]
    assert str(column[-1]).split("　")[0] == "制表："


def test_bank_accounts_stand_in_it_only_where_the_plan_has_any_and_are_masked(folder: Path) -> None:
    assert "银行卡号" not in rows_of(book_of(folder), "结算")[0]
    give_account(folder)
    people = {one["姓名"]: one for one in rows_of(book_of(folder), "结算")}
    assert (people["骆清荷"]["银行卡号"], people["贺春来"]["银行卡号"]) == ("********0123", None)
    shown = {one["姓名"]: one["银行卡号"] for one in rows_of(book_of(folder, "--unmasked"), "结算")}
    assert shown["骆清荷"] == ACCOUNT


@pytest.mark.parametrize("account", ["6222021234567890123", "6222-0212-3456", "1234", "12", "6222 0212 3456 7890 123"])
def test_of_an_account_at_most_the_last_four_signs_are_shown(account: str) -> None:
    shown = masked_account(account)
    assert shown.startswith("********")
    assert len(shown.strip("*")) <= 4
    assert account not in shown


def test_every_line_about_money_has_its_clause_and_the_readings_that_it_rests_on_and_no_others(folder: Path) -> None:
    lines = rows_of(book_of(folder), "依据")
    of = {(one["谁"], one["事项"], one["结果"]): one for one in lines}
    assert (
        of["骆清荷（妇产科）", "考勤", "57/61 93.4% √"]["口径"] == "应出勤=工作日"
    )  # no leave: 批准的假 decides nothing
    assert of["桑榆晚（眼科）", "考勤", "48/60 80.0% √"]["口径"] is None  # 应出勤 is the roster's own
    assert of["骆清荷（妇产科）", "发放", "待发"]["依据"] == "四（四）"
    charge = next(one for one in lines if one["谁"] == "桑榆晚（眼科）" and one["事项"] == "处罚")
    assert (charge["金额"], charge["依据"], charge["口径"]) == (200, "三（六）", "召回处罚=各处一份")
    departments = rows_of(book_of(folder), "科室奖惩")
    shared = next(one for one in departments if one["科室"] == "急诊科" and one["事项"] == "奖励")
    assert (shared["奖励"], shared["口径"]) == (461.54, "科室奖励=按人数、换人归属=按天数")


def test_the_year_has_every_batch_beside_the_sums(folder: Path) -> None:
    rows = rows_of(book_of(folder), "科室汇总2024")
    by_name = {one["科室"]: tuple(one.values())[1:] for one in rows}
    assert by_name["儿科"] == (0, 2000, 1000, 500, 1000, 2500, -1500)
    assert by_name["合计"] == (3000, 2000, 3000, 700, 6000, 2700, 3300)


def test_every_tab_prints_on_a4_across_with_its_header_fast_and_nothing_is_a_formula(folder: Path) -> None:
    for page in book_of(folder):
        assert (page.page_setup.paperSize, page.page_setup.orientation) == (9, "landscape")
        assert page.freeze_panes in {"B2", "C2"}
        assert page.print_title_rows == "$1:$1"
        assert page.print_area.endswith(f"${page.max_row}")
        assert {cell.data_type for row in page.iter_rows() for cell in row} <= {"s", "n", "d"}


@pytest.mark.parametrize("text", ["=1+1", "+cmd|' /C calc'!A0", "@SUM(A1)", "-2+3", "http://example.org", "{=1}"])
def test_text_from_people_is_never_a_formula_or_a_link(text: str) -> None:
    columns = (Column("姓名", ColumnKind.TEXT), Column("实得", ColumnKind.MONEY))
    tab = Tab(Sheet("结算", columns, ((text, 132001),)), ("合计", 132001), ("制表：",), signed=True)
    page = openpyxl.load_workbook(io.BytesIO(settlement_xlsx("结算", {"结算": tab})))["结算"]
    assert (page["A2"].data_type, page["A2"].value, page["A2"].hyperlink) == ("s", text, None)
    assert (page["B2"].value, page["B2"].number_format) == (1320.01, "#,##0.00")
    assert text_rows(tab) == [["姓名", "实得"], [text, "1320.01"], ["合计", "1320.01"]]


def test_csv_holds_the_people_with_the_sums_and_opens_in_excel(folder: Path) -> None:
    assert run(("考核", "--batch", "2024-1", "-o", "结算.csv")) == 0
    data = (folder / "结算.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert [(one["姓名"], one["实得"]) for one in rows] == [
        ("贺春来", "1320.00"),
        ("骆清荷", "880.00"),
        ("齐沐阳", "440.00"),
        ("3 人", "2640.00"),
    ]


def test_the_same_input_gives_the_same_bytes_and_a_file_that_is_there_is_kept(folder: Path) -> None:
    assert run(("考核", "-o", "甲.xlsx")) == 0
    assert run(("考核", "-o", "乙.xlsx")) == 0
    assert (folder / "甲.xlsx").read_bytes() == (folder / "乙.xlsx").read_bytes()
    assert run(("考核", "-o", "甲.xlsx")) == 2
    assert run(("考核", "-o", "甲.docx")) == 2


def test_what_was_approved_says_so_with_its_day_and_what_would_differ(folder: Path) -> None:
    assert run(("考核", "--approve", "--batch", "2024-1", "--approved-on", "2024-04-10")) == 0
    roster = (folder / "roster.csv").read_bytes().decode()
    (folder / "roster.csv").write_bytes(roster.replace(",5,,11,57,,", ",5,,11,40,,").encode())
    book = book_of(folder)
    people = {one["姓名"]: one for one in rows_of(book, "结算")}
    assert (people["骆清荷"]["实得"], str(people["骆清荷"]["核定"])[:10]) == (880, "2024-04-10")
    assert people["桑榆晚"]["核定"] is None
    told = [one["说明"] for one in rows_of(book, "依据") if str(one["事项"]).startswith("核定")]
    assert "核定的是 880，现在算出来是 440，以核定的为准" in told
    assert "57 → 40" in told


def test_the_screen_shows_the_departments_over_the_year(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert folder.is_dir()
    assert run(("考核", "--departments")) == 0
    out = capsys.readouterr().out
    assert (
        "2024年（元）\n"
        " 科室      第1批   第2批    奖励    处罚    净额\n"
        " 外科      +1,000  —        1,000   0       1,000\n"
    ) in out
    assert " 合计      1,000   2,300    6,000   -2,700  3,300\n" in out


def test_json_stays_alone_on_stdout_when_a_file_is_written_too(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(("考核", "--format", "json", "-o", "结算.xlsx")) == 0
    told = capsys.readouterr()
    assert told.out.startswith("{")
    assert told.out.endswith("}\n")
    assert "已写 结算.xlsx: 7 人" in told.err
    assert (folder / "结算.xlsx").is_file()


def test_other_readings_of_one_batch_speak_of_that_batch_alone(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert folder.is_dir()
    assert run(("考核", "--batch", "2024-1", "--readings")) == 0
    told = capsys.readouterr().out.split("换一种口径", 1)[1]
    assert "妇产科" in told
    assert "眼科" not in told
