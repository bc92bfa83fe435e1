"""A sheet to type into: text stays text, days are days, and the same input gives the same bytes."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from xiaxiang.model.sheet import Column, ColumnKind, Sheet, cell_index, sheet_line
from xiaxiang.render.xlsx_sheet import CHOICES, xlsx_bytes

HOSTILE = "=cmd|' /C calc'!A0"


def sheet() -> Sheet:
    columns = (
        Column("姓名", ColumnKind.TEXT, "照名单写", ("张三", HOSTILE)),
        Column("工号", ColumnKind.TEXT),
        Column("派驻开始", ColumnKind.DAY),
        Column("授课日期", ColumnKind.DAYS, "用“；”隔开"),
        Column("授课次数", ColumnKind.COUNT),
        Column("应出勤天数", ColumnKind.NUMBER),
    )
    rows = (("张三", "0012", date(2024, 1, 2), None, None, 61), (HOSTILE, "", date(2024, 1, 2), None, None, None))
    return Sheet("2024年第1批 A&B 名册", columns, rows)


def page() -> openpyxl.worksheet.worksheet.Worksheet:
    return openpyxl.load_workbook(io.BytesIO(xlsx_bytes(sheet()))).worksheets[0]


def test_names_and_codes_are_text_and_nothing_is_a_formula() -> None:
    cells = list(page().iter_rows(min_row=2, values_only=True))
    assert [row[:2] for row in cells] == [("张三", "0012"), (HOSTILE, None)]
    data = xlsx_bytes(sheet())
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        assert not any(b"<f>" in packed.read(name) for name in packed.namelist() if "worksheets/sheet" in name)
    formats = [page().cell(2, column).number_format for column in range(1, 7)]
    assert formats == ["@", "@", "yyyy-mm-dd", "@", "0", "General"]


def test_it_is_ready_to_type_into_and_to_print() -> None:
    one = page()
    assert (one.freeze_panes, one.page_setup.paperSize, one.page_setup.orientation) == ("B2", 9, "landscape")
    assert (one.print_area, one.print_title_rows) == ("'名册'!$A$1:$F$3", "$1:$1")
    assert [cell.comment.text if cell.comment else "" for cell in one[1]] == ["照名单写", "", "", "用“；”隔开", "", ""]
    rules = {str(rule.sqref).split(":")[0]: (rule.type, rule.formula1) for rule in one.data_validations.dataValidation}
    assert rules["A2"] == ("list", f"{CHOICES}!$A$2:$A$3")
    assert (rules["C2"][0], rules["E2"], rules["F2"]) == ("date", ("whole", "0"), ("decimal", "0"))
    widths = [one.column_dimensions[letter].width for letter in "ABCDEF"]
    assert all(8 <= width <= 45 for width in widths)
    assert widths[0] > widths[1]


def test_the_same_sheet_gives_the_same_bytes_on_any_day_in_any_place(tmp_path: Path) -> None:
    script = (
        "import sys, hashlib; sys.path.insert(0, sys.argv[1])\nfrom test_render_xlsx_sheet import sheet\n"
        "from xiaxiang.render.xlsx_sheet import xlsx_bytes\nprint(hashlib.sha256(xlsx_bytes(sheet())).hexdigest())\n"
    )
    hashes = set()
    for seed, zone in (("1", "Asia/Shanghai"), ("2", "America/New_York")):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone}
        call = [sys.executable, "-c", script, str(Path(__file__).parent)]
        done = subprocess.run(call, cwd=tmp_path, env=environment, capture_output=True, check=True, text=True)
        hashes.add(done.stdout)
    assert len(hashes) == 1


@pytest.mark.parametrize("texts", [["a", "", "b"], ["", "", ""], ["x | y", "|", ""], ["|", "||", "张三"]])
def test_every_cell_of_a_shown_row_is_found_again(texts: list[str]) -> None:
    line, column = sheet_line(texts), 1
    for index, text in enumerate(texts):
        assert cell_index(line, column) == index
        column += len(text) + 3
