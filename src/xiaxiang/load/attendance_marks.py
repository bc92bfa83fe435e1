"""Signs of a sheet of attendance (√, 假, 缺, 半 …) → parts of a day; names of sheets → months."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from xiaxiang.model.attendance import WHOLE, Mark
from xiaxiang.model.scalar import ScalarError, half_width
from xiaxiang.model.similar import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable

_HALF: Final = Fraction(1, 2)
_PRESENT: Final = ("√", "✓", "✔", "☑", "勤", "出勤", "到", "到岗", "在岗", "上班", "全天", "是", "1", "v")
_LEAVE: Final = (
    *(
        "事",
        "病",
        "年",
        "婚",
        "丧",
        "产",
        "假",
        "请假",
        "事假",
        "病假",
        "年假",
        "年休",
        "年休假",
        "公休",
        "公休假",
        "休假",
        "产假",
        "陪产假",
        "婚假",
    ),
    *("丧假", "探亲假", "工伤假"),
)
_ABSENT: Final = ("缺", "缺勤", "缺岗", "旷", "旷工", "×", "✗", "✘", "x", "否", "0")
_HALVES: Final = ("半", "半天", "半勤", "0.5", "½", "1/2")
_NOTHING: Final = ("", "-", "—", "——", "/", "休", "休息", "周末", "节", "节假日")

MARKS: Final[dict[str, Mark | None]] = {
    **dict.fromkeys(_PRESENT, Mark(attended=WHOLE)),
    **dict.fromkeys(_LEAVE, Mark(leave=WHOLE)),
    **dict.fromkeys(_ABSENT, Mark(absent=WHOLE)),
    **dict.fromkeys(_HALVES, Mark(attended=_HALF, absent=_HALF)),
    **{f"{half}{word}": Mark(attended=_HALF, leave=_HALF) for half in ("半", "半天") for word in _LEAVE},
    **{f"{half}{word}": Mark(attended=_HALF, absent=_HALF) for half in ("半", "半天") for word in ("缺", "旷", "旷工")},
    **dict.fromkeys(_NOTHING),
}
"""Every sign; None for what says nothing of the day."""

_TITLE_MONTH: Final = re.compile(r"(?P<year>\d{4})\s*[年./-]\s*(?P<month>\d{1,2})\s*月?")
_MONTH_ALONE: Final = re.compile(r"(?<!\d)(?P<month>\d{1,2})\s*月")
_COMPACT: Final = re.compile(r"(?P<year>20\d{2})(?P<month>\d{2})")
_DAY: Final = re.compile(r"(?:\d{1,2}[月/.-])?(?P<day>\d{1,2})[日号]?")
_WHOLE_DAY: Final = re.compile(r"\d{4}-\d{2}-(?P<day>\d{2})")
_LONGEST_MONTH: Final = 31
_MONTHS: Final = range(1, 13)


def mark_of(text: str) -> Mark | None:
    """Return what a sign says of a day; None for an empty one. Raises ScalarError."""
    plain = "".join(half_width(text).lower().split())
    if plain in MARKS:
        return MARKS[plain]
    near = nearest(plain, [word for word in MARKS if word])
    hint = f"最接近的是“{near[0]}”；" if near else ""
    legal = "出勤写 √，请假写 假，缺勤写 缺，半天写 半（另半天请假写 半假），不清楚就空着"
    raise ScalarError("unknown-mark", f"看不懂考勤符号“{text}”", hint + legal)


def month_of(texts: Iterable[str], months: Iterable[date]) -> date | None:
    """Return the first day of the month that a sheet is about: from its name, else its titles, with their year.

    A month without a year (4月) is the one of `months`, those in which anybody is posted; None where it is not one.
    """
    told = [half_width(text).strip() for text in texts]
    for text in told:
        for pattern in (_TITLE_MONTH, _COMPACT):
            if (found := pattern.search(text)) and int(found["month"]) in _MONTHS:
                return date(int(found["year"]), int(found["month"]), 1)
    known = sorted(set(months))
    for text in told:
        if found := _MONTH_ALONE.search(text):
            meant = [month for month in known if month.month == int(found["month"])]
            return meant[0] if len(meant) == 1 else None
    return None


def day_of_header(text: str) -> int:
    """Return the day of the month that a cell of the header names (`5`, `5日`, `4/5`, a whole date); 0 for none."""
    plain = half_width(text).strip()
    found = _WHOLE_DAY.fullmatch(plain) or _DAY.fullmatch(plain)
    day = int(found["day"]) if found else 0
    return day if 1 <= day <= _LONGEST_MONTH else 0
