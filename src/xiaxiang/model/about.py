"""说明: what each entry and each of its fields is, in one sentence; printed in the JSON Schema, for editors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from xiaxiang.model import calendar_year, event, hospital, plan
from xiaxiang.model.about_policy import OF_A_POLICY

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xiaxiang.model.entry import Entry

_COMMON: Final = {
    "department": "科室的名称，要在计划的“科室”里登记过",
    "person": "姓名；同一科室有重名时写工号",
    "batch": "哪一批，写成 2024-1 或 2024年第1批",
    "reason": "原因，印在通报里",
    "remark": "备注，不参与计算",
    "applied_on": "提出申请的日期",
    "contact": "联系人",
    "phone": "联系电话",
    "recipient_unit": "受援单位的名称",
    "specialty": "专业",
    "from_on": "第一天",
    "until_on": "最后一天（含当天）",
    "opinion": "医务部门的意见",
    "clause": "条款，例如 三（一）；这一节没有单独写依据的数都用它",
}

_OF_A_PLAN: Final[dict[type[Entry], tuple[str, Mapping[str, str]]]] = {
    plan.Plan: (
        "计划",
        {
            "title": "计划的名称，印在公文里",
            "supporting_unit": "派出人员的单位：写名称，或写 {名称, 简称, 联系人, 电话}",
            "recipient_units": "接收人员的单位，至少一个：写名称，或写 {名称, 每批人数, 需求专业, 负责人}",
            "starts_on": "这一天或以后的第一个交接日，是第一批",
            "policy": "内置制度的名称，或自己的制度文件，例如 制度.yaml",
            "departments": "科室和人员；也可写文件名，例如 人员.xlsx（一行一人）",
            "dispatch_order": "科室派人的先后，每个科室写一次",
            "already_served": "起始日期以前，本轮已经派过的科室",
            "events": "后延、晋升优先、指派、意外、请假等；也可写文件名，例如 变动登记.xlsx",
            "leading_group": "领导小组，印在公文里",
            "basis": "计划所依据的文件，印在公文里",
            "goals": "工作目标，一条一句，印在公文里",
            "tasks": "工作任务，印在公文里，也列入待办",
            "documents": "每份公文的发文字号、成文日期和签发人；也可写文件名，例如 发文登记.xlsx",
            "readings": "条文有几种读法的地方，在这里选；不写就按制度自己的选择",
        },
    ),
    hospital.Unit: (
        "支援单位",
        {"name": "单位全称", "kind": "单位的类别，例如 二级甲等医院", "short_name": "简称"},
    ),
    hospital.RecipientUnit: (
        "受援单位",
        {
            "headcount": "每批派到这里的人数；不写就按制度的每批人数",
            "specialties": "需要的专业",
            "head": "负责人，例如院长",
        },
    ),
    hospital.Department: (
        "科室",
        {
            "name": "科室的名称，每个科室一个",
            "head": "科室负责人",
            "people": "科室的人员，按科室自己的顺序；也可写文件名",
            "former_names": "改名、合并以前的名称",
        },
    ),
    hospital.Person: (
        "人员",
        {
            "name": "姓名",
            "id": "工号；同一科室有重名时必须写",
            "professional_title": "职称的全称，例如 主治医师、主管护师、副主任医师",
            "rank": "职级；职称表里没有的职称，在这里写明",
            "unavailable": "哪段时间不能派出，例如 2024-01-01至2024-03-31（产假）",
            "promotion": "拟晋升的年份，或“是”“否”",
            "served_months": "起始日期以前已经下乡的月数",
            "joined_on": "到岗的日期，在此以前不派",
            "left_on": "离岗的日期，从这天起不派；离岗的人仍留在名单里",
            "mobile": "手机号码，公文里隐去中间几位",
            "sex": "性别，用在鉴定表里",
            "born": "出生年月，用在鉴定表里",
            "education": "学历，用在鉴定表里",
            "licence": "执业证书编号，用在鉴定表里",
            "id_number": "身份证号码，公文里隐去中间几位",
            "bank_account": "银行卡号，公文里隐去中间几位",
        },
    ),
    hospital.Unavailable: ("不可派", {"until_on": "最后一天（含当天）；不写就是另行通知"}),
    plan.LeadingGroup: (
        "领导小组",
        {"leader": "组长", "deputies": "副组长", "members": "成员", "office": "办公室设在哪个科室"},
    ),
    plan.Member: ("成员", {"name": "姓名", "duty": "职务"}),
    plan.Task: (
        "任务",
        {
            "content": "做什么",
            "owner": "谁负责",
            "due_on": "完成的期限",
            "every": "多久一次，例如 每季度",
            "indicator": "看哪个指标",
            "target": "指标要达到多少",
        },
    ),
    plan.Issue: (
        "发文登记",
        {
            "kind": "文种，例如 派遣通知；全部文种: xiaxiang 出文 --list",
            "month": "按月的公文是哪个月，例如 2024-03",
            "year": "按年的公文是哪一年",
            "person": "一人一份的公文是谁的",
            "number": "发文字号，例如 某医发〔2024〕1号",
            "issued_on": "成文日期",
            "signed_by": "签发人",
            "copied_to": "抄送的单位",
        },
    ),
}

_OF_A_CALENDAR: Final[dict[type[Entry], tuple[str, Mapping[str, str]]]] = {
    calendar_year.CalendarYear: (
        "一年的放假和调休",
        {
            "days_off": "节日: 哪几天放假，例如 春节: 2月5日至2月11日；可以照抄放假通知的整句",
            "worked": "调休上班的周末，例如 [2月14日, 2月20日]",
            "basis": "放假通知的文号",
            "is_complete": "“是”表示这一年写全了，当作已经公布；“否”表示只更正个别日期",
        },
    ),
}

_OF_EVENTS: Final[dict[type[Entry], tuple[str, Mapping[str, str]]]] = {
    event.Event: ("变动登记", {"type": "发生了什么", "on": "决定或发生的日期"}),
    event.Deferral: ("后延", {"ruling": "医务部门的决定；没写或待定的不起作用", "batch": "要求后延的是哪一批"}),
    event.Promotion: (
        "晋升优先",
        {
            "person": "谁申请提前下乡",
            "title": "准备晋升的职称",
            "consulted": "征求过意见的科室",
            "consent": "征求意见的结果，例如 同意",
        },
    ),
    event.Assignment: ("指派", {"person": "科室确定派谁"}),
    event.Incident: (
        "意外",
        {"person": "原来派的人", "substitute": "接替的人", "substitute_department": "接替的人是别的科室时，写科室名称"},
    ),
    event.Refusal: ("拒派", {"special_reason": "有没有特殊原因；不写就是无", "opinion": "处理意见"}),
    event.Redispatch: ("重新下乡", {"batch": "重新下乡安排在哪一批"}),
    event.Leave: (
        "请假",
        {
            "days": "请假几天；写了“止”可以不写",
            "leave_kind": "假别，例如 病假、事假",
            "approved_by": "谁批准的",
            "recipient_approved": "受援单位批准没有",
            "phoned": "有没有电话备案",
            "in_writing": "有没有书面说明",
            "returned_on": "销假的日期",
        },
    ),
    event.Recall: ("调回", {"approved": "院领导批准没有；不写就是否"}),
    event.Donation: ("捐赠", {"item": "捐了什么", "quantity": "多少台、件", "value": "价值"}),
    event.Trainee: ("进修", {"person": "谁来进修", "specialty": "进修的专业"}),
}

ENTRIES: Final = {**_OF_A_PLAN, **_OF_A_CALENDAR, **_OF_EVENTS, **OF_A_POLICY}
"""Every class of entries → its Chinese title, and sentences for the fields that it declares (or says otherwise)."""


def title_of(cls: type[Entry]) -> str:
    """Return the Chinese title of a class of entries."""
    return ENTRIES[cls][0]


def sentence_of(cls: type[Entry], identifier: str) -> str:
    """Return what a field is: as said for its class, else for the class it inherits from, else for all alike."""
    for base in cls.__mro__:
        said = ENTRIES.get(base, ("", {}))[1].get(identifier)
        if said:
            return said
    return _COMMON[identifier]
