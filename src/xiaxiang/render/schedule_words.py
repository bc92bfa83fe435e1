"""The words in which every rendering of a schedule speaks of days, people and posts: screen, page, sheet, calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from xiaxiang.model.scalar import short_day_text, weekday_text
from xiaxiang.model.schedule import BY_DEPARTMENT, VACANT
from xiaxiang.render.text_layout import cited

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from xiaxiang.model.decision import Reason
    from xiaxiang.model.hospital import Person
    from xiaxiang.model.schedule import Batch, Posting, Sanction, Schedule
    from xiaxiang.model.source import Source
    from xiaxiang.model.workspace import Workspace

_SPOKEN_TITLES: Final = {f"{word}医师": word for word in ("住院", "主治", "副主任", "主任")}
_DAYS_OF_MONTH: Final = 30
_QUARTER, _HALF, _YEAR = 3, 6, 12
"""Months."""


def handover_text(batch: Batch) -> str:
    """Return the handover day as people say it: `1月2日 周二`."""
    return f"{short_day_text(batch.handover_on)} {weekday_text(batch.handover_on)}"


def day_in_batch(day: date, batch: Batch) -> str:
    """Return a day of the batch's year in short; 次年 where it falls into the next."""
    return ("次年" if day.year > batch.name.year else "") + short_day_text(day)


def part_of(posting: Posting, batch: Batch) -> tuple[str, ...]:
    """Return from or until when, for a posting that is only a part of its batch."""
    start = (f"{day_in_batch(posting.starts_on, batch)}起",) if posting.starts_on > batch.handover_on else ()
    end = (f"至{day_in_batch(posting.ends_on, batch)}",) if posting.ends_on < batch.ends_on else ()
    return start + end


def spoken_title(person: Person) -> str:
    """Return a title as people say it: 主治医师 is 主治, 副主任医师 is 副主任; 主治中医师 stays."""
    return _SPOKEN_TITLES.get(person.professional_title, person.professional_title)


def proposed_name(posting: Posting) -> str:
    """Return who goes, with a short title; 建议 in front where the department has yet to decide."""
    if posting.person is None:
        return VACANT
    title = spoken_title(posting.person)
    return ("建议 " if posting.proposed else "") + posting.person.name + (f"（{title}）" if title else "")


def who_goes(posting: Posting) -> str:
    """Return who goes: 由科室确定（建议 钱七）, a name, or 空缺."""
    if posting.person is None:
        return VACANT
    return f"{BY_DEPARTMENT}（建议 {posting.person.name}）" if posting.proposed else posting.person.name


def period_text(batch: Batch) -> str:
    """Return which part of the year a batch is by the calendar: 一季度, 下半年, 全年; `3月起` where it is none."""
    month = batch.nominal_on.month
    months = round(((batch.ends_on - batch.handover_on).days + 1) / _DAYS_OF_MONTH)
    place, rest = divmod(month - 1, months) if months else (0, 1)
    names = {_QUARTER: ("一季度", "二季度", "三季度", "四季度"), _HALF: ("上半年", "下半年"), _YEAR: ("全年",)}
    return names[months][place] if months in names and rest == 0 else f"{month}月起"


def years_text(schedule: Schedule) -> str:
    """Return the years of the batches: `2024年`, `2024—2026年`; "" where there are none."""
    years = sorted({batch.name.year for batch in schedule.batches})
    if not years:
        return ""
    return f"{years[0]}年" if len(years) == 1 else f"{years[0]}—{years[-1]}年"


def with_clause(text: str, source: Source | None, workspace: Workspace) -> str:
    """Return a fact and, in brackets, the clause it rests on."""
    return f"{text}（{cited(source, workspace.policy.document)}）" if source else text


def told(reasons: Iterable[Reason], workspace: Workspace) -> tuple[str, ...]:
    """Return each reason with its clause, as one sentence."""
    return tuple(with_clause(one.text, one.source, workspace) for one in reasons)


def sanctioned(sanction: Sanction) -> str:
    """Return whom a sanction is on: the department, the person, or both."""
    return " ".join(name for name in (sanction.department, sanction.person) if name)
