"""Why a file was not written: one exception per reason, its text a Chinese sentence that says what to do."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

_FULL: Final = frozenset({errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)})
_FORBIDDEN: Final = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_OPEN_ELSEWHERE: Final = frozenset({32, 33})  # Windows: ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION


class WriteError(Exception):
    """A file was not written; whatever stood there before is untouched."""


class FileKeptError(WriteError):
    """The file exists and nobody said --force: the call is wrong, not the world."""


class LinkRefusedError(WriteError):
    """The file or its folder is a link: writing there would change something else."""


class WorldError(WriteError):
    """The machine said no: no permission, the file is open elsewhere, the disk is full."""


def kept(paths: list[Path]) -> FileKeptError:
    """Return the refusal to overwrite `paths` (at least one)."""
    names = "、".join(path.name for path in paths)
    return FileKeptError(f"已有 {names}，没有改动任何文件。要覆盖加 --force（原文件留作 .bak），或换一个位置")


def refused_link(path: Path) -> LinkRefusedError:
    """Return the refusal to write through a link."""
    return LinkRefusedError(f"{path} 是一个链接，为免改动别处的文件，没有写入。请写真实的位置")


def world_error(path: Path, problem: OSError) -> WorldError:
    """Return what stopped the writing of `path`, in words."""
    open_elsewhere = getattr(problem, "winerror", None) in _OPEN_ELSEWHERE
    cases = (
        (problem.errno in _FULL, f"磁盘满了，{path.name} 没有写入。腾出空间，或换一个位置，再运行一次"),
        (
            open_elsewhere or (isinstance(problem, PermissionError) and path.is_file()),
            (
                f"{path.name} 写不进去，原文件没有改动。可能正在 Word、WPS 或 Excel 里打开：关掉再运行；"
                "没有打开就是没有写入权限，换一个位置"
            ),
        ),
        (problem.errno in _FORBIDDEN, f"没有权限写入文件夹 {path.parent}。换一个位置再运行"),
        (
            isinstance(problem, (NotADirectoryError, FileExistsError)),
            f"{path.parent} 不是文件夹，不能在里面写 {path.name}。换一个位置再运行",
        ),
        (isinstance(problem, IsADirectoryError), f"{path} 是一个文件夹，不能写成文件。换一个文件名再运行"),
        (
            isinstance(problem, FileNotFoundError),
            f"文件夹 {path.parent} 不在或不能新建，{path.name} 没有写入。换一个位置再运行",
        ),
        # The system's own words are English; the number is what somebody who helps can look up.
        (True, f"{path.name} 没有写入（系统错误 {problem.errno}）。换一个位置再运行"),
    )
    return WorldError(next(text for holds, text in cases if holds))
