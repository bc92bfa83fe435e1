from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import documents_support as made
import docx as python_docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from xiaxiang.model.document import Align, Cell, Column, Document, Paragraph, Row, Sides, Signers, Table
from xiaxiang.render.docx import docx
from xiaxiang.render.docx_table import column_widths
from xiaxiang.render.layout import LAYOUT, Strength, layout_values
from xiaxiang.render.ooxml import WORD, han_width

SCHEMAS = Path(__file__).resolve().parents[2] / "shared" / "ooxml-xsd"
XML = "http://www.w3.org/XML/1998/namespace"
PARTS = [
    "[Content_Types].xml",
    "_rels/.rels",
    "word/document.xml",
    "word/_rels/document.xml.rels",
    "word/styles.xml",
    "word/settings.xml",
    "word/fontTable.xml",
    "word/footer1.xml",
    "word/footer2.xml",
    "docProps/app.xml",
    "docProps/core.xml",
]
W = f"{{{WORD}}}"


def part(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name)


def body(data: bytes) -> etree._Element:
    return etree.fromstring(part(data, "word/document.xml"))


def text_of(element: etree._Element) -> str:
    return "".join(element.itertext(f"{W}t"))


def styled(data: bytes, style: str) -> list[str]:
    return [
        text_of(one.getparent().getparent()) for one in body(data).iter(f"{W}pStyle") if one.get(f"{W}val") == style
    ]  # type: ignore[union-attr]  # a style is in a paragraph


def plain(text: str) -> Document:
    return replace(made.document("quality-bulletin"), blocks=(Paragraph(text),))


@pytest.mark.parametrize("kind", made.REQUESTS)
def test_the_package_has_fixed_parts_in_a_fixed_order_with_no_date_of_its_own(kind: str) -> None:
    data = docx(made.document(kind))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.namelist() == PARTS
        assert archive.testzip() is None
        assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize("kind", made.REQUESTS)
def test_another_program_reads_every_paragraph_and_cell_back(kind: str) -> None:
    document = made.document(kind)
    opened = python_docx.Document(io.BytesIO(docx(document)))
    read = "\n".join(one.text for one in opened.paragraphs)
    blocks = [*document.blocks, *(block for annex in document.annexes for block in annex.blocks)]
    for block in blocks:
        match block:
            case Paragraph():
                assert block.text in read
            case Sides():
                assert f"{block.left}\t{block.right}" in read
            case Signers():
                assert "：\t".join(block.labels) in read
            case Table():
                pass
    tables = [block for block in blocks if isinstance(block, Table)]
    cells = [cell.text for table in tables for row in table.rows for cell in row.cells if not cell.continues]
    found = [cell.text for table in opened.tables for row in table.rows for cell in row.cells]
    assert set(cells) <= set(found)


def test_the_particulars_of_the_file_come_from_the_document_and_not_from_the_clock() -> None:
    document = made.document("dispatch-notice")
    properties = python_docx.Document(io.BytesIO(docx(document))).core_properties
    assert properties.title == "某县人民医院关于派遣2024年第2批卫生下乡人员的通知"
    assert properties.author == properties.last_modified_by == "某县人民医院"
    day = datetime(2024, 3, 27, tzinfo=UTC)
    assert (properties.created, properties.modified) == (day, day)


SCRIPT = """
import sys, hashlib
sys.path.insert(0, sys.argv[1])
import documents_support as made
from xiaxiang.render.docx import docx
for kind in made.REQUESTS:
    print(kind, hashlib.sha256(docx(made.document(kind))).hexdigest())
"""


def test_the_same_input_gives_the_same_bytes_wherever_and_whenever_it_runs() -> None:
    here = str(Path(__file__).parent)
    shown = [
        subprocess.run(
            [sys.executable, "-c", SCRIPT, here],
            capture_output=True,
            check=True,
            text=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": os.pathsep.join(sys.path)},
        ).stdout
        for seed, zone in (("0", "Asia/Shanghai"), ("4711", "America/Los_Angeles"))
    ]
    assert shown[0] == shown[1]
    assert len(shown[0].splitlines()) == len(made.REQUESTS)


HOSTILE = "张<三>&“四” 'a\" ]]> {{ 1 }} &amp; <w:p/> 𠮷 阿依古丽·买买提 = +1"


def test_markup_in_a_name_is_text() -> None:
    data = docx(plain(HOSTILE))
    assert styled(data, "Body")[-1] == HOSTILE
    table = Table((Column("<甲>&", 1, Align.LEFT),), (Row((Cell(HOSTILE),)),))
    opened = python_docx.Document(io.BytesIO(docx(replace(plain("x"), blocks=(table,)))))
    assert [cell.text for row in opened.tables[0].rows for cell in row.cells] == ["<甲>&", HOSTILE]


def test_what_xml_cannot_carry_is_replaced_where_it_stood() -> None:
    assert styled(docx(plain("甲\x00乙\x1b[丙\ud800丁\uffff戊\n己\t庚")), "Body") == [
        "甲\ufffd乙\ufffd[丙\ufffd丁\ufffd戊 己 庚"
    ]


@given(st.text(max_size=40))
def test_any_text_gives_a_file_that_opens_and_says_the_same(text: str) -> None:
    document = replace(
        plain(text), number=text, issuer=text, author=text, title=(text,), copied_to=text, left_out=(text,)
    )
    (shown,) = [one for one in styled(docx(document), "Body") if not one.startswith("（草稿")]

    def visible(whole: str) -> str:
        return "".join(char for char in whole if char.isprintable() and char not in " \ufffd")

    assert visible(shown) == visible(text)


def test_every_style_sets_its_face_for_han_characters_too() -> None:
    styles = etree.fromstring(part(docx(made.document("dispatch-notice")), "word/styles.xml"))
    faces = [dict(one.attrib) for one in styles.iter(f"{W}rFonts")]
    assert all(face[f"{W}eastAsia"] == face[f"{W}ascii"] == face[f"{W}hAnsi"] for face in faces)
    assert {face[f"{W}eastAsia"] for face in faces} == {"仿宋_GB2312", "黑体", "楷体_GB2312", "方正小标宋简体", "宋体"}
    assert list(styles.iter(f"{W}b")) == []


def test_the_page_and_its_grid_are_the_standards() -> None:
    section = next(body(docx(made.document("quality-bulletin"))).iter(f"{W}sectPr"))
    shown = {
        one.tag.removeprefix(W): {key.removeprefix(W): value for key, value in one.attrib.items()} for one in section
    }
    assert shown["pgSz"] == {"w": "11906", "h": "16838"}
    margins = {"top": "2098", "right": "1474", "bottom": "1984", "left": "1588"}
    assert {key: shown["pgMar"][key] for key in margins} == margins
    assert shown["docGrid"] == {"type": "linesAndChars", "linePitch": "579", "charSpace": "-849"}


def test_a_table_of_a_year_lies_on_its_side_and_repeats_its_headings_and_splits_no_row() -> None:
    tree = body(docx(made.document("rotation-table")))
    size = next(tree.iter(f"{W}pgSz"))
    assert (size.get(f"{W}w"), size.get(f"{W}orient")) == ("16838", "landscape")
    rows = list(tree.iter(f"{W}tr"))
    assert len(list(rows[0].iter(f"{W}tblHeader"))) == 1
    assert all(len(list(row.iter(f"{W}cantSplit"))) == 1 for row in rows)


def test_an_annex_on_its_side_has_a_section_of_its_own_and_the_imprint_stands_upright() -> None:
    tree = body(docx(made.document("assessment-circular")))
    assert [one.get(f"{W}orient", "upright") for one in tree.iter(f"{W}pgSz")] == ["upright", "landscape", "upright"]
    last = made.document("assessment-circular")
    turned = replace(last, annexes=last.annexes[:1])
    sizes = [one.get(f"{W}orient", "upright") for one in body(docx(turned)).iter(f"{W}pgSz")]
    assert sizes == ["upright", "landscape", "upright"]
    without = replace(turned, copied_to="", printed_by="")
    assert [one.get(f"{W}orient", "upright") for one in body(docx(without)).iter(f"{W}pgSz")] == [
        "upright",
        "landscape",
    ]


def test_the_date_stands_four_characters_from_the_right_and_the_name_above_its_middle() -> None:
    document = made.document("dispatch-notice")
    rights = {}
    for one in body(docx(document)).iter(f"{W}p"):
        style = one.find(f"{W}pPr/{W}pStyle")
        indent = one.find(f"{W}pPr/{W}ind")
        if style is not None and indent is not None and style.get(f"{W}val") in {"Issuer", "Date"}:
            rights[style.get(f"{W}val")] = int(indent.get(f"{W}right", "0"))
    middle = {
        "Issuer": rights["Issuer"] + han_width(document.issuer) * LAYOUT.char / 2,
        "Date": rights["Date"] + han_width(document.dated) * LAYOUT.char / 2,
    }
    assert rights["Date"] == 4 * LAYOUT.char
    assert abs(middle["Issuer"] - middle["Date"]) <= 1


def test_several_annexes_are_numbered_and_one_is_not() -> None:
    assert styled(docx(made.document("assessment-circular")), "Attachment") == [
        "附件：1.2024年第2批卫生下乡人员考核结果一览表",
        "2.2024年第2批卫生下乡科室奖惩一览表",
    ]
    assert styled(docx(made.document("dispatch-notice")), "Attachment") == ["附件：2024年第2批卫生下乡人员名单"]
    assert styled(docx(made.document("dispatch-notice")), "AnnexMark") == ["附件"]


def test_a_title_that_fits_stands_on_one_line_and_a_long_one_breaks_where_it_says() -> None:
    def breaks(*title: str) -> int:
        data = docx(replace(plain("x"), title=title))
        return sum(1 for one in body(data).iter(f"{W}br"))

    assert breaks("关于", "公布") == 0
    assert breaks("某县人民医院", "关于派遣2024年第2批卫生下乡人员的通知") == 1


def test_a_draft_is_marked_on_every_page_and_a_finished_document_is_not() -> None:
    draft = docx(made.document("allowance-sheet", "名册第 7 行"))
    with zipfile.ZipFile(io.BytesIO(draft)) as archive:
        assert {"word/header1.xml", "word/header2.xml"} <= set(archive.namelist())
    assert "草　稿" in part(draft, "word/header1.xml").decode()
    assert "没有计入名册第 7 行" in styled(draft, "Note")[-1]
    assert "草" not in part(docx(made.document("allowance-sheet")), "word/document.xml").decode()


def test_the_columns_of_a_table_fill_its_width_to_the_twip() -> None:
    for kind in made.REQUESTS:
        document = made.document(kind)
        for block in (*document.blocks, *(one for annex in document.annexes for one in annex.blocks)):
            if isinstance(block, Table):
                assert sum(column_widths(block, LAYOUT.text_width)) == LAYOUT.text_width
                spans = {sum(cell.span for cell in row.cells) for row in block.rows}
                assert spans == {len(block.columns)}


def test_a_house_style_changes_one_value_by_its_name() -> None:
    house = replace(LAYOUT, title_font="方正小标宋_GBK")
    assert "方正小标宋_GBK" in part(docx(plain("x"), house), "word/styles.xml").decode()
    assert "方正小标宋_GBK" not in part(docx(plain("x")), "word/styles.xml").decode()


def test_every_value_of_the_layout_names_its_clause_unless_it_is_ours() -> None:
    values = layout_values()
    assert all(bool(one.clause) is (one.strength is not Strength.OURS) for one in values)
    assert {one.name: one.value for one in values}["line"] == 579


def test_the_day_of_the_file_is_the_documents() -> None:
    core = part(docx(replace(plain("x"), created=date(2001, 2, 3))), "docProps/core.xml").decode()
    assert core.count("2001-02-03T00:00:00Z") == 2


@pytest.fixture(scope="module")
def word_schema(tmp_path_factory: pytest.TempPathFactory) -> etree.XMLSchema:
    if not SCHEMAS.is_dir():
        pytest.skip("the ECMA-376 schemas are not beside the checkout")
    xml = tmp_path_factory.mktemp("xsd") / "xml.xsd"
    xml.write_text(
        f'<s:schema xmlns:s="http://www.w3.org/2001/XMLSchema" targetNamespace="{XML}">'
        '<s:attribute name="space" type="s:NCName"/><s:attribute name="lang" type="s:language"/></s:schema>'
    )
    both = "".join(
        f'<s:import namespace="{space}" schemaLocation="{file.as_uri()}"/>'
        for space, file in ((XML, xml), (WORD, SCHEMAS / "wml.xsd"))
    )
    return etree.XMLSchema(etree.fromstring(f'<s:schema xmlns:s="http://www.w3.org/2001/XMLSchema">{both}</s:schema>'))


def as_in_the_standard(raw: bytes) -> etree._Element:
    """The standard has Word's text boxes in its own namespace for drawings; Word writes them in another."""
    drawing = b"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
    tree = etree.fromstring(raw.replace(b"http://schemas.microsoft.com/office/word/2010/wordprocessingShape", drawing))
    for box in tree.iter(f"{W}txbxContent"):
        box.tag = f"{{{drawing.decode()}}}txbxContent"
    return tree


@pytest.mark.parametrize("kind", made.REQUESTS)
@pytest.mark.parametrize("left_out", [(), ("变动登记第 3 条（后延）",)])
def test_every_part_is_valid_against_the_schemas(
    kind: str, left_out: tuple[str, ...], word_schema: etree.XMLSchema
) -> None:
    data = docx(made.document(kind, *left_out))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = [name for name in archive.namelist() if name.startswith("word/") and name.endswith(".xml")]
    for name in names:
        word_schema.validate(as_in_the_standard(part(data, name)))
        assert (name, word_schema.error_log.last_error) == (name, None)


@pytest.mark.parametrize(
    ("name", "schema"),
    [
        ("[Content_Types].xml", "opc-contentTypes"),
        ("_rels/.rels", "opc-relationships"),
        ("word/_rels/document.xml.rels", "opc-relationships"),
        ("docProps/app.xml", "shared-documentPropertiesExtended"),
    ],
)
def test_the_package_itself_is_valid_against_the_schemas(name: str, schema: str) -> None:
    if not SCHEMAS.is_dir():
        pytest.skip("the ECMA-376 schemas are not beside the checkout")
    found = etree.XMLSchema(etree.parse(SCHEMAS / f"{schema}.xsd"))
    found.validate(etree.fromstring(part(docx(plain("x")), name)))
    assert found.error_log.last_error is None
