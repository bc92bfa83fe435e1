"""The package around a document: its fixed parts, its particulars, and the zip that holds them.

The same parts give the same bytes: order, dates and attributes of the zip are fixed, and the parts that do
not depend on the document are deflated once.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from xiaxiang.render.ooxml import WORD, XML_HEAD, escape, text_paragraph
from xiaxiang.render.ooxml_styles import font_table_xml, styles_xml

if TYPE_CHECKING:
    from xiaxiang.model.document import Document
    from xiaxiang.render.layout import PageLayout

DRAFT_TEXT: Final = "草　稿"

_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006"
_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"

# (relationship id, kind, part): what document.xml refers to.
_PARTS: Final = (
    ("styles", "styles", "styles.xml"),
    ("settings", "settings", "settings.xml"),
    ("fonts", "fontTable", "fontTable.xml"),
    ("oddFooter", "footer", "footer1.xml"),
    ("evenFooter", "footer", "footer2.xml"),
    ("oddHeader", "header", "header1.xml"),
    ("evenHeader", "header", "header2.xml"),
)
_DRAFT_ONLY: Final = frozenset({"header"})

_STAMP: Final = (1 << 5) | 1  # 1 January of 1980 in the zip's own notation, the earliest it knows
_UTF8_NAMES: Final = 1 << 11
_DEFLATED: Final = 8
_VERSION: Final = 20
_LEVEL: Final = 6


@dataclass(frozen=True, slots=True)
class Entry:
    """One part, deflated: name, checksum, size before, bytes."""

    name: bytes
    checksum: int
    size: int
    data: bytes


def entry(name: str, content: bytes) -> Entry:
    """Return a part as the zip holds it."""
    engine = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    return Entry(name.encode(), zlib.crc32(content), len(content), engine.compress(content) + engine.flush())


def zipped(entries: tuple[Entry, ...]) -> bytes:
    """Return a zip archive of `entries` in their order, with no date and no system of its own."""
    body, directory, offset = [], [], 0
    for one in entries:
        common = struct.pack(
            "<HHHHHIIIHH",
            _VERSION, _UTF8_NAMES, _DEFLATED, 0, _STAMP, one.checksum, len(one.data), one.size, len(one.name), 0,
        )  # fmt: skip
        local = b"PK\x03\x04" + common + one.name + one.data
        central = b"PK\x01\x02" + struct.pack("<H", _VERSION) + common + struct.pack("<HHHII", 0, 0, 0, 0, offset)
        body.append(local)
        directory.append(central + one.name)
        offset += len(local)
    listing = b"".join(directory)
    end = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, len(entries), len(entries), len(listing), offset, 0)
    return b"".join((*body, listing, end))


def package(document: Document, document_xml: bytes, layout: PageLayout) -> bytes:
    """Return the .docx around `document_xml`."""
    first, rest = _fixed_entries(layout, draft=document.is_draft)
    core = entry("docProps/core.xml", _core_properties(document))
    return zipped((*first, entry("word/document.xml", document_xml), *rest, core))


@lru_cache(maxsize=16)
def _fixed_entries(layout: PageLayout, *, draft: bool) -> tuple[tuple[Entry, ...], tuple[Entry, ...]]:
    """Return the parts before document.xml and after it that every document of this layout has."""
    parts = [one for one in _PARTS if draft or one[1] not in _DRAFT_ONLY]
    contents = {
        "styles.xml": styles_xml(layout),
        "settings.xml": _settings(),
        "fontTable.xml": font_table_xml(layout),
        "footer1.xml": _footer(layout, odd=True),
        "footer2.xml": _footer(layout, odd=False),
        "header1.xml": _header(),
        "header2.xml": _header(),
    }
    first = (entry("[Content_Types].xml", _content_types(parts)), entry("_rels/.rels", _package_relationships()))
    rest = (
        entry("word/_rels/document.xml.rels", _document_relationships(parts)),
        *(entry(f"word/{part}", contents[part]) for _, _, part in parts),
        entry("docProps/app.xml", _app_properties()),
    )
    return first, rest


def _xml(text: str) -> bytes:
    return (XML_HEAD + text).encode()


def _content_types(parts: list[tuple[str, str, str]]) -> bytes:
    overrides = [("/word/document.xml", f"{_TYPE}.document.main+xml")]
    overrides += [(f"/word/{part}", f"{_TYPE}.{kind}+xml") for _, kind, part in parts]
    overrides += [
        ("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
        ("/docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml"),
    ]
    listed = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in overrides)
    return _xml(
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{listed}</Types>'
    )


def _package_relationships() -> bytes:
    wanted = (
        ("document", f"{_OFFICE}/relationships/officeDocument", "word/document.xml"),
        ("core", f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        ("app", f"{_OFFICE}/relationships/extended-properties", "docProps/app.xml"),
    )
    listed = "".join(f'<Relationship Id="{name}" Type="{kind}" Target="{part}"/>' for name, kind, part in wanted)
    return _xml(f'<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>')


def _document_relationships(parts: list[tuple[str, str, str]]) -> bytes:
    listed = "".join(
        f'<Relationship Id="{name}" Type="{_OFFICE}/relationships/{kind}" Target="{part}"/>'
        for name, kind, part in parts
    )
    return _xml(f'<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>')


def _settings() -> bytes:
    return _xml(
        f'<w:settings xmlns:w="{WORD}"><w:zoom w:percent="100"/><w:defaultTabStop w:val="640"/>'
        '<w:evenAndOddHeaders/><w:characterSpacingControl w:val="doNotCompress"/><w:compat>'
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
        '</w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
    )


def _footer(layout: PageLayout, *, odd: bool) -> bytes:
    side = "right" if odd else "left"
    place = f'<w:ind w:{side}="{layout.page_number_indent}"/><w:jc w:val="{side}"/>'
    number = (
        '<w:r><w:t xml:space="preserve">— </w:t></w:r><w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r>'
        '</w:fldSimple><w:r><w:t xml:space="preserve"> —</w:t></w:r>'
    )
    line = f'<w:p><w:pPr><w:pStyle w:val="PageNumber"/>{place}</w:pPr>{number}</w:p>'
    return _xml(f'<w:ftr xmlns:w="{WORD}">{line}</w:ftr>')


def _header() -> bytes:
    return _xml(f'<w:hdr xmlns:w="{WORD}">{text_paragraph("Draft", DRAFT_TEXT)}</w:hdr>')


def _app_properties() -> bytes:
    return _xml(f'<Properties xmlns="{_OFFICE}/extended-properties"><Application>xiaxiang</Application></Properties>')


def _core_properties(document: Document) -> bytes:
    day = f"{document.created.isoformat()}T00:00:00Z"
    author = escape(document.author)
    return _xml(
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(document.heading)}</dc:title><dc:creator>{author}</dc:creator>"
        f"<cp:lastModifiedBy>{author}</cp:lastModifiedBy>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{day}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{day}</dcterms:modified></cp:coreProperties>'
    )
