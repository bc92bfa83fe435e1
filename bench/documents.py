"""Documents: 100 certificates and 100 dispatch notices as .docx, beside docxtpl making the same ones.

docxtpl gets our own text templates as a Word template (made once, with python-docx) and the content ready made; our
side starts from the results: content, wording, document, bytes.
"""

from __future__ import annotations

import re
import zipfile
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from measure import heading, in_turn, rate
from peers import has_package
from rotation import hospital

from xiaxiang.assess import assess
from xiaxiang.model.document import Content, Request, Table, Wording
from xiaxiang.model.roster import Roster, RosterRow
from xiaxiang.present.given import Given
from xiaxiang.present.kinds import present
from xiaxiang.render.docx import docx
from xiaxiang.render.templates import fill
from xiaxiang.render.templates_source import source_of
from xiaxiang.schedule import schedule

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

COUNT = 100
YEARS = tuple(range(2016, 2041))
TEMPLATES = Path(__file__).parent.parent / "templates"
PLACED = re.compile(r"\[(表格|两端): (.*)\]")
ALONE = re.compile(r"^\{%((?:(?!%\}).)*)%\}$")
FONT = "仿宋_GB2312"


def results() -> Given:
    """Return a schedule of 100 batches, and an appraisal of everybody who served in them."""
    workspace = hospital()
    made = schedule(workspace, YEARS)
    rows = tuple(
        RosterRow(
            one.person.name,
            one.department or "",
            batch=batch.name,
            starts_on=one.starts_on,
            ends_on=one.ends_on,
            values={"授课日期": lectures(one.starts_on), "查房次数": 9, "出勤天数": 60, "应出勤天数": 62},
        )
        for batch in made.batches
        for one in batch.postings[:1]
        if one.person
    )
    appraisal, _ = assess(workspace, Roster("名册.csv", {}, rows), made)
    return Given(workspace, made, appraisal)


def lectures(first: date) -> tuple[date, ...]:
    return tuple(first + timedelta(days=14 * number) for number in range(1, 6))


def requests(given: Given) -> dict[str, list[Request]]:
    people = given.appraisal.people[:COUNT] if given.appraisal else ()
    return {
        "service-certificate": [Request("service-certificate", one.batch, person=one.name) for one in people],
        "dispatch-notice": [Request("dispatch-notice", batch.name) for batch in given.schedule.batches[:COUNT]],
    }


def content(given: Given, request: Request) -> Content:
    made = present(given, request)
    if not isinstance(made, Content):
        raise SystemExit(made.text)
    return made


def ours(given: Given, wanted: Iterable[Request], wording: Wording) -> list[bytes]:
    """Return the documents as the product makes them, from results to bytes."""
    made = []
    for request in wanted:
        document, found = fill(content(given, request), wording)
        if document is None:
            raise SystemExit(found[0].message)
        made.append(docx(document))
    return made


def word_template(wording: Wording, sample: Content) -> bytes:
    """Return the same template for docxtpl: head, one paragraph a line, tables with a loop or with their cells."""
    from docx import Document  # noqa: PLC0415 - the peer's side only
    from docx.oxml.ns import qn  # noqa: PLC0415
    from docx.shared import Pt  # noqa: PLC0415

    source = source_of(wording.text)
    document = Document()
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(16)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    for name in ("发文机关标志", "发文字号", "标题", "主送"):
        for text in source.fields[name].texts if name in source.fields else ():
            document.add_paragraph(text)
    for line in wording.text.split("---\n", 2)[2].split("\n"):
        placed = PLACED.fullmatch(line.strip())
        if placed and placed[1] == "表格":
            add_table(document, placed[2], sample.tables[placed[2]])
        elif placed:
            document.add_paragraph(placed[2].replace(" | ", "\t"))
        elif line.strip():
            document.add_paragraph(ALONE.sub(r"{%p\1%}", line.strip()))
    for name in ("发文机关", "成文日期"):
        for text in source.fields[name].texts if name in source.fields else ():
            document.add_paragraph(text)
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def add_table(document: Any, name: str, table: Table) -> None:  # noqa: ANN401 - python-docx has no types
    """Add a list as a loop over its rows, and a form as its cells."""
    width = len(table.columns)
    if table.headed:
        grid = document.add_table(rows=4, cols=width, style="Table Grid")
        for cell, column in zip(grid.rows[0].cells, table.columns, strict=True):
            cell.text = column.heading
        grid.rows[1].cells[0].text = f"{{%tr for 行 in 表['{name}'] %}}"
        for place, cell in enumerate(grid.rows[2].cells):
            cell.text = f"{{{{ 行[{place}] }}}}"
        grid.rows[3].cells[0].text = "{%tr endfor %}"
        return
    grid = document.add_table(rows=len(table.rows), cols=width, style="Table Grid")
    for number, row in enumerate(table.rows):
        cells = grid.rows[number].cells
        start = 0
        for place, cell in enumerate(row.cells):
            merged = cells[start].merge(cells[start + cell.span - 1]) if cell.span > 1 else cells[start]
            merged.text = f"{{{{ 表['{name}'][{number}][{place}] }}}}"
            start += cell.span


def theirs(template: bytes, contexts: Iterable[dict[str, Any]]) -> list[bytes]:
    """Return the documents as docxtpl makes them from content ready made."""
    from docxtpl import DocxTemplate  # noqa: PLC0415

    made = []
    for context in contexts:
        document = DocxTemplate(BytesIO(template))
        document.render(context, autoescape=True)
        buffer = BytesIO()
        document.save(buffer)
        made.append(buffer.getvalue())
    return made


def context_of(one: Content) -> dict[str, Any]:
    tables = {name: [[cell.text for cell in row.cells] for row in table.rows] for name, table in one.tables.items()}
    return {**one.values, "表": tables}


def text_of(data: bytes) -> str:
    """Return the text of a .docx without white space, and without what Word numbers or repeats by itself."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        xml = archive.read("word/document.xml").decode()
    return re.sub(r"\s", "", re.sub("<[^>]+>", "", xml))


def check_same(one: Content, mine: bytes, peer: bytes) -> None:
    """Stop where the peer's document lacks a cell of ours, or is much shorter: then the comparison means nothing."""
    texts = {re.sub(r"\s", "", cell.text) for table in one.tables.values() for row in table.rows for cell in row.cells}
    lacking = [text for text in texts if text and text.replace("&", "&amp;") not in text_of(peer)]
    if lacking or len(text_of(peer)) < 0.85 * len(text_of(mine)):
        message = f"docxtpl's document is another one: it lacks {lacking}, {len(text_of(peer))} characters"
        raise SystemExit(message)


def main() -> None:
    """Print the figures."""
    heading([f"公文：各 {COUNT} 份 .docx"])
    if not has_package("docxtpl"):
        return
    given = results()
    for kind, wanted in requests(given).items():
        wording = Wording(kind, (TEMPLATES / f"{kind}.txt.j2").read_text(encoding="utf-8"))
        contents = [content(given, request) for request in wanted]
        template = word_template(wording, contents[0])
        contexts = [context_of(one) for one in contents]
        check_same(contents[0], ours(given, wanted[:1], wording)[0], theirs(template, contexts[:1])[0])
        mine, peer = in_turn(
            lambda wanted=wanted, wording=wording: ours(given, wanted, wording),  # type: ignore[misc]  # binds now
            lambda template=template, contexts=contexts: theirs(template, contexts),  # type: ignore[misc]
            runs=5,
        )
        rate(f"{contents[0].name} {len(wanted)} 份", len(wanted) / mine, "docxtpl", len(wanted) / peer, "≥ 10 倍")


if __name__ == "__main__":
    main()
