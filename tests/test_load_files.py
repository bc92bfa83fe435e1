"""Files: encodings, failures as findings, what is shown as a file's name, and how far a path may lead."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaxiang.load.files import PLAN_NAMES, Reader, builtin, decode, find_plan, read_bytes
from xiaxiang.model.diagnostic import Diagnostic
from xiaxiang.model.position import Position

TEXT = "计划名称: 甲县人民医院\n人员: 张三、李四\n"
AT = Position("plan.yaml", 3, 4, 9)


def reader_of(folder: Path, *, allow_outside: bool = False) -> Reader:
    return Reader(root=folder, here=folder, allow_outside=allow_outside)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "gb2312"])
@pytest.mark.parametrize("times", [1, 50, 1000])
def test_the_usual_encodings_read_the_same(encoding: str, times: int) -> None:
    text, findings = decode((TEXT * times).encode(encoding), "a.csv")

    assert text == TEXT * times
    assert [one.code for one in findings] == ([] if encoding.startswith("utf") else ["read-as-gb18030"])


def test_a_character_outside_the_basic_plane_survives_gb18030() -> None:
    assert decode("𠮷".encode("gb18030") + b"\n", "a")[0] == "𠮷\n"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (TEXT.encode("utf-16"), "utf-16"),
        (TEXT.encode("utf-16-le"), "utf-16"),
        (TEXT.encode("utf-16-be"), "utf-16"),
        (TEXT.encode() + b"\0", "not-text"),
        (TEXT.encode("gb18030") + b"\0\0", "not-text"),
        (b"\xfe\xff\x00a", "utf-16"),
        (b"abc\nd\0e", "not-text"),
        (b"abc\n\xff\xff\xff", "bad-encoding"),
    ],
)
def test_other_encodings_are_refused_in_plain_words(data: bytes, code: str) -> None:
    text, findings = decode(data, "a.csv")

    assert text is None
    assert [one.code for one in findings] == [code]
    assert "UTF-8" in findings[0].hint


@pytest.mark.parametrize(("name", "word"), [("名册.csv", "另存为 .xlsx 或“CSV UTF-8"), ("plan.yaml", "编码选 UTF-8")])
def test_a_utf_16_file_is_told_how_to_be_saved_again_in_the_program_that_made_it(name: str, word: str) -> None:
    for encoding in ("utf-16", "utf-16-le", "utf-16-be"):
        (found,) = decode("姓名\t科室\r\n张三\t内科\r\n".encode(encoding), name)[1]
        assert "UTF-16（Excel 的“Unicode 文本”就是这一种）" in found.message
        assert word in found.hint


def test_every_kind_of_line_end_becomes_one() -> None:
    assert decode(b"a\r\nb\rc\n", "x")[0] == "a\nb\nc\n"


@given(st.binary(max_size=200))
def test_any_bytes_are_text_or_a_finding(data: bytes) -> None:
    text, findings = decode(data, "x")

    assert (text is None) == any(one.is_error for one in findings)


def test_what_cannot_be_read_is_a_finding_at_the_place_that_names_it(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to("loop")
    paths = [tmp_path / "没有", tmp_path, tmp_path / ("长" * 300), tmp_path / "a\0b", tmp_path / "loop"]
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe")
        paths.append(tmp_path / "pipe")

    for path in paths:
        found = read_bytes(path, "x", AT)
        assert isinstance(found, Diagnostic)
        assert (found.code, found.position) == ("cannot-read", AT)


def test_a_file_beyond_the_limit_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"12345")

    assert read_bytes(tmp_path / "a", "a", limit=5) == b"12345"
    found = read_bytes(tmp_path / "a", "a", limit=4)
    assert isinstance(found, Diagnostic)
    assert found.code == "too-large"


def test_names_are_shown_as_the_user_would_type_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reader = reader_of(tmp_path)
    monkeypatch.chdir(tmp_path)

    assert reader.shown(tmp_path / "甲" / "plan.yaml") == "甲/plan.yaml"
    assert reader.shown(Path("甲/./plan.yaml")) == "甲/plan.yaml"
    assert reader.shown(Path("../乙/plan.yaml")) == "../乙/plan.yaml"


def test_a_path_may_not_leave_the_workspace_not_even_through_a_link(tmp_path: Path) -> None:
    inside = tmp_path / "工作"
    inside.mkdir()
    (tmp_path / "外面.csv").write_text("x", encoding="utf-8")
    (inside / "链接.csv").symlink_to(tmp_path / "外面.csv")
    reader = reader_of(inside)

    assert reader.beside(inside, "人员.csv", AT) == inside / "人员.csv"
    assert reader.beside(inside, "数据\\人员.csv", AT) == inside / "数据/人员.csv"
    for name in ("../外面.csv", str(tmp_path / "外面.csv"), "链接.csv", "a\0b.csv"):
        assert reader.beside(inside, name, AT) is None
    assert [one.code for one in reader.findings] == ["path-outside"] * 4
    assert reader_of(inside, allow_outside=True).beside(inside, "../外面.csv", AT) is not None


@pytest.mark.parametrize("name", [*PLAN_NAMES, "Plan.yaml"])
def test_a_plan_is_found_under_its_usual_names(tmp_path: Path, name: str) -> None:
    (tmp_path / "别的.yaml").touch()
    assert find_plan(tmp_path) is None
    (tmp_path / name).touch()

    assert find_plan(tmp_path) == tmp_path / name
    assert find_plan(tmp_path / "没有") is None


def test_built_in_data_are_found() -> None:
    assert (builtin("plans") / "职称.yaml").is_file()
    assert builtin("templates").name == "templates"
