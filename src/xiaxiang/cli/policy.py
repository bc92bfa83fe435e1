"""`xiaxiang policy` 制度: list the built-in policies, show one with its clauses, run worked cases."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from xiaxiang.cli import console
from xiaxiang.cli.options import JSON, TABLE, Format
from xiaxiang.cli.session import next_steps
from xiaxiang.cli.status import DONE, WRONG_CALL, WRONG_INPUT, CallError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from xiaxiang.model.case import CaseResult
    from xiaxiang.model.diagnostic import Diagnostic
    from xiaxiang.model.policy import Policy

Name = Annotated[str, typer.Argument(metavar="制度", help="内置制度的名称，或制度文件", show_default=False)]
Which = Annotated[
    str, typer.Argument(metavar="制度", help="内置制度的名称，或制度文件；不写就是全部内置制度", show_default=False)
]


def list_policies(output: Format = TABLE) -> int:
    """Print the built-in policies with the documents they hold."""
    from xiaxiang.load.policies import builtin_policies, load_policy  # noqa: PLC0415 - not wanted by --help
    from xiaxiang.render.json_common import policy_list  # noqa: PLC0415
    from xiaxiang.render.text_layout import table  # noqa: PLC0415

    found = [policy for name in builtin_policies() if (policy := load_policy(name, Path())[0])]
    if output == JSON:
        console.say_json(policy_list(found))
        return DONE
    rows = [("名称", "考核", "文件"), *((one.name, _what(one), one.document) for one in found)]
    console.say("\n".join(table(rows, width=console.width(), flexible=(2,))) + "\n")
    next_steps("xiaxiang 制度 show 名称    看全部规定和条款")
    console.say("        xiaxiang 制度 sheet 名称   考核要填哪些列\n")
    console.say("        xiaxiang 考核 表.xlsx --policy 名称\n")
    return DONE


def _what(policy: Policy) -> str:
    """Return whom a policy assesses; 轮换 where it also says who goes when."""
    return policy.subject + ("、轮换" if policy.rotation else "")


def show(name: Name) -> int:
    """Print a policy as it is written, every number with its clause: a file to start one's own from."""
    from xiaxiang.load.files import Reader, builtin  # noqa: PLC0415 - not wanted by --help
    from xiaxiang.load.policies import POLICY_FILE, builtin_policies  # noqa: PLC0415

    _load(name)
    path = builtin("plans") / name / POLICY_FILE if name in builtin_policies() else _file(name)
    text = Reader(root=path.parent, here=Path(), allow_outside=True).text_of(path)
    console.say(text or "")
    return DONE if text else WRONG_CALL


def verify(name: Which = "") -> int:
    """Run the worked cases of one policy, or of all built-in ones."""
    from xiaxiang.load.policies import builtin_policies  # noqa: PLC0415 - not wanted by --help

    return max((_test(one) for one in ([name] if name else builtin_policies())), default=DONE)


def _test(name: str) -> int:
    from xiaxiang.assess import run_cases  # noqa: PLC0415
    from xiaxiang.load.calendar import published_calendar  # noqa: PLC0415
    from xiaxiang.load.cases import CASES_FILE, builtin_cases, load_cases  # noqa: PLC0415
    from xiaxiang.load.policies import builtin_policies  # noqa: PLC0415
    from xiaxiang.load.ranks import load_ranks  # noqa: PLC0415
    from xiaxiang.render.text_diagnostics import diagnostics_text  # noqa: PLC0415

    policy = _load(name)
    path = builtin_cases(name) if name in builtin_policies() else _file(name).with_name(CASES_FILE)
    cases, found, texts = load_cases(path, policy)
    console.tell(diagnostics_text(found, texts, width=console.width()))
    results = run_cases(policy, cases, published_calendar(), load_ranks())
    failed = [one for one in results if not one.holds]
    console.say("".join(_failure(one) for one in failed))
    console.say(f"{policy.name}: {len(results)} 个案例，{len(results) - len(failed)} 个相符，{len(failed)} 个不符\n")
    return WRONG_INPUT if failed or any(one.is_error for one in found) else DONE


def _failure(result: CaseResult) -> str:
    lines = [f"{result.case.position}: 不符 {result.case.name}"]
    for line in result.lines:
        if not line.holds:
            expected = line.expectation
            key = f"{expected.department} {expected.key}" if expected.department else expected.key
            lines.append(f"  {key}: 期望 {expected.text}，算出 {line.actual}（{expected.position}）")
    return "\n".join(lines) + "\n\n"


def _file(name: str) -> Path:
    """Return the file of one's own policy: the one named, or the one in the folder named."""
    from xiaxiang.load.policies import POLICY_FILE  # noqa: PLC0415

    return Path(name) / POLICY_FILE if Path(name).is_dir() else Path(name)


def _load(name: str) -> Policy:
    """Return a policy by name or file; its faults are told. Raises CallError where there is none."""
    from xiaxiang.load.policies import builtin_policies, load_policy  # noqa: PLC0415

    policy, found = load_policy(name, Path())
    if policy is None:
        _tell(found)
        raise CallError(f"没有可用的制度“{name}”", f"内置制度有 {'、'.join(builtin_policies())}；自己的写文件名")
    return policy


def _tell(found: Iterable[Diagnostic]) -> None:
    from xiaxiang.render.text_diagnostics import diagnostics_text  # noqa: PLC0415

    console.tell(diagnostics_text((one for one in found if one.position.file), {}, width=console.width()))
