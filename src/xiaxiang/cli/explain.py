"""`xiaxiang explain` 解释: what a code means, or what in the policy rests on a clause. Offline, computes nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from xiaxiang.cli import console
from xiaxiang.cli.options import JSON, TABLE, AllowOutside, Format, Plan
from xiaxiang.cli.session import plan_file
from xiaxiang.cli.status import DONE, CallError

if TYPE_CHECKING:
    from xiaxiang.model.clause import ClauseUse
    from xiaxiang.model.explanation import Explanation
    from xiaxiang.model.policy import Policy

Words = Annotated[
    list[str] | None,
    typer.Argument(metavar="代码或条款…", help="例如 full-width-colon、三（二）；不写就列出全部", show_default=False),
]


def explain(
    *, words: Words = None, plan: Plan = None, output: Format = TABLE, allow_outside: AllowOutside = False
) -> int:
    """Print what the words mean: the code of a finding or a notice, or a clause of the plan's policy."""
    from xiaxiang.load.explanations import load_explanations  # noqa: PLC0415 - not wanted by --help
    from xiaxiang.model.clause import clause_named, clauses_of, resting_on  # noqa: PLC0415

    known = load_explanations()
    policy = _policy(plan, allow_outside=allow_outside)
    if not words:
        _list(known, clauses_of(policy), output)
        return DONE
    word = " ".join(words).strip()
    if (one := known.get(word.lower().replace("_", "-"))) is not None:
        _print_code(one, output)
        return DONE
    clause = clause_named(word)
    # A chapter means all its clauses: 三 is 三（一）, 三（二） …
    meant = [one for one in clauses_of(policy) if one == clause or one.startswith(f"{clause}（")]
    if not meant:
        raise _unknown(word, [*known, *clauses_of(policy)])
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


def _unknown(word: str, known: list[str]) -> CallError:
    from xiaxiang.model.similar import nearest  # noqa: PLC0415 - only where nothing was found

    found = nearest(word, known)
    near = "是不是 " + "、".join(f"“{one}”" for one in found) + "？" if found else ""
    return CallError(f"没有“{word}”这个代码或条款", f"{near}全部代码和条款: xiaxiang 解释")


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


def _list(known: dict[str, Explanation], clauses: tuple[str, ...], output: str) -> None:
    """Print every code with the first sentence of its meaning, and the clauses."""
    from xiaxiang.render.json_explain import explanation_json  # noqa: PLC0415 - not wanted by --help
    from xiaxiang.render.text_layout import table  # noqa: PLC0415

    if output == JSON:
        codes = [explanation_json(one) for one in known.values()]
        console.say_json(_nothing_else({"codes": codes, "clauses": [{"clause": one} for one in clauses]}))
        return
    for group in dict.fromkeys(one.group for one in known.values()):
        rows = [(one.code, one.meaning.partition("。")[0]) for one in known.values() if one.group == group]
        console.say(f"{group}\n" + "\n".join(table(rows, width=console.width(), flexible=(1,))) + "\n\n")
    console.say(f"条款\n {'  '.join(clauses)}\n\n看一条: xiaxiang 解释 代码或条款\n")


def _nothing_else(content: dict[str, Any]) -> dict[str, Any]:
    """Return content with the keys that every command's JSON has: an explanation computes nothing."""
    return {**content, "draft": False, "left_out": [], "diagnostics": []}
