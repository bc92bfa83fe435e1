"""计划: what a clerk writes in plan.yaml."""

from __future__ import annotations

from typing import Annotated, Final

from xiaxiang.model.batch import BatchRef, parse_batch
from xiaxiang.model.entry import Day, Entry, named, scalar
from xiaxiang.model.event import Event
from xiaxiang.model.hospital import Department, RecipientUnit, Unit

DEFAULT_POLICY: Final = "卫生下乡工作制度"


class Member(Entry):
    """A member of the leading group. Text alone is the name."""

    name: Annotated[str, named("姓名", "名字")]
    duty: Annotated[str, named("职务")] = ""


class LeadingGroup(Entry):
    """领导小组: used by documents."""

    leader: Annotated[Member | None, named("组长")] = None
    deputies: Annotated[tuple[Member, ...], named("副组长")] = ()
    members: Annotated[tuple[Member, ...], named("成员", "组员")] = ()
    office: Annotated[str, named("办公室", "办公室设在")] = ""


class Task(Entry):
    """任务: one line of the year's tasks. Text alone is its content."""

    content: Annotated[str, named("内容", "任务")]
    owner: Annotated[str, named("负责", "责任人", "责任科室")] = ""
    due_on: Annotated[Day | None, named("期限", "完成时限")] = None
    every: Annotated[str, named("频次")] = ""
    indicator: Annotated[str, named("指标")] = ""
    target: Annotated[str, named("目标值")] = ""


class Issue(Entry):
    """发文登记: number, date and signer of one document that was or will be issued."""

    kind: Annotated[str, named("文种", "公文", "种类")]
    batch: Annotated[BatchRef | None, scalar(parse_batch), named("批次")] = None
    month: Annotated[str, named("月份")] = ""
    year: Annotated[str, named("年度", "年份")] = ""
    person: Annotated[str, named("人员", "姓名")] = ""
    number: Annotated[str, named("发文字号", "文号")] = ""
    issued_on: Annotated[Day | None, named("成文日期", "日期")] = None
    signed_by: Annotated[str, named("签发人")] = ""
    contact: Annotated[str, named("联系人")] = ""
    phone: Annotated[str, named("电话", "联系电话")] = ""
    copied_to: Annotated[str, named("抄送")] = ""


class Plan(Entry):
    """plan.yaml as a whole. Lists may have been read from other files; `places` still point there."""

    title: Annotated[str, named("计划名称", "名称", "标题")]
    supporting_unit: Annotated[Unit, named("支援单位", "支援医院", "派出单位")]
    recipient_units: Annotated[tuple[RecipientUnit, ...], named("受援单位", "受援医院", "接收单位")]
    starts_on: Annotated[Day, named("起始日期", "开始日期", "起始")]
    policy: Annotated[str, named("制度", "政策", "考核制度")] = DEFAULT_POLICY
    departments: Annotated[tuple[Department, ...], named("科室", "科室名单", "部门")]
    dispatch_order: Annotated[tuple[str, ...], named("派遣顺序", "科室下乡顺序", "下乡顺序", "科室顺序")]
    already_served: Annotated[tuple[str, ...], named("已派科室", "本轮已派科室")] = ()
    events: Annotated[tuple[Event, ...], named("变动登记", "事件", "变动")] = ()
    leading_group: Annotated[LeadingGroup | None, named("领导小组")] = None
    basis: Annotated[tuple[str, ...], named("依据文件", "依据")] = ()
    goals: Annotated[tuple[str, ...], named("目标", "工作目标")] = ()
    tasks: Annotated[tuple[Task, ...], named("任务", "工作任务")] = ()
    documents: Annotated[tuple[Issue, ...], named("发文登记", "发文")] = ()
    readings: Annotated[dict[str, str], named("口径")] = {}  # noqa: RUF012 - a pydantic field, copied per instance

    def department(self, name: str) -> Department | None:
        """Return the department of that name, present or former."""
        for department in self.departments:
            if name == department.name or name in department.former_names:
                return department
        return None
