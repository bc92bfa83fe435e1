"""The one place where files of users are read: bytes → text, with every failure a diagnostic, never a traceback."""

from __future__ import annotations

import codecs
import gc
import os
import re
import stat
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from xiaxiang.model.diagnostic import Diagnostic, error, note
from xiaxiang.model.position import Position

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date

SIZE_LIMIT: Final = 32 * 1024 * 1024
"""Bytes of one file. A plan of 100,000 people takes half of it; more is a mistake or an attack."""

PLAN_NAMES: Final = tuple(
    stem + ending for ending in (".yaml", ".yml", ".yaml.txt", ".yml.txt") for stem in ("plan", "计划")
)
PUBLISHED_FOLDER: Final = "published"
APPROVED_FOLDER: Final = "approved"
"""Where the batches lie that were announced, beside their plan."""
UTF_8_MARK: Final = b"\xef\xbb\xbf"
_UTF_16_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")
_SAMPLE: Final = 4096  # bytes, enough to see how a text is written
_MANY: Final = 3  # of so many bytes, one is a NUL
_MOSTLY: Final = 0.98  # of the characters of a text are usual ones
_USUAL: Final = re.compile(r"[\t\r\n -~\u3000-\u9fff\uff01-\uff5e]")
_TABLE_ENDINGS: Final = (".csv", ".tsv")
_LINE_END: Final = re.compile(rb"\r\n|\n|\r")
_PLAIN_ENDINGS: Final = frozenset({".yaml", ".yml", ".txt"})
_SAVE_AGAIN: Final = "用记事本打开，选“另存为”，编码选 UTF-8，保存后再试"
_SAVE_TABLE_AGAIN: Final = "用 Excel 或 WPS 打开，另存为 .xlsx 或“CSV UTF-8（逗号分隔）”，再试"

UNREADABLE: Final = frozenset({"cannot-read", "too-large", "bad-encoding", "utf-16", "not-text", "bad-excel"})
"""The codes that say that a file as a whole could not be read."""


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Let no garbage be collected meanwhile: a tree of a million nodes has no cycles, and looking takes seconds."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def start_of(file: str) -> Position:
    """Return the place of a finding about a file as a whole."""
    return Position(file, 1, 1, 1)


def read_bytes(path: Path, file: str, at: Position | None = None, limit: int = SIZE_LIMIT) -> bytes | Diagnostic:
    """Return the bytes of `path`, or why they cannot be had.

    `file` is its name as users know it; `at` is the place that names it, where a file does.
    """
    at = at or start_of(file)
    try:
        mode = path.stat().st_mode
        if stat.S_ISREG(mode):
            with path.open("rb") as stream:
                data = stream.read(limit + 1)
        else:
            what = "是文件夹，不是文件" if stat.S_ISDIR(mode) else "不是普通文件"
            return _cannot(at, f"“{file}”{what}", "写到文件名为止，例如 plan.yaml")
    except FileNotFoundError:
        return _cannot(at, f"找不到文件“{file}”", "检查文件名和所在的文件夹")
    except PermissionError:
        return _cannot(at, f"没有权限读“{file}”", "检查文件的权限，或先关闭正在使用它的程序")
    except (OSError, ValueError):  # a name that is too long, a loop of links, a NUL in the name, a broken disk …
        return _cannot(at, f"读不了“{file}”", "检查文件名是否正确，文件是否完好")
    if len(data) > limit:
        megabytes = limit // (1024 * 1024)
        return error("too-large", f"“{file}”超过 {megabytes} MB", "拆成几个文件，或检查是不是选错了文件", at)
    return data


def _cannot(at: Position, message: str, hint: str) -> Diagnostic:
    return error("cannot-read", message, hint, at)


def decode(data: bytes, file: str) -> tuple[str | None, tuple[Diagnostic, ...]]:
    """Return the text of `data`, its lines ended by LF only; None with an error where it is no text.

    Strict UTF-8 (with or without a mark) first, else strict GB18030, which holds GBK and GB2312, with a note.
    """
    if problem := no_text(data, file):
        return None, (problem,)
    findings: tuple[Diagnostic, ...] = ()
    try:
        text = data.removeprefix(UTF_8_MARK).decode("utf-8")
    except UnicodeDecodeError as bad_utf_8:
        try:
            text = data.decode("gb18030")
        except UnicodeDecodeError:
            return None, (unknown_encoding(file, data.count(b"\n", 0, bad_utf_8.start) + 1),)
        findings = (other_encoding(file),)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text, findings


def no_text(data: bytes, file: str, line: int = 1) -> Diagnostic | None:
    """Return the error where these bytes (of a file from `line` on) are UTF-16 or hold a NUL; None for others."""
    if data.startswith(_UTF_16_MARKS) or (b"\0" in data and _looks_like_utf_16(data)):
        message = f"“{file}”的编码是 UTF-16（Excel 的“Unicode 文本”就是这一种），本程序不读"
        is_table = file.lower().endswith(_TABLE_ENDINGS)
        return error("utf-16", message, _SAVE_TABLE_AGAIN if is_table else _SAVE_AGAIN, start_of(file))
    if b"\0" not in data:
        return None
    line += data.count(b"\n", 0, data.index(b"\0"))
    hint = "检查是不是选错了文件；是文字的话，用记事本打开，另存为 UTF-8 编码"
    return error("not-text", f"“{file}”不是文本文件（里面有文字以外的内容）", hint, Position(file, line, 1, 1))


def _looks_like_utf_16(data: bytes) -> bool:
    """Whether bytes without a mark are UTF-16: no UTF-8 (or half NULs, as ASCII is then) and all usual signs."""
    sample = data[: min(len(data), _SAMPLE) // 2 * 2]
    if sample.count(0) * _MANY < len(sample) and _is_utf_8(sample):
        return False
    texts = (sample.decode(codec, errors="replace") for codec in ("utf-16-le", "utf-16-be"))
    return any(text and len(_USUAL.findall(text)) >= _MOSTLY * len(text) for text in texts)


def _is_utf_8(sample: bytes) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)  # a character that the sample cuts in two is no mistake
    except UnicodeDecodeError:
        return False
    return True


def unknown_encoding(file: str, line: int) -> Diagnostic:
    """Return the error that the bytes of a line are neither UTF-8 nor GB18030."""
    message = f"“{file}”的编码认不出来：既不是 UTF-8，也不是 GB18030（GBK、GB2312）"
    hint = f"{_SAVE_AGAIN}；打开就是乱码的话，文件已经坏了，请对方重发"
    return error("bad-encoding", message, hint, Position(file, line, 1, 1))


def other_encoding(file: str) -> Diagnostic:
    """Return the note that a file was read as GB18030."""
    message = f"“{file}”按 GB18030（GBK、GB2312）编码读取"
    return note("read-as-gb18030", message, "文字正常就不用管；想去掉这条说明，另存为 UTF-8", start_of(file))


def mixed_line_ends(data: bytes, file: str) -> Iterator[Diagnostic]:
    """Yield a note where the lines of a text end in more than one way, at the first that differs from line 1.

    Not for CSV: Excel ends rows with CRLF and lines within a cell with LF.
    """
    if b"\r" not in data:
        return
    both = data.count(b"\r\n")
    if sum(bool(count) for count in (both, data.count(b"\n") - both, data.count(b"\r") - both)) > 1:
        ends = [match.group() for match in _LINE_END.finditer(data)]
        line = next(number for number, end in enumerate(ends, 1) if end != ends[0])
        message = "从这一行起，换行符和前面的不一样（Windows 和别的系统各一种），不影响读取"
        yield note("mixed-line-ends", message, "不用管；想统一，用记事本打开后另存一次", Position(file, line, 1, 1))


@dataclass(slots=True)
class Reader:
    """One run's gate to the files of users: what was read, what was found, and how far a path may lead.

    `root` is the folder that no path may leave unless `allow_outside`; `here` is the folder against which
    names are shown, as the user would type them. `texts` keeps every text read, for excerpts. `is_handover`
    is known once the policy is: Excel makes days of batches' names, and a handover could be meant. `staged` are
    contents that are to be written, by shown name: they are read instead, so that the checks come first.
    """

    root: Path
    here: Path
    allow_outside: bool = False
    texts: dict[str, str] = field(default_factory=dict)
    findings: list[Diagnostic] = field(default_factory=list)
    is_handover: Callable[[date], bool] = field(default=lambda _: False)
    staged: Mapping[str, bytes] = field(default_factory=dict)

    def report(self, *findings: Diagnostic) -> None:
        """Keep findings for the end of the run."""
        self.findings.extend(findings)

    def shown(self, path: Path) -> str:
        """Return the name of a file as the user would type it: from the current folder, never absolute inside it."""
        try:
            return Path(os.path.normpath(path.absolute())).relative_to(self.here.absolute()).as_posix()
        except ValueError:
            return path.as_posix()

    def leave_out_since(self, mark: int, left_out: str) -> None:
        """Say of every error found since `mark` (a length of `findings`) what the result does without."""
        since = self.findings[mark:]
        self.findings[mark:] = [replace(one, left_out=left_out) if one.is_error else one for one in since]

    def bytes_of(self, path: Path, at: Position | None = None) -> bytes | None:
        """Return the bytes of a file, or None where a finding (at the place that names the file) says why not."""
        if (staged := self.staged.get(self.shown(path))) is not None:
            return staged
        data = read_bytes(path, self.shown(path), at)
        if isinstance(data, Diagnostic):
            self.report(data)
            return None
        return data

    def text_of(self, path: Path, at: Position | None = None) -> str | None:
        """Return the text of a file, or None where a finding (at the place that names the file) says why not."""
        data = self.bytes_of(path, at)
        if data is None:
            return None
        text, findings = decode(data, self.shown(path))
        self.report(*findings)
        if text is not None and path.suffix.lower() in _PLAIN_ENDINGS:
            self.report(*mixed_line_ends(data, self.shown(path)))
        if text is not None:
            self.texts[self.shown(path)] = text
        return text

    def beside(self, folder: Path, name: str, position: Position) -> Path | None:
        """Return the path that `name`, written in a file of `folder`, means; None where it leads out of the workspace.

        Links are followed before the question is asked: a link inside the folder does not open what is outside.
        """
        path = folder / name.strip().replace("\\", "/")
        if self.allow_outside:
            return path
        try:
            inside = path.resolve().is_relative_to(self.root.resolve())
        except (OSError, ValueError, RuntimeError):  # a NUL in the name, a loop of links
            inside = False
        if inside:
            return path
        message = f"“{name}”不在工作文件夹里"
        self.report(error("path-outside", message, "把文件放进工作文件夹；确实要读，加 --allow-outside", position))
        return None


def builtin(kind: Literal["plans", "templates"]) -> Path:
    """Return the folder of built-in data: inside the package where it is installed, at the root in a checkout."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "_data" / kind
    return installed if installed.is_dir() else package.parents[1] / kind


def find_plan(folder: Path) -> Path | None:
    """Return the plan in `folder` under any of its usual names (Notepad's plan.yaml.txt too), or None."""
    try:
        present: Mapping[str, Path] = {path.name.lower(): path for path in sorted(folder.iterdir(), reverse=True)}
    except OSError:
        return None
    return next((present[name] for name in PLAN_NAMES if name in present), None)
