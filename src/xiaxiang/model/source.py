"""依据: the clause of a document on which a number or a decision rests."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_OF_ANOTHER: Final = re.compile(r"《(.+?)》\s*(\S.*)")


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """One clause of one document, both as users write them (`某县人民医院卫生下乡工作制度`, `三（二）`)."""

    document: str
    clause: str

    def __str__(self) -> str:
        return f"《{self.document}》{self.clause}"

    def cited_in(self, document: str) -> str:
        """Return the clause as a reader of `document` needs it: alone, or with the document that it is in."""
        return self.clause if self.document == document else str(self)


def source_of(document: str, clause: str) -> Source:
    """Return a clause as a source: of `document`, or of the one that the clause itself names (《医师法》第四十六条)."""
    elsewhere = _OF_ANOTHER.fullmatch(clause.strip())
    return Source(elsewhere[1], elsewhere[2]) if elsewhere else Source(document, clause)
