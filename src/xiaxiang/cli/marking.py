"""`validate --marked`: a copy of the user's own table with the findings coloured and commented at their cells."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from xiaxiang.cli.status import CallError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xiaxiang.cli.examine import Examined
    from xiaxiang.model.diagnostic import Diagnostic

_WORKBOOK: Final = ".xlsx"
_TABLES: Final = (_WORKBOOK, ".xls", ".csv", ".tsv")


def write_marked(examined: list[Examined], named: Sequence[Path], target: Path, *, force: bool) -> str:
    """Write the copy and return what users are told.

    Raises CallError where the files named (or, of none, those read) are not one table; WriteError where it cannot be
    written.
    """
    from xiaxiang.write.files import write_file  # noqa: PLC0415 - not wanted by --help

    if target.suffix.lower() != _WORKBOOK:
        raise CallError(f"“{target}”不是 .xlsx 文件名", "例如 --marked 问题.xlsx")
    name = _table(examined, named)
    found = [each for one in examined for each in one.diagnostics if each.position.file == name]
    texts = {file: text for one in examined for file, text in one.texts.items()}
    write_file(target, _marked(name, found, texts.get(name, "")), force=force)
    places = f"{len(found)} 处标在单元格上" if found else "没有要标的"
    return f"已写入 {target}: {places}，{name} 没有改动\n"


def _table(examined: list[Examined], named: Sequence[Path]) -> str:
    """Return the name of the one table that is meant, as findings show it. Raises CallError."""
    from xiaxiang.load.files import Reader  # noqa: PLC0415

    tables = [path for path in named if path.suffix.lower() in _TABLES]
    names = [Reader(root=path.parent, here=Path()).shown(path) for path in tables]
    if not named:
        names = list({file: 0 for one in examined for file in one.texts if file.lower().endswith(_TABLES)})
    if len(names) != 1:
        read = "、".join(names) or "没有"
        hint = "写明是哪一个: xiaxiang 检查 名册.xlsx --marked 问题.xlsx"
        raise CallError(f"--marked 要标注一个表格（.xlsx、.xls、.csv），这次读到的: {read}", hint)
    return names[0]


def _marked(name: str, found: list[Diagnostic], text: str) -> bytes:
    """Return the copy: a workbook keeps what is in it, another table becomes one with every cell as text."""
    from xiaxiang.load.files import read_bytes  # noqa: PLC0415
    from xiaxiang.load.tables import typed_rows  # noqa: PLC0415
    from xiaxiang.render.xlsx_marked import mark_copy, mark_up  # noqa: PLC0415

    data = read_bytes(Path(name), name)
    if not isinstance(data, bytes):
        raise CallError(data.message, data.hint)
    if name.lower().endswith(_WORKBOOK):
        try:
            return mark_up(data, found, text)
        except ValueError:
            raise CallError(f"“{name}”打不开，不能标注", "用 Excel 或 WPS 打开它，另存为 .xlsx 再试") from None
    rows = typed_rows(Path(name))
    if rows is None:
        raise CallError(f"“{name}”读不了，不能标注", "照上面的“怎么改”另存一次再试")
    return mark_copy(rows, found)
