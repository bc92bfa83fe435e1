"""`validate --marked`: a copy of the user's own workbook with the findings coloured and commented at their cells."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from xiaxiang.cli.status import CallError

if TYPE_CHECKING:
    from xiaxiang.cli.examine import Examined

_WORKBOOK = ".xlsx"


def write_marked(examined: list[Examined], target: Path, *, force: bool) -> str:
    """Write the copy and return what users are told.

    Raises CallError where the files read hold no workbook, or several; WriteError where it cannot be written.
    """
    from xiaxiang.load.files import read_bytes  # noqa: PLC0415 - not wanted by --help
    from xiaxiang.render.xlsx_marked import mark_up  # noqa: PLC0415
    from xiaxiang.write.files import write_file  # noqa: PLC0415

    texts = {file: text for one in examined for file, text in one.texts.items() if file.lower().endswith(_WORKBOOK)}
    if len(texts) != 1:
        names = "、".join(texts) or "没有"
        raise CallError(f"--marked 要标注一个 .xlsx 文件，这次读到的: {names}", "写明是哪一个: xiaxiang 检查 名册.xlsx")
    if target.suffix.lower() != _WORKBOOK:
        raise CallError(f"“{target}”不是 .xlsx 文件名", "例如 --marked 问题.xlsx")
    [(name, text)] = texts.items()
    found = [each for one in examined for each in one.diagnostics if each.position.file == name]
    data = read_bytes(Path(name), name)
    if not isinstance(data, bytes):
        raise CallError(data.message, data.hint)
    try:
        marked = mark_up(data, found, text)
    except ValueError:
        raise CallError(f"“{name}”打不开，不能标注", "用 Excel 或 WPS 打开它，另存为 .xlsx 再试") from None
    write_file(target, marked, force=force)
    return f"已写入 {target}: {len(found)} 处标在单元格上，{name} 没有改动\n"
