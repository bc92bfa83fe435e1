"""The page as text: nothing from outside, nothing that people write is markup, every cell leads to its reasons."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import samples

from xiaxiang.model.hospital import Person
from xiaxiang.model.published import PublishedBatch
from xiaxiang.model.schedule import PostingReason, Schedule
from xiaxiang.render.html_schedule import PageParts, schedule_html

if TYPE_CHECKING:
    from xiaxiang.model.workspace import Workspace

TEMPLATES = Path(__file__).parents[1] / "templates" / "html"
PARTS = PageParts(*((TEMPLATES / f"schedule.{end}").read_text(encoding="utf-8") for end in ("html.j2", "css", "js")))
VOID = {"meta", "link", "input", "br", "img"}


class Page(HTMLParser):
    """What a reader of HTML sees: tags with their attributes, and the text outside style and script."""

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.texts: list[str] = []
        self.feed(data.decode("utf-8"))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] not in {"style", "script"}:
            self.texts.append(data)

    @property
    def text(self) -> str:
        return re.sub(r"\s+", " ", "".join(self.texts))

    def having(self, attribute: str) -> list[str]:
        return [str(one[attribute]) for _, one in self.tags if attribute in one]


def page(workspace: Workspace | None = None, schedule: Schedule | None = None) -> Page:
    return Page(schedule_html(workspace or samples.workspace(), schedule or samples.schedule(), PARTS))


def with_person(person: Person, **changes: object) -> Schedule:
    whole = samples.schedule()
    posting = samples.posting(1, samples.EAST, "内科", person, **changes)
    return replace(whole, batches=(replace(whole.batches[0], postings=(posting,)),))


def test_the_page_is_whole_says_its_language_and_closes_every_tag() -> None:
    found = page()
    assert found.open == []
    assert ("html", {"lang": "zh-CN"}) in found.tags
    assert "2024年下乡轮换表" in found.text


def test_nothing_in_the_file_points_outside_it() -> None:
    data = schedule_html(samples.workspace(), samples.schedule(), PARTS).decode()
    assert re.findall(r"(?:https?:)?//[\w.]+\.\w|@import|url\(", data) == []
    assert {link[0] for link in page().having("href")} == {"#", "d"}
    assert [link for link in page().having("href") if link[0] == "d"] == ["data:,"]
    assert page().having("src") == []


def test_only_the_pages_own_style_and_script_may_run() -> None:
    [policy] = [one["content"] for tag, one in page().tags if one.get("http-equiv") == "Content-Security-Policy"]
    for text, kind in ((PARTS.style, "style-src"), (PARTS.script, "script-src")):
        fingerprint = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{kind} 'sha256-{fingerprint}'" in str(policy)
    assert str(policy).startswith("default-src 'none'")
    assert "unsafe" not in str(policy)
    attributes = {name for _, one in page().tags for name in one}
    assert not {name for name in attributes if name.startswith("on")} | attributes & {"style"}


def test_every_cell_and_every_line_leads_to_an_article_that_is_there_once() -> None:
    found = page()
    articles = [str(one["id"]) for tag, one in found.tags if tag == "article"]
    links = [link[1:] for link in found.having("href") if link[0] == "#"]
    assert len(set(articles)) == len(articles)
    assert set(links) == set(articles)
    assert "外科后延 三（二） plan.yaml 第 25 行" in found.text


def test_a_proposal_is_left_to_the_department_a_stay_is_named_and_a_part_says_until_when() -> None:
    text = page().text
    assert "由科室确定（建议 钱七）" in text
    assert "后延→" in text
    cut = with_person(samples.ZHANG, ends_on=samples.START, reason=PostingReason.PROMOTION)
    assert "张三 主治 至1月2日 晋升优先" in page(schedule=cut).text


def test_notices_sanctions_readings_and_the_mark_of_a_draft_are_on_the_page() -> None:
    text = page(samples.workspace("变动登记第 3 条（后延）")).text
    assert "有 1 处写错，没有算进去: 变动登记第 3 条（后延）" in text
    assert text.count("草稿") == 3  # the watermark of the print, the title, the window's title
    assert "错误 2024年第4批 外科没有人可派 《另一份文件》五" in text
    assert "处罚 2024年第1批 眼科 2,000 元 无特殊原因拒派 四（六）" in text
    assert "遇节假日: 顺延 顺延到下一个工作日 三（一）" in text
    assert "草稿" not in page().text


def test_a_batch_that_was_announced_and_one_that_may_still_move_say_so() -> None:
    first = samples.schedule().batches[0]
    announced = PublishedBatch(first.name, first.handover_on, first.nominal_on, first.handover_on, first.ends_on, ())
    workspace = replace(samples.workspace(), published=(announced,))
    assert "3月31日 已公布" in page(workspace).text
    moving = replace(samples.schedule(), batches=(replace(first, is_provisional=True),))
    assert "3月31日 暂定" in page(schedule=moving).text


@pytest.mark.parametrize(
    "hostile",
    ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "</style><b>", "{{ 7 * 7 }}", "&lt;&amp;", "'--!>"],
)
def test_whatever_people_are_called_is_text(hostile: str) -> None:
    found = page(schedule=with_person(Person(name=hostile, professional_title=hostile)))
    assert [tag for tag, _ in found.tags] == [
        tag for tag, _ in page(schedule=with_person(Person(name="某某", professional_title="某某"))).tags
    ]
    assert hostile in found.text


def test_signs_that_turn_text_around_are_spelled_out() -> None:
    assert "张<U+202E>三" in page(schedule=with_person(Person(name="张\u202e三"))).text


@pytest.mark.parametrize("number", ["13812345678", "000000198809090000", "6222020000001234567"])
def test_no_number_of_a_person_is_on_the_page(number: str) -> None:
    whole = samples.schedule()
    notice = replace(whole.notices[0], message=f"外科后延，找 {number}")
    data = schedule_html(samples.workspace(number), replace(whole, notices=(notice,)), PARTS)
    assert number.encode() not in data
    assert "外科后延，找" in data.decode()


def test_a_department_without_a_turn_is_named_beside_the_timeline() -> None:
    assert "没有轮到: 外科儿科妇产科" in page(schedule=replace(with_person(samples.ZHANG), notices=())).text


def test_the_page_fits_a_small_letter() -> None:
    assert len(schedule_html(samples.workspace(), samples.schedule(), PARTS)) < 60_000
