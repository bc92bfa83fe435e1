"""核定 in the terminal: what an approved batch has otherwise than the same batch computed now, and what was edited."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from xiaxiang.render.text_layout import WIDTH, listed, table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from xiaxiang.model.appraisal import PersonAppraisal
    from xiaxiang.model.approved import Approval, Edit

_NOTHING: Final = "（没有）"
_UNKNOWN: Final = "没有找到改动的登记（也可能是核定的文件被人改过、程序换了版本，或排班变了）"


def approval_mark(approval: Approval | None) -> str:
    """Return how an approved batch is marked: `  已核定 2024-07-10`; "" for one that is not."""
    return f"  已核定 {approval.approved_on.isoformat()}" if approval else ""


def approvals_lines(approvals: Iterable[Approval], *, width: int = WIDTH) -> list[str]:
    """Return the differences of every approved batch; nothing where all is as it was."""
    return [
        line
        for one in approvals
        if one.differences
        for line in ("", *difference_lines(one, "仍以核定的为准", width=width))
    ]


def difference_lines(one: Approval, then: str, *, width: int = WIDTH) -> list[str]:
    """Return who, which figure, before and after; then what was edited. `then` says what follows from it."""
    day = one.approved_on.isoformat()
    lines = [f"{one.batch.label} {day} 已核定，现在算出来的不同，{then}："]
    rows = [("科室", "人员", "哪一项", "核定的", "现在的")]
    rows += [
        (each.department, each.person or "（科室）", each.figure, each.approved, each.computed)
        for each in one.differences
    ]
    return [*lines, *table(rows, width=width), *listed("改动: ", _edits(one.edits), width=width, separator="；")]


def _edits(edits: Sequence[Edit]) -> list[str]:
    texts = [f"{one.label}: {one.before or _NOTHING} → {one.after or _NOTHING}" for one in edits]
    return texts or [_UNKNOWN]


def pending_lines(people: Iterable[PersonAppraisal], *, width: int = WIDTH) -> list[str]:
    """Return who keeps a batch from being approved, and what of theirs is not filled in."""
    texts = []
    for one in people:
        items = "、".join(item.name for item in one.items if item.met is None)
        texts.append(f"{one.name}（{one.department}）" + (f" {items}" if items else ""))
    return listed("待补: ", texts, width=width, separator="；")
