"""--readings for a schedule: the same plan under each other value of the 口径 that it rests on."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from xiaxiang.model.comparison import ReadingComparison
from xiaxiang.model.reading import setting
from xiaxiang.schedule.compare import compare
from xiaxiang.schedule.whole import schedule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xiaxiang.model.reading import ReadingUsed
    from xiaxiang.model.schedule import Schedule
    from xiaxiang.model.workspace import Workspace


def other_readings(workspace: Workspace, years: tuple[int, ...]) -> tuple[ReadingComparison, ...]:
    """Return, for each 口径 that the schedule of `years` rests on and each other value of it, what would change.

    Batches that were announced stand under any reading. Raises NotInForceError as `schedule` does.
    """
    now = schedule(workspace, years)
    return tuple(one for used in now.readings for one in _others(workspace, years, now, used))


def _others(
    workspace: Workspace, years: tuple[int, ...], now: Schedule, used: ReadingUsed
) -> Iterator[ReadingComparison]:
    known = setting(used.setting)
    for value, sentence in (known.values if known else {}).items():
        if value == used.value:
            continue
        readings = {**workspace.plan.readings, used.setting: value}
        varied = replace(workspace, plan=workspace.plan.model_copy(update={"readings": readings}))
        yield ReadingComparison(used.setting, value, sentence, used.source, compare(now, schedule(varied, years)))
