"""YAML text → a tree of nodes with positions, straight from the parser's events.

Nothing is guessed: every scalar stays the text that was written (`no`, `0755`, `2025-02-30`). Anchors, tags,
several documents and bombs are refused, each in its own words. With libyaml's parser this is some six times
faster than yaml.load.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, TypeAlias, cast

import yaml

from xiaxiang.load.raw import Look, findings_of, look_at
from xiaxiang.load.yaml_errors import ALIAS, TAG, TAKEN_BY_PARSERS, bad_character, syntax_error
from xiaxiang.model.diagnostic import Diagnostic, error
from xiaxiang.model.position import Position

if TYPE_CHECKING:
    from collections.abc import Callable

DEPTH_LIMIT: Final = 32
NODE_LIMIT: Final = 2_000_000
"""At most this many signs that can begin a node; a plan of 100,000 people has half as many."""

_BEGINNINGS: Final = ("\n", ",", ": ", "- ", "[", "{", "?")


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
    """Pairs in file order, repeated keys included (whoever reads them says so), with the place of the first.

    `extra` are the cells of a row of a table that are carried along, by their own names.
    """

    line: int
    column: int
    end_column: int
    pairs: list[tuple[Scalar, Node]] = field(default_factory=list)
    extra: dict[str, str] | None = None


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


def read_yaml(text: str, file: str, *, pure: bool = False) -> tuple[Node | None, tuple[Diagnostic, ...]]:
    """Return the tree of `text` and what is wrong with the text; an empty file is (None, ()).

    Slips that are healed for the parser leave a tree; positions are those of the text as written. `pure` asks
    for PyYAML's own parser even where libyaml is there; both give the same tree.
    """
    if len(text) > NODE_LIMIT and sum(text.count(sign) for sign in _BEGINNINGS) > NODE_LIMIT:
        message = f"“{file}”太大，超过 {NODE_LIMIT:,} 个条目"
        return None, (error("too-large", message, "拆成几个文件，或把人员放进 .csv", Position(file, 1, 1, 1)),)
    look = look_at(text)
    tree, problem = _parse(look.text, file, pure=pure)
    if not look.traps:
        if tree is not None and look.edits:
            _as_written(tree, look)
        return tree, () if problem is None else (_moved(problem, look),)
    found = tuple(findings_of(look, text.split("\n"), file))
    if tree is not None:
        _as_written(tree, look)
    elif problem is not None and not look.is_near(problem.position.line):
        found = (*found, _moved(problem, look))
    return tree, found


def parse_yaml(text: str, file: str, *, pure: bool = False) -> tuple[Node | None, Diagnostic | None]:
    """Return the tree of `text`, or the first error in it; an empty file is (None, None)."""
    tree, found = read_yaml(text, file, pure=pure)
    return (None, found[0]) if found else (tree, None)


def _parse(text: str, file: str, *, pure: bool) -> tuple[Node | None, Diagnostic | None]:
    lines = _Lines(text)
    problem: Diagnostic | None = None
    try:
        tree = _tree_of(text, lines, pure=pure)
    except _RefusedError as refused:
        end_column = max(refused.column + 1, lines.end_column(refused.line))
        position = Position(file, refused.line, refused.column, end_column)
        problem = error(refused.code, refused.message, refused.hint, position)
    except yaml.MarkedYAMLError as bad_syntax:
        problem = syntax_error(bad_syntax, lines.lines, file)
    except (yaml.YAMLError, UnicodeEncodeError):
        problem = error("yaml-syntax", f"“{file}”不是 YAML", "对照例子检查写法", Position(file, 1, 1, 1))
    else:
        if not any(sign in text for sign in TAKEN_BY_PARSERS):
            return tree, None
    return None, bad_character(text, file) or problem


def _as_written(tree: Node, look: Look) -> None:
    """Put the nodes of a healed text back to where they stand in the text as it was written."""
    nodes: list[Node] = [tree]
    while nodes:
        node = nodes.pop()
        edits = look.edits.get(node.line - 1)
        if edits and node.end_column > edits[0][0]:  # else it stands before the first of them
            node.column, node.end_column = look.column(node.line, node.column), look.column(node.line, node.end_column)
        if isinstance(node, Sequence):
            nodes += node.items
        elif isinstance(node, Mapping):
            nodes += [one for pair in node.pairs for one in pair]


def _moved(problem: Diagnostic, look: Look) -> Diagnostic:
    at = problem.position
    column = look.column(at.line, at.column)
    end_column = max(look.column(at.line, at.end_column), column)
    return replace(problem, position=Position(at.file, at.line, column, end_column))


def _tree_of(text: str, lines: _Lines, *, pure: bool) -> Node | None:
    loader: type = yaml.SafeLoader if pure else getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    parser = loader(text)
    try:
        return _tree(parser.get_event, lines)
    finally:
        parser.dispose()


def _tree(next_event: Callable[[], Any], lines: _Lines) -> Node | None:
    """Return the tree that a parser's events make.

    The loop runs once for every word of a file: all that is frequent stands here, and what is rare in `_Stack`.
    """
    stack, scalar_event = _Stack(), yaml.ScalarEvent
    put = stack.inside[-1].append
    while (event := next_event()) is not None:
        kind = type(event)
        if kind is not scalar_event:
            put = stack.change(event)
            continue
        if event.anchor is not None or event.tag is not None:
            raise _reference(event)
        start, end = event.start_mark, event.end_mark
        line, column, end_column, quoted = start.line + 1, start.column + 1, end.column + 1, bool(event.style)
        if end.line >= line:
            end_column = max(lines.end_column(line), column + 1)
        elif quoted:
            end_column = max(end_column, column + 1)
        put(Scalar(event.value, line, column, end_column, quoted))
    return stack.inside[0][0] if stack.inside[0] else None


class _Stack:
    """The collections that are open: without recursion, so that depth is ours to limit.

    `inside` holds what stands in each, keys and values of a mapping in turn; the first is the file's own. `words`
    are the keys: ten thousand times 姓名 is kept once.
    """

    __slots__ = ("documents", "inside", "open", "words")

    def __init__(self) -> None:
        self.open: list[Sequence | Mapping] = []
        self.inside: list[list[Node]] = [[]]
        self.words: dict[str, str] = {}
        self.documents = 0

    def change(self, event: Any) -> Callable[[Node], None]:  # noqa: ANN401 - either parser's event
        """Open or close a collection; return what puts a node into the innermost. Raises _RefusedError."""
        kind = type(event)
        if kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            self._begin(event, Mapping if kind is yaml.MappingStartEvent else Sequence)
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            self._end(event.end_mark)
        elif kind is yaml.AliasEvent:
            raise _reference(event)
        self.documents += kind is yaml.DocumentStartEvent
        if self.documents > 1:
            hint = "删去“---”，或分成两个文件"
            raise _RefusedError("yaml-documents", "一个文件里只能有一份内容", hint, event.start_mark)
        return self.inside[-1].append

    def _begin(self, event: Any, shape: type[Mapping | Sequence]) -> None:  # noqa: ANN401 - either parser's event
        start = event.start_mark
        if event.anchor is not None or event.tag is not None:
            raise _reference(event)
        if len(self.open) >= DEPTH_LIMIT:
            message = f"括号或缩进一层套一层，超过 {DEPTH_LIMIT} 层"
            raise _RefusedError("yaml-depth", message, "多半是少了半个括号，补上它", start)
        if self.open and isinstance(self.open[-1], Mapping) and len(self.inside[-1]) % 2 == 0:
            hint = "冒号前只写名称；花括号、方括号开头的文字要加引号"
            raise _RefusedError("yaml-key", "冒号前面（名称的位置）写了用括号括起来的内容", hint, start)
        node = shape(start.line + 1, start.column + 1, start.column + 2)
        self.inside[-1].append(node)
        self.open.append(node)
        self.inside.append([])

    def _end(self, end: Any) -> None:  # noqa: ANN401 - either parser's mark
        """Close a collection: its span is itself on one line, else its first key."""
        node, nodes = self.open.pop(), self.inside.pop()
        if isinstance(node, Sequence):
            node.items = nodes
        else:
            keys = cast("list[Scalar]", nodes[::2])  # `_begin` saw to it
            for key in keys:
                key.text = self.words.setdefault(key.text, key.text)
            node.pairs = list(zip(keys, nodes[1::2], strict=True))
        if end.line + 1 == node.line:
            node.end_column = end.column + 1
        elif isinstance(node, Mapping) and node.pairs and node.pairs[0][0].line == node.line:
            node.end_column = node.pairs[0][0].end_column


def _reference(event: Any) -> _RefusedError:  # noqa: ANN401 - either parser's event
    refusal = TAG if getattr(event, "tag", None) is not None else ALIAS
    return _RefusedError(*refusal, event.start_mark)


def plain(node: Node | None) -> Any:  # noqa: ANN401 - dicts, lists and texts, as deep as they go
    """Return the tree as plain dicts, lists and texts; an empty value is ""; of a repeated key the last counts."""
    if node is None:
        return ""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return {key.text: plain(value) for key, value in node.pairs}
