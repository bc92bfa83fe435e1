"""A small workbook that unpacks to a mountain is refused in time, in little memory, in plain words."""

from __future__ import annotations

import io
import struct
import subprocess
import sys
import zipfile
from functools import cache
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pytest
import xlsxwriter

from xiaxiang.load.excel import read_sheet
from xiaxiang.load.excel_limits import BrokenError, TooLargeError, measure
from xiaxiang.load.files import Reader

if TYPE_CHECKING:
    from collections.abc import Callable

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
MEGABYTE = 1024 * 1024
PEAK = Path("/proc/self/status")


def packed(rows: str = '<row r="1"><c r="A1"><v>1</v></c></row>', **parts: str) -> bytes:
    """Return the parts of a workbook that are counted, with others of any name."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", f"<workbook {MAIN}><workbookPr/></workbook>")
        archive.writestr("xl/worksheets/sheet1.xml", f"<worksheet {MAIN}><sheetData>{rows}</sheetData></worksheet>")
        for name, text in parts.items():
            archive.writestr(f"xl/{name}.xml", text)
    return data.getvalue()


@cache
def gigabyte() -> bytes:
    data = io.BytesIO(packed())
    with (
        zipfile.ZipFile(data, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("xl/a.xml", "w") as part,
    ):
        for _ in range(1024):
            part.write(b"0" * MEGABYTE)
    return data.getvalue()


@cache
def lying() -> bytes:
    """Return a workbook whose directory says that its largest part is small."""
    size = 200 * MEGABYTE
    data = packed(a="0" * size)
    assert data.count(struct.pack("<I", size)) == 2
    return data.replace(struct.pack("<I", size), struct.pack("<I", 100))


def shared() -> bytes:
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 10_001))
    return packed(rows, sharedStrings=f"<sst {MAIN}><si><t>{'x' * MEGABYTE}</t></si></sst>")


STRAY = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
BOMBS: dict[str, Callable[[], bytes]] = {
    "gigabyte": gigabyte,
    "lying": lying,
    "stray": lambda: packed(STRAY),
    "stray in other quotes": lambda: packed(STRAY.replace('"', "'")),
    "stray in another namespace": lambda: packed(STRAY.replace("<", "<x:").replace("<x:/", "</x:")),
    "cells without places": lambda: packed(("<row>" + "<c><v>1</v></c>" * 200 + "</row>") * 5_100),
    "one text many times": shared,
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_not_opened(name: str) -> None:
    with pytest.raises((TooLargeError, BrokenError)):
        measure(BOMBS[name]())


@pytest.mark.skipif(not PEAK.exists(), reason="reads the peak of memory from Linux's /proc")
@pytest.mark.parametrize("name", ["gigabyte", "stray", "lying"])
def test_a_bomb_is_refused_within_two_seconds_and_two_hundred_megabytes(tmp_path: Path, name: str) -> None:
    (tmp_path / "名册.xlsx").write_bytes(BOMBS[name]())
    script = (
        "import re, time\nfrom pathlib import Path\n"
        "from xiaxiang.load.excel import read_sheet\nfrom xiaxiang.load.files import Reader\n"
        "reader = Reader(Path(), Path())\nassert read_sheet(reader, Path('名册.xlsx')) is None\n"
        f"print(time.process_time(), re.search(r'VmHWM:\\s*(\\d+)', Path('{PEAK}').read_text())[1])\n"
        "print(reader.findings[0].message)\n"
    )
    call = [sys.executable, "-X", "utf8", "-c", script]
    done = subprocess.run(call, cwd=tmp_path, capture_output=True, check=False, encoding="utf-8")
    assert done.stderr == ""
    figures, message = done.stdout.splitlines()
    seconds, kilobytes = figures.split()
    assert (float(seconds) <= 2, int(kilobytes) <= 200 * 1024) == (True, True), figures
    assert message.startswith("“名册.xlsx”")


def test_empty_cells_far_out_are_formatting_and_do_no_harm() -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1" s="1"/></row><row r="1048576"><c r="A1048576" s="1"/></row>'
    assert measure(packed(rows)).sheets == 1


def test_the_epoch_of_1904_is_seen() -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("xl/workbook.xml", f'<workbook {MAIN}><workbookPr date1904="1"/></workbook>')
    assert measure(data.getvalue()).from_1904


def test_entities_are_refused() -> None:
    with pytest.raises(BrokenError):
        measure(packed(a=f'<!DOCTYPE worksheet [<!ENTITY a "b">]><worksheet {MAIN}>&a;</worksheet>'))


@pytest.mark.parametrize("data", [b"", b"PK", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, b"<html></html>"])
def test_what_is_no_workbook_is_said_to_be_none(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.xls").write_bytes(data)
    reader = Reader(tmp_path, tmp_path)
    assert read_sheet(reader, tmp_path / "a.xls") is None
    assert [one.code for one in reader.findings] == ["bad-excel"]


def test_mutated_workbooks_are_read_or_explained(tmp_path: Path) -> None:
    random = Random(5)
    whole = io.BytesIO()
    book = xlsxwriter.Workbook(whole, {"in_memory": True})
    page = book.add_worksheet("a")
    page.merge_range("A1:C1", "花名册")
    for row in range(1, 30):
        page.write_row(row, 0, ("张三", "内科", row) if row > 1 else ("姓名", "科室", "数"))
    book.close()
    refused = 0
    for _ in range(200):
        data = bytearray(whole.getvalue())
        for _ in range(random.choice((1, 3, 30))):
            data[random.randrange(len(data))] = random.randrange(256)
        (tmp_path / "a.xlsx").write_bytes(data[: random.choice((len(data), random.randrange(len(data))))])
        reader = Reader(tmp_path, tmp_path)
        sheet = read_sheet(reader, tmp_path / "a.xlsx")
        refused += sheet is None
        assert (sheet is None) == any(one.is_error for one in reader.findings)
    assert 20 < refused < 200
