"""Nodes → the plain texts, tuples and dicts that scalar types are read from."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from xiaxiang.load.yaml import Mapping, Node, Scalar, Sequence
from xiaxiang.model.parameter import CLAUSE_KEY, UNIT_KEY, VALUE_KEY

if TYPE_CHECKING:
    from collections.abc import Iterable

Span = tuple[int, int, int]
PARAMETER_KEYS: Final = {VALUE_KEY: VALUE_KEY, CLAUSE_KEY: CLAUSE_KEY, UNIT_KEY: UNIT_KEY} | {
    "value": VALUE_KEY,
    "clause": CLAUSE_KEY,
    "unit": UNIT_KEY,
    "条款": CLAUSE_KEY,
}
SEPARATOR: Final = "、"
_PERIOD: Final = re.compile(
    r"(?P<from_on>[^至到~～—（(]+)[至到~～—]+(?P<until_on>[^（(]*)(?:[（(](?P<reason>[^）)]*)[）)])?"
)


class NodeError(Exception):
    """A node is not of the shape its field takes: stable code, message, hint, and the node."""

    def __init__(self, node: Node, code: str, message: str, hint: str) -> None:
        """Keep the parts of the finding apart."""
        super().__init__(message)
        self.node, self.code, self.message, self.hint = node, code, message, hint


def span_of(node: Node) -> Span:
    """Return the line, column and exclusive end column of a node."""
    return node.line, node.column, node.end_column


def pairs_of(node: Node) -> Iterable[tuple[Scalar, Node]]:
    """Return the pairs of a mapping. Raises NodeError for another shape, and for a key that is given twice."""
    if not isinstance(node, Mapping):
        raise NodeError(node, "wrong-shape", "这里要写几行“名称: 值”", "每行一个名称、一个冒号、一个空格、一个值")
    seen: dict[str, Scalar] = {}
    for key, _ in node.pairs:
        if key.text in seen:
            first = seen[key.text]
            raise NodeError(key, "duplicate-key", f"“{key.text}”在第 {first.line} 行已经写过", "两处只留一处")
        seen[key.text] = key
    return node.pairs


def text_of(node: Node) -> str:
    """Return the text of a scalar. Raises NodeError for another shape."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Mapping) and {"类型", "日期"} <= {key.text.strip() for key, _ in node.pairs}:
        # What is added at the end of a file lands in whatever list comes last.
        raise NodeError(
            node, "wrong-shape", "这一条像是变动登记，却写在了别的列表里", "移到“变动登记:”下面，和那里的各条对齐"
        )
    raise NodeError(node, "wrong-shape", "这里要写一个值", "写在冒号后面同一行")


def texts_of(node: Node, *, split: bool, by: str = SEPARATOR) -> list[tuple[str, Span]]:
    """Return the items of a list of texts, each with its span; empty ones are left out.

    A lone text is one item, or with `split` as many as 、 (or `by`) separates. Raises NodeError for another shape.
    """
    if isinstance(node, Sequence):
        return [(text_of(item), span_of(item)) for item in node.items if text_of(item).strip()]
    text = text_of(node)
    if not split or by not in text:
        return [(text, span_of(node))]
    offset = node.column + (1 if isinstance(node, Scalar) and node.quoted else 0)
    items: list[tuple[str, Span]] = []
    for part in text.split(by):
        if part.strip():
            items.append((part.strip(), (node.line, offset, offset + len(part))))
        offset += len(part) + 1
    return items


def period_of(node: Scalar) -> Mapping | None:
    """Return the 不可派 that a text holds (`2024-01-01至2024-03-31（产假）`) as a mapping, or None."""
    match = _PERIOD.fullmatch(node.text.strip())
    if match is None:
        return None
    span = span_of(node)
    pairs: list[tuple[Scalar, Node]] = [
        (Scalar(name, *span), Scalar(text.strip(), *span)) for name, text in match.groupdict(default="").items()
    ]
    return Mapping(*span, pairs=pairs)


def parameter_of(node: Node) -> object:
    """Return what a policy's parameter is read from: text, or a mapping of texts. Raises NodeError.

    A list of scalars is one text ([1, 4, 7, 10] → 1、4、7、10).
    """
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return SEPARATOR.join(text_of(item) for item in node.items)
    pairs = list(pairs_of(node))
    if not any(PARAMETER_KEYS.get(key.text) == VALUE_KEY for key, _ in pairs):
        return {key.text: parameter_of(value) for key, value in pairs}
    unknown = next((key for key, _ in pairs if key.text not in PARAMETER_KEYS), None)
    if unknown is not None:
        raise NodeError(unknown, "unknown-key", f"不认识“{unknown.text}”", "这里只有 值、单位、依据")
    return {PARAMETER_KEYS[key.text]: parameter_of(value) for key, value in pairs}
