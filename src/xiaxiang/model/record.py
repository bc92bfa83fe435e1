"""工作记录: one row per event (a lecture, a round, an outpatient session …), as somebody did it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from xiaxiang.model.calendar import ONE_DAY
from xiaxiang.model.sheet import ColumnKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from fractions import Fraction

    from xiaxiang.model.diagnostic import Diagnostic

NAME, ID, DEPARTMENT, DAY, TYPE, AMOUNT = "姓名", "工号", "科室", "日期", "类型", "数量"
RECIPIENT: Final = "受援单位"

COLUMNS: Final[dict[str, tuple[ColumnKind, tuple[str, ...]]]] = {
    NAME: (ColumnKind.TEXT, ("name", "名字", "人员姓名", "医师姓名", "医生姓名", "专家姓名")),
    ID: (ColumnKind.TEXT, ("id", "编号", "职工号", "人员编号", "员工编号", "员工号", "工作证号")),
    DEPARTMENT: (ColumnKind.TEXT, ("department", "部门", "科室名称", "所在科室", "所属科室", "派出科室")),
    DAY: (ColumnKind.DAY, ("date", "时间", "活动日期", "工作日期", "开展日期")),
    TYPE: (ColumnKind.TEXT, ("type", "类别", "工作类型", "活动类型", "记录类型", "项目")),
    AMOUNT: (ColumnKind.NUMBER, ("quantity", "次数", "例数", "人次", "数")),
    RECIPIENT: (ColumnKind.TEXT, ("recipient_unit", "受援医院", "卫生院", "受援单位名称")),
    "题目": (ColumnKind.TEXT, ("title", "内容", "主题", "课题")),
    "地点": (ColumnKind.TEXT, ("place", "活动地点", "授课地点")),
    "专家人数": (ColumnKind.COUNT, ("experts", "专家数", "参加专家人数")),
    "诊疗人次": (ColumnKind.COUNT, ("patients_treated", "诊疗人数", "接诊人次", "门诊人次")),
    "培训人次": (ColumnKind.COUNT, ("people_trained", "培训人数", "听课人数")),
    "受益人数": (ColumnKind.COUNT, ("beneficiaries", "受益群众", "受益人次")),
    "资料份数": (ColumnKind.COUNT, ("leaflets", "发放资料份数", "宣传资料份数", "发放资料")),
    "备注": (ColumnKind.TEXT, ("note", "说明", "附注")),
}
"""The columns of a file of records: what they hold and their other spellings."""

USUAL_TYPES: Final = (
    *("考勤", "授课", "查房", "教学查房", "门诊", "手术", "手术带教", "讲座", "坐诊", "巡诊", "义诊", "走访", "体检"),
    *("建档", "回访", "培训", "会诊", "病例讨论", "带教"),
)
"""What records usually are of; a policy's own items come on top, and any other word stands for itself."""


def column_names() -> dict[str, str]:
    """Return every spelling of every column → its Chinese name."""
    return {word: name for name, (_, also) in COLUMNS.items() for word in (name, *also)}


class Who(NamedTuple):
    """A person of the plan, by the names that find one there."""

    department: str
    name: str
    id: str


class Record(NamedTuple):
    """One row that can be used: made by the million, so no more than a tuple.

    `amount` is 数量, 1 where the row gives none. `cells` is the whole row as typed; the figures in it have been
    checked, and `RecordFile.columns` tells where they stand.
    """

    who: Who
    on: date
    type: str
    amount: int | Fraction
    cells: list[str]


@dataclass(frozen=True, slots=True)
class Tally:
    """The days on which one person had a record of one 类型: bit n stands for the day n days after `first_on`.

    `bits` are all of them; `more` maps another 数量 than 1 (and 1, where a day has both) to its days.
    """

    first_on: date
    bits: int
    more: Mapping[int | Fraction, int] = field(default_factory=dict)

    def amounts(self) -> dict[date, int | Fraction]:
        """Return the days in order, each with its 数量: of several on one day the largest, as a day counts once."""
        told = 0
        found: dict[int, int | Fraction] = {}
        for amount, bits in sorted(self.more.items(), reverse=True):
            found.update(dict.fromkeys(_places(bits & ~told), amount))
            told |= bits
        found.update(dict.fromkeys(_places(self.bits & ~told), 1))
        return {self.first_on + ONE_DAY * place: found[place] for place in sorted(found)}


def _places(bits: int) -> Iterator[int]:
    """Yield the numbers of the bits that are set, lowest first."""
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest


@dataclass(frozen=True, slots=True)
class Tallies:
    """What a file of records comes to within the postings, person by person and 类型 by 类型.

    `types` are those asked for that the file has at all; `people` has an entry, maybe empty, for everybody of whom
    there is any record.
    """

    file: str
    types: tuple[str, ...] = ()
    people: Mapping[Who, Mapping[str, Tally]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RecordFile:
    """What a file of records held, known when it has been read to its end.

    `columns` maps a Chinese name to the index of its column; `rows` counts the rows that can be used, `types` how
    many of them there are of each 类型.
    """

    file: str
    columns: Mapping[str, int] = field(default_factory=dict)
    rows: int = 0
    types: Mapping[str, int] = field(default_factory=dict)
    diagnostics: tuple[Diagnostic, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
