"""Shape of the days of a posting in machine output."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from xiaxiang.model.attendance import DayKind
from xiaxiang.render import json_shapes as shapes

if TYPE_CHECKING:
    from xiaxiang.model.json_schema import Json

_KIND: Final[Json] = {"enum": [kind.english for kind in DayKind]}

ATTENDANCE: Final[Json] = shapes.record(
    "派驻的每一天，按工作日、请假、缺勤等分开",
    file=shapes.TEXT,
    days=shapes.list_of(
        shapes.record(
            "一天",
            date=shapes.DAY,
            parts=shapes.list_of(shapes.record("一天的一部分，合起来是 1", kind=_KIND, part=shapes.NUMBER)),
            attended=shapes.NUMBER,
        )
    ),
    sums=shapes.record("各类天数，合起来是派驻的全部天数", **{kind.english: shapes.NUMBER for kind in DayKind}),
)
"""`attendance` of a person, where records or a sheet of attendance were given."""
