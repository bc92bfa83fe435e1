"""The two units, the departments and the people, as a plan names them."""

from __future__ import annotations

from datetime import MAXYEAR
from typing import TYPE_CHECKING, Annotated

from xiaxiang.model.entry import Count, Day, Entry, named, scalar
from xiaxiang.model.rank import Rank, parse_rank
from xiaxiang.model.scalar import ScalarError, half_width, parse_yes_no

if TYPE_CHECKING:
    from datetime import date

RankField = Annotated[Rank, scalar(parse_rank)]


def parse_promotion(text: str) -> bool | int:
    """Return 拟晋升: a year, or whether promotion is intended at all. Raises ScalarError."""
    plain = half_width(text).strip().removesuffix("年")
    if len(plain) == 4 and plain.isascii() and plain.isdigit():  # noqa: PLR2004 - digits of a year
        return int(plain)
    try:
        return parse_yes_no(text)
    except ScalarError:
        raise ScalarError(
            "bad-promotion", f"“{text}”不是年份，也不是“是”或“否”", "写年份，例如 2025；或写“是”“否”"
        ) from None


def person_label(name: str, department: str) -> str:
    """Return how a person's entry is named to users: `人员 张三（内科）`."""
    return f"人员 {name}（{department}）"


class Unavailable(Entry):
    """不可派: a time in which a person cannot be sent; both days included, an open end means until further notice."""

    from_on: Annotated[Day, named("起", "开始日期", "自", "开始")]
    until_on: Annotated[Day | None, named("止", "结束日期", "至", "结束")] = None
    reason: Annotated[str, named("原因", "事由")] = ""

    def __str__(self) -> str:
        until = f"至{self.until_on}" if self.until_on else "至"
        return f"{self.from_on}{until}" + (f"（{self.reason}）" if self.reason else "")

    def overlaps(self, from_on: date, until_on: date) -> bool:
        """Whether any day from `from_on` to `until_on`, both included, falls into this time."""
        return self.from_on <= until_on and (self.until_on is None or self.until_on >= from_on)


class Person(Entry):
    """人员: one member of a department. Somebody who left stays listed: history must not change."""

    name: Annotated[str, named("姓名", "名字", "人员姓名", "职工姓名", "员工姓名", "医师姓名")]
    id: Annotated[str, named("工号", "编号", "职工号", "人员编号", "员工编号", "员工号", "职工编号", "工作证号")] = ""
    professional_title: Annotated[
        str, named("职称", "职务职称", "专业技术职务", "专业技术职称", "技术职称", "现任职称", "职称名称")
    ] = ""
    rank: Annotated[RankField | None, named("职级", "职称级别", "级别")] = None
    specialty: Annotated[str, named("专业", "从事专业", "执业范围")] = ""
    unavailable: Annotated[tuple[Unavailable, ...], named("不可派", "暂不能下乡", "暂不可派")] = ()
    promotion: Annotated[bool | int, scalar(parse_promotion), named("拟晋升", "晋升", "拟晋升年度")] = False
    served_months: Annotated[Count, named("已服务月数", "已下乡月数")] = 0
    joined_on: Annotated[Day | None, named("到岗日期", "入职日期", "入职时间", "来院时间", "来院日期")] = None
    left_on: Annotated[Day | None, named("离岗日期", "离职日期", "退休日期", "离职时间", "退休时间")] = None
    mobile: Annotated[str, named("手机", "电话", "手机号", "联系电话", "手机号码", "电话号码", "联系方式")] = ""
    sex: Annotated[str, named("性别")] = ""
    born: Annotated[str, named("出生年月", "出生日期", "出生年月日")] = ""
    education: Annotated[str, named("学历", "文化程度", "最高学历")] = ""
    licence: Annotated[str, named("执业证号", "执业证书编号", "执业证书编码")] = ""
    id_number: Annotated[str, named("身份证号", "身份证", "身份证号码", "公民身份号码")] = ""
    bank_account: Annotated[str, named("银行卡号", "卡号", "银行账号", "银行卡", "工资卡号")] = ""
    remark: Annotated[str, named("备注", "说明")] = ""

    def text_of(self, identifier: str) -> str:
        """Return one field as a person would type it into a cell; "" where it is not given."""
        value = getattr(self, identifier)
        if identifier == "unavailable":
            return "；".join(str(time) for time in value)
        if isinstance(value, Rank):
            return value.label
        if isinstance(value, bool) or not value:
            return "是" if value else ""
        return str(value)

    @property
    def promotion_until(self) -> int:
        """The last year for whose batches 拟晋升 marks this person: any with 是, none (0) with 否."""
        return MAXYEAR * self.promotion if isinstance(self.promotion, bool) else self.promotion

    @property
    def is_always_there(self) -> bool:
        """Whether no day is known on which this person cannot be sent."""
        return self.joined_on is None and self.left_on is None and not self.unavailable

    def why_unavailable(self, from_on: date, until_on: date) -> str:
        """Return why this person cannot serve on every day from `from_on` to `until_on`; "" if they can."""
        if self.joined_on is not None and self.joined_on > from_on:
            return f"{self.joined_on.isoformat()} 才到岗"
        if self.left_on is not None and self.left_on <= until_on:
            return f"{self.left_on.isoformat()} 离岗"
        for time in self.unavailable:
            if time.overlaps(from_on, until_on):
                until = time.until_on.isoformat() if time.until_on else "另行通知"
                return f"{time.from_on.isoformat()} 至 {until} 不可派" + (f"（{time.reason}）" if time.reason else "")
        return ""


class Department(Entry):
    """科室: one department with its people in the order written."""

    name: Annotated[str, named("名称", "科室", "科室名称", "部门")]
    head: Annotated[str, named("负责人", "科主任", "主任")] = ""
    people: Annotated[tuple[Person, ...], named("人员", "成员", "名单")] = ()
    former_names: Annotated[tuple[str, ...], named("曾用名", "原名")] = ()
    remark: Annotated[str, named("备注", "说明")] = ""

    def find(self, who: str) -> tuple[Person, ...]:
        """Return the people that a name or a 工号 means here (more than one only where names repeat)."""
        return tuple([person for person in self.people if who in (person.name, person.id or person.name)])


class Unit(Entry):
    """支援单位: who sends. Text alone is its name."""

    name: Annotated[str, named("名称", "单位名称", "单位")]
    kind: Annotated[str, named("类别", "类型", "单位类别")] = ""
    short_name: Annotated[str, named("简称")] = ""
    contact: Annotated[str, named("联系人")] = ""
    phone: Annotated[str, named("电话", "联系电话")] = ""


class RecipientUnit(Unit):
    """受援单位: who receives. Without 每批人数 the policy's own number holds."""

    headcount: Annotated[Count | None, named("每批人数", "人数")] = None
    specialties: Annotated[tuple[str, ...], named("需求专业", "需要专业")] = ()
    head: Annotated[str, named("负责人", "院长")] = ""
