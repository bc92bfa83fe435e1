"""依据: the clause of a document on which a number or a decision rests."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """One clause of one document, both as users write them (`某县人民医院卫生下乡工作制度`, `三（二）`)."""

    document: str
    clause: str

    def __str__(self) -> str:
        return f"《{self.document}》{self.clause}"
