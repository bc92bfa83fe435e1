"""The smallest pieces of WordprocessingML as text: escaping, runs, paragraphs."""

from __future__ import annotations

import re
from typing import Final

WORD: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONSHIPS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
XML_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

_MARKUP: Final = re.compile('[&<>"]')
_ENTITIES: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}
# What XML 1.0 cannot carry. A reader must see that something stood there, so it is replaced, not dropped.
_IMPOSSIBLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_REPLACEMENT: Final = "\ufffd"
_BREAKS: Final = re.compile("[\t\r\n\x85\u2028\u2029]+")


def escape(text: str) -> str:
    """Return `text` as it stands in XML: markup becomes entities, what XML cannot carry becomes U+FFFD."""
    return _MARKUP.sub(lambda found: _ENTITIES[found[0]], _IMPOSSIBLE.sub(_REPLACEMENT, text))


def one_line(text: str) -> str:
    """Return `text` with tabs and line ends as one space each: they would begin a new line in Word."""
    return _BREAKS.sub(" ", text)


def run(text: str, style: str = "") -> str:
    """Return a run of `text` on one line, in a character style if one is named."""
    properties = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(one_line(text))}</w:t></w:r>'


def lines(texts: tuple[str, ...]) -> str:
    """Return a run of several lines within one paragraph."""
    shown = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(one_line(text))}</w:t>' for text in texts)
    return f"<w:r>{shown}</w:r>"


def paragraph(style: str, content: str, properties: str = "") -> str:
    """Return a paragraph of runs; `properties` follow the style in schema order."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{content}</w:p>'


def text_paragraph(style: str, text: str, properties: str = "") -> str:
    """Return a paragraph of plain text in one style."""
    return paragraph(style, run(text), properties)


def han_width(text: str) -> float:
    """Return how many Han characters wide `text` is set: letters, digits and half-width signs take half of one."""
    return sum(0.5 if ord(char) < _FIRST_WIDE else 1 for char in text)


_FIRST_WIDE: Final = 0x2000  # general punctuation (— “ ” …) and everything after it is set full width
