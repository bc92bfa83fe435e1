"""`xiaxiang explain` 解释: a code, a clause, or why the schedule is as it is. Offline; picks out what was decided."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from xiaxiang.cli import console
from xiaxiang.cli.options import JSON, TABLE, AllowOutside, Format, Plan, Year
from xiaxiang.cli.session import plan_file, status_of, tell_findings
from xiaxiang.cli.status import DONE, CallError

if TYPE_CHECKING:
    from xiaxiang.model.clause import ClauseUse
    from xiaxiang.model.explanation import Explanation
    from xiaxiang.model.policy import Policy

Words = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="问什么…",
        help="代码、条款、2024-2 外科、张三、外科；不写就列出代码和条款",
        show_default=False,
    ),
]

_CHOICES: Final = 5
"""How many meanings of ambiguous words are told."""


def explain(
    *,
    words: Words = None,
    year: Year = None,
    plan: Plan = None,
    output: Format = TABLE,
    allow_outside: AllowOutside = False,
) -> int:
    """Print what the words mean: a code, a clause of the plan's policy, a department's turn, a person, a department."""
    from xiaxiang.load.explanations import load_explanations  # noqa: PLC0415 - not wanted by --help
    from xiaxiang.model.clause import clause_named, clauses_of, resting_on  # noqa: PLC0415

    known = load_explanations()
    policy = _policy(plan, allow_outside=allow_outside)
    if not words:
        _list(known, policy, output)
        return DONE
    word = " ".join(words).strip()
    if (one := known.get(word.lower().replace("_", "-"))) is not None:
        _print_code(one, output)
        return DONE
    clause = clause_named(word)
    # A chapter means all its clauses: 三 is 三（一）, 三（二） …
    meant = [one for one in clauses_of(policy) if one == clause or one.startswith(f"{clause}（")]
    if not meant:
        return _why(list(words), [*known, *clauses_of(policy)], year, plan, output, allow_outside=allow_outside)
    _print_clauses([resting_on(policy, one) for one in meant], policy, output)
    return DONE


def _policy(plan: Path | None, *, allow_outside: bool) -> Policy:
    """Return the policy of the plan, where there is one that can be read; else the default policy."""
    from xiaxiang.load import load_policy, load_workspace  # noqa: PLC0415 - not wanted by --help
    from xiaxiang.model.plan import DEFAULT_POLICY  # noqa: PLC0415

    try:
        loaded = load_workspace(plan_file(plan), allow_outside=allow_outside)
    except CallError:
        if plan is not None:
            raise
        loaded = None
    if loaded is not None and loaded.workspace is not None:
        return loaded.workspace.policy
    policy, _ = load_policy(DEFAULT_POLICY, Path())
    if policy is None:
        raise CallError("内置制度读不出来", "重新安装程序")
    return policy


def _why(
    words: list[str], known: list[str], year: int | None, plan: Path | None, output: str, *, allow_outside: bool
) -> int:
    """Print why the schedule has a department's turn, or a person, where it has. Raises CallError for other words."""
    from xiaxiang.cli.subjects import batch_named, known_words, subjects  # noqa: PLC0415 - only where it is asked
    from xiaxiang.cli.why import explain_subject  # noqa: PLC0415
    from xiaxiang.pipeline import read  # noqa: PLC0415

    try:
        file = plan_file(plan)
    except CallError:
        if plan is not None:
            raise
        raise _unknown(words, known, "科室和人员要在计划的文件夹里问") from None
    result = read(file, allow_outside=allow_outside)
    workspace = result.workspace
    if workspace is None:
        tell_findings(result)
        return status_of(result.diagnostics, file)
    if batch := batch_named(words):
        hint = f"写明科室: xiaxiang 解释 {batch.text} {workspace.plan.dispatch_order[0]}；整批: xiaxiang 排班 --explain"
        raise CallError(f"“{batch.text}”的哪个科室？", hint)
    found = subjects(workspace, words)
    if not found:
        raise _unknown(words, [*known, *known_words(workspace.plan)], "全部代码和条款: xiaxiang 解释")
    if len(found) > 1:
        choices = "；".join(f"xiaxiang 解释 {one.words}" for one in found[:_CHOICES])
        more = f"；……共 {len(found)} 个" if len(found) > _CHOICES else ""
        raise CallError(f"“{' '.join(words)}”不止一个意思", choices + more)
    result = explain_subject(result, found[0], year, output, plan)
    return status_of(result.diagnostics, file)


def _unknown(words: list[str], known: list[str], else_do: str) -> CallError:
    from xiaxiang.model.similar import nearest  # noqa: PLC0415 - only where nothing was found

    word = " ".join(words)
    found = nearest(word, known)
    near = "是不是 " + "、".join(f"“{one}”" for one in found) + "？" if found else ""
    return CallError(f"没有“{word}”这个代码、条款、科室或人员", f"{near}{else_do}")


def _print_code(one: Explanation, output: str) -> None:
    from xiaxiang.render.json_explain import explanation_json  # noqa: PLC0415 - not wanted by --help
    from xiaxiang.render.text_explain import explanation_text  # noqa: PLC0415

    if output == JSON:
        console.say_json(_nothing_else({"codes": [explanation_json(one)], "clauses": []}))
    else:
        console.say(explanation_text(one, width=console.width()))


def _print_clauses(uses: list[ClauseUse], policy: Policy, output: str) -> None:
    from xiaxiang.render.json_explain import clause_json  # noqa: PLC0415 - not wanted by --help
    from xiaxiang.render.text_explain import clause_text  # noqa: PLC0415

    if output == JSON:
        console.say_json(_nothing_else({"codes": [], "clauses": [clause_json(one, policy.document) for one in uses]}))
        return
    console.say("\n".join(clause_text(one, policy.document, width=console.width()) for one in uses))


def _list(known: dict[str, Explanation], policy: Policy, output: str) -> None:
    """Print every code with the first sentence of its meaning, and the clauses."""
    from xiaxiang.model.clause import clauses_of, resting_on  # noqa: PLC0415 - not wanted by --help
    from xiaxiang.render.json_explain import clause_json, explanation_json  # noqa: PLC0415
    from xiaxiang.render.text_layout import table  # noqa: PLC0415

    if output == JSON:
        codes = [explanation_json(one) for one in known.values()]
        uses = [clause_json(resting_on(policy, one), policy.document) for one in clauses_of(policy)]
        console.say_json(_nothing_else({"codes": codes, "clauses": uses}))
        return
    for group in dict.fromkeys(one.group for one in known.values()):
        rows = [(one.code, one.meaning.partition("。")[0]) for one in known.values() if one.group == group]
        console.say(f"{group}\n" + "\n".join(table(rows, width=console.width(), flexible=(1,))) + "\n\n")
    console.say(f"条款\n {'  '.join(clauses_of(policy))}\n\n看一条: xiaxiang 解释 代码或条款\n")
    console.say("为什么这样排: xiaxiang 解释 2024-2 外科、xiaxiang 解释 张三\n")


def _nothing_else(content: dict[str, Any]) -> dict[str, Any]:
    """Return content with the keys that every command's JSON has: an explanation computes nothing."""
    from xiaxiang.render.json_why import nothing_json  # noqa: PLC0415 - not wanted by --help

    return {**nothing_json(), **content, "draft": False, "left_out": [], "diagnostics": []}
