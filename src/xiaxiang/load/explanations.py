"""The explanations of every code, which lie beside the templates as words for people."""

from __future__ import annotations

from typing import Final

from xiaxiang.load.files import builtin
from xiaxiang.load.yaml import parse_yaml, plain
from xiaxiang.model.explanation import Explanation

FILE: Final = "diagnostics.yaml"
FOLDER: Final = "说明"
MEANING, WRONG, RIGHT = "意思", "错", "对"


def load_explanations() -> dict[str, Explanation]:
    """Return code → explanation, in the order of the file. A broken file is our own fault and raises ValueError."""
    path = builtin("templates") / FOLDER / FILE
    tree, problem = parse_yaml(path.read_text(encoding="utf-8"), FILE)
    if problem is not None:
        raise ValueError(str(problem))
    return {
        code: Explanation(code, group, told[MEANING], told[WRONG], told[RIGHT])
        for group, codes in plain(tree).items()
        for code, told in codes.items()
    }
