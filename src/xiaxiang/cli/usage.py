"""Help and wrong calls in Chinese: typer does the parsing, every word that a user reads is ours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

from typer import TyperException
from typer.core import TyperCommand, TyperGroup, TyperOption

from xiaxiang.cli import console
from xiaxiang.cli.status import CallError
from xiaxiang.model.scalar import display_width
from xiaxiang.model.similar import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from typer._click import Command as AnyCommand
    from typer._click import Context, Parameter

PROGRAM: Final = "xiaxiang"
_HELP: Final = "--help"
_GAP: Final = 2
_RENAMED: Final = {"--help": "显示这份说明"}

Row = tuple[str, str]


class Command(TyperCommand):
    """A command whose help and errors are Chinese."""

    def get_help(self, ctx: Context) -> str:
        """Return usage, purpose, arguments and options."""
        return _help(self, ctx, ())

    def get_help_option(self, ctx: Context) -> TyperOption | None:
        """Return --help, printed through our own console."""
        return _ours(super().get_help_option(ctx))

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Parse, and refuse words that no parameter takes."""
        ctx.allow_extra_args = True  # typer would refuse them in English
        try:
            rest = super().parse_args(ctx, args)
        except TyperException as wrong:
            raise in_chinese(wrong, ctx) from None
        if rest and not ctx.resilient_parsing:
            raise CallError(f"多写了“{' '.join(rest)}”", f"用法: {_usage(self, ctx)}")
        return rest


class Group(TyperGroup):
    """A group of commands, each with a Chinese name beside the English one."""

    aliases: ClassVar[dict[str, str]] = {}
    """Chinese name → English name."""

    def get_help_option(self, ctx: Context) -> TyperOption | None:
        """Return --help, printed through our own console."""
        return _ours(super().get_help_option(ctx))

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Parse what stands before the command's name."""
        try:
            return super().parse_args(ctx, args)
        except TyperException as wrong:
            raise in_chinese(wrong, ctx) from None

    def get_command(self, ctx: Context, cmd_name: str) -> AnyCommand | None:
        """Return a command by either of its names."""
        return super().get_command(ctx, self.aliases.get(cmd_name, cmd_name))

    def get_help(self, ctx: Context) -> str:
        """Return usage, purpose, commands with both their names, and options."""
        chinese = {english: name for name, english in self.aliases.items()}
        rows = [
            (f"{name:<10}{chinese[name]}" if name in chinese else name, _first_line(command))
            for name, command in self.commands.items()
        ]
        return _help(self, ctx, rows)

    def resolve_command(self, ctx: Context, args: list[str]) -> tuple[str | None, AnyCommand | None, list[str]]:
        """Return the command that the first word names; a word that names none gets the nearest that does."""
        if self.get_command(ctx, args[0]) is None:
            known = [*self.commands, *self.aliases]
            hint = f"{suggestion(args[0], known)}全部命令: {ctx.command_path} {_HELP}"
            raise CallError(f"没有命令“{args[0]}”", hint)
        return super().resolve_command(ctx, args)


def suggestion(word: str, known: Iterable[str]) -> str:
    """Return `是不是“…”？` with the known word most like this one, or nothing where none is."""
    found = nearest(word, known)
    return f"是不是“{found[0]}”？" if found else ""


def in_chinese(problem: TyperException, context: Context) -> CallError:
    """Return a wrong call as typer reports it (told apart by its parts, never by its English text) in our words."""
    parameter: Parameter | None = getattr(problem, "param", None)
    option: str | None = getattr(problem, "option_name", None)
    hint = f"全部选项: {context.command_path} {_HELP}"
    if option is not None:
        return _wrong_option(option, context, hint)
    if parameter is None:
        return CallError(problem.message, hint)
    name = parameter.opts[0] if isinstance(parameter, TyperOption) else parameter.make_metavar(context)
    if problem.message:
        return CallError(f"{name} 写得不对: {problem.message}", hint)
    return CallError(f"少写了 {name}", f"用法: {_usage(context.command, context)}")


def _wrong_option(name: str, context: Context, hint: str) -> CallError:
    known = {option: one for one in context.command.get_params(context) for option in one.opts if option[0] == "-"}
    if name not in known:
        return CallError(f"没有选项 {name}", suggestion(name, known) + hint)
    return CallError(f"选项 {name} 后面{'不能写值' if getattr(known[name], 'is_flag', False) else '要写一个值'}", hint)


def _ours(option: TyperOption | None) -> TyperOption | None:
    """Return the help option with our printing in place of typer's, which knows nothing of our encodings."""
    if option is not None:
        option.callback = _show_help
    return option


def _show_help(ctx: Context, _parameter: Parameter, value: object) -> None:
    if value and not ctx.resilient_parsing:
        console.say(ctx.get_help() + "\n")
        ctx.exit()


def _usage(command: AnyCommand, ctx: Context) -> str:
    """Return the line that shows how a command is typed."""
    words = [ctx.command_path]
    for parameter in command.params:
        if not isinstance(parameter, TyperOption):
            name = parameter.make_metavar(ctx)
            words.append(name if parameter.required else f"[{name}]")
    return " ".join([*words, "命令 …" if isinstance(command, TyperGroup) else "[选项]"])


def _help(command: AnyCommand, ctx: Context, commands: Iterable[Row]) -> str:
    arguments, options = [], []
    for parameter in command.get_params(ctx):
        if getattr(parameter, "hidden", False):
            continue
        text: Any = _RENAMED.get(parameter.opts[0]) or getattr(parameter, "help", "") or ""
        if not isinstance(parameter, TyperOption):
            arguments.append((parameter.make_metavar(ctx), text))
            continue
        names = " ".join(sorted(parameter.opts, key=len, reverse=True))
        options.append((names if parameter.is_flag else f"{names} {parameter.make_metavar(ctx)}", text))
    lines = [f"用法: {_usage(command, ctx)}", "", *(command.help or "").strip().split("\n")]
    for title, rows in (("命令", list(commands)), ("参数", arguments), ("选项", options)):
        if rows:
            lines += ["", f"{title}:", *_columns(rows)]
    if command.epilog:
        lines += ["", *command.epilog.strip().split("\n")]
    return "\n".join(line.rstrip() for line in lines)


def _first_line(command: AnyCommand) -> str:
    return (command.help or "").strip().partition("\n")[0]


def _columns(rows: list[Row]) -> list[str]:
    widest = max(display_width(left) for left, _ in rows)
    return [f"  {left}{' ' * (widest - display_width(left) + _GAP)}{right}" for left, right in rows]
