"""When the fault is ours: one sentence for the user and a report that holds nobody's data."""

from __future__ import annotations

import platform
import re
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Final

from xiaxiang import __version__

if TYPE_CHECKING:
    from collections.abc import Sequence

REPORT: Final = "xiaxiang-故障报告.txt"
_NUMBERS: Final = re.compile(r"\d{4,}")
_HAN: Final = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]+")


def leave_report(problem: BaseException, arguments: Sequence[str]) -> str:
    """Write the report into the current folder and return what the user is told."""
    from xiaxiang.write.errors import WriteError  # noqa: PLC0415 - only where something failed
    from xiaxiang.write.files import write_file  # noqa: PLC0415

    text = report_text(problem, arguments)
    try:
        write_file(Path(REPORT), text.encode(), force=True)
    except WriteError:
        return f"程序内部出错，不是您的文件的问题。请把下面几行发给维护者:\n{text}"
    return f"程序内部出错，不是您的文件的问题。请把当前文件夹里的 {REPORT} 发给维护者（里面没有姓名和号码）。\n"


def report_text(problem: BaseException, arguments: Sequence[str]) -> str:
    """Return versions, the command and its options, the places in our code, and the masked message."""
    options = " ".join(word.partition("=")[0] for word in arguments[1:] if word.startswith("-"))
    places = [
        f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(problem.__traceback__)
    ]
    return "\n".join(
        (
            f"xiaxiang {__version__} · Python {platform.python_version()} · {sys.platform}",
            f"命令: {_masked(arguments[0]) if arguments else ''} {options}".rstrip(),
            *places,
            f"{type(problem).__name__}: {_masked(str(problem))}",
            "",
        )
    )


def _masked(text: str) -> str:
    """Return `text` without what could be a name or a number of somebody."""
    return _HAN.sub("某", _NUMBERS.sub("＊", text))
