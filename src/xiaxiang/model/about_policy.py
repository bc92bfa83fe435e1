"""说明 of a policy: what each of its entries and fields is, in one sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from xiaxiang.model import clock, funding, indicator, policy, programme

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xiaxiang.model.entry import Entry

OF_A_POLICY: Final[dict[type[Entry], tuple[str, Mapping[str, str]]]] = {
    policy.Policy: (
        "制度",
        {
            "name": "制度的名称，计划里用它指这个制度",
            "document": "文件的全称，引用条款时印出来",
            "rotation": "谁在什么时候去",
            "assessment": "考核哪些项目，完成几项怎样办",
            "readings": "条文有几种读法的地方，本制度选哪一种，各写依据",
            "funding": "补助、奖励和处罚",
            "leave": "请假的手续",
            "subject": "考核的对象：人员、科室、队伍或单位；表里一行是一个",
            "programme": "考核和经费以外的规定：期间、阶段、配对、名额、目标、资格、进修、师带徒",
            "clocks": "下乡的天数怎样累计，满多少算满足（晋升、长期派驻等）；台账按它计算",
            "clauses": "没有数字的规定各在哪一条，例如 派遣顺序: 三（一）",
        },
    ),
    policy.RotationRules: (
        "轮换",
        {
            "headcount": "每批派几人",
            "handover_months": "哪几个月交接，例如 [1, 4, 7, 10]",
            "handover_day": "交接月份里的哪一天：首个周一、首个工作日，或几号",
            "lowest_rank": "派出人员的最低职级",
            "mainly_rank": "是不是以中级为主",
            "deferrals_per_cycle": "每个科室每轮可以后延几次",
            "turns_per_batch": "一个科室一批占几个名额",
            "people_per_turn": "轮到一次派几人",
            "promotion_uses_turn": "晋升优先占不占本科室的轮次",
            "years": "本制度管几年",
            "handover_days": "直接写明的交接日期，例如 [2024-03-04, 2024-09-02]；写了的年份不再看交接月份",
            "arrangement": "科室排队：科室按派遣顺序轮；专业组合：每批固定几个专业，各专业的科室各自轮",
            "composition": "专业组合时每批每个受援单位要哪些专业、各几人，例如 {内科: 1, 外科: 1}",
        },
    ),
    clock.Clock: (
        "计时",
        {
            "name": "计时的名称；台账用 --clock 选它",
            "kind": "算什么：累计月数、累计天数、自然年天数、季度天数、本期",
            "at_least": "满多少算满足；不写就是未设定",
            "counting": "含首尾：首日和末日都算；按差：末日减首日",
            "records": "单次：要有一次派驻自己满；累计：几次加起来",
        },
    ),
    policy.LeaveRules: ("请假", {"written_from_days": "满几天要书面说明"}),
    indicator.AssessmentRules: (
        "考核",
        {
            "indicators": "考核的项目",
            "conclusions": "未完成几项时怎样办",
            "grades": "按得分或未完成项数定等级，从好到差",
            "recommended": "等级由别人推荐时，表里写推荐等级的那一列；项目的“封顶”照样管它",
        },
    ),
    indicator.Indicator: (
        "项目",
        {
            "name": "项目的名称；名册里的列是“名称＋日期、次数、天数”",
            "kind": "怎样算：次数、天数、比率、数值",
            "at_least": "不少于多少算完成",
            "at_most": "不超过多少算完成",
            "min_gap_days": "两次之间至少隔几天",
            "routine": "平时应当怎样做，例如 每两周一次；只作提醒",
            "numerator": "比率的分子是名册的哪一列",
            "denominator": "比率的分母是名册的哪一列",
            "per_units": "比率按多少个分母算，例如 10000：每万人",
            "per": "要求在每个期间里都做到：周、周末、两周、月、两月、季度、半年、年、次",
            "not_after": "期限：4月10日、次月5日、开始后7天、结束前7天，或一个日期",
            "full_score": "评分的满分",
            "points_off": "比“至少”每缺一次扣几分，扣到零为止",
            "weight": "计入总分的权重，例如 30%",
            "members": "队伍至少几人（够职称的才算）",
            "lowest_rank": "队员的最低职级",
            "specialties": "每个专业至少几人，例如 {内科: 1, 外科: 1}",
            "expected": "是否：应当是还是否；不写就是“是”",
            "grade_cap": "没有完成时等级最高到哪一级",
            "applies_to": "只考核哪些行，例如 {类别: 市直医院、县级医院} 或 {服务人口: 1000人以下}；不写就是全部",
            "under": "在哪种口径下有效，例如 {住村天数: 每年}",
            "each": "数值：表里一次（一个）折合多少，例如 0.5；不写就按表里的数",
            "levels": "级别：有哪些级别，从低到高，例如 [大专, 本科/大学本科]；一级有几种写法的用 / 隔开",
            "lowest_level": "级别：不低于哪一级算完成",
            "column": "取表里的哪一列；不写就按项目的名称",
            "subject": "这一项考核谁；不写就同制度的“对象”",
        },
    ),
    indicator.Grade: (
        "等级",
        {
            "name": "等级的名称，例如 优秀",
            "at_least": "得分不低于多少",
            "unmet_at_most": "未完成的项数至多几项",
            "withheld": "从哪一笔经费里扣多少，例如 {剩余经费: 20%}",
            "reward": "奖励多少元",
            "follows": "还有什么后果，照抄制度的意思",
            "consecutive": "连续几年都是这一级时再怎样办；写了几条的，按达到的最长一条",
        },
    ),
    indicator.ConsecutiveYears: (
        "连续",
        {"years": "连续几年", "follows": "有什么后果", "withheld": "从哪一笔经费里扣多少"},
    ),
    indicator.Conclusion: (
        "结论",
        {
            "unmet": "未完成几项",
            "months_deducted": "扣几个月补助",
            "certificate": "鉴定表填写不填写",
            "redispatch": "要不要重新下乡",
            "department_sanction": "处罚科室多少元",
        },
    ),
    funding.Funding: (
        "经费",
        {
            "allowance": "发给个人的补助",
            "department_reward": "发给科室的奖励",
            "refusal": "拒派的处罚",
            "release_gate": "发放补助以前要交齐的材料",
            "recall": "擅自召回的处罚",
            "per_unit": "按天、按次、按月计付的钱",
            "funds": "按比例提取的经费；等级可以从中扣减",
        },
    ),
    funding.PersonalAllowance: (
        "个人补助",
        {"per_day": "每天多少元", "days_per_month": "每月按几天", "months": "一共几个月"},
    ),
    funding.DepartmentReward: ("科室奖励", {"per_person": "每派出一人多少元"}),
    funding.RefusalSanction: ("拒派处罚", {"per_department": "没有特殊原因拒派，处罚科室多少元"}),
    funding.ReleaseGate: (
        "发放前提",
        {"papers": "要交齐哪些材料", "not_before": "最早哪天交，例如 结束前7天；交早了只提醒"},
    ),
    funding.RecallSanction: ("擅自召回", {"per_working_day": "每个工作日多少元", "on_whom": "处罚谁：个人、科室"}),
    funding.PerUnit: (
        "计付",
        {
            "name": "这笔钱的名称",
            "amount": "每天、每次或每月多少元",
            "column": "按表里哪一列的数计，例如 出勤天数",
            "at_most": "至多计多少",
            "applies_to": "只付给哪些行，例如 {类别: 专家} 或 {服务人口: 1000人以下}；不写就是全部",
            "under": "在哪种口径下有效，例如 {交通费: 每天}",
            "only_if_met": "各项全部完成才付；不写就是否",
        },
    ),
    funding.Fund: (
        "基金",
        {
            "name": "这笔经费的名称",
            "base": "按表里哪一列的金额，或哪一笔经费提取",
            "rate": "提取的比例",
            "parts": "平均分几次拨付，例如 12",
            "monthly": "按月平均拨付，考核期有几个月就分几次",
            "goes_to": "扣下的归入哪一笔经费",
        },
    ),
    programme.Programme: (
        "活动",
        {
            "period": "从哪天到哪天",
            "phases": "分几个阶段",
            "pairs": "谁支援谁",
            "quotas": "各单位出多少人或几支队伍",
            "targets": "整个活动要达到的数",
            "eligibility": "派出人员的条件",
            "training": "接收进修人员",
            "mentorship": "高年资的带低年资的，各是什么职级",
        },
    ),
    programme.Period: ("期间", {}),
    programme.Phase: ("阶段", {"name": "阶段的名称"}),
    programme.Pair: ("配对", {"supporting_unit": "支援单位的名称", "departments": "由几个科室支援"}),
    programme.Quota: ("名额", {"units": "哪一类单位", "count": "这类单位有几个", "each": "每个单位多少"}),
    programme.Target: ("目标", {"name": "目标的名称", "at_least": "要达到多少", "due_on": "到哪天为止"}),
    programme.Eligibility: (
        "资格",
        {"degree": "最低学历", "licence": "要有什么资格", "lowest_rank": "最低职级"},
    ),
    programme.Mentorship: (
        "师带徒",
        {"teacher_lowest_rank": "带教人的最低职级", "learner_highest_rank": "学员的最高职级"},
    ),
    programme.Training: (
        "进修",
        {
            "at_least": "每年至少接收几人",
            "at_most": "每年至多接收几人",
            "months_at_least": "每人至少几个月",
            "months_at_most": "每人至多几个月",
            "specialties": "每个专业几人",
            "free": "是不是免费",
        },
    ),
}
