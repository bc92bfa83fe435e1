"""The parts of an .xlsx workbook: which one is its first visible sheet, and the workbook with that one changed."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from typing import TYPE_CHECKING, Final
from xml.etree.ElementTree import Element, ParseError, fromstring

from xiaxiang.write.lines import CannotEditError

if TYPE_CHECKING:
    from collections.abc import Iterator

_UNSOUND: Final = (zipfile.BadZipFile, zlib.error, KeyError, ParseError, OSError, ValueError, NotImplementedError)
_SIGNATURES: Final = "_xmlsignatures/"
_HIDDEN: Final = frozenset({"hidden", "veryHidden"})
_YES: Final = frozenset({"1", "true"})
_REFERENCE: Final = re.compile(rb'(\bref="[A-Z]+\d+:[A-Z]+)(\d+)(")')
_CALCULATION: Final = re.compile(rb"(<(?:\w+:)?calcPr\b)([^>]*?)(/?>)")
_FULL: Final = re.compile(rb'\s+fullCalcOnLoad="[^"]*"')
_FORMULA: Final = re.compile(rb"<(?:\w+:)?f[\s>/]")


class Package:
    """A workbook with its first visible sheet at hand: `name` is that sheet's part, `sheet` its text."""

    def __init__(self, data: bytes) -> None:
        """Find the sheet. Raises CannotEditError where the workbook cannot be changed without harm."""
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as packed:
                self._parts = [(info, packed.read(info)) for info in packed.infolist()]
            self._texts = {info.filename: text for info, text in self._parts}
            self._book = next(self._related("", "/officeDocument"))
            book = fromstring(self._texts[self._book])  # noqa: S314 - reading has refused entities before
            self.name = self._first_visible(book)
            self.sheet = self._texts[self.name]
        except (*_UNSOUND, StopIteration):
            raise CannotEditError("工作簿打不开，没有改动") from None
        if any(name.startswith(_SIGNATURES) for name in self._texts):
            raise CannotEditError("工作簿有数字签名，一改就失效，没有改动")
        properties = next((one for one in book if _local(one.tag) == "workbookPr"), None)
        self.counts_from_1904 = properties is not None and properties.get("date1904", "") in _YES

    def with_sheet(self, sheet: bytes, last: int, new_last: int) -> bytes:
        """Return the workbook with another text of its sheet, in which row `new_last` has become the last one.

        A table of Excel's that ended in row `last` takes the new rows in; values of formulas are counted anew.
        """
        texts = {self.name: sheet}
        if new_last > last:
            for name in self._related(self.name, "/table"):
                texts[name] = grown(self._texts[name], last, new_last)
        if any(_FORMULA.search(text) for name, text in self._texts.items() if "/worksheets/" in name):
            texts[self._book] = _CALCULATION.sub(_calculated, self._texts[self._book], count=1)
        fresh = io.BytesIO()
        with zipfile.ZipFile(fresh, "w", zipfile.ZIP_DEFLATED) as packed:
            for info, text in self._parts:
                packed.writestr(info, texts.get(info.filename, text), info.compress_type)
        return fresh.getvalue()

    def _first_visible(self, book: Element) -> str:
        """Return the part of the first sheet that reading takes. Raises StopIteration where there is none."""
        sheets = [one for one in book.iter() if _local(one.tag) == "sheet"]
        targets = dict(self._relations(self._book, "/worksheet"))
        pages = [(one.get("state", ""), targets.get(_relation(one), "")) for one in sheets]
        return next(part for state, part in pages if part and state not in _HIDDEN)

    def _related(self, part: str, ending: str) -> Iterator[str]:
        yield from (target for _, target in self._relations(part, ending))

    def _relations(self, part: str, ending: str) -> Iterator[tuple[str, str]]:
        """Yield identifier and part of what a part refers to, of one type."""
        folder, name = posixpath.split(part)
        text = self._texts.get(posixpath.join(folder, "_rels", f"{name}.rels"))
        for one in fromstring(text) if text else ():  # noqa: S314 - as above
            if one.get("Type", "").endswith(ending):
                target = posixpath.normpath(posixpath.join("/", folder, one.get("Target", "")))
                yield one.get("Id", ""), target.lstrip("/")


def grown(text: bytes, last: int, new_last: int) -> bytes:
    """Return a text whose areas that end in row `last` end in `new_last`."""

    def area(match: re.Match[bytes]) -> bytes:
        return match[1] + (b"%d" % new_last if int(match[2]) == last else match[2]) + match[3]

    return _REFERENCE.sub(area, text)


def _calculated(match: re.Match[bytes]) -> bytes:
    return match[1] + _FULL.sub(b"", match[2]) + b' fullCalcOnLoad="1"' + match[3]


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _relation(sheet: Element) -> str:
    return next((value for key, value in sheet.items() if key.endswith("}id")), "")
