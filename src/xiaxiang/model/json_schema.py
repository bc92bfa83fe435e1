"""JSON Schema (2020-12) as plain dicts: references, and a document with the definitions that it needs, no others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Json = dict[str, Any]

DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"
_DEFINITIONS: Final = "$defs"


def ref(name: str) -> Json:
    """Return a reference to a definition."""
    return {"$ref": f"#/{_DEFINITIONS}/{name}"}


def whole(root: Json, definition: Callable[[str], Json]) -> Json:
    """Return `root` as a document of its own, with every definition that it, or one of them, refers to."""
    found: dict[str, Json] = {}
    wanted = list(_names_in(root))
    while wanted:
        name = wanted.pop()
        if name not in found:
            found[name] = definition(name)
            wanted += _names_in(found[name])
    return {"$schema": DRAFT, **root, _DEFINITIONS: {name: found[name] for name in sorted(found)}}


def _names_in(schema: object) -> Iterator[str]:
    if isinstance(schema, dict):
        if "$ref" in schema:
            yield str(schema["$ref"]).rpartition("/")[2]
        for inner in schema.values():
            yield from _names_in(inner)
    elif isinstance(schema, list):
        for inner in schema:
            yield from _names_in(inner)
