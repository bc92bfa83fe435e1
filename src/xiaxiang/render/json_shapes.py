"""The shapes that the JSON contract is made of: texts, days, amounts, lists, objects in which every key is there."""

from __future__ import annotations

from typing import Final

from xiaxiang.model.json_schema import Json, ref

TEXT: Final[Json] = {"type": "string"}
TEXT_OR_NULL: Final[Json] = {"type": ["string", "null"]}
YES_NO: Final[Json] = {"type": "boolean"}
YES_NO_OR_NULL: Final[Json] = {"type": ["boolean", "null"]}
COUNT: Final[Json] = {"type": "integer", "minimum": 0}
COUNT_OR_NULL: Final[Json] = {"type": ["integer", "null"], "minimum": 0}
DAY: Final[Json] = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
DAY_OR_NULL: Final[Json] = {"anyOf": [DAY, {"type": "null"}]}
BATCH: Final[Json] = {"type": "string", "pattern": r"^\d{4}-\d{1,2}$"}
MONEY: Final[Json] = {"type": "string", "pattern": r"^-?\d+\.\d{2}$", "description": "元，两位小数"}
MONEY_OR_NULL: Final[Json] = {"anyOf": [MONEY, {"type": "null"}]}
SEVERITY: Final[Json] = {"enum": ["error", "warning", "note"]}


def or_null(schema: Json) -> Json:
    """Return what is either as `schema` says, or null."""
    return {"anyOf": [schema, {"type": "null"}]}


def list_of(item: Json) -> Json:
    """Return a list of any length."""
    return {"type": "array", "items": item}


def record(title: str, /, **properties: Json) -> Json:
    """Return an object in which every key is always there."""
    return {"type": "object", "title": title, "properties": properties, "required": list(properties)}


NUMBER: Final[Json] = {
    "description": "整数；有小数的写成分数，例如 7/2",
    "anyOf": [{"type": ["integer", "null"]}, {"type": "string", "pattern": r"^-?\d+/\d+$"}],
}
RATE: Final = record("比率", fraction={"type": "string", "pattern": r"^\d+(/\d+)?/\d+$"}, rounded={"type": "number"})
MEASURED: Final[Json] = {"anyOf": [NUMBER, ref("rate")]}
