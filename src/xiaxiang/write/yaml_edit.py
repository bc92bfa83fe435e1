"""Changing people in a YAML file by the values and lines that must change, and no other byte.

Places are those of reading: 1-based line, column, exclusive end column. What is changed is read again by the
caller before it is written: this is careful, and the reading is the proof.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from xiaxiang.write.lines import CannotEditError, Lines

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Span = tuple[int, int, int]
"""Line, column and exclusive end column."""
Pairs = list[tuple[str, str]]
"""Names and values of an entry, in order."""

_PLAIN: Final = re.compile(r"[\w（）()·][\w（）()·./-]*")
_ITEM: Final = re.compile(r"(\s*-\s+)")
_REST: Final = re.compile(r"\s*(?:#.*)?")
_KEY: Final = re.compile(r"\s*(?:-\s+)?[^\s:#{\[]+:\s+")


@dataclass(frozen=True, slots=True)
class NewItem:
    """An entry to put after another one: the place of that, its last line, the pairs."""

    after: Span
    last_line: int
    pairs: Pairs


@dataclass(frozen=True, slots=True)
class YamlEdits:
    """What is to change: values by their place, pairs to add (by the places of entry and a value), new entries."""

    values: Mapping[Span, str] = field(default_factory=dict)
    pairs: Mapping[tuple[Span, Span], Pairs] = field(default_factory=dict)
    items: Sequence[NewItem] = ()


def yaml_scalar(text: str) -> str:
    """Return `text` as a scalar: plain where nothing in it could mean anything, else in double quotes."""
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)


def edit_yaml(data: bytes, edits: YamlEdits) -> bytes:
    """Return the file with the edits made. Raises CannotEditError where that would touch more than it may."""
    lines = Lines(data)
    inline: list[tuple[Span, int, str]] = [(span, span[2], yaml_scalar(text)) for span, text in edits.values.items()]
    added: list[tuple[int, list[str]]] = []
    for (entry, value), pairs in edits.pairs.items():
        if lines.body(entry[0])[entry[1] - 1 : entry[1]] == "{":
            inline.append(((entry[0], _brace(lines, entry), 0), _brace(lines, entry), _flow(pairs, ", ")))
        else:
            added.append((value[0], _block(lines, entry, value, pairs)))
    added.extend((item.last_line, _item(lines, item)) for item in edits.items)
    for (line, column, _), end, text in sorted(inline, reverse=True):
        body = lines.body(line)
        lines.replace(line, body[: column - 1] + text + body[end - 1 :])
    added.reverse()  # of those after one line the first is put there last, and so stays first
    for line, bodies in sorted(added, key=lambda one: -one[0]):
        lines.insert_after(line, bodies)
    return lines.data()


def _brace(lines: Lines, entry: Span) -> int:
    """Return the column of the brace that ends an entry on its own line."""
    line, _, end = entry
    if lines.body(line)[end - 2 : end - 1] != "}":
        raise CannotEditError(f"第 {line} 行的一条写了几行，没有改动")
    return end - 1


def _flow(pairs: Pairs, before: str = "") -> str:
    return before + ", ".join(f"{key}: {yaml_scalar(text)}" for key, text in pairs)


def _block(lines: Lines, entry: Span, value: Span, pairs: Pairs) -> list[str]:
    """Return the lines that go below the line of a value in a block mapping."""
    line, column, end = value
    body = lines.body(line)
    if not _KEY.fullmatch(body[: column - 1]) or not _REST.fullmatch(body[end - 1 :]):
        raise CannotEditError(f"第 {line} 行的写法不好自动改，没有改动")
    return [" " * (entry[1] - 1) + f"{key}: {yaml_scalar(text)}" for key, text in pairs]


def _item(lines: Lines, item: NewItem) -> list[str]:
    """Return the lines of a new entry, in the way of the one before it."""
    line, column, end = item.after
    body = lines.body(line)
    dash = _ITEM.match(body)
    if dash is None or dash.end() != column - 1:
        raise CannotEditError(f"第 {line} 行的名单写在一行里，新的人没有加")
    if body[column - 1] == "{":
        if item.last_line != line or _brace(lines, item.after) != end - 1 or not _REST.fullmatch(body[end - 1 :]):
            raise CannotEditError(f"第 {line} 行的写法不好自动改，新的人没有加")
        return [f"{dash[1]}{{{_flow(item.pairs)}}}"]
    first, *rest = (f"{key}: {yaml_scalar(text)}" for key, text in item.pairs)
    return [dash[1] + first, *(" " * (column - 1) + one for one in rest)]
