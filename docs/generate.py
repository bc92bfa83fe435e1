"""Write the generated part of docs/, `make docs`: from the models, tests/errors/ and plans/."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from xiaxiang.assess.records import who_of
from xiaxiang.check import check
from xiaxiang.load import load_roster, load_workspace
from xiaxiang.load.attendance_grid import load_attendance
from xiaxiang.load.cases import builtin_cases, load_cases
from xiaxiang.load.event_line import FILE, read_event_line
from xiaxiang.load.explanations import load_explanations
from xiaxiang.load.policies import builtin_policies, load_policy
from xiaxiang.load.record_measure import measure_records
from xiaxiang.load.records import check_records
from xiaxiang.model.about_policy import OF_A_POLICY
from xiaxiang.model.batch import BatchName
from xiaxiang.model.clause import numbers_of
from xiaxiang.model.event import EVENT_KINDS
from xiaxiang.model.hospital import Department, Person, RecipientUnit, Unavailable, Unit
from xiaxiang.model.plan import Issue, LeadingGroup, Member, Plan, Task
from xiaxiang.model.reading import SETTINGS
from xiaxiang.render.text_diagnostics import diagnostic_text
from xiaxiang.render.text_layout import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from xiaxiang.model.diagnostic import Diagnostic
    from xiaxiang.model.entry import Entry
    from xiaxiang.model.explanation import Explanation
    from xiaxiang.model.policy import Policy
    from xiaxiang.model.record import Who
    from xiaxiang.model.roster import Roster

HERE = Path(__file__).parent
ERRORS = HERE.parent / "tests" / "errors"
LONGEST = 16
"""Lines of a bad file that is shown whole."""

PLAN: tuple[type[Entry], ...] = (
    Plan,
    Unit,
    RecipientUnit,
    Department,
    Person,
    Unavailable,
    LeadingGroup,
    Member,
    Task,
    Issue,
)
POLICY: tuple[type[Entry], ...] = tuple(OF_A_POLICY)


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


def postings(roster: Roster | None) -> dict[Who, tuple[tuple[date, date], ...]]:
    """Return the postings of everybody on a roster that gives their days."""
    rows = roster.rows if roster else ()
    return {who_of(row): ((row.starts_on, row.ends_on),) for row in rows if row.starts_on and row.ends_on}


def findings(folder: Path) -> tuple[list[Diagnostic], Mapping[str, str]]:
    """Return what the program finds in one case of tests/errors/, and the texts that it read."""
    loaded = load_workspace(folder / "plan.yaml", here=folder)
    found, texts = list(loaded.diagnostics), dict(loaded.texts)
    if loaded.workspace is not None:
        found += check(loaded.workspace)
        roster = folder / "roster.csv"
        if roster.is_file():
            _, more, read = load_roster(roster, loaded.workspace, here=folder)
            found, texts = [*found, *more], {**texts, **read}
        records = folder / "records.csv"
        if records.is_file():
            file = check_records(records, loaded.workspace, here=folder)
            found, texts = [*found, *file.diagnostics], {**texts, **file.texts}
        posted = {} if not roster.is_file() else postings(load_roster(roster, loaded.workspace, here=folder)[0])
        measured, grid = folder / "measured.csv", folder / "attendance.csv"
        if measured.is_file():  # records held against the postings of the roster
            _, more, read = measure_records(measured, loaded.workspace, posted, ("授课",), here=folder)
            found, texts = [*found, *more], {**texts, **read}
        if grid.is_file():
            _, more, read = load_attendance(grid, loaded.workspace.plan, posted, here=folder)
            found, texts = [*found, *more], {**texts, **read}
        event = folder / "event.txt"
        if event.is_file():  # what somebody types after `xiaxiang what-if`
            line = event.read_text(encoding="utf-8").splitlines()[0]
            found += read_event_line(line, loaded.workspace.plan, year=2024, comes_up=lambda *_: BatchName(2024, 1))[1]
            texts[FILE] = line
    return found, texts


def example(code: str) -> Iterator[str]:
    """Yield the smallest bad file of a code, as it can be shown, and what is printed about it."""
    found, texts = findings(ERRORS / code)
    one = next(one for one in found if one.code == code)
    lines = texts.get(one.position.file, "").rstrip("\n").split("\n")
    if len(lines) > LONGEST:  # a whole policy: what is wrong stands under it with its neighbours
        lines = []
    if len(lines) > 1:
        yield from (f"`{one.position.file}`", "", "```yaml", *map(visible, lines), "```", "")
    yield from ("```text", *diagnostic_text(one, texts).rstrip("\n").split("\n"), "```", "")


def entry(one: Explanation) -> Iterator[str]:
    """Yield the section of one code: from its bad file where it has one, else from its explanation."""
    yield from (f"### {one.code}", "", one.meaning, "")
    if (ERRORS / one.code).is_dir():
        yield from example(one.code)
        return
    for label, text in (("写错", one.wrong), ("改成", one.right)):
        yield from (label, "", "```text", *map(visible, text.split("\n")), "```", "")


def diagnostics_page() -> str:
    """Return docs/diagnostics.md."""
    lines = [
        "# 错误、提醒、说明和通知",
        "",
        "由 `make docs` 生成，请勿手改：例子来自 `tests/errors/`（每个代码最小的错误文件），",
        "意思来自 `templates/说明/diagnostics.yaml`。",
        "离线查看: `xiaxiang 解释 代码`。",
        "",
    ]
    known = load_explanations()
    for group in dict.fromkeys(one.group for one in known.values()):
        lines += [f"## {group}", ""]
        lines += [line for one in known.values() if one.group == group for line in entry(one)]
    return "\n".join(lines)


def policies_page() -> str:
    """Return docs/policies.md: every built-in policy with its rules, values, clauses and cases."""
    lines = [
        "# 内置制度",
        "",
        "由 `make docs` 从 `plans/` 生成，请勿手改。每个数都写明条款，每个案例都由 `xiaxiang 制度 test` 验算。",
        "看原文件: `xiaxiang 制度 show 名称`；照着写自己的: `xiaxiang 制度 new 名称`。",
        "",
    ]
    for name in builtin_policies():
        policy, _ = load_policy(name, Path())
        if policy is None:
            raise ValueError(name)
        cases, _, _ = load_cases(builtin_cases(name), policy)
        lines += policy_section(policy, [case.name for case in cases])
    return "\n".join(lines)


def policy_section(policy: Policy, cases: list[str]) -> Iterator[str]:
    """Yield the section of one policy."""
    numbers = numbers_of(policy)
    clauses = dict.fromkeys(clause for _, clause in numbers)
    yield from (f"## {policy.name}", "", f"{policy.document} · 考核{policy.subject} · {len(cases)} 个案例", "")
    yield from ("| 规定 | 取值 | 条款 |", "|---|---|---|")
    for clause in clauses:
        for number in (number for number, where in numbers if where == clause):
            yield f"| {number.section} {number.name} | {'；'.join(number.values)} | {clause} |"
    if policy.readings:
        yield from ("", "| 口径 | 本制度取 | 条款 |", "|---|---|---|")
        for name, parameter in policy.readings.items():
            yield f"| {name} | {'；'.join(value for _, value in parameter.values)} | {parameter.clause} |"
    yield from ("", "案例", "", *(f"{number}. {case}" for number, case in enumerate(cases, 1)), "")


if __name__ == "__main__":
    (HERE / "policies.md").write_text(policies_page(), encoding="utf-8", newline="\n")
    (HERE / "diagnostics.md").write_text(diagnostics_page(), encoding="utf-8", newline="\n")
    (HERE / "format.md").write_text(format_page(), encoding="utf-8", newline="\n")
