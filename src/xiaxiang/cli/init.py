"""`xiaxiang init` 新建: a commented workspace that validates and schedules as it stands."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from xiaxiang.cli import console
from xiaxiang.cli.options import Force  # noqa: TC001 - typer reads the annotations when it runs
from xiaxiang.cli.schema import FOLDER, PLAN_SCHEMA, schema_bytes
from xiaxiang.cli.session import next_steps, quoted
from xiaxiang.cli.status import DONE

_FILES: Final = {"plan.yaml": "计划：单位、科室、顺序、变动登记", "roster.csv": "下乡名册样例"}
_EXCEL_MARK: Final = b"\xef\xbb\xbf"  # without it Excel takes a UTF-8 CSV for GBK

Folder = Annotated[
    Path, typer.Argument(metavar="文件夹", help="放在哪个文件夹；不写就是当前文件夹", show_default=False)
]


Source = Annotated[
    Path | None,
    typer.Option(
        "--from", metavar="花名册", help="用单位自己的名单建科室和人员（.xlsx、.xls、.csv）", show_default=False
    ),
]


def init(folder: Folder = Path(), source: Source = None, force: Force = False) -> int:
    """Write the sample workspace, or one made from a list of people; existing files stay unless `force`."""
    if source is not None:
        from xiaxiang.cli.init_from import init_from  # noqa: PLC0415 - not wanted by --help

        return init_from(source, folder, force=force)
    from xiaxiang.load.files import builtin  # noqa: PLC0415 - not wanted by --help
    from xiaxiang.load.schema import input_schema  # noqa: PLC0415
    from xiaxiang.write.files import write_file, write_files  # noqa: PLC0415

    contents = {name: (builtin("templates") / "init" / name).read_bytes() for name in _FILES}
    contents["roster.csv"] = _EXCEL_MARK + contents["roster.csv"].replace(b"\n", b"\r\n")
    write_files({folder / name: data for name, data in contents.items()}, force=force)
    write_file(folder / PLAN_SCHEMA, schema_bytes(input_schema("plan") or {}), force=True)
    here = folder == Path()
    console.say(f"已建立 {'当前文件夹里的样例' if here else f'{folder}/'}（可直接运行，改成自己的内容即可）\n")
    for name, what in (*_FILES.items(), (f"{FOLDER}/", "供编辑器提示和补全用的格式")):
        console.say(f"  {name:<12}{what}\n")
    next_steps(*([] if here else [f"cd {quoted(folder)}"]), "xiaxiang 检查")
    return DONE
