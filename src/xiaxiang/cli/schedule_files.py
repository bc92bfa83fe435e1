"""`schedule` into a file or a pipe: which form is meant, its bytes, and what users are told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import typer

from xiaxiang.cli import console
from xiaxiang.cli.options import JSON, TABLE
from xiaxiang.cli.status import CallError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from xiaxiang.model.schedule import Schedule
    from xiaxiang.model.workspace import Workspace
    from xiaxiang.pipeline import Result

CSV: Final = "csv"
XLSX: Final = "xlsx"
ICS: Final = "ics"
HTML: Final = "html"

FORMS: Final = (TABLE, JSON, CSV, XLSX, ICS, HTML)
_WORDS: Final = {**{form: form for form in FORMS}, "表格": TABLE, "excel": XLSX, "日历": ICS, "网页": HTML}
_SUFFIXES: Final = {".txt": TABLE, ".htm": HTML, **{f".{form}": form for form in (JSON, CSV, XLSX, ICS, HTML)}}
_PAPER: Final = ".docx"
_NEXT: Final = {
    CSV: "用 Excel 或 WPS 打开",
    XLSX: "用 Excel 或 WPS 打开；打印已设好 A4 横向",
    ICS: "导入手机、Outlook 或 WPS 的日历；改了计划再导入一次，原来的日程会更新",
    HTML: "双击用浏览器打开，点一格看理由；打印选 A4 横向",
}


@dataclass(frozen=True, slots=True)
class Target:
    """Where the schedule goes: a form, and a file (None: the terminal or a pipe)."""

    form: str
    file: Path | None

    @property
    def is_screen(self) -> bool:
        """Whether it is text on stdout, as a person or a program reads it there."""
        return self.file is None and self.form in {TABLE, JSON}


def read_form(text: str) -> str:
    """Return the form that `text` names. Raises typer.BadParameter."""
    known = _WORDS.get(text.strip().lower())
    if known is None:
        raise typer.BadParameter(f"“{text}”不是输出格式，只有 {'、'.join(FORMS)}")
    return known


def target_of(form: str | None, file: Path | None) -> Target:
    """Return where the schedule goes: by --format, else by the suffix of -o. Raises CallError where they disagree."""
    if file is None:
        return Target(form or TABLE, None)
    told = _SUFFIXES.get(file.suffix.lower())
    if file.suffix.lower() == _PAPER:
        raise CallError("排班不写 Word 文件", f"轮换表的公文: xiaxiang 出文 轮换表 -o {file.name}")
    if form is not None and told not in {None, form}:
        raise CallError(f"--format {form} 和文件名“{file.name}”不一致", f"写成 {file.stem}.{form}，或去掉 --format")
    if form is None and told is None:
        raise CallError(f"从“{file.name}”看不出格式", f"写成 {file.stem}.html，也可以是 {' '.join(_SUFFIXES)}")
    return Target(form or told or TABLE, file)


def check_target(target: Target, *, force: bool, diff: bool = False) -> None:
    """Refuse, before any work is done, what cannot be written there. Raises CallError, WriteError."""
    from xiaxiang.write.files import check_targets  # noqa: PLC0415 - not wanted by --help

    if diff and not target.is_screen:
        raise CallError("--diff 只显示，不写文件", "去掉 -o；要存下来用 --diff --format json > 差别.json")
    if target.file is not None:
        check_targets([target.file], force=force)
    elif not target.is_screen and (target.form == XLSX or console.is_terminal()):
        raise CallError(f"{target.form} 要写进文件", f"加 -o 轮换表.{target.form}")


def hand_over(result: Result, target: Target, *, explain: bool, force: bool) -> None:
    """Write the schedule into its file and say so, or pass its bytes on to the pipe. Raises CallError, WriteError.

    `explain` makes a text of reasons; every other form carries them anyway.
    """
    from xiaxiang.write.files import write_file  # noqa: PLC0415 - not wanted by --help

    if result.workspace is None or result.schedule is None or result.year is None:
        return
    shown = result.schedule.of_year(result.year)
    if not shown.batches:
        first = result.workspace.plan.starts_on
        raise CallError(f"{result.year} 年没有批次：计划从 {first} 起", "换一个 --year")
    if target.form == JSON:
        data = _json(result, shown)
    elif target.form == TABLE:
        data = _text(result.workspace, shown, explain=explain)
    else:
        data = _WRITERS[target.form](result.workspace, shown)
    if target.file is None:
        console.pass_on(data)
        return
    write_file(target.file, data, force=force)
    postings = [one for batch in shown.batches for one in batch.postings]
    is_open = sum(one.proposed for one in postings)
    what = f"{result.year}年 {len(shown.batches)} 批 {len(postings)} 段派驻"
    console.say(f"已写入 {target.file}: {what}" + (f"，{is_open} 处由科室确定\n" if is_open else "\n"))
    if target.form in _NEXT:
        console.say(f"下一步  {_NEXT[target.form]}\n")


def _text(workspace: Workspace, shown: Schedule, *, explain: bool) -> bytes:
    from xiaxiang.render.text_schedule import schedule_reasons_text, schedule_text  # noqa: PLC0415

    text = schedule_reasons_text if explain else schedule_text
    return text(workspace, shown, shown.batches[0].name.year).encode()


def _json(result: Result, shown: Schedule) -> bytes:
    from xiaxiang.render.json_common import document, with_diagnostics  # noqa: PLC0415
    from xiaxiang.render.json_schedule import schedule_json  # noqa: PLC0415

    content = schedule_json(shown, shown.batches[0].name.year)
    return document(with_diagnostics(content, result.workspace, result.diagnostics)).encode()


def _csv(workspace: Workspace, shown: Schedule) -> bytes:
    from xiaxiang.render.schedule_sheet import explained_sheet  # noqa: PLC0415
    from xiaxiang.write.csv_edit import csv_bytes  # noqa: PLC0415

    sheet = explained_sheet(workspace, shown)
    rows = [["" if value is None else str(value) for value in row] for row in sheet.rows]
    return csv_bytes([[column.name for column in sheet.columns], *rows])


def _xlsx(workspace: Workspace, shown: Schedule) -> bytes:
    from xiaxiang.render.xlsx_schedule import schedule_xlsx  # noqa: PLC0415

    return schedule_xlsx(workspace, shown)


def _ics(workspace: Workspace, shown: Schedule) -> bytes:
    from xiaxiang.render.ics import schedule_ics  # noqa: PLC0415

    return schedule_ics(workspace, shown)


def _html(workspace: Workspace, shown: Schedule) -> bytes:
    from xiaxiang.load.files import builtin  # noqa: PLC0415
    from xiaxiang.render.html_schedule import PageParts, schedule_html  # noqa: PLC0415

    folder = builtin("templates") / "html"
    frame, style, script = (
        (folder / f"schedule.{end}").read_text(encoding="utf-8") for end in ("html.j2", "css", "js")
    )
    return schedule_html(workspace, shown, PageParts(frame, style, script))


_WRITERS: Final[dict[str, Callable[[Workspace, Schedule], bytes]]] = {
    CSV: _csv,
    XLSX: _xlsx,
    ICS: _ics,
    HTML: _html,
}
