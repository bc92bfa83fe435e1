"""A look at the raw text before the YAML parser: the input method's usual traps, each by its own name.

What the look finds is healed for the parser, so that it goes on to what else is wrong; positions stay those of
the text as it was written. `heal` makes the same edits in a file.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Final

from xiaxiang.load.raw_signs import (
    BLANKS,
    CONTROLS,
    DIRECTIONS,
    HARD_SPACES,
    LONGEST_LINE,
    MARK,
    MESSAGES,
    WIDE_COLONS,
    WIDE_DASHES,
    WIDE_SPACES,
    WORD,
    ZERO_WIDTH,
    Trap,
    each_of,
)
from xiaxiang.model.diagnostic import Diagnostic, error
from xiaxiang.model.position import Position

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_SIGNS: Final = "：﹕∶＃｛［｝］“”【" + "".join(
    each_of(HARD_SPACES, WIDE_SPACES, ZERO_WIDTH, DIRECTIONS, CONTROLS, MARK)
)
# In a plan without any of these signs only half-width ones can stand wrongly. The first sign of each pattern is plain
# text, which the search finds at the speed of memory: nobody should pay for the slips of others.
_TIGHT: Final = (
    re.compile(r":(?=[^\s,\]}/\\])"),
    re.compile(r"\n *(?:- +)*(?:-(?=[^\s\-.0-9])|[—–−‐﹣－])"),
    re.compile(r"\n *(?:- +)*\t"),
    re.compile(rf"，(?=[ ]*(?:[\[{{\]}}\n]|{WORD}[ ]*:))"),
    re.compile(r"\[[^\[\]{}，\n]*，"),
)
# What makes a line worth a closer look: the sign stands as the grammar would have it.
_SUSPECT: Final = (
    rf"[＃｛［｝］{HARD_SPACES}{WIDE_SPACES}{ZERO_WIDTH}{DIRECTIONS}{CONTROLS}{MARK}]"
    rf"|(?:^|[-:\[{{,，：])[ ]*[“”【]|\"[^\"“]*”"
    rf"|(?:^[ ]*(?:-[ ]*)?|[{{,，][ ]*|[\"'”])(?:{WORD})?[ ]*[{WIDE_COLONS}]"
    rf"|(?:^[ ]*(?:-[ ]+)*|[{{,，][ ]*)(?:{WORD}):(?=[^\s,\]}}/\\])"
    rf"|，(?=[ ]*(?:[\[{{\]}}]|$|{WORD}[ ]*:))|\[[^\[\]{{}}，]*，"
    r"|^[ ]*(?:-[ ]+)*(?:\t|(?:-(?=[^\s\-.0-9])|[—–−‐﹣－]))"
)
# Where a line like this begins, no list, bracket or text of the lines before can still be open.
_SECTION: Final = re.compile(rf"^[^\s{WIDE_DASHES}\-#＃\]}}］｝】{BLANKS}]", re.MULTILINE)
_UNSEEN: Final = re.compile(f"[{CONTROLS}{MARK}]")
_WIDEST_EXCERPT: Final = 40
_HEAL: Final = "xiaxiang 检查 --fix 可以代改"

_WIDE_COLON: Final = re.compile(r"[ 　]*(?:- +)?[^\s:：\"'#，,。；\[{（(]{1,20}(?P<at>：)")
_NO_SPACE: Final = re.compile(r"[ 　]*(?:- +)?[^\s:：\"'#，,。；\[{/（(]{1,20}(?P<at>:)(?=[^\s:/])")
_NEAR: Final = ((_WIDE_COLON, "full-width-colon"), (_NO_SPACE, "no-space-after-colon"))


@dataclass(slots=True)
class Look:
    """What a look at a text found: `text` is healed for the parser, `traps` are in the order of the file."""

    text: str
    traps: tuple[Trap, ...] = ()
    edits: dict[int, list[tuple[int, int, str]]] = field(default_factory=dict)
    """Line (0-based) → its edits, left to right, none over another."""

    def column(self, line: int, column: int) -> int:
        """Return where a column of the healed text (both 1-based) stands in the text as it was written."""
        shift = 0
        for start, end, new in self.edits.get(line - 1, ()):
            begin = start + shift + 1
            if column < begin or (column == begin and not new):
                break
            if column < begin + len(new):
                return min(column - shift, end) if end > start else start + 1
            shift += len(new) - (end - start)
        return column - shift

    def is_near(self, line: int) -> bool:
        """Whether a trap on this line (1-based) or the one before may have caused what the parser says."""
        return any(one.line in {line - 1, line - 2} for one in self.traps)


def look_at(text: str) -> Look:
    """Return the text as the parser should read it, with what had to be healed."""
    suspects = _suspects(text)
    if not suspects:
        return Look(text)
    from xiaxiang.load.raw_scan import scan  # noqa: PLC0415 - nobody should pay for the slips of others

    lines = text.split("\n")
    traps = list(_unseen(lines)) if _UNSEEN.search(text) else []
    for first, last in _sections(text, suspects):
        traps += scan(lines[first:last], first)
    if not traps:
        return Look(text)
    kept = tuple(_apart(sorted(traps, key=lambda one: (one.line, one.start, -one.end))))
    edits: dict[int, list[tuple[int, int, str]]] = {}
    for trap in kept:
        edits.setdefault(trap.line, []).extend(trap.edits)
    for line, some in edits.items():
        some.sort()
        lines[line] = edited(lines[line], some)
    return Look("\n".join(lines), tuple(one for one in kept if one.code), edits)


def _suspects(text: str) -> list[int]:
    """Return where the lines begin that are worth a closer look, ascending."""
    places = [0] if _TIGHT[1].match("\n" + text[:LONGEST_LINE]) or _TIGHT[2].match("\n" + text[:LONGEST_LINE]) else []
    places += [match.start() + (match.group()[0] == "\n") for pattern in _TIGHT for match in pattern.finditer(text)]
    for sign in _SIGNS:
        at = text.find(sign)
        while at >= 0:
            places.append(at)
            end = text.find("\n", at, at + LONGEST_LINE)
            at = text.find(sign, end if end >= 0 else at + LONGEST_LINE)
    begins = {text.rfind("\n", 0, at) + 1 for at in places}
    return sorted(begin for begin in begins if _is_suspect(text, begin))


def _is_suspect(text: str, begin: int) -> bool:
    end = text.find("\n", begin)
    line = text[begin : end if end >= 0 else len(text)]
    if line.lstrip(" ").startswith("#"):
        return _UNSEEN.search(line) is not None
    return len(line) <= LONGEST_LINE and _suspect().search(line) is not None


@cache
def _suspect() -> re.Pattern[str]:
    """Return the pattern, compiled once somebody needs it: that takes as long as a small plan."""
    return re.compile(_SUSPECT)


def _sections(text: str, suspects: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield the lines (0-based, the end exclusive) of the top-level parts of a text that hold a suspect."""
    bounds = sorted({0, *(match.start() for match in _SECTION.finditer(text)), len(text) + 1})
    line, counted = 0, 0
    for index in sorted({bisect_right(bounds, at) - 1 for at in suspects}):
        begin, end = bounds[index], bounds[index + 1]
        first = line + text.count("\n", counted, begin)
        line, counted = first + text.count("\n", begin, end), end
        yield first, line if end <= len(text) else line + 1


def findings_of(look: Look, lines: Sequence[str], file: str) -> Iterator[Diagnostic]:
    """Yield what a look found, as users are told; `lines` are those of the text as it was written."""
    line, healed = -1, ""
    for trap in look.traps:
        if trap.line != line:
            line, healed = trap.line, edited(lines[trap.line], look.edits[trap.line]).strip()
        message, hint = MESSAGES[trap.code]
        hint = hint or f"改成  {_excerpt(healed, trap.start)}"
        ending = f"（{_HEAL}）" if trap.is_sure else ""
        at = Position(file, trap.line + 1, trap.start + 1, max(trap.end, trap.start + 1) + 1)
        yield error(trap.code, message, f"{hint}{ending}", at)


def edited(line: str, edits: Iterable[tuple[int, int, str]]) -> str:
    """Return a line with edits (left to right, none over another) made."""
    parts, done = [], 0
    for start, end, new in edits:
        parts += [line[done:start], new]
        done = end
    return "".join(parts) + line[done:]


def _apart(traps: Iterable[Trap]) -> Iterator[Trap]:
    """Yield the traps whose edits do not lie over those of one before: one mistake, one message."""
    line, taken = -1, list[tuple[int, int]]()
    for trap in traps:
        if trap.line != line:
            line, taken = trap.line, []
        spans = [(start, end) for start, end, _ in trap.edits]
        if not any(start < other_end and end > other for start, end in spans for other, other_end in taken):
            taken += spans
            yield trap


def _unseen(lines: Sequence[str]) -> Iterator[Trap]:
    """Yield what no parser takes, wherever it stands: control characters and marks in the middle."""
    for number, line in enumerate(lines):
        for match in _UNSEEN.finditer(line):
            start, end = match.span()
            code = "mark-inside" if match.group() == MARK else "control-character"
            yield Trap(code, number, start, end, [(start, end, "")])


def _excerpt(line: str, at: int) -> str:
    """Return as much of a corrected line as fits into a message, around column `at`."""
    if len(line) <= _WIDEST_EXCERPT:
        return line
    begin = max(0, min(at - _WIDEST_EXCERPT // 2, len(line) - _WIDEST_EXCERPT))
    end = begin + _WIDEST_EXCERPT
    return ("…" if begin else "") + line[begin:end] + ("…" if end < len(line) else "")


def trap_in(line: str, number: int, file: str) -> Diagnostic | None:
    """Return the slip that a line makes which the look could not be sure of: a word that is no key of ours."""
    for pattern, code in _NEAR:
        if match := pattern.match(line):
            at = match.start("at")
            fixed = f"{line[:at]}: {line[at + 1 :].lstrip()}".strip()
            place = Position(file, number, at + 1, at + 2)
            return error(code, MESSAGES[code][0], f"改成  {_excerpt(fixed, at)}", place)
    return None


def cause_near(lines: Sequence[str], first: int, last: int, file: str) -> Diagnostic | None:
    """Return the trap nearest to where the parser stopped: lines `first` to `last` (0-based), last first.

    The line before is looked at too: a key that the parser could not see makes the next line its continuation.
    """
    for index in range(min(last, len(lines) - 1), max(first - 2, last - 20, -1), -1):
        if cause := trap_in(lines[index], index + 1, file):
            return cause
    return None
