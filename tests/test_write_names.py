from __future__ import annotations

import unicodedata
from pathlib import PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaxiang.write.names import LONGEST_NAME, NAMELESS, folded, free_name, safe_name


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("张三", "张三.docx"),
        ("../../etc/passwd", "_.._etc_passwd.docx"),
        ("..", f"{NAMELESS}.docx"),
        ("", f"{NAMELESS}.docx"),
        ("  \t\n ", f"{NAMELESS}.docx"),
        ("CON", "_CON.docx"),
        ("nul.txt", "_nul.txt.docx"),
        ("com¹", "_com¹.docx"),
        ("结尾有点. . .", "结尾有点.docx"),
        (".隐藏", "隐藏.docx"),
        ("甲/乙\\丙:丁", "甲_乙_丙_丁.docx"),
        ('<问>?*|"', "_问_____.docx"),
        ("倒着\u202e写xcod", "倒着写xcod.docx"),
        ("零\u200b宽\u2066字", "零宽字.docx"),
        ("换\n行\x00空\x1b[31m", "换 行空[31m.docx"),
        ("阿依古丽·买买提", "阿依古丽·买买提.docx"),
        ("𠮷野", "𠮷野.docx"),
        ("e\u0301", "é.docx"),
        ("\ud800坏", "坏.docx"),
    ],
)
def test_a_name_becomes_a_file_name_that_every_system_takes(text: str, expected: str) -> None:
    assert safe_name(text, ".docx") == expected


def test_a_long_name_is_cut_at_a_whole_character_and_keeps_its_extension() -> None:
    name = safe_name("字" * 300, ".docx")
    assert name == "字" * ((LONGEST_NAME - len(".docx")) // 3) + ".docx"


@given(st.text(max_size=120))
def test_no_text_whatsoever_leaves_its_folder_or_hides(text: str) -> None:
    name = safe_name(text, ".docx")
    assert PurePosixPath(name).name == name
    assert PureWindowsPath(name).name == name
    assert not name.startswith(".")
    assert name == name.rstrip(". ")
    assert len(name.encode()) <= LONGEST_NAME + 1  # a device's name gets one character in front
    assert all(unicodedata.category(char) not in {"Cc", "Cf", "Cs"} for char in name)


def test_names_that_would_fall_together_are_numbered() -> None:
    taken: set[str] = set()
    names = []
    for text in ("王五", "王五", "A", "a", "王五"):
        name = free_name(text, ".docx", taken)
        taken.add(folded(name))
        names.append(name)
    assert names == ["王五.docx", "王五（2）.docx", "A.docx", "a（2）.docx", "王五（3）.docx"]
