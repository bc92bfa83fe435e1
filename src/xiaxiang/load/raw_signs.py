"""The signs that an input method puts where YAML needs another, and what a slip with one of them is called."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST_LINE: Final = 5_000
"""Characters. No clerk writes such a line; a machine that does makes no slips."""

WIDE_COLONS: Final = "：﹕∶"
WIDE_DASHES: Final = "－—–−‐﹣"
WIDE_OPENING: Final = {"｛": "{", "［": "[", "【": "["}
WIDE_CLOSING: Final = {"｝": "{", "］": "[", "】": "["}
CLOSING: Final = {"{": "}", "[": "]"}

WIDE_SPACES: Final = "\u2000-\u200a\u3000"
HARD_SPACES: Final = "\u00a0\u202f\u205f"
ZERO_WIDTH: Final = "\u200b-\u200f\u2060"
DIRECTIONS: Final = "\u202a-\u202e\u2066-\u2069"
CONTROLS: Final = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f"
MARK: Final = "\ufeff"
BLANKS: Final = rf" \t{WIDE_SPACES}{HARD_SPACES}{ZERO_WIDTH}{DIRECTIONS}{CONTROLS}{MARK}"
"""For a character class: everything that looks like nothing."""

WORD: Final = r"[^\s:：﹕∶，,。；;！？!?（）()\[\]{}｛｝［］【】“”\"'#＃、《》|>&*@`%" + f"{BLANKS}]{{1,20}}"

_CODES: Final = (
    (re.compile(r"\t"), "tab-indent"),
    (re.compile(f"[{WIDE_SPACES}]"), "wide-space"),
    (re.compile(f"[{HARD_SPACES}]"), "no-break-space"),
    (re.compile(MARK), "mark-inside"),
    (re.compile(f"[{ZERO_WIDTH}{DIRECTIONS}]"), "zero-width"),
    (re.compile(f"[{CONTROLS}]"), "control-character"),
)

MESSAGES: Final[dict[str, tuple[str, str]]] = {
    "tab-indent": ("缩进用了制表符（Tab）", "缩进只用空格，每层两个"),
    "wide-space": ("这里的空格是全角的", "换成半角空格"),
    "no-break-space": ("这里是不间断空格，看着像空格，其实不是", "删去它，重新按空格键"),
    "zero-width": ("这里有一个看不见的字符", "删去它，重新输入这一处"),
    "mark-inside": ("这里有一个看不见的文件标记（BOM），多半是拼接文件时带进来的", "删去它，重新输入这一处"),
    "control-character": ("这里有一个控制字符，看不见", "删去它，重新输入这一处"),
    "full-width-colon": ("用了全角冒号“：”，这里要用半角冒号加一个空格“: ”", ""),
    "full-width-dash": ("列表项前用了全角横线，这里要用半角“-”加一个空格", ""),
    "full-width-quote": ("用了中文引号“ ”，这里要用半角引号", ""),
    "full-width-brace": ("用了全角花括号“｛｝”，这里要用半角“{ }”", ""),
    "full-width-bracket": ("用了全角方括号，这里要用半角“[ ]”", ""),
    "full-width-comma": ("用了全角逗号“，”，这里要用半角逗号“, ”", ""),
    "full-width-hash": ("用了全角井号“＃”，说明前要用半角“#”", ""),
    "no-space-after-colon": ("冒号后面少了空格", ""),
    "no-space-after-dash": ("“-”后面少了空格", ""),
}
"""Code → what is wrong, and what to do; where that is empty the corrected line is shown."""

TRAP_CODES: Final = frozenset(MESSAGES)
"""The codes of slips that are healed for the parser. A file that has one is not computed with until it is healed."""


@dataclass(slots=True)
class Trap:
    """One slip: a span of line `line` (0-based, as its columns are) and the edits that heal it.

    `is_sure` says that nothing else can have been meant; `code` is "" where nobody need be told.
    """

    code: str
    line: int
    start: int
    end: int
    edits: list[tuple[int, int, str]] = field(default_factory=list)
    is_sure: bool = True


_ZERO_WIDTH: Final = re.compile(f"[{ZERO_WIDTH}{DIRECTIONS}]")
_JOINERS: Final = "\u200c\u200d"  # inside a word they are part of some scripts


def hidden_in(text: str, line: int, begin: int, end: int) -> Iterator[Trap]:
    """Yield the characters without a width in a stretch of plain text."""
    for match in _ZERO_WIDTH.finditer(text, begin, end):
        at = match.start()
        if not (match.group() in _JOINERS and begin < at < end - 1):
            yield Trap("zero-width", line, at, at + 1, [(at, at + 1, "")])


def each_of(*ranges: str) -> Iterator[str]:
    """Yield every character of some parts of a character class (`a-c` is a, b, c)."""
    for written in ranges:
        for first, _, last in re.findall(r"(.)(-(.))?", written, re.DOTALL):
            yield from map(chr, range(ord(first), ord(last or first) + 1))


def blank_code(blanks: str) -> str:
    """Return the code of a run of blanks that is not spaces only, by the first kind that is in it; else ""."""
    if not blanks.strip(" "):
        return ""
    return next((code for pattern, code in _CODES if pattern.search(blanks)), "")
