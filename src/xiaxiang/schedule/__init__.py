"""Rotation: who goes when, where and why. A pure function of plan, policy, calendar and what was announced."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xiaxiang.model.diagnostic import Severity
from xiaxiang.schedule.compare import compare
from xiaxiang.schedule.publication import publication
from xiaxiang.schedule.readings import other_readings
from xiaxiang.schedule.rules import NotInForceError
from xiaxiang.schedule.whole import schedule

if TYPE_CHECKING:
    from xiaxiang.model.schedule import Schedule

__all__ = ["NotInForceError", "compare", "has_errors", "other_readings", "publication", "schedule"]


def has_errors(result: Schedule) -> bool:
    """Whether a schedule carries an error-level notice (an empty slot, a department with nobody to send)."""
    return any(notice.severity is Severity.ERROR for notice in result.notices)
