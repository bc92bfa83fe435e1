"""What every machine-readable result shares (the shapes are a contract): sources, diagnostics, exact numbers."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from xiaxiang.model.diagnostic import Severity, in_order
from xiaxiang.model.masking import masked

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from fractions import Fraction

    from xiaxiang.model.decision import Reason
    from xiaxiang.model.diagnostic import Diagnostic
    from xiaxiang.model.policy import Policy
    from xiaxiang.model.reading import ReadingUsed
    from xiaxiang.model.source import Source
    from xiaxiang.model.workspace import Workspace

Json = dict[str, Any]

_DIGITS: Final = 6


def document(content: Json, *, ascii_only: bool = False) -> str:
    """Return one JSON document as text. `ascii_only` where the stream cannot carry UTF-8: escapes mean the same."""
    return json.dumps(content, ensure_ascii=ascii_only, indent=2) + "\n"


def with_diagnostics(content: Json, workspace: Workspace | None, found: Iterable[Diagnostic]) -> Json:
    """Return `content` with what every computed result says about its input: draft, left_out, diagnostics."""
    left_out = list(workspace.left_out) if workspace else []
    findings = in_order(found)
    draft = workspace is None or workspace.is_draft or any(one.is_error for one in findings)
    return {**content, "draft": draft, "left_out": left_out, "diagnostics": [diagnostic(one) for one in findings]}


def validation(found: Iterable[Diagnostic]) -> Json:
    """Return the result of `validate`: the findings in order, and how many errors and warnings."""
    findings = in_order(found)
    return {
        "diagnostics": [diagnostic(one) for one in findings],
        "errors": sum(one.severity is Severity.ERROR for one in findings),
        "warnings": sum(one.severity is Severity.WARNING for one in findings),
    }


def diagnostic(one: Diagnostic) -> Json:
    """Return one finding; line and columns are 1-based characters, `end_column` exclusive."""
    return {
        "code": one.code,
        "severity": one.severity.value,
        "file": one.position.file,
        "line": one.position.line,
        "column": one.position.column,
        "end_column": one.position.end_column,
        "message": masked(one.message),
        "hint": masked(one.hint),
        "left_out": one.left_out,
    }


def source(one: Source | None) -> Json | None:
    """Return a clause with the document it stands in."""
    return {"document": one.document, "clause": one.clause} if one else None


def reason(one: Reason) -> Json:
    """Return one reason: its fact, its clause, and the entry that caused it."""
    place = one.position
    position = {"file": place.file, "line": place.line, "column": place.column} if place else None
    return {"text": one.text, "source": source(one.source), "position": position}


def reading(one: ReadingUsed) -> Json:
    """Return one 口径 in force, with its sentence and who chose it."""
    return {
        "setting": one.setting,
        "value": one.value,
        "sentence": one.sentence,
        "chosen_by": "plan" if one.chosen_by_plan else "policy",
        "source": source(one.source),
    }


def day(one: date | None) -> str | None:
    """Return a day as ISO 8601."""
    return one.isoformat() if one else None


def number(value: Fraction | None) -> int | float | str | None:
    """Return a count as an integer; a number with a fraction exactly, as text ("7/2")."""
    if value is None:
        return None
    return value.numerator if value.denominator == 1 else f"{value.numerator}/{value.denominator}"


def rate(value: Fraction | None, counted: tuple[Fraction | int, Fraction | int] | None = None) -> Json | None:
    """Return a rate as it was counted (48/60), exactly, and rounded for reading."""
    if value is None:
        return None
    top, bottom = counted or (value.numerator, value.denominator)
    return {"fraction": f"{top}/{bottom}", "rounded": round(float(value), _DIGITS)}


def policy_list(policies: Iterable[Policy]) -> Json:
    """Return the result of `policy list`: each with its document, whom it assesses, and whether it rotates."""
    return {
        "policies": [
            {"name": one.name, "document": one.document, "subject": one.subject, "rotates": one.rotation is not None}
            for one in policies
        ]
    }
