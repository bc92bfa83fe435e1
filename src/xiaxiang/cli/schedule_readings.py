"""`xiaxiang schedule --readings`: the same year under each other reading that it rests on, beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xiaxiang.cli import console

if TYPE_CHECKING:
    from xiaxiang.pipeline import Result


def print_readings(result: Result) -> None:
    """Print who moves under every other reading, and the readings that change nothing in one line."""
    from xiaxiang.pipeline import schedule_readings  # noqa: PLC0415 - not wanted by --help
    from xiaxiang.render.text_schedule_readings import schedule_readings_text  # noqa: PLC0415

    if result.workspace is None or result.year is None:
        return
    others = schedule_readings(result)
    console.say(schedule_readings_text(result.workspace, others, result.year, width=console.width()))
