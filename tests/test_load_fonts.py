from __future__ import annotations

import struct
import sys
from typing import TYPE_CHECKING

import pytest

from xiaxiang.load.fonts import font_folders, installed_faces

if TYPE_CHECKING:
    from pathlib import Path

WINDOWS, MAC, CHINESE, FAMILY, COPYRIGHT = 3, 1, 0x804, 1, 0


def names(*records: tuple[int, int, bytes]) -> bytes:
    """Return a `name` table of (platform, name id, text)."""
    texts = b""
    entries = b""
    for platform, name, text in records:
        entries += struct.pack(">6H", platform, 1, CHINESE, name, len(text), len(texts))
        texts += text
    return struct.pack(">HHH", 0, len(records), 6 + len(entries)) + entries + texts


def face(table: bytes, start: int = 0) -> bytes:
    """Return a font of one table besides its names, as it stands at `start` of a file."""
    offset = start + 12 + 2 * 16
    directory = struct.pack(">4sLLL", b"cmap", 0, offset, 0) + struct.pack(">4sLLL", b"name", 0, offset, len(table))
    return struct.pack(">LH6x", 0x00010000, 2) + directory + table


SONG = names((WINDOWS, COPYRIGHT, "某字库".encode("utf-16-be")), (WINDOWS, FAMILY, "宋体".encode("utf-16-be")))
LATIN = names((MAC, FAMILY, b"SimSun"), (WINDOWS, FAMILY, "SimSun".encode("utf-16-be")))


def test_a_font_is_known_by_the_name_it_gives_itself_in_chinese(tmp_path: Path) -> None:
    (tmp_path / "win").mkdir()
    (tmp_path / "win" / "simsun.TTF").write_bytes(face(SONG))
    assert installed_faces([tmp_path]) == {"宋体"}


def test_every_face_of_a_collection_is_known(tmp_path: Path) -> None:
    head = struct.calcsize(">4sLLLL")
    first = face(SONG, head)
    data = struct.pack(">4sLLLL", b"ttcf", 0x00010000, 2, head, head + len(first)) + first
    (tmp_path / "simsun.ttc").write_bytes(data + face(LATIN, head + len(first)))
    assert installed_faces([tmp_path]) == {"宋体", "SimSun"}


@pytest.mark.parametrize("length", [0, 3, 11, 40, 60, 70])
def test_a_broken_font_and_a_folder_that_is_not_there_are_passed_over(tmp_path: Path, length: int) -> None:
    (tmp_path / "whole.otf").write_bytes(face(LATIN))
    (tmp_path / "torn.ttf").write_bytes(face(SONG)[:length])
    (tmp_path / "notes.txt").write_bytes(face(SONG))
    assert installed_faces([tmp_path, tmp_path / "nowhere"]) == {"SimSun"}


def test_a_font_that_promises_a_great_many_faces_does_not_keep_anybody_waiting(tmp_path: Path) -> None:
    (tmp_path / "bomb.ttc").write_bytes(struct.pack(">4sLL", b"ttcf", 0x00010000, 0xFFFFFFFF) + b"\0" * 1000)
    assert installed_faces([tmp_path]) == frozenset()


def test_windows_keeps_fonts_for_everybody_and_for_oneself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setenv("WINDIR", "D:/Windows")
    monkeypatch.setenv("LOCALAPPDATA", "D:/own")
    assert [path.as_posix() for path in font_folders()] == ["D:/Windows/Fonts", "D:/own/Microsoft/Windows/Fonts"]


def test_linux_keeps_them_where_fontconfig_looks(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert font_folders()[0].as_posix() == "/usr/share/fonts"
    assert tmp_path / "fonts" in font_folders()
