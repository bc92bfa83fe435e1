"""The nearest known name to one that is not known: what a clerk probably meant to type."""

from __future__ import annotations

from difflib import SequenceMatcher
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from xiaxiang.model.aliases import ALIASES
from xiaxiang.model.sound import sounds

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_ALIKE: Final = 0.5  # measured on Chinese typos (promises.md): 0.6 finds 8 of 20, 0.5 finds 17
_MOST: Final = 3
_LONGEST: Final = 40  # comparing is quadratic: a "name" of a thousand characters is no typo
_HEARD: Final = 0.95
"""What a likeness of sound counts beside one of writing: 性名 is 姓名 sooner than it is 名称."""
_REMEMBERED: Final = 4096


def nearest(word: str, known: Iterable[str]) -> tuple[str, ...]:
    """Return at most three of the known names: those that people call so, then those at least half alike.

    The most alike come first; a likeness of sound counts almost as much as one of writing.
    """
    word = word.strip()
    if not word or len(word) > _LONGEST:
        return ()
    return _nearest(word, frozenset(known))


@lru_cache(maxsize=_REMEMBERED)
def _nearest(word: str, known: frozenset[str]) -> tuple[str, ...]:
    meant = [name for name in ALIASES.get(word, ()) if name in known]
    ratios = [(-ratio, -_in_place(word, name), name) for name in known if (ratio := _likeness(word, name)) >= _ALIKE]
    return tuple(dict.fromkeys((*meant, *(name for _, _, name in sorted(ratios)))))[:_MOST]


def _likeness(word: str, name: str) -> float:
    heard = _ratio(_sounds(word), _sounds(name))
    # What is written alike sounds alike: where the sounds differ, the letters need not be compared.
    return max(_HEARD * heard, _ratio(word, name)) if heard >= _ALIKE else 0


def _ratio(one: Sequence[str], other: Sequence[str]) -> float:
    # Most names have too little in common for a comparison to be worth its time.
    if 2 * sum(map(one.__contains__, other)) < _ALIKE * (len(one) + len(other)):
        return 0
    return SequenceMatcher(None, other, one, autojunk=False).ratio()


def _in_place(word: str, name: str) -> int:
    """Return how many characters stand where they should: of two names as much alike, the better has more."""
    return sum(one == other for one, other in zip(word, name, strict=False))


_sounds = lru_cache(maxsize=1 << 16)(sounds)


def nearest_hint(word: str, known: Iterable[str], otherwise: str) -> str:
    """Return “最接近的是…” for an unknown word, or the sentence `otherwise` where nothing comes near."""
    found = nearest(word, known)
    if not found:
        return otherwise
    return "最接近的是" + "、".join(f"“{name}”" for name in found) + "；" + otherwise
