"""Putting bytes on disk: whole or not at all, never over a file that somebody wants to keep, never through a link."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING, Final

from xiaxiang.write.errors import kept, refused_link, world_error

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

BACKUP: Final = ".bak"
_NEW_FILE: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


def write_file(path: Path, data: bytes, *, force: bool = False) -> None:
    """Write one file: see `write_files`."""
    write_files({path: data}, force=force)


def write_files(contents: Mapping[Path, bytes], *, force: bool = False) -> None:
    """Write several files, each whole or not at all; folders are made as needed.

    Nothing is written where any of them exists and `force` is not given; with it the old file stays as `.bak`.
    Raises WriteError (FileKeptError, LinkRefusedError, WorldError).
    """
    check_targets(contents, force=force)
    for path, data in contents.items():
        try:
            _replace(path, data)
        except OSError as problem:
            raise world_error(path, problem) from problem


def check_targets(paths: Iterable[Path], *, force: bool = False) -> None:
    """Raise what `write_files` would raise for files that exist or are links, before any work is done."""
    existing = []
    for path in paths:
        if link := next((place for place in (path, path.parent) if place.is_symlink()), None):
            raise refused_link(link)
        if path.exists():
            existing.append(path)
    if existing and not force:
        raise kept(existing)


def _replace(path: Path, data: bytes) -> None:
    """Write beside the target, flush, then move into place: a crash leaves the old file or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        _write_new(fresh, data)
        if path.exists():
            _keep_old(path)
        fresh.replace(path)
    finally:
        with contextlib.suppress(OSError):
            fresh.unlink(missing_ok=True)
    _flush_folder(path.parent)


def _write_new(path: Path, data: bytes) -> None:
    path.unlink(missing_ok=True)  # left behind by a process of the same number that was killed
    with os.fdopen(os.open(path, _NEW_FILE, 0o666), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _keep_old(path: Path) -> None:
    """Copy the old file to `.bak` by the same road, so that the target itself is never missing."""
    backup = path.with_name(path.name + BACKUP)
    fresh = path.with_name(f".{backup.name}.{os.getpid()}.tmp")
    try:
        _write_new(fresh, path.read_bytes())
        fresh.replace(backup)
    finally:
        with contextlib.suppress(OSError):
            fresh.unlink(missing_ok=True)


def _flush_folder(folder: Path) -> None:
    """Make the new name durable where the system can (Windows cannot open a folder)."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
