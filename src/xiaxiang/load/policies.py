"""Policies (制度) as data: the built-in ones and a user's own file; every number must name its clause."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from xiaxiang.load.bind import Binder
from xiaxiang.load.draft import Context
from xiaxiang.load.files import Reader, builtin
from xiaxiang.load.include import YAML_SUFFIXES
from xiaxiang.load.soundness import faults_of
from xiaxiang.load.yaml import read_yaml
from xiaxiang.model.diagnostic import Diagnostic, error
from xiaxiang.model.policy import Policy
from xiaxiang.model.position import NOWHERE, Position
from xiaxiang.model.similar import nearest_hint

POLICY_FILE: Final = "policy.yaml"


def builtin_policies() -> tuple[str, ...]:
    """Return the names of the built-in policies, in order."""
    return tuple(sorted(path.parent.name for path in builtin("plans").glob(f"*/{POLICY_FILE}")))


def load_policy(
    name_or_path: str, base_folder: Path, *, reader: Reader | None = None, at: Position | None = None
) -> tuple[Policy | None, tuple[Diagnostic, ...]]:
    """Return a built-in policy by its name, or the policy in a file (taken from `base_folder`), with findings.

    Any error in a policy means that there is no policy. `at` is the place that names it; `reader` guards
    which files may be read, and keeps their texts.
    """
    reader = reader or Reader(root=base_folder, here=Path(), allow_outside=True)
    at = at or NOWHERE.of()
    name = name_or_path.strip()
    mark = len(reader.findings)
    policy = None
    if name in builtin_policies():
        home = builtin("plans")
        inside = Reader(root=home, here=home.parent)
        policy = read_policy(inside, home / name / POLICY_FILE, at)
        reader.report(*inside.findings)
        reader.texts.update(inside.texts)
    elif Path(name).suffix.lower() in YAML_SUFFIXES or (name and (base_folder / name).is_dir()):
        inside_folder = Path(name).suffix.lower() not in YAML_SUFFIXES
        path = reader.beside(base_folder, f"{name}/{POLICY_FILE}" if inside_folder else name, at)
        policy = read_policy(reader, path, at) if path is not None else None
    else:
        legal = "内置制度有 " + "、".join(builtin_policies()) + "；自己的制度写文件名，例如 制度.yaml"
        reader.report(
            error("unknown-policy", f"没有名为“{name}”的制度", nearest_hint(name, builtin_policies(), legal), at)
        )
    findings = tuple(reader.findings[mark:])
    return (None if any(one.is_error for one in findings) else policy), findings


def read_policy(reader: Reader, path: Path, at: Position | None = None) -> Policy | None:
    """Return the policy in `path`, its faults reported; None where it cannot be read."""
    file = reader.shown(path)
    text = reader.text_of(path, at)
    if text is None:
        return None
    tree, found = read_yaml(text, file)
    reader.report(*found)
    if tree is None:
        if found:
            return None
        reader.report(error("missing-field", f"“{file}”里没有内容", "照内置制度的样子写", Position(file, 1, 1, 1)))
        return None
    policy = Binder(reader, file, path.parent).entry(Policy, tree, Context(owner="制度"))
    if policy is not None:
        reader.report(*faults_of(policy))
    return policy
