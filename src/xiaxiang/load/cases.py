"""cases.yaml: worked cases of a policy → small plans and rosters with what is expected of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from xiaxiang.load.case_reader import CaseReader
from xiaxiang.load.case_tables import TableCaseReader
from xiaxiang.load.files import Reader, builtin
from xiaxiang.load.yaml import Sequence, parse_yaml
from xiaxiang.model.case import Case
from xiaxiang.model.diagnostic import Diagnostic, error, in_order
from xiaxiang.model.position import Position

if TYPE_CHECKING:
    from xiaxiang.model.policy import Policy

from xiaxiang.model.case import is_posted

CASES_FILE: Final = "cases.yaml"


def builtin_cases(policy: str) -> Path:
    """Return the file of a built-in policy's cases."""
    return builtin("plans") / policy / CASES_FILE


def load_cases(
    path: Path, policy: Policy, *, here: Path | None = None
) -> tuple[tuple[Case, ...], tuple[Diagnostic, ...], dict[str, str]]:
    """Return the cases in `path`, findings in order, and texts for excerpts. A broken case is left out aloud."""
    reader = Reader(root=path.parent, here=here or Path(), allow_outside=True)
    text = reader.text_of(path)
    file = reader.shown(path)
    tree, problem = parse_yaml(text, file) if text is not None else (None, None)
    if problem is not None:
        reader.report(problem)
    elif text is not None and not isinstance(tree, Sequence):
        at = Position(file, 1, 1, 1)
        reader.report(error("wrong-shape", f"“{file}”里写的不是列表", "每个案例前写“- ”", at))
    items = tree.items if isinstance(tree, Sequence) else []
    make = CaseReader if is_posted(policy) else TableCaseReader
    cases = [make(reader, file, path.parent, policy, number).case(node) for number, node in enumerate(items, 1)]
    return tuple(case for case in cases if case), in_order(reader.findings), dict(reader.texts)
