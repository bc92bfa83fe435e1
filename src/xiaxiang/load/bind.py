"""A tree of nodes + an Entry class → an instance that knows where each of its fields stands, or findings.

A broken entry is left out aloud and the rest goes on. An entry that only holds others (a plan, a department, the
leading group) does without a broken part; any other is left out whole, because half of it could mislead.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, TypeVar, cast

from pydantic import ValidationError

from xiaxiang.load.draft import Context, Draft
from xiaxiang.load.include import include, is_path
from xiaxiang.load.raw import trap_in
from xiaxiang.load.shapes import PROSE, SHORT_FORMS, Kind, Shape, required, shapes, spellings
from xiaxiang.load.values import NodeError, pairs_of, parameter_of, period_of, span_of, text_of, texts_of
from xiaxiang.load.yaml import Mapping, Node, Scalar, Sequence
from xiaxiang.model.diagnostic import error
from xiaxiang.model.event import EVENT_KINDS, Event, event_class
from xiaxiang.model.hospital import Department, RecipientUnit, Unavailable
from xiaxiang.model.plan import LeadingGroup, Member, Plan
from xiaxiang.model.position import Position
from xiaxiang.model.similar import nearest_hint

if TYPE_CHECKING:
    from pathlib import Path

    from xiaxiang.load.files import Reader
    from xiaxiang.model.entry import Entry

E = TypeVar("E", bound="Entry")

ESSENTIAL: Final[dict[type[Entry], frozenset[str]]] = {
    Plan: frozenset({"supporting_unit", "recipient_units", "departments", "dispatch_order", "starts_on"}),
    Department: frozenset({"name"}),
    LeadingGroup: frozenset(),
}
"""The entries that do without a broken part, each with the parts that it cannot do without."""

_ALONE: Final = Context()


@dataclass(frozen=True, slots=True)
class Binder:
    """Binds the nodes of one file. `folder` is where the file lies: paths in it are taken from there."""

    reader: Reader
    file: str
    folder: Path

    def entry(self, cls: type[E], node: Node, context: Context = _ALONE) -> E | None:
        """Return the entry that `node` holds; None, with findings, where it is broken."""
        mapping = self._as_mapping(cls, node, context)
        if mapping is None:
            return None
        draft = Draft.of(cls, mapping, self.file, context)
        values = self._values(draft)
        for name in required(cls):
            if name not in values:
                draft.missing(name)
        if issubclass(cls, Event):
            values["number"] = context.number
        if mapping.extra:
            values["extra"] = mapping.extra
        values["places"] = draft.places()
        try:
            entry = cls.model_validate(values)
        except ValidationError as bad:
            draft.complain(bad)
            entry = None
        if entry is not None and not draft.is_broken:
            return entry
        return self._without_broken(draft, values)

    def _without_broken(self, draft: Draft[E], values: dict[str, object]) -> E | None:
        """Report what is wrong; return the entry without its broken parts where it can do without them."""
        essential = ESSENTIAL.get(draft.cls)
        if essential is None:
            label = draft.label
            self.reader.report(*(one.finding(label) for one in draft.problems))
            return None
        self.reader.report(*(one.finding(draft.part_label(one.field)) for one in draft.problems))
        if essential & draft.broken:
            return None
        kept = {name: value for name, value in values.items() if name not in draft.broken}
        for name in required(draft.cls):
            kept.setdefault(name, "")  # a text that nothing depends on: the plan's title
        return draft.cls.model_validate(kept)

    def _as_mapping(self, cls: type[Entry], node: Node, context: Context) -> Mapping | None:
        if isinstance(node, Mapping):
            return node
        label = context.label or f"{context.owner}第 {context.number} 条"
        line, column, end_column = span_of(node)
        if isinstance(node, Scalar):
            if cls is Unavailable and (period := period_of(node)) is not None:
                return period
            trap = None if node.quoted else trap_in(node.text, node.line, self.file)
            short = SHORT_FORMS.get(cls)
            if trap is not None and (short is None or node.text[: trap.position.column - 1] in spellings(cls)):
                at = Position(self.file, line, column + trap.position.column - 1, column + trap.position.end_column - 1)
                self.reader.report(replace(trap, position=at, left_out=label))
                return None
            if short is not None and node.text.strip():
                return Mapping(line, column, end_column, [(Scalar(short, line, column, end_column), node)])
        names = "、".join(field.alias or "" for name, field in cls.model_fields.items() if name in required(cls))
        hint = f"写成几行“名称: 值”，其中要有 {names}" if names else "写成几行“名称: 值”"
        message = f"{label}写的不是“名称: 值”"
        self.reader.report(error("wrong-shape", message, hint, Position(self.file, line, column, end_column), label))
        return None

    def _values(self, draft: Draft[E]) -> dict[str, object]:
        values = draft.values
        for name, node in draft.nodes.items():
            try:
                value = self._value(draft, name, node, shapes(draft.cls)[name])
            except NodeError as bad:
                draft.problem(name, bad.code, bad.message, bad.hint, bad.node)
                continue
            if value is None:  # an entry inside is broken, and has been reported
                draft.broken.add(name)
            else:
                values[name] = value
        return values

    def _value(self, draft: Draft[E], name: str, node: Node, shape: Shape) -> object | None:
        """Return the value of a field; None where an entry inside is broken. Raises NodeError for a wrong shape."""
        if shape.kind in {Kind.ENTRIES, Kind.TEXTS} and isinstance(node, Scalar) and is_path(node.text):
            return self._included(draft, name, node, shape)
        if shape.kind is Kind.ENTRIES:
            return self._entries(draft, name, self._items(node, shape), shape)
        if shape.kind is Kind.ENTRY:
            return self.entry(shape.of, node, Context(0, draft.field_label(name), draft.inner_label(name)))
        if shape.kind is Kind.TEXTS:
            texts = texts_of(node, split=name not in PROSE)
            draft.spans.update((f"{name}.{index}", span) for index, (_, span) in enumerate(texts))
            return tuple(text for text, _ in texts)
        if shape.kind in {Kind.TEXTS_BY_NAME, Kind.PARAMETERS}:
            pairs = list(pairs_of(node))
            for key, value in pairs:
                draft.spans[f"{name}.{key.text}.name"] = span_of(key)
                draft.spans[f"{name}.{key.text}"] = span_of(value)
            read = text_of if shape.kind is Kind.TEXTS_BY_NAME else parameter_of
            return {key.text: read(value) for key, value in pairs}
        return parameter_of(node) if shape.kind is Kind.PARAMETER else text_of(node)

    def _included(self, draft: Draft[E], name: str, node: Scalar, shape: Shape) -> object | None:
        """Return the value of a list that stands in another file."""
        mark = len(self.reader.findings)
        at = Position(self.file, *span_of(node))
        included = include(self.reader, self.folder, node.text, at, shape.of)
        if included is None:
            self.reader.leave_out_since(mark, draft.part_label(name))
            return None
        if shape.kind is Kind.TEXTS:
            items = Sequence(*span_of(node), items=included.nodes)
            return tuple(text for text, _ in texts_of(items, split=False))
        binder = Binder(self.reader, included.file, included.folder)
        return binder._entries(draft, name, included.nodes, shape)

    def _items(self, node: Node, shape: Shape) -> list[Node]:
        """Return the nodes of a list of entries; one alone stands for a list of one, text for names or for periods."""
        if isinstance(node, Sequence):
            return node.items
        if isinstance(node, Mapping):
            return [node]
        if shape.of is RecipientUnit or shape.of in SHORT_FORMS:
            split = shape.of in {RecipientUnit, Member}
            return [Scalar(text, *span, quoted=node.quoted) for text, span in texts_of(node, split=split)]
        if shape.of is Unavailable:
            return [Scalar(text, *span, quoted=True) for text, span in texts_of(node, split=True, by="；")]
        raise NodeError(
            node, "wrong-shape", f"这里要写成{shape.kind.words}", "或写文件名，例如 人员.csv、变动登记.yaml"
        )

    def _entries(self, draft: Draft[E], name: str, nodes: list[Node], shape: Shape) -> tuple[Entry, ...] | None:
        inside = self.file == draft.file
        owner, label = draft.owner_of(name), draft.inner_label(name)
        entries: list[Entry] = []
        whole = True
        for number, node in enumerate(nodes, 1):
            entry = self.item(shape.of, node, Context(number, owner, label))
            if entry is None:
                whole = False
                continue
            if inside:
                draft.spans[f"{name}.{len(entries)}"] = span_of(node)
            entries.append(entry)
        # A recipient that is left out would change every slot: the list is read whole or not at all.
        needs_all = shape.of is RecipientUnit or draft.cls not in ESSENTIAL
        return None if needs_all and not whole else tuple(entries)

    def item(self, cls: type[Entry], node: Node, context: Context) -> Entry | None:
        """Return one item of a list of `cls`; an event is of the class that its 类型 names."""
        return self._event(node, context) if cls is Event else self.entry(cls, node, context)

    def _event(self, node: Node, context: Context) -> Event | None:
        """Return the event that `node` holds, of the class that its 类型 names."""
        label = f"变动登记第 {context.number} 条"
        if not isinstance(node, Mapping):
            return self.entry(Event, node, context._replace(label=label))
        names = spellings(Event)
        kinds = [value for key, value in node.pairs if names.get(key.text.strip()) == "type"]
        kind = kinds[0] if kinds else None
        if not isinstance(kind, Scalar) or not kind.text.strip():
            at = Position(self.file, *span_of(kind or node))
            hint = "加一行“类型: ……”，例如  类型: 后延"
            self.reader.report(error("missing-field", f"{label}少了“类型”", hint, at, label))
            return None
        cls = event_class(kind.text)
        if cls is None:
            known = [word for one in EVENT_KINDS for word in (one.kind, *one.also)]
            hint = nearest_hint(kind.text, known, "类型有 " + "、".join(one.kind for one in EVENT_KINDS))
            at = Position(self.file, *span_of(kind))
            self.reader.report(error("unknown-event-type", f"不认识类型“{kind.text}”", hint, at, label))
            return None
        return cast("Event | None", self.entry(cls, node, context))
