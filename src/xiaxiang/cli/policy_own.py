"""`xiaxiang policy new|check|diff` 制度: write one's own, look for contradictions, see what another one changes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from xiaxiang.cli import console
from xiaxiang.cli.options import JSON, TABLE, AllowOutside, Force, Format, Plan
from xiaxiang.cli.session import next_steps, plan_file, quoted
from xiaxiang.cli.status import DONE, WRONG_INPUT, CallError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xiaxiang.model.appraisal import ReadingChange
    from xiaxiang.model.diagnostic import Diagnostic
    from xiaxiang.model.policy import Policy

_FILES: Final = ("policy.yaml", "cases.yaml")
_NAME: Final = "「名称」"

NewName = Annotated[str, typer.Argument(metavar="名称", help="制度的名称，例如 巡回医疗办法", show_default=False)]
Which = Annotated[str, typer.Argument(metavar="制度", help="内置制度的名称，或制度文件、文件夹", show_default=False)]
Other = Annotated[str, typer.Argument(metavar="另一个制度", help="改过的那一个", show_default=False)]
Folder = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="文件夹", help="放在哪里；不写就用制度的名称", show_default=False),
]
Roster = Annotated[
    Path | None,
    typer.Option(
        "--roster", metavar="名册或表", help="同一份名册按两个制度各算一遍，列出谁会变、变多少", show_default=False
    ),
]


def new(name: NewName, folder: Folder = None, force: Force = False) -> int:
    """Write a commented policy with cases, sound as it stands, to start one's own from."""
    from xiaxiang.load.files import builtin  # noqa: PLC0415 - not wanted by --help
    from xiaxiang.write.files import write_files  # noqa: PLC0415
    from xiaxiang.write.names import safe_name  # noqa: PLC0415

    title = name.strip()
    if not title:
        raise CallError("没有写制度的名称", "xiaxiang 制度 new 巡回医疗办法")
    home = folder or Path(safe_name(title))
    source = builtin("templates") / "制度"
    texts = {one: (source / one).read_text(encoding="utf-8").replace(_NAME, title) for one in _FILES}
    write_files({home / one: text.encode() for one, text in texts.items()}, force=force)
    console.say(f"已建立 {home}/（可直接运行，改成自己的条文即可）\n")
    console.say("  policy.yaml  条文里的数，每个写依据\n  cases.yaml   案例：写输入和期望，改了数就验一遍\n")
    file = quoted(home / _FILES[0])
    next_steps(f"xiaxiang 制度 check {file}", f"xiaxiang 制度 test {file}", f"xiaxiang 考核 表.csv --policy {file}")
    return DONE


def check(name: Which) -> int:
    """Say what contradicts itself inside a policy; nothing where all is well."""
    from xiaxiang.check.policy import check_policy  # noqa: PLC0415 - not wanted by --help
    from xiaxiang.render.text_diagnostics import diagnostics_text, summary_text  # noqa: PLC0415

    policy, found, texts = _read(name)
    findings = (*found, *(check_policy(policy) if policy else ()))
    console.tell(diagnostics_text(findings, texts, width=console.width()))
    console.say(
        f"{policy.name if policy else name}: " + (summary_text(findings) if findings else "没有自相矛盾") + "\n"
    )
    if policy is not None:
        next_steps(f"xiaxiang 制度 test {name}")
    return WRONG_INPUT if any(one.is_error for one in findings) else DONE


def diff(
    one: Which,
    other: Other,
    roster: Roster = None,
    plan: Plan = None,
    output: Format = TABLE,
    allow_outside: AllowOutside = False,
) -> int:
    """Print what another policy has differently, and with --roster for whom that changes what."""
    from xiaxiang.model.policy_difference import differences  # noqa: PLC0415 - not wanted by --help
    from xiaxiang.render.text_policy import changes_text, differences_text  # noqa: PLC0415

    before, after = read_policy(one), read_policy(other)
    found = differences(before, after)
    changed = () if roster is None else _changed(before, after, roster, plan, allow_outside=allow_outside)
    if output == JSON:
        from xiaxiang.render.json_policy import difference_json  # noqa: PLC0415

        console.say_json(difference_json(before, after, found, changed if roster else None))
        return DONE
    console.say(differences_text(before, after, found, width=console.width()))
    if roster is not None:
        console.say("\n" + changes_text(changed, width=console.width()))
    else:
        next_steps(f"xiaxiang 制度 diff {one} {other} --roster 名册.csv")
    return DONE


def _changed(
    before: Policy, after: Policy, roster: Path, plan: Path | None, *, allow_outside: bool
) -> tuple[ReadingChange, ...]:
    """Return whose result is another under the second policy."""
    from xiaxiang.model.case import is_posted  # noqa: PLC0415
    from xiaxiang.pipeline import under_two_policies  # noqa: PLC0415
    from xiaxiang.pipeline_table import table_under_two_policies  # noqa: PLC0415

    if is_posted(before) and is_posted(after):
        file = plan_file(plan, beside=roster)
        return under_two_policies(file, roster, before, after, allow_outside=allow_outside)
    if is_posted(before) or is_posted(after):
        raise CallError("一个制度按派驻考核人员，一个考核表格，比不出谁会变", "不写 --roster，只比条文")
    return table_under_two_policies(roster, before, after)


def read_policy(name: str) -> Policy:
    """Return a policy by name, file or folder; its faults are told. Raises CallError where there is none."""
    policy, found, texts = _read(name)
    if policy is None:
        from xiaxiang.load.policies import builtin_policies  # noqa: PLC0415
        from xiaxiang.render.text_diagnostics import diagnostics_text  # noqa: PLC0415

        console.tell(diagnostics_text([one for one in found if one.position.file], texts, width=console.width()))
        raise CallError(f"没有可用的制度“{name}”", f"内置制度有 {'、'.join(builtin_policies())}；自己的写文件名")
    return policy


def _read(name: str) -> tuple[Policy | None, tuple[Diagnostic, ...], Mapping[str, str]]:
    """Return a policy by name, file or folder, with findings and the texts that they point into."""
    from xiaxiang.load.files import Reader  # noqa: PLC0415
    from xiaxiang.load.policies import load_policy  # noqa: PLC0415

    reader = Reader(root=Path(), here=Path(), allow_outside=True)
    policy, found = load_policy(name, Path(), reader=reader)
    return policy, found, dict(reader.texts)
