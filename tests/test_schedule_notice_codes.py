"""Every notice code of a schedule: the smallest plan that gives it, and what is then printed."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from schedule_support import department, run, workspace
from test_review_rotation import accident, deferral, promotion
from test_schedule_published import FIRST, announce, edited

from xiaxiang.load.calendar import working_calendar
from xiaxiang.load.explanations import load_explanations
from xiaxiang.render.text_schedule import schedule_text

if TYPE_CHECKING:
    from xiaxiang.model.hospital import Department
    from xiaxiang.model.workspace import Workspace

OTHERS = tuple(department(f"D{n}") for n in range(2, 10))
REFUSAL = {"类型": "拒派", "日期": "2023-12-22", "科室": "D2", "批次": "2024-1"}
CHOSEN = {"类型": "指派", "日期": "2023-12-22", "批次": "2024-1", "科室": "D1", "人员": "D1甲"}


def first_sends(**person: str) -> tuple[Department, ...]:
    """Return nine departments, of which the first has this one person, or nobody at all."""
    return (department("D1", person).model_copy(update={} if person else {"people": ()}), *OTHERS)
