"""The options that several commands share, and what clerks may type for them (２０２４年 is a year too)."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Final

import typer

from xiaxiang.model.batch import BatchRef, parse_batch
from xiaxiang.model.scalar import ScalarError, half_width, parse_day, parse_month

TABLE: Final = "table"
JSON: Final = "json"
_FORMATS: Final = {"table": TABLE, "表格": TABLE, "json": JSON}
_YEARS: Final = range(1990, 2101)


def read_year(text: str) -> int:
    """Return the year that `text` names. Raises typer.BadParameter."""
    plain = half_width(text).strip().removesuffix("年")
    if plain.isascii() and plain.isdigit() and int(plain) in _YEARS:
        return int(plain)
    raise typer.BadParameter(f"“{text}”不是 {_YEARS[0]} 到 {_YEARS[-1]} 之间的年份，写成 2024")


def read_month(text: str) -> date:
    """Return the first day of the month that `text` names. Raises typer.BadParameter."""
    try:
        month = parse_month(text)
    except ScalarError as bad:
        raise typer.BadParameter(f"{bad.message}，{bad.hint}") from None
    read_year(str(month.year))
    return month


def read_day(text: str) -> date:
    """Return the day that `text` names. Raises typer.BadParameter."""
    try:
        return parse_day(text)
    except ScalarError as bad:
        raise typer.BadParameter(f"{bad.message}，{bad.hint}") from None


def read_batch(text: str) -> BatchRef:
    """Return the batch that `text` refers to. Raises typer.BadParameter."""
    try:
        return parse_batch(text)
    except ScalarError as bad:
        raise typer.BadParameter(f"{bad.message}，{bad.hint}") from None


def read_format(text: str) -> str:
    """Return the output format that `text` names. Raises typer.BadParameter."""
    known = _FORMATS.get(text.strip().lower())
    if known is None:
        raise typer.BadParameter(f"“{text}”不是输出格式，只有 table（表格）和 json")
    return known


Plan = Annotated[
    Path | None,
    typer.Option("--plan", metavar="文件", help="计划文件；不写就用当前文件夹的 plan.yaml", show_default=False),
]
Year = Annotated[
    int | None,
    typer.Option("--year", metavar="年份", parser=read_year, help="哪一年；不写就是计划的第一年", show_default=False),
]
Month = Annotated[
    date | None, typer.Option("--month", metavar="月份", parser=read_month, help="例如 2024-03", show_default=False)
]
Batch = Annotated[
    BatchRef | None,
    typer.Option("--batch", metavar="批次", parser=read_batch, help="例如 2024-1 或 第1批", show_default=False),
]
Format = Annotated[str, typer.Option("--format", metavar="table|json", parser=read_format, help="表格（默认）或 JSON")]
Strict = Annotated[bool, typer.Option("--strict", help="有错误就不计算；有提醒也按失败退出")]
Explain = Annotated[bool, typer.Option("--explain", help="逐条列出理由、条款和登记位置")]
AllowOutside = Annotated[bool, typer.Option("--allow-outside", help="允许计划引用工作文件夹以外的文件")]
Force = Annotated[bool, typer.Option("--force", help="覆盖已有文件（原文件留作 .bak）")]
AsOf = Annotated[
    date | None,
    typer.Option("--as-of", metavar="日期", parser=read_day, help="算到哪天（含）；不写就是今天", show_default=False),
]
