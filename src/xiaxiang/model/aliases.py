"""What people call things that are named otherwise here: asked before anything is compared letter by letter."""

from __future__ import annotations

from typing import Final

_GROUPS: Final[tuple[tuple[str, str], ...]] = (
    # keys of a plan, of people, of events
    ("科室", "部门 科别 所属科室"),
    ("姓名", "名字 人名 医生姓名 医师姓名"),
    ("手机", "电话 联系方式 手机号码 电话号码"),
    ("工号", "员工号 职工编号 人员编号"),
    ("人员", "医生 医师 职工 员工"),
    ("职称", "职务 技术职称"),
    ("支援单位", "派出医院 对口支援单位 医院"),
    ("受援单位", "卫生院 乡镇卫生院 基层单位 受援医院名称"),
    ("起始日期", "开始时间 起始时间 启动日期"),
    ("派遣顺序", "排班顺序 轮换顺序 轮转顺序 派出顺序 顺序"),
    ("变动登记", "变动记录 事件登记 变更登记"),
    ("计划名称", "方案名称 计划标题"),
    ("制度", "办法 规定"),
    ("日期", "时间 登记时间"),
    ("类型", "种类 类别"),
    ("原因", "缘由 因由"),
    ("起", "从 起始 开始时间"),
    ("止", "到 截止 结束时间"),
    ("备注", "附注 备忘 注"),
    ("批次", "批 期次 季度"),
    ("接替人员", "替补 替补人员 顶替人员"),
    ("批准人", "审批人 审核人"),
    # kinds of events
    ("后延", "延后 推迟 延迟 推后"),
    ("请假", "休假 病假 事假 产假"),
    ("意外", "替换 更换 变更"),
    ("调回", "撤回 抽回"),
    ("拒派", "拒绝 不派"),
    ("捐赠", "赠送 捐助"),
    ("进修", "培训 学习"),
    # departments
    ("心血管内科", "心内科 心内 循环内科"),
    ("呼吸内科", "呼吸科 呼内"),
    ("消化内科", "消化科 消内"),
    ("神经内科", "神内 神内科"),
    ("普通外科", "普外 普外科"),
    ("妇产科", "妇科 产科"),
    ("耳鼻喉科", "五官科 耳鼻咽喉科"),
    ("超声科", "B超室 彩超室"),
    ("检验科", "化验室 检验室"),
    # readings and rules
    ("顺延", "往后 推后"),
    ("自然日", "日历日 日历天"),
    ("工作日", "上班日 法定工作日"),
    # commands
    ("检查", "校验 验证 核对"),
    ("排班", "轮换 排表"),
    ("出文", "导出 打印 生成"),
    ("解释", "说明 帮助"),
    ("validate", "check lint verify"),
    ("schedule", "rotate"),
    ("report", "export print"),
    ("explain", "why"),
)
ALIASES: Final[dict[str, tuple[str, ...]]] = {}
"""A word of people → the words that it may mean here; which of them is legal is for the place to say."""
for _meant, _words in _GROUPS:
    for _word in _words.split():
        ALIASES[_word] = (*ALIASES.get(_word, ()), _meant)
