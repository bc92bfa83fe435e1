"""The program: its commands in order, and what becomes of everything that goes wrong."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, ClassVar, Final

import typer

from xiaxiang.cli import console, policy, policy_own, policy_sheet
from xiaxiang.cli.assess import assess
from xiaxiang.cli.doctor import doctor
from xiaxiang.cli.explain import explain
from xiaxiang.cli.init import init
from xiaxiang.cli.ledger import ledger
from xiaxiang.cli.publish import publish
from xiaxiang.cli.report import report
from xiaxiang.cli.roster import roster
from xiaxiang.cli.schedule import schedule
from xiaxiang.cli.schema import schema
from xiaxiang.cli.stats import stats
from xiaxiang.cli.status import DONE, INTERRUPTED, OUR_FAULT, WORLD_FAILED, WRONG_CALL, CallError
from xiaxiang.cli.update import update
from xiaxiang.cli.usage import PROGRAM, Command, Group
from xiaxiang.cli.validate import validate
from xiaxiang.cli.what_if import what_if

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

COMMANDS: Final[tuple[tuple[str, str, Callable[..., int], str], ...]] = (
    ("init", "新建", init, "新建一个可以直接运行的样例，改成自己的内容即可"),
    ("validate", "检查", validate, "检查计划和名册：一次列出全部错误，给出位置、原因和改法"),
    ("schedule", "排班", schedule, "排出一年的轮换表：哪天交接、哪个科室、谁去哪里"),
    ("publish", "公布", publish, "公布一批：写成 published/2024-2.yaml，以后以它为准"),
    ("what-if", "假如", what_if, "假如后延、换人……会怎样：前后对照，不改动任何文件"),
    ("assess", "考核", assess, "按名册考核：各项是否完成、结论、补助和奖惩"),
    ("ledger", "台账", ledger, "服务台账：每人各年累计多少，各种计时满没满、差几天、哪批满"),
    ("stats", "统计", stats, "统计：各科室、人员派了多少、差多少、为什么"),
    ("roster", "名册", roster, "写出一批的名册：姓名、日期、应出勤已填好，有下拉和批注"),
    ("report", "出文", report, "出公文：派遣通知、轮换表、考核通报、补助发放表等"),
    ("explain", "解释", explain, "解释代码、条款，或一个科室、一个人为什么这样排"),
    ("update", "更新", update, "拿新的花名册对照计划的人员：新增、离开、变动"),
    ("doctor", "体检", doctor, "检查这台电脑：编码、字体、写入权限、节假日、模板"),
    ("schema", "格式", schema, "文件和结果的 JSON Schema，供编辑器和程序使用"),
)
"""English name, Chinese name, function, what it does; in the order of the work."""

POLICY_COMMANDS: Final[tuple[tuple[str, str, Callable[..., int], str], ...]] = (
    ("list", "列表", policy.list_policies, "列出内置制度"),
    ("show", "查看", policy.show, "显示一个制度的全部规定，每个数都有条款"),
    ("sheet", "表样", policy_sheet.sheet, "写出考核要填的空表：有哪些列、怎么填、看什么"),
    ("test", "验算", policy.verify, "用案例验算制度"),
    ("new", "新建", policy_own.new, "写一份带说明的制度，改成自己的条文"),
    ("check", "核对", policy_own.check, "找制度里自相矛盾的地方"),
    ("diff", "比较", policy_own.diff, "两个制度差在哪里，谁会变、变多少"),
)

_ABOUT: Final = "下乡：对口支援、卫生下乡的轮换排班、考核结算和公文。离线，纯文本。"
_EPILOG: Final = "每个命令的用法: xiaxiang 命令 --help（中英文命令名都可以用）"
_DEBUG: Final = "XIAXIANG_DEBUG"
# What an input method makes of the dashes in front of an option: －－year, ——year, –year.
_DASHES: Final = re.compile(r"^(?:[－–]{2}|—{1,2}|--|[－–])(?=[a-z])")


class Main(Group):
    """The program itself."""

    aliases: ClassVar[dict[str, str]] = {chinese: english for english, chinese, _, _ in COMMANDS} | {"制度": "policy"}


class Policies(Group):
    """`policy` and its own commands."""

    aliases: ClassVar[dict[str, str]] = {chinese: english for english, chinese, _, _ in POLICY_COMMANDS}


def run(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit status. Nothing ever reaches the user as a traceback."""
    console.prepare()
    try:
        return _call(tuple(_half_width_dashes(word) for word in arguments))
    except CallError as wrong:
        return _refuse(wrong)
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as problem:  # noqa: BLE001 - the last line of defence: a sentence instead of a traceback
        return _explain_failure(problem, arguments)


def _call(arguments: tuple[str, ...]) -> int:
    """Let typer parse and call; a command returns its exit status."""
    status = typer.main.get_command(_program()).main(list(arguments), prog_name=PROGRAM, standalone_mode=False)
    return status if isinstance(status, int) else DONE


def _program() -> typer.Typer:
    program = typer.Typer(cls=Main, add_completion=False, rich_markup_mode=None, help=_ABOUT, epilog=_EPILOG)
    program.callback(invoke_without_command=True)(_main)
    _register(program, COMMANDS)
    policies = typer.Typer(cls=Policies, rich_markup_mode=None, help="制度：列表、查看、用案例验算")
    policies.callback(invoke_without_command=True)(_help_without_command)
    _register(policies, POLICY_COMMANDS)
    program.add_typer(policies, name="policy")
    return program


def _register(program: typer.Typer, commands: Iterable[tuple[str, str, Callable[..., int], str]]) -> None:
    for name, _, function, help_text in commands:
        program.command(name, cls=Command, help=help_text)(function)


def _help_without_command(context: typer.Context) -> int:
    """Answer a group without a command: its help."""
    if context.invoked_subcommand is None:
        console.say(context.get_help() + "\n")
    return DONE


def _main(
    context: typer.Context,
    version: bool = typer.Option(False, "--version", "-V", help="显示版本"),
) -> int:
    """Answer a call without a command: the version, or the help."""
    if version:
        from xiaxiang import __version__  # noqa: PLC0415 - only here

        console.say(f"{PROGRAM} {__version__}\n")
        return DONE
    return _help_without_command(context)


def _half_width_dashes(word: str) -> str:
    """Return an option as it was meant: ——year and －－year are --year, －o is -o."""
    return _DASHES.sub(lambda dashes: "-" if dashes[0] in "－–" else "--", word)


def _refuse(wrong: CallError) -> int:
    console.tell(f"错误: {wrong.message}\n" + (f"怎么改: {wrong.hint}\n" if wrong.hint else ""))
    return wrong.status


def _explain_failure(problem: Exception, arguments: Sequence[str]) -> int:
    """Say what the machine refused, or, where the fault is ours, leave a report without anybody's data."""
    from xiaxiang.write.errors import FileKeptError, WriteError  # noqa: PLC0415 - only where something failed

    if isinstance(problem, WriteError):
        console.tell(f"错误: {problem}。\n")
        return WRONG_CALL if isinstance(problem, FileKeptError) else WORLD_FAILED
    if os.environ.get(_DEBUG):
        raise problem
    from xiaxiang.cli.crash import leave_report  # noqa: PLC0415

    console.tell(leave_report(problem, arguments))
    return OUR_FAULT
