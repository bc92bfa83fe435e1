"""How the documents come out on paper, as LibreOffice sets them. The faces are absent on most machines and are
replaced; Han characters are one em wide in any of them, so lines and pages can be counted all the same."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from typing import TYPE_CHECKING

import documents_support as made
import pytest

from xiaxiang.model.document import Document, Paragraph
from xiaxiang.render.docx import docx

if TYPE_CHECKING:
    from pathlib import Path

MM_PER_POINT = 25.4 / 72
LINE = re.compile(r'<line xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</line>', re.DOTALL)
WORD = re.compile(r">([^<]+)</word>")

pytestmark = [
    pytest.mark.libreoffice,
    pytest.mark.skipif(
        not (shutil.which("soffice") and shutil.which("pdftotext")), reason="LibreOffice or pdftotext is absent"
    ),
]


def long_notice() -> Document:
    text = "派驻人员应当按照规定的时间到岗并且完成规定的任务" * 20
    document = made.document("dispatch-notice")
    return replace(document, blocks=(Paragraph("一、要求"), *(Paragraph(text) for _ in range(5))))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with every kind, and a long notice, as PDF: LibreOffice is started once."""
    place = tmp_path_factory.mktemp("look")
    papers = {kind: made.document(kind) for kind in made.REQUESTS} | {"long": long_notice()}
    for name, document in papers.items():
        (place / f"{name}.docx").write_bytes(docx(document))
    profile = f"-env:UserInstallation={(place / 'profile').as_uri()}"
    files = [str(place / f"{name}.docx") for name in papers]
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(place), *files],
        check=True,
        capture_output=True,
        timeout=300,
    )
    return place


def pages(folder: Path, name: str) -> list[list[tuple[float, float, str]]]:
    """Per page its lines: left edge and top in mm, text."""
    shown = subprocess.run(
        ["pdftotext", "-bbox-layout", str(folder / f"{name}.pdf"), "-"], check=True, capture_output=True
    ).stdout.decode()
    return [
        [
            (float(one[1]) * MM_PER_POINT, float(one[2]) * MM_PER_POINT, "".join(WORD.findall(one[5])))
            for one in LINE.finditer(page)
        ]
        for page in shown.split("<page ")[1:]
    ]


def test_a_page_has_twenty_two_lines_of_twenty_eight_characters(folder: Path) -> None:
    second = pages(folder, "long")[1]
    lines = [text for _, _, text in second if not text.startswith("—")]
    assert len(lines) == 22
    assert max(map(len, lines)) == 28


def test_text_begins_at_the_edge_of_the_page_that_the_standard_gives(folder: Path) -> None:
    left, top, _ = pages(folder, "long")[1][0]
    assert abs(left - 28) <= 1
    assert abs(top - 37) <= 4  # the top of the line's box, which is higher than the glyph


def test_page_numbers_stand_outside_and_below_the_text(folder: Path) -> None:
    numbers = [page[-1] for page in pages(folder, "long")[:2]]
    assert [text for _, _, text in numbers] == ["—1—", "—2—"]
    (odd, low, _), (even, _, _) = numbers
    assert odd > 150
    assert even < 40
    assert low > 262


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("dispatch-notice", 3),
        ("rotation-table", 1),
        ("quality-bulletin", 2),
        ("allowance-sheet", 1),
        ("service-certificate", 1),
    ],
)
def test_each_kind_takes_as_many_pages_as_it_should(folder: Path, kind: str, expected: int) -> None:
    assert len(pages(folder, kind)) == expected


def test_the_signature_never_stands_alone(folder: Path) -> None:
    for kind in ("dispatch-notice", "quality-bulletin", "assessment-circular"):
        for page in pages(folder, kind):
            texts = [text for _, _, text in page]
            signed = [place for place, text in enumerate(texts) if re.fullmatch(r"\d{4}年\d+月\d+日", text)]
            assert all(place > 1 for place in signed), kind
