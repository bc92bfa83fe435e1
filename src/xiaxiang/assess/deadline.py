"""期限: whether something was handed in by its day, which moves off days off."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from xiaxiang.assess.measure import missing
from xiaxiang.assess.text import whole
from xiaxiang.model.appraisal import Check, Item
from xiaxiang.model.calendar import ONE_DAY
from xiaxiang.model.scalar import day_text

if TYPE_CHECKING:
    from xiaxiang.assess.rules import Bounds
    from xiaxiang.assess.run import Run
    from xiaxiang.assess.subject import Subject

NOT_HANDED_IN: Final = "未交"


def deadline_item(run: Run, subject: Subject, bounds: Bounds) -> Item:
    """期限: whether a paper was in by its day. `value` is the days late, 0 where it was in time."""
    due, facts = due_day(run, subject, bounds)
    column = bounds.columns[0]
    handed_in = subject.row.values.get(column)
    name, kind = bounds.indicator.name, bounds.indicator.kind
    if handed_in is None:
        missing(run, subject.row, column)
    late: int | None = None
    if due is None or handed_in is None:
        met, told = None, "没有填"
    elif not isinstance(handed_in, date):
        met, told = False, NOT_HANDED_IN
    else:
        late = max((handed_in - due).days, 0)
        met, told = late == 0, f"{day_text(handed_in)}交" + (f"，迟 {late} 天" if late else "，按期")
    value = None if late is None else whole(late)
    checks = () if value is None else (Check("迟交天数", value, whole(0), met),)
    return Item(name, kind, value, whole(0), met, checks, bounds.source, (*facts, told), due_on=due)


def due_day(run: Run, subject: Subject, bounds: Bounds) -> tuple[date | None, tuple[str, ...]]:
    """Return the last day on which it is in time, by 遇节假日 and 期限, with how it came about; None (said) if none."""
    if bounds.deadline is None:
        return None, ("期限未定",)
    stint = subject.stint
    try:
        nominal = bounds.deadline.due_on(stint.term_from, stint.term_until)
    except ValueError:
        return None, (f"期限“{bounds.deadline.text}”在 {stint.term_until.year} 年没有这一天",)
    calendar = run.workspace.calendar
    text = "" if bounds.deadline.fixed else f" {bounds.deadline.text}："
    facts = [f"期限{text or ' '}{day_text(nominal)}"]
    if run.reading("期限") == "不含当日":
        nominal -= ONE_DAY
        facts.append(f"不含当日，至 {day_text(nominal)}")
    due = nominal
    if not run.is_working_day(nominal):
        reading = run.reading("遇节假日")
        due = _moved(run, nominal, reading)
        if due != nominal:
            facts.append(f"{day_text(nominal)}是{calendar.why_off(nominal)}，{reading}到 {day_text(due)}")
    return due, tuple(facts)


def _moved(run: Run, nominal: date, reading: str) -> date:
    """Return the day that a deadline on a day off becomes."""
    calendar = run.workspace.calendar
    if reading == "提前":
        return calendar.previous_working_day(nominal)
    if reading == "不变":
        return nominal
    day = calendar.next_working_day(nominal)
    while reading == "下一个周一" and (day.weekday() or not run.is_working_day(day)):
        day += ONE_DAY
    return day
