from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

import documents_support as made
import pytest

from xiaxiang.model.document import Content, Document, Layout, Paragraph, Sides, Signers, Style, Table, Wording
from xiaxiang.render.templates import fill, template_names

if TYPE_CHECKING:
    from xiaxiang.model.diagnostic import Diagnostic

HEAD = "---\n文种: 试验\n标题: 标题\n---\n"


def content(**values: object) -> Content:
    base = made.content("dispatch-notice")
    return replace(base, values={**base.values, **values})  # type: ignore[arg-type]  # a test's values


def filled(text: str, **values: object) -> Document:
    document, found = fill(content(**values), Wording("templates/试验.txt.j2", text))
    assert found == ()
    assert document is not None
    return document


def problem(text: str, **values: object) -> Diagnostic:
    document, found = fill(content(**values), Wording("templates/试验.txt.j2", text))
    assert document is None
    (one,) = found
    return one


def body(text: str, **values: object) -> list[tuple[str, Style]]:
    blocks = filled(HEAD + text, **values).blocks
    return [(block.text, block.style) for block in blocks if isinstance(block, Paragraph)]


@pytest.mark.parametrize("kind", made.REQUESTS)
def test_every_built_in_template_fills_without_a_finding(kind: str) -> None:
    assert made.document(kind).kind == kind


def test_a_line_is_a_paragraph_and_its_level_is_read_from_its_number() -> None:
    assert body("一、甲\n\n（二）乙\n3.丙\n（4）丁\n3.5元\n普通") == [
        ("一、甲", Style.LEVEL_1),
        ("（二）乙", Style.LEVEL_2),
        ("3.丙", Style.LEVEL_3),
        ("（4）丁", Style.LEVEL_4),
        ("3.5元", Style.BODY),
        ("普通", Style.BODY),
    ]


def test_a_heading_ends_at_its_stop_and_a_numbered_sentence_is_no_heading() -> None:
    assert Paragraph("（一）时间。四月一日。", Style.LEVEL_2).heading_and_rest == ("（一）时间。", "四月一日。")
    assert Paragraph("一、总则", Style.LEVEL_1).heading_and_rest == ("一、总则", "")
    assert Paragraph("一、各科室按时派员。", Style.LEVEL_1).heading_and_rest == ("", "一、各科室按时派员。")


def test_marks_place_tables_and_lines() -> None:
    document = filled(
        HEAD + "[表格: 人员]\n【表格：人员】\n[两端: 左{{ 批次 }} | 右]\n[签字: 制表 | 审核]\n[居中: 中]\n[注: 注]"
    )
    assert [type(block) for block in document.blocks] == [Table, Table, Sides, Signers, Paragraph, Paragraph]
    assert document.blocks[2] == Sides("左2024年第2批", "右")
    assert document.blocks[3] == Signers(("制表", "审核"))


def test_a_bar_within_a_filter_does_not_part_a_line() -> None:
    document = filled(HEAD + "[两端: {{ 名单 | join('、') }} | 右]", 名单=("甲", "乙"))
    assert document.blocks == (Sides("甲、乙", "右"),)


def test_an_annex_begins_at_its_line_and_may_lie_on_its_side() -> None:
    document = filled("---\n标题: 题\n附件: [甲, 乙]\n---\n正文\n附件1\n甲文\n附件2（横排）\n乙文")
    assert [(one.title, one.landscape) for one in document.annexes] == [("甲", False), ("乙", True)]
    assert problem("---\n标题: 题\n附件: [甲]\n---\n正文").code == "template-annex"


def test_data_is_never_a_template_nor_a_mark() -> None:
    hostile = "{{ 发文字号 }}{% for x in y %}\n[表格: 人员]\n附件1\x00表格\x00人员"
    (text, style), *rest = body("甲{{ 恶 }}乙", 恶=hostile)
    assert rest == []
    assert style is Style.BODY
    assert text == "甲{{ 发文字号 }}{% for x in y %} [表格: 人员] 附件1\ufffd表格\ufffd人员乙"


def test_data_cannot_break_the_front_matter() -> None:
    hostile = "题: [x\n- y: *z & 'q\" #"
    assert filled('---\n标题: {{ 恶 }}\n主送: "{{ 恶 }}："\n---\n', 恶=hostile).title == (hostile.replace("\n", " "),)


def test_a_value_of_the_front_matter_may_begin_with_a_name() -> None:
    document = filled("---\n标题:\n  - {{ 支援单位 }}\n  - 关于{{ 批次 }}的通知\n版式: 表格\n方向: 横\n---\n")
    assert document.title == ("某县人民医院", "关于2024年第2批的通知")
    assert document.layout is Layout.SHEET
    assert document.landscape


def test_yes_or_no_is_printed_in_words() -> None:
    assert body("{{ 有文号 }}{{ 人数 }}") == [("是3", Style.BODY)]


@pytest.mark.parametrize(
    ("text", "code", "line", "said"),
    [
        (HEAD + "甲\n{{ 批此 }}", "template-name", 6, "批次"),
        (HEAD + "甲\n乙\n{% for 一 in 接收 %}\n{{ 一.单未 }}\n{% endfor %}", "template-name", 8, "单位"),
        ("---\n标题: 题\n主送: {{ 没有这个 }}\n---\n", "template-name", 3, "没有这个"),
        (HEAD + "{{ 批次", "template-syntax", 5, "没有写完"),
        (HEAD + "甲\n{% if 批次 %}\n乙", "template-syntax", 6, "endif"),
        (HEAD + "{% 如果 批次 %}", "template-syntax", 5, "不认识“如果”"),
        (HEAD + "{{ 批次 | upper }}", "template-syntax", 5, "不认识“upper”"),
        (HEAD + "{{ 批次“ }}", "template-syntax", 5, "不能用“"),
        (HEAD + "{{ 批次 名称 }}", "template-syntax", 5, "成对"),
        (HEAD + "[表格: 人圆]", "template-table", 5, "人员"),
        ("没有抬头", "template-front-matter", 1, "---"),
        ("---\n标题: 题\n", "template-front-matter", 1, "---"),
        ("---\n标题: 题\n署名人: 张\n---\n", "template-front-matter", 3, "署名人"),
        ("---\n标题: 题\n  坏: [\n---\n", "template-front-matter", 3, "抬头"),
        ("---\n标题: 题\n版式: 海报\n---\n", "template-front-matter", 3, "海报"),
        ("---\n标题: &a 题\n主送: *a\n---\n", "template-front-matter", 1, "引用"),
        ("---\n标题: {a: {b: c}}\n---\n", "template-front-matter", 2, "一行文字"),
        (HEAD + "甲\n{{ 考核任务 }}", "template-failed", 6, "填不出来"),
    ],
)
def test_a_mistake_in_a_template_is_shown_at_its_line(text: str, code: str, line: int, said: str) -> None:
    found = problem(text)
    assert (found.code, found.position.file, found.position.line) == (code, "templates/试验.txt.j2", line)
    assert said in found.message + found.hint
    assert found.is_error


ATTACKS = (
    "{{ ''.__class__.__mro__ }}",
    "{{ 批次.__class__ }}",
    "{{ 批次.upper() }}",
    "{{ 批次.format(x=1) }}",
    "{{ cycler.__init__.__globals__ }}",
    "{{ lipsum.__globals__['os'].popen('id').read() }}",
    "{{ self.__init__ }}",
    "{{ self._TemplateReference__context }}",
    "{{ range(10**9) }}",
    "{{ 'a' * 10**9 }}",
    "{{ 1 + 1 }}",
    "{{ 2 ** 99 }}",
    "{{ '%99999999d' % 1 }}",
    "{{ '%99999999d' | format(1) }}",
    "{{ 批次 | center(99999999) }}",
    "{{ 批次 | indent(99999999) }}",
    "{{ 批次 | replace('', 批次) }}",
    "{{ 批次 | join(批次) }}",
    "{{ 接收 | map(attribute='__class__') | list }}",
    "{{ 接收 | attr('__class__') }}",
    "{{ 批次 | attr('__class__') }}",
    "{% include '/etc/passwd' %}",
    "{% import 'os' as os %}",
    "{% extends 'x' %}",
    "{% from 'x' import y %}",
    "{% set a = 批次 %}{{ a }}",
    "{% set a %}x{% endset %}",
    "{% macro f() %}x{% endmacro %}{{ f() }}",
    "{% call f() %}x{% endcall %}",
    "{% filter upper %}x{% endfilter %}",
    "{% block a %}x{% endblock %}",
    "{% for x in 接收 recursive %}{{ loop(接收) }}{% endfor %}",
    "{% for a in 接收 %}" * 4 + "x" + "{% endfor %}" * 4,
    "{{ loop.index }}",
    "{{ namespace() }}",
    "{{ dict(a=1) }}",
    "{{ joiner(',') }}",
    "{{ {'a': 1} }}",
    "{{ 批次[0:99] }}",
    "{{ -1 }}",
    "{% autoescape true %}x{% endautoescape %}",
    "{% do 批次 %}",
    "{% debug %}",
)


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_template_that_was_sent_can_do_nothing(attack: str) -> None:
    started = time.perf_counter()
    found = problem(f"{HEAD}{attack}")
    assert found.code in {"template-refused", "template-failed", "template-name", "template-syntax"}
    assert "root:" not in found.message
    assert time.perf_counter() - started < 2


def test_a_template_is_looked_for_under_both_names() -> None:
    assert template_names("dispatch-notice", "派遣通知") == ("派遣通知.txt.j2", "dispatch-notice.txt.j2")
