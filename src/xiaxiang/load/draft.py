"""One entry while it is read: which node each field has, where it stands, and what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Generic, NamedTuple, TypeVar

from xiaxiang.load.shapes import field_labels, labels, shapes, spellings, text_fields, words
from xiaxiang.load.values import Span, span_of
from xiaxiang.load.yaml import Mapping, Node, Scalar
from xiaxiang.model.diagnostic import Diagnostic, error
from xiaxiang.model.event import EVENT_KINDS, Event
from xiaxiang.model.hospital import Department, Person, person_label
from xiaxiang.model.plan import Plan
from xiaxiang.model.position import Places, Position
from xiaxiang.model.similar import nearest, nearest_hint

if TYPE_CHECKING:
    from pydantic import ValidationError

    from xiaxiang.model.entry import Entry

E = TypeVar("E", bound="Entry")
TABLE_ENDINGS: Final = (".csv", ".tsv", ".xlsx", ".xls")
_ENTRIES_OF_A_PLAN: Final = (Plan, Department)


class Context(NamedTuple):
    """Where an entry stands: its place in a list from 1, whose list it is (a department, or the field's label).

    `label` is set inside an entry that is left out whole: then that is what findings name.
    """

    number: int = 0
    owner: str = ""
    label: str = ""


class Problem(NamedTuple):
    """What is wrong with one field; "" where it is the entry as a whole."""

    field: str
    code: str
    message: str
    hint: str
    at: Position

    def finding(self, left_out: str) -> Diagnostic:
        """Return it as users are told, with what the result does without."""
        return error(self.code, self.message, self.hint, self.at, left_out)


@dataclass(slots=True)
class Draft(Generic[E]):
    """An entry while it is read.

    `values` holds the fields that are one text, `nodes` those that are still to be read.
    """

    cls: type[E]
    file: str
    context: Context
    values: dict[str, object] = field(default_factory=dict)
    nodes: dict[str, Node] = field(default_factory=dict)
    spans: dict[str, Span] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)
    meant: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, entry: type[E], mapping: Mapping, file: str, context: Context) -> Draft[E]:
        """Return a draft with every known key's text or node; unknown and repeated keys are problems.

        Empty is not given.
        """
        draft = cls(entry, file, context, spans={"": span_of(mapping)})
        values, nodes, spans = draft.values, draft.nodes, draft.spans
        table, texts = spellings(entry), text_fields(entry)
        for key, node in mapping.pairs:
            name = table.get(key.text) or table.get(key.text.strip())
            if name is None:
                draft.unknown_key(key)
            elif name in spans:
                draft.repeated_key(key, name, mapping)
            else:
                spans[name] = (node.line, node.column, node.end_column)
                if type(node) is not Scalar:
                    nodes[name] = node
                elif node.text.strip():
                    if name in texts:
                        values[name] = node.text
                    else:
                        nodes[name] = node
        return draft

    @property
    def is_broken(self) -> bool:
        """Whether anything is wrong with this entry."""
        return bool(self.problems or self.broken)

    def places(self) -> Places:
        """Return where the fields stand."""
        return Places(self.file, self.spans)

    def at(self, name: str) -> Position:
        """Return where a field stands, or the entry."""
        return self.places().of(name)

    @property
    def label(self) -> str:
        """How this entry is named to users; inside one that is left out whole, how that one is."""
        return self.context.label or self._own_label(self.context)

    def _own_label(self, context: Context) -> str:
        name = self._name()
        if issubclass(self.cls, Event):
            return f"变动登记第 {context.number} 条（{self.cls.kind}）"
        if self.cls is Person and name:
            return person_label(name, context.owner)
        if self.cls is Department and name:
            return f"科室“{name}”"
        if self.cls is Person:
            return f"人员第 {context.number} 位（{context.owner}）"
        return f"{context.owner}第 {context.number} 条" if context.number else context.owner

    def _name(self) -> str:
        return str(self.values.get("name", "")).strip()

    def field_label(self, name: str) -> str:
        """Return the Chinese name of a field."""
        return field_labels(self.cls).get(name, name)

    def owner_of(self, name: str) -> str:
        """Return what the entries of a list are counted under: the department for people, else the field's label."""
        is_staff = self.cls is Department and name == "people"
        return (self._name() if is_staff else "") or self.field_label(name)

    def inner_label(self, name: str) -> str:
        """Return what is left out where an entry inside is broken: "" where that is the inner entry alone."""
        if self.cls in _ENTRIES_OF_A_PLAN and name != "supporting_unit":
            return ""
        return self.part_label(name) if self.cls in _ENTRIES_OF_A_PLAN else self.label

    def part_label(self, name: str) -> str:
        """Return how one part of this entry is named to users."""
        part = f"“{self.field_label(name)}”"
        return f"{self.label}的{part}" if self.label else part

    def problem(self, name: str, code: str, message: str, hint: str, node: Node | None = None) -> None:
        """Keep what is wrong with a field (at `node`, or where the field stands): it is broken."""
        at = Position(self.file, *span_of(node)) if node is not None else self.at(name)
        self.problems.append(Problem(name, code, message, hint, at))
        if name in shapes(self.cls):
            self.broken.add(name)

    def missing(self, name: str) -> None:
        """Say that a required field is not given, unless it is broken or meant by a misspelled key."""
        if name in self.broken:
            return
        if name in self.meant:
            self.broken.add(name)
            return
        label = self.field_label(name)
        whose = self.label or "计划里"
        hint = f"在“{label}”这一列填上内容" if self.file.lower().endswith(TABLE_ENDINGS) else f"加一行“{label}: ……”"
        self.problem(name, "missing-field", f"{whose}少了“{label}”", hint)

    def unknown_key(self, key: Scalar) -> None:
        """Say that a key is not known here, and what was probably meant."""
        table = spellings(self.cls)
        found = nearest(key.text, words(self.cls))
        self.meant.update(table[name] for name in found[:1])
        elsewhere = issubclass(self.cls, Event) and any(key.text in spellings(kind) for kind in EVENT_KINDS)
        message = f"“{self.cls.kind}”没有“{key.text}”这一项" if elsewhere else f"不认识“{key.text}”"  # type: ignore[attr-defined]
        legal = "这里可以写 " + "、".join(labels(self.cls))
        self.problem(key.text, "unknown-key", message, nearest_hint(key.text, words(self.cls), legal), key)

    def repeated_key(self, key: Scalar, name: str, mapping: Mapping) -> None:
        """Say that a field is given twice, under one spelling or two."""
        table = spellings(self.cls)
        first = next(one for one, _ in mapping.pairs if name in {table.get(one.text), table.get(one.text.strip())})
        if key.text == first.text:
            message = f"“{key.text}”写了两次，第 {first.line} 行第 {first.column} 列已经写过"
        else:
            message = f"“{key.text}”和第 {first.line} 行第 {first.column} 列的“{first.text}”是同一项"
        self.problem(name, "duplicate-key", message, "两处只留一处", key)

    def complain(self, bad: ValidationError) -> None:
        """Keep what the scalar types say, chosen by pydantic's stable error type, in our own words."""
        table = spellings(self.cls)
        for one in bad.errors(include_url=False, include_input=False):
            first = str(one["loc"][0]) if one["loc"] else ""
            name = table.get(first, first)
            if one["type"] == "missing":  # said by `missing`
                continue
            context = one.get("ctx", {})
            if one["type"] == "scalar":
                text, code, hint = str(context["text"]), str(context["code"]), str(context["hint"])
            else:
                text, code, hint = "：写法不对", "wrong-shape", "对照例子检查写法"
            joint = "" if text.startswith(("“", "：")) else "："
            self.problem(name, code, f"{self.field_label(name)}{joint}{text}", hint)
