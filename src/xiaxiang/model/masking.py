"""People's numbers (身份证号, 手机, 银行卡号) made unreadable where somebody else may read along."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable

T = TypeVar("T")

_MOBILE: Final = re.compile(r"(?<!\d)((?:86[- ]?)?1[3-9]\d)([- ]?\d{4}[- ]?)(\d{4})(?!\d)")
# Identity numbers have 18 characters, cards 16 to 19; a 15-digit licence is not a secret.
_LONG_NUMBER: Final = re.compile(r"(?<!\d)(\d{6})(\d{6,9})(\d{4}|\d{3}[Xx])(?!\d)")

_MASK: Final = "********"
_SHOWN: Final = 4  # of an account: enough to tell two of them apart


def masked(text: str) -> str:
    """Return `text` with such numbers masked, each to the same length whatever it was."""
    mobiles = _MOBILE.sub(lambda found: f"{found[1][-3:]}****{found[3]}", text)
    return _LONG_NUMBER.sub(r"\1********\3", mobiles)


def masked_row(row: Iterable[T]) -> tuple[T | str, ...]:
    """Return the cells of a row, those of text masked."""
    return tuple(masked(cell) if isinstance(cell, str) else cell for cell in row)


def masked_account(text: str) -> str:
    """Return a bank account, however it is grouped (6222 0000 …), with all but its last four signs masked."""
    plain = re.sub(r"[\s-]", "", text)
    return _MASK + plain[-_SHOWN:] if len(plain) > _SHOWN else _MASK


def masked_in_place(text: str) -> str:
    """Return `text` with such numbers masked character by character: every other column stays where it is."""
    for pattern in (_MOBILE, _LONG_NUMBER):
        text = pattern.sub(lambda found: found[1] + re.sub(r"\d", "*", found[2]) + found[3], text)
    return text
