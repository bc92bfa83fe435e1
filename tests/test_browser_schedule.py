"""The page of a schedule in a real browser: a cell is clicked and gives its reasons, a name is found, nothing is asked.

Needs Chromium (`apt-get install chromium`, or XIAXIANG_CHROMIUM=path); XIAXIANG_PICTURES=folder keeps what it saw.
"""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from chromium import Page, installed

from xiaxiang.cli.app import run

if TYPE_CHECKING:
    from collections.abc import Iterator

EXAMPLE = Path(__file__).parents[1] / "examples" / "county-hospital"
WIDE, PHONE = 1280, 360
BROWSER = installed()
PICTURES = os.environ.get("XIAXIANG_PICTURES", "")

pytestmark = pytest.mark.skipif(BROWSER is None, reason="Chromium is absent")

ROWS = (
    "[...document.querySelectorAll('.timeline tbody tr')].filter(row => !row.hidden).map(row => row.cells[0].innerText)"
)
DIALOG = "document.getElementById('why').open"
REASONS = "document.getElementById('why-body').innerText"


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("desk") / "下乡"
    shutil.copytree(EXAMPLE, folder)
    page = folder / "轮换表.html"
    assert run(["schedule", "--plan", str(folder / "plan.yaml"), "--year", "2024", "-o", str(page)]) == 0
    return page


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    assert BROWSER
    page = Page(BROWSER, tmp_path_factory.mktemp("profile"))
    yield page
    page.close()


@pytest.fixture
def page(browser: Page, file: Path) -> Iterator[Page]:
    """The page in a wide window; whatever is done with it, it asks for nothing and complains of nothing."""
    browser.open(file, WIDE)
    yield browser
    assert browser.requests == [file.as_uri()]
    assert browser.complaints == []


def keep(name: str, data: bytes) -> None:
    if PICTURES:
        Path(PICTURES).mkdir(parents=True, exist_ok=True)
        Path(PICTURES, name).write_bytes(data)


def test_a_click_on_a_cell_shows_its_reasons_with_their_clauses(page: Page) -> None:
    page.click('.timeline a[href="#p-2024-3-2"]')
    keep("wide-reasons.png", page.picture())
    assert page.see(DIALOG) is True
    lines = str(page.see(REASONS)).split("\n")
    assert lines[0] == "放射科 计如松（主管技师）"
    assert "2024年第3批，7月1日 至 10月7日" in lines
    assert any(line.startswith("中医科 褚半夏 因骨折不能成行") and "三（四）" in line for line in lines)


def test_a_department_that_stayed_says_why(page: Page) -> None:
    page.click(".timeline a.refused")
    assert "四（六）" in page.see(REASONS)


@pytest.mark.parametrize("key", ["Enter", " "])
def test_the_keyboard_alone_walks_opens_and_closes(page: Page, key: str) -> None:
    page.see("document.querySelector('.timeline a').focus()")
    first = page.see("document.activeElement.getAttribute('href')")
    page.press("ArrowDown")
    page.press("ArrowDown")
    assert page.see("document.activeElement.getAttribute('href')") != first
    page.press(key)
    assert page.see(DIALOG) is True
    page.press("Escape")
    assert page.see(DIALOG) is False
    assert page.see("document.activeElement.matches('.timeline a')") is True


def test_searching_for_a_person_leaves_the_departments_that_send_them(page: Page) -> None:
    everyone = page.see(ROWS)
    page.click("#find")
    page.write("路平川")
    assert page.see(ROWS) == ["急诊科"]
    assert page.see("document.getElementById('found').innerText") == "1 个科室，1 段派驻"
    assert page.see("document.querySelectorAll('.hit').length") == 1
    page.press("Escape")
    assert page.see(ROWS) == everyone
    assert len(everyone) == 12


def test_searching_for_a_department_and_for_nobody(page: Page) -> None:
    page.click("#find")
    page.write("骨 科")
    assert page.see(ROWS) == ["骨科"]
    page.write("某某")
    assert page.see(ROWS) == []
    assert page.see("document.getElementById('found').innerText") == "没有找到，换一个名字试试"


def test_an_address_with_a_cell_opens_at_its_reasons(page: Page, file: Path) -> None:
    page.ask("Page.navigate", url=f"{file.as_uri()}#p-2024-1-1")
    page.see("location.reload()")
    page.loaded = False
    while not page.loaded:
        page.hear()
    assert str(page.see(REASONS)).startswith("外科 贺春来")
    page.requests[:] = [file.as_uri()]


@pytest.mark.parametrize("width", [WIDE, PHONE])
def test_nothing_hangs_over_the_edge_of_the_window(page: Page, file: Path, width: int) -> None:
    page.open(file, width)
    keep(f"page-{width}.png", page.picture())
    assert page.see("document.documentElement.scrollWidth") == width
    assert page.see("[...document.querySelectorAll('.timeline .cell')].every(one => one.offsetWidth > 40)") is True
    page.click(".timeline a")
    keep(f"reasons-{width}.png", page.picture())
    assert page.see("document.getElementById('why').getBoundingClientRect().right") == width


def test_the_print_is_a4_across_and_carries_no_search_box(page: Page) -> None:
    paper = page.paper()
    keep("page.pdf", paper)
    assert paper.startswith(b"%PDF")
    page.ask("Emulation.setEmulatedMedia", media="print")
    assert page.see("getComputedStyle(document.querySelector('.search')).display") == "none"
    page.ask("Emulation.setEmulatedMedia", media="")
    boxes = set(re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", paper))
    assert {(round(float(width)), round(float(height))) for width, height in boxes} <= {(842, 595), (841, 595)}
