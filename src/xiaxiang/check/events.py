"""变动登记: batches that exist, no entry twice, and the papers that an entry still lacks."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Final

from xiaxiang.model.diagnostic import Diagnostic, error, note, warning
from xiaxiang.model.event import Deferral, DeferralRuling, Leave, Promotion

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xiaxiang.model.plan import Issue
    from xiaxiang.model.workspace import Workspace


_LONGEST: Final = 10_000  # days: beyond, a slip of the finger would be counted day by day for seconds


def issue_label(issue: Issue) -> str:
    """Return how one entry of 发文登记 is named to users."""
    return f"发文登记的“{issue.kind}”"


def check_batches(workspace: Workspace) -> Iterator[Diagnostic]:
    """Every 批次 that an event or a document names can exist under the policy's handover months."""
    plan = workspace.plan
    named = [(one, getattr(one, "batch", None), one.entry_label) for one in plan.events]
    named_too = [(one, one.batch, issue_label(one)) for one in plan.documents]
    for entry, ref, label in (*named, *named_too):
        if ref is None:
            continue
        year = ref.year or plan.starts_on.year
        months = workspace.policy.months_of(year)
        if ref.number_among(months) is None:
            message = f"没有“{ref.text}”这一批"
            hint = f"一年有第 1 到第 {len(months)} 批，写成 {year}-1 这样" if months else "制度没有“轮换”，没有批次"
            yield error("no-such-batch", message, hint, entry.places.of("batch"), label)


def check_repeated_events(workspace: Workspace) -> Iterator[Diagnostic]:
    """No event stands twice, word for word."""
    seen: dict[str, int] = {}
    for event in workspace.plan.events:
        content = repr((event.kind, event.model_dump(exclude={"number", "type"})))
        if seen.setdefault(content, event.number) != event.number:
            message = f"和变动登记第 {seen[content]} 条完全一样"
            yield warning("repeated-event", message, "重复登记的话删去一条", event.places.of())


def check_promotion_titles(workspace: Workspace) -> Iterator[Diagnostic]:
    """晋升职称 is above the present title; the event stands whatever it says."""
    plan, ranks = workspace.plan, workspace.ranks
    for event in plan.events:
        if not isinstance(event, Promotion) or not event.title:
            continue
        departments = [plan.department(event.department)] if event.department else plan.departments
        people = [one for department in departments if department for one in department.find(event.person)]
        now = ranks.rank_of(people[0]) if len(people) == 1 else None
        then = ranks.ranks.get(event.title)
        if now is not None and then is not None and then <= now:
            message = f"“{event.person}”现在是{now.label}，晋升职称“{event.title}”是{then.label}，没有更高"
            yield warning("promotion-not-above", message, "核对人员的职称和这里的晋升职称", event.places.of("title"))


def check_undecided_deferrals(workspace: Workspace) -> Iterator[Diagnostic]:
    """Every 后延 has a 决定; without one it has no effect yet."""
    for event in workspace.plan.events:
        if isinstance(event, Deferral) and event.ruling is DeferralRuling.PENDING:
            message = f"“{event.department}”的后延还没有决定，暂不生效"
            hint = "决定后写上，例如  决定: 自动后延"
            yield note("undecided-deferral", message, hint, event.places.of("ruling"))


def check_promotion_consents(workspace: Workspace) -> Iterator[Diagnostic]:
    """Every 晋升优先 says what the departments concerned answered (under a policy that has the rule)."""
    if workspace.policy.rotation is None:
        return
    source = workspace.policy.rule("晋升优先")
    for event in workspace.plan.events:
        if isinstance(event, Promotion) and not event.consent.strip():
            message = f"“{event.person}”的晋升优先没有写沟通结果（{source}）"
            yield note("missing-consent", message, "加一行“沟通结果: ……”，例如  沟通结果: 同意", event.places.of())


def check_leave_length(workspace: Workspace) -> Iterator[Diagnostic]:
    """Every 请假 has 止 or 天数, and where it has both they agree."""
    for event in workspace.plan.events:
        if not isinstance(event, Leave):
            continue
        if event.until_on is None and event.days is None:
            hint = "加一行“止: ……”或“天数: ……”"
            yield error(
                "missing-field", f"“{event.person}”的请假没有写到哪天", hint, event.places.of(), event.entry_label
            )
        counted = _days_between(workspace, event)
        if counted is not None and event.days is not None and ceil(event.days) != counted:
            message = f"从“起”到“止”是 {counted} 天，“天数”写的是 {event.days} 天"
            yield error("days-differ", message, "改正其中一个", event.places.of("days"), event.entry_label)


def check_leave_papers(workspace: Workspace) -> Iterator[Diagnostic]:
    """Every long leave has a written explanation, a short one a telephone record; both are approved.

    The number of days and the clause are the policy's (请假: 书面说明起始天数); how days are counted is 口径 请假天数,
    whether the number itself belongs to the longer kind is 口径 以上以下.
    """
    rules = workspace.policy.leave
    if rules is None:
        return
    source = workspace.policy.source(rules.clause_of("written_from_days"))
    for event in workspace.plan.events:
        limit = rules.written_from_days.on(event.on)
        if not isinstance(event, Leave) or limit is None:
            continue
        days = event.days if event.days is not None else _days_between(workspace, event)
        if days is None:
            continue
        is_long = days > limit or (days == limit and workspace.reading("以上以下") == "含本数")
        what, given = ("书面说明", event.in_writing) if is_long else ("电话备案", event.phoned)
        who = f"“{event.person}”请假 {days} 天"
        if not given:
            message = f"{who}，没有{what}（{source}）"
            yield warning("leave-papers", message, f"补办后加一行“{what}: 是”", event.places.of())
        if not event.recipient_approved:
            message = f"{who}，没有受援单位批准（{source}）"
            yield warning("leave-papers", message, "批准后加一行“受援单位批准: 是”", event.places.of())


def _days_between(workspace: Workspace, leave: Leave) -> int | None:
    """Return the days of a leave as 口径 请假天数 counts them; None where no end is given or it comes first."""
    if leave.until_on is None or leave.until_on < leave.from_on:
        return None
    days = (leave.until_on - leave.from_on).days + 1
    if workspace.reading("请假天数") == "工作日" and days <= _LONGEST:
        return workspace.calendar.working_days(leave.from_on, leave.until_on)
    return days
