"""诊断信息 as people read them: place, sentence, excerpt with a caret, and what to do."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from xiaxiang.model.diagnostic import Severity, in_order
from xiaxiang.model.masking import masked, masked_in_place
from xiaxiang.model.scalar import display_width
from xiaxiang.render.text_layout import WIDTH, cut, listed, pad, paragraph, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from xiaxiang.model.diagnostic import Diagnostic
    from xiaxiang.model.position import Position

_LINE_END: Final = re.compile(r"\r\n|[\n\r]")  # what positions count as the end of a line
_FEWEST_CELLS_BEFORE_CARET: Final = 12
_CUT: Final = "…"
MOST_OF_A_CODE: Final = 20
"""Findings of one code that a screen shows: more of the same kind tell nobody more."""
_SEE_ALL: Final = "xiaxiang 检查 --format json"


def diagnostics_text(found: Iterable[Diagnostic], texts: Mapping[str, str], *, width: int = WIDTH) -> str:
    """Return the findings in order, one block each; `texts` maps a file's name to what was read from it.

    Of each code only the first MOST_OF_A_CODE are shown: nobody reads ten thousand. How many are not is said last.
    """
    count: Counter[str] = Counter()
    blocks: list[str] = []
    for one in in_order(found):
        count[one.code] += 1
        if count[one.code] <= MOST_OF_A_CODE:
            blocks.append(diagnostic_text(one, texts, width=width))
    more = {code: number - MOST_OF_A_CODE for code, number in count.items() if number > MOST_OF_A_CODE}
    return "\n".join([*blocks, _more_text(more, width)] if more else blocks)


def _more_text(more: Mapping[str, int], width: int) -> str:
    """Return what is said of the findings that are not shown: code → how many."""
    names = [f"{code} {number:,} 处" for code, number in more.items()]
    lines = listed(f"每种只列前 {MOST_OF_A_CODE} 处，没有列出的: ", names, width=width)
    return "\n".join([*lines, f"先改上面的，改好再检查；看全部: {_SEE_ALL}"]) + "\n"


def diagnostic_text(one: Diagnostic, texts: Mapping[str, str], *, width: int = WIDTH) -> str:
    """Return one finding: `file:line:column: 错误 code: …`, the excerpt where the file is text, `怎么改: …`."""
    place = f"{one.position}: " if one.position.file else ""
    lines = [f"{visible(place)}{one.severity.label} {one.code}: {visible(masked(one.message))}"]
    if one.position.file in texts:
        lines += _excerpt(texts[one.position.file], one.position, width)
    if one.hint:
        lines += _hint(masked(one.hint), width)
    return "\n".join(lines) + "\n"


def summary_text(found: Iterable[Diagnostic]) -> str:
    """Return the closing line: how many of each kind, and what to do next."""
    findings = list(found)
    errors, warnings, notes = (
        sum(one.severity is kind for one in findings) for kind in (Severity.ERROR, Severity.WARNING, Severity.NOTE)
    )
    counts = f"{errors:,} 个错误，{warnings:,} 个提醒" + (f"，{notes:,} 个说明" if notes else "") + "。"
    return counts + ("改好以后再运行一次。" if errors else "")


def _hint(hint: str, width: int) -> list[str]:
    """Return the remedy. A line to type keeps its own spaces and is never wrapped."""
    first, *rest = hint.split("\n")
    lines = (
        paragraph("怎么改: ", visible(first), width=width)
        if not first.startswith(" ")
        else ["怎么改: " + visible(first)]
    )
    return [*lines, *(" " * display_width("怎么改: ") + visible(line) for line in rest)]


def _excerpt(text: str, position: Position, width: int) -> list[str]:
    """Return the line before (where it is not empty), the line itself and a caret line, numbered."""
    lines = _lines(text)
    # The excerpt of a roster may be on a screen that others see; the caret needs every column in its place.
    if not 1 <= position.line <= len(lines):
        return []
    gutter = max(len(str(position.line)) + 2, 5)
    room = width - gutter - len(" | ")
    shown, caret = _window(masked_in_place(lines[position.line - 1]), position, room)
    before = masked_in_place(lines[position.line - 2]) if position.line > 1 else ""
    numbered = [(str(position.line), shown), ("", caret)]
    if before.strip() and not shown.startswith(_CUT):
        numbered.insert(0, (str(position.line - 1), cut(visible(before), room)))
    return [f"{number:>{gutter}} | {line}".rstrip() for number, line in numbered]


@lru_cache(maxsize=4)  # one text after the other: that of a finding is mostly that of the one before
def _lines(text: str) -> list[str]:
    return _LINE_END.split(text)


def _window(line: str, position: Position, room: int) -> tuple[str, str]:
    """Return the part of `line` around the position and the caret under it, both within `room` cells."""
    start = min(position.column - 1, len(line))
    end = max(min(position.end_column - 1, len(line)), start)
    before, marked, after = visible(line[:start]), visible(line[start:end]), visible(line[end:])
    if display_width(before + marked + after) <= room:
        return before + marked + after, pad("", display_width(before)) + "^" * max(display_width(marked), 1)
    marked = cut(marked, room // 2)
    head = before
    if display_width(before) + display_width(marked) > room - 1:
        head = _CUT + _ending(before, max(room // 2 - display_width(marked), _FEWEST_CELLS_BEFORE_CARET))
    shown = cut(head + marked + after, room)
    return shown, pad("", display_width(head)) + "^" * max(display_width(marked), 1)


def _ending(text: str, width: int) -> str:
    """Return the longest ending of `text` within `width` cells."""
    used, index = 0, len(text)
    while index and used + display_width(text[index - 1]) <= width:
        index -= 1
        used += display_width(text[index])
    return text[index:]
