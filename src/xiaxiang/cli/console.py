"""The terminal: text goes out here and nowhere else, in any encoding, through any pipe, without a traceback."""

from __future__ import annotations

import codecs
import os
import shutil
import sys
import unicodedata
from typing import TYPE_CHECKING, Any, Final, TextIO

if TYPE_CHECKING:
    from collections.abc import Mapping

_NARROWEST: Final = 60
_WIDEST: Final = 120
_PIPE_WIDTH: Final = 80
_HANDLER: Final = "xiaxiang"
_COLOURS: Final = {"错误": "31", "提醒": "33", "怎么改": "36", "草稿": "33"}


def prepare() -> None:
    """Make stdout and stderr take every character: what a console cannot show is spelled in what it can."""
    codecs.register_error(_HANDLER, _spell)
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors=_HANDLER)


def _spell(problem: UnicodeError) -> tuple[str, int]:
    """Return a plainer spelling of the characters that an encoding lacks: ⑪ as (11), a ligature apart, else ?."""
    if not isinstance(problem, UnicodeEncodeError):
        raise problem
    lost = problem.object[problem.start : problem.end]
    return "".join(_plain(char, problem.encoding) for char in lost), problem.end


def _plain(char: str, encoding: str) -> str:
    plain = unicodedata.normalize("NFKC", char)
    if unicodedata.category(char) == "No":
        plain = f"({plain})"
    try:
        plain.encode(encoding)
    except UnicodeEncodeError:
        return "?"
    return plain


def say(text: str) -> None:
    """Print a result on stdout."""
    _write(sys.stdout, text)


def tell(text: str) -> None:
    """Print what is beside the result (findings, progress, refusals) on stderr."""
    _write(sys.stderr, text)


def say_json(content: Mapping[str, Any]) -> None:
    """Print one JSON document on stdout: UTF-8, or plain ASCII with escapes where the stream is anything else."""
    from xiaxiang.render.json_common import document  # noqa: PLC0415 - not wanted by --help

    encoding = codecs.lookup(sys.stdout.encoding or "utf-8").name
    _write(sys.stdout, document(dict(content), ascii_only=encoding != "utf-8"))


def pass_on(data: bytes) -> None:
    """Write the bytes of a file on stdout as they are, for a pipe or `> file`."""
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def is_terminal() -> bool:
    """Whether stdout is a screen, rather than a pipe or a file."""
    return sys.stdout.isatty()


def width() -> int:
    """Return how many cells a line may take: the terminal's, within reason; 80 in a pipe."""
    if not sys.stdout.isatty():
        return _PIPE_WIDTH
    return max(_NARROWEST, min(shutil.get_terminal_size((_PIPE_WIDTH, 24)).columns, _WIDEST))


def _write(stream: TextIO, text: str) -> None:
    try:
        stream.write(_coloured(text) if _wants_colour(stream) else text)
        stream.flush()
    except BrokenPipeError:
        # The reader (head, less) has seen enough. Python would complain once more when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _wants_colour(stream: TextIO) -> bool:
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb" and os.name != "nt"


def _coloured(text: str) -> str:
    """Return findings with their one word of severity in colour; everything else stays as it is."""
    return "\n".join(_coloured_line(line) for line in text.split("\n"))


def _coloured_line(line: str) -> str:
    for word, code in _COLOURS.items():
        head, found, rest = line.partition(word)
        if found and (not head or head.endswith(": ")):
            return f"{head}\x1b[{code}m{word}\x1b[0m{rest}"
    return line
