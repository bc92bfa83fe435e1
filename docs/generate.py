"""Write the generated part of docs/: format.md, from the models that read what users write. `make docs`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from xiaxiang.model.event import EVENT_KINDS
from xiaxiang.model.hospital import Department, Person, RecipientUnit, Unavailable, Unit
from xiaxiang.model.plan import Issue, LeadingGroup, Member, Plan, Task
from xiaxiang.model.policy import (
    AssessmentRules,
    Conclusion,
    DepartmentReward,
    Funding,
    Indicator,
    LeaveRules,
    PersonalAllowance,
    Policy,
    RecallSanction,
    RefusalSanction,
    ReleaseGate,
    RotationRules,
)
from xiaxiang.model.reading import SETTINGS

if TYPE_CHECKING:
    from xiaxiang.model.entry import Entry

HERE = Path(__file__).parent
PLAN = (Plan, Unit, RecipientUnit, Department, Person, Unavailable, LeadingGroup, Member, Task, Issue)
POLICY = (
    Policy,
    RotationRules,
    LeaveRules,
    AssessmentRules,
    Indicator,
    Conclusion,
    Funding,
    PersonalAllowance,
    DepartmentReward,
    RefusalSanction,
    ReleaseGate,
    RecallSanction,
)


def table(model: type[Entry]) -> list[str]:
    """Return the Markdown section of one kind of entry: every field with all its spellings."""
    doc = (model.__doc__ or "").splitlines()[0]
    lines = [f"### {model.__name__}", "", doc, "", "| 中文名 | 也可写作 | identifier | 必填 |", "|---|---|---|---|"]
    spellings = model.spellings()
    for identifier, field in model.model_fields.items():
        if field.alias is None:
            continue
        also = [one for one, meant in spellings.items() if meant == identifier and one not in {field.alias, identifier}]
        required = "是" if field.is_required() else ""
        lines.append(f"| {field.alias} | {'、'.join(also)} | `{identifier}` | {required} |")
    return [*lines, ""]


def format_page() -> str:
    """Return docs/format.md."""
    lines = [
        "# 文件格式",
        "",
        "由 `make docs` 从程序的数据模型生成，请勿手改。每个字段的几种写法都能用，同一处只写一种。",
        "",
    ]
    lines += ["## 计划 plan.yaml", ""]
    for model in PLAN:
        lines += table(model)
    lines += ["## 变动登记", ""]
    for kind in EVENT_KINDS:
        names = "、".join((kind.kind, *kind.also))
        lines += [*table(kind)[:3], f"类型写作：{names}", "", *table(kind)[4:]]
    lines += ["## 制度 policy.yaml", ""]
    for model in POLICY:
        lines += table(model)
    lines += ["## 口径", "", "| 口径 | 决定什么 | 取值（第一个是默认） |", "|---|---|---|"]
    for setting in SETTINGS:
        values = " · ".join(f"**{short}** {sentence}" for short, sentence in setting.values.items())
        lines.append(f"| {setting.name} | {setting.decides} | {values} |")
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    (HERE / "format.md").write_text(format_page(), encoding="utf-8", newline="\n")
