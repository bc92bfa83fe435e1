"""服务台账 in the terminal: clock by clock who has met it, who falls short by how much, and when they will meet it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from xiaxiang.model.clock import Clock, ClockKind, Counting, Records
from xiaxiang.model.ledger import NOT_SET, NoteKind
from xiaxiang.render.text_heading import heading, reason_lines
from xiaxiang.render.text_layout import WIDTH, cited, listed, paragraph, table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from xiaxiang.model.ledger import Account, ClockResult, Ledger, Service, Tally
    from xiaxiang.model.workspace import Workspace

_NO_RANK: Final = "不明"
_TOGETHER: Final = {
    NoteKind.UNDATED: ("标＋的", "已服务月数没有起止日期，按天的计时算不进去；要算，把每一段写进 history.csv"),
    NoteKind.PROPOSED: ("人选还是建议", "按建议算；派了谁，在变动登记里加一条“指派”"),
}
"""Notes that many people share: said once, with the names."""
_OVER: Final = {
    ClockKind.YEAR_DAYS: "自然年内",
    ClockKind.QUARTER_DAYS: "季度内",
    ClockKind.CAREER_DAYS: "累计",
    ClockKind.CAREER_MONTHS: "累计",
}


def ledger_text(workspace: Workspace, ledger: Ledger, *, width: int = WIDTH) -> str:
    """Return one line per person with all clocks, who will meet which next, and what must be said."""
    lines = heading(workspace, f"服务台账  截至 {ledger.as_of.isoformat()}", (), width)
    for clock in ledger.clocks:
        lines += _clock_heading(workspace, clock, width)
    begun = [one for one in ledger.accounts if one.served_months or _has_begun(one, ledger)]
    if begun:
        lines += ["", *table(_overview(ledger, begun), width=width), ""]
    for clock in ledger.clocks:
        lines += _summary(_of_clock(ledger, clock), clock, ledger, width)
    waiting = len(ledger.accounts) - len(begun)
    rest = [f"{waiting} 人排在以后的批次"] * bool(waiting) + [f"{ledger.others} 人没有记录"] * bool(ledger.others)
    if rest:
        lines += [f"没有列出: {'，'.join(rest)}"]
    return "\n".join([*lines, *_said(workspace, ledger, width)]) + "\n"


def clock_text(workspace: Workspace, ledger: Ledger, clocks: Sequence[Clock], *, width: int = WIDTH) -> str:
    """Return each of `clocks` by itself: everybody with every year or batch, short by how much, and met until when."""
    lines = heading(workspace, f"服务台账  截至 {ledger.as_of.isoformat()}", (), width)
    for clock in clocks:
        shown = [pair for pair in _of_clock(ledger, clock) if pair[1].value or pair[1].outlook or pair[1].met]
        lines += ["", *_clock_heading(workspace, clock, width), *_clock_table(shown, width)]
        lines += _summary(_of_clock(ledger, clock), clock, ledger, width)
    return "\n".join([*lines, *_said(workspace, ledger, width)]) + "\n"


def account_text(
    workspace: Workspace, ledger: Ledger, account: Account, clocks: Sequence[Clock], *, width: int = WIDTH
) -> str:
    """Return one person's account: every record with its days, then these clocks, then what must be said."""
    title = f"{account.label} 服务台账  截至 {ledger.as_of.isoformat()}"
    lines = [*heading(workspace, title, (), width), ""]
    rows = [
        ("起", "止", "天数", "月数", "批次", "受援单位", "来自"),
        *(_record(one, ledger) for one in account.services),
    ]
    if account.services:
        lines += table(rows, width=width, flexible=(5,))
    if account.served_months:
        lines += [f" 起始日期以前（已服务月数）: {account.served_months} 个月"]
    lines += [f" 合计（截至 {ledger.as_of.isoformat()}）: {tally_text(account.tally)}", ""]
    names = {one.name for one in clocks}
    for result in (one for one in account.clocks if one.clock.name in names):
        bound = f"，至少 {result.required} {result.clock.kind.unit}" if result.required is not None else ""
        window = "" if result.span is None else f" {result.window}"
        clause = cited(result.source, workspace.policy.document)
        text = f"{value_text(result)}{bound}: {standing_text(result)}（{clause}）"
        lines += paragraph(f" {result.clock.name}{window}  ", text, width=width)
    for note in account.notes:
        lines += reason_lines(note.reason, workspace.policy.document, " · ", width)
    return "\n".join(lines) + "\n"


def tally_text(tally: Tally) -> str:
    """Return what service comes to: 9 个月又 12 天，共 286 天."""
    odd = f"又 {tally.odd_days} 天" if tally.odd_days else ""
    return f"{tally.months} 个月{odd}，有起止日期的共 {tally.days} 天"


def value_text(result: ClockResult) -> str:
    """Return what a clock has counted: 9 个月又 12 天 · 364 天."""
    odd = f"又 {result.odd_days} 天" if result.odd_days else ""
    undated = f"（另有 {result.undated_months} 个月没有日期）" if result.undated_months else ""
    return f"{result.value} {result.clock.kind.unit}{odd}{undated}"


def standing_text(result: ClockResult) -> str:
    """Return where a person stands by one clock: met since when, or short by how much and until when."""
    if result.met is None:
        return f"{result.standing}（制度的这一条计时没有写“至少”）"
    if result.met:
        return result.standing + (f"（{result.met_on.isoformat()}）" if result.met_on else "")
    outlook = result.outlook
    if outlook is None:
        return result.standing
    where = outlook.batch.label if outlook.batch else "已登记的服务"
    how = f"{where}去就满" if outlook.if_sent else f"排在 {where}，{outlook.met_on.isoformat()} 满"
    return f"{result.standing}；{how}"


def _clock_heading(workspace: Workspace, clock: Clock, width: int) -> list[str]:
    """Return a clock's name, its bound, how it counts and where it stands."""
    if clock.kind is ClockKind.TERM:
        rule = "每次派驻满本批的全程"
    else:
        bounds = clock.at_least.values if clock.at_least else ()
        bound = "、".join(f"{value} {clock.kind.unit}" for _, value in bounds) or NOT_SET
        one = "，一次派驻单独算" if clock.records is Records.SINGLE else ""
        rule = f"{_OVER[clock.kind]}至少 {bound}{one}"
        if clock.kind is ClockKind.CAREER_MONTHS:
            rule += "；整批按整月，其余按日历月"
        else:
            rule += "；首日末日都算" if clock.counting is Counting.BOTH_ENDS else "；末日减首日"
    source = workspace.policy.source(clock.clause)
    return paragraph(f"{clock.name}  ", f"{rule}（{cited(source, workspace.policy.document)}）", width=width)


def _overview(ledger: Ledger, accounts: Iterable[Account]) -> list[tuple[str, ...]]:
    """Return one row per person: what each clock has counted in its present window, and what is missing."""
    clocks = [one for one in ledger.clocks if one.kind is not ClockKind.TERM]
    rows = [("姓名", "科室", "职级", *(_column(one, ledger) for one in clocks))]
    for account in accounts:
        results = {one.clock.name: one for one in account.clocks if _is_current(one, ledger)}
        cells = (_cell(results[one.name]) if one.name in results else "" for one in clocks)
        rows.append((account.name, account.department, account.rank.label if account.rank else _NO_RANK, *cells))
    return rows


def _column(clock: Clock, ledger: Ledger) -> str:
    if clock.kind is ClockKind.YEAR_DAYS:
        return f"{clock.name} {ledger.as_of.year}年"
    return f"{clock.name} 本季" if clock.kind is ClockKind.QUARTER_DAYS else clock.name


def _cell(result: ClockResult) -> str:
    value = f"{result.value} {result.clock.kind.unit}"
    if result.undated_months:
        value += "＋"
    return f"{value} {'√' if result.met else result.standing}"


def _of_clock(ledger: Ledger, clock: Clock) -> list[tuple[Account, ClockResult]]:
    return [(one, result) for one in ledger.accounts for result in one.clocks if result.clock.name == clock.name]


def _clock_table(shown: list[tuple[Account, ClockResult]], width: int) -> list[str]:
    if not shown:
        return [" 没有人有这一项的记录"]
    windowed = any(result.span for _, result in shown)
    rows = [("姓名", "科室", "职级", *(["期间"] if windowed else []), "已有", "情况")]
    for account, result in shown:
        rank = account.rank.label if account.rank else _NO_RANK
        window = [result.window] if windowed else []
        rows.append((account.name, account.department, rank, *window, value_text(result), standing_text(result)))
    return table(rows, width=width, flexible=(len(rows[0]) - 1,))


def _is_current(result: ClockResult, ledger: Ledger) -> bool:
    return result.span is None or result.span[0] <= ledger.as_of <= result.span[1]


def _has_begun(account: Account, ledger: Ledger) -> bool:
    return bool(account.notes) or any(one.from_on <= ledger.as_of for one in account.services)


def _summary(found: list[tuple[Account, ClockResult]], clock: Clock, ledger: Ledger, width: int) -> list[str]:
    """Return how many have met a clock, who will with the next batch, and whose posting was cut short."""
    if clock.kind is ClockKind.TERM:
        over = [pair for pair in found if pair[1].span and pair[1].span[1] <= ledger.as_of]
        short = [f"{one.name} {r.window} {r.value}/{r.required} 天" for one, r in over if not r.met]
        counted = f"{len(over)} 次派驻已期满，{len(over) - len(short)} 次满全程"
        first = [f"{counted} · 不满: {one}" for one in short[:1]] or [counted]
        return listed(f"{clock.name}: ", [*first, *short[1:]], width=width, separator="、")
    current = [pair for pair in found if _is_current(pair[1], ledger)]
    before = [f"{one.name} {result.window}" for one, result in found if result.met and (one, result) not in current]
    told = {"以前满过": before}
    for is_sent, lead in ((False, "排上就满"), (True, "去了就满")):
        outlooks = ((one.name, result.outlook) for one, result in current)
        names = [name for name, then in outlooks if then and (then.if_sent, then.batch) == (is_sent, ledger.next_batch)]
        told[f"下一批（{ledger.next_batch.label}）{lead}" if ledger.next_batch else ""] = names
    lines = [f"{clock.name}: 已满 {sum(result.met is True for _, result in current)} 人"]
    for lead, names in told.items():
        lines += listed(f"  {lead}: ", names, width=width, separator="、") if lead and names else []
    return lines


def _record(one: Service, ledger: Ledger) -> tuple[str, ...]:
    days = sum((last - first).days + 1 for first, last in one.spans)
    months = f"{one.months} 个月" if one.months is not None else ""
    origin = "建议" if one.proposed else "计划" if one.from_on > ledger.as_of else one.origin.label
    batch = one.batch.label if one.batch else ""
    return (one.from_on.isoformat(), one.until_on.isoformat(), str(days), months, batch, one.recipient_unit, origin)


def _said(workspace: Workspace, ledger: Ledger, width: int) -> Iterable[str]:
    """Yield what must be said: people without a rank, months without days, proposals, records not counted."""
    document = workspace.policy.document
    if ledger.unknown_rank:
        unranked = "、".join(ledger.unknown_rank)
        yield from paragraph(
            f"职级不明 {len(ledger.unknown_rank)} 人: ", f"{unranked}。照常计入；在“人员”里写上“职级”", width=width
        )
    for kind, told in _TOGETHER.items():
        names = [one.name for one in ledger.accounts for note in one.notes if note.kind is kind]
        if names:
            lead = f"{told[0]} {len(names)} 人: "
            yield from paragraph(lead, told[1], width=width)
            if kind is NoteKind.PROPOSED:
                yield from listed("  ", names, width=width, separator="、")
    for one in ledger.accounts:
        for note in one.notes:
            if note.kind not in _TOGETHER:
                yield from reason_lines(note.reason, document, f"{one.label}: ", width)
    for reason in ledger.notes:
        yield from reason_lines(reason, document, "", width)
