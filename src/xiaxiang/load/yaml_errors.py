"""What stops the YAML parser, in our words: chosen by where it stands and what stands there, never by its English."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from xiaxiang.load.raw import cause_near
from xiaxiang.model.diagnostic import Diagnostic, error
from xiaxiang.model.position import Position

if TYPE_CHECKING:
    import yaml

TAKEN_BY_PARSERS: Final = "\r\x85\u2028\u2029\ufeff"
"""What one parser or the other takes without a word, although it may count lines by it."""

# What no clerk types and no parser agrees on: control characters, marks in the middle, halves of characters.
_BAD_CHARACTER: Final = r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]"

TAG: Final = ("yaml-tag", "这里有标签（感叹号开头的字）", "文字以“!”开头时加引号")
ALIAS: Final = ("yaml-alias", "这里有引用（“&”或“*”开头的字）", "文字以“&”“*”开头时加引号；不要用引用，写出内容")
_RESERVED: Final = ("yaml-syntax", "文字不能以“@”“`”“%”开头", "整段文字用引号括起来")
_PAIRED: Final = {
    "'": "引号没有配对",
    '"': "引号没有配对",
    "[": "括号没有配对，或少了逗号",
    "{": "括号没有配对，或少了逗号",
}
_SIGNS_OF_YAML: Final = {"!": TAG, "&": ALIAS, "*": ALIAS, "@": _RESERVED, "`": _RESERVED, "%": _RESERVED}


def bad_character(text: str, file: str) -> Diagnostic | None:
    """Return the first character that nothing can be made of, or None."""
    bad = re.search(_BAD_CHARACTER, text)
    return _bad_character(text, bad.start(), file) if bad else None


def _bad_character(text: str, at: int, file: str) -> Diagnostic:
    line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
    message = f"这里有一个看不见的字符（U+{ord(text[at]):04X}）"
    return error("bad-character", message, "删去它，重新输入这一处", Position(file, line, column, column + 1))


def _sign_at(mark: Any, lines: list[str]) -> str:  # noqa: ANN401 - either parser's mark
    return lines[mark.line][mark.column : mark.column + 1] if mark.line < len(lines) else ""


def syntax_error(bad: yaml.MarkedYAMLError, lines: list[str], file: str) -> Diagnostic:
    """Return what stopped the parser: where it stands, and what stands there, says enough."""
    problem = bad.problem_mark or bad.context_mark
    if problem is None:
        return error("yaml-syntax", f"“{file}”不是 YAML", "对照例子检查写法", Position(file, 1, 1, 1))
    context = bad.context_mark or problem
    for mark in (context, problem):
        sign = _sign_at(mark, lines)
        if sign in _SIGNS_OF_YAML:
            return error(*_SIGNS_OF_YAML[sign], Position(file, mark.line + 1, mark.column + 1, mark.column + 2))
    if bad.context_mark is not None and (sign := _sign_at(context, lines)) in _PAIRED:
        place = Position(file, context.line + 1, context.column + 1, context.column + 2)
        hint = "补上缺的一半；文字里有引号或括号时，整段用引号括起来"
        return error("yaml-syntax", _PAIRED[sign], hint, place)
    if cause := cause_near(lines, context.line, problem.line, file):
        return cause
    line = min(problem.line, len(lines) - 1)
    column = min(problem.column, len(lines[line])) + 1
    place = Position(file, line + 1, column, max(column + 1, len(lines[line]) + 1))
    hint = "检查缩进是否对齐、冒号后是否有空格；文字里有冒号、井号时加引号"
    return error("yaml-syntax", "从这里起读不懂", hint, place)
