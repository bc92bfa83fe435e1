"""常规: the pace a duty should keep. Falling behind it is a warning beside the verdict, never a failure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xiaxiang.model.number import number_text
from xiaxiang.model.scalar import short_day_text

if TYPE_CHECKING:
    from datetime import date
    from fractions import Fraction

    from xiaxiang.model.routine import Routine


def behind(routine: Routine, count: int | Fraction, days: tuple[date, ...], served_days: int, until: date) -> str:
    """Return how a duty fell behind its pace over the days served; "" where it kept it."""
    expected = served_days // routine.days * routine.times
    if count >= expected:
        return ""
    text = f"常规{routine.text}：{served_days} 天应有 {expected} 次，实有 {number_text(count)} 次"
    idle = (until - days[-1]).days if days else 0
    if idle > routine.days:
        text += f"；最后一次 {short_day_text(days[-1])}，距派驻结束 {idle} 天"
    return text
