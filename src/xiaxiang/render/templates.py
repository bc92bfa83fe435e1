"""Content + the text of a template → Document. The template shapes; it computes nothing and looks nothing up.

One line is one paragraph; its level is read from how officials write it: `一、` `（一）` `1.` `（1）`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from xiaxiang.model.diagnostic import Diagnostic, error
from xiaxiang.model.document import Annex, Document, Layout, Paragraph, Sides, Signers, Style
from xiaxiang.model.position import Position
from xiaxiang.model.similar import nearest_hint
from xiaxiang.render import templates_source as marks
from xiaxiang.render.templates_sandbox import TemplateProblemError, filled
from xiaxiang.render.templates_source import LANDSCAPE, MARK, PART, Source, source_of

if TYPE_CHECKING:
    from xiaxiang.model.document import Block, Content, Wording

SUFFIX: Final = ".txt.j2"

_LEVELS: Final = (
    (re.compile("[一二三四五六七八九十]+、"), Style.LEVEL_1),
    (re.compile("（[一二三四五六七八九十]+）"), Style.LEVEL_2),
    (re.compile(r"[1-9]\d?\.(?!\d)"), Style.LEVEL_3),
    (re.compile(r"（[1-9]\d?）"), Style.LEVEL_4),
)


def template_names(content_kind: str, name: str) -> tuple[str, str]:
    """Return the file names under which a template is looked for: by its Chinese name, then by its identifier."""
    return f"{name}{SUFFIX}", f"{content_kind}{SUFFIX}"


def fill(content: Content, wording: Wording) -> tuple[Document | None, tuple[Diagnostic, ...]]:
    """Return the document that `wording` makes of `content`; None with the place of the mistake where it cannot."""
    try:
        return _filled(content, source_of(wording.text)), ()
    except TemplateProblemError as bad:
        return None, (_diagnostic(bad, wording),)


def _diagnostic(bad: TemplateProblemError, wording: Wording) -> Diagnostic:
    lines = wording.text.split("\n")
    line = min(max(bad.line, 1), len(lines))
    return error(bad.code, bad.message, bad.hint, Position(wording.file, line, 1, len(lines[line - 1]) + 1))


def _filled(content: Content, source: Source) -> Document:
    for table, line in source.tables:
        if table not in content.tables:
            hint = nearest_hint(table, content.tables, f"可放的表格有 {'、'.join(content.tables) or '（没有）'}")
            raise TemplateProblemError("template-table", f"没有叫“{table}”的表格", hint, line)
    text = {name: _texts(name, content, source) for name in marks.FIELDS}
    one = {name: texts[0] if texts else "" for name, texts in text.items()}
    parts = _parts(filled(source.body, content.values, source.body_line), content)
    annexes = _annexes(text[marks.ANNEX], parts[1:], source)
    return Document(
        kind=content.kind,
        name=content.name,
        layout=_layout(one["版式"], source),
        masthead=one["发文机关标志"],
        number=one["发文字号"],
        title=text["标题"],
        addressed_to=one["主送"],
        blocks=parts[0][1],
        issuer=one["发文机关"],
        dated=one["成文日期"],
        copied_to=one["抄送"],
        printed_by=one["印发机关"],
        printed_on=one["印发日期"],
        annexes=annexes,
        landscape=one["方向"].startswith(LANDSCAPE),
        author=content.author,
        created=content.created,
        is_numbered=content.is_numbered,
        left_out=content.left_out,
    )


def _texts(name: str, content: Content, source: Source) -> tuple[str, ...]:
    """Return an entry of the front matter, filled; items that come out empty are dropped."""
    field = source.fields.get(name)
    if field is None:
        return ()
    texts = (filled(text, content.values, field.line).strip() for text in field.texts)
    return tuple(text for text in texts if text)


def _layout(word: str, source: Source) -> Layout:
    try:
        return Layout(word or Layout.OFFICIAL)
    except ValueError:
        line = source.fields["版式"].line
        message = f"没有“{word}”这种版式"
        raise TemplateProblemError("template-front-matter", message, "版式写 公文 或 表格", line) from None


def _parts(text: str, content: Content) -> list[tuple[bool, tuple[Block, ...]]]:
    """Return the body and then each annex: whether it lies on its side, and its blocks."""
    parts: list[tuple[bool, list[Block]]] = [(False, [])]
    for line in text.split("\n"):
        if line.startswith(f"{MARK}{marks.ANNEX}{MARK}"):
            parts.append((line.endswith(LANDSCAPE), []))
        elif line.strip():
            parts[-1][1].append(_block(line, content))
    return [(turned, tuple(blocks)) for turned, blocks in parts]


def _block(line: str, content: Content) -> Block:
    if not line.startswith(MARK):
        return _paragraph(line.strip())
    _, word, text = line.split(MARK, 2)
    if word == marks.TABLE:
        return content.tables[text]
    if word == marks.SIDES:
        left, _, right = text.partition(PART)
        return Sides(left, right)
    if word == marks.SIGNERS:
        return Signers(tuple(text.split(PART)))
    return Paragraph(text, Style.CENTRED if word == marks.CENTRED else Style.NOTE)


def _paragraph(text: str) -> Paragraph:
    for pattern, style in _LEVELS:
        if pattern.match(text):
            return Paragraph(text, style)
    return Paragraph(text)


def _annexes(titles: tuple[str, ...], parts: list[tuple[bool, tuple[Block, ...]]], source: Source) -> tuple[Annex, ...]:
    if len(titles) != len(parts):
        field = source.fields.get(marks.ANNEX)
        message = f"抬头列了 {len(titles)} 个附件，正文里有 {len(parts)} 处“附件”"
        hint = "抬头“附件”的每个名称，在正文后面各写一行 附件1、附件2 …"
        raise TemplateProblemError("template-annex", message, hint, field.line if field else 1)
    return tuple(Annex(title, blocks, turned) for title, (turned, blocks) in zip(titles, parts, strict=True))
