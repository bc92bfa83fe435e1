"""A look at the raw lines where YAML cannot be read: the input method's usual traps, each by its own name.

Only what stands near the parser's error is looked at; a look at the whole text can begin here too.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from xiaxiang.model.diagnostic import Diagnostic, error
from xiaxiang.model.position import Position

if TYPE_CHECKING:
    from collections.abc import Sequence

_WIDE_COLON: Final = re.compile(r"[ 　]*(?:- +)?[^\s:：\"'#，,。；\[{（(]{1,20}(?P<at>：)")
_NO_SPACE: Final = re.compile(r"[ 　]*(?:- +)?[^\s:：\"'#，,。；\[{/（(]{1,20}(?P<at>:)(?=[^\s:/])")
_TAB: Final = re.compile(r" *(?P<at>\t+)")

_TRAPS: Final = (
    (_TAB, "tab-indent", "缩进用了制表符（Tab）", "换成空格，每层两个"),
    (_WIDE_COLON, "full-width-colon", "用了全角冒号“：”", "换成半角冒号加一个空格，例如  姓名: 张三"),
    (_NO_SPACE, "no-space-after-colon", "冒号后面少了空格", "冒号后加一个空格，例如  姓名: 张三"),
)


def trap_in(line: str, number: int, file: str) -> Diagnostic | None:
    """Return the trap that line `number` (1-based) falls into, or None."""
    for pattern, code, message, hint in _TRAPS:
        if match := pattern.match(line):
            return error(code, message, hint, Position(file, number, match.start("at") + 1, match.end("at") + 1))
    return None


def cause_near(lines: Sequence[str], first: int, last: int, file: str) -> Diagnostic | None:
    """Return the trap nearest to where the parser stopped: lines `first` to `last` (0-based), last first.

    The line before is looked at too: a key that the parser could not see makes the next line its continuation.
    """
    for index in range(min(last, len(lines) - 1), max(first - 2, last - 20, -1), -1):
        if cause := trap_in(lines[index], index + 1, file):
            return cause
    return None
