"""The text of a template taken apart: front matter (YAML, as text), body lines, and the marks that place things.

A mark is a line of its own: `[表格: 人员]` `[两端: 左 | 右]` `[居中: …]` `[注: …]` `[签字: 制表 | 审核]`, and `附件1`
(or `附件1（横排）`) where an annex begins. Marks are read before anything is filled in, so data cannot make one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from xiaxiang.model.similar import nearest_hint
from xiaxiang.render.templates_sandbox import TemplateProblemError

if TYPE_CHECKING:
    from yaml import Node

FENCE: Final = "---"
MARK: Final = "\x00"
PART: Final = "\x01"
TABLE: Final = "表格"
SIDES: Final = "两端"
CENTRED: Final = "居中"
NOTE: Final = "注"
SIGNERS: Final = "签字"
ANNEX: Final = "附件"
LANDSCAPE: Final = "横"

FIELDS: Final = frozenset(
    {
        "文种",
        "版式",
        "方向",
        "发文机关标志",
        "发文字号",
        "标题",
        "主送",
        "发文机关",
        "成文日期",
        "附件",
        "抄送",
        "印发机关",
        "印发日期",
    }
)

_PLACED: Final = re.compile(rf"\s*[\[【]({TABLE}|{SIDES}|{CENTRED}|{NOTE}|{SIGNERS})\s*[:：]\s*(.*?)\s*[\]】]\s*")
_ANNEX_LINE: Final = re.compile(rf"\s*{ANNEX}\s*\d*\s*(?:[（(]({LANDSCAPE})排?[）)])?\s*")
_JINJA: Final = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
# Jinja within YAML would be read as a mapping; it is put aside under numbers in private characters.
_HELD: Final = re.compile("\ue000(\\d+)\ue001")
_BAR: Final = re.compile(r"\|(?=(?:[^{}]|\{\{.*?\}\}|\{%.*?%\})*$)")


@dataclass(frozen=True, slots=True)
class Field:
    """One entry of the front matter: its texts (a list has several) and the line it stands on."""

    texts: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Source:
    """A template taken apart. `tables` are the names that it places, each with its line."""

    fields: dict[str, Field]
    body: str
    body_line: int
    tables: tuple[tuple[str, int], ...]


@lru_cache(maxsize=64)
def source_of(text: str) -> Source:
    """Return the parts of a template's text. Raises TemplateProblemError."""
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    if lines[0].rstrip() != FENCE:
        raise _front_matter("模板要以一行 --- 开头，下面写文种、标题等", 1)
    end = next((at for at, line in enumerate(lines[1:], 1) if line.rstrip() == FENCE), None)
    if end is None:
        raise _front_matter("模板的抬头没有用一行 --- 结束", 1)
    fields = _fields("\n".join(lines[1:end]))
    tables: list[tuple[str, int]] = []
    body = []
    for number, line in enumerate(lines[end + 1 :], end + 2):
        marked, table = _marked(line)
        body.append(marked)
        if table:
            tables.append((table, number))
    return Source(fields, "\n".join(body), end + 2, tuple(tables))


def _front_matter(message: str, line: int) -> TemplateProblemError:
    hint = "抬头每行写“名称: 内容”，冒号用英文冒号加空格；照内置模板的样子写"
    return TemplateProblemError("template-front-matter", message, hint, line)


def _marked(line: str) -> tuple[str, str]:
    """Return a body line with its mark in control characters, and the table that it places ("" for none)."""
    annex = _ANNEX_LINE.fullmatch(line)
    if annex:
        return f"{MARK}{ANNEX}{MARK}{annex[1] or ''}", ""
    placed = _PLACED.fullmatch(line)
    if not placed:
        return line.replace(MARK, "").replace(PART, ""), ""
    word, text = placed[1], placed[2]
    parts = PART.join(part.strip() for part in _BAR.split(text)) if word in {SIDES, SIGNERS} else text
    return f"{MARK}{word}{MARK}{parts}", text if word == TABLE else ""


def _fields(text: str) -> dict[str, Field]:
    import yaml  # noqa: PLC0415 - wanted only where a template is read

    held: list[str] = []

    def hold(found: re.Match[str]) -> str:
        held.append(found[0])
        return f"\ue000{len(held) - 1}\ue001"

    try:
        if any(isinstance(one, yaml.AliasToken) for one in yaml.scan(_JINJA.sub(hold, text), Loader=yaml.SafeLoader)):
            raise _front_matter("模板的抬头里不能用 * 引用", 1)
        root = yaml.compose(_JINJA.sub(hold, text), Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as bad:
        line = bad.problem_mark.line + 2 if bad.problem_mark else 1
        raise _front_matter("模板的抬头读不懂", line) from None
    except yaml.YAMLError:
        raise _front_matter("模板的抬头里有不能用的字符", 1) from None
    if not isinstance(root, yaml.MappingNode):
        raise _front_matter("模板的抬头里没有内容", 1)
    return dict(_field(key, value, held) for key, value in root.value)


def _field(key: Node, value: Node, held: list[str]) -> tuple[str, Field]:
    import yaml  # noqa: PLC0415 - as above

    line = key.start_mark.line + 2
    name = str(key.value).strip()
    if name not in FIELDS:
        hint = nearest_hint(name, FIELDS, f"可写的名称有 {'、'.join(sorted(FIELDS))}")
        raise TemplateProblemError("template-front-matter", f"模板的抬头里没有“{name}”这一项", hint, line)
    nodes = value.value if isinstance(value, yaml.SequenceNode) else [value]
    if not all(isinstance(node, yaml.ScalarNode) for node in nodes):
        raise _front_matter(f"“{name}”要写成一行文字，或一列文字", line)
    return name, Field(tuple(_HELD.sub(lambda found: held[int(found[1])], str(node.value)) for node in nodes), line)
