"""File names that every system takes, made from whatever people are called."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Container

NAMELESS: Final = "未命名"
LONGEST_NAME: Final = 200
"""Bytes in UTF-8, extension included: file systems take 255, and a temporary file's name is a little longer."""

_FORBIDDEN: Final = frozenset('<>:"/\\|?*')
_DEVICES: Final = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in "123456789¹²³")}
)
# Cc control, Cf format (bidi marks, zero width), Cs surrogates, Co private use, Cn unassigned, Zl and Zp line breaks.
_UNPRINTABLE: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def safe_name(text: str, extension: str = "") -> str:
    """Return `text` as one file name ending in `extension` (".docx"): no folder, no device, nothing invisible."""
    # NFC: a Mac and a Windows machine must see one file, not two that look alike.
    visible = "".join(char for char in unicodedata.normalize("NFC", text) if not _is_unprintable(char))
    stem = "".join("_" if char in _FORBIDDEN else " " if char.isspace() else char for char in visible)
    # Windows drops dots and spaces at the end; a dot in front hides the file elsewhere.
    stem = _cut(" ".join(stem.split()).strip(". "), LONGEST_NAME - len(extension.encode())).rstrip(". ")
    if not stem:
        stem = NAMELESS
    if stem.partition(".")[0].strip().lower() in _DEVICES:
        stem = f"_{stem}"
    return stem + extension


def free_name(text: str, extension: str, taken: Container[str]) -> str:
    """Return a safe name whose `folded` form is not in `taken`, numbered （2）, （3）… where need be."""
    name, number = safe_name(text, extension), 1
    while folded(name) in taken:
        number += 1
        suffix = f"（{number}）{extension}"
        name = safe_name(_cut(text, LONGEST_NAME - len(suffix.encode())), "") + suffix
    return name


def folded(name: str) -> str:
    """Return the form under which names collide where upper and lower case are one (Windows, macOS)."""
    return unicodedata.normalize("NFC", name).casefold()


def _is_unprintable(char: str) -> bool:
    return unicodedata.category(char) in _UNPRINTABLE and not char.isspace()


def _cut(text: str, size: int) -> str:
    """Return as much of `text` as fits into `size` bytes of UTF-8, whole characters only."""
    return text.encode(errors="ignore")[:size].decode(errors="ignore")
