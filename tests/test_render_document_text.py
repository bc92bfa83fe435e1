"""Each kind as text beside tests/golden/<kind>.txt. After a wanted change:

XIAXIANG_UPDATE_EXPECTED=1 python -m pytest -q tests/test_render_document_text.py && git diff tests/golden
"""

from __future__ import annotations

import os
from pathlib import Path

import documents_support as made
import pytest

from xiaxiang.model.document import Document, Paragraph
from xiaxiang.render.document_text import body_text, document_text

GOLDEN = Path(__file__).parent / "golden"
UPDATE = "XIAXIANG_UPDATE_EXPECTED"


@pytest.mark.parametrize("kind", made.REQUESTS)
def test_each_kind_reads_as_it_did(kind: str) -> None:
    shown = document_text(made.document(kind))
    file = GOLDEN / f"{kind}.txt"
    if os.environ.get(UPDATE):
        GOLDEN.mkdir(exist_ok=True)
        file.write_text(shown, encoding="utf-8", newline="\n")
    assert shown == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", made.REQUESTS)
def test_a_draft_says_so_and_names_what_was_left_out(kind: str) -> None:
    shown = document_text(made.document(kind, "变动登记第 3 条（后延）", "名册第 7 行"))
    assert shown.startswith("【草稿】\n")
    assert "（草稿：没有计入变动登记第 3 条（后延）、名册第 7 行，改好后重新出文）" in shown
    assert "草稿" not in document_text(made.document(kind))


def test_a_document_without_a_number_says_that_one_is_to_come() -> None:
    first = made.document("dispatch-notice", request=made.Request("dispatch-notice", made.FIRST))
    assert "〔2023〕　号（待编号）\n" in document_text(first)


def test_the_bulletin_can_be_pasted_as_paragraphs() -> None:
    shown = body_text(made.document("quality-bulletin"))
    assert "质控动态" not in shown
    assert shown.startswith("　　根据《卫生下乡工作制度》三（四），现将2024年3月")


def test_what_a_terminal_would_obey_is_shown_by_its_number() -> None:
    hostile = made.replace(made.document("quality-bulletin"), blocks=(Paragraph("张\x1b[31m三\u202e"),))
    assert isinstance(hostile, Document)
    assert body_text(hostile) == "　　张<U+001B>[31m三<U+202E>\n"
