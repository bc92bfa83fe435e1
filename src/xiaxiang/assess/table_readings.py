"""--readings of a table: the same rows under the other readings: whose verdict, grade or money changes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from xiaxiang.assess.table import assess_table
from xiaxiang.model.appraisal import PENDING, OtherReading, ReadingChange
from xiaxiang.model.reading import setting

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from xiaxiang.model.appraisal_table import SubjectAppraisal, TableAppraisal
    from xiaxiang.model.roster import Roster
    from xiaxiang.model.workspace import Workspace


def table_under_other_readings(
    workspace: Workspace, table: Roster, history: Mapping[str, Mapping[int, str]]
) -> tuple[OtherReading, ...]:
    """Return, for each reading that the result rests on and each other value of it, what would change."""
    now, _ = assess_table(workspace, table, history)
    found: list[OtherReading] = []
    for used in now.readings:
        known = setting(used.setting)
        for value in known.values if known else ():
            if known is None or value == used.value:
                continue
            readings = {**workspace.plan.readings, used.setting: value}
            varied = replace(workspace, plan=workspace.plan.model_copy(update={"readings": readings}))
            then, _ = assess_table(varied, table, history)
            found.append(OtherReading(used.setting, value, known.values[value], used.source, tuple(changes(now, then))))
    return tuple(found)


def changes(now: TableAppraisal, then: TableAppraisal) -> Iterator[ReadingChange]:
    """Yield the subjects that come out otherwise."""
    for before, after in zip(now.subjects, then.subjects, strict=True):
        verdicts = {item.name: item.met for item in before.items}
        items = tuple(
            (item.name, verdicts.get(item.name), item.met)
            for item in after.items
            if item.met != verdicts.get(item.name)
        )
        sums = tuple(one.paid if one.complete and one.money else None for one in (before, after))
        if items or before.grade != after.grade or sums[0] != sums[1]:
            yield ReadingChange("", _told(before, after), (before.unmet, after.unmet), (sums[0], sums[1]), items)


def _told(before: SubjectAppraisal, after: SubjectAppraisal) -> str:
    """Return the subject's name, with both grades where they differ."""
    if before.grade == after.grade:
        return before.label
    return f"{before.label} {before.grade or PENDING} → {after.grade or PENDING}"
