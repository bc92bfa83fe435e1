"""日历: what a workspace says about one year's days off, as a clerk copies it from the State Council's notice."""

from __future__ import annotations

from typing import Annotated

from xiaxiang.model.entry import Entry, YesNo, named


class CalendarYear(Entry):
    """One year of calendar.yaml. What 完整 says decides: the whole year, or single days of it."""

    days_off: Annotated[dict[str, str], named("放假", "节假日", "放假安排")] = {}  # noqa: RUF012 - a pydantic field, copied per instance
    worked: Annotated[tuple[str, ...], named("上班", "调休上班", "补班")] = ()
    basis: Annotated[str, named("依据", "文号", "通知")] = ""
    is_complete: Annotated[YesNo | None, named("完整", "是否完整")] = None
