"""职级: the four ranks of professional titles; which title has which rank is data (plans/职称.yaml)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Final

from xiaxiang.model.scalar import ScalarError
from xiaxiang.model.similar import nearest_hint

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xiaxiang.model.hospital import Person


class Rank(IntEnum):
    """The four ranks, in order. There is no rank 0: a person without a known title has no rank (None)."""

    JUNIOR = 1
    INTERMEDIATE = 2
    ASSOCIATE_SENIOR = 3
    SENIOR = 4

    @property
    def label(self) -> str:
        """The word that users read."""
        return _LABELS[self]


_LABELS: Final = {
    Rank.JUNIOR: "初级",
    Rank.INTERMEDIATE: "中级",
    Rank.ASSOCIATE_SENIOR: "副高",
    Rank.SENIOR: "正高",
}
_ALSO: Final = {"副高级": Rank.ASSOCIATE_SENIOR, "正高级": Rank.SENIOR, "高级": Rank.SENIOR}
WORDS: Final = (*_LABELS.values(), *_ALSO)
"""Every word that `parse_rank` reads, the four that users see first."""


def parse_rank(text: str) -> Rank:
    """Return the rank that `text` names (初级, 中级, 副高, 正高). Raises ScalarError."""
    word = text.strip()
    for rank, label in _LABELS.items():
        if word == label:
            return rank
    if word in _ALSO:
        return _ALSO[word]
    raise ScalarError(
        "bad-rank", f"“{text}”不是职级", nearest_hint(text, WORDS, "职级只有 初级、中级、副高、正高 四种")
    )


@dataclass(frozen=True, slots=True)
class RankTable:
    """Professional titles → ranks, with the short forms that people write."""

    ranks: Mapping[str, Rank]

    def rank_of(self, person: Person) -> Rank | None:
        """Return a person's rank: 职级 where given, else by 职称; None where neither settles it."""
        return person.rank or (self.ranks.get(person.professional_title) if person.professional_title else None)

    def rank_of_words(self, title: str, rank: str = "") -> Rank | None:
        """Return the rank of somebody outside a plan: 职级 where it says one, else by 职称; None where neither does."""
        try:
            return parse_rank(rank) if rank.strip() else self.ranks.get(title.strip())
        except ScalarError:
            return None
