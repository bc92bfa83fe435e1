"""What `-o` of the commands that print tables writes: a workbook with every tab, or the first tab as CSV."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from xiaxiang.cli import console
from xiaxiang.cli.status import CallError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xiaxiang.model.sheet import Sheet

_SUFFIXES: Final = (".xlsx", ".csv")

Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="文件", help="另写成 .xlsx 或 .csv；不写就显示", show_default=False),
]


def check_output(output: Path | None, example: str, *, force: bool) -> None:
    """Refuse a name that is no table's, and a file that exists, before anything is computed. Raises CallError."""
    from xiaxiang.write.files import check_targets  # noqa: PLC0415 - not wanted by --help

    if output is None:
        return
    if output.suffix.lower() not in _SUFFIXES:
        raise CallError(f"“{output.name}”不是表格的文件名", f"写成 {example}.xlsx 或 {example}.csv")
    check_targets([output], force=force)


def write_tables(output: Path, sheets: Mapping[str, Sheet], *, force: bool) -> None:
    """Write the tabs and say so; a CSV file holds the first one alone. Raises WriteError."""
    from xiaxiang.render.xlsx_tables import tables_xlsx  # noqa: PLC0415 - only where something is written
    from xiaxiang.write.files import write_file  # noqa: PLC0415

    first = next(iter(sheets.values()))
    data = _csv(first) if output.suffix.lower() == ".csv" else tables_xlsx(first.title, sheets)
    write_file(output, data, force=force)
    console.say(f"已写 {output}: {len(first.rows)} 行\n")


def _csv(sheet: Sheet) -> bytes:
    from xiaxiang.write.csv_edit import csv_bytes  # noqa: PLC0415

    texts = [["" if value is None else str(value) for value in row] for row in sheet.rows]
    return csv_bytes([[column.name for column in sheet.columns], *texts])
