"""One class of entries → one JSON Schema: every field under every spelling, in the shapes that `bind` takes."""

from __future__ import annotations

from inspect import unwrap
from typing import TYPE_CHECKING, Any, Final, get_args

from pydantic import BeforeValidator

from xiaxiang.load.draft import TABLE_ENDINGS
from xiaxiang.load.include import YAML_SUFFIXES
from xiaxiang.load.schema_values import NOTHING, TEXT, VALUES, value_name, words
from xiaxiang.load.shapes import SHORT_FORMS, Kind, Shape, shapes, spellings
from xiaxiang.load.soundness import CERTIFICATES, HANDOVER_DAYS, ON_WHOM
from xiaxiang.load.values import PARAMETER_KEYS
from xiaxiang.model.about import sentence_of, title_of
from xiaxiang.model.event import EVENT_KINDS, Event
from xiaxiang.model.funding import RecallSanction
from xiaxiang.model.hospital import Unavailable
from xiaxiang.model.indicator import Conclusion
from xiaxiang.model.json_schema import Json, ref
from xiaxiang.model.parameter import UNSET, VALUE_KEY
from xiaxiang.model.plan import Plan
from xiaxiang.model.policy import RULES, Policy, RotationRules
from xiaxiang.model.reading import SETTINGS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from pydantic.fields import FieldInfo

    from xiaxiang.model.entry import Entry

_PARAMETER: Final = "-parameter"
_OPTIONAL: Final = "optional-"
_TEXT: Final = ref(TEXT)


def entry_schema(cls: type[Entry]) -> Json:
    """Return the schema of one entry written as a mapping: unknown keys refused, required ones asked for once."""
    return _mapping(cls, title_of(cls)) | {"additionalProperties": False}


def event_schema() -> Json:
    """Return the schema of any event: its 类型 decides which other fields it has."""
    names = [name for name, meant in spellings(Event).items() if meant == "type"]
    chosen = [
        {
            "if": {"anyOf": [_has(name, (kind.kind, *kind.also)) for name in names]},
            "then": ref(kind.__name__),
        }
        for kind in EVENT_KINDS
    ]
    schema = _mapping(Event, title_of(Event))
    return schema | {"allOf": [*schema.get("allOf", ()), _one_of_them(names), *chosen]}


def properties_of(cls: type[Entry]) -> Json:
    """Return every field under its Chinese name, and then under its other spellings."""
    shown: Json = {}
    hidden: Json = {}
    for identifier, shape in shapes(cls).items():
        field = cls.model_fields[identifier]
        others = [one for one, meant in spellings(cls).items() if meant == identifier and one != field.alias]
        value = _value(cls, identifier, shape, field)
        about = f"{sentence_of(cls, identifier)}。也可写作: {'、'.join(others)}"
        shown[str(field.alias)] = {"title": field.alias, "description": about, **value}
        hidden.update(dict.fromkeys(others, hide({"title": field.alias, **value})))
    return shown | hidden


def hide(value: Json) -> Json:
    """Return the schema of a field's other spelling: taken as well, but editors offer the Chinese name only."""
    rest = {key: inner for key, inner in value.items() if key != "$ref"}
    # An editor that finds a $ref among other keywords moves them out of its sight.
    return rest | ({"allOf": [{"$ref": value["$ref"]}]} if "$ref" in value else {}) | {"doNotSuggest": True}


def list_of(item: Json, *, lone: Iterable[Json] = ()) -> Json:
    """Return a list of items, or what may stand for one: a lone item, a file's name, nothing."""
    return {"anyOf": [{"type": "array", "items": item}, *lone, NOTHING]}


def _mapping(cls: type[Entry], title: str) -> Json:
    schema: Json = {"type": "object", "title": title, "properties": properties_of(cls)}
    required = [name for name, field in cls.model_fields.items() if field.is_required()]
    asked = [_one_of_them([one for one, meant in spellings(cls).items() if meant == name]) for name in required]
    return schema | ({"allOf": asked} if asked else {})


def _one_of_them(names: Iterable[str]) -> Json:
    """Return that a field is given, under one of its spellings only."""
    return {"oneOf": [{"required": [name]} for name in names]}


def _has(name: str, values: Iterable[str]) -> Json:
    return {"required": [name], "properties": {name: {"enum": list(values)}}}


def _value(cls: type[Entry], identifier: str, shape: Shape, field: FieldInfo) -> Json:
    """Return the schema of a field's value, whatever spelling it stands under."""
    if (cls, identifier) in _SPECIAL:
        return _SPECIAL[cls, identifier]
    if issubclass(cls, Event) and identifier == "type":
        return ref("event-kind")
    if shape.kind not in {Kind.ENTRY, Kind.ENTRIES}:
        return _plain(shape.kind, field)
    forms = _entry_forms(shape.of)
    if shape.kind is Kind.ENTRY:
        return {"anyOf": [*forms, NOTHING]}
    return list_of({"anyOf": forms} if len(forms) > 1 else forms[0], lone=[*forms, ref("file")])


def _plain(kind: Kind, field: FieldInfo) -> Json:
    """Return the schema of a field that holds no entries: one value, a list of texts, or values by name."""
    if kind in {Kind.TEXT, Kind.PARAMETER}:
        return ref(_single(kind, field))
    if kind is Kind.TEXTS:
        return list_of(_TEXT, lone=[_TEXT])
    value = ref("words" if kind is Kind.TEXTS_BY_NAME else value_name(_reader(field)) + _PARAMETER)
    return {"anyOf": [{"type": "object", "additionalProperties": value}, NOTHING]}


def _single(kind: Kind, field: FieldInfo) -> str:
    """Return the name of the definition for a field that holds one value, or one parameter."""
    reader = value_name(_reader(field))
    if kind is Kind.PARAMETER:
        reader += _PARAMETER
    if not field.is_required():
        return _OPTIONAL + reader
    return "words" if reader == TEXT else reader


def _entry_forms(cls: type[Any]) -> list[Json]:
    """Return how one entry may be written: as a mapping, and for some as a text."""
    mapping = ref(cls.__name__)
    if cls in SHORT_FORMS:
        return [mapping, ref("words")]
    return [mapping, ref("period")] if cls is Unavailable else [mapping]


def _parameter(name: str) -> Json:
    """Return a number (or word) of a policy: one value of the kind defined as `name`, 未定, by date, or {值, 依据}."""
    single = ref(name)
    plain = [single, {"type": "array", "items": single}]
    dated = {"type": "object", "patternProperties": {"^\\s*[0-9０-９]{4}": {"anyOf": plain}}, "minProperties": 1}
    blank: Json = {"enum": sorted(UNSET), "doNotSuggest": True}
    both: list[Json] = [*plain, blank, dated | {"additionalProperties": False}]
    parts = {
        key: {"anyOf": both} if meant == VALUE_KEY else {**_TEXT, "title": meant}
        for key, meant in PARAMETER_KEYS.items()
    }
    names = [key for key, meant in PARAMETER_KEYS.items() if meant == VALUE_KEY]
    whole = {"type": "object", "properties": parts, "additionalProperties": False, **_one_of_them(names)}
    return {"anyOf": [*both, whole]}


def _reader(field: FieldInfo) -> Callable[..., object] | None:
    """Return the function that reads the field's text in the end, or None where text stays text."""
    return next((unwrap(one.func) for one in _validators((field.annotation, *field.metadata))), None)


def _validators(parts: Iterable[Any]) -> Iterator[BeforeValidator]:
    for part in parts:
        if isinstance(part, BeforeValidator):
            yield part
        else:
            yield from _validators(get_args(part))


def _any_case(word: str) -> str:
    return "".join(f"[{char}{char.upper()}]" for char in word)


def _readings(ending: str = "") -> Json:
    """Return the mapping 口径: name → one of its values, by its short name or its whole sentence."""
    choices = {
        one.name: {
            "title": one.name,
            "description": f"{one.decides}：" + "；".join(f"{name} {text}" for name, text in one.values.items()),
            **ref(f"reading-{number}{ending}"),
        }
        for number, one in enumerate(SETTINGS)
    }
    return {"anyOf": [{"type": "object", "properties": choices, "additionalProperties": False}, NOTHING]}


_CHOICES: Final[dict[str, Json]] = {
    "handover-day": {"anyOf": [words("交接日", HANDOVER_DAYS), ref("count")]},
    "certificate": words("鉴定表", CERTIFICATES),
    "on-whom": words("对象", ON_WHOM),
    "event-kind": words(
        "类型", [kind.kind for kind in EVENT_KINDS], [word for kind in EVENT_KINDS for word in kind.also]
    ),
    **{
        f"reading-{number}": words(f"口径“{one.name}”", one.values, one.values.values())
        for number, one in enumerate(SETTINGS)
    },
}
"""Words that the engine knows: what `soundness` and `check` refuse, an editor can show."""

_SPECIAL: Final[dict[tuple[type[Entry], str], Json]] = {
    (Plan, "readings"): _readings(),
    (Policy, "readings"): _readings(_PARAMETER),
    (Policy, "clauses"): {
        "type": "object",
        "properties": {rule: {"title": rule, **ref("words")} for rule in RULES},
        "required": list(RULES),
        "additionalProperties": False,
    },
    (RotationRules, "handover_day"): ref(f"handover-day{_PARAMETER}"),
    (Conclusion, "certificate"): ref(f"{_OPTIONAL}certificate{_PARAMETER}"),
    (RecallSanction, "on_whom"): list_of(ref("on-whom"), lone=[_TEXT]),
}
"""Fields that hold such words."""

_SINGLE: Final = VALUES | _CHOICES
_ENDINGS: Final = sorted({*YAML_SUFFIXES, *TABLE_ENDINGS})
_GIVEN: Final = _SINGLE | {f"{name}{_PARAMETER}": _parameter(name) for name in _SINGLE}
DEFINED: Final[dict[str, Json]] = {
    **_GIVEN,
    **{f"{_OPTIONAL}{name}": {"anyOf": [ref(name), NOTHING]} for name in _GIVEN},
    "file": {
        "description": "文件名，例如 人员.xlsx、变动登记.yaml",
        "type": "string",
        "pattern": rf"\.(?:{'|'.join(_any_case(ending[1:]) for ending in _ENDINGS)})\s*$",
    },
    "period": {
        "description": "起止日期，例如 2024-01-01至2024-03-31（产假）；几段之间用“；”隔开",
        "type": "string",
        "pattern": "[至到~～—]",
    },
}
"""Name of a definition that is not an entry's → the definition."""
