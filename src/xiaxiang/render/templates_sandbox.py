"""Jinja as staff may use it: plain data in, text out. It calls nothing, computes nothing, reads no file.

A template that somebody was sent can do no harm: only what shapes text is let through (`{{ 名称 }}`, `{% if %}`,
`{% for %}`, a few filters), unknown names are errors, and the sandbox is immutable on top of that. Text that
makes more text (products, `set`, macros, deep loops) could fill a memory, and is refused.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from xiaxiang.model.similar import nearest_hint

if TYPE_CHECKING:
    from types import TracebackType

    from jinja2 import Template
    from jinja2.nodes import Node
    from jinja2.sandbox import ImmutableSandboxedEnvironment

_FILTERS: Final = frozenset({"length", "count", "first", "last", "trim", "default", "d"})
_NODES: Final = frozenset(
    {"Template", "TemplateData", "Output", "If", "For", "CondExpr", "And", "Or", "Not", "Compare", "Operand"}
    | {"Name", "Const", "Getattr", "Getitem", "Concat", "Filter", "Test", "List", "Tuple"}
)
_DEEPEST: Final = 3
_LONGEST_SEPARATOR: Final = 8
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_BREAKS: Final = re.compile("[\t\r\n\x85\u2028\u2029]+")
_QUOTED: Final = re.compile(r"'([^']+)'")
_KEPT: Final = 512
# Jinja's own words, which are English, by their beginning → ours.
_SYNTAX: Final = (
    (
        re.compile("[Uu]nexpected end of template|Missing end of"),
        "模板没有写完",
        "{{ 要有 }}，{% for %} 要有 {% endfor %}，{% if %} 要有 {% endif %}",
    ),
    (
        re.compile("(?:Encountered unknown tag|No filter named|No test named) '([^']*)'"),
        "模板里不认识“{0}”",
        "只用 for、if 和 join 等，照内置模板的样子写",
    ),
    (re.compile("unexpected char '(.)'"), "模板的标记里不能用{0}", "{{ }} 和 {% %} 里面的符号用英文的"),
)


class TemplateProblemError(Exception):
    """A template that cannot be filled: code, Chinese sentence, what to do, and its line (from 1)."""

    def __init__(self, code: str, message: str, hint: str, line: int) -> None:
        """Keep the four apart."""
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint
        self.line = line


def plain(value: Any) -> str:  # noqa: ANN401 - whatever a template prints
    """Return what `{{ }}` prints: text on one line, numbers, 是 or 否. Anything else is the template's mistake."""
    from jinja2 import Undefined  # noqa: PLC0415 - heavy, wanted only where a template is filled

    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Undefined | int):
        return str(value)
    if isinstance(value, str):
        # Control characters mark what the template itself wrote (tables, annexes): data must not contain them.
        return _CONTROL.sub("\ufffd", _BREAKS.sub(" ", value))
    raise TypeError(type(value).__name__)


def _joined(items: Any, separator: str = "、") -> str:  # noqa: ANN401 - whatever a template passes
    """Return a list as one text. Joining a text, or by one, would make it grow without end."""
    if not isinstance(items, tuple) or len(separator) > _LONGEST_SEPARATOR:
        raise TypeError(type(items).__name__)
    return separator.join(plain(item) for item in items)


@lru_cache(maxsize=1)
def _environment() -> ImmutableSandboxedEnvironment:
    from jinja2 import StrictUndefined  # noqa: PLC0415 - heavy, as above
    from jinja2.sandbox import ImmutableSandboxedEnvironment  # noqa: PLC0415 - as above

    # Not escaped for XML here: what comes out is text; whoever writes XML escapes it.
    made = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=False, finalize=plain)
    made.globals.clear()
    made.filters = {name: one for name, one in made.filters.items() if name in _FILTERS} | {"join": _joined}
    return made


@lru_cache(maxsize=_KEPT)
def _compiled(source: str) -> Template:
    """Return `source` ready to be filled. Raises TemplateProblemError with a line within `source`."""
    from jinja2 import TemplateSyntaxError  # noqa: PLC0415 - heavy, as above

    try:
        tree = _environment().parse(source)
        _refuse(tree, 0)
        return _environment().from_string(source)
    except TemplateSyntaxError as bad:
        raise TemplateProblemError("template-syntax", *_said(bad.message or ""), bad.lineno) from None


def _said(message: str) -> tuple[str, str]:
    """Return what Jinja says of a mistake in our words, and what to do."""
    for pattern, said, hint in _SYNTAX:
        found = pattern.match(message)
        if found:
            return said.format(*found.groups()), hint
    return "模板的写法不对", "{{ }} 和 {% %} 要成对，里面的符号用英文的"


def _refuse(node: Node, loops: int) -> None:
    """Refuse everything but what shapes text, and loops within loops within loops within loops."""
    kind = type(node).__name__
    loops += kind == "For"
    if kind not in _NODES or loops > _DEEPEST:
        hint = "模板只摆放程序给出的内容：{{ 名称 }}、{% if %}、{% for %}（最多套三层），不做计算，不调用函数"
        raise TemplateProblemError("template-refused", "模板里有不允许的写法", hint, node.lineno or 1)
    for child in node.iter_child_nodes():
        _refuse(child, loops)


def filled(source: str, values: Mapping[str, object], line: int = 1) -> str:
    """Return `source`, which begins on `line` of its file, filled with `values`. Raises TemplateProblemError."""
    if "{" not in source:
        return source
    from jinja2.exceptions import UndefinedError  # noqa: PLC0415 - heavy, as above

    try:
        return _compiled(source).render(values)
    except TemplateProblemError as bad:
        raise TemplateProblemError(bad.code, bad.message, bad.hint, line + bad.line - 1) from None
    except UndefinedError as bad:
        raise _unknown_name(str(bad), values, line + _line_of(bad.__traceback__) - 1) from None
    except Exception as bad:  # noqa: BLE001 - a template is somebody's input: whatever it breaks is reported as such
        hint = "{{ }} 里只写文字或数字的名称；列表用 {% for %} 逐个写出，或用 {{ 名称 | join }}"
        at = line + _line_of(bad.__traceback__) - 1
        raise TemplateProblemError("template-failed", "模板的这一处填不出来", hint, at) from None


def _line_of(trace: TracebackType | None) -> int:
    """Return the line of the template that was being filled: Jinja puts it into the traceback."""
    line = 1
    while trace is not None:
        if trace.tb_frame.f_code.co_filename in {"<template>", "<unknown>"}:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _unknown_name(text: str, values: Mapping[str, object], line: int) -> TemplateProblemError:
    """Return the problem for an unknown name; the nearest is looked for among all names, those of list entries too."""
    quoted = _QUOTED.findall(text)
    name = quoted[-1] if quoted else ""
    known = set(values)
    for value in values.values():
        for one in value if isinstance(value, tuple) else (value,):
            if isinstance(one, Mapping):
                known |= set(one)
    message = f"没有叫“{name}”的内容" if name else "模板用了没有的内容"
    return TemplateProblemError("template-name", message, nearest_hint(name, known, "照内置模板里的名称写"), line)
