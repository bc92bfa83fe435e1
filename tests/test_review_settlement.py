"""What the next command says after a settlement, and that nothing asked for is passed over in silence."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import openpyxl
import pytest

from xiaxiang.cli.app import run
from xiaxiang.model.scalar import display_width

EXAMPLE = Path(__file__).parents[1] / "examples" / "county-hospital"
APPROVE = ("考核", "--approve", "--batch", "2024-1", "--approved-on", "2024-04-10")
OTHER = "名册 7月.csv"
RECORDS = "姓名,日期,类型\n贺春来,2024-01-09,授课\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("plan.yaml", "变动登记.yaml", "roster.csv"):
        shutil.copy(EXAMPLE / name, tmp_path / name)
    shutil.copy(EXAMPLE / "roster.csv", tmp_path / OTHER)
    (tmp_path / "records.csv").write_text(RECORDS, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def said(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """Return what stands on stdout after a call that went well."""
    capsys.readouterr()
    assert run(words) == 0
    return capsys.readouterr().out


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8-sig")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_the_next_step_is_about_the_same_roster_and_batch(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert (folder / OTHER).is_file()
    same = f'xiaxiang 考核 "{OTHER}"'
    screen = said(capsys, "考核", OTHER, "--batch", "2024-1")
    assert f"{same} --batch 2024-1 --explain\n" in screen
    assert f"{same} --batch 2024-1 -o 结算.xlsx\n" in screen
    assert f'xiaxiang 出文 补助发放表 --roster "{OTHER}" --batch 2024-1 -o 补助发放表.docx\n' in screen
    assert f"{same} --approve --batch 2024-1\n" in said(capsys, "考核", OTHER, "-o", "结算.xlsx")
    assert f"{same} --approve --batch 2024-1\n" in said(capsys, "考核", OTHER, "--approve")
    assert f"{same} --batch 2024-1 -o 结算.xlsx\n" in said(capsys, *APPROVE[:1], OTHER, *APPROVE[1:])


def test_what_records_say_is_approved_with_the_records_before_a_paper(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert (folder / "records.csv").is_file()
    screen = said(capsys, "考核", "--batch", "2024-1", "--records", "records.csv")
    assert "xiaxiang 考核 --records records.csv --batch 2024-1 --approve\n" in screen
    assert "出文" not in screen
    approved = said(capsys, *APPROVE, "--records", "records.csv")
    assert "xiaxiang 出文 补助发放表 --batch 2024-1 -o 补助发放表.docx\n" in approved
    assert "xiaxiang 考核 --records records.csv --batch 2024-1 -o 结算.xlsx\n" in approved


@pytest.mark.parametrize(
    ("words", "what"),
    [
        ((*APPROVE, "-o", "结算.xlsx"), "-o"),
        ((*APPROVE, "--person", "骆清荷"), "--person"),
        (("考核", "roster.csv", "--policy", "继续医学教育学分办法", "--approve"), "--approve"),
        (("考核", "roster.csv", "--policy", "继续医学教育学分办法", "--batch", "2024-1"), "--batch"),
        (("考核", "--history", "没有.csv"), "--history"),
        (("考核", "--person", "骆清荷", "-o", "结算.xlsx"), "-o"),
        (("考核", "--person", "骆清荷", "--departments"), "--departments"),
    ],
)
def test_an_option_that_would_be_passed_over_is_refused(
    words: tuple[str, ...], what: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {path.name for path in folder.iterdir()}
    assert run(words) == 2
    assert what in capsys.readouterr().err.split("\n")[0]
    assert {path.name for path in folder.iterdir()} == before


def test_one_person_alone_adds_up_and_is_told_nobody_elses_figures(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said(capsys, *APPROVE)
    change(folder / "roster.csv", ",5,,11,57,,", ",5,,11,40,,")
    change(folder / "roster.csv", ",3,,7,52,,", ",3,,7,40,,")
    found = json.loads(said(capsys, "考核", "--person", "骆清荷", "--format", "json"))
    only = found["people"][0]
    assert [found["totals"][name] for name in ("people", "due", "deducted", "paid", "department_net")] == [
        1,
        only["allowance"]["due"],
        only["allowance"]["deducted"],
        only["allowance"]["paid"],
        "0.00",
    ]
    assert [(one["batch"], one["totals"]) for one in found["batches"]] == [("2024-1", found["totals"])]
    differing = found["batches"][0]["approval"]["differences"]
    assert {one["person"] for one in differing} == {"骆清荷"}


def test_what_was_edited_fits_the_screen_however_long_it_is(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said(capsys, *APPROVE)
    change(folder / "roster.csv", "2024-03-04、2024-03-08,5", "2024-03-04,4")
    screen = said(capsys, "考核", "--batch", "2024-1")
    assert "改动: 名册 骆清荷（妇产科） 授课日期" in screen
    assert max(map(display_width, screen.split("\n"))) <= 80


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("未完成: 2, 应发", "未完成: 1, 应发"),
        ("数值: 7, 要求: 8, 完成: 否, 依据", "数值: 7, 要求: 8, 完成: 是, 依据"),
    ],
    ids=["the number of unmet items", "one of the items"],
)
def test_a_verdict_changed_by_hand_in_an_approval_is_found(
    old: str, new: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said(capsys, *APPROVE)
    change(folder / "approved" / "2024-1.yaml", old, new)
    assert run(["考核", "--batch", "2024-1", "--format", "json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert "approved-sums" in [one["code"] for one in found["diagnostics"]]
    assert [one["allowance"] for one in found["people"]] == [None, None, None]


def test_where_an_approval_is_damaged_its_people_are_waited_for_each_once(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said(capsys, *APPROVE)
    change(folder / "approved" / "2024-1.yaml", "核定日期: 2024-04-10", "核定日期: 2024-13-10")
    assert run(["考核", "--batch", "2024-1"]) == 1
    assert "科室: 外科 1 人待补 · 妇产科 1 人待补 · 儿科 待补 · 骨科 1 人待补\n" in capsys.readouterr().out
    assert run(["考核", "--batch", "2024-1", "--departments"]) == 1
    waiting = capsys.readouterr().out.split("待补: ")[1].split("\n\n")[0].replace("\n      ", "")
    names = "贺春来（外科）、骆清荷（妇产科）、这一批的核定文件读不了，金额不出、齐沐阳（骨科）"
    assert waiting == f"{names}；奖励还没有计入"


COLUMNS = ("建卡", "应建卡", "发证", "应发证", "卡证相符", "查对卡证", "0岁组接种", "0岁组应种")
PERIODS = "单位,派驻开始,派驻结束,考核总分,政府补助,绩效工资补助,职务补助"


def test_a_table_of_many_items_fits_the_screen_in_several_tables(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    header = ",".join(("单位", "年度", *(f"{name}人数" for name in COLUMNS)))
    (folder / "表.csv").write_text(f"{header}\n甲站,2024,{','.join(['98'] * len(COLUMNS))}\n", encoding="utf-8")
    run(["考核", "表.csv", "--policy", "社区卫生服务站计划免疫方案"])
    screen = capsys.readouterr().out
    assert max(map(display_width, screen.split("\n"))) <= 80
    tables = [lines.split("\n") for lines in screen.split("\n\n") if lines.startswith(" 单位 ")]
    assert len(tables) > 1
    assert all(any(line.startswith(" 甲站 ") for line in lines) for lines in tables)
    assert "建卡率" in screen
    assert "麻腮风" in screen


def test_the_settlement_of_a_table_goes_into_the_file_and_its_sum_to_the_screen(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = ("甲院,2014-01-01,2014-06-30,80,0,1000,0", "甲院,2014-07-01,2014-12-31,,0,1000,0")
    (folder / "表.csv").write_text("\n".join((PERIODS, *rows)), encoding="utf-8")
    screen = said(capsys, "考核", "表.csv", "--policy", "乡镇卫生院绩效考核办法", "-o", "结算.xlsx")
    assert screen == "已写 结算.xlsx: 2 行，1 行待补没有计入，实付合计 1,000 元（壹仟元整）\n"


def test_a_header_of_two_lines_has_room_for_both(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said(capsys, "考核", "-o", "结算.xlsx")
    book = openpyxl.load_workbook(folder / "结算.xlsx")
    header = book["科室汇总2024"]
    assert header["B1"].value == "第1批\n奖励"
    assert header.row_dimensions[1].height == 2 * header.sheet_format.defaultRowHeight
