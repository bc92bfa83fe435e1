"""假如 in the terminal: what would be another, what would have to follow, and the lines to add if it is meant."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from xiaxiang.render.text_comparison import announced_lines, comparison_lines
from xiaxiang.render.text_heading import heading
from xiaxiang.render.text_layout import WIDTH, listed, paragraph, table
from xiaxiang.render.yaml_text import yaml_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xiaxiang.model.comparison import Comparison
    from xiaxiang.model.event import Event
    from xiaxiang.model.ledger import ServiceChange, Tally
    from xiaxiang.model.schedule import Schedule
    from xiaxiang.model.workspace import Workspace


def what_if_text(
    workspace: Workspace,
    schedule: Schedule,
    supposed: Sequence[str],
    comparison: Comparison,
    served: Sequence[ServiceChange],
    *,
    width: int = WIDTH,
) -> str:
    """Return the screen: the suppositions, before and after, months of service, what would have to follow."""
    lines = heading(workspace, "假如", schedule.readings, width)
    for number, line in enumerate(supposed, 1):
        lines += paragraph(f" {number}. ", line, width=width)
    lines += [""]
    if comparison.is_empty:
        return "\n".join([*lines, "轮换、通知和处罚都不变。"]) + "\n"
    lines += [] if comparison.slots else ["派出的科室和人员不变。"]
    lines += comparison_lines(workspace, comparison, ("原来", "如果"), width=width)
    told = [_served(one) for one in served if one.met or one.unmet or _tally(one.before) != _tally(one.after)]
    if told:
        lines += listed(" 服务  ", told, width=width)
    lines += announced_lines(workspace, comparison, width=width)
    return "\n".join(lines) + "\n"


def yaml_entries(events: Sequence[Event], indent: str) -> str:
    """Return the entries as they would be added to a YAML file."""
    return "".join(f"{indent}{line}\n" for event in events for line in yaml_text([event.written()]).splitlines())


def sheet_rows(columns: Sequence[str], rows: Sequence[Sequence[str]], *, as_csv: bool) -> str:
    """Return the rows as they would be added to a sheet, under its columns: as CSV, or side by side to be typed."""
    if as_csv:
        stream = io.StringIO()
        csv.writer(stream, lineterminator="\n").writerows([columns, *rows])
        return stream.getvalue()
    used = [index for index in range(len(columns)) if any(row[index] for row in rows)]
    cells = [[row[index] for index in used] for row in (columns, *rows)]
    return "\n".join(table(cells)) + "\n"


def _served(one: ServiceChange) -> str:
    clocks = "".join(f"，{name}满" for name in one.met) + "".join(f"，{name}不满" for name in one.unmet)
    return f"{one.name}（{one.department}） {_tally(one.before)} → {_tally(one.after)}{clocks}"


def _tally(tally: Tally) -> str:
    months = f"{tally.months} 个月" if tally.months else ""
    days = f"{tally.odd_days} 天" if tally.odd_days else ""
    return " ".join(part for part in (months, days) if part) or "无"
