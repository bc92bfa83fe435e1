"""公文: a document as plain data, before it is text or bytes; what a kind says about a case; and why it may not.

The road of every document: `present` gives a `Content` (or a `Refusal`), a text template turns it into a
`Document`, and `render` writes that as terminal text or as .docx. Nothing here knows of Word.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from xiaxiang.model.batch import BatchName
    from xiaxiang.model.source import Source


class Align(StrEnum):
    """How text stands in a cell."""

    LEFT = "left"
    CENTRE = "center"
    RIGHT = "right"


class Style(StrEnum):
    """What a paragraph is; the four levels are written `一、` `（一）` `1.` `（1）`."""

    BODY = "body"
    LEVEL_1 = "level-1"
    LEVEL_2 = "level-2"
    LEVEL_3 = "level-3"
    LEVEL_4 = "level-4"
    CENTRED = "centred"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph. A heading may be followed by text in the same paragraph, after its first 。 mark."""

    text: str
    style: Style = Style.BODY

    @property
    def heading_and_rest(self) -> tuple[str, str]:
        """The part set in the heading's face, and the rest. A numbered sentence on its own is all rest."""
        if self.style not in {Style.LEVEL_1, Style.LEVEL_2}:
            return "", self.text
        heading, stop, rest = self.text.partition("。")
        if not stop:
            return self.text, ""
        return (heading + stop, rest) if rest else ("", self.text)


@dataclass(frozen=True, slots=True)
class Sides:
    """One line with text at both ends (编制单位 … 日期)."""

    left: str
    right: str


@dataclass(frozen=True, slots=True)
class Signers:
    """签字行: one line of offices, each with room for a name (制表 审核 分管领导 财务)."""

    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: heading, share of the width, and how its cells stand."""

    heading: str
    width: int
    align: Align = Align.CENTRE


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell, `span` columns wide; a line end starts a new line; `continues` merges it with the cell above."""

    text: str = ""
    span: int = 1
    align: Align | None = None
    label: bool = False
    at_bottom: bool = False
    continues: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row; `height` is its least height in mm (0: as high as its text)."""

    cells: tuple[Cell, ...]
    height: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """A table. With `headed` its headings are the first row, repeated on every page; no row splits."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    headed: bool = True
    dense: bool = False


Block = Paragraph | Sides | Signers | Table


class Layout(StrEnum):
    """版式: a document with red head and imprint, or a sheet that starts with its title."""

    OFFICIAL = "公文"
    SHEET = "表格"


@dataclass(frozen=True, slots=True)
class Annex:
    """附件: begins on a new page; its number is its place in the document."""

    title: str
    blocks: tuple[Block, ...]
    landscape: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """One document, complete. An element that is "" or () is not printed.

    `title` has one item per line it may be broken into. `is_numbered` is false where 发文登记 gives no
    number and the document prints `〔2024〕　号` (待编号). `created` dates the file's own particulars, so
    that the clock is never asked.
    """

    kind: str
    name: str
    layout: Layout
    masthead: str
    number: str
    title: tuple[str, ...]
    addressed_to: str
    blocks: tuple[Block, ...]
    issuer: str
    dated: str
    copied_to: str
    printed_by: str
    printed_on: str
    annexes: tuple[Annex, ...]
    landscape: bool
    author: str
    created: date
    is_numbered: bool = True
    left_out: tuple[str, ...] = ()

    @property
    def is_draft(self) -> bool:
        """Whether broken entries were left out, so that the document is marked 草稿."""
        return bool(self.left_out)

    @property
    def draft_note(self) -> str:
        """What a draft says about itself: what was left out, and what to do; "" where nothing was."""
        return f"（草稿：没有计入{'、'.join(self.left_out)}，改好后重新出文）" if self.left_out else ""

    @property
    def heading(self) -> str:
        """The title on one line."""
        return "".join(self.title)


Plain = str | int | tuple["Plain", ...] | Mapping[str, "Plain"]
"""What a template can be given: text, whole numbers, yes or no, lists, and mappings by Chinese name."""


@dataclass(frozen=True, slots=True)
class Content:
    """What a kind of document says about one case: values and tables by the names that templates use."""

    kind: str
    name: str
    values: Mapping[str, Plain]
    tables: Mapping[str, Table]
    author: str
    created: date
    is_numbered: bool
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Refusal:
    """A document that cannot be written: which, why, by which clause, and what to do instead."""

    kind: str
    name: str
    reason: str
    hint: str
    source: Source | None = None

    @property
    def text(self) -> str:
        """What the reader is told: why not, by which clause, what to do instead."""
        clause = f"（{self.source}）" if self.source else ""
        return f"不能出{self.name}：{self.reason}{clause}。{self.hint}"


@dataclass(frozen=True, slots=True)
class Request:
    """Which document is wanted: its kind and the one period, person or department that the kind needs.

    `month` is the first day of a month; `person` is a name or a 工号. `file_stem` is a name for the file, to be
    made safe by whoever writes it, without its extension.
    """

    kind: str
    batch: BatchName | None = None
    month: date | None = None
    year: int | None = None
    person: str = ""
    file_stem: str = ""
    department: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """What can be written, and what is withheld and why."""

    requests: tuple[Request, ...]
    withheld: tuple[Refusal, ...] = ()


@dataclass(frozen=True, slots=True)
class Wording:
    """The text of a template and the file that it came from (as users see it)."""

    file: str
    text: str
