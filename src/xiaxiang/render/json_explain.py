"""Explanations for machines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xiaxiang.model.source import source_of
from xiaxiang.render.json_common import source

if TYPE_CHECKING:
    from xiaxiang.model.clause import ClauseUse
    from xiaxiang.model.explanation import Explanation
    from xiaxiang.render.json_common import Json


def explanation_json(one: Explanation) -> Json:
    """Return one code with its meaning and its two examples."""
    return {"code": one.code, "group": one.group, "meaning": one.meaning, "wrong": one.wrong, "right": one.right}


def clause_json(use: ClauseUse, document: str) -> Json:
    """Return everything in a policy that rests on one clause."""
    return {
        "source": source(source_of(document, use.clause)),
        "rules": list(use.rules),
        "numbers": [{"section": one.section, "name": one.name, "values": list(one.values)} for one in use.numbers],
        "readings": [
            {"setting": one.name, "value": one.value, "sentence": one.sentence, "others": dict(one.others)}
            for one in use.readings
        ],
    }
