"""An explanation for a terminal: of a code, and of a clause with everything in a policy that rests on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from xiaxiang.model.source import source_of
from xiaxiang.render.text_layout import WIDTH, paragraph, visible

if TYPE_CHECKING:
    from xiaxiang.model.clause import ClauseUse, Number, Reading
    from xiaxiang.model.explanation import Explanation

_WRONG, _RIGHT = "  写错  ", "  改成  "
_MARGIN: Final = " " * 8


def explanation_text(one: Explanation, *, width: int = WIDTH) -> str:
    """Return a code's meaning, the smallest wrong example and the right one."""
    lines = [f"{one.code}（{one.group}）", *paragraph("  意思  ", one.meaning, width=width)]
    for lead, example in ((_WRONG, one.wrong), (_RIGHT, one.right)):
        first, *rest = visible_lines(example)
        lines += [lead + first, *(_MARGIN + line for line in rest)]
    return "\n".join(lines) + "\n"


def visible_lines(example: str) -> list[str]:
    """Return the lines of an example, safe to print."""
    return [visible(line) for line in example.split("\n")]


def clause_text(use: ClauseUse, document: str, *, width: int = WIDTH) -> str:
    """Return what in a policy rests on one clause: rules, numbers, readings."""
    lines = [str(source_of(document, use.clause))]
    if use.rules:
        lines += paragraph("  规定  ", "、".join(use.rules), width=width)
    for index, number in enumerate(use.numbers):
        lines += paragraph(_MARGIN if index else "  数值  ", _number(number), width=width)
    for index, reading in enumerate(use.readings):
        lines += paragraph(
            _MARGIN if index else "  口径  ", f"{reading.name} = {reading.value}: {reading.sentence}", width=width
        )
        lines += paragraph(_MARGIN + "  ", _others(reading), width=width)
    return "\n".join(lines) + "\n"


def _number(number: Number) -> str:
    return f"{number.section} · {number.name}: {'；'.join(number.values)}"


def _others(reading: Reading) -> str:
    return "也可以取 " + "；".join(f"{value}（{sentence}）" for value, sentence in reading.others)
