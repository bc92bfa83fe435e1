"""Findings as the commands that GitHub Actions (and the forges that follow it) turn into marks beside the lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from xiaxiang.model.diagnostic import Severity, in_order
from xiaxiang.model.masking import masked

if TYPE_CHECKING:
    from collections.abc import Iterable

    from xiaxiang.model.diagnostic import Diagnostic

_LEVELS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
_DATA: Final = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY: Final = _DATA | str.maketrans({":": "%3A", ",": "%2C"})


def github_text(found: Iterable[Diagnostic]) -> str:
    """Return one line for each finding, in order: `::error file=…,line=…,col=…,title=code::message。hint`."""
    return "".join(_line(one) + "\n" for one in in_order(found))


def _line(one: Diagnostic) -> str:
    at = one.position
    where = f"line={at.line},endLine={at.line},col={at.column},endColumn={at.end_column},title={one.code}"
    text = masked(one.message + (f"。怎么改: {one.hint}" if one.hint else ""))
    return f"::{_LEVELS[one.severity]} file={at.file.translate(_PROPERTY)},{where}::{text.translate(_DATA)}"
