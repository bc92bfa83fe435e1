"""`xiaxiang assess --approve` 核定: the result of a batch becomes a file that stands, whatever is edited later."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from xiaxiang.assess.settlement import approval_of, approve
from xiaxiang.cli import console
from xiaxiang.cli.options import JSON, TABLE
from xiaxiang.cli.session import next_steps, status_of, tell_findings
from xiaxiang.cli.settle import batch_named
from xiaxiang.cli.status import WRONG_CALL, WRONG_INPUT, CallError
from xiaxiang.load.files import APPROVED_FOLDER
from xiaxiang.pipeline import add_results, batch_by_batch, without_approved

if TYPE_CHECKING:
    from datetime import date

    from xiaxiang.cli.settle import Shown
    from xiaxiang.model.appraisal import Appraisal, PersonAppraisal
    from xiaxiang.model.approved import Approval, ApprovedBatch
    from xiaxiang.model.batch import BatchName
    from xiaxiang.pipeline import Result


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the call asks for: which batch (`shown.batch`; None: the first not approved), from which files, and how."""

    file: Path
    sheet: Path
    shown: Shown
    on: date
    force: bool
    dry_run: bool


@dataclass(frozen=True, slots=True)
class Approving:
    """A batch as it would be approved now, with its file; `before` is the earlier approval, if any, held against it.

    `made` is None while somebody is `pending`: a sheet that the leaders sign has no open lines.
    """

    computed: Appraisal
    made: ApprovedBatch | None
    path: Path
    before: Approval | None
    pending: tuple[PersonAppraisal, ...]

    @property
    def is_same(self) -> bool:
        """Whether just these figures were approved before."""
        return self.made is not None and self.before is not None and not self.before.differences


def approve_batch(result: Result, wanted: Wanted) -> int:
    """Write `approved/<batch>.yaml` and return the exit status; what was approved before is kept unless forced."""
    fresh = add_results(without_approved(result))
    if wanted.shown.output == TABLE:
        tell_findings(fresh, with_notes=False)
    # A damaged approval is no hindrance: it is what a new one puts right.
    wrong = [
        one for one in fresh.diagnostics if one.is_error and Path(one.position.file).parent.name != APPROVED_FOLDER
    ]
    if fresh.appraisal is None or wrong:
        return _refused(fresh, wanted)
    made = _approving(result, fresh, wanted)
    if wanted.shown.output == TABLE:
        _show(fresh, made)
    kept = made.before is not None and not wanted.force
    # What is approved stands: the batch is named before it is written.
    dry = wanted.dry_run or wanted.shown.batch is None
    written = made.made is not None and not dry and not made.is_same and not kept
    if written and made.made is not None:
        _write(made.path, made.made, force=wanted.force)
    if wanted.shown.output == JSON:
        _print_json(fresh, made, written=written)
    else:
        _conclude(made, wanted, written=written)
    if kept and not made.is_same and not made.pending and not dry:
        return WRONG_CALL
    return status_of((), wanted.file, wanted.sheet, failed=bool(made.pending))


def _approving(result: Result, fresh: Result, wanted: Wanted) -> Approving:
    """Return the batch that is meant, computed afresh, and the earlier approval. Raises CallError."""
    workspace = result.workspace
    if workspace is None or fresh.workspace is None:
        raise ValueError(result)
    approved = {one.name: one for one in workspace.approved}
    ref = wanted.shown.batch
    name = batch_named(fresh, ref) if ref else _first_open(fresh, {*approved, *workspace.unsettled})
    computed = batch_by_batch(fresh)[name]
    pending = tuple(one for one in computed.people if not one.complete)
    made = None if pending else approve(fresh.workspace, computed, name, computed.readings, wanted.on)
    before = approval_of(workspace, computed, approved[name]) if name in approved else None
    path = Path(before.file) if before else wanted.file.parent / APPROVED_FOLDER / f"{name}.yaml"
    return Approving(computed, made, path, before, pending)


def _first_open(fresh: Result, approved: set[BatchName | None]) -> BatchName:
    """Return the first batch of the roster that is not approved yet. Raises CallError where there is none."""
    parts = fresh.appraisal.parts if fresh.appraisal else ()
    found = next((part.batch for part in parts if part.batch is not None and part.batch not in approved), None)
    if found is None:
        known = "、".join(str(part.batch) for part in parts if part.batch is not None)
        if not known:
            raise CallError("名册里没有写批次，不能核定", "在名册里加“批次”一栏，例如 2024-2")
        raise CallError(f"名册里的批次都核定过了（{known}）", "确实要重新核定: 加 --batch 批次 --force")
    return found


def _refused(fresh: Result, wanted: Wanted) -> int:
    """Say that nothing is approved from input with errors."""
    if wanted.shown.output == JSON:
        _print_json(fresh, None, written=False)
    else:
        console.tell("有错误，什么也没有核定：改好上面的错误再核定。\n")
    return status_of(fresh.diagnostics, wanted.file, wanted.sheet) or WRONG_INPUT


def _show(fresh: Result, made: Approving) -> None:
    from xiaxiang.render.text_approved import difference_lines, pending_lines  # noqa: PLC0415 - only on a screen
    from xiaxiang.render.text_assess import assess_text  # noqa: PLC0415

    width = console.width()
    if fresh.workspace is not None:
        console.say(assess_text(fresh.workspace, made.computed, width=width) + "\n")
    if made.before is not None and made.before.differences:
        console.say("\n".join(difference_lines(made.before, "要不要改由你定", width=width)) + "\n\n")
    if made.pending:
        console.tell("\n".join(pending_lines(made.pending, width=width)) + "\n")


def _write(path: Path, made: ApprovedBatch, *, force: bool) -> None:
    from xiaxiang.render.yaml_approved import approved_yaml  # noqa: PLC0415
    from xiaxiang.write.files import write_file  # noqa: PLC0415

    write_file(path, approved_yaml(made), force=force)


def _print_json(fresh: Result, made: Approving | None, *, written: bool) -> None:
    from xiaxiang.render.json_approved import approving_json  # noqa: PLC0415
    from xiaxiang.render.json_assess import assess_json, empty_assessment  # noqa: PLC0415
    from xiaxiang.render.json_common import with_diagnostics  # noqa: PLC0415

    content = assess_json(made.computed) if made else empty_assessment()
    batch, before, pending = (made.made, made.before, made.pending) if made else (None, None, ())
    file = made.path.as_posix() if made else None
    content["approving"] = approving_json(batch, file, before, pending, written=written)
    console.say_json(with_diagnostics(content, fresh.workspace, fresh.diagnostics))


def _conclude(made: Approving, wanted: Wanted, *, written: bool) -> None:
    """Say what was written, or why not, and what comes next."""
    name = next(part.batch for part in made.computed.parts if part.batch is not None)
    label = name.label
    if made.pending:
        console.tell(f"{label}还有 {len(made.pending)} 人待补，没有核定：签字的表不留空。补上以后再核定。\n")
        return
    if made.is_same:
        console.say(f"{label}已经核定过，和现在算的一样，不用再核定。\n")
    elif written:
        console.say(f"已核定，写入 {made.path}。从现在起以它为准，改名册不会改动这一批的数。\n")
        _warn_of_early(made, wanted.on)
    elif wanted.dry_run or wanted.shown.batch is None:
        console.say("还没有写文件。确定核定这一批，照下面打一遍。\n")
        again = f"{wanted.shown.call} --approve --batch {name}{' --force' if made.before else ''}"
        next_steps(again, plan=wanted.shown.plan)
        return
    else:
        console.tell(f"{label}已经核定过，没有改动任何文件。确实要重新核定: 加 --force（原文件留作 .bak）\n")
        return
    paper = f"xiaxiang 出文 补助发放表{wanted.shown.roster_option} --batch {name} -o 补助发放表.docx"
    next_steps(paper, f"{wanted.shown.call} --batch {name} -o 结算.xlsx", plan=wanted.shown.plan)


def _warn_of_early(made: Approving, on: date) -> None:
    """Say where a batch was approved before it was over."""
    last = max((one.ends_on for one in made.computed.people if one.ends_on), default=on)
    if last > on:
        console.tell(f"提醒: 这一批到 {last.isoformat()} 才结束，{on.isoformat()} 核定早了；名册以后变了会列出不同。\n")
