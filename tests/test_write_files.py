from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from xiaxiang.write import files
from xiaxiang.write.errors import FileKeptError, LinkRefusedError, WorldError
from xiaxiang.write.files import write_file, write_files


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_new_file_holds_the_bytes_and_nothing_else_is_left(tmp_path: Path) -> None:
    write_file(tmp_path / "out" / "2024" / "通知.docx", b"new")
    assert (tmp_path / "out" / "2024" / "通知.docx").read_bytes() == b"new"
    assert names_in(tmp_path / "out" / "2024") == ["通知.docx"]


def test_a_new_file_has_the_rights_that_other_new_files_have(tmp_path: Path) -> None:
    (tmp_path / "usual").touch()
    write_file(tmp_path / "ours", b"")
    assert stat.S_IMODE((tmp_path / "ours").stat().st_mode) == stat.S_IMODE((tmp_path / "usual").stat().st_mode)


def test_an_existing_file_stays_and_none_of_the_others_is_written(tmp_path: Path) -> None:
    (tmp_path / "b").write_bytes(b"old")
    with pytest.raises(FileKeptError, match="已有 b"):
        write_files({tmp_path / "a": b"new", tmp_path / "b": b"new"})
    assert names_in(tmp_path) == ["b"]
    assert (tmp_path / "b").read_bytes() == b"old"


def test_with_force_the_old_file_stays_as_bak(tmp_path: Path) -> None:
    for content in (b"one", b"two", b"three"):
        write_file(tmp_path / "a.docx", content, force=True)
    assert names_in(tmp_path) == ["a.docx", "a.docx.bak"]
    assert (tmp_path / "a.docx").read_bytes() == b"three"
    assert (tmp_path / "a.docx.bak").read_bytes() == b"two"


@pytest.fixture
def victim(tmp_path: Path) -> Path:
    victim = tmp_path / "elsewhere" / "victim"
    victim.parent.mkdir()
    victim.write_bytes(b"precious")
    return victim


@pytest.mark.parametrize("force", [False, True])
@pytest.mark.parametrize("kind", ["file", "dangling", "folder", "link to link", "itself"])
def test_nothing_is_ever_written_through_a_link(tmp_path: Path, victim: Path, kind: str, *, force: bool) -> None:
    target = tmp_path / "out"
    if kind == "file":
        target.symlink_to(victim)
    elif kind == "dangling":
        target.symlink_to(tmp_path / "elsewhere" / "not there")
    elif kind == "folder":
        target.symlink_to(victim.parent)
        target /= "victim"
    elif kind == "link to link":
        (tmp_path / "middle").symlink_to(victim)
        target.symlink_to(tmp_path / "middle")
    else:
        target.symlink_to(target)
    with pytest.raises(LinkRefusedError, match="链接"):
        write_file(target, b"new", force=force)
    assert victim.read_bytes() == b"precious"
    assert names_in(victim.parent) == ["victim"]


@pytest.mark.parametrize("name", ["a.bak", f".a.{os.getpid()}.tmp"])
def test_a_link_in_place_of_our_own_side_files_leads_nowhere(tmp_path: Path, victim: Path, name: str) -> None:
    (tmp_path / "a").write_bytes(b"old")
    (tmp_path / name).symlink_to(victim)
    write_file(tmp_path / "a", b"new", force=True)
    assert victim.read_bytes() == b"precious"
    assert (tmp_path / "a").read_bytes() == b"new"
    assert (tmp_path / "a.bak").read_bytes() == b"old"


def test_a_file_that_has_a_second_name_is_replaced_and_the_other_name_keeps_the_old_bytes(
    tmp_path: Path, victim: Path
) -> None:
    (tmp_path / "a").hardlink_to(victim)
    write_file(tmp_path / "a", b"new", force=True)
    assert victim.read_bytes() == b"precious"


@pytest.mark.parametrize(
    ("number", "words"),
    [(errno.ENOSPC, "磁盘满了"), (errno.EACCES, "Word"), (errno.EROFS, "没有权限"), (errno.EIO, "没有写入")],
)
def test_when_the_world_fails_the_old_file_is_intact_and_the_reason_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, words: str
) -> None:
    def fail(_path: Path, _data: bytes) -> None:
        raise OSError(number, os.strerror(number))

    (tmp_path / "a.docx").write_bytes(b"old")
    monkeypatch.setattr(files, "_write_new", fail)
    with pytest.raises(WorldError, match=words):
        write_file(tmp_path / "a.docx", b"new", force=True)
    assert names_in(tmp_path) == ["a.docx"]
    assert (tmp_path / "a.docx").read_bytes() == b"old"


def test_a_file_that_is_open_in_word_keeps_its_bytes_and_leaves_no_temporary_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Path, target: Path) -> Path:
        raise PermissionError(errno.EACCES, f"{self} {target}")

    (tmp_path / "a.docx").write_bytes(b"old")
    monkeypatch.setattr(files, "_keep_old", lambda _path: None)
    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(WorldError, match="关掉再运行"):
        write_file(tmp_path / "a.docx", b"new", force=True)
    assert names_in(tmp_path) == ["a.docx"]


def test_a_file_in_place_of_the_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "out").write_bytes(b"")
    with pytest.raises(WorldError, match="不是文件夹"):
        write_file(tmp_path / "out" / "a.docx", b"")


def test_a_folder_in_place_of_the_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    with pytest.raises(WorldError, match="是一个文件夹"):
        write_file(tmp_path / "out", b"", force=True)
