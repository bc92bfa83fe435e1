"""表格考核 in the terminal: one row per subject, why something was not met, what follows, sums."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from xiaxiang.model.appraisal import PENDING
from xiaxiang.model.indicator import IndicatorKind
from xiaxiang.model.number import number_text
from xiaxiang.model.scalar import display_width, money_text
from xiaxiang.render.text_layout import WIDTH, cited, footnotes, listed, mark, paragraph, table
from xiaxiang.render.text_numbers import value_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xiaxiang.model.appraisal import Item
    from xiaxiang.model.appraisal_table import MoneyLine, SubjectAppraisal, TableAppraisal

_MET: Final = {True: "√", False: "×", None: ""}
_WORDS: Final = {IndicatorKind.YES_NO, IndicatorKind.DEADLINE, IndicatorKind.LEVEL}
_NOTHING: Final = "—"


def subjects_text(document: str, result: TableAppraisal, *, explain: bool = False, width: int = WIDTH) -> str:
    """Return the result as a table with footnotes, what follows from grades, and sums; with all reasons on request."""
    notes: list[str] = []
    rows = _rows(document, result, notes, explain=explain)
    lines = _heading(document, result, width)
    lines += _tables(rows, width)
    lines += [""] if notes else []
    for number, note in enumerate(notes, 1):
        lines += paragraph(f"{mark(number)} ", note, width=width)
    for one in result.subjects:
        for reason in one.follows:
            clause = f"（{cited(reason.source, document)}）" if reason.source else ""
            lines += paragraph("后果: ", f"{one.label} {reason.text}{clause}", width=width)
    sums = [
        f"{name} {money_text(paid)}" + (f"（扣减 {money_text(withheld)}）" if withheld else "")
        for name, (_, withheld, paid) in result.sums
    ]
    pending = sum(not one.complete for one in result.subjects)
    counted = [_counted(result), *([f"{pending} 个待补，没有计入"] if pending else []), *sums]
    return "\n".join([*lines, *listed("合计 ", counted, width=width)]) + "\n"


def _tables(rows: Sequence[tuple[str, ...]], width: int) -> list[str]:
    """Return the rows as a table; where it has too many columns for a line, as several, each with the subjects."""
    others = len(rows[0]) - 1
    lines: list[str] = []
    for parts in range(1, others + 1):
        size, lines = -(-others // parts), []
        for first in range(1, others + 1, size):
            some = [(row[0], *row[first : first + size]) for row in rows]
            lines += ["", *table(some, width=width, flexible=(len(some[0]) - 1,))]
        if max(map(display_width, lines)) <= width:
            break
    return lines


def _counted(result: TableAppraisal) -> str:
    """Return how many subjects there are, as they are counted: 8 人, 3 支队伍, 12 个单位."""
    measures = {"人员": "人", "队伍": "支队伍"}
    return f"{len(result.subjects)} {measures.get(result.kind, f'个{result.kind}')}"


def _heading(document: str, result: TableAppraisal, width: int) -> list[str]:
    left, right = f"{result.policy}  考核{result.kind}", f"依据 {document}"
    space = width - display_width(left) - display_width(right)
    lines = [left + " " * space + right] if space > 1 else [left, right]
    if result.readings:
        lines += listed("口径: ", [f"{one.setting}={one.value}" for one in result.readings], width=width)
    return lines


def _rows(document: str, result: TableAppraisal, notes: list[str], *, explain: bool) -> list[tuple[str, ...]]:
    names = tuple(dict.fromkeys(item.name for one in result.subjects for item in one.items))
    scored = any(one.score is not None for one in result.subjects)
    graded = any(one.grade for one in result.subjects)
    sums = [name for name, _ in result.sums]
    head = (result.kind, *names, *(["总分"] if scored else []), "等级" if graded else "结论", *sums)
    rows: list[tuple[str, ...]] = [head]
    for one in result.subjects:
        items = {item.name: item for item in one.items}
        cells = [
            _cell(one, items[name], document, notes, explain=explain) if name in items else _NOTHING for name in names
        ]
        score = [number_text(one.score) if one.score is not None else PENDING] if scored else []
        verdict = _verdict(one, document, notes, graded=graded)  # footnotes are numbered from left to right
        lines = {line.name: line for line in one.money}
        paid = [
            _paid(one, lines[name], document, notes, explain=explain) if name in lines else _NOTHING for name in sums
        ]
        rows.append((one.label, *cells, *score, verdict, *paid))
    return rows


def _verdict(one: SubjectAppraisal, document: str, notes: list[str], *, graded: bool) -> str:
    if one.unmet is None:
        return PENDING
    if not graded:
        words = [] if not one.items else ["全部完成" if one.unmet == 0 else f"{one.unmet} 项未完成"]
        return "，".join([*words, *([] if one.complete else ["金额待补"])]) or _NOTHING
    texts = [
        f"{one.label}: {reason.text}（{cited(reason.source, document)}）"
        for reason in one.grade_reasons
        if reason.source
    ]
    return (one.grade or _NOTHING) + footnotes(notes, texts)


def _paid(one: SubjectAppraisal, line: MoneyLine, document: str, notes: list[str], *, explain: bool) -> str:
    """Return a sum; on request how it came about, and where less is paid than is due always."""
    texts = [
        f"{one.label} {line.name}: {reason.text}（{cited(reason.source, document)}）"
        for reason in line.reasons
        if reason.source and (explain or line.withheld)
    ]
    return money_text(line.paid) + footnotes(notes, texts)


def _cell(one: SubjectAppraisal, item: Item, document: str, notes: list[str], *, explain: bool) -> str:
    """Return value and verdict; what is not met, or cannot be assessed, has its facts in a footnote."""
    texts: list[str] = []
    if item.facts and (explain or item.met is not True):
        texts = [f"{one.label} {item.name}: {'；'.join(item.facts)}（{cited(item.source, document)}）"]
    shown = "" if item.kind in _WORDS and item.met is not None else value_text(item)
    is_points = item.kind is IndicatorKind.SCORE and item.bound is None  # nothing to be met: the total is graded
    return f"{shown} {'' if is_points else _MET[item.met]}".strip() + footnotes(notes, texts)
