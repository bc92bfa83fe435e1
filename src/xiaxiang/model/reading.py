"""口径: where a clause can be read in more than one way, the readings are named here and chosen in a policy or plan.

Nothing in this table is a policy's number: it is the vocabulary that the engine understands, each value with
the sentence that is printed beside it. Which value holds is said by the policy (its 口径), and may be
overridden by a plan; the first value is the default of a policy that names none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from xiaxiang.model.source import Source


@dataclass(frozen=True, slots=True)
class Setting:
    """One ambiguous clause: name, what it decides, values (short name → sentence), the first the default."""

    name: str
    decides: str
    values: dict[str, str]

    def value_of(self, text: str) -> str | None:
        """Return the short name that `text` means: a short name, or the whole sentence beside it."""
        word = text.strip()
        for short, sentence in self.values.items():
            if word in {short, sentence}:
                return short
        return None


@dataclass(frozen=True, slots=True)
class ReadingUsed:
    """One reading that a result rests on, with the clause it reads and who chose it (policy or plan)."""

    setting: str
    value: str
    sentence: str
    source: Source
    chosen_by_plan: bool = False


SETTINGS: Final[tuple[Setting, ...]] = (
    Setting(
        "授课间隔",
        "两次授课相隔太近时怎样算",
        {
            "任一间隔": "有一次间隔不足即不合格",
            "全部间隔": "每次间隔都不足才不合格",
            "剔除过近": "距上一次计入的授课不足间隔的不计次数，再看次数够不够",
        },
    ),
    Setting(
        "应出勤",
        "出勤率的分母",
        {
            "工作日": "派驻期间的法定工作日",
            "每月天数": "补助的每月天数乘月数",
            "自然日": "派驻期间的全部日历天数",
        },
    ),
    Setting(
        "批准的假",
        "批准的请假怎样计入出勤率",
        {
            "计缺勤": "按缺勤计算",
            "计出勤": "按出勤计算",
            "不计入应出勤": "从应出勤天数中扣除",
        },
    ),
    Setting(
        "科室奖励",
        "科室奖励怎样计算",
        {
            "按人数": "按派出人数发给科室",
            "按科室": "每个科室一份，不论人数",
            "科室与个人各一份": "科室一份，不论人数，每人另有一份",
        },
    ),
    Setting(
        "召回处罚",
        "擅自召回的处罚由谁承担",
        {"各处一份": "个人和科室各处一份", "合计一份": "个人和科室合计一份，各担一半"},
    ),
    Setting(
        "请假天数",
        "请假天数怎样数",
        {"自然日": "按日历天数", "工作日": "按工作日"},
    ),
    Setting(
        "遇节假日",
        "交接日遇到休息日怎样办",
        {
            "顺延": "顺延到下一个工作日",
            "下一个周一": "改到下一个上班的周一",
            "提前": "提前到上一个工作日",
            "不变": "不变，仍在当天",
        },
    ),
    Setting(
        "调休上班日交接",
        "调休上班的周末能不能作交接日",
        {"是": "可以", "否": "不可以，继续往后（或往前）找"},
    ),
    Setting(
        "自动后延",
        "自动后延的科室空出的名额由谁补",
        {
            "下一批": "后面的科室依次补上，本科室下一批最先派出",
            "对调": "由第一个不在本批的科室顶替其名额，其他科室不动",
        },
    ),
    Setting(
        "重新下乡",
        "重新下乡怎样安排",
        {"占用下一轮次": "占用本科室的下一个轮次", "额外增加": "在指定批次另加一个名额"},
    ),
    Setting(
        "补助月数",
        "补助按几个月发",
        {"固定三个月": "不论派驻几周，按规定的月数发放", "按实际月数": "按实际派驻的整月和天数发放"},
    ),
    Setting(
        "每月天数",
        "补助的每月天数是定额还是上限",
        {"定额": "每月按定额发放", "上限": "按出勤天数发放，不超过上限"},
    ),
    Setting(
        "中级为主",
        "一批人员怎样才算以中级为主",
        {"过半": "过半数为中级以上", "全部": "全部为中级以上"},
    ),
    Setting(
        "后延计次",
        "后延次数怎样计算",
        {"按科室每轮": "只计实际用掉的后延", "按申请": "申请即计一次，未用或被拒的也算"},
    ),
    Setting(
        "沟通范围",
        "晋升优先要征得哪些科室同意",
        {"被顶替科室": "被顶替的科室", "下批全部科室": "下一批的全部科室"},
    ),
    Setting(
        "以上以下",
        "“以上”“以下”含不含本数",
        {"含本数": "含本数（民法典第1259条）", "不含本数": "不含本数"},
    ),
    Setting(
        "中途换人考核",
        "只服务了一段的人员怎样考核",
        {
            "按在岗周数折算": "次数要求按在岗整周数折算，舍去小数",
            "不折算": "要求不变",
            "与前任合并": "与前任合并计算",
        },
    ),
    Setting(
        "假期补助",
        "批准的请假扣不扣补助",
        {"照发": "照发", "按天扣": "按请假天数扣减"},
    ),
    Setting(
        "全未完成奖励",
        "人员各项均未完成时科室奖励发不发",
        {"照发": "照发", "不发": "不发"},
    ),
    Setting(
        "换人归属",
        "中途换人后科室奖励归谁",
        {"按天数": "按在岗天数分", "原科室": "归原派科室", "接替科室": "归接替科室"},
    ),
    Setting(
        "拒派处罚",
        "拒派怎样计罚",
        {"每批一次": "每批一次", "每轮一次": "每轮一次", "按未派人数": "按未派人数"},
    ),
    Setting(
        "不足一期",
        "派驻没有满一个周、月或季度的，那一期作不作要求",
        {"不计": "只看整期都在派驻的", "照计": "有一天在派驻就看"},
    ),
    Setting(
        "住村天数",
        "住村天数的要求是一年的、一个月的还是每一次的",
        {"每年": "一年累计", "每次": "每一次住村", "每月": "每个月累计"},
    ),
    Setting(
        "交通费",
        "交通费按天、按次还是按月报销",
        {"每天": "每出诊一天一份", "每次": "每下乡一次一份", "每月": "每下乡一个月一份"},
    ),
    Setting(
        "每年12月前",
        "每年12月前是到哪一天",
        {"11月30日": "11月30日以前（含当天）", "12月31日": "12月31日以前（含当天）"},
    ),
    Setting(
        "帮扶时间",
        "半年和一年各指谁",
        {"县半年乡一年": "县级医院半年，乡镇卫生院一年", "自选": "半年或一年由本人选"},
    ),
    Setting(
        "比例增加",
        "一个比例要比去年增加百分之几怎样算",
        {"百分点": "在去年的比例上加几个百分点", "按比例": "去年的比例乘以一加百分之几"},
    ),
    Setting(
        "期限",
        "期限含不含当日",
        {"含当日": "含当日", "不含当日": "不含当日"},
    ),
)


def setting(name: str) -> Setting | None:
    """Return the setting of that name, or None."""
    return next((one for one in SETTINGS if one.name == name), None)
