"""变动登记: what happened or was decided, one class per kind; what each does stands in `schedule/`."""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Final

from xiaxiang.model.batch import BatchRef, parse_batch
from xiaxiang.model.entry import Count, Day, Entry, Number, YesNo, named, scalar
from xiaxiang.model.number import number_text
from xiaxiang.model.scalar import ScalarError
from xiaxiang.model.similar import nearest_hint

if TYPE_CHECKING:
    from datetime import date

Batch = Annotated[BatchRef, scalar(parse_batch)]


class DeferralRuling(StrEnum):
    """决定 of a 后延: what the medical affairs office made of the request."""

    AUTO = "自动后延"
    LAST = "调至最后一批"
    REFUSED = "不同意"
    PENDING = "待定"


_RULINGS: Final = {
    "auto": DeferralRuling.AUTO,
    "last": DeferralRuling.LAST,
    "refused": DeferralRuling.REFUSED,
    "pending": DeferralRuling.PENDING,
    "后延": DeferralRuling.AUTO,
    "最后一批": DeferralRuling.LAST,
    "不批准": DeferralRuling.REFUSED,
    "未决定": DeferralRuling.PENDING,
    "": DeferralRuling.PENDING,
}
RULING_WORDS: Final = (*(ruling.value for ruling in DeferralRuling), *(word for word in _RULINGS if word))
"""Every word that `parse_ruling` reads, the four that users see first."""


def parse_ruling(text: str) -> DeferralRuling:
    """Return the 决定 that `text` names. Raises ScalarError."""
    word = text.strip()
    for ruling in DeferralRuling:
        if word == ruling.value:
            return ruling
    if word in _RULINGS:
        return _RULINGS[word]
    raise ScalarError(
        "bad-ruling",
        f"“{text}”不是后延的决定",
        nearest_hint(text, RULING_WORDS, "决定只有 自动后延、调至最后一批、不同意、待定 四种"),
    )


def parse_special_reason(text: str) -> bool:
    """Return whether a 拒派 had a special reason (有 or 无). Raises ScalarError."""
    words = {"有": True, "无": False, "没有": False, "是": True, "否": False}
    if text.strip() in words:
        return words[text.strip()]
    raise ScalarError("bad-yes-no", f"“{text}”既不是“有”也不是“无”", "写“有”或“无”")


_NOT_WRITTEN: Final = frozenset({"places", "extra", "number", "type"})


class Event(Entry):
    """What every kind of event has: 类型 (chosen before the fields are read) and 日期."""

    kind: ClassVar[str]
    also: ClassVar[tuple[str, ...]] = ()

    type: Annotated[str, named("类型", "事件", "变动类型")] = ""
    on: Annotated[Day, named("日期", "date", "登记日期", "发生日期")]
    remark: Annotated[str, named("备注", "说明")] = ""
    number: int = 0
    """The entry's place in 变动登记, from 1; set when it is read."""

    @property
    def entry_label(self) -> str:
        """How this entry is named to users: `变动登记第 3 条（后延）`."""
        return f"变动登记第 {self.number} 条（{self.kind}）"

    def written(self) -> dict[str, str | int | date | tuple[str, ...]]:
        """Return the fields that were given, by their Chinese names, as somebody would write them; 类型 first."""
        fields = (name for name in type(self).model_fields if name in self.model_fields_set - _NOT_WRITTEN)
        in_order = sorted(fields, key=lambda name: name == "remark")
        given = {name: value for name in in_order if (value := getattr(self, name)) not in {None, "", ()}}
        return {"类型": self.kind} | {self.label(name): _as_written(name, value) for name, value in given.items()}


def _as_written(name: str, value: Any) -> str | int | date | tuple[str, ...]:  # noqa: ANN401 - any field's value
    """Return a value as somebody would write it."""
    if isinstance(value, bool):
        return ("有" if value else "无") if name == "special_reason" else ("是" if value else "否")
    if isinstance(value, BatchRef):
        return value.text
    if isinstance(value, Fraction):
        return value.numerator if value.denominator == 1 else number_text(value)
    plain: str | int | date | tuple[str, ...] = value.value if isinstance(value, DeferralRuling) else value
    return plain


class Deferral(Event):
    """后延: a department asks to go later."""

    kind: ClassVar[str] = "后延"
    also: ClassVar[tuple[str, ...]] = ("deferral", "顺延", "延期")
    department: Annotated[str, named("科室", "部门")]
    reason: Annotated[str, named("原因", "理由", "事由")] = ""
    applied_on: Annotated[Day | None, named("申请日期")] = None
    ruling: Annotated[DeferralRuling, scalar(parse_ruling), named("决定", "处理", "医务部决定")] = (
        DeferralRuling.PENDING
    )
    batch: Annotated[Batch | None, named("批次")] = None


class Promotion(Event):
    """晋升优先: a person who needs the service for promotion goes first."""

    kind: ClassVar[str] = "晋升优先"
    also: ClassVar[tuple[str, ...]] = ("promotion", "晋升")
    person: Annotated[str, named("人员", "姓名", "申请人")]
    department: Annotated[str, named("科室", "部门")] = ""
    title: Annotated[str, named("晋升职称", "拟晋升职称")] = ""
    applied_on: Annotated[Day | None, named("申请日期")] = None
    consulted: Annotated[tuple[str, ...], named("沟通科室", "征求科室")] = ()
    consent: Annotated[str, named("沟通结果")] = ""
    opinion: Annotated[str, named("医务部意见", "医务科意见")] = ""


class Assignment(Event):
    """指派: a department's own choice of whom it sends in a batch."""

    kind: ClassVar[str] = "指派"
    also: ClassVar[tuple[str, ...]] = ("assignment", "派员", "确定人员")
    batch: Annotated[Batch, named("批次")]
    department: Annotated[str, named("科室", "部门")]
    person: Annotated[str, named("人员", "姓名")]


class Incident(Event):
    """意外: order or person changes by accident, before or after the handover."""

    kind: ClassVar[str] = "意外"
    also: ClassVar[tuple[str, ...]] = ("incident", "换人", "中途换人", "行前换人")
    batch: Annotated[Batch, named("批次")]
    department: Annotated[str, named("科室", "部门")]
    person: Annotated[str, named("人员", "原派人员", "姓名")] = ""
    substitute: Annotated[str, named("接替人员", "接替", "替换人员")] = ""
    substitute_department: Annotated[str, named("接替科室")] = ""
    reason: Annotated[str, named("原因", "理由", "事由")] = ""


class Refusal(Event):
    """拒派: a department sends nobody although its turn has come."""

    kind: ClassVar[str] = "拒派"
    also: ClassVar[tuple[str, ...]] = ("refusal", "拒绝派遣")
    batch: Annotated[Batch, named("批次")]
    department: Annotated[str, named("科室", "部门")]
    special_reason: Annotated[bool, scalar(parse_special_reason), named("有无特殊原因", "特殊原因")] = False
    reason: Annotated[str, named("原因", "理由", "事由")] = ""
    opinion: Annotated[str, named("处理意见")] = ""


class Redispatch(Event):
    """重新下乡: a person who met none of the tasks goes again."""

    kind: ClassVar[str] = "重新下乡"
    also: ClassVar[tuple[str, ...]] = ("redispatch",)
    batch: Annotated[Batch, named("批次")]
    department: Annotated[str, named("科室", "部门")]
    person: Annotated[str, named("人员", "姓名")]


class Leave(Event):
    """请假: a posted person's leave, with who approved it and what was handed in."""

    kind: ClassVar[str] = "请假"
    also: ClassVar[tuple[str, ...]] = ("leave",)
    person: Annotated[str, named("人员", "姓名")]
    department: Annotated[str, named("科室", "部门")] = ""
    from_on: Annotated[Day, named("起", "开始日期", "自")]
    until_on: Annotated[Day | None, named("止", "结束日期", "至")] = None
    days: Annotated[Number | None, named("天数", "请假天数")] = None
    leave_kind: Annotated[str, named("假别", "请假类别")] = ""
    approved_by: Annotated[str, named("批准人")] = ""
    recipient_approved: Annotated[YesNo | None, named("受援单位批准", "卫生院批准")] = None
    phoned: Annotated[YesNo | None, named("电话备案")] = None
    in_writing: Annotated[YesNo | None, named("书面说明")] = None
    returned_on: Annotated[Day | None, named("销假日期")] = None
    reason: Annotated[str, named("原因", "理由", "事由")] = ""


class Recall(Event):
    """调回: a posted person works in the home department again, with or without the leaders' approval."""

    kind: ClassVar[str] = "调回"
    also: ClassVar[tuple[str, ...]] = ("recall", "召回", "擅自调回")
    person: Annotated[str, named("人员", "姓名")]
    department: Annotated[str, named("科室", "部门")] = ""
    from_on: Annotated[Day, named("起", "开始日期", "自")]
    until_on: Annotated[Day, named("止", "结束日期", "至")]
    approved: Annotated[YesNo, named("院领导批准", "批准")] = False
    reason: Annotated[str, named("原因", "理由", "事由")] = ""


class Donation(Event):
    """捐赠: things given to a recipient unit; statistics only."""

    kind: ClassVar[str] = "捐赠"
    also: ClassVar[tuple[str, ...]] = ("donation",)
    recipient_unit: Annotated[str, named("受援单位")]
    item: Annotated[str, named("物品", "设备")] = ""
    quantity: Annotated[Count | None, named("数量", "台数")] = None
    value: Annotated[str, named("价值", "金额")] = ""


class Trainee(Event):
    """进修: somebody of a recipient unit trains at the supporting unit; statistics and quotas."""

    kind: ClassVar[str] = "进修"
    also: ClassVar[tuple[str, ...]] = ("trainee",)
    recipient_unit: Annotated[str, named("受援单位")]
    person: Annotated[str, named("姓名", "人员")]
    specialty: Annotated[str, named("专业")] = ""
    from_on: Annotated[Day | None, named("起", "开始日期", "自")] = None
    until_on: Annotated[Day | None, named("止", "结束日期", "至")] = None


EVENT_KINDS: Final[tuple[type[Event], ...]] = (
    Deferral,
    Promotion,
    Assignment,
    Incident,
    Refusal,
    Redispatch,
    Leave,
    Recall,
    Donation,
    Trainee,
)


def event_class(text: str) -> type[Event] | None:
    """Return the class of events that a 类型 names, or None."""
    word = text.strip()
    return next((kind for kind in EVENT_KINDS if word == kind.kind or word in kind.also), None)
