"""YAML text → a tree of nodes with positions, straight from the parser's events.

Nothing is guessed: every scalar stays the text that was written (`no`, `0755`, `2025-02-30`). Anchors, tags,
several documents and bombs are refused, each in its own words. With libyaml's parser this is some six times
faster than yaml.load.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import yaml

from xiaxiang.load.raw import cause_near
from xiaxiang.model.diagnostic import Diagnostic, error
from xiaxiang.model.position import Position

if TYPE_CHECKING:
    from collections.abc import Iterator

DEPTH_LIMIT: Final = 32
NODE_LIMIT: Final = 2_000_000
"""At most this many signs that can begin a node; a plan of 100,000 people has half as many."""

_BEGINNINGS: Final = ("\n", ",", ": ", "- ", "[", "{", "?")
# What no clerk types and no parser agrees on: control characters, marks in the middle, Unicode's own line ends.
_BAD_CHARACTER: Final = re.compile(
    "[^\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)

_TAG: Final = ("yaml-tag", "这里有标签（感叹号开头的字）", "文字以“!”开头时加引号")
_ALIAS: Final = ("yaml-alias", "这里有引用（“&”或“*”开头的字）", "文字以“&”“*”开头时加引号；不要用引用，写出内容")
_RESERVED: Final = ("yaml-syntax", "文字不能以“@”“`”“%”开头", "整段文字用引号括起来")
_PAIRED: Final = {
    "'": "引号没有配对",
    '"': "引号没有配对",
    "[": "括号没有配对，或少了逗号",
    "{": "括号没有配对，或少了逗号",
}
_SIGNS_OF_YAML: Final = {"!": _TAG, "&": _ALIAS, "*": _ALIAS, "@": _RESERVED, "`": _RESERVED, "%": _RESERVED}


@dataclass(slots=True)  # not frozen: a hundred thousand of these are built, and frozen costs three times as much
class Scalar:
    """Text as written, with its span on its first line. `quoted` where quotes or a block say that it is text."""

    text: str
    line: int
    column: int
    end_column: int
    quoted: bool = False


@dataclass(slots=True)
class Sequence:
    """A list, with the place where it begins."""

    line: int
    column: int
    end_column: int
    items: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class Mapping:
    """Pairs in file order, repeated keys included (whoever reads them says so), with the place of the first."""

    line: int
    column: int
    end_column: int
    pairs: list[tuple[Scalar, Node]] = field(default_factory=list)


Node: TypeAlias = Scalar | Sequence | Mapping


class _Lines:
    """The lines of a text, split only when first asked for."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def lines(self) -> list[str]:
        return self.text.split("\n")

    def end_column(self, line: int) -> int:
        """Return the exclusive end of the visible part of a line (1-based); 1 where there is none."""
        return len(self.lines[line - 1].rstrip()) + 1 if line <= len(self.lines) else 1


class _RefusedError(Exception):
    """The text is not what this project reads: code, message, hint and place (1-based line, columns)."""

    def __init__(self, code: str, message: str, hint: str, mark: Any) -> None:  # noqa: ANN401 - either parser's mark
        super().__init__(message)
        self.code, self.message, self.hint = code, message, hint
        self.line: int = mark.line + 1 if mark is not None else 1
        self.column: int = mark.column + 1 if mark is not None else 1


def parse_yaml(text: str, file: str, *, pure: bool = False) -> tuple[Node | None, Diagnostic | None]:
    """Return the tree of `text`, or the one error that stops it; an empty file is (None, None).

    `pure` asks for PyYAML's own parser even where libyaml is there; both give the same tree.
    """
    if bad := _BAD_CHARACTER.search(text):
        return None, _bad_character(text, bad.start(), file)
    if sum(text.count(sign) for sign in _BEGINNINGS) > NODE_LIMIT:
        message = f"“{file}”太大，超过 {NODE_LIMIT:,} 个条目"
        return None, error("too-large", message, "拆成几个文件，或把人员放进 .csv", Position(file, 1, 1, 1))
    lines = _Lines(text)
    try:
        return _tree(_events(text, pure=pure), lines), None
    except _RefusedError as refused:
        end_column = max(refused.column + 1, lines.end_column(refused.line))
        position = Position(file, refused.line, refused.column, end_column)
        return None, error(refused.code, refused.message, refused.hint, position)
    except yaml.MarkedYAMLError as bad_syntax:
        return None, _syntax_error(bad_syntax, lines.lines, file)
    except yaml.YAMLError:
        return None, error("yaml-syntax", f"“{file}”不是 YAML", "对照例子检查写法", Position(file, 1, 1, 1))


def _events(text: str, *, pure: bool) -> Iterator[Any]:
    loader: type = yaml.SafeLoader if pure else getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    parser = loader(text)
    try:
        next_event = parser.get_event
        while (event := next_event()) is not None:
            yield event
    finally:
        parser.dispose()


def _tree(events: Iterator[Any], lines: _Lines) -> Node | None:
    builder = _Builder()
    for event in events:
        kind = type(event)
        if kind is yaml.ScalarEvent:
            builder.add(_scalar(event, lines), event)
        elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            builder.open(event)
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            builder.close(event)
        else:
            builder.other(event)
    return builder.root


class _Builder:
    """The tree as far as it is built: without recursion, so that depth is ours to limit."""

    __slots__ = ("documents", "keys", "root", "stack")

    def __init__(self) -> None:
        self.root: Node | None = None
        self.stack: list[Sequence | Mapping] = []
        self.keys: list[Scalar | None] = []  # for each open collection: the key that waits for its value
        self.documents = 0

    def add(self, node: Node, event: Any) -> None:  # noqa: ANN401 - either parser's event
        """Put a node where it belongs: the root, an item, a key or a value."""
        if not self.stack:
            self.root = node
            return
        parent = self.stack[-1]
        if isinstance(parent, Sequence):
            parent.items.append(node)
        elif (key := self.keys[-1]) is not None:
            parent.pairs.append((key, node))
            self.keys[-1] = None
        elif isinstance(node, Scalar):
            self.keys[-1] = node
        else:
            hint = "冒号前只写名称；花括号、方括号开头的文字要加引号"
            raise _RefusedError("yaml-key", "名称的位置上写了列表或映射", hint, event.start_mark)

    def open(self, event: Any) -> None:  # noqa: ANN401 - either parser's event
        """Begin a collection."""
        if event.anchor is not None or event.tag is not None:
            raise _reference(event)
        start = event.start_mark
        if len(self.stack) >= DEPTH_LIMIT:
            raise _RefusedError("yaml-depth", f"嵌套超过 {DEPTH_LIMIT} 层", "检查方括号、花括号和缩进", start)
        shape: type[Mapping | Sequence] = Mapping if type(event) is yaml.MappingStartEvent else Sequence
        node = shape(start.line + 1, start.column + 1, start.column + 2)
        self.add(node, event)
        self.stack.append(node)
        self.keys.append(None)

    def close(self, event: Any) -> None:  # noqa: ANN401 - either parser's event
        """End a collection: its span is itself on one line, else its first key."""
        node = self.stack.pop()
        self.keys.pop()
        end = event.end_mark
        if end.line + 1 == node.line:
            node.end_column = end.column + 1
        elif isinstance(node, Mapping) and node.pairs and node.pairs[0][0].line == node.line:
            node.end_column = node.pairs[0][0].end_column

    def other(self, event: Any) -> None:  # noqa: ANN401 - either parser's event
        """Refuse references and a second document; the rest of the events says nothing."""
        if type(event) is yaml.AliasEvent:
            raise _reference(event)
        self.documents += type(event) is yaml.DocumentStartEvent
        if self.documents > 1:
            hint = "删去“---”，或分成两个文件"
            raise _RefusedError("yaml-documents", "一个文件里只能有一份内容", hint, event.start_mark)


def _scalar(event: Any, lines: _Lines) -> Scalar:  # noqa: ANN401 - either parser's event
    if event.anchor is not None or event.tag is not None:
        raise _reference(event)
    start, end = event.start_mark, event.end_mark
    line, column = start.line + 1, start.column + 1
    quoted = event.style is not None and event.style != ""
    if start.line == end.line:
        return Scalar(event.value, line, column, max(end.column + 1, column + 1) if quoted else end.column + 1, quoted)
    return Scalar(event.value, line, column, max(lines.end_column(line), column + 1), quoted)


def _reference(event: Any) -> _RefusedError:  # noqa: ANN401 - either parser's event
    refusal = _TAG if getattr(event, "tag", None) is not None else _ALIAS
    return _RefusedError(*refusal, event.start_mark)


def _bad_character(text: str, at: int, file: str) -> Diagnostic:
    line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
    message = f"这里有一个看不见的字符（U+{ord(text[at]):04X}）"
    return error("bad-character", message, "删去它，重新输入这一处", Position(file, line, column, column + 1))


def _sign_at(mark: Any, lines: list[str]) -> str:  # noqa: ANN401 - either parser's mark
    return lines[mark.line][mark.column : mark.column + 1] if mark.line < len(lines) else ""


def _syntax_error(bad: yaml.MarkedYAMLError, lines: list[str], file: str) -> Diagnostic:
    # The parser's English text is never looked at; where it stands, and what stands there, says enough.
    problem = bad.problem_mark or bad.context_mark
    if problem is None:
        return error("yaml-syntax", f"“{file}”不是 YAML", "对照例子检查写法", Position(file, 1, 1, 1))
    context = bad.context_mark or problem
    for mark in (context, problem):
        sign = _sign_at(mark, lines)
        if sign in _SIGNS_OF_YAML:
            return error(*_SIGNS_OF_YAML[sign], Position(file, mark.line + 1, mark.column + 1, mark.column + 2))
    if bad.context_mark is not None and (sign := _sign_at(context, lines)) in _PAIRED:
        place = Position(file, context.line + 1, context.column + 1, context.column + 2)
        hint = "补上缺的一半；文字里有引号或括号时，整段用引号括起来"
        return error("yaml-syntax", _PAIRED[sign], hint, place)
    if cause := cause_near(lines, context.line, problem.line, file):
        return cause
    line = min(problem.line, len(lines) - 1)
    column = min(problem.column, len(lines[line])) + 1
    place = Position(file, line + 1, column, max(column + 1, len(lines[line]) + 1))
    hint = "检查缩进是否对齐、冒号后是否有空格；文字里有冒号、井号时加引号"
    return error("yaml-syntax", "从这里起读不懂", hint, place)


def plain(node: Node | None) -> Any:  # noqa: ANN401 - dicts, lists and texts, as deep as they go
    """Return the tree as plain dicts, lists and texts; an empty value is ""; of a repeated key the last counts."""
    if node is None:
        return ""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return {key.text: plain(value) for key, value in node.pairs}
