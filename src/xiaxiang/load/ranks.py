"""Which professional title has which rank: plans/职称.yaml."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from xiaxiang.load.files import builtin
from xiaxiang.load.yaml import parse_yaml, plain
from xiaxiang.model.rank import Rank, RankTable, parse_rank

if TYPE_CHECKING:
    from pathlib import Path

RANKS_FILE: Final = "职称.yaml"


@cache
def load_ranks() -> RankTable:
    """Return the built-in table of titles."""
    return read_ranks(builtin("plans") / RANKS_FILE)


def read_ranks(path: Path) -> RankTable:
    """Return the table in `path`, ranks → lists of titles. The file is ours: a fault in it is a programmer's error."""
    tree, problem = parse_yaml(path.read_text(encoding="utf-8"), path.name)
    if problem is not None:
        raise ValueError(str(problem))
    ranks: dict[str, Rank] = {}
    for word, titles in plain(tree).items():
        for title in titles:
            if ranks.setdefault(title, parse_rank(word)) is not parse_rank(word):
                raise ValueError(title)
    return RankTable(ranks)
