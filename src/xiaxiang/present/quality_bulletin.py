"""质控动态: every change of order or person of one month, each with its clause. Without a change there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from xiaxiang.model.document import Content, Refusal
from xiaxiang.model.scalar import short_day_text
from xiaxiang.present.given import Facts, content
from xiaxiang.present.issue import end_of_month
from xiaxiang.present.wording import cited, rule_clause, sentence

if TYPE_CHECKING:
    from datetime import date

    from xiaxiang.model.document import Plain, Request
    from xiaxiang.model.schedule import Notice, Schedule
    from xiaxiang.model.workspace import Workspace
    from xiaxiang.present.given import Given

NAMES: Final = ("quality-bulletin", "质控动态")


def quality_bulletin(given: Given, request: Request) -> Content | Refusal:
    """Return the bulletin of one month: exactly the notices that are published in it."""
    if request.month is None:
        return Refusal(*NAMES, "没有写明月份", "用 --month 写明月份，例如 2024-03")
    workspace, month = given.workspace, request.month
    changes = changes_of(given.schedule, month)
    label = f"{month.year}年{month.month}月"
    if not changes:
        clause = rule_clause("意外公布", workspace)
        source = workspace.policy.source(clause) if clause else None
        return Refusal(*NAMES, f"{label}派遣顺序和人员没有变动，不需要公布", "换一个月份，或不出这一期", source)
    values: dict[str, Plain] = {
        "月份": label,
        "变动": tuple(_change(one, _consents(given.schedule, one), workspace) for one in changes),
        "公布依据": rule_clause("意外公布", workspace),
    }
    return content(given, request, NAMES, Facts(end_of_month(workspace, month), values, {}))


def changes_of(schedule: Schedule, month: date) -> tuple[Notice, ...]:
    """Return the changes that are published in `month` (its first day), by day, then as the schedule has them."""
    published = [one for one in schedule.notices if one.published_on == month]
    return tuple(sorted(published, key=lambda one: one.on or month))


def _consents(schedule: Schedule, change: Notice) -> tuple[Notice, ...]:
    """Return what is said about the consents that a promotion still needs; nothing for any other change."""
    if change.code not in {"promotion-placed", "promotion-extra"}:
        return ()
    about = (one for one in schedule.notices if one.is_about_consents)
    return tuple(one for one in about if (one.batch, one.person) == (change.batch, change.person))


def _change(notice: Notice, consents: tuple[Notice, ...], workspace: Workspace) -> Plain:
    return {
        "日期": short_day_text(notice.on) if notice.on else "",
        "批次": notice.batch.label if notice.batch else "",
        "科室": notice.department or "",
        "人员": notice.person or "",
        "内容": "；".join(sentence(one.message, workspace) for one in (notice, *consents)),
        "依据": cited(notice.source, workspace),
    }
