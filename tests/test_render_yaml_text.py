from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from xiaxiang.load.yaml import plain, read_yaml
from xiaxiang.render.yaml_text import yaml_text

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)))


def test_entries_are_written_as_people_write_them() -> None:
    entry = {"类型": "后延", "日期": date(2024, 3, 1), "沟通科室": ("内科", "外科"), "批次": "2024-2", "决定": True}
    assert yaml_text([entry]) == "- {类型: 后延, 日期: 2024-03-01, 沟通科室: [内科, 外科], 批次: 2024-2, 决定: 是}\n"
    assert yaml_text({"批次": "2024-2", "派驻": [{"名额": 1}], "没有派出": []}) == (
        "批次: 2024-2\n派驻:\n  - {名额: 1}\n没有派出: []\n"
    )


def test_what_could_mean_something_else_stands_in_quotes() -> None:
    for text in ("0101", "0802", "no", "null", "2024-03-01", "a：b", "- x", "{{ x }}", "", " ", "# 注", "=1+1"):
        assert yaml_text([{"工号": text}]) == f'- {{工号: "{text}"}}\n'


@given(texts=st.dictionaries(TEXTS.filter(lambda text: bool(text.strip())), TEXTS, max_size=4))
def test_any_text_is_read_back_as_it_was(texts: dict[str, str]) -> None:
    tree, found = read_yaml(yaml_text({"条": [texts]}), "x.yaml")
    assert found == ()
    assert plain(tree) == {"条": [texts]}
