"""统计 in the terminal: figures by group, the least, the middle and the most, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from xiaxiang.model.number import number_text
from xiaxiang.model.statistics import ELIGIBLE, MONTHS, ODD_DAYS, PEOPLE, GroupBy
from xiaxiang.render.text_heading import heading, reason_lines
from xiaxiang.render.text_layout import WIDTH, listed, paragraph, table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from xiaxiang.model.statistics import Group, Spread, Statistics
    from xiaxiang.model.workspace import Workspace

_EXPLAINED: Final = 3
"""Groups explained at either end where nobody asks for one by name."""


def stats_text(workspace: Workspace, statistics: Statistics, asked: Sequence[str], *, width: int = WIDTH) -> str:
    """Return the figures, the spread, and the reasons of the groups `asked` for, else of both ends; no next step."""
    span = f"{statistics.from_on.isoformat()} 至 {statistics.until_on.isoformat()}"
    lines = heading(workspace, f"下乡统计（按{statistics.by.value}）  {span}", (), width)
    lines += ["", *table(_rows(statistics), width=width), "", *_never(statistics)]
    for spread in statistics.spreads:
        lines += _spread(spread, statistics.by, width)
    for note in statistics.notes:
        lines += reason_lines(note, workspace.policy.document, "", width)
    if asked:
        lines += _asked(workspace, statistics, asked, width)
    else:
        lines += _ends(workspace, statistics, width)
    return "\n".join(lines) + "\n"


def matching(statistics: Statistics, asked: Sequence[str]) -> list[Group]:
    """Return the groups of those names, in the order of the statistics."""
    return [one for one in statistics.groups if one.name in asked]


def _rows(statistics: Statistics) -> list[tuple[str, ...]]:
    """Return the figures that anybody has; of people only those who have any, the most burdened first."""
    is_staff = statistics.by is GroupBy.PERSON
    left_out = {ODD_DAYS, PEOPLE, *([ELIGIBLE] if is_staff else [])}
    names = [name for name in statistics.totals if statistics.totals[name] and name not in left_out]
    groups = list(statistics.groups)
    if is_staff:
        groups = [one for one in groups if any(one.figures[name] for name in names)]
        groups.sort(key=lambda one: [-one.figures[name] for name in names])
    rows = [(statistics.by.value, *(["科室"] * is_staff), *names)]
    rows += [(one.name, *([one.department] * is_staff), *_cells(one.figures, names)) for one in groups]
    return [*rows, ("合计", *([""] * is_staff), *_cells(statistics.totals, names))]


def _cells(figures: Mapping[str, int], names: Sequence[str]) -> list[str]:
    """Return figures as people read them; days that make no month stand beside the months: 4＋19天."""
    odd = figures.get(ODD_DAYS, 0)
    return [f"{figures[name]}＋{odd}天" if name == MONTHS and odd else str(figures[name]) for name in names]


def _never(statistics: Statistics) -> list[str]:
    """Return how many people could have gone and never did."""
    if statistics.by is not GroupBy.PERSON or not statistics.spreads:
        return []
    figure = statistics.spreads[0].figure
    count = sum(one.counts and not one.figures[figure] for one in statistics.groups)
    return [f"可派而这段时间没有派的 {count} 人；看某一个: xiaxiang 统计 姓名 --by 人员", ""] if count else []


def _spread(spread: Spread, by: GroupBy, width: int) -> list[str]:
    if spread.least == spread.most:
        return [f"{spread.figure}: 各{by.value}一样，都是 {spread.most}"]
    middle = f"中位数 {number_text(spread.median)}"
    parts = [
        f"最少 {spread.least}（{_few(spread.least_names)}）",
        middle,
        f"最多 {spread.most}（{_few(spread.most_names)}）",
    ]
    return listed(f"{spread.figure}: ", parts, width=width)


def _few(names: Sequence[str]) -> str:
    shown = "、".join(names[:_EXPLAINED])
    return shown if len(names) <= _EXPLAINED else f"{shown}等 {len(names)} 个"


def _ends(workspace: Workspace, statistics: Statistics, width: int) -> Iterable[str]:
    """Yield why the most and the least burdened differ from the others, by each figure that is compared."""
    told: set[tuple[str, str]] = set()
    for spread in statistics.spreads:
        for word, value in (("最多", spread.most), ("最少", spread.least)):
            groups = [
                one
                for one in statistics.groups
                if one.counts and one.figures[spread.figure] == value and (one.department, one.name) not in told
            ]
            if value == spread.median or not groups:
                continue
            told |= {(one.department, one.name) for one in groups}
            yield from ("", f"{spread.figure}{word}")
            for group in groups[:_EXPLAINED]:
                yield from _explained(workspace, group, spread, width)
            if len(groups) > _EXPLAINED:
                names = "、".join(one.name for one in groups[_EXPLAINED:])
                yield from paragraph(" 一样的还有 ", f"{names}。看某一个: xiaxiang 统计 名称", width=width)


def _asked(workspace: Workspace, statistics: Statistics, asked: Sequence[str], width: int) -> Iterable[str]:
    for group in matching(statistics, asked):
        yield ""
        if statistics.spreads:
            yield from _explained(workspace, group, statistics.spreads[0], width)


def _explained(workspace: Workspace, group: Group, spread: Spread, width: int) -> Iterable[str]:
    value = group.figures[spread.figure]
    than = (
        "与中位数相同"
        if value == spread.median
        else f"比中位数{'多' if value > spread.median else '少'} {number_text(abs(value - spread.median))}"
    )
    where = f"（{group.department}）" if group.department else ""
    yield f" {group.name}{where}  {spread.figure} {value}，{than}"
    for one in group.because:
        yield from reason_lines(one, workspace.policy.document, "   · ", width)
