"""考勤分类 in the terminal: each month of a posting as a line of days, one sign a day, and what they come to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from xiaxiang.model.attendance import OFF, WHOLE, WORKED, DayKind
from xiaxiang.model.number import number_text
from xiaxiang.model.scalar import short_day_text
from xiaxiang.render.text_layout import WIDTH, listed, pad

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xiaxiang.model.appraisal import PersonAppraisal
    from xiaxiang.model.attendance import PostingDay, PostingDays

SIGNS: Final = {
    DayKind.WORKDAY: "勤",
    DayKind.MAKE_UP: "班",
    DayKind.LEAVE: "假",
    DayKind.ABSENCE: "缺",
    DayKind.UNRECORDED: "？",
    DayKind.WEEKEND: "休",
    DayKind.HOLIDAY: "节",
}
_HALF, _EXTRA = "半", "加"
_DAYS: Final = range(1, 32)
_FIFTH: Final = 5
_LABEL: Final = 9


def attendance_text(person: PersonAppraisal, told: PostingDays, *, width: int = WIDTH) -> str:
    """Return one person's posting day by day. Every sign is as wide as two figures."""
    head = f"{person.name}  {person.department}  {person.batch.label if person.batch else ''}".rstrip()
    days = told.days
    span = (
        f"{short_day_text(days[0].on)} 至 {short_day_text(days[-1].on)}，{len(days)} 天" if days else "没有在岗的日子"
    )
    lines = [f"{head}  考勤  {span}（{told.file}）"]
    if days:
        lines.append(
            " " * _LABEL + "".join(f"{number if number == 1 or number % _FIFTH == 0 else '':>2}" for number in _DAYS)
        )
    months = dict.fromkeys((day.on.year, day.on.month) for day in days)
    lines += [_month(month, [day for day in days if (day.on.year, day.on.month) == month]) for month in months]
    lines += listed("图例 ", _legend(days), width=width) + listed("共 ", sums_text(told), width=width)
    return "\n".join(lines) + "\n"


def sums_text(told: PostingDays) -> list[str]:
    """Return how many days there are of each kind (together all days), and the days off that were attended."""
    texts = [f"{kind} {number_text(days)}" for kind, days in told.sums().items() if days]
    return [*texts, *([f"其中休息日出勤 {number_text(told.attended_off)}"] if told.attended_off else [])]


def sign_of(day: PostingDay) -> str:
    """Return the sign of a day: of one that has parts, or on which half was attended, that it is half."""
    if day.is_off:
        return _EXTRA if day.attended else SIGNS[next(iter(day.parts))]
    kind, part = max(day.parts.items(), key=lambda one: one[1])
    return SIGNS[kind] if part == WHOLE else _HALF


def _month(month: tuple[int, int], days: Sequence[PostingDay]) -> str:
    signs = {day.on.day: sign_of(day) for day in days}
    label = pad(f"{month[0]}-{month[1]:02}", _LABEL)
    return (label + "".join(signs.get(number, "  ") for number in _DAYS)).rstrip()


def _legend(days: Sequence[PostingDay]) -> list[str]:
    """Return what the signs mean that were used."""
    used = {sign_of(day) for day in days}
    words = {SIGNS[kind]: f"{'' if kind in OFF else '出勤，' if kind in WORKED else ''}{kind}" for kind in DayKind}
    words |= {_HALF: "半天出勤", _EXTRA: "休息日出勤"}
    return [f"{sign} {word}" for sign, word in words.items() if sign in used]
