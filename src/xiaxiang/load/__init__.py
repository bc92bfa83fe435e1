"""load: files of users → a Workspace and findings. What cannot be read is said, never guessed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from xiaxiang.load.bind import Binder
from xiaxiang.load.calendar import published_calendar, workspace_calendar
from xiaxiang.load.files import APPROVED_FOLDER, PUBLISHED_FOLDER, Reader, collector_at_rest
from xiaxiang.load.handovers import handover_test
from xiaxiang.load.policies import builtin_policies, load_policy
from xiaxiang.load.ranks import load_ranks
from xiaxiang.load.shapes import spellings
from xiaxiang.load.values import span_of
from xiaxiang.load.yaml import Mapping, Node, Scalar, read_yaml
from xiaxiang.model.diagnostic import Diagnostic, error, in_order
from xiaxiang.model.plan import DEFAULT_POLICY, Plan
from xiaxiang.model.position import Position
from xiaxiang.model.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Mapping as MappingOf

    from xiaxiang.load.roster import load_roster
    from xiaxiang.model.approved import ApprovedBatch
    from xiaxiang.model.batch import BatchName
    from xiaxiang.model.policy import Policy
    from xiaxiang.model.published import PublishedBatch

__all__ = ["Loaded", "builtin_policies", "load_policy", "load_roster", "load_workspace", "published_calendar"]


def __getattr__(name: str) -> object:
    """Bring `load_roster` when somebody asks for it: what it needs takes as long as reading a plan."""
    if name != "load_roster":
        raise AttributeError(name)
    from xiaxiang.load.roster import load_roster  # noqa: PLC0415 - as said

    return load_roster


@dataclass(frozen=True, slots=True)
class Loaded:
    """What one run of `load_workspace` found.

    `workspace` is None without its essentials; `diagnostics` are in order; `texts` are the files that were
    read (for excerpts, by the name that positions use); `folder` is the plan's.
    """

    workspace: Workspace | None
    diagnostics: tuple[Diagnostic, ...]
    texts: MappingOf[str, str]
    folder: Path


def load_workspace(
    plan: Path,
    *,
    allow_outside: bool = False,
    here: Path | None = None,
    staged: MappingOf[str, bytes] | None = None,
) -> Loaded:
    """Return the workspace of the plan in file `plan`, with findings.

    Files are named as seen from `here` (the current folder). Paths in the plan may not leave the plan's
    folder unless `allow_outside`. `staged` maps a file's name, as findings show it, to what is to be written there:
    that is read instead.
    """
    reader = Reader(plan.parent, here or Path(), allow_outside, staged=staged or {})
    with collector_at_rest():
        workspace = _workspace(reader, plan)
    found = in_order(reader.findings)
    if workspace is not None:
        workspace = replace(workspace, left_out=tuple(dict.fromkeys(one.left_out for one in found if one.left_out)))
    return Loaded(workspace, found, dict(reader.texts), plan.parent)


def _workspace(reader: Reader, path: Path) -> Workspace | None:
    file = reader.shown(path)
    text = reader.text_of(path)
    if text is None:
        return None
    tree, found = read_yaml(text, file)
    reader.report(*found)
    if tree is None:
        if not found:
            hint = "用 xiaxiang init 生成一份样板"
            reader.report(error("missing-field", f"“{file}”里没有内容", hint, Position(file, 1, 1, 1)))
        return None
    # The policy first: whether a cell names a batch or a day depends on when its batches hand over.
    policy = _policy(reader, tree, file, path.parent)
    calendar = workspace_calendar(reader, path.parent)
    if policy is not None:
        reader.is_handover = handover_test(policy, calendar)
    plan = Binder(reader, file, path.parent).entry(Plan, tree)
    if plan is None or policy is None:
        return None
    published = _published(reader, path.parent, plan)
    approved, unsettled = _approved(reader, path.parent)
    return Workspace(plan, policy, calendar, load_ranks(), published=published, approved=approved, unsettled=unsettled)


def _published(reader: Reader, folder: Path, plan: Plan) -> tuple[PublishedBatch, ...]:
    if not (folder / PUBLISHED_FOLDER).exists():
        return ()
    from xiaxiang.load.published import load_published  # noqa: PLC0415 - most plans have announced nothing

    return load_published(reader, folder, plan)


def _approved(reader: Reader, folder: Path) -> tuple[tuple[ApprovedBatch, ...], tuple[BatchName | None, ...]]:
    if not (folder / APPROVED_FOLDER).exists():
        return (), ()
    from xiaxiang.load.approved import load_approved  # noqa: PLC0415 - most plans have approved nothing

    found = load_approved(reader, folder)
    return found.batches, found.unsettled


def _policy(reader: Reader, tree: Node, file: str, folder: Path) -> Policy | None:
    names = spellings(Plan)
    pairs = tree.pairs if isinstance(tree, Mapping) else []
    named = [value for key, value in pairs if names.get(key.text.strip()) == "policy"]
    node = named[0] if named else None
    if node is not None and not isinstance(node, Scalar):
        return None  # said when the plan is bound
    if node is None or not node.text.strip():
        return load_policy(DEFAULT_POLICY, folder, reader=reader)[0]
    return load_policy(node.text, folder, reader=reader, at=Position(file, *span_of(node)))[0]
