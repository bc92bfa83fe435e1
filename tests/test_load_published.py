from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaxiang.load import load_workspace
from xiaxiang.load.alone import FileKind, kind_of, read_alone
from xiaxiang.load.files import Reader
from xiaxiang.load.published import read_published
from xiaxiang.model.batch import BatchName
from xiaxiang.model.event import DeferralRuling
from xiaxiang.model.position import NOWHERE
from xiaxiang.model.published import Basis, PassedOver, PublishedBatch, PublishedPosting
from xiaxiang.model.schedule import PostingReason
from xiaxiang.pipeline import read
from xiaxiang.render.yaml_published import published_yaml

PLAN = """\
计划名称: 甲县人民医院下乡计划
支援单位: 甲县人民医院
受援单位: [乙镇卫生院]
起始日期: 2024-01-01
派遣顺序: [内科, 外科]
科室:
  - {名称: 内科, 人员: [{姓名: 张三, 工号: "0101", 职称: 主治医师}]}
  - {名称: 外科, 曾用名: [普外科], 人员: [{姓名: 李四, 职称: 主治医师}]}
"""
BATCH = PublishedBatch(
    BatchName(2024, 1),
    date(2023, 12, 28),
    date(2024, 1, 1),
    date(2024, 1, 2),
    date(2024, 3, 31),
    (
        PublishedPosting(1, "乙镇卫生院", "内科", "张三", "0101", 1, PostingReason.PROMOTION),
        PublishedPosting(2, "乙镇卫生院", "普外科", "", "", 1, PostingReason.QUEUE, is_open=True),
        PublishedPosting(3, "乙镇卫生院", "", "", "", None, PostingReason.QUEUE),
    ),
    (PassedOver("外科", 1, "后延", date(2023, 12, 20), DeferralRuling.AUTO),),
    (Basis("后延 外科", "后延 2023-12-20 外科 自动后延"),),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "plan.yaml").write_text(PLAN, encoding="utf-8")
    (tmp_path / "published").mkdir()
    return tmp_path


def announce(folder: Path, text: bytes | str, name: str = "2024-1.yaml") -> None:
    data = text if isinstance(text, bytes) else text.encode()
    (folder / "published" / name).write_bytes(data)


def codes(folder: Path) -> list[tuple[str, str]]:
    return [(str(one.severity), one.code) for one in load_workspace(folder / "plan.yaml").diagnostics]


def test_what_is_announced_is_read_back_whole_with_its_places(folder: Path) -> None:
    announce(folder, published_yaml(BATCH))
    loaded = load_workspace(folder / "plan.yaml", here=folder)
    assert loaded.workspace is not None
    (batch,) = loaded.workspace.published
    assert loaded.diagnostics == ()
    assert replace(batch, places=NOWHERE) == BATCH
    assert str(batch.places.of("handover_on")) == "published/2024-1.yaml:6:6"


NAMES = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=12).map(str.strip)
WORDS = NAMES.filter(bool)
DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))
BATCHES = st.builds(
    lambda year, number, days, **rest: PublishedBatch(
        BatchName(year, number), days[0], days[1], days[2], days[3], **rest
    ),
    st.integers(2000, 2099),
    st.integers(1, 12),
    st.lists(DAYS, min_size=4, max_size=4).map(sorted),
    postings=st.lists(
        st.builds(
            PublishedPosting,
            st.integers(1, 30),
            WORDS,
            NAMES,
            NAMES,
            NAMES,
            st.none() | st.integers(1, 9),
            st.sampled_from(PostingReason),
            is_open=st.booleans(),
        ),
        max_size=4,
    ).map(tuple),
    passed_over=st.lists(
        st.builds(
            PassedOver,
            WORDS,
            st.integers(1, 9),
            st.sampled_from(["后延", "拒派", "意外"]),
            DAYS,
            st.none() | st.sampled_from(DeferralRuling),
        ),
        max_size=3,
    ).map(tuple),
    rests_on=st.lists(st.builds(Basis, WORDS, NAMES), max_size=3).map(tuple),
)


@given(batch=BATCHES)
def test_any_announcement_comes_back_from_its_file_character_by_character(
    tmp_path_factory: pytest.TempPathFactory, batch: PublishedBatch
) -> None:
    path = tmp_path_factory.mktemp("published") / f"{batch.name}.yaml"
    path.write_bytes(published_yaml(batch))
    reader = Reader(path.parent, Path())
    found = read_published(reader, path)
    assert reader.findings == []
    assert found is not None
    assert replace(found.batch, places=NOWHERE) == batch
    assert published_yaml(found.batch) == path.read_bytes()


def test_one_wrong_word_stops_everything_and_says_so_beside_what_is_wrong(folder: Path) -> None:
    text = published_yaml(BATCH).decode()
    for wrong, code in (
        (text.replace("交接日: 2024-01-02", "交接日: 2024-01-32"), "bad-date"),
        (text.replace("缘由: 轮到", "缘由: 轮道"), "bad-posting-reason"),
        (text.replace("公布日期", "公布日子"), "unknown-key"),
        (text.replace("批次: 2024-1", "批次: 第1批"), "bad-batch"),
        (text.replace("派驻至: 2024-03-31", "派驻至: 2023-03-31"), "end-before-start"),
        ("", "missing-field"),
        ("批次：2024-1\n", "full-width-colon"),
    ):
        announce(folder, wrong)
        result = read(folder / "plan.yaml")
        assert result.workspace is None
        found = {one.code for one in result.diagnostics if one.is_error}
        assert {code, "published-unreadable"} <= found
        assert all(not one.left_out for one in result.diagnostics)


def test_a_file_under_another_name_or_twice_is_an_error(folder: Path) -> None:
    announce(folder, published_yaml(BATCH), "2024-2.yaml")
    assert ("error", "published-misnamed") in codes(folder)
    (folder / "published" / "2024-2.yaml").unlink()
    announce(folder, published_yaml(BATCH))
    announce(folder, published_yaml(BATCH), "2024-1.yaml.txt")
    assert ("error", "published-twice") in codes(folder)


def test_what_lies_beside_the_announcements_is_not_read(folder: Path) -> None:
    announce(folder, published_yaml(BATCH))
    for name in ("2024-1.yaml.bak", ".2024-2.yaml", "说明.md"):
        announce(folder, "：：：", name)
    assert codes(folder) == []


def test_a_folder_that_is_none_is_an_error_and_a_missing_one_is_not(folder: Path) -> None:
    (folder / "published").rmdir()
    assert codes(folder) == []
    (folder / "published").write_text("", encoding="utf-8")
    assert ("error", "published-unreadable") in codes(folder)
    assert read(folder / "plan.yaml").workspace is None


def test_people_and_departments_that_the_plan_no_longer_lists_are_warned_of_and_stay_announced(folder: Path) -> None:
    announce(folder, published_yaml(BATCH).decode().replace("张三", "张散").replace('工号: "0101"', "工号: x9"))
    assert codes(folder) == [("warning", "unknown-person")]
    announce(folder, published_yaml(BATCH).decode().replace("普外科", "胸外科"))
    assert codes(folder) == [("warning", "unknown-department")]
    result = read(folder / "plan.yaml")
    assert result.workspace is not None
    assert [one.department for one in result.workspace.published[0].postings] == ["内科", "胸外科", ""]


def test_validate_knows_an_announcement_by_what_is_in_it(folder: Path) -> None:
    announce(folder, published_yaml(BATCH))
    path = folder / "published" / "2024-1.yaml"
    assert kind_of(path) is FileKind.PUBLISHED
    alone = read_alone(path, FileKind.PUBLISHED)
    assert (alone.count, alone.diagnostics) == (1, ())
    path.write_bytes(published_yaml(BATCH).replace("交接日: 2024-01-02".encode(), "交接日: 二号".encode()))
    assert [one.code for one in read_alone(path, FileKind.PUBLISHED).diagnostics] == ["bad-date"]
