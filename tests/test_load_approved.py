"""核定: what is written is read back as the same batch, whatever it holds; and nothing of it is taken on trust."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from assess_support import BATCH, END, START, event, roster, workspace
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from xiaxiang.assess import assess
from xiaxiang.assess.settlement import approve
from xiaxiang.load.alone import FileKind, kind_of
from xiaxiang.load.approved import load_approved, read_approved
from xiaxiang.load.approved_entries import parse_balance, parse_exact
from xiaxiang.load.files import Reader
from xiaxiang.model.batch import BatchName
from xiaxiang.model.position import NOWHERE
from xiaxiang.model.reading import SETTINGS
from xiaxiang.model.roster import RosterRow
from xiaxiang.model.scalar import ScalarError
from xiaxiang.render.yaml_approved import approved_yaml

if TYPE_CHECKING:
    from pathlib import Path

    from xiaxiang.model.approved import ApprovedBatch

DAY = date(2024, 7, 10)
LECTURES = (date(2024, 4, 8), date(2024, 4, 15), date(2024, 4, 22), date(2024, 5, 6))
STAFF = {"内科": ("甲", "乙"), "外科": ("丙", "𠮷")}
near = st.dates(START, END)
people = st.lists(
    st.tuples(
        st.sampled_from([(name, department) for department, names in STAFF.items() for name in names]),
        st.fixed_dictionaries(
            {
                "出勤天数": st.fractions(0, 62, max_denominator=3),
                "查房次数": st.integers(0, 12),
                "授课日期": st.lists(near, min_size=1, max_size=6).map(tuple),
            }
        ),
    ),
    min_size=1,
    unique_by=lambda one: one[0],
)
VARIED = {"召回处罚", "科室奖励", "全未完成奖励"}
readings = st.fixed_dictionaries(
    {}, optional={one.name: st.sampled_from(sorted(one.values)) for one in SETTINGS if one.name in VARIED}
)


def batch_of(drawn: list[tuple[tuple[str, str], dict[str, object]]], chosen: dict[str, str]) -> ApprovedBatch:
    recall = event("调回", 人员=drawn[0][0][0], 起="2024-05-06", 止="2024-05-10", 院领导批准="否")
    ws = workspace(recall, staff=STAFF, readings=chosen)
    rows = (
        RosterRow(name, department, batch=BATCH, starts_on=START, ends_on=END, values=values)  # type: ignore[arg-type]
        for (name, department), values in drawn
    )
    computed, _ = assess(ws, roster(*rows), None)
    assert all(person.complete for person in computed.people)
    return approve(ws, computed, BATCH, computed.readings, DAY)


def read_back(folder: Path, batch: ApprovedBatch) -> tuple[ApprovedBatch | None, Reader]:
    file = folder / "approved" / f"{batch.name}.yaml"
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(approved_yaml(batch))
    reader = Reader(folder, folder)
    return read_approved(reader, file), reader


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=people, chosen=readings)
def test_an_approved_batch_is_read_back_as_it_was_written(
    tmp_path: Path, drawn: list[tuple[tuple[str, str], dict[str, object]]], chosen: dict[str, str]
) -> None:
    batch = batch_of(drawn, chosen)
    found, reader = read_back(tmp_path, batch)
    assert reader.findings == []
    assert found is not None
    assert replace(found, places=NOWHERE) == batch
    assert approved_yaml(found) == approved_yaml(batch)


def test_the_kind_of_the_file_is_seen_from_what_it_holds(tmp_path: Path) -> None:
    batch = batch_of([(("甲", "内科"), {"出勤天数": 60, "查房次数": 9, "授课日期": LECTURES})], {})
    read_back(tmp_path, batch)
    assert kind_of(tmp_path / "approved" / "2024-2.yaml") is FileKind.APPROVED


@pytest.mark.parametrize("name", ["核定.yaml", "2024.yaml", "副本.yml"])
def test_a_file_whose_name_says_of_no_batch_may_be_any_of_them(tmp_path: Path, name: str) -> None:
    (tmp_path / "approved").mkdir()
    (tmp_path / "approved" / name).write_text("批次: 2024-2\n", encoding="utf-8")
    reader = Reader(tmp_path, tmp_path)
    found = load_approved(reader, tmp_path)
    assert (found.batches, found.unsettled) == ((), (None,))
    assert "approved-unreadable" in {one.code for one in reader.findings}


def test_a_backup_is_no_approval(tmp_path: Path) -> None:
    (tmp_path / "approved").mkdir()
    (tmp_path / "approved" / "2024-2.yaml.bak").write_text("x", encoding="utf-8")
    assert load_approved(Reader(tmp_path, tmp_path), tmp_path).unsettled == ()


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("处罚: 200, 实得: 1120", "处罚: 200, 实得: 1120.01", "approved-sums"),
        ("{名称: 内科, 人数: 1, 奖励: 1000", "{名称: 内科, 人数: 1, 奖励: 2000", "approved-sums"),
        ("  - {人员: 1, 用于: 补助", "  - {人员: 9, 用于: 补助", "approved-sums"),
        ("用于: 鉴定表", "用于: 鉴定书", "unknown-word"),
        ('要求: "0.8"', "要求: 4/0", "bad-number"),
        ("核定日期: 2024-07-10", "核定日期: 2024-07-32", "bad-date"),
        ("合计:\n", "总计:\n", "unknown-key"),
    ],
)
def test_whatever_was_changed_by_hand_is_an_error_and_the_batch_is_not_settled(
    tmp_path: Path, old: str, new: str, code: str
) -> None:
    batch = batch_of([(("甲", "内科"), {"出勤天数": 60, "查房次数": 9, "授课日期": LECTURES})], {})
    read_back(tmp_path, batch)
    file = tmp_path / "approved" / "2024-2.yaml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")
    reader = Reader(tmp_path, tmp_path)
    found = load_approved(reader, tmp_path)
    assert (found.batches, found.unsettled) == ((), (BatchName(2024, 2),))
    assert code in {one.code for one in reader.findings}
    assert all(one.left_out == "" for one in reader.findings)


def test_amounts_may_be_below_zero_and_ratios_are_exact() -> None:
    assert (parse_balance("-200.50"), parse_balance("1320")) == (-20050, 132000)
    assert (parse_exact("20/31").denominator, parse_exact("2.5") * 2) == (31, 5)
    with pytest.raises(ScalarError):
        parse_exact("1/0")
