"""What `assess` shares around the money: one batch alone, the year's departments, the settlement as a file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Annotated, Final

import typer

from xiaxiang.cli import console
from xiaxiang.cli.options import JSON, read_day
from xiaxiang.cli.session import quoted, roster_file
from xiaxiang.cli.status import CallError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from xiaxiang.model.batch import BatchName, BatchRef
    from xiaxiang.pipeline import Result
    from xiaxiang.pipeline_records import Files
    from xiaxiang.pipeline_table import TableResult
    from xiaxiang.render.xlsx_settlement import Tab

Departments = Annotated[bool, typer.Option("--departments", help="各科室全年的奖励和处罚，一批一栏，合计到绩效")]
Approve = Annotated[bool, typer.Option("--approve", help="核定一批：写成 approved/2024-2.yaml，以后以它为准")]
ApprovedOn = Annotated[
    date | None,
    typer.Option("--approved-on", metavar="日期", parser=read_day, help="核定日期；不写就是今天", show_default=False),
]
Recompute = Annotated[bool, typer.Option("--recompute", help="核定过的批次也按现在的名册重算来看，不改核定")]
Unmasked = Annotated[bool, typer.Option("--unmasked", help="文件里银行卡号等不打星号")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="只显示会核定什么，不写文件")]

_CSV: Final = ".csv"


@dataclass(frozen=True, slots=True)
class Shown:
    """What of a result is shown, as what (`output`: table or json), and what it was computed from."""

    output: str
    explain: bool = False
    readings: bool = False
    departments: bool = False
    plan: Path | None = None
    person: str = ""
    roster: Path | None = None
    files: Files | None = None
    history: Path | None = None
    batch: BatchRef | None = None

    @property
    def call(self) -> str:
        """The command to type again, with the same files: from others come other figures."""
        given: dict[str, Path | str | None] = {"--history": self.history}
        if self.files:
            given |= {"--records": self.files.records, "--attendance": self.files.attendance}
            given |= {"--memory": self.files.memory}
        roster = [quoted(self.roster)] if self.roster else []
        options = [word for name, value in given.items() if value for word in (name, quoted(value))]
        return " ".join(("xiaxiang 考核", *roster, *options))

    def with_plan(self, file: Path) -> Shown:
        """Return the same without the roster's name where it is the one that is found beside the plan `file`."""
        found = roster_file(file, None)
        is_found = self.roster is not None and found is not None and self.roster.resolve() == found.resolve()
        return replace(self, roster=None) if is_found else self

    @property
    def batch_option(self) -> str:
        """The --batch that was given, to be typed again."""
        return f" --batch {quoted(self.batch.text)}" if self.batch else ""

    @property
    def roster_option(self) -> str:
        """The roster as `report` takes it; "" for the one beside the plan."""
        return f" --roster {quoted(self.roster)}" if self.roster else ""

    @property
    def plan_option(self) -> str:
        """The --plan that was given, to be typed again."""
        return f" --plan {quoted(self.plan)}" if self.plan else ""

    @property
    def options_left(self) -> list[str]:
        """The options that would show more."""
        asked = {"--explain": self.explain, "--readings": self.readings}
        return [option for option, is_on in asked.items() if not is_on]


def batch_named(result: Result, ref: BatchRef) -> BatchName:
    """Return the batch of the roster that `ref` names. Raises CallError where there is none, or more than one."""
    workspace, appraisal = result.workspace, result.appraisal
    if workspace is None or appraisal is None:
        raise ValueError(result)
    names = [part.batch for part in appraisal.parts if part.batch is not None]
    meant = [one for one in names if ref.named_in(one.year, workspace.policy.months_of(one.year)) == one]
    meant = meant or [one for one in names if (ref.year or one.year, ref.number) == (one.year, one.number)]
    if len(meant) == 1:
        return meant[0]
    known = "、".join(map(str, meant or names)) or "没有写批次的名册"
    what = f"“{ref.text}”可能是 {known}" if meant else f"名册里没有批次“{ref.text}”"
    raise CallError(what, "写明年份，例如 2024-2" if meant else f"名册里有 {known}")


def of_one_batch(result: Result, ref: BatchRef | None) -> Result:
    """Return a result with the assessment of one batch alone; the whole one where none is asked for."""
    from xiaxiang.pipeline import batch_by_batch  # noqa: PLC0415 - not wanted by --help

    if ref is None or result.appraisal is None:
        return result
    appraisal = batch_by_batch(result)[batch_named(result, ref)]
    # What else is asked of the result (--readings) is asked of this batch alone too.
    mine = {id(one.row) for one in appraisal.people}
    roster = result.roster
    kept = replace(roster, rows=tuple(row for row in roster.rows if id(row) in mine)) if roster else None
    return replace(result, appraisal=appraisal, roster=kept)


def write_settlement(result: Result, into: Path, shown: Shown, *, unmasked: bool, force: bool) -> None:
    """Write the settlement as .xlsx with every tab, or its people as .csv, and say what is in it. Raises WriteError."""
    # What is for a machine on stdout stays alone there.
    speak = console.tell if shown.output == JSON else console.say
    from xiaxiang.model.number import amount_in_words  # noqa: PLC0415 - not wanted by --help
    from xiaxiang.model.scalar import money_text  # noqa: PLC0415
    from xiaxiang.render.sheet_settlement import settlement_tabs  # noqa: PLC0415

    if result.workspace is None or result.appraisal is None:
        return
    _write(into, settlement_tabs(result.workspace, result.appraisal, unmasked=unmasked), force=force)
    one = result.appraisal.totals
    pending = f"，{one.pending} 人待补没有计入" if one.pending else ""
    held = f"，其中待发 {money_text(one.held)} 元" if one.held else ""
    amount = f"实发合计 {money_text(one.paid)} 元（{amount_in_words(one.paid)}）{held}"
    speak(f"已写 {into}: {one.people} 人{pending}，{amount}\n")
    parts = (part for part in result.appraisal.parts if part.batch and not part.approval and not part.totals.pending)
    for part in list(parts)[:1]:
        speak("领导签字以后核定，以后改名册也不会改动这一批的数。\n")
        speak(f"下一步  {shown.call} --approve --batch {part.batch}{shown.plan_option}\n")


def write_table_settlement(result: TableResult, into: Path, shown: Shown, *, force: bool) -> None:
    """Write the settlement of a table: its rows, the funds' balance, the reasons. Raises WriteError."""
    from xiaxiang.model.number import amount_in_words  # noqa: PLC0415 - not wanted by --help
    from xiaxiang.model.scalar import money_text  # noqa: PLC0415
    from xiaxiang.render.sheet_subjects import subjects_tabs  # noqa: PLC0415

    if result.workspace is None or result.appraisal is None:
        return
    _write(into, subjects_tabs(result.workspace, result.appraisal), force=force)
    speak = console.tell if shown.output == JSON else console.say
    subjects = result.appraisal.subjects
    pending = sum(not one.complete for one in subjects)
    open_rows = f"，{pending} 行待补没有计入" if pending else ""
    paid = sum(one.paid for one in subjects if one.complete)
    amount = f"，实付合计 {money_text(paid)} 元（{amount_in_words(paid)}）" if result.appraisal.sums else ""
    speak(f"已写 {into}: {len(subjects)} 行{open_rows}{amount}\n")


def _write(into: Path, tabs: Mapping[str, Tab], *, force: bool) -> None:
    from xiaxiang.render.xlsx_settlement import settlement_xlsx, text_rows  # noqa: PLC0415
    from xiaxiang.write.csv_edit import csv_bytes  # noqa: PLC0415
    from xiaxiang.write.files import write_file  # noqa: PLC0415

    first = next(iter(tabs.values()))
    is_csv = into.suffix.lower() == _CSV
    data = csv_bytes(text_rows(first)) if is_csv else settlement_xlsx(first.sheet.title, tabs)
    write_file(into, data, force=force)
